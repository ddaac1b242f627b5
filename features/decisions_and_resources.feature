Feature: Decisions follow the values, and resources follow the bets
  Vision, mission and values are agreed on first, because values are what decisions are filtered by: which decision
  followed which value shows, and so do the decisions that followed none. A decision is one between alternatives, with
  somebody who took it. Strategy is to make resources, investments and decisions work together; so money and people are
  told per bet, goal and let-go, planned and actual, and it shows where they do not follow the ranking of the bets, and
  what still goes into what was to be let go of.

  Background:
    Given an organisation with the teams Service and Depot
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Depot   |                               |
      | Cleo   | Service | is a strategist, is a sponsor |
      | Ada    | Service | is an auditor                 |
    And the strategy Growth, in force since 3 Mar, says:
      | element  | kind    | text                                  | rank | accountable |
      | vision   | vision  | The first call                        |      |             |
      | care     | value   | We look after what is entrusted to us |      |             |
      | candour  | value   | We say what is so                     |      |             |
      | depots   | big bet | Depots where our clients are          | 1    | Bob         |
      | portal   | big bet | Clients help themselves               | 2    | Ann         |
      | old shop | let go  | The shop on the ring road             |      |             |

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

  Rule: Money and people are told per bet, goal and let-go, planned and actual

    Scenario: A plan is replaced, what was spent adds up, and currencies are never added up
      Given Cleo plans 100000 EUR and 2.5 people for the depots in Q1 on 5 Mar
      And Cleo plans 20000 CHF for the depots in Q1 on 6 Mar
      And Cleo spends 40000.10 EUR on the depots in Q1 on 10 Mar
      When Cleo plans 120000 EUR for the depots in Q1 on 15 Mar
      And Cleo spends 60000.05 EUR on the depots in Q1 on 20 Mar, entered on 26 Mar
      Then Ada is shown that there goes:
        | as of  | known on | into   | of     | planned | actual    |
        | 5 Mar  | 31 Mar   | depots | EUR    | 100000  | nothing   |
        | 14 Mar | 31 Mar   | depots | EUR    | 100000  | 40000.10  |
        | 15 Mar | 31 Mar   | depots | EUR    | 120000  | 40000.10  |
        | 20 Mar | 20 Mar   | depots | EUR    | 120000  | 40000.10  |
        | 20 Mar | 26 Mar   | depots | EUR    | 120000  | 100000.15 |
        | 20 Mar | 26 Mar   | depots | CHF    | 20000   | nothing   |
        | 20 Mar | 26 Mar   | depots | people | 225.0   | 0         |
        | 20 Mar | 26 Mar   | portal | EUR    | nothing | nothing   |

    Scenario: A wrong amount is corrected, and what was shown before can still be shown
      Given Cleo spends 40000 EUR on the depots in Q1 on 10 Mar
      When on 2 Apr Cleo corrects 'Cleo spends 40000 EUR on the depots in Q1' to 'Cleo spends 4000 EUR on the depots in Q1', because "a nought too many"
      Then Ada is shown that there goes:
        | as of  | known on | into   | of  | planned | actual |
        | 10 Mar | 1 Apr    | depots | EUR | nothing | 40000  |
        | 10 Mar | 2 Apr    | depots | EUR | nothing | 4000   |

    Scenario: A goal has resources of its own
      Given the goal "Answer faster" of Service, supporting the vision is proposed on 4 Mar
      When Cleo plans 5000 EUR and 1 people for the goal "Answer faster" in Q2 on 10 Mar
      Then Ada is shown that there goes:
        | as of  | known on | into          | of     | planned | actual  |
        | 10 Mar | 31 Mar   | Answer faster | EUR    | 5000    | nothing |
        | 10 Mar | 31 Mar   | Answer faster | people | 91      | 0       |

    Scenario: Two plans for periods that cross could not be told apart
      Given Cleo plans 100000 EUR for the depots in the year on 5 Mar
      When Cleo plans 25000 EUR for the depots in Q1 on 6 Mar
      Then it is refused: "which shares days with this period"

    Scenario: Money is in digits
      When Cleo spends 40.000.10 EUR on the depots in Q1 on 10 Mar
      Then it is refused: "is no decimal"

  Rule: It shows where resources do not follow the ranking, and what still goes into a let-go

    Scenario: The second bet gets more than the first
      Given Cleo plans 100 EUR for the depots in Q1 on 5 Mar
      And Cleo plans 90 EUR and 1 people for the portal in Q1 on 5 Mar
      When Cleo spends 80 EUR on the portal in Q1 on 20 Mar
      And Cleo plans 130 EUR for the portal in Q1 on 25 Mar
      Then Ada is shown that a bet gets more than one ranked above it:
        | as of  | bet    | gets | and    | only | of     | as      |
        | 4 Mar  | none   |      |        |      |        |         |
        | 5 Mar  | portal | 90   | depots | 0    | people | planned |
        | 20 Mar | portal | 90   | depots | 0    | people | planned |
        | 20 Mar | portal | 80   | depots | 0    | EUR    | actual  |
        | 25 Mar | portal | 130  | depots | 100  | EUR    | planned |
        | 25 Mar | portal | 90   | depots | 0    | people | planned |
        | 25 Mar | portal | 80   | depots | 0    | EUR    | actual  |

    Scenario: The leaders ranked the bets otherwise than the document, each alone
      Given Cleo plans 100 EUR for the depots in Q1 on 5 Mar
      And Cleo plans 90 EUR for the portal in Q1 on 5 Mar
      And Cleo asks Ann and Bob to rank the big bets on 6 Mar
      And Ann ranks the big bets: portal, depots on 7 Mar
      And Bob ranks the big bets: portal, depots on 8 Mar
      When Cleo closes the ranking of the big bets on 9 Mar
      Then on 8 Mar Ada is shown no order of the leaders
      And on 9 Mar Ada is shown that by the order of 2 leaders the depots get 100 and the portal only 90

    Scenario: What was to be let go of still costs money
      Given Cleo plans 3000 EUR for the old shop in Q1 on 5 Mar
      And Cleo plans 2000 EUR for the old shop in Q2 on 5 Mar
      When Cleo spends 700.50 EUR on the old shop in Q2 on 10 Apr
      Then Ada is shown that into what was let go there still goes:
        | as of  | let go   | since      | planned | actual  |
        | 5 Mar  | old shop | 2026-03-03 | 2000    | nothing |
        | 10 Apr | old shop | 2026-03-03 | 2000    | 700.50  |

    Scenario: A member is told what their own team gives, and not what others give
      Given Cleo plans for Service 10 EUR for the depots in Q1 on 5 Mar
      And Cleo plans for Depot 20 EUR for the depots in Q1 on 5 Mar
      Then Ann is listed that Service gives 10 of EUR, and nothing else
