Feature: A compelling future, its success criteria, few priorities, and what is let go of
  A clear, concise and well-articulated 15- to 20-word statement of what is being built, two to three years from now; the
  three, four or five key measurable outcomes that let us know we have reached it. One cannot be passionate about 28
  priorities, 16 guiding principles or 35 KPIs; and there are areas to let go of, retreat from, and take resources away
  from.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who                           |
      | Ada    | Service | is a strategist, is a sponsor |
      | Ben    | Service |                               |
      | Cleo   | Sales   |                               |
    And Ada drafts the strategy Growth on 1 Feb

  Scenario: What the draft check asks to think over
    Given Ada writes the future, a compelling future: "We are the first call" on 1 Feb
    And Ada writes the trust, a success criterion: "They trust us" on 1 Feb
    And Ada measures the trust by "how they feel", up to a good feeling, by 31 Dec on 1 Feb
    Then on 1 Feb the draft check advises Ada: future-length future, future-without-horizon future, could-a-competitor-sign-it future, no-case-for-change, criteria-count trust, criterion-untraceable trust, criterion-unquantified trust

  Scenario: Could a competitor sign it? A bumper sticker fails the question, until it reads otherwise
    Given Ada writes the future, a compelling future: "We are the first call" on 1 Feb
    And Ada submits the strategy on 2 Feb
    And Ada publishes a material revision on 3 Feb
    And Ada says that a competitor could not sign the future on 4 Feb
    And Ben says that a competitor could sign the future of revision 1 on 6 Feb, entered on 9 Feb
    And Ada restates the future as "Every mill from Ulm to Linz calls us before it calls the maker" on 12 Feb
    And Ada submits the strategy on 12 Feb
    And Ada publishes a material revision on 13 Feb
    When Ben says that a competitor could not sign the future on 14 Feb
    Then Cleo is shown of the future:
      | as of  | known on | says                                                           | words | could | could not | platitude |
      | 3 Feb  | 3 Feb    | We are the first call                                          | 5     | 0     | 0         |           |
      | 6 Feb  | 6 Feb    | We are the first call                                          | 5     | 0     | 1         | no        |
      | 6 Feb  | 9 Feb    | We are the first call                                          | 5     | 1     | 1         | yes       |
      | 13 Feb | 13 Feb   | Every mill from Ulm to Linz calls us before it calls the maker | 13    | 0     | 0         |           |
      | 14 Feb | 14 Feb   | Every mill from Ulm to Linz calls us before it calls the maker | 13    | 0     | 1         | no        |
    And on 6 Feb the draft check advises Ada: future-length future, future-without-horizon future, could-a-competitor-sign-it future, no-case-for-change, criteria-count
    And on 14 Feb the draft check advises Ada: future-length future, future-without-horizon future, no-case-for-change, criteria-count

  Scenario: Limits of the organisation's own, of the day on which they hold
    Given Ada writes the speed, a priority: "Speed" on 1 Feb
    And Ada writes the parts, a priority: "Parts" on 1 Feb
    And Ada writes the north, a priority: "The north" on 1 Feb
    And Ada submits the strategy on 2 Feb
    And Ada publishes a material revision on 3 Feb
    When Ada limits the organisation to 2 priorities on 10 Feb
    Then Ada is shown against the limits:
      | as of  | of               | kind              | has | at most | too many |
      | 2 Feb  | the organisation | priority          | 0   | 5       | no       |
      | 9 Feb  | the organisation | priority          | 3   | 5       | no       |
      | 10 Feb | the organisation | priority          | 3   | 2       | yes      |
      | 10 Feb | the organisation | principle         | 0   | 7       | no       |
      | 10 Feb | the organisation | kpi               | 0   | 10      | no       |
      | 10 Feb | the organisation | success_criterion | 0   | 5       | no       |
    And on 10 Feb the draft check advises Ada: no-compelling-future, no-case-for-change, criteria-count, too-many north

  Scenario: What exceeds the limits of a team and of a person
    Given Ada writes the vision: "The first call" on 1 Feb
    And Ada submits the strategy on 2 Feb
    And Ada publishes a material revision on 3 Feb
    And Ada limits the team Service to 2 priorities on 4 Feb
    And Ada limits each person to 1 priorities on 4 Feb
    And the goal "Nights" of Service, supporting the vision is proposed on 5 Feb
    And the goal "Vans" of Service, supporting the vision is proposed on 5 Feb
    And the goal "School" of Service, supporting the vision is proposed on 5 Feb
    And Ben is accountable for the goal "Nights" on 6 Feb
    And Ben commits to the goal "Nights" on 6 Feb
    And Ben commits to the vision on 7 Feb
    And the goal "School" is abandoned on 9 Feb
    And Ada limits the person Ben to 2 priorities on 10 Feb
    Then Ada is shown against the limits:
      | as of | of      | kind     | has | at most | too many | people with too many |
      | 6 Feb | Service | priority | 3   | 2       | yes      | 0                    |
      | 6 Feb | Ben     | priority | 1   | 1       | no       | 0                    |
      | 7 Feb | Ben     | priority | 2   | 1       | yes      | 1                    |
      | 9 Feb | Service | priority | 2   | 2       | no       | 1                    |
      | 10 Feb | Ben    | priority | 2   | 2       | no       | 0                    |

  Scenario: What exceeds a limit counts where a unit is carried on, and only what people are committed to now
    Given Ada writes the vision: "The first call" on 1 Feb
    And Ada submits the strategy on 2 Feb
    And Ada publishes a material revision on 3 Feb
    And the goal "Nights" of Service, supporting the vision is proposed on 5 Feb
    And the goal "Vans" of Sales, supporting the vision is proposed on 5 Feb
    And Ben commits to the goal "Nights" at the level "not yet" on 6 Feb
    And Cleo commits to the goal "Vans" at the level "committed" on 6 Feb
    When Sales merges into Service on 1 Mar
    Then Ada is shown against the limits:
      | as of  | of      | kind     | has      |
      | 28 Feb | Service | priority | 1        |
      | 1 Mar  | Service | priority | 2        |
      | 1 Mar  | Cleo    | priority | 1        |
      | 1 Mar  | Ben     | priority | not told |

  Scenario: How much of what was to be let go of is still being worked on
    Given Ada writes the lines, a let go: "Installing new lines" on 1 Feb
    And Ada wants the lines to be gone by 30 Jun on 1 Feb
    And Ada writes the fairs, a let go: "Fairs" on 1 Feb
    And Ada writes the vision: "The first call" on 1 Feb
    And Ben is accountable for the lines on 1 Feb
    And Ada submits the strategy on 2 Feb
    And Ada publishes a material revision on 3 Feb
    And the goal "Two more lines" of Service, supporting the lines is proposed on 5 Feb
    And the goal "A third line" of Service, supporting the goal "Two more lines" is proposed on 6 Feb
    And the goal "Nights" of Service, supporting the vision is proposed on 6 Feb
    And Cleo commits to the goal "A third line" on 7 Feb
    And Ben commits to the vision on 7 Feb
    And the goal "A third line" is abandoned on 2 Jul
    And the goal "Two more lines" is achieved on 1 Aug
    Then Ada is shown of what is let go:
      | as of  | let go | owner  | past | worked on | goals | commitments | list   | of all goals | of all commitments |
      | 4 Feb  | lines  | Ben    | no   | no        | 0     | 0           | 0 of 2 | 0 of 0       | 0 of 0             |
      | 7 Feb  | lines  | Ben    | no   | yes       | 2     | 1           | 1 of 2 | 2 of 3       | 1 of 2             |
      | 30 Jun | lines  | Ben    | no   | yes       | 2     | 1           | 1 of 2 | 2 of 3       | 1 of 2             |
      | 2 Jul  | lines  | Ben    | yes  | yes       | 1     | 0           | 1 of 2 | 1 of 2       | 0 of 2             |
      | 1 Aug  | lines  | Ben    | yes  | no        | 0     | 0           | 0 of 2 | 0 of 1       | 0 of 2             |
      | 7 Feb  | fairs  | nobody | no   | no        | 0     | 0           | 1 of 2 | 2 of 3       | 1 of 2             |

  Scenario: What is spent on it after its day is work on it, to take on to let it go is none, and each unit's part is told
    Given Ada writes the fairs, a let go: "Fairs" on 1 Feb
    And Ada wants the fairs to be gone by 28 Feb on 1 Feb
    And Ben is accountable for the fairs on 1 Feb
    And Ada submits the strategy on 2 Feb
    And Ada publishes a material revision on 3 Feb
    And Ben commits to the fairs on 4 Feb
    And the goal "A stand in Ulm" of Sales, supporting the fairs is proposed on 5 Feb
    And the goal "A stand in Ulm" is abandoned on 20 Feb
    And Ada spends for Sales 700.50 EUR on the fairs in Q2 on 10 Apr, entered on 14 Apr
    When Ben leaves the organisation on 1 May
    Then Ada is shown of what is let go:
      | as of  | known on | unit    | let go | owner  | worked on | goals | taken on | spent   |
      | 5 Feb  | 5 Feb    |         | fairs  | Ben    | yes       | 1     | 1        | nothing |
      | 5 Feb  | 5 Feb    | Service | fairs  | Ben    | no        | 0     | 1        | nothing |
      | 5 Feb  | 5 Feb    | Sales   | fairs  | Ben    | yes       | 1     | 0        | nothing |
      | 20 Feb | 20 Feb   |         | fairs  | Ben    | no        | 0     | 1        | nothing |
      | 10 Apr | 10 Apr   |         | fairs  | Ben    | no        | 0     | 1        | nothing |
      | 10 Apr | 14 Apr   | Sales   | fairs  | Ben    | yes       | 0     | 0        | 700.50  |
      | 10 Apr | 14 Apr   | Service | fairs  | Ben    | no        | 0     | 1        | nothing |
      | 1 May  | 1 May    |         | fairs  | nobody | yes       | 0     | 0        | 700.50  |
