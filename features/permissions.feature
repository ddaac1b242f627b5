Feature: Who may see what is decided by what they are now, over the units as they were then
  Statements are open to those whom they concern. Who made none is named to the person, their lead and the sponsor; to
  everybody else it is a number, and nobody gets a list of who has not committed.

  Background:
    Given an organisation with the teams Service, Sales and Desk
    And Desk moves under Service on 2 Jan
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Service | leads Service                 |
      | Dan    | Desk    |                               |
      | Eve    | Sales   | leads Sales                   |
      | Cleo   | Sales   | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |

  Scenario: Whoever moved sees the past of where they are now, and no longer that of where they were
    Given Ann moves from Service to Sales on 1 Apr
    Then asked on 1 Apr, Ann sees of Service and Sales:
      | as of  | Service | Sales |
      | 10 Mar | no      | yes   |
      | 1 Apr  | no      | yes   |

  Scenario: Before the move it was the other way round
    Given Hal joins Sales on 12 Mar
    Then asked on 12 Mar, Ann sees of Service and Sales:
      | as of  | Service | Sales |
      | 10 Mar | yes     | no    |

  Scenario: A lead's sub-tree is the one of the instant asked about
    Given Desk moves under Sales on 1 Apr
    Then asked on 1 Apr, Bob sees of Desk:
      | as of  | Desk |
      | 31 Mar | yes  |
      | 1 Apr  | no   |
    And asked on 1 Apr, Eve sees of Desk:
      | as of  | Desk |
      | 31 Mar | no   |
      | 1 Apr  | yes  |

  Scenario: A role that was taken back opens nothing of the time when it was held
    Given Bob no longer leads Service on 1 Apr
    Then asked on 1 Apr, Bob sees of Desk:
      | as of  | Desk |
      | 31 Mar | no   |

  Scenario: Who has not acknowledged is named to their lead and the sponsor, and a number to others
    When Bob acknowledges the strategy on 10 Mar
    Then the figure "not acknowledged" of Service reads 2 and opens:
      | to   | named |
      | Bob  | yes   |
      | Cleo | yes   |
      | Ann  | no    |

  Scenario: Who acknowledged is on the record, and still not everybody's business
    When Bob acknowledges the strategy on 10 Mar
    Then the figure "acknowledged" of Service reads 1 and opens:
      | to   | named |
      | Bob  | yes   |
      | Cleo | yes   |
      | Ann  | no    |

  Scenario: Statements made are open to the unit; who made none stands in no list
    When Bob commits to the vision on 10 Mar
    Then the figure "people committed" of Service reads 1 and opens:
      | to   | named |
      | Ann  | yes   |
      | Cleo | yes   |
    And Ann is named in no figure that opens, but for "people" and "not acknowledged"

  Scenario: Results of a review are for those who were asked
    Given Cleo opens the clarity check "Is it clear?" of revision 1, until 20 Mar, asking Ann and Dan on 10 Mar
    And Ann answers "Is it clear?" with clear 4, believable 5, implementable 3 on 11 Mar
    When Cleo publishes the results of "Is it clear?" on 23 Mar
    Then Ann sees the results of "Is it clear?" in Service and Bob does not
