Feature: Decisions follow the values, and resources follow the bets
  Vision, mission and values are agreed on first, because values are what decisions are filtered by: which decision
  followed which value shows, and so do the decisions that followed none. A decision is one between alternatives, with
  somebody who took it.

  Background:
    Given an organisation with the teams Service and Depot
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Depot   |                               |
      | Cleo   | Service | is a strategist, is a sponsor |
      | Ada    | Service | is an auditor                 |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind    | text                                  | accountable |
      | vision  | vision  | The first call                        |             |
      | care    | value   | We look after what is entrusted to us |             |
      | candour | value   | We say what is so                     |             |
      | depots  | big bet | Depots where our clients are          | Bob         |
      | portal  | big bet | Clients help themselves               | Ann         |

  Rule: A decision names the value that it follows, or none

    Scenario: Which decision follows which value, and what followed none
      Given Cleo decides on "Own vans?" between "rent" and "nothing": "rent", by the care on 10 Mar
      And Cleo decides on "New prices?" between "raise", "keep" and "nothing": "keep" on 12 Mar
      When Cleo decides on "Tell of the delay?" between "tell" and "wait": "tell", by the care and candour on 20 Mar
      Then Ada is shown that decisions follow:
        | as of  | known on | vision | care | candour | no value | reversed |
        | 9 Mar  | 31 Mar   | 0      | 0    | 0       | 0        | 0        |
        | 12 Mar | 31 Mar   | 0      | 1    | 0       | 1        | 0        |
        | 20 Mar | 31 Mar   | 0      | 2    | 1       | 1        | 0        |

    Scenario: A decision entered late and one that cited the wrong value
      Given Cleo decides on "Own vans?" between "rent" and "nothing": "rent", by the care on 10 Mar, entered on 14 Mar
      When on 2 Apr Cleo corrects 'Cleo decides on "Own vans?" between "rent" and "nothing": "rent", by the care' to 'Cleo decides on "Own vans?" between "rent" and "nothing": "rent", by the candour', because "the minutes name candour"
      Then Ada is shown that decisions follow:
        | as of  | known on | vision | care | candour | no value | reversed |
        | 10 Mar | 13 Mar   | 0      | 0    | 0       | 0        | 0        |
        | 10 Mar | 14 Mar   | 0      | 1    | 0       | 0        | 0        |
        | 10 Mar | 2 Apr    | 0      | 0    | 1       | 0        | 0        |

    Scenario: A decision is reversed, and stays on the record
      Given Cleo decides on "Own vans?" between "rent" and "nothing": "rent", by the care on 10 Mar
      When Cleo reverses the decision on "Own vans?" on 5 Apr, because "the rents doubled"
      Then Ada is shown that decisions follow:
        | as of | known on | vision | care | candour | no value | reversed |
        | 4 Apr | 30 Apr   | 0      | 1    | 0       | 0        | 0        |
        | 5 Apr | 30 Apr   | 0      | 0    | 0       | 0        | 1        |

    Scenario: Whoever decides has a choice
      When Cleo decides on "Own vans?" between "rent": "rent", by the care on 10 Mar
      Then it is refused: "who decides has a choice"

    Scenario: A bet is no value
      When Cleo decides on "Own vans?" between "rent" and "nothing": "rent", by the depots on 10 Mar
      Then it is refused: "decisions follow values, principles, the mission or the vision"

    Scenario: A value that the strategy has not yet is cited in no decision
      When Cleo decides on "Own vans?" between "rent" and "nothing": "rent", by the care on 2 Mar, entered on 3 Mar
      Then it is refused: "the strategy had no element 'care' by then"

    Scenario: What one team decided is no business of another team's members
      Given Cleo decides for Service on "Who calls first?" between "rota" and "nothing": "rota", by the care on 10 Mar
      Then Ann sees the decision on "Who calls first?" and Bob does not
