Feature: Reviews and checks recur by a schedule, and what was missed shows
  The rule runs by the wall clock of the organisation's zone. Avow opens each cycle on its day and asks who is there
  then; a cycle that was not opened on its day was missed.

  Background:
    Given an organisation with the teams Sales and Service
    And these people:
      | person | home    | who                           |
      | Ann    | Sales   |                               |
      | Bob    | Sales   |                               |
      | Eve    | Service |                               |
      | Cleo   | Service | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Cleo lets the health check "Pulse" recur by "FREQ=MONTHLY;BYDAY=1MO" from 2 Mar, for 14 days, asking Sales on 10 Mar

  Scenario: Each cycle is opened on its day, for who is there then
    Given Fay joins Sales on 1 Apr
    When it is 6 Apr and Avow looks at its schedules, twice
    Then "Pulse" was:
      | on    | standing | asked           | until  |
      | 6 Apr | held     | Ann, Bob and Fay | 19 Apr |
    And Fay owes:
      | as of  | what    | overdue |
      | 6 Apr  | answer  | no      |
      | 19 Apr | answer  | no      |
      | 20 Apr | nothing |         |

  Scenario: A cycle that was not opened on its day was missed
    When it is 7 Apr and Avow looks at its schedules
    And it is 4 May and Avow looks at its schedules
    Then "Pulse" was:
      | on    | standing | asked       | until  |
      | 6 Apr | missed   |             |        |
      | 4 May | held     | Ann and Bob | 17 May |
    And "Pulse" comes next on 1 Jun, 6 Jul and 3 Aug

  Scenario: Why it was missed is told, too
    Given Cleo lets the health check "Confided" recur by "FREQ=MONTHLY;BYDAY=1MO" from 2 Mar, for 14 days, asking Sales in confidence on 10 Mar
    When it is 6 Apr and Avow looks at its schedules
    And it is 5 May and Avow looks at its schedules
    Then "Confided" was missed:
      | on    | because                                                                                      |
      | 6 Apr | 2 participants are too few for a confidential review: with groups of at least 5 it takes 8   |
      | 4 May | nobody was there to open it on that day: no worker ran, or the clock leapt over it           |

  Scenario: What is set anew holds from then on
    Given it is 6 Apr and Avow looks at its schedules
    When Cleo lets the health check "Pulse" recur by "FREQ=MONTHLY;BYMONTHDAY=15" from 2 Mar, for 7 days, asking Service on 20 Apr
    And it is 15 May and Avow looks at its schedules
    Then "Pulse" was:
      | on     | standing | asked        | until  |
      | 6 Apr  | held     | Ann and Bob  | 19 Apr |
      | 15 May | held     | Cleo and Eve | 21 May |

  Scenario: A schedule that ended opens nothing, and misses nothing
    Given Cleo ends the schedule "Pulse" on 1 Apr
    When it is 7 Apr and Avow looks at its schedules
    Then "Pulse" had no occurrence

  Scenario: The hour stays when the clocks are changed
    Given Cleo lets the health check "Pulse" recur by "FREQ=WEEKLY" from 26 Mar, for 3 days, asking Sales on 20 Mar
    When it is 26 Mar and Avow looks at its schedules
    And it is 2 Apr and Avow looks at its schedules
    Then "Pulse" was:
      | on     | standing | asked       | until  |
      | 26 Mar | held     | Ann and Bob | 28 Mar |
      | 2 Apr  | held     | Ann and Bob | 4 Apr  |

  Scenario: By no rule nothing recurs
    When Cleo lets the health check "Rush" recur by "FREQ=HOURLY" from 2 Mar, for 14 days, asking Sales on 10 Mar
    Then it is refused: "by the rule 'FREQ=HOURLY' nothing recurs"
