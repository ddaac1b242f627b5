Feature: The goal tree, from the organisation down to each person
  Every level turns what stands above it into its own goals. Units without goals, goals that support nothing, and
  criteria and bets that nothing supports show, as of any day.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who                           |
      | Tom    | Service |                               |
      | Uma    | Sales   |                               |
      | Lena   | Service | leads Service                 |
      | Cleo   | Sales   | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element  | kind              | text                  | measured by        | target | due    | accountable |
      | vision   | vision            | The first call        |                    |        |        |             |
      | win rate | success criterion | We win when we decide | won of all decided | 30 %   | 31 Dec | Tom         |
      | one desk | big bet           | One desk for all      |                    |        |        | Uma         |

  Scenario: What hangs loose shows until it is tied
    Given the goal "First call", supporting the win rate is proposed on 4 Mar
    And Lena proposes the goal "Answer faster" of Service, 90 days from 1 Apr, supporting the goal "First call" on 5 Mar
    And Tom proposes the own goal "Know the prices", supporting the goal "Answer faster" on 6 Mar
    And the goal "Visit more" of Sales is proposed on 7 Mar
    When the goal "One desk in Sales" of Sales, supporting the one desk is proposed on 8 Mar
    Then Cleo is shown the goal tree:
      | as of | organisation | team | person | without goals  | supporting nothing | supported by nothing |
      | 3 Mar | 0            | 0    | 0      | Sales, Service | none               | one desk, win rate   |
      | 4 Mar | 1            | 0    | 0      | Sales, Service | none               | one desk             |
      | 5 Mar | 1            | 1    | 0      | Sales          | none               | one desk             |
      | 6 Mar | 1            | 1    | 1      | Sales          | none               | one desk             |
      | 7 Mar | 1            | 2    | 1      | none           | Visit more         | one desk             |
      | 8 Mar | 1            | 3    | 1      | none           | Visit more         | none                 |

  Scenario: What supported a goal that is given up hangs loose
    Given the goal "First call", supporting the win rate is proposed on 4 Mar
    And Lena proposes the goal "Answer faster" of Service, 90 days from 1 Apr, supporting the goal "First call" on 5 Mar
    When the goal "First call" is abandoned on 10 Mar
    Then Cleo is shown the goal tree:
      | as of  | organisation | team | supporting nothing | supported by nothing |
      | 9 Mar  | 1            | 1    | none               | one desk             |
      | 10 Mar | 0            | 1    | Answer faster      | one desk, win rate   |

  Scenario: A goal entered late was there all the time, once that is known
    When the goal "Answer faster" of Service, supporting the win rate is proposed on 5 Mar, entered on 12 Mar
    Then Cleo is shown the goal tree:
      | as of | known on | team | without goals  | supported by nothing |
      | 6 Mar | 11 Mar   | 0    | Sales, Service | one desk, win rate   |
      | 6 Mar | 12 Mar   | 1    | Sales          | one desk             |

  Scenario: A unit sees its own branch
    Given Lena proposes the goal "Answer faster" of Service, 90 days from 1 Apr, supporting the win rate on 5 Mar
    And the goal "Visit more" of Sales is proposed on 7 Mar
    Then Lena is shown the goal tree:
      | as of | in      | team | without goals | supporting nothing |
      | 7 Mar | Service | 1    | none          | none               |

  Scenario: A member proposes goals of their own, and for nobody else
    When Tom proposes the goal "For all" of Sales, 30 days from 1 Apr, supporting the vision on 5 Mar
    Then it is refused: "Tom may not do this: goal.proposed"
