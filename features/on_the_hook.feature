Feature: Somebody is fully on the hook
  For each criterion, bet and goal it shows who is accountable, as of any instant, and how old the vacancies are.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Service |                               |
      | Cleo   | Service | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element  | kind              | text                  | measured by        | target | due    | accountable |
      | vision   | vision            | The first call        |                    |        |        |             |
      | win rate | success criterion | We win when we decide | won of all decided | 30 %   | 31 Dec | Bob         |
      | one desk | big bet           | One desk for all      |                    |        |        | Ann         |
    And the goal "Answer faster" of Service, supporting the win rate is proposed on 4 Mar

  Scenario: A vacancy ages from the day on which nobody answers any more
    Given Ann is accountable for the goal "Answer faster" on 10 Mar
    When Bob leaves the organisation on 1 May
    Then Cleo is shown who is on the hook:
      | as of  | what          | of        | who    | days |
      | 9 Mar  | Answer faster | goal      | nobody | 5    |
      | 10 Mar | Answer faster | goal      | Ann    | 0    |
      | 20 Mar | Answer faster | goal      | Ann    | 10   |
      | 30 Apr | win rate      | criterion | Bob    | 58   |
      | 1 May  | win rate      | criterion | nobody | 0    |
      | 11 May | win rate      | criterion | nobody | 10   |
      | 11 May | one desk      | bet       | Ann    | 69   |

  Scenario: A goal of one's own is one's own to answer for
    When Ann proposes the own goal "Know the prices", supporting the goal "Answer faster" on 12 Mar
    Then Cleo is shown who is on the hook:
      | as of  | what            | of   | who | days |
      | 13 Mar | Know the prices | goal | Ann | 1    |

  Scenario: What is learned late was so from the day on which it happened
    When Bob leaves the organisation on 1 May, entered on 5 May
    Then Cleo is shown who is on the hook:
      | as of | known on | what     | who    | days |
      | 4 May | 4 May    | win rate | Bob    | 62   |
      | 4 May | 5 May    | win rate | nobody | 3    |

  Scenario: A gap is vacant until somebody answers for what is planned about it
    Given Cleo opens the condition review "May" of revision 1, until 15 May, asking Ann and Bob on 4 May
    And Cleo names Ann and Bob to judge Service in "May" on 4 May
    And on 12 May Ann and Bob judge in "May":
      | unit    | vision | commitment | goals | capabilities | systems |
      | Service | A      | A          | A     | A            | N       |
    And Cleo closes "May" on 15 May
    And Cleo plans for the systems of Service in "May" that "bonuses follow the goals", with Bob answering, by 30 Sep on 20 May
    When Bob leaves the organisation on 1 Jun
    Then Cleo is shown who is on the hook:
      | as of  | what    | of  | who    | days |
      | 19 May | systems | gap | nobody | 4    |
      | 20 May | systems | gap | Bob    | 0    |
      | 31 May | systems | gap | Bob    | 11   |
      | 2 Jun  | systems | gap | nobody | 1    |
    When Ann is accountable for the systems of Service on 5 Jun
    And Nobody is accountable for the systems of Service on 9 Jun
    Then Cleo is shown who is on the hook:
      | as of  | what    | of  | who    | days |
      | 4 Jun  | systems | gap | nobody | 3    |
      | 8 Jun  | systems | gap | Ann    | 3    |
      | 12 Jun | systems | gap | nobody | 3    |
