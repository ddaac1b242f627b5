Feature: A commitment audit tells the truth about ownership, commitment and accountability, and decides what comes next
  People are asked bluntly how far they understand, and believe in, the strategy in force. Where so few are asked that
  their answers could be told apart it is held by name, and is read in the same way. The results are reported back to
  those who were asked, by a day.

  Background:
    Given an organisation with the teams Board and Shop
    And these people:
      | person | home  | who                           |
      | Ann    | Shop  |                               |
      | Bob    | Shop  |                               |
      | Eve    | Board |                               |
      | Cleo   | Board | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Ann commits to the vision on 5 Mar
    And Cleo opens the commitment audit "Audit" of revision 1, until 20 Mar, to report back by 31 Mar, asking Ann, Bob and Eve on 10 Mar
    And Ann answers "Audit" with understand-where 5, understand-why 4, believe-right 2, believe-arrive 1 on 11 Mar
    And Bob answers "Audit" with understand-where 4, understand-why unknown, believe-right 1, believe-arrive 4 on 12 Mar

  Scenario: Understood, not believed: the content is reopened
    When Cleo publishes the results of "Audit" on 23 Mar
    Then on 23 Mar the audit "Audit" of revision 1, in force when it opened, tells:
      | group | answered | theme      | rated | at 4–5 | don't know | understood minus believed | avowed | decides            |
      | all   | 2        | understand | 3     | 100.0  | 25.0       | 75.0                      | 1 of 3 | reopen_the_content |
      | all   | 2        | believe    | 4     | 25.0   | 0.0        | 75.0                      | 1 of 3 | reopen_the_content |

  Scenario: What was promised to those asked shows when it is late, and the sponsor owes it
    Then the report of "Audit" stands:
      | as of  | report   | overdue |
      | 12 Mar | awaited  | 0       |
      | 31 Mar | awaited  | 0       |
      | 1 Apr  | overdue  | 1       |
    And Cleo owes:
      | as of  | what      | overdue |
      | 20 Mar | nothing   |         |
      | 21 Mar | an action | no      |
      | 1 Apr  | an action | yes     |
    When Cleo publishes the results of "Audit" on 2 Apr
    Then the report of "Audit" stands:
      | as of | known on | report    | overdue |
      | 1 Apr | 2 Apr    | overdue   | 1       |
      | 2 Apr | 2 Apr    | told_late | 0       |
    And Cleo owes nothing on 2 Apr

  Scenario: How it moved since the audit before
    Given Cleo publishes the results of "Audit" on 23 Mar
    And Cleo opens the commitment audit "Again" of revision 1, until 20 Jun, to report back by 30 Jun, asking Ann, Bob and Eve on 10 Jun
    And Ann answers "Again" with understand-where 5, believe-right 4 on 11 Jun
    And Bob answers "Again" with understand-where 4, believe-right 3 on 12 Jun
    When Cleo publishes the results of "Again" on 23 Jun
    Then on 23 Jun of "Again" moved:
      | group | question         | at 4–5 | mean |
      | all   | understand-where | 0.0    | 0.0  |
      | all   | believe-right    | 50.0   | 2.0  |
