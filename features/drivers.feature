Feature: Strategic drivers: vision, mission and corporate values
  Vision: what we hope to become. Mission: our fundamental purpose. Values: our fundamental beliefs and decision making
  filters. All three are critical to win the hearts and minds of those responsible for executing the plans; which of them
  decisions and commitments cite shows, and which nobody does.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    | who                           |
      | Ada    | Service | is a strategist, is a sponsor |
      | Ben    | Service |                               |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text                                  |
      | vision  | vision | The first call                        |
      | care    | value  | We look after what is entrusted to us |
      | candour | value  | We say what is so                     |

  Scenario: Decisions, commitments and goals cite the drivers
    Given Ben commits to the care on 10 Mar
    And the goal "Nights" of Service, supporting the vision is proposed on 11 Mar
    And Ada decides on "Tell of the delay?" between "tell" and "wait": "tell", by the care on 20 Mar, entered on 24 Mar
    Then Ada is shown of the drivers:
      | as of  | known on | driver  | decisions | commitments | goals | cited by nothing      | undefined |
      | 9 Mar  | 9 Mar    | vision  | 0         | 0           | 0     | vision, care, candour | mission   |
      | 11 Mar | 11 Mar   | vision  | 0         | 0           | 1     | candour               | mission   |
      | 20 Mar | 20 Mar   | care    | 0         | 1           | 0     | candour               | mission   |
      | 20 Mar | 24 Mar   | care    | 1         | 1           | 0     | candour               | mission   |
