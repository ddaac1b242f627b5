Feature: What is due goes out by e-mail, and nothing that does not apply any more
  Each person gets at most one letter a day, in their own language and at their own hour. In a confidential cycle
  everybody who is asked is written to alike.

  Background:
    Given an organisation with the teams Sales and Service
    And Ann, who is reached at "ann@example.org", joins Sales on 2 Jan
    And Bob, who is reached at "bob@example.org", joins Service on 2 Jan
    And these people:
      | person | home  | who                           |
      | Cleo   | Sales | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Ann commits to the strategy, by 20 Mar on 6 Mar

  Scenario: A day before it is due there is a letter
    When it is 19 Mar, 9:00, and Avow sends what is due, twice
    Then these letters went out:
      | to  | about                                  |
      | Ann | Deliver what you committed to: Growth |

  Scenario: What does not apply any more is not sent
    Given Ann fulfils the commitment to the strategy on 18 Mar
    When it is 19 Mar, 9:00, and Avow sends what is due
    Then no letter went out

  Scenario: In German, at another hour
    Given Ann wants letters in German from 18:00 on
    When it is 19 Mar, 9:00, and Avow sends what is due
    Then no letter went out
    When it is 19 Mar, 18:00, and Avow sends what is due
    Then these letters went out:
      | to  | about                                |
      | Ann | Zugesagtes Ergebnis vorlegen: Growth |

  Scenario: One click, and there are no more letters about commitments
    Given it is 13 Mar, 9:00, and Avow sends what is due
    When Ann stops letters about commitments by the address in the letter
    And it is 19 Mar, 9:00, and Avow sends what is due
    Then no letter went out

  Scenario: A cycle is told of when it was opened, to everybody who is asked
    Given Cleo opens the clarity check "Is it clear?" of revision 1, until 31 Mar, asking Ann and Bob on 10 Mar
    When it is 10 Mar, 9:00, and Avow sends what is due
    Then these letters went out:
      | to  | about                                                           |
      | Ann | Answer: Is it clear? · Deliver what you committed to: Growth |
      | Bob | Answer: Is it clear?                                            |
