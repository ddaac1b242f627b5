Feature: Big bets, ranked by each leader alone first
  Not all strategic moves are created equal. High performing companies pick their battles and place the big bets that
  matter most. Each leader puts them in their own order alone first; how much the orders agree shows, and so does what
  was dropped.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who                           |
      | Ada    | Service | is a strategist, is a sponsor |
      | Ben    | Service |                               |
      | Cleo   | Sales   |                               |
      | Dan    | Sales   |                               |
    And Ada drafts the strategy Growth on 1 Feb
    And Ada writes the nights, a big bet: "A night shift in every depot" on 1 Feb
    And Ada writes the vans, a big bet: "Spare parts on the van" on 1 Feb
    And Ada writes the school, a big bet: "A school for fitters" on 1 Feb
    And Ada writes the north, a big bet: "Two depots in the north" on 1 Feb
    And Ben is accountable for the nights on 1 Feb
    And Ben is accountable for the vans on 1 Feb
    And Ben is accountable for the school on 1 Feb
    And Ben is accountable for the north on 1 Feb
    And Ada asks Ada, Ben and Cleo to rank the big bets, by 10 Feb on 2 Feb

  Scenario: How much the leaders agree, with n
    Given Ada ranks the big bets: nights, vans, school, north on 3 Feb
    And Ben ranks the big bets: nights, school, vans, north on 4 Feb
    And Cleo ranks the big bets: vans, nights, school, north on 5 Feb
    Then Ada is shown of the big bets:
      | as of | given  | counted | concordance | because                 | order                      |
      | 2 Feb | 0 of 3 | 0       |             | not their turn          |                             |
      | 3 Feb | 1 of 3 | 1       |             | fewer-than-two-rankings | nights, vans, school, north |
      | 4 Feb | 2 of 3 | 2       | 0.9         |                         | nights, school, vans, north |
      | 5 Feb | 3 of 3 | 3       | 0.778       |                         | nights, vans, school, north |

  Scenario: Each leader ranks them alone first
    Given Ada ranks the big bets: nights, vans, school, north on 3 Feb
    And Ben ranks the big bets: nights, school, vans, north on 4 Feb
    Then Cleo is shown of the big bets:
      | as of | given  | whose | because        |
      | 4 Feb | 2 of 3 |       | not their turn |
    And Ben is shown of the big bets:
      | as of | given  | whose    |
      | 4 Feb | 2 of 3 | Ada, Ben |
    And the feed tells Cleo of 0 orders and Ben of 2
    And Dan is not shown the ranking of the big bets

  Scenario: After the closing all who were asked see all of them, and everybody how much they agree
    Given Ada ranks the big bets: nights, vans, school, north on 3 Feb
    And Ben ranks the big bets: nights, vans, school, north on 4 Feb
    And Ada submits the strategy on 5 Feb
    And Ada publishes a material revision on 5 Feb
    And Ada closes the ranking of the big bets on 6 Feb
    When Cleo ranks the big bets: vans, nights, school, north on 7 Feb
    Then it is refused: "this ranking was closed on 2026-02-05"
    And Cleo is shown of the big bets:
      | as of | given  | whose    | concordance |
      | 6 Feb | 2 of 3 | Ada, Ben | 1.0         |
    And Dan is shown of the big bets:
      | as of | given  | whose | concordance |
      | 6 Feb | 2 of 3 |       | 1.0         |

  Scenario: An order that leaves a bet out is listed and not counted; tied ones share their ranks
    Given Ada ranks the big bets: nights, vans on 3 Feb
    And Ben ranks the big bets: nights = vans, school, north on 4 Feb
    And Cleo ranks the big bets: nights, vans, school, north on 5 Feb
    Then Ada is shown of the big bets:
      | as of | given  | counted | not counted | concordance |
      | 5 Feb | 3 of 3 | 2       | Ada         | 0.974       |

  Scenario: An order entered late, and a slip corrected
    Given Ada ranks the big bets: nights, vans, school, north on 3 Feb
    And Ben ranks the big bets: north, vans, school, nights on 4 Feb, entered on 9 Feb
    When on 12 Feb Ben corrects 'Ben ranks the big bets: north, vans, school, nights' to 'Ben ranks the big bets: nights, vans, school, north', because "the form counts from the bottom"
    Then Ada is shown of the big bets:
      | as of | known on | given  | concordance |
      | 4 Feb | 8 Feb    | 1 of 3 |             |
      | 4 Feb | 9 Feb    | 2 of 3 | 0.1         |
      | 4 Feb | 12 Feb   | 2 of 3 | 1.0         |

  Scenario: Nobody ranks for somebody else, and each ranks once
    Given Ben ranks the big bets: nights, vans, school, north on 3 Feb
    When Ben ranks the big bets: vans, nights, school, north on 4 Feb
    Then it is refused: "their order was given on 2026-02-02 already"

  Scenario: What was asked is owed until it is given
    Given Ben ranks the big bets: nights, vans, school, north on 3 Feb
    Then Ben owes nothing on 3 Feb
    And Cleo owes:
      | as of  | what   | overdue |
      | 10 Feb | answer | no      |
      | 11 Feb | answer | yes     |

  Scenario: What was dropped is visible
    Given Ada submits the strategy on 5 Feb
    And Ada publishes a material revision on 5 Feb
    And Ada removes the north on 1 Mar
    And Ada removes the school on 1 Mar
    And Ada submits the strategy on 1 Mar
    And Ada publishes a material revision on 2 Mar
    And Ada writes the school, a big bet: "A school for fitters" on 1 Apr
    And Ada submits the strategy on 1 Apr
    And Ada publishes a material revision on 2 Apr
    Then Dan is shown that these bets were dropped:
      | as of | dropped | last in | by | back in |
      | 2 Mar | school  | 1       | 2  |         |
      | 2 Mar | north   | 1       | 2  |         |
      | 2 Apr | school  | 1       | 2  | 3       |
      | 2 Apr | north   | 1       | 2  |         |
