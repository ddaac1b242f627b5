Feature: A review asks people about a draft or a revision, and its results stay as they were published
  Who is asked is frozen when the review opens. Answers may be revised until it closes; published results are frozen,
  and a restated edition stands beside them.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Service |                               |
      | Eve    | Service |                               |
      | Cleo   | Service | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Cleo opens the clarity check "Is it clear?" of revision 1, until 20 Mar, asking Ann, Bob and Eve on 10 Mar

  Scenario: Answers are counted, without a figure from them before the results are published
    When Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 11 Mar
    And Bob answers "Is it clear?" with clear 5, believable unknown, implementable 2 on 12 Mar
    Then "Is it clear?" is answered by:
      | as of  | answered |
      | 10 Mar | 0 of 3   |
      | 11 Mar | 1 of 3   |
      | 12 Mar | 2 of 3   |
    And on 12 Mar no results of "Is it clear?" are shown

  Scenario: An answer may be revised until the close, and the last one counts
    Given Ann answers "Is it clear?" with clear 2, believable 2, implementable 2 on 11 Mar
    And Bob answers "Is it clear?" with clear 4, believable 4, implementable 2 on 11 Mar
    When Ann answers "Is it clear?" with clear 5, believable 4, implementable 3 on 20 Mar
    And Cleo publishes the results of "Is it clear?" on 23 Mar
    Then on 23 Mar the results of "Is it clear?" read:
      | edition | question      | answered | mean | enough |
      | 1       | clear         | 2 of 3   | 4.5  | yes    |
      | 1       | believable    | 2 of 3   | 4.0  | yes    |
      | 1       | implementable | 2 of 3   | 2.5  | no     |

  Scenario: After the close no answer is taken
    When Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 21 Mar
    Then it is refused: "the review takes no answers at that instant"

  Scenario: A review that was closed early takes no answer from then on
    Given Cleo closes "Is it clear?" on 15 Mar
    When Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 16 Mar
    Then it is refused: "the review takes no answers at that instant"

  Scenario: An answer that was given in time may be entered late
    When Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 19 Mar, entered on 24 Mar
    Then "Is it clear?" is answered by:
      | as of  | known on | answered |
      | 19 Mar | 19 Mar   | 0 of 3   |
      | 19 Mar | 24 Mar   | 1 of 3   |

  Scenario: A review may be extended
    Given Cleo extends "Is it clear?" until 27 Mar on 18 Mar, because "half of Service was ill"
    When Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 26 Mar
    Then "Is it clear?" is answered by:
      | as of  | answered |
      | 26 Mar | 1 of 3   |

  Scenario: Who is asked was decided when the review opened
    Given Fay joins Service on 12 Mar
    When Fay answers "Is it clear?" with clear 4, believable 5, implementable 3 on 13 Mar
    Then it is refused: "this person does not take part in the review"

  Scenario: Who leaves meanwhile remains a participant
    Given Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 11 Mar
    When Ann leaves the organisation on 15 Mar
    Then "Is it clear?" is answered by:
      | as of  | answered |
      | 16 Mar | 1 of 3   |

  Scenario: A score that the scale does not have is refused
    When Ann answers "Is it clear?" with clear 6, believable 5, implementable 3 on 11 Mar
    Then it is refused: "clear is answered from 1 to 5, not with 6"

  Scenario: No results are published while answers can still be revised
    When Cleo publishes the results of "Is it clear?" on 15 Mar
    Then it is refused: "answers can be revised until"

  Scenario: Published results are frozen, and restated ones stand beside them
    Given Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 11 Mar
    And Cleo publishes the results of "Is it clear?" on 23 Mar
    When Bob answers "Is it clear?" with clear 1, believable 1, implementable 1 on 18 Mar, entered on 24 Mar
    And Cleo publishes the results of "Is it clear?" on 25 Mar, because "a sheet given in time came in"
    Then on 24 Mar the results of "Is it clear?" read:
      | edition | question      | answered | mean |
      | 1       | clear         | 1 of 3   | 4.0  |
      | 1       | believable    | 1 of 3   | 5.0  |
      | 1       | implementable | 1 of 3   | 3.0  |
    And on 25 Mar the results of "Is it clear?" read:
      | edition | question      | answered | mean |
      | 1       | clear         | 1 of 3   | 4.0  |
      | 1       | believable    | 1 of 3   | 5.0  |
      | 1       | implementable | 1 of 3   | 3.0  |
      | 2       | clear         | 2 of 3   | 2.5  |
      | 2       | believable    | 2 of 3   | 3.0  |
      | 2       | implementable | 2 of 3   | 2.0  |

  Scenario: A withdrawn edition is no longer shown
    Given Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 11 Mar
    And Cleo publishes the results of "Is it clear?" on 23 Mar
    When Cleo withdraws edition 1 of the results of "Is it clear?" on 30 Mar, because "one sheet was counted twice"
    Then on 30 Mar no results of "Is it clear?" are shown

  Scenario: A cancelled review counts no answers
    Given Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 11 Mar
    When Cleo cancels "Is it clear?" on 15 Mar, because "the wrong revision was sent round"
    Then "Is it clear?" is answered by:
      | as of  | answered |
      | 14 Mar | 1 of 3   |
      | 15 Mar | 0 of 3   |

  Scenario: Whoever is asked owes an answer until they gave it, and nothing after the close
    Given Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 11 Mar
    Then Bob owes:
      | as of  | what    | overdue |
      | 11 Mar | answer  | no      |
      | 20 Mar | answer  | no      |
      | 21 Mar | nothing |         |
    And Ann owes nothing on 11 Mar

  Scenario: What a review establishes is recorded
    When Cleo finds in "Is it clear?" that "nobody knows what to stop" on 21 Mar
    Then it is accepted
