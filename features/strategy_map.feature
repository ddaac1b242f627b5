Feature: A one-page strategy communication map
  Leaders need to ensure people know where they are headed, why, and how they are going to win; and what they need to do
  to get there. The revision stands on one printable page, whatever it says.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who                           |
      | Ada    | Service | is a strategist, is a sponsor |
      | Ben    | Service |                               |
      | Cleo   | Sales   |                               |
    And Ada drafts the strategy Growth on 1 Feb
    And Ada writes the win rate, a success criterion: "We win when we decide" on 1 Feb
    And Ada measures the win rate by "won of all decided", up to 40 %, by 31 Dec on 1 Feb
    And Ben is accountable for the win rate on 1 Feb
    And Ada writes the installation, a let go: "Installing new lines" on 1 Feb
    And Ada writes the first call, a differentiator: "We are there within two hours" on 1 Feb
    And Ada writes the candour, a value: "We say what is broken" on 1 Feb
    And Ada writes the need, a case for change: "One in five leaves after a standstill" on 1 Feb
    And Ada writes the vision: "The first call" on 1 Feb
    And Ada submits the strategy on 2 Feb
    And Ada publishes a material revision on 3 Feb

  Scenario: Where we are headed, why, how we are going to win, and what each must do
    Given the goal "Two fitters on call" of Service, supporting the win rate, due 30 Jun is proposed on 5 Feb
    Then on 6 Feb the map of revision 1 reads to Ben:
       | part                    | what              | says                                  | beside it                                     |
      | Where we are headed       | vision            | The first call                        |                                               |
      | Why                       | case for change   | One in five leaves after a standstill |                                               |
      | Why                       | value             | We say what is broken                 |                                               |
      | How we are going to win   | differentiator    | We are there within two hours         |                                               |
      | How we are going to win   | let go            | Installing new lines                  |                                               |
      | What each must do         | success criterion | We win when we decide                 | won of all decided, 40 %, by 2026-12-31, Ben  |
      | What each must do         | goal              | Two fitters on call                   | Service, by 2026-06-30                        |

  Scenario: Who may not see a goal or a person reads the revision without them
    Given the goal "Two fitters on call" of Service, supporting the win rate, due 30 Jun is proposed on 5 Feb
    Then on 6 Feb the map of revision 1 reads to Cleo:
      | what              | beside it                               |
      | vision            |                                         |
      | case for change   |                                         |
      | value             |                                         |
      | differentiator    |                                         |
      | let go            |                                         |
      | success criterion | won of all decided, 40 %, by 2026-12-31 |

  Scenario: It is of the day that is asked about
    Given the goal "Two fitters on call" of Service, supporting the win rate is proposed on 5 Feb
    And the goal "Two fitters on call" is achieved on 1 Mar
    And Cleo is accountable for the win rate on 2 Mar
    Then on 3 Mar the map of revision 1 reads to Ada:
      | what              | says                                  | beside it                                     |
      | vision            | The first call                        |                                               |
      | case for change   | One in five leaves after a standstill |                                               |
      | value             | We say what is broken                 |                                               |
      | differentiator    | We are there within two hours         |                                               |
      | let go            | Installing new lines                  |                                               |
      | success criterion | We win when we decide                 | won of all decided, 40 %, by 2026-12-31, Cleo |

  Scenario: Whoever left answers for nothing any more
    Given Ben leaves the organisation on 2 Mar
    Then on 3 Mar the map of revision 1 reads to Ada:
      | what              | beside it                               |
      | vision            |                                         |
      | case for change   |                                         |
      | value             |                                         |
      | differentiator    |                                         |
      | let go            |                                         |
      | success criterion | won of all decided, 40 %, by 2026-12-31 |

  Scenario: One page, on either paper, and the same each time
    Then the map of revision 1, printed by Ben on A4, is one page
    And the map of revision 1, printed by Cleo on Letter, is one page
