Feature: What people owe a word on, and from when on it is overdue
  A duty is given on a day, and nobody becomes late by something that was learned afterwards. What a person owes is
  told to that person.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who                           |
      | Tom    | Service |                               |
      | Uma    | Service |                               |
      | Lena   | Service | leads Service                 |
      | Cleo   | Sales   | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And the goal "Answer faster" of Service, supporting the vision is proposed on 3 Mar

  Scenario: A duty is overdue from the day after it was due, until it is met
    Given Tom is asked to acknowledge the strategy, by 20 Mar on 10 Mar
    When Tom acknowledges the strategy on 25 Mar
    Then the record shows:
      | as of  | duties open | duties overdue | duties met |
      | 9 Mar  | 0           | 0              | 0          |
      | 20 Mar | 1           | 0              | 0          |
      | 21 Mar | 0           | 1              | 0          |
      | 25 Mar | 0           | 0              | 1          |

  Scenario: Nobody was late before the duty was given
    Given Mia joins Service on 1 Mar, entered on 20 Apr, because "the contract was found in the post"
    When Mia of Service is asked to decide on the goal "Answer faster", by 30 Apr on 20 Apr
    Then the record shows:
      | as of  | duties open | duties overdue |
      | 19 Apr | 0           | 0              |
      | 20 Apr | 1           | 0              |
      | 30 Apr | 1           | 0              |
      | 1 May  | 0           | 1              |

  Scenario: Correcting what a duty came from does not move it
    Given Mia joins Service on 20 Apr
    And Mia of Service is asked to decide on the goal "Answer faster", by 30 Apr on 20 Apr
    When on 14 May The office corrects 'Mia joins Service' to 13 Apr, because "joined a week earlier than entered"
    Then the record shows:
      | as of  | known on | people | duties open | duties overdue |
      | 15 Apr | 15 Apr   | 4      | 0           | 0              |
      | 15 Apr | 14 May   | 5      | 0           | 0              |
      | 20 Apr | 14 May   | 5      | 1           | 0              |
      | 1 May  | 14 May   | 5      | 0           | 1              |

  Scenario: A no meets a duty to decide, too
    Given Tom is asked to decide on the goal "Answer faster", by 20 Mar on 10 Mar
    When Tom declines to commit to the goal "Answer faster" on 15 Mar, because "we lack the people for it"
    Then the record shows:
      | as of  | duties open | duties met |
      | 14 Mar | 1           | 0          |
      | 15 Mar | 0           | 1          |

  Scenario: A duty lapses when the person is no longer in the unit it was given for
    Given Tom of Service is asked to decide on the goal "Answer faster", by 30 Mar on 10 Mar
    When Tom moves from Service to Sales on 20 Mar
    Then the record shows:
      | as of  | duties open | duties lapsed | duties overdue |
      | 19 Mar | 1           | 0             | 0              |
      | 20 Mar | 0           | 1             | 0              |
      | 31 Mar | 0           | 1             | 0              |

  Scenario: What was acknowledged for somebody does not meet their duty
    Given Tom is asked to acknowledge the strategy, by 20 Mar on 10 Mar
    When Lena, for Tom, acknowledges the strategy on 15 Mar
    Then the record shows:
      | as of  | duties open | duties met |
      | 15 Mar | 1           | 0          |

  Scenario: A person is told all that they owe a word on
    Given Tom commits to the goal "Answer faster", by 30 Apr on 10 Mar
    And Lena, for Tom, commits to the vision on 10 Mar
    And Uma commits to the vision on 10 Mar
    And Uma offers the commitment to the vision to Tom on 11 Mar
    And Tom is asked to acknowledge the strategy, by 20 Mar on 12 Mar
    When the goal "Answer faster" is put as "Answer within an hour" on 13 Mar
    Then Tom owes:
      | as of  | what                 | overdue |
      | 9 Mar  | nothing              |         |
      | 10 Mar | deliver              | no      |
      | 10 Mar | confirm              | no      |
      | 13 Mar | a duty               | no      |
      | 13 Mar | deliver              | no      |
      | 13 Mar | confirm              | no      |
      | 13 Mar | renew                | no      |
      | 13 Mar | take over or decline | no      |
      | 21 Mar | a duty               | yes     |
      | 21 Mar | deliver              | no      |
      | 21 Mar | confirm              | no      |
      | 21 Mar | renew                | no      |
      | 21 Mar | take over or decline | no      |

  Scenario: Once the words are said, nothing is owed
    Given Lena, for Tom, commits to the vision on 10 Mar
    And Tom is asked to acknowledge the strategy, by 20 Mar on 12 Mar
    When Tom confirms the commitment to the vision on 14 Mar
    And Tom acknowledges the strategy on 14 Mar
    Then Tom owes nothing on 14 Mar
