Feature: The table of four columns
  Goals, what shows that they are realistic, the approach and tactics, and how one will know: in one table, to check back
  later. Empty cells are counted. A tactic that serves no goal is refused, or stands under an exception that expires.

  Background:
    Given an organisation with the teams Service and Staff
    And these people:
      | person | home    | who              |
      | Tom    | Service |                 |
      | Lena   | Staff   | leads Service    |
      | Cleo   | Staff   | is a strategist  |
      | Sara   | Staff   | is a sponsor     |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Lena proposes the goal "Answer faster" of Service, 90 days from 1 Apr, supporting the vision on 5 Mar

  Scenario: Empty cells are counted until something stands in them
    Given the goal "Answer faster" is substantiated by "two teams did it in a year" on 6 Mar
    And Lena adopts the tactic "Call back first" for the goal "Answer faster" on 7 Mar
    When Cleo defines the KPI "Answered in a day" of the goal "Answer faster", in %, up from 62 to 95 on 8 Mar
    Then Cleo is shown the table of four columns:
      | as of | goals         | cells | substantiation | approach and tactics | KPIs | serve no goal |
      | 4 Mar | none          | 0     | 0              | 0                    | 0    | none          |
      | 5 Mar | Answer faster | 3     | 1              | 1                    | 1    | none          |
      | 6 Mar | Answer faster | 3     | 0              | 1                    | 1    | none          |
      | 7 Mar | Answer faster | 3     | 0              | 0                    | 1    | none          |
      | 8 Mar | Answer faster | 3     | 0              | 0                    | 0    | none          |

  Scenario: An approach in words fills its cell, too
    When the goal "Answer faster" is approached by "one desk for all quotes" on 6 Mar
    Then Cleo is shown the table of four columns:
      | as of | approach and tactics |
      | 5 Mar | 1                    |
      | 6 Mar | 0                    |
    And the printed table that Cleo sees on 6 Mar says "one desk for all quotes"
    And the printed table that Cleo sees on 6 Mar says "simulated"

  Scenario: A tactic that serves no goal is refused
    When Cleo adopts the tactic "Go to the fair" on 10 Mar
    Then it is refused: "'Go to the fair' serves no goal, and no exception covers that"

  Scenario: It stands under an exception, until that expires
    Given Sara approves the tactic "Go to the fair" without a goal, until 1 May on 9 Mar, because "booked for this year"
    When Cleo adopts the tactic "Go to the fair" on 10 Mar
    Then Cleo is shown the table of four columns:
      | as of  | serve no goal              |
      | 9 Mar  | none                       |
      | 10 Mar | Go to the fair (exception) |
      | 30 Apr | Go to the fair (exception) |
      | 1 May  | Go to the fair (expired)   |

  Scenario: A tactic loses its ground with the goal that it served
    Given Lena adopts the tactic "Call back first" for the goal "Answer faster" on 7 Mar
    When the goal "Answer faster" is abandoned on 10 Mar
    Then Cleo is shown the table of four columns:
      | as of  | goals         | serve no goal          |
      | 9 Mar  | Answer faster | none                   |
      | 10 Mar | none          | Call back first (none) |

  Scenario: It works for a person alone
    Given Tom proposes the own goal "Know the prices", supporting the goal "Answer faster" on 6 Mar
    When Tom adopts the tactic "Learn a page a day" for the goal "Know the prices" on 7 Mar
    Then Tom is shown the table of four columns of Tom:
      | as of | goals           | cells | substantiation | approach and tactics | KPIs |
      | 6 Mar | Know the prices | 3     | 1              | 1                    | 1    |
      | 7 Mar | Know the prices | 3     | 1              | 0                    | 1    |
    And Lena is shown the table of four columns of Service:
      | as of | goals                          | cells | substantiation | approach and tactics | KPIs |
      | 7 Mar | Answer faster, Know the prices | 6     | 2              | 1                    | 2    |

  Scenario: What was told late stands in the table of its day, once it is known
    When Lena adopts the tactic "Call back first" for the goal "Answer faster" on 7 Mar, entered on 12 Mar
    Then Cleo is shown the table of four columns:
      | as of | known on | approach and tactics |
      | 8 Mar | 11 Mar   | 1                    |
      | 8 Mar | 12 Mar   | 0                    |
