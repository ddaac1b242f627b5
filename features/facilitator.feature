Feature: An outside facilitator runs a review under the sponsor's charter, and speaks for nobody
  The sponsor owns in writing what comes of the review. The facilitator runs it and sees what the sponsor sees of it,
  until its results are out; a commitment stays its owner's own.

  Background:
    Given an organisation with the teams Service and Board
    And these people:
      | person | home    | who                            |
      | Ann    | Service |                                |
      | Bob    | Service |                                |
      | Cleo   | Board   | is a sponsor, is a strategist  |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Fay is invited as a guest on 4 Mar
    And Cleo opens the clarity check "Is it clear?" of revision 1, until 20 Mar, asking Ann and Bob on 5 Mar
    And Cleo opens the clarity check "Is it still clear?" of revision 1, until 27 Mar, asking Ann and Bob on 5 Mar
    And Cleo charters Fay to run "Is it clear?" by "interviews", to report back by 31 Mar, and owns it: "I answer for it" on 6 Mar

  Scenario: The charter tells everybody asked who runs the review, how, and who owns it
    Then Ann is told of "Is it clear?" that Fay runs it for Cleo by "interviews" until 31 Mar: "I answer for it"

  Scenario: The facilitator runs this review, and no other
    When Fay extends "Is it clear?" until 24 Mar on 18 Mar, because "half of Service was ill"
    And Fay closes "Is it clear?" on 24 Mar
    And Fay finds in "Is it clear?" that "nobody knows what to stop" on 25 Mar
    And Fay publishes the results of "Is it clear?" on 26 Mar
    Then it is accepted
    When Fay closes "Is it still clear?" on 26 Mar
    Then it is refused: "Fay may not do this: review"

  Scenario: The facilitator sees of it what the sponsor sees, and nothing else
    Given Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 11 Mar
    Then Fay sees who is asked in "Is it clear?", and Cleo does
    And Fay does not see "Is it still clear?", though Cleo does
    And Fay does not see the record of Ann

  Scenario: Who may call the review off is the sponsor
    When Fay cancels "Is it clear?" on 10 Mar, because "nobody answers"
    Then it is refused: "Fay may not do this: review"

  Scenario: A facilitator commits for nobody
    When Fay, for Ann, commits to the strategy on 10 Mar
    Then it is refused: "Fay may not do this: commitment.made"

  Scenario: A facilitator acknowledges for nobody
    When Fay, for Ann, acknowledges the strategy on 10 Mar
    Then it is refused: "Fay may not do this: acknowledgement.given"

  Scenario: Not even where another role would allow it
    Given Fay is an administrator on 7 Mar
    When Fay, for Ann, commits to the strategy on 10 Mar
    Then it is refused: "Fay may not do this: commitment.made"

  Scenario: The facilitator's access ends with the published results
    Given Fay closes "Is it clear?" on 21 Mar
    And Fay publishes the results of "Is it clear?" on 23 Mar
    When Fay finds in "Is it clear?" that "nobody knows what to stop" on 24 Mar
    Then it is refused: "Fay may not do this: review"
    And Fay does not see "Is it clear?", though Cleo does

  Scenario: At the latest it ends with the day on which those asked were to hear
    Given Hal joins Service on 1 Apr
    When Fay closes "Is it clear?" on 1 Apr
    Then it is refused: "Fay may not do this: review"
    And Ann is told of "Is it clear?" that Fay was to report back by 31 Mar and has not

  Scenario: A facilitator can be discharged, with the reason
    Given Cleo discharges the facilitator of "Is it clear?" on 10 Mar, because "took sides"
    When Fay extends "Is it clear?" until 24 Mar on 11 Mar, because "half of Service was ill"
    Then it is refused: "Fay may not do this: review"

  Scenario: The sponsor does not run the review that the sponsor owns
    When Cleo charters Cleo to run "Is it still clear?" by "a survey", to report back by 31 Mar, and owns it: "Mine" on 7 Mar
    Then it is refused: "whoever owns the review as its sponsor does not run it as facilitator"

  Scenario: Nobody runs a review who is asked in it
    When Cleo charters Ann to run "Is it still clear?" by "a survey", to report back by 31 Mar, and owns it: "Mine" on 7 Mar
    Then it is refused: "the facilitator is among the participants"
