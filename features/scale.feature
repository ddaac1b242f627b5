Feature: An organisation commits on its own levels
  A scale is ordered or nominal. On an ordered one it is said from which level on a party counts as committed; a
  nominal one gives no party level.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    |
      | Ann    | Service |
      | Bob    | Service |

  Scenario: From a level on a person counts
    Given the ordered scale "effort" of small, medium and large, counting from medium, is defined on 1 Feb
    And The office drafts the strategy Growth on the scale "effort" on 2 Feb
    When Ann commits to the strategy at the level "small" on 3 Feb
    And Bob commits to the strategy at the level "large" on 3 Feb
    Then the record shows:
      | as of | current | people committed of all |
      | 3 Feb | 2       | 1 of 2                  |

  Scenario: On a nominal scale nobody is higher than anybody
    Given the nominal scale "part" of reviewer, sponsor and author is defined on 1 Feb
    And The office drafts the strategy Growth on the scale "part" on 2 Feb
    When Ann commits to the strategy at the level "author" on 3 Feb
    Then the record shows:
      | as of | current | people committed |
      | 3 Feb | 1       | none             |

  Scenario: A strategy chooses a scale that there is
    When The office drafts the strategy Growth on the scale "effort" on 2 Feb
    Then it is refused: "the organisation has no scale 'effort' at that instant"
