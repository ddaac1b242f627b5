Feature: A strategy is clear, believable and implementable enough before the cascade starts
  Key stakeholders are asked about the draft, group by group. It passes the gate where every group reaches the
  organisation's bar on all three; a draft below it, or changed since, takes an exception that somebody else approves.

  Background:
    Given an organisation with the teams Service and Board
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Service |                               |
      | Eve    | Board   |                               |
      | Dan    | Board   | is a sponsor                  |
      | Cleo   | Board   | is a strategist, is a sponsor |
    And Cleo sets the bar at 70 % giving 4 or more, and demands a check on 1 Mar
    And Cleo drafts the strategy Growth on 2 Mar
    And Cleo writes the vision: "The first call" on 2 Mar
    And Cleo submits the strategy on 2 Mar
    And Cleo opens the clarity check "Is it clear?" of the draft, until 10 Mar, asking the groups Service (Ann and Bob) and Board (Eve) on 3 Mar

  Scenario: Where every group reaches the bar on all three, the draft is published
    Given Ann answers "Is it clear?" with clear 4, believable 5, implementable 4 on 4 Mar
    And Bob answers "Is it clear?" with clear 5, believable 4, implementable 4 on 4 Mar
    And Eve answers "Is it clear?" with clear 4, believable 4, implementable 5 on 5 Mar
    When Cleo publishes the results of "Is it clear?" on 11 Mar
    Then on 11 Mar the gate shows for the draft "passed":
      | group   | question      | at 4 or more | enough |
      | Service | clear         | 2 of 2       | yes    |
      | Service | believable    | 2 of 2       | yes    |
      | Service | implementable | 2 of 2       | yes    |
      | Board   | clear         | 1 of 1       | yes    |
      | Board   | believable    | 1 of 1       | yes    |
      | Board   | implementable | 1 of 1       | yes    |
    When Cleo publishes a material revision on 12 Mar
    Then on 12 Mar the gate shows that revision 1 was "passed"

  Scenario: Without the check that is demanded, and while it is under way, nothing is published
    When Cleo publishes a material revision on 4 Mar
    Then it is refused: "the draft does not pass the gate: it is check-under-way"

  Scenario: One group below the bar holds the draft up
    Given Ann answers "Is it clear?" with clear 4, believable 5, implementable 4 on 4 Mar
    And Bob answers "Is it clear?" with clear 5, believable 4, implementable 2 on 4 Mar
    And Eve answers "Is it clear?" with clear 4, believable 4, implementable unknown on 5 Mar
    And Cleo publishes the results of "Is it clear?" on 11 Mar
    When Cleo publishes a material revision on 12 Mar
    Then it is refused: "the draft does not pass the gate: it is below-the-bar"
    And on 12 Mar the gate shows for the draft "below-the-bar":
      | group   | question      | at 4 or more | enough |
      | Service | clear         | 2 of 2       | yes    |
      | Service | believable    | 2 of 2       | yes    |
      | Service | implementable | 1 of 2       | no     |
      | Board   | clear         | 1 of 1       | yes    |
      | Board   | believable    | 1 of 1       | yes    |
      | Board   | implementable | 0 of 0       | no     |

  Scenario: A draft that was changed after the check is another draft
    Given Ann answers "Is it clear?" with clear 4, believable 5, implementable 4 on 4 Mar
    And Bob answers "Is it clear?" with clear 5, believable 4, implementable 4 on 4 Mar
    And Eve answers "Is it clear?" with clear 4, believable 4, implementable 5 on 5 Mar
    And Cleo publishes the results of "Is it clear?" on 11 Mar
    And Cleo restates the vision as "The only call" on 12 Mar
    And Cleo submits the strategy on 12 Mar
    When Cleo publishes a material revision on 12 Mar
    Then it is refused: "the draft does not pass the gate: it is changed-after-check"

  Scenario: Somebody else approves the exception, and the register keeps it
    Given Ann answers "Is it clear?" with clear 2, believable 2, implementable 2 on 4 Mar
    And Cleo publishes the results of "Is it clear?" on 11 Mar
    When Cleo approves publishing although the draft is below the bar on 12 Mar, because "the bank waits"
    Then it is refused: "whoever works on the draft cannot approve an exception for it"
    When Dan approves publishing although the draft is below the bar on 12 Mar, because "the bank waits"
    And Cleo publishes a material revision on 13 Mar
    Then on 13 Mar the gate shows that revision 1 was "below-the-bar", and passed by an exception

  Scenario: A bar that is raised once the answers are known does not change what they came to
    Given Ann answers "Is it clear?" with clear 4, believable 4, implementable 4 on 4 Mar
    And Eve answers "Is it clear?" with clear 4, believable 4, implementable 4 on 5 Mar
    And Cleo publishes the results of "Is it clear?" on 11 Mar
    When Cleo sets the bar at 100 % giving 5 or more, and demands a check on 12 Mar
    And Cleo publishes a material revision on 13 Mar
    Then on 13 Mar the gate shows that revision 1 was "passed"
