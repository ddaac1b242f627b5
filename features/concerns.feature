Feature: Concerns are listened to and addressed, to the satisfaction of whoever raised them
  While the strategy is shared people doubt that it can be done, that it is meant, that anybody dares, or that those
  concerned are cared for. What is said by name is open until it was addressed and whoever raised it says so.

  Background:
    Given an organisation with the teams Service, Sales and Board
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Service |                               |
      | Lena   | Service | leads Service                 |
      | Sam    | Sales   |                               |
      | Cleo   | Board   | is a sponsor, is a strategist |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |

  Scenario: A concern is open until it is addressed and confirmed by whoever raised it
    Given Ann raises the concern "night shifts" about courage: "nobody tells the board" on 4 Mar
    When Lena addresses "night shifts" by "I told the board on Monday" on 10 Mar
    And Ann confirms that "night shifts" was addressed on 14 Mar
    Then the concerns read:
      | as of  | kind    | raised | addressed | confirmed | open | oldest | days to confirm |
      | 3 Mar  | courage | 0      | 0         | 0         | 0    |        |                 |
      | 9 Mar  | courage | 1      | 0         | 0         | 1    | 5      |                 |
      | 10 Mar | courage | 1      | 1         | 0         | 1    | 6      |                 |
      | 14 Mar | courage | 1      | 1         | 1         | 0    |        | 10              |
      | 14 Mar | care    | 0      | 0         | 0         | 0    |        |                 |
      | 14 Mar | all     | 1      | 1         | 1         | 0    |        | 10              |

  Scenario: Nobody but whoever raised it says that it was addressed
    Given Ann raises the concern "night shifts" about courage: "nobody tells the board" on 4 Mar
    And Lena addresses "night shifts" by "I told the board on Monday" on 10 Mar
    When Lena confirms that "night shifts" was addressed on 11 Mar
    Then it is refused: "Lena may not do this: concern.confirmed"

  Scenario: What nobody addressed cannot be confirmed
    Given Ann raises the concern "night shifts" about courage: "nobody tells the board" on 4 Mar
    When Ann confirms that "night shifts" was addressed on 5 Mar
    Then it is refused: "the concern is raised at that instant, so it cannot be confirmed"

  Scenario: It is reopened by whoever raised it, and then takes its time from the first day on
    Given Ann raises the concern "night shifts" about courage: "nobody tells the board" on 4 Mar
    And Lena addresses "night shifts" by "I told the board on Monday" on 10 Mar
    And Ann confirms that "night shifts" was addressed on 14 Mar
    When Ann reopens "night shifts" on 20 Mar
    And Lena addresses "night shifts" by "the board wrote to all" on 25 Mar
    And Ann confirms that "night shifts" was addressed on 3 Apr
    Then the concerns read:
      | as of  | kind | raised | addressed | confirmed | reopened | open | days to confirm |
      | 14 Mar | all  | 1      | 1         | 1         | 0        | 0    | 10              |
      | 20 Mar | all  | 1      | 0         | 0         | 1        | 1    |                 |
      | 25 Mar | all  | 1      | 1         | 0         | 1        | 1    |                 |
      | 3 Apr  | all  | 1      | 1         | 1         | 1        | 0    | 30              |

  Scenario: Late entries and corrections move ages and medians, and what was known then stays
    Given Ann raises the concern "night shifts" about courage: "nobody tells the board" on 4 Mar
    And Bob raises the concern "skills" about competence: "we never did this" on 6 Mar
    And Lena addresses "night shifts" by "I told the board on Monday" on 10 Mar
    And Lena addresses "skills" by "training starts in April" on 10 Mar
    And Ann confirms that "night shifts" was addressed on 14 Mar
    And Bob confirms that "skills" was addressed on 16 Mar, entered on 28 Mar, because "was on leave"
    When on 2 Apr Ann corrects 'Ann raises the concern "night shifts" about courage: "nobody tells the board"' to 3 Mar, because "it was on Tuesday"
    Then the concerns read:
      | as of  | known on | kind | raised | confirmed | open | oldest | days to confirm |
      | 3 Mar  | 3 Mar    | all  | 0      | 0         | 0    |        |                 |
      | 3 Mar  | 2 Apr    | all  | 1      | 0         | 1    | 0      |                 |
      | 20 Mar | 20 Mar   | all  | 2      | 1         | 1    | 14     | 10              |
      | 20 Mar | 28 Mar   | all  | 2      | 2         | 0    |        | 10              |
      | 20 Mar | 2 Apr    | all  | 2      | 2         | 0    |        | 10.5            |

  Scenario: A concern counts in the unit where it was said
    Given Ann raises the concern "night shifts" about courage: "nobody tells the board" on 4 Mar
    When Ann moves from Service to Sales on 10 Mar
    Then in Service the concerns read:
      | as of  | kind | raised |
      | 20 Mar | all  | 1      |
    And in Sales the concerns read:
      | as of  | kind | raised |
      | 20 Mar | all  | 0      |

  Scenario: It is owed a word by whoever leads there, and then by whoever raised it
    Given Ann raises the concern "night shifts" about courage, to be addressed by 9 Mar: "nobody tells the board" on 4 Mar
    When Lena addresses "night shifts" by "I told the board on Monday" on 12 Mar
    Then Lena owes:
      | as of  | what    | overdue |
      | 4 Mar  | address | no      |
      | 9 Mar  | address | no      |
      | 10 Mar | address | yes     |
      | 12 Mar | nothing |         |
    And Ann owes:
      | as of  | what    | overdue |
      | 4 Mar  | nothing |         |
      | 12 Mar | confirm | no      |

  Scenario: A concern about whoever leads there is not shown to them, and goes to somebody else
    Given Ann raises the concern "favours" about sincerity of Lena, put to Cleo: "she says one thing and does another" on 4 Mar
    Then Ann is shown the concern "favours", and Cleo too
    And Lena is not shown the concern "favours", nor is Bob
    And Lena owes nothing on 4 Mar
    And Cleo owes:
      | as of | what    | overdue |
      | 4 Mar | address | no      |

  Scenario: For a report of wrongdoing the organisation's own channel is told instead, and nothing is recorded
    Given The office names the channel "ombuds@example.org" for reports of wrongdoing on 3 Mar
    When Ann reports the wrongdoing "bribes" about sincerity: "they pay for it" on 4 Mar
    Then it is refused, and "ombuds@example.org" is where to take it
    And Ann sees with the concerns that reports of wrongdoing go to "ombuds@example.org"
