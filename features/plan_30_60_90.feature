Feature: Goals and actions for the next thirty, sixty and ninety days
  Every level turns the bets into its own goals and actions, which the team commits to together. What is done, open and
  overdue shows as of any day; the next plan opens when the last one is closed out.

  Background: Thirty, sixty, ninety days of Service
    Given an organisation with the teams Service and Staff
    And these people:
      | person | home    | who                           |
      | M1     | Service |                               |
      | M2     | Service |                               |
      | M3     | Service |                               |
      | M4     | Service |                               |
      | M5     | Service |                               |
      | M6     | Service |                               |
      | M7     | Service |                               |
      | Lena   | Staff   | leads Service                 |
      | Cleo   | Staff   | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text      |
      | vision  | vision | Grow well |
    And Lena proposes the goal "Answer faster" of Service, 90 days from 1 Apr, supporting the vision on 1 Apr
    And Lena plans the action "A1" of M1 for the goal "Answer faster", by 1 May on 1 Apr
    And Lena plans the action "A2" of M2 for the goal "Answer faster", by 1 May on 1 Apr
    And Lena plans the action "A3" of M4 for the goal "Answer faster", by 1 May on 1 Apr

  Scenario: Five of seven, then six, then all; and what was done but told later
    Given M1 and M2 each: commits to the goal "Answer faster" on 3 Apr
    And M3 and M4 each: commits to the goal "Answer faster" on 7 Apr
    And M5 commits to the goal "Answer faster" on 8 Apr
    And M7 commits to the goal "Answer faster" on 14 Apr
    And M8 joins Service on 20 Apr
    And M8 of Service is asked to decide on the goal "Answer faster", by 30 Apr on 20 Apr
    And M6 commits to the goal "Answer faster" on 7 Apr, entered on 22 Apr, because "the sheet lay in a drawer"
    And M1 completes the action "A1" on 24 Apr
    And M2 completes the action "A2", as "the price list is out" shows on 30 Apr
    And M4 completes the action "A3" on 29 Apr, entered on 6 May
    And M3 leaves the organisation on 10 May
    And M8 commits to the goal "Answer faster" on 12 May
    When on 14 May The office corrects 'M8 joins Service' to 13 Apr, because "joined a week earlier than entered"
    Then Cleo is shown the plan of Service from 1 Apr:
      | as of  | known on | together |
      | 8 Apr  | 8 Apr    | 5 of 7   |
      | 8 Apr  | 22 Apr   | 6 of 7   |
      | 15 Apr | 15 Apr   | 6 of 7   |
      | 15 Apr | 22 Apr   | 7 of 7   |
      | 15 Apr | 14 May   | 7 of 8   |
      | 20 Apr | 20 Apr   | 6 of 8   |
      | 20 Apr | 22 Apr   | 7 of 8   |
      | 15 May | 15 May   | 7 of 7   |
    And Cleo is shown the plan of Service from 1 Apr:
      | as of  | known on | horizon | done   | open | overdue | closed out |
      | 23 Apr | 23 Apr   | 30      | 0 of 3 | 3    | 0       | no         |
      | 24 Apr | 24 Apr   | 30      | 1 of 3 | 2    | 0       | no         |
      | 1 May  | 1 May    | 30      | 2 of 3 | 1    | 0       | no         |
      | 2 May  | 2 May    | 30      | 2 of 3 | 0    | 1       | no         |
      | 2 May  | 6 May    | 30      | 3 of 3 | 0    | 0       | yes        |
      | 2 May  | 6 May    | 60      | 0 of 0 | 0    | 0       | yes        |
    And the record shows:
      | as of  | known on | duties open | duties overdue |
      | 19 Apr | 14 May   | 0           | 0              |
      | 20 Apr | 14 May   | 1           | 0              |
      | 30 Apr | 14 May   | 1           | 0              |
      | 1 May  | 14 May   | 0           | 1              |

  Scenario: The unit's own commitment stands beside its members'
    Given M1 speaks for Service on 2 Apr
    And M2 commits to the goal "Answer faster" on 3 Apr
    When M1, for Service, commits to the goal "Answer faster" on 4 Apr
    Then Cleo is shown the plan of Service from 1 Apr:
      | as of | together | the unit itself |
      | 3 Apr | 1 of 7   | not             |
      | 4 Apr | 1 of 7   | committed       |

  Scenario: A day that is moved stays visible, and so does the horizon it was planned for
    Given Lena plans the action "A4" of M5 for the goal "Answer faster", by 20 May on 2 Apr
    When Lena moves the action "A1" to 20 May on 28 Apr
    Then Cleo is shown the plan of Service from 1 Apr:
      | as of  | horizon | done   | open | overdue | moved |
      | 27 Apr | 30      | 0 of 3 | 3    | 0       | 0     |
      | 2 May  | 30      | 0 of 3 | 1    | 2       | 1     |
      | 2 May  | 60      | 0 of 1 | 1    | 0       | 0     |
      | 21 May | all     | 0 of 4 | 0    | 4       | 1     |
    And Cleo is shown that the action "A1" is due on:
      | as of  | day    | at first | moves |
      | 27 Apr | 1 May  | 1 May    | 0     |
      | 28 Apr | 20 May | 1 May    | 1     |

  Scenario: What is dropped is asked for no more, and what was said to be done can be reopened
    Given M1 completes the action "A1" on 24 Apr
    And Lena drops the action "A2" on 25 Apr
    When M1 reopens the action "A1" on 28 Apr
    Then Cleo is shown the plan of Service from 1 Apr:
      | as of  | done   | open | overdue | ended |
      | 24 Apr | 1 of 3 | 2    | 0       | 0     |
      | 25 Apr | 1 of 2 | 1    | 0       | 1     |
      | 28 Apr | 0 of 2 | 2    | 0       | 1     |

  Scenario: Nobody asks for the actions of a goal that was given up
    When the goal "Answer faster" is abandoned on 20 Apr
    Then Cleo is shown the plan of Service from 1 Apr:
      | as of  | done   | open | ended | closed out |
      | 19 Apr | 0 of 3 | 3    | 0     | no         |
      | 20 Apr | 0 of 0 | 0    | 3     | yes        |

  Scenario: The next plan does not open while the last one has open actions
    Given M1 completes the action "A1" on 24 Apr
    When Lena proposes the goal "Answer by phone" of Service, 30 days from 1 Jul, supporting the vision on 30 Jun
    Then it is refused: "the plan that started on 2026-04-01 is not closed out: 2 of its actions are neither done nor dropped"

  Scenario: The next plan opens when the last one is closed out
    Given M1 completes the action "A1" on 24 Apr
    And M2 completes the action "A2" on 30 Jun
    And Lena drops the action "A3" on 30 Jun
    When Lena proposes the goal "Answer by phone" of Service, 30 days from 1 Jul, supporting the vision on 30 Jun
    And Lena plans the action "B1" of M1 for the goal "Answer by phone", by 31 Jul on 30 Jun
    Then Cleo is shown the plan of Service from 1 Jul:
      | as of  | horizon | done   | open | overdue | closed out |
      | 30 Jun | 30      | 0 of 1 | 1    | 0       | no         |
      | 31 Jul | 30      | 0 of 1 | 1    | 0       | no         |
      | 1 Aug  | 30      | 0 of 1 | 0    | 1       | no         |

  Scenario: Whoever has an action is told that they owe it, from the day it was planned until it is done
    When M1 completes the action "A1" on 3 May
    Then M1 owes:
      | as of  | what      | overdue |
      | 31 Mar | nothing   |         |
      | 1 May  | an action | no      |
      | 2 May  | an action | yes     |
      | 3 May  | nothing   |         |

  Scenario: Only whoever has an action, or their lead, says that it is done
    When M2 completes the action "A1" on 24 Apr
    Then it is refused: "M2 may not do this: action.done"

  Scenario: An action is for a goal
    When Cleo plans the action "A9" of M1 for the goal "Nothing", by 1 May on 2 Apr
    Then it is refused: "there is no goal 'Nothing' in this organisation"
