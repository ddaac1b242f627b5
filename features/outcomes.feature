Feature: Does alignment pay?
  Highly aligned companies are said to grow faster and to be more profitable, and their clients, leaders and people to be
  better off. Whether that holds within one's own organisation can be asked: what growth, retention or engagement came to
  in units whose people were committed as the period began, and in the others. It is a correlation between units, it
  says how sure it is, and it is not told of fewer than ten units on either side.

  Background:
    Given an organisation with the teams Office and Archive
    And these people:
      | person | home    | who                           |
      | Cleo   | Office  | is a strategist, is a sponsor |
      | Ada    | Archive | is an auditor                 |
      | Bob    | Archive |                               |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |

  Scenario: Twelve units whose people are committed, and ten whose are not
    Given these teams, each of two people, measure their growth:
      | teams | named | of them committed | on 31 Mar | on 30 Jun               |
      | 12    | North | 2                 | 10        | 16, 17, 18 and so on up |
      | 10    | South | 1                 | 20        | 22, 23, 24 and so on up |
    Then from 31 Mar to 30 Jun, with the bar at 60 %, Ada is shown of growth:
      | more aligned | less aligned | mean of more | mean of less | difference | ratio  | favours      |
      | 12           | 10           | 11.5         | 6.5          | 5.0        | 1.7692 | more_aligned |
    And it is told how sure that is, and that it is a correlation between units
    And asked again from 31 Mar to 30 Jun, with the bar at 60 %, Ada is shown the very same of growth

  Scenario: Who commits later does not make a unit more aligned as the period began
    Given these teams, each of two people, measure their growth:
      | teams | named | of them committed | on 31 Mar | on 30 Jun               |
      | 10    | North | 2                 | 10        | 16, 17, 18 and so on up |
      | 10    | South | 1                 | 20        | 22, 23, 24 and so on up |
    When South1-2 commits to the strategy on 2 Jul
    Then from 31 Mar to 30 Jun, with the bar at 60 %, Ada is shown of growth:
      | more aligned | less aligned |
      | 10           | 10           |

  Scenario: Below ten units on one side nothing is told
    Given these teams, each of two people, measure their growth:
      | teams | named | of them committed | on 31 Mar | on 30 Jun               |
      | 10    | North | 2                 | 10        | 16, 17, 18 and so on up |
      | 9     | South | 1                 | 20        | 22, 23, 24 and so on up |
    Then from 31 Mar to 30 Jun, with the bar at 60 %, Ada is refused growth: "10 units are more aligned and 9 less"

  Scenario: An outcome that nobody measures
    Then from 31 Mar to 30 Jun, with the bar at 60 %, Ada is refused engagement: "no unit has a KPI of the outcome engagement"

  Scenario: It is not for every member
    Then from 31 Mar to 30 Jun, with the bar at 60 %, Bob is refused growth: "may not do this"
