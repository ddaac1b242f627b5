Feature: A commitment is its owner's own; what others enter for them is marked and awaits confirmation
  Enrolment, not buy-in: nobody can be signed up by somebody else, and nobody inherits a vow.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who                              |
      | Ann    | Service |                                  |
      | Bob    | Service |                                  |
      | Lena   | Service | leads Service                    |
      | Cleo   | Sales   | is a strategist, is a sponsor    |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |

  Scenario: What a lead enters for somebody is marked wherever it shows, and counts apart
    When Lena, for Ann, commits to the vision on 10 Mar
    Then the record shows:
      | as of  | commitments | on behalf | current | people committed |
      | 10 Mar | 1           | 1         | 0       | 0                |
    And every showing of Ann's commitment to the vision says that Lena entered it for Ann

  Scenario: Its owner is asked to confirm it, and nobody else
    When Lena, for Ann, commits to the vision on 10 Mar
    Then Ann owes:
      | as of  | what    | overdue |
      | 10 Mar | confirm | no      |
    And Bob owes nothing on 10 Mar

  Scenario: Confirmed it is the owner's own, from that day on and not before
    Given Lena, for Ann, commits to the vision on 10 Mar
    When Ann confirms the commitment to the vision on 12 Mar
    Then the record shows:
      | as of  | on behalf | current | people committed |
      | 11 Mar | 1         | 0       | 0                |
      | 12 Mar | 0         | 1       | 1                |
    And Ann owes nothing on 12 Mar

  Scenario: Nobody confirms for another
    Given Lena, for Ann, commits to the vision on 10 Mar
    When Lena confirms Ann's commitment to the vision on 12 Mar
    Then it is refused: "Lena may not do this: commitment.confirmed"

  Scenario: A colleague enters nothing for anybody
    When Bob, for Ann, commits to the vision on 10 Mar
    Then it is refused: "Bob may not do this: commitment.made"

  Scenario: Nobody answers a review for another
    Given Cleo opens the clarity check "Is it clear?" of revision 1, until 20 Mar, asking Ann and Bob on 10 Mar
    When Lena, for Ann, answers "Is it clear?" with clear 4, believable 5, implementable 3 on 11 Mar
    Then it is refused: "Lena may not do this: review.answered"

  Scenario: An acknowledgement entered for somebody counts apart until they give their own
    Given Lena, for Ann, acknowledges the strategy on 10 Mar
    When Ann acknowledges the strategy on 12 Mar
    Then the record shows:
      | as of  | acknowledged | acknowledged for them |
      | 10 Mar | 0            | 1                     |
      | 12 Mar | 1            | 0                     |

  Scenario: A no entered for somebody is not yet their no
    When Lena, for Ann, declines to commit to the vision on 10 Mar, because "she told me so"
    Then the record shows:
      | as of  | on behalf | people declined |
      | 10 Mar | 1         | 0               |

  Scenario: Nobody inherits a vow
    Given Ann commits to the vision on 10 Mar
    When Ann leaves the organisation on 1 Apr
    And Lena offers Ann's commitment to the vision to Bob on 2 Apr
    Then the record shows:
      | as of  | current | unowned | people committed |
      | 31 Mar | 1       | 0       | 1                |
      | 1 Apr  | 0       | 1       | 0                |
      | 2 Apr  | 0       | 1       | 0                |
    When Bob takes over Ann's commitment to the vision on 5 Apr
    Then the record shows:
      | as of | current | unowned | people committed |
      | 5 Apr | 1       | 0       | 1                |
