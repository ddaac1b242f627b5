Feature: Who has received and read the revision that is in force
  An acknowledgement is one person's statement about one revision. A later material revision outdates it.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    | who                           |
      | Tom    | Service |                               |
      | Uma    | Service |                               |
      | Lena   | Service | leads Service                 |
      | Cleo   | Service | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |

  Scenario: An acknowledgement is outdated by a material revision, and current again once given anew
    Given Tom acknowledges the strategy on 5 Mar
    And Cleo restates the vision as "The only call" on 1 Apr
    And Cleo submits the strategy on 2 Apr
    And Cleo publishes a material revision on 3 Apr
    When Tom acknowledges the strategy on 8 Apr
    Then the record shows:
      | as of | acknowledged | outdated | not acknowledged |
      | 4 Mar | 0            | 0        | 4                |
      | 5 Mar | 1            | 0        | 3                |
      | 2 Apr | 1            | 0        | 3                |
      | 3 Apr | 0            | 1        | 3                |
      | 8 Apr | 1            | 0        | 3                |

  Scenario: An editorial revision outdates nothing
    Given Tom acknowledges the strategy on 5 Mar
    And Cleo restates the vision as "The only call" on 1 Apr
    And Cleo submits the strategy on 2 Apr
    When Cleo publishes an editorial revision on 3 Apr
    Then the record shows:
      | as of | acknowledged | outdated |
      | 3 Apr | 1            | 0        |

  Scenario: An acknowledgement of a revision that is not in force yet counts from the day on which it is
    Given Tom acknowledges the strategy on 5 Mar
    And Cleo restates the vision as "The only call" on 1 Apr
    And Cleo submits the strategy on 2 Apr
    And Cleo publishes a material revision, in force from 1 May on 3 Apr
    When Uma acknowledges revision 2 on 8 Apr
    Then on 30 Apr "acknowledged" counts Tom
    And on 1 May "acknowledged" counts Uma
    And on 1 May "outdated" counts Tom

  Scenario: Declining is recorded with its reason
    When Tom declines to acknowledge the strategy on 5 Mar, because "it does not say what we stop doing"
    Then the record shows:
      | as of | acknowledged | declined to acknowledge | not acknowledged |
      | 5 Mar | 0            | 1                       | 3                |
    And what is known of 'Tom declines to acknowledge the strategy' reads:
      | fact | it does not say what we stop doing |

  Scenario: Who declined may acknowledge after all
    Given Tom declines to acknowledge the strategy on 5 Mar, because "it does not say what we stop doing"
    When Tom acknowledges the strategy on 9 Mar
    Then the record shows:
      | as of | acknowledged | declined to acknowledge |
      | 8 Mar | 0            | 1                       |
      | 9 Mar | 1            | 0                       |

  Scenario: What a lead enters for somebody counts apart until they say so themselves
    Given Lena, for Tom, acknowledges the strategy on 5 Mar
    When Tom acknowledges the strategy on 9 Mar
    Then the record shows:
      | as of | acknowledged | acknowledged for them |
      | 5 Mar | 0            | 1                     |
      | 9 Mar | 1            | 0                     |

  Scenario: A superseded revision cannot be acknowledged any more
    Given Cleo restates the vision as "The only call" on 1 Apr
    And Cleo submits the strategy on 2 Apr
    And Cleo publishes a material revision on 3 Apr
    When Tom acknowledges revision 1 on 4 Apr
    Then it is refused: "revision 1 was superseded by material revision 2 before this statement was made"

  Scenario: One given on paper before, and entered late, is outdated at once
    Given Cleo restates the vision as "The only call" on 1 Apr
    And Cleo submits the strategy on 2 Apr
    And Cleo publishes a material revision on 3 Apr
    When Tom acknowledges the strategy on 30 Mar, entered on 6 Apr
    Then the record shows:
      | as of  | known on | acknowledged | outdated | not acknowledged |
      | 30 Mar | 5 Apr    | 0            | 0        | 4                |
      | 30 Mar | 6 Apr    | 1            | 0        | 3                |
      | 6 Apr  | 6 Apr    | 0            | 1        | 3                |

  Scenario: Before any revision is in force there is nothing to acknowledge
    When Tom acknowledges the strategy on 2 Mar, entered on 5 Mar
    Then it is refused: "no revision of strategy 'Growth' was in force at that instant"
