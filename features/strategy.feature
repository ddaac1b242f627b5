Feature: A strategy is drafted together, published as numbered revisions, and never overwritten
  What is published stays readable for ever. A revision is material or editorial: what binds people is never editorial.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    | who                            |
      | Ada    | Service | is a strategist, is a sponsor  |
      | Ben    | Service | is a strategist                |
      | Cleo   | Service | is a sponsor                   |

  Scenario: Drafted by two, submitted, and published by the sponsor
    Given Ada drafts the strategy Growth on 1 Feb
    And Ada writes the vision: "The first call that customers make" on 2 Feb
    And Ben writes the mission: "Keep machines running" on 3 Feb
    When Ben submits the strategy on 5 Feb
    And Cleo publishes a material revision on 10 Feb
    Then revision 1 says:
      | vision  | The first call that customers make |
      | mission | Keep machines running              |
    And the record shows:
      | as of  | revision in force |
      | 9 Feb  | none              |
      | 10 Feb | 1                 |

  Scenario: Two people revise one element at the same time, and the second is told
    Given Ada drafts the strategy Growth on 1 Feb
    And Ada writes the vision: "The first call that customers make" on 2 Feb
    And Ada and Ben have both read the vision
    When Ada restates the vision as "The only call that customers make" on 3 Feb
    And Ben restates the vision as "The first call that anybody makes" on 3 Feb
    Then it is refused: "which stands at version"

  Scenario: Two people revise two elements at the same time
    Given Ada drafts the strategy Growth on 1 Feb
    And Ada writes the vision: "The first call that customers make" on 2 Feb
    And Ada writes the mission: "Keep machines running" on 2 Feb
    And Ada and Ben have both read the vision
    And Ada and Ben have both read the mission
    When Ada restates the vision as "The only call that customers make" on 3 Feb
    And Ben restates the mission as "Keep all machines running" on 3 Feb
    Then it is accepted

  Scenario: A draft is submitted before it is published
    Given Ada drafts the strategy Growth on 1 Feb
    And Ada writes the vision: "The first call that customers make" on 2 Feb
    When Cleo publishes a material revision on 10 Feb
    Then it is refused: "the draft was not submitted since it was last revised"

  Scenario: What was revised after it was submitted is submitted again
    Given Ada drafts the strategy Growth on 1 Feb
    And Ada writes the vision: "The first call that customers make" on 2 Feb
    And Ada submits the strategy on 3 Feb
    And Ada restates the vision as "The only call that customers make" on 4 Feb
    When Cleo publishes a material revision on 10 Feb
    Then it is refused: "the draft was not submitted since it was last revised"

  Scenario: What people took on before the first revision is stale once that is in force
    Given Ada drafts the strategy Growth on 1 Feb
    And Ada writes the vision: "The first call that customers make" on 2 Feb
    And Ben commits to the vision on 3 Feb
    And Ada submits the strategy on 4 Feb
    When Cleo publishes a material revision on 10 Feb
    Then the record shows:
      | as of  | current | stale |
      | 9 Feb  | 1       | 0     |
      | 10 Feb | 0       | 1     |

  Rule: Of a published strategy

    Background:
      Given the strategy Growth, in force since 3 Mar, says:
        | element  | kind              | text                  | measured by         | target | due    | accountable |
        | vision   | vision            | The first call        |                     |        |        |             |
        | win rate | success criterion | We win when we decide | won of all decided  | 30 %   | 31 Dec | Ben         |

    Scenario: Better wording is an editorial revision
      Given Ada restates the vision as "The first call that customers make" on 10 Mar
      And Ada submits the strategy on 11 Mar
      When Cleo publishes an editorial revision on 12 Mar
      Then the record shows:
        | as of  | revision in force |
        | 11 Mar | 1                 |
        | 12 Mar | 2                 |

    Scenario: A change to a criterion is never editorial
      Given Ada sets the target of the win rate to 40 % on 10 Mar
      And Ada submits the strategy on 11 Mar
      When Cleo publishes an editorial revision on 12 Mar
      Then it is refused: "changes a criterion, target, date or bet (win rate), which is never editorial"

    Scenario: A criterion that is taken out is a material change
      Given Ada removes the win rate on 10 Mar
      And Ada submits the strategy on 11 Mar
      When Cleo publishes an editorial revision on 12 Mar
      Then it is refused: "never editorial"

    Scenario: A revision is published ahead of the day on which it comes into force
      Given Ada sets the target of the win rate to 40 % on 10 Mar
      And Ada submits the strategy on 11 Mar
      When Cleo publishes a material revision, in force from 1 Apr on 12 Mar
      Then the record shows:
        | as of  | known on | revision in force |
        | 12 Mar | 12 Mar   | 1                 |
        | 31 Mar | 31 Mar   | 1                 |
        | 1 Apr  | 1 Apr    | 2                 |
        | 1 Apr  | 11 Mar   | 1                 |

    Scenario: A revision cannot be in force before it was published
      Given Ada sets the target of the win rate to 40 % on 10 Mar
      And Ada submits the strategy on 11 Mar
      When Cleo publishes a material revision, in force from 1 Mar on 12 Mar
      Then it is refused: "before it is published"

    Scenario: Each number is published once
      Given Ada sets the target of the win rate to 40 % on 10 Mar
      And Ada submits the strategy on 11 Mar
      When Cleo publishes revision 1 as material on 12 Mar
      Then it is refused: "revision 1 was published already"

    Scenario: Nobody publishes what says the same as before
      Given Ada submits the strategy on 11 Mar
      When Cleo publishes a material revision on 12 Mar
      Then it is refused: "the draft says what revision 1 says already"

    Scenario: What differs between a revision and the draft is told element by element
      When Ada restates the vision as "The first call that customers make" on 10 Mar
      And Ada writes the mission: "Keep machines running" on 10 Mar
      Then between revision 1 and the draft:
        | mission | added   |
        | vision  | changed |

    Scenario: An edit that is entered late cannot slip in before a publication
      When Ada restates the vision as "The first call that customers make" on 1 Mar, entered on 5 Mar
      Then it is refused: "the strategy had not been drafted at that instant"

    Scenario: A publication stays what it was when a late edit would change it
      Given Ada restates the vision as "The first call that customers make" on 10 Mar
      And Ada submits the strategy on 11 Mar
      And Cleo publishes a material revision on 14 Mar
      When Ben writes the mission: "Keep machines running" on 12 Mar, entered on 16 Mar
      Then it is refused: "strategy.published of 2026-03-13 23:00:00"

    Scenario: A retired strategy takes no further change
      Given Cleo retires the strategy on 1 Jun
      When Ada restates the vision as "The first call that customers make" on 2 Jun
      Then it is refused: "the strategy was retired on 2026-0"

  Rule: The draft check objects to what nobody can measure or answers for

    Background:
      Given Ada drafts the strategy Growth on 1 Feb
      And Ada writes the win rate, a success criterion: "We win when we decide" on 2 Feb

    Scenario: What stands against publishing is told
      Then on 2 Feb the draft check objects that the win rate is nobody's and the win rate is unmeasurable

    Scenario: Objections are met by mending the draft
      Given Ada measures the win rate by "won of all decided", up to 30 %, by 31 Dec on 3 Feb
      And Ben is accountable for the win rate on 3 Feb
      And Ada submits the strategy on 4 Feb
      When Cleo publishes a material revision on 5 Feb
      Then on 5 Feb the draft check objects that nothing stands against it

    Scenario: Nobody publishes over an open objection
      Given Ben is accountable for the win rate on 3 Feb
      And Ada submits the strategy on 4 Feb
      When Cleo publishes a material revision on 5 Feb
      Then it is refused: "the draft check objects: win rate is unmeasurable"

    Scenario: An exception approved by somebody else lets it be published
      Given Ben is accountable for the win rate on 3 Feb
      And Ada submits the strategy on 4 Feb
      And Cleo approves publishing although the win rate is unmeasurable, until 1 May on 4 Feb, because "first figures come in April"
      When Cleo publishes a material revision on 5 Feb
      Then the record shows:
        | as of  | revision in force | exceptions |
        | 5 Feb  | 1                 | 1          |
        | 30 Apr | 1                 | 1          |
        | 1 May  | 1                 | 0          |

    Scenario: Who works on the draft does not approve the exception
      Given Ben is accountable for the win rate on 3 Feb
      When Ada approves publishing although the win rate is unmeasurable on 4 Feb, because "first figures come in April"
      Then it is refused: "whoever works on the draft cannot approve an exception for it"

    Scenario: Where nobody else could approve, the author may, and it shows as not separated
      Given Cleo leaves the organisation on 3 Feb
      And Ben is accountable for the win rate on 3 Feb
      And Ada submits the strategy on 4 Feb
      When Ada approves publishing although the win rate is unmeasurable on 4 Feb, because "first figures come in April"
      And Ada publishes a material revision on 5 Feb
      Then the record shows:
        | as of | revision in force | exceptions | exceptions not separated |
        | 5 Feb | 1                 | 1          | 1                        |
