Feature: Whoever is erased is gone, and every figure stays
  Names and own words are destroyed for good. That somebody committed stays on record, without saying who that was.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    |
      | Tomas  | Service |
      | Uma    | Service |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Tomas acknowledges the strategy on 10 Mar

  Scenario: The figures are those of before, and no word of theirs is left
    When the administrator erases Tomas on 4 May, because "request of 3 May"
    Then the record shows:
      | as of  | known on | people | acknowledged |
      | 9 Mar  | 4 May    | 2      | 0            |
      | 10 Mar | 10 Mar   | 2      | 1            |
      | 4 May  | 4 May    | 2      | 1            |
    And no name of Tomas is left
    But the name of Uma is there

  Scenario: An erasure says why, and is not made twice
    When the administrator erases Tomas on 4 May
    Then it is refused: "needs a reason"
    When the administrator erases Tomas on 4 May, because "request of 3 May"
    And the administrator erases Tomas on 5 May, because "request of 3 May"
    Then it is refused: "erased already"

  Scenario: A legal hold stops it until it is released
    Given the administrator places a legal hold on Tomas on 1 Apr, because "case 17"
    When the administrator erases Tomas on 4 May, because "request of 3 May"
    Then it is refused: "legal hold"
    And the name of Tomas is there
    When the administrator releases Tomas from the legal hold on 5 May, because "case closed"
    And the administrator erases Tomas on 6 May, because "request of 3 May"
    Then no name of Tomas is left
