Feature: Who answers for what, and where nobody does
  For each criterion, bet and goal one person is accountable at a time. Nobody is a vacancy, and shows.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    |
      | Ann    | Service |
      | Bob    | Service |
    And the strategy Growth, in force since 3 Mar, says:
      | element  | kind              | text                  | measured by        | target | due    | accountable |
      | vision   | vision            | The first call        |                    |        |        |             |
      | win rate | success criterion | We win when we decide | won of all decided | 30 %   | 31 Dec | Bob         |
    And the goal "Answer faster" of Service, supporting the vision is proposed on 4 Mar

  Scenario: A goal that nobody answers for shows until somebody is named
    When Ann is accountable for the goal "Answer faster" on 10 Mar
    Then the record shows:
      | as of  | goals nobody answers for |
      | 4 Mar  | 1                        |
      | 10 Mar | 0                        |

  Scenario: Who leaves answers for nothing from that day, and nobody inherits it
    Given Ann is accountable for the goal "Answer faster" on 10 Mar
    And Ann leaves the organisation on 1 May
    When Bob is accountable for the goal "Answer faster" on 10 May
    Then the record shows:
      | as of  | goals nobody answers for |
      | 30 Apr | 0                        |
      | 1 May  | 1                        |
      | 10 May | 0                        |

  Scenario: Somebody is released, and nobody takes their place
    Given Ann is accountable for the goal "Answer faster" on 10 Mar
    When Nobody is accountable for the goal "Answer faster" on 1 Apr
    Then the record shows:
      | as of  | goals nobody answers for |
      | 31 Mar | 0                        |
      | 1 Apr  | 1                        |

  Scenario: A criterion that its accountable person left behind shows as a vacancy
    When Bob leaves the organisation on 1 May
    Then the record shows:
      | as of  | elements nobody answers for |
      | 30 Apr | 0                           |
      | 1 May  | 1                           |
