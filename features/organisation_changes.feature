Feature: The organisation changes, and the past is not re-cut
  Units merge, split, move and end; people move and leave. Who belonged where is told for every day as it was then, and
  what a unit had taken on is unowned once it ended.

  Background:
    Given an organisation with the teams Company, Service, Sales and Field
    And Service moves under Company on 1 Jan
    And Sales moves under Company on 1 Jan
    And Field moves under Sales on 1 Jan
    And these people:
      | person | home    | also in |
      | Ann    | Service | Sales   |
      | Bob    | Service |         |
      | Eve    | Sales   |         |
      | Fay    | Field   |         |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Eve speaks for Sales on 4 Mar
    And Eve, for Sales, commits to the vision on 5 Mar
    And Fay commits to the vision on 5 Mar

  Rule: Units

    Scenario: Whoever sat in a unit that merged goes on in its successor, with the units below it
      When Sales merges into Service on 1 Jun
      Then the record shows in Service:
        | as of  | people | units | people committed |
        | 31 May | 2      | 1     | 0                |
        | 1 Jun  | 4      | 2     | 1                |
      And on 1 Jun Field sits under Service
      And the units on 1 Jun are Company, Field and Service

    Scenario: What a unit had taken on is unowned once it merged
      When Sales merges into Service on 1 Jun
      Then the record shows:
        | as of  | units committed | unowned |
        | 31 May | 1               | 0       |
        | 1 Jun  | 0               | 1       |

    Scenario: A merger does not re-cut the past
      When Sales merges into Service on 1 Jun
      Then the record shows in Sales:
        | as of  | known on | people | people committed | units committed |
        | 31 May | 31 May   | 2      | 1                | 1               |
        | 31 May | 1 Jun    | 2      | 1                | 1               |

    Scenario: After a split everybody is unplaced until it is said where they belong
      Given the team North is formed under Company on 1 Jun
      And the team South is formed under Company on 1 Jun
      When Sales splits into North and South on 1 Jun
      And Eve moves from Sales to North on 15 Jun
      Then the record shows in Company:
        | as of  | people | unowned |
        | 31 May | 4      | 0       |
        | 1 Jun  | 2      | 1       |
        | 15 Jun | 3      | 1       |
      And the record shows:
        | as of  | people | unplaced | units unplaced |
        | 31 May | 4      | 0        | 0              |
        | 1 Jun  | 4      | 2        | 1              |
        | 15 Jun | 4      | 1        | 1              |
      And on 1 Jun Field is unplaced

    Scenario: Of a dissolved unit nothing is carried on
      When Sales is dissolved on 1 Jun
      Then the record shows:
        | as of  | people | units | unowned |
        | 31 May | 4      | 4     | 0       |
        | 1 Jun  | 4      | 3     | 1       |
      And the record shows in Company:
        | as of  | people |
        | 31 May | 4      |
        | 1 Jun  | 2      |

    Scenario: A unit that moves takes with it who sits in it, from that day
      When Field moves under Service on 1 Jun
      Then the record shows in Service:
        | as of  | people | people committed |
        | 31 May | 2      | 0                |
        | 1 Jun  | 3      | 1                |
      And the record shows in Sales:
        | as of  | people | people committed |
        | 31 May | 2      | 1                |
        | 1 Jun  | 1      | 0                |

    Scenario: A unit cannot sit below itself
      When Sales moves under Field on 1 Jun
      Then it is refused: "cannot sit in"

    Scenario: A unit keeps the name of the day that is asked for
      When Field is called Outside on 1 Jun
      Then the units on 31 May are Company, Field, Sales and Service
      And the units on 1 Jun are Company, Outside, Sales and Service

    Scenario: A change of the chart may be planned ahead
      When Sales merges into Service on 1 Jun, entered on 20 Apr
      Then the units on 31 May, as known on 20 Apr, are Company, Field, Sales and Service
      And the units on 1 Jun, as known on 20 Apr, are Company, Field and Service
      And the units on 1 Jun, as known on 19 Apr, are Company, Field, Sales and Service

    Scenario: A statement cannot be dated ahead
      When Bob commits to the vision on 1 Jun, entered on 20 Apr
      Then it is refused: "cannot be dated after the present instant"

  Rule: People

    Scenario: Who sits in several units counts once, where their home is
      When Ann commits to the vision on 6 Mar
      Then the record shows in Service:
        | as of | people | people committed of all |
        | 6 Mar | 2      | 1 of 2                  |
      And the record shows in Sales:
        | as of | people | people committed of all |
        | 6 Mar | 2      | 1 of 2                  |
      And the record shows in Company:
        | as of | people | people committed of all |
        | 6 Mar | 4      | 2 of 4                  |

    Scenario: Who has no home counts once in every unit they sit in, and once in all
      Given Gus joins Service without a home on 6 Mar
      And Gus is also a member of Sales on 6 Mar
      When Gus commits to the vision on 7 Mar
      Then the record shows in Service:
        | as of | people | without a home | people committed |
        | 7 Mar | 3      | 1              | 1                |
      And the record shows in Sales:
        | as of | people | without a home | people committed |
        | 7 Mar | 3      | 1              | 2                |
      And the record shows in Company:
        | as of | people | without a home | people committed |
        | 7 Mar | 5      | 1              | 2                |

    Scenario: Who moves takes their commitments along, and counted where they sat before
      When Fay moves from Field to Service on 1 Jun
      Then the record shows in Sales:
        | as of  | people | people committed |
        | 31 May | 2      | 1                |
        | 1 Jun  | 1      | 0                |
      And the record shows in Service:
        | as of  | people | people committed |
        | 31 May | 2      | 0                |
        | 1 Jun  | 3      | 1                |

    Scenario: A rank is told apart, in all units
      Given Ann holds the rank "lead" on 6 Mar
      And Fay holds the rank "lead" on 6 Mar
      When Bob holds the rank "lead" on 10 Mar
      Then the record shows for the rank "lead":
        | as of  | people | people committed of all |
        | 9 Mar  | 2      | 1 of 2                  |
        | 10 Mar | 3      | 1 of 3                  |

    Scenario: Who leaves does not belong any more on the day of leaving
      When Fay leaves the organisation on 1 Jun
      Then the record shows in Sales:
        | as of  | people | people committed of all |
        | 31 May | 2      | 1 of 2                  |
        | 1 Jun  | 1      | 0 of 1                  |

    Scenario: Who comes back counts again, with nothing of what they had taken on
      Given Fay leaves the organisation on 1 Jun
      When Fay comes back to Field on 1 Jul
      Then the record shows in Sales:
        | as of  | people | people committed of all |
        | 30 Jun | 1      | 0 of 1                  |
        | 1 Jul  | 2      | 0 of 2                  |
