Feature: A short health check recurs, and shows its own trend, trust between units, and how others stand
  Only what was asked in the same words on the same scale is put side by side. Reference values say where they come
  from; those that nobody verified are marked.

  Background:
    Given an organisation with the teams Sales and Service
    And these people:
      | person | home    | who                           |
      | Ann    | Sales   |                               |
      | Bob    | Sales   |                               |
      | Eve    | Service |                               |
      | Cleo   | Sales   | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Cleo opens the health check "Spring" of revision 1, until 20 Mar, asking Ann, Bob and Eve about Sales and Service on 10 Mar

  Scenario: Each unit says how far it can rely on each other one
    Given Ann answers "Spring" with daily 4, trust-1 5, trust-2 2 on 11 Mar
    And Bob answers "Spring" with daily 2, trust-1 4, trust-2 4 on 11 Mar
    And Eve answers "Spring" with daily 5, trust-1 3, trust-2 5 on 12 Mar
    When Cleo publishes the results of "Spring" on 23 Mar
    Then on 23 Mar trust between units reads:
      | unit    | trusts  | rated | mean |
      | Sales   | Service | 2     | 3.0  |
      | Service | Sales   | 1     | 3.0  |
    And on 22 Mar no health check is shown

  Scenario: What was asked in the same words is one trend
    Given Ann answers "Spring" with daily 4, together 2 on 11 Mar
    And Eve answers "Spring" with daily 5, together 2 on 11 Mar
    And Cleo publishes the results of "Spring" on 23 Mar
    And Cleo opens the health check "Summer" of revision 1, until 20 Jun, asking Ann, Bob and Eve about Sales and Service on 10 Jun
    And Ann answers "Summer" with daily 3, together 4 on 11 Jun
    When Cleo publishes the results of "Summer" on 23 Jun
    Then on 23 Jun the trend of "daily" reads:
      | check  | rated | mean |
      | Spring | 2     | 4.5  |
      | Summer | 1     | 3.0  |
    And on 23 Jun the trend of "together" reads:
      | check  | rated | mean |
      | Spring | 2     | 2.0  |
      | Summer | 1     | 4.0  |
    And on 30 Mar the trend of "daily" reads:
      | check  | rated | mean |
      | Spring | 2     | 4.5  |

  Scenario: Other words begin another trend, and the earlier check is named beside it
    Given Ann answers "Spring" with daily 4 on 11 Mar
    And Cleo publishes the results of "Spring" on 23 Mar
    And Cleo opens the health check "Summer", asking Ann "My days serve our goals." as daily, until 20 Jun on 10 Jun
    And Ann answers "Summer" with daily 2 on 11 Jun
    When Cleo publishes the results of "Summer" on 23 Jun
    Then on 23 Jun the trend of "daily" reads:
      | check  | rated | mean |
      | Summer | 1     | 2.0  |
    And on 23 Jun the trend of "daily" leaves out "Spring": "the wording differs"

  Scenario: Reference values stand beside one's own, with where they come from
    Given Cleo loads from "a vendor's brochure" of 1 Jan that "What I did in the last weeks served our goals." is answered as daily with a mean of 3.4 on 10 Mar
    And Ann answers "Spring" with daily 4 on 11 Mar
    And Bob answers "Spring" with daily 5 on 11 Mar
    When Cleo publishes the results of "Spring" on 23 Mar
    Then on 23 Mar "a vendor's brochure" is compared: own 4.5, reference 3.4, difference 1.1, "unverified vendor figures"

  Scenario: What others asked in other words is not compared
    Given Cleo loads from "a vendor's brochure" of 1 Jan that "We execute well." is answered as daily with a mean of 3.4 on 10 Mar
    And Ann answers "Spring" with daily 4 on 11 Mar
    When Cleo publishes the results of "Spring" on 23 Mar
    Then on 23 Mar "a vendor's brochure" is not compared: "the wording differs"
