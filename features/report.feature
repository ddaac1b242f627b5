Feature: What was reported can be asked again, and proven, ever after
  A sponsor tells the board where the organisation stands. Avow keeps which question that answered, as of which position
  of the record, under which rules, with a fingerprint of the answer and a signed checkpoint; and no figure. So an
  auditor need not believe the slide: the question is asked again, the answer is the same to the byte, and whatever was
  learned since is told beside it.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Service |                               |
      | Cleo   | Service | is a strategist, is a sponsor |
      | Ada    | Service | is an auditor                 |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Ann commits to the vision on 10 Mar
    And Cleo reports Growth to "the supervisory board" as "First quarter", as of 31 Mar on 2 Apr

  Rule: Asked again, it is answered as it was told

    Scenario: Nothing was learned since
      Then to Ada the report "First quarter" is the same to the byte
      And it tells Ada that it was for "the supervisory board"
      And to Ada it was not restated since

    Scenario: What was learned since does not touch it, and is told beside it
      When Bob commits to the vision on 20 Mar, entered on 20 Apr, because "the sheet lay in a drawer"
      Then to Ada the report "First quarter" is the same to the byte
      And to Ada "current" was restated since, from 1 to 2, because "the sheet lay in a drawer"

    Scenario: A correction does not touch it either
      When on 20 Apr Ann takes back 'Ann commits to the vision', because "I meant the other strategy"
      Then to Ada the report "First quarter" is the same to the byte
      And to Ada "current" was restated since, from 1 to 0, because "I meant the other strategy"

    Scenario: Who may not see what is reported is not told of the report
      Then Ann is not shown the report "First quarter"

  Rule: An auditor need not believe it

    Scenario: The state that was reported is recomputed from the events alone
      Given the auditor was given the key of the log
      When Bob commits to the vision on 20 Mar, entered on 20 Apr, because "the sheet lay in a drawer"
      And the auditor keeps the checkpoint of the report "First quarter"
      And the auditor is given all of it, with the state that the report "First quarter" told
      Then it holds, from the first event to the last
      And the auditor counts 1 as "current"

    Scenario: A history that was changed after the report does not pass
      Given the auditor was given the key of the log
      And the auditor keeps the checkpoint of the report "First quarter"
      When the auditor is given all of it, after the operator rewrote the event in which Ann commits to the vision and signed all of it anew
      Then it does not hold

  Rule: What was told is withdrawn, and never made otherwise

    Scenario: A withdrawn report stays on the record
      When Cleo withdraws the report "First quarter" on 5 Apr, because "it went to the wrong board"
      Then Ada is told that the report "First quarter" was withdrawn on 5 Apr
      And to Ada the report "First quarter" is the same to the byte

    Scenario: It is not withdrawn without a reason
      When Cleo withdraws the report "First quarter" on 5 Apr
      Then it is refused: "needs a reason"

    Scenario: Nobody corrects it afterwards
      When on 5 Apr Cleo takes back 'Cleo reports Growth to "the supervisory board" as "First quarter", as of 31 Mar', because "it looks better without"
      Then it is refused: "what a report said when it was published is neither replaced nor retracted"

    Scenario: What is still to come is not reported
      When Cleo reports Growth to "the supervisory board" as "Second quarter", as of 30 Jun on 5 Apr
      Then it is refused: "cannot be reported"

    Scenario: Whoever commits does not report
      When Ann reports Growth to "the works council" as "My quarter", as of 31 Mar on 5 Apr
      Then it is refused: "may not do this: report.published"
