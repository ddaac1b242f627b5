Feature: Ideal target clients, and what clearly sets us apart in their eyes
  High growth companies focus on ideal target clients where they should win the majority of the time: clients who
  advocate on their behalf, with repeat business, referrals and testimonials. What sets apart is better, faster or
  cheaper from the clients' perspective, than the competition and the other available alternatives. What clients say is
  one thing, what their behaviour is indicating another.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    | who                           |
      | Ada    | Service | is a strategist, is a sponsor |
      | Ben    | Service |                               |
    And Ada drafts the strategy Growth on 1 Feb
    And Ada writes the plants, a client profile: "Plants whose line must not stand still" on 1 Feb
    And Ada writes the bakeries, a client profile: "Bakeries at night" on 1 Feb
    And Ada writes the first call, a differentiator: "We are there within two hours" on 1 Feb
    And Ada wants the plants to see us as "the first call" on 1 Feb
    And Ada submits the strategy on 2 Feb
    And Ada publishes a material revision on 3 Feb

  Scenario: The win rate of ideal clients against that with the majority
    Given Ada records of the plants a win rate of 18 of 24, for the claim, from "CRM, first quarter" on 1 Apr
    And Ada records of the plants a win rate of 61 of 183 with the majority, from "CRM, first quarter, all others" on 1 Apr
    And Ada records of the plants a win rate of 12 of 27, against the claim, from "CRM, second quarter" on 1 Jul
    Then Ben is shown of the ideal clients:
      | as of  | profile  | won  | the majority | ahead by | most of the time |
      | 31 Mar | plants   |      |              |          |                  |
      | 1 Apr  | plants   | 75.0 | 33.3         | 41.7     | yes              |
      | 1 Jul  | plants   | 44.4 | 33.3         | 11.1     | no               |
      | 1 Jul  | bakeries |      |              |          |                  |

  Scenario: Evidence entered late and corrected
    Given Ada records of the plants a win rate of 18 of 24, from "CRM" on 1 Apr, entered on 20 Apr, because "the quarter was closed late"
    When on 4 May Ada corrects 'Ada records of the plants a win rate of 18 of 24, from "CRM"' to 'Ada records of the plants a win rate of 11 of 22, from "CRM"', because "seven were counted twice"
    Then Ben is shown of the ideal clients:
      | as of | known on | profile | won  | most of the time |
      | 2 Apr | 19 Apr   | plants  |      |                  |
      | 2 Apr | 20 Apr   | plants  | 75.0 | yes              |
      | 2 Apr | 4 May    | plants  | 50.0 | no               |

  Scenario: Stated evidence stands apart from behavioural, and both beside the claim
    Given Ada records of the plants 9 testimonials, for the claim, from "spring letters" on 1 Apr
    And Ada records of the plants 3 referrals, from "CRM" on 2 Apr
    And Ada records of the plants what clients do: "Every third one bought spare parts elsewhere", against the claim, from "orders" on 3 Apr
    Then Ben is shown of the ideal clients:
      | as of | profile | referrals | testimonials | stated                   | behavioural              | at odds |
      | 1 Apr | plants  | 0         | 9            | 1 for, 0 against, 0 open | 0 for, 0 against, 0 open | no      |
      | 3 Apr | plants  | 3         | 9            | 1 for, 0 against, 0 open | 0 for, 1 against, 1 open | yes     |

  Scenario: What we want to be seen as, what we do, and what is perceived
    Given Ada records of the plants what we do: "Two of five calls wait until noon", from "call log" on 1 Apr
    And Ada records of the plants what is perceived: "They come when they come", from "interviews" on 2 Apr
    Then Ben is shown of the ideal clients:
      | as of  | profile  | wanted         | not known               |
      | 31 Mar | plants   | the first call | done, perceived         |
      | 1 Apr  | plants   | the first call | perceived               |
      | 2 Apr  | plants   | the first call |                         |
      | 2 Apr  | bakeries |                | wanted, done, perceived |

  Scenario: What is said is not told as what is done
    When Ada records of the plants a win rate of 25 of 24, from "CRM" on 1 Apr
    Then it is refused: "25 of 24 cannot be counted"

  Scenario: A differentiator says by what, from which alternatives, for whom, and is shown by evidence
    Given Ada says that the first call makes us faster than "the manufacturer" and "their own fitters", for the plants on 1 Mar
    And Ada submits the strategy on 1 Mar
    And Ada publishes a material revision on 2 Mar
    And Ada records of the first call what clients say: "You were first", for the claim, from "a letter" on 5 Mar
    And Ada records of the first call what clients do: "17 of 20 called us before anybody", for the claim, from "call log" on 6 Mar
    Then Ben is shown of what sets us apart:
      | as of | differentiator | by     | from                                | for    | missing                                | only said |
      | 1 Mar | first call     |        |                                     |        | edge, apart_from, profiles, evidence   | no        |
      | 2 Mar | first call     | faster | the manufacturer, their own fitters | plants | evidence                               | no        |
      | 5 Mar | first call     | faster | the manufacturer, their own fitters | plants |                                        | yes       |
      | 6 Mar | first call     | faster | the manufacturer, their own fitters | plants |                                        | no        |

  Scenario: Evidence grows old, and withdrawn evidence counts no more
    Given Ada records of the first call what clients say: "You were first", for the claim, seen by 10 Jan, from "a letter" on 5 Mar
    And Ada records of the first call what clients do: "17 of 20 called us first", for the claim, from "call log" on 6 Mar
    And Ada withdraws what the first call shows from "call log" on 9 Mar
    Then Ben is shown of what sets us apart:
      | as of       | differentiator | stated                   | behavioural              | only old |
      | 8 Mar       | first call     | 1 for, 0 against, 0 open | 1 for, 0 against, 0 open | no       |
      | 9 Mar       | first call     | 1 for, 0 against, 0 open | 0 for, 0 against, 0 open | no       |
      | 10 Jan 2027 | first call     | 1 for, 0 against, 0 open | 0 for, 0 against, 0 open | no       |
      | 11 Jan 2027 | first call     | 1 for, 0 against, 0 open | 0 for, 0 against, 0 open | yes      |

  Scenario: A differentiator is for clients whom a profile describes
    When Ada says that the first call makes us faster than "the manufacturer", for the hospitals on 1 Mar
    Then it is refused: "which is no client profile in the draft"
