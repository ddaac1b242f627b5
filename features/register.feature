Feature: A register lists what was late, corrected, excepted, extended or not separated, and which figures that improved
  Nothing has to be entered in it, and nothing can be kept out of it: it is read off the record.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Service |                               |
      | Cleo   | Sales   | is a strategist, is a sponsor |
      | Olga   | Sales   | is an auditor                 |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |

  Scenario: What is said in time stands in no register
    When Ann commits to the vision on 10 Mar
    Then the register that Olga sees is empty

  Scenario: A late entry stands there with its reason, its days, and what it improved
    When Ann commits to the vision on 10 Mar, entered on 25 Mar, because "the minutes came late"
    Then the register that Olga sees reads:
      | what            | why        | days | reason                |
      | commitment.made | late entry | 15   | the minutes came late |
    And it improved, as of 10 Mar:
      | figure                   | before | after |
      | commitments/current      | 0      | 1     |
      | parties/people/committed | 0      | 1     |
      | people_committed         | 0      | 25    |

  Scenario: A correction that lets a figure look better says which
    Given Ann commits to the vision, by 20 Mar on 10 Mar
    When on 5 Apr The office corrects 'Ann commits to the vision, by 20 Mar' to 'Ann commits to the vision, by 20 May', because "misread"
    Then the register that Olga sees reads:
      | what            | why        | days | reason  |
      | commitment.made | correction | 26   | misread |
    And it improved, as of 5 Apr:
      | figure                 | before | after |
      | commitments/overdue    | 1      | 0     |
      | parties/people/overdue | 1      | 0     |

  Scenario: A correction that lets nothing look better says so
    Given Ann commits to the vision on 10 Mar
    When on 5 Apr The office takes back 'Ann commits to the vision', because "it was Bob"
    Then the register that Olga sees reads:
      | what            | why        | days | reason     |
      | commitment.made | correction | 26   | it was Bob |
    And it improved nothing

  Scenario: A departure that is dated back makes the share rise, and shows
    Given Ann commits to the vision on 10 Mar
    When Bob leaves the organisation on 11 Mar, entered on 30 Mar, because "told late"
    Then the register that Olga sees reads:
      | what        | why        | days | reason    |
      | person.left | late entry | 19   | told late |
    And it improved, as of 11 Mar:
      | figure               | before | after |
      | acknowledgement/none | 4      | 3     |
      | people_committed     | 25     | 33.3  |

  Scenario: An exception that its author approves, as nobody else could, stands there as not separated
    Given Cleo writes the win rate, a success criterion: "We win more" on 9 Mar
    When Cleo approves publishing although the win rate is unmeasurable on 10 Mar, because "measured from June on"
    Then the register that Olga sees reads:
      | what               | why                      | days | reason                |
      | exception.approved | exception, not separated | 0    | measured from June on |

  Scenario: An extension stands there with its reason
    Given Cleo opens the clarity check "Is it clear?" of revision 1, until 20 Mar, asking Ann and Bob on 10 Mar
    When Cleo extends "Is it clear?" until 27 Mar on 18 Mar, because "half of Service was ill"
    Then the register that Olga sees reads:
      | what            | why       | days | reason                  |
      | review.extended | extension | 0    | half of Service was ill |

  Scenario: The register is read as of any day, as known on any day
    Given Ann commits to the vision on 10 Mar, entered on 25 Mar, because "the minutes came late"
    And Bob commits to the vision on 20 Mar, entered on 30 Mar, because "was away"
    Then the register that Olga sees has as many entries as:
      | as of  | known on | entries |
      | 9 Mar  | 30 Mar   | 0       |
      | 10 Mar | 24 Mar   | 0       |
      | 10 Mar | 25 Mar   | 1       |
      | 20 Mar | 25 Mar   | 1       |
      | 20 Mar | 30 Mar   | 2       |

  Scenario: A member does not see it
    Then Ann does not see the register, though Cleo does
