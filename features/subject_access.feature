Feature: Everybody can read all that is held on them
  Whoever works here may ask what is held on them, and gets all of it: as a text that needs no program to be read, and
  as data. What others wrote stays theirs, and is listed by where it stands. Who else has looked is told.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Service | leads Service                 |
      | Dan    | Service |                               |
      | Eve    | Sales   |                               |
      | Fay    | Sales   |                               |
      | Gus    | Sales   |                               |
      | Hal    | Sales   |                               |
      | Ida    | Sales   |                               |
      | Olga   | Sales   | is an administrator           |
      | Cleo   | Sales   | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Ann commits to the vision, to let no call wait on 5 Mar
    And Bob acknowledges the strategy on 6 Mar, because "Ann explained it to me"
    And Ann is asked to acknowledge the strategy, by 20 Mar on 10 Mar, because "Ann hesitates"

  Scenario: Whoever asks gets everything, as a text and as data
    Then Ann, asking what is held on Ann, is shown as a text and as data:
      | what              | words            |
      | her name          | Ann              |
      | her own words     | let no call wait |
      | what she has done | commitment.made  |
      | what she owes     | duty.given       |
      | where she sits    | membership.began |

  Scenario: What others wrote about somebody is theirs, and listed by where it stands
    Then Ann, asking what is held on Ann, is told where these words stand, and not what they are: "Ann hesitates"
    And nobody else's words are in it: "Ann explained it to me"

  Scenario: No colleague may ask, and neither may whoever leads them
    Then Ann gets what is held on Ann, but Dan does not
    And Ann gets what is held on Ann, but Bob does not
    And Ann gets what is held on Ann, but Cleo does not

  Scenario: What was answered by name goes to whoever answered, and to an administrator where it stands
    Given Cleo opens the clarity check "Is it clear?" of revision 1, until 20 Mar, asking Ann and Bob on 10 Mar
    And Ann answers "Is it clear?" with clear 4, believable 1, implementable 3 on 11 Mar
    Then Ann, asking what is held on Ann, is shown what Ann answered to "believable": 1
    But Olga, asking what is held on Ann, is shown that Ann answered, and not what

  Scenario: Nothing of it comes from a ballot box
    Given Cleo asks everybody in confidence in "Audit" until 20 Mar, to report back by 31 Mar on 10 Mar
    And Ann confides "that the prices are wrong" in "Audit"
    Then Ann sees in "Audit" what Ann confided: "that the prices are wrong"
    But nobody finds it in what is held on Ann: "that the prices are wrong"

  Scenario: Whoever looked is told
    When Olga asks what is held on Ann
    Then Ann, asking what is held on Ann, is told that Olga looked
    And Ann, asking what is held on Ann, leaves no trace of her own
