Feature: The alignment state as of any day, as it was known on any other
  Who governs asks who had truly taken the strategy on, on a day. What was entered late counts from the day on which it
  happened; what was known before is still told as it was known.

  Rule: A team commits together

    Background: Thirty, sixty, ninety days of Service
      Given an organisation with the teams Service
      And these people:
        | person | home    |
        | M1     | Service |
        | M2     | Service |
        | M3     | Service |
        | M4     | Service |
        | M5     | Service |
        | M6     | Service |
        | M7     | Service |
      And the strategy Growth, in force since 3 Mar, says:
        | element | kind   | text      |
        | vision  | vision | Grow well |
      And the goal "Answer faster" of Service, supporting the vision is proposed on 1 Apr
      And M1 and M2 each: commits to the goal "Answer faster" on 3 Apr
      And M3 and M4 each: commits to the goal "Answer faster" on 7 Apr
      And M5 commits to the goal "Answer faster" on 8 Apr
      And M7 commits to the goal "Answer faster" on 14 Apr
      And M8 joins Service on 20 Apr
      And M8 of Service is asked to decide on the goal "Answer faster", by 30 Apr on 20 Apr
      And M6 commits to the goal "Answer faster" on 7 Apr, entered on 22 Apr, because "the sheet lay in a drawer"
      And M3 leaves the organisation on 10 May
      And M8 commits to the goal "Answer faster" on 12 May

    Scenario: Late entries, a later correction and a leaver
      When on 14 May The office corrects 'M8 joins Service' to 13 Apr, because "joined a week earlier than entered"
      Then towards the goal "Answer faster" Service reads:
        | as of  | known on | reads  |
        | 8 Apr  | 8 Apr    | 5 of 7 |
        | 8 Apr  | 22 Apr   | 6 of 7 |
        | 15 Apr | 15 Apr   | 6 of 7 |
        | 15 Apr | 22 Apr   | 7 of 7 |
        | 15 Apr | 14 May   | 7 of 8 |
        | 20 Apr | 20 Apr   | 6 of 8 |
        | 20 Apr | 22 Apr   | 7 of 8 |
        | 15 May | 15 May   | 7 of 7 |

    Scenario: Who joined before anybody knew is not late for the days before it was asked of them
      When on 14 May The office corrects 'M8 joins Service' to 13 Apr, because "joined a week earlier than entered"
      Then the record shows:
        | as of  | known on | duties open | duties overdue | duties met |
        | 19 Apr | 14 May   | 0           | 0              | 0          |
        | 20 Apr | 14 May   | 1           | 0              | 0          |
        | 30 Apr | 14 May   | 1           | 0              | 0          |
        | 1 May  | 14 May   | 0           | 1              | 0          |
        | 12 May | 14 May   | 0           | 0              | 1          |

  Rule: Thirty-day actions

    Scenario: Done in time and entered later is done in time
      Given an organisation with the teams Service
      And these people:
        | person | home    |
        | M1     | Service |
        | M2     | Service |
        | M3     | Service |
      And the strategy Growth, in force since 3 Mar, says:
        | element | kind   | text      |
        | vision  | vision | Grow well |
      And M1, M2 and M3 each: commits to the vision, to act within thirty days, by 1 May on 1 Apr
      And M1 fulfils the commitment to the vision on 24 Apr
      And M2 fulfils the commitment to the vision on 30 Apr
      When M3 fulfils the commitment to the vision on 29 Apr, entered on 6 May
      Then the record shows:
        | as of | known on | fulfilled | overdue |
        | 1 May | 1 May    | 2         | 0       |
        | 2 May | 2 May    | 2         | 1       |
        | 2 May | 6 May    | 3         | 0       |

  Rule: Enrolment, and a revision that touches what people took on

    Background:
      Given an organisation with the teams Service
      And these people:
        | person | home    |
        | Ann    | Service |
        | Bob    | Service |
        | Cat    | Service |
        | Dan    | Service |
      And the strategy Growth, in force since 3 Jan, says:
        | element | kind   | text      |
        | vision  | vision | Grow well |
      And Ann and Bob each: acknowledges the strategy on 12 Jan
      And Dan acknowledges the strategy on 14 Jan
      And Ann and Bob each: commits to the vision on 16 Feb
      And Cat acknowledges the strategy on 3 Feb, entered on 20 Feb, because "the sheet lay in a drawer"
      And on 2 Mar The office takes back 'Dan acknowledges the strategy', because "Dan was ill that day"
      And Gus joins Service on 10 Mar
      And Cat commits to the vision on 23 Mar

    Scenario: A stage fills, by late entries and corrections, with one total and other people
      Then the record shows:
        | as of  | known on | people | acknowledged | current |
        | 16 Feb | 16 Feb   | 4      | 3            | 2       |
        | 16 Feb | 20 Feb   | 4      | 4            | 2       |
        | 16 Feb | 2 Mar    | 4      | 3            | 2       |
        | 31 Mar | 31 Mar   | 5      | 3            | 3       |
      And on 16 Feb, as known on 16 Feb, "acknowledged" counts Ann, Bob and Dan
      And on 16 Feb, as known on 2 Mar, "acknowledged" counts Ann, Bob and Cat

    Scenario: A material revision leaves nothing current of what it touches
      Given The office restates the vision as "Grow better" on 25 Mar
      And The office submits the strategy on 26 Mar
      When The office publishes a material revision, in force from 1 Apr on 27 Mar
      Then the record shows:
        | as of  | known on | acknowledged | outdated | current | stale |
        | 31 Mar | 31 Mar   | 3            | 0        | 3       | 0     |
        | 1 Apr  | 1 Apr    | 0            | 3        | 0       | 3     |

  Rule: Two days compared

    Background:
      Given an organisation with the teams Service and Sales
      And these people:
        | person | home    |
        | Ann    | Service |
        | Bob    | Service |
        | Eve    | Service |
        | Fay    | Sales   |
        | Gus    | Sales   |
      And the strategy Growth, in force since 3 Mar, says:
        | element | kind   | text         |
        | vision  | vision | Grow well    |
        | promise | value  | We keep date |
      And Ann and Fay each: commits to the vision on 10 Mar
      And Bob commits to the promise on 10 Mar
      And Eve commits to the vision on 20 Mar, entered on 10 Apr, because "the sheet lay in a drawer"
      And on 11 Apr Fay takes back 'Fay commits to the vision', because "it was another Fay"
      And The office restates the promise as "We keep every date" on 12 Apr
      And The office submits the strategy on 12 Apr
      And The office publishes a material revision on 13 Apr
      And Ann leaves the organisation on 1 May
      And Hal joins Service on 2 May
      And Hal commits to the vision on 3 May
      And Gus commits to the vision on 4 May
      And Gus moves from Sales to Service on 5 May

    Scenario: The bridge says who came and went, and why, and adds up
      Then from 31 Mar (known on 31 Mar) to 30 May "people committed" goes from 3 to 3:
        | because      | in | out |
        | became stale | 0  | 1   |
        | changed      | 1  | 0   |
        | joined       | 1  | 0   |
        | left         | 0  | 1   |
        | restated     | 1  | 1   |

    Scenario: As it is known now, nothing is restated
      Then from 31 Mar to 30 May "people committed" goes from 3 to 3:
        | because      | in | out |
        | became stale | 0  | 1   |
        | changed      | 1  | 0   |
        | joined       | 1  | 0   |
        | left         | 0  | 1   |

    Scenario: Who moved from one unit to another is told apart from who joined
      Then from 31 Mar to 30 May "people" in Service goes from 3 to 4:
        | because | in | out |
        | joined  | 1  | 0   |
        | left    | 0  | 1   |
        | moved   | 1  | 0   |
      And from 31 Mar to 30 May "people" in Sales goes from 2 to 1:
        | because | in | out |
        | moved   | 0  | 1   |

  Rule: Before anything was recorded

    Scenario: The answer says so, and is never zeroes
      Given an organisation with the teams Service
      And the strategy Growth, in force since 3 Mar, says:
        | element | kind   | text      |
        | vision  | vision | Grow well |
      Then nothing was recorded on 31 Dec 2025
      And the record shows:
        | as of | people | current | revision in force |
        | 3 Mar | 0      | 0       | 1                 |
