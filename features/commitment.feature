Feature: What people and units take on is their own, and stays tied to what they saw
  A commitment is its owner's own. It is bound to the revision its owner saw, counts while that stands, and is never
  erased: it becomes stale, unowned or overdue, until its owner says a word.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who           |
      | Tom    | Service |               |
      | Uma    | Service |               |
      | Lena   | Service | leads Service |
      | Sam    | Sales   |               |
      | Cleo   | Sales   | is a sponsor, is a strategist |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
      | promise | value  | We keep dates  |
    And the goal "Answer faster" of Service, supporting the vision is proposed on 3 Mar

  Rule: Taking something on

    Scenario: A person commits to a result by a day, and is overdue from the day after
      When Tom commits to the vision, to answer within a day, by 30 Jun on 10 Mar
      Then the record shows:
        | as of  | current | people committed of all | overdue |
        | 9 Mar  | 0       | 0 of 5                  | 0       |
        | 10 Mar | 1       | 1 of 5                  | 0       |
        | 30 Jun | 1       | 1 of 5                  | 0       |
        | 1 Jul  | 1       | 1 of 5                  | 1       |

    Scenario: A promise on condition does not count yet
      When Tom commits to the vision at the level "on condition" on 10 Mar
      Then the record shows:
        | as of  | current | people committed |
        | 10 Mar | 1       | 0                |

    Scenario: Who holds several commitments to one target counts at the lowest
      Given Tom commits to the vision on 10 Mar
      When Tom also commits to the vision at the level "not yet" on 11 Mar
      Then the record shows:
        | as of  | commitments | people committed |
        | 10 Mar | 1           | 1                |
        | 11 Mar | 2           | 0                |

    Scenario: A level that the scale does not have is refused
      When Tom commits to the vision at the level "wholeheartedly" on 10 Mar
      Then it is refused: "'wholeheartedly' is not a level of the scale 'default'"

    Scenario: A no is a legitimate answer and is recorded
      When Tom declines to commit to the vision on 10 Mar, because "we lack the people for it"
      Then the record shows:
        | as of  | declined | people declined | people committed |
        | 10 Mar | 1        | 1               | 0                |

    Scenario: A unit commits through its spokesperson, beside its members
      Given Sam speaks for Sales on 4 Mar
      And Cleo commits to the goal "Answer faster" on 9 Mar
      When Sam, for Sales, commits to the goal "Answer faster" on 10 Mar
      Then towards the goal "Answer faster" Sales reads:
        | as of  | reads  | the unit itself |
        | 9 Mar  | 1 of 2 | not             |
        | 10 Mar | 1 of 2 | committed       |
      And the record shows:
        | as of  | people committed | units committed |
        | 10 Mar | 1                | 1               |

    Scenario: What is entered on behalf of somebody counts apart until they confirm it
      Given Lena, for Tom, commits to the vision on 10 Mar
      When Tom confirms the commitment to the vision on 12 Mar
      Then the record shows:
        | as of  | on behalf | current | people committed |
        | 10 Mar | 1         | 0       | 0                |
        | 12 Mar | 0         | 1       | 1                |

  Rule: What was taken on under one revision, and then another

    Scenario: Only what refers to a touched element becomes stale
      Given Tom commits to the vision on 10 Mar
      And Uma commits to the promise on 10 Mar
      And Sam commits to the strategy on 10 Mar
      When Cleo restates the promise as "We keep every date" on 1 Apr
      And Cleo submits the strategy on 2 Apr
      And Cleo publishes a material revision on 3 Apr
      Then the record shows:
        | as of | current | stale |
        | 2 Apr | 3       | 0     |
        | 3 Apr | 1       | 2     |
      And on 3 Apr "stale" counts Uma and Sam

    Scenario: An editorial revision makes nothing stale
      Given Uma commits to the promise on 10 Mar
      When Cleo restates the promise as "We keep every date" on 1 Apr
      And Cleo submits the strategy on 2 Apr
      And Cleo publishes an editorial revision on 3 Apr
      Then the record shows:
        | as of | current | stale |
        | 3 Apr | 1       | 0     |

    Scenario: A goal passes on what touches the elements that it supports
      Given Uma commits to the goal "Answer faster" on 10 Mar
      When Cleo restates the vision as "The only call" on 1 Apr
      And Cleo submits the strategy on 2 Apr
      And Cleo publishes a material revision on 3 Apr
      Then the record shows:
        | as of | current | stale |
        | 3 Apr | 0       | 1     |

    Scenario: A commitment to a goal becomes stale when the goal changes
      Given Uma commits to the goal "Answer faster" on 10 Mar
      When the goal "Answer faster" is put as "Answer within an hour" on 20 Mar
      Then the record shows:
        | as of  | current | stale |
        | 19 Mar | 1       | 0     |
        | 20 Mar | 0       | 1     |

    Scenario: A stale commitment counts again once its owner renews it
      Given Uma commits to the goal "Answer faster" on 10 Mar
      And the goal "Answer faster" is put as "Answer within an hour" on 20 Mar
      When Uma renews the commitment to the goal "Answer faster" on 24 Mar
      Then the record shows:
        | as of  | current | stale |
        | 23 Mar | 0       | 1     |
        | 24 Mar | 1       | 0     |

    Scenario: What is taken on before its revision is in force is early, and counts from then on
      Given Cleo restates the promise as "We keep every date" on 1 Apr
      And Cleo submits the strategy on 2 Apr
      And Cleo publishes a material revision, in force from 1 May on 3 Apr
      When Uma commits to the promise, having seen revision 2 on 10 Apr
      Then the record shows:
        | as of  | current | early |
        | 10 Apr | 0       | 1     |
        | 30 Apr | 0       | 1     |
        | 1 May  | 1       | 0     |

    Scenario: A statement made on a superseded revision is refused
      Given Cleo restates the promise as "We keep every date" on 1 Apr
      And Cleo submits the strategy on 2 Apr
      And Cleo publishes a material revision on 3 Apr
      When Uma commits to the promise, having seen revision 1 on 4 Apr
      Then it is refused: "revision 1 was superseded by material revision 2 before this statement was made"

    Scenario: A statement made before its revision was superseded may be entered late, and is stale at once
      Given Cleo restates the promise as "We keep every date" on 1 Apr
      And Cleo submits the strategy on 2 Apr
      And Cleo publishes a material revision on 3 Apr
      When Uma commits to the promise on 31 Mar, entered on 6 Apr
      Then the record shows:
        | as of  | known on | current | stale |
        | 31 Mar | 6 Apr    | 1       | 0     |
        | 6 Apr  | 6 Apr    | 0       | 1     |

    Scenario: A statement on an earlier edition that differs in wording only is accepted
      Given Cleo restates the promise as "We keep every date" on 1 Apr
      And Cleo submits the strategy on 2 Apr
      And Cleo publishes an editorial revision on 3 Apr
      When Uma commits to the promise, having seen revision 1 on 4 Apr
      Then the record shows:
        | as of | current | stale |
        | 4 Apr | 1       | 0     |

  Rule: What becomes of a commitment

    Scenario: A commitment is fulfilled, and no later revision takes that back
      Given Uma commits to the promise, by 31 Mar on 10 Mar
      And Uma fulfils the commitment to the promise on 30 Mar
      When Cleo restates the promise as "We keep every date" on 1 Apr
      And Cleo submits the strategy on 2 Apr
      And Cleo publishes a material revision on 3 Apr
      Then the record shows:
        | as of | fulfilled | stale | overdue |
        | 3 Apr | 1         | 0     | 0       |

    Scenario: What was withdrawn takes no further change
      Given Uma commits to the promise on 10 Mar
      And Uma withdraws the commitment to the promise on 20 Mar
      When Uma fulfils the commitment to the promise on 30 Mar
      Then it is refused: "this commitment is withdrawn: nothing more can be said about it"

    Scenario: A withdrawal that is entered late does not slip in before a change
      Given Uma commits to the promise on 10 Mar
      And Uma restates the commitment to the promise at the level "on condition" on 20 Mar
      When Uma withdraws the commitment to the promise on 18 Mar, entered on 22 Mar
      Then it is refused: "commitment.changed of 2026-03-19 23:00:00 (version 2) would no longer hold"

  Rule: Nobody inherits a vow

    Scenario: A commitment that is offered to somebody stays with its owner until they accept
      Given Tom commits to the vision on 10 Mar
      When Tom offers the commitment to the vision to Uma on 20 Mar
      And Uma takes over Tom's commitment to the vision on 25 Mar
      Then on 24 Mar "current" counts Tom
      And on 25 Mar "current" counts Uma

    Scenario: A successor may say no
      Given Tom commits to the vision on 10 Mar
      And Tom offers the commitment to the vision to Uma on 20 Mar
      When Uma declines to take over Tom's commitment to the vision on 25 Mar, because "my plate is full"
      Then on 25 Mar "current" counts Tom
      And Uma owes nothing on 25 Mar

    Scenario: When its owner leaves, a commitment is unowned from that day
      Given Tom commits to the vision on 10 Mar
      When Tom leaves the organisation on 10 May
      Then the record shows:
        | as of  | people | people committed of all | current | unowned |
        | 9 May  | 5      | 1 of 5                  | 1       | 0       |
        | 10 May | 4      | 0 of 4                  | 0       | 1       |

    Scenario: Coming back revives nothing
      Given Tom commits to the vision on 10 Mar
      And Tom leaves the organisation on 10 May
      When Tom comes back to Service on 1 Jun
      Then the record shows:
        | as of | current | unowned |
        | 1 Jun | 0       | 1       |

    Scenario: Who came back makes an old commitment their own again by confirming it
      Given Tom commits to the vision on 10 Mar
      And Tom leaves the organisation on 10 May
      And Tom comes back to Service on 1 Jun
      When Tom confirms the commitment to the vision on 3 Jun
      Then the record shows:
        | as of | current | unowned |
        | 2 Jun | 0       | 1       |
        | 3 Jun | 1       | 0       |

    Scenario: What a leaver left unowned counts for a successor once they accept
      Given Tom commits to the vision on 10 Mar
      And Tom leaves the organisation on 10 May
      And Lena offers Tom's commitment to the vision to Uma on 20 May
      When Uma takes over Tom's commitment to the vision on 25 May
      Then the record shows:
        | as of  | current | people committed |
        | 24 May | 0       | 0                |
        | 25 May | 1       | 1                |
