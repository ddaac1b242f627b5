Feature: A history proves itself to somebody who trusts neither the server nor those who run it
  An external auditor is given an evidence pack and verifies it on a laptop, without network, by a key that came another
  way. Whoever keeps a checkpoint outside can tell ever after whether anything that it covers was changed, left out or
  moved, even by an operator who holds the log's key. Before one is kept outside, nothing is tamper-evident.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    |
      | Ann    | Service |
      | Bob    | Service |
      | Eve    | Service |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Ann commits to the vision on 10 Mar
    And Bob commits to the vision on 12 Mar, because "I saw the queue"
    And the auditor was given the key of the log
    And the auditor keeps the checkpoint of that day
    And Eve commits to the vision on 20 Mar

  Rule: What is verified

    Scenario: All of it, and the state recomputed from the events alone
      When the auditor is given all of it, with the state of Growth on 20 Mar
      Then it holds, from the first event to the last
      And the auditor's own figures are those that Avow answered:
        | figure           |
        | current          |
        | people committed |
        | not acknowledged |

    Scenario: A state of the past, as it was known then
      When the auditor is given all of it, with the state of Growth on 12 Mar, as known on 12 Mar
      Then it holds, from the first event to the last
      And the auditor counts 2 as "current"

    Scenario: Only what stands behind a figure, which may not be all there is
      When the auditor is given what stands behind "current" of Growth on 20 Mar
      Then it holds
      And the report says "omissions are not excluded"
      And the report says "the history only grew since the checkpoint"

    Scenario: One person's record, with the words disclosed that were sealed
      When the auditor is given the record of Bob, with the words disclosed
      Then it holds
      And "I saw the queue" is disclosed in it, and proven

    Scenario: Words that are not disclosed stay sealed, and the proof holds without them
      When the auditor is given the record of Bob
      Then it holds
      And "I saw the queue" stands nowhere in it

  Rule: What an operator cannot do unnoticed

    Scenario Outline: A record that was altered does not pass
      When the auditor is given all of it, after the operator <act> the event in which Ann commits to the vision
      Then it does not hold
      And it is altered from that event on

      Examples:
        | act     |
        | rewrote |
        | removed |

    Scenario: An operator who holds the log's key writes the history anew and signs it
      When the auditor is given all of it, after the operator rewrote the event in which Ann commits to the vision and signed all of it anew
      Then it does not hold
      And it is altered at that event or before it

    Scenario: Nobody can tell who keeps no checkpoint
      Given the auditor keeps no checkpoint
      When the auditor is given all of it, after the operator rewrote the event in which Ann commits to the vision and signed all of it anew
      Then it holds
      And the report says "you hold no checkpoint of your own"

    Scenario: Another key does not pass for the one that the auditor was given
      When the auditor is given all of it, signed by another key
      Then it does not hold
      And the report says "signed by the key that you pinned"

    Scenario: The end of a history is not left out unnoticed
      When the auditor is given all of it, after the operator removed everything behind the event in which Ann commits to the vision
      Then it does not hold
      And the report says "cut off after"
