Feature: Everyone is got on board: the process cascades through the managers, the content through everybody
  Managers run the process at their own level. Everybody is reached with the content, then understands it, then has own
  goals. Leaders avow first, and theirs stands beside their people's.

  Rule: In an organisation whose managers run the process

    Background:
      Given an organisation with the teams Board, Service and Sales
      And these people:
        | person | home    | who                                                                         |
        | Cleo   | Board   | is a sponsor, is a strategist, holds the rank "director"                    |
        | Lena   | Service | leads Service, speaks for Service, holds the rank "manager", reports to Cleo |
        | Ann    | Service | holds the rank "associate", reports to Lena                                  |
        | Bob    | Service | holds the rank "associate", reports to Lena                                  |
        | Max    | Sales   | leads Sales, speaks for Sales, holds the rank "manager", reports to Cleo     |
        | Sue    | Sales   | holds the rank "associate", reports to Max                                   |
      And the strategy Growth, in force since 3 Mar, says:
        | element | kind   | text           |
        | vision  | vision | The first call |

    Scenario: Managers run the process at their own level, and whoever was there is reached
      Given Lena runs the process with Service, with Ann and Bob on 10 Mar
      And Sue acknowledges the strategy on 12 Mar
      Then the cascade reads:
        | as of  | of          | managers | ran | units | units ran | people | reached | own goals |
        | 9 Mar  | all         | 3        | 0   | 3     | 0         | 6      | 0       | 0         |
        | 10 Mar | all         | 3        | 1   | 3     | 1         | 6      | 3       | 0         |
        | 12 Mar | all         | 3        | 1   | 3     | 1         | 6      | 4       | 0         |
        | 12 Mar | Service     | 1        | 1   | 1     | 1         | 3      | 3       | 0         |
        | 12 Mar | Sales       | 1        | 0   | 1     | 0         | 2      | 1       | 0         |
        | 12 Mar | "manager"   | 2        | 1   | 0     | 0         | 2      | 1       | 0         |
        | 12 Mar | "director"  | 1        | 0   | 0     | 0         | 1      | 0       | 0         |
        | 12 Mar | "associate" | 0        | 0   | 0     | 0         | 3      | 3       | 0         |

    Scenario: Whoever was in a session in which the strategy was communicated is reached, until it is another one
      Given Cleo plans the communication programme "What changes" about the vision, owned by Max, by 30 Apr on 4 Mar
      And Cleo plans the development programme "Selling" about the vision, owned by Max, by 30 Apr on 4 Mar
      And Max holds a session of "What changes" with Sue and Bob on 11 Mar
      And Max holds a session of "Selling" with Lena on 13 Mar
      And Max holds a session of "What changes" with Ann on 12 Mar, entered on 16 Mar
      When Cleo restates the vision as "The first and the last call" on 1 Apr
      And Cleo submits the strategy on 1 Apr
      And The office publishes a material revision on 1 Apr
      Then the cascade reads:
        | as of  | known on | of      | people | reached |
        | 10 Mar | 1 Apr    | all     | 6      | 0       |
        | 11 Mar | 11 Mar   | all     | 6      | 2       |
        | 13 Mar | 15 Mar   | Service | 3      | 1       |
        | 13 Mar | 16 Mar   | Service | 3      | 2       |
        | 13 Mar | 16 Mar   | Sales   | 2      | 1       |
        | 1 Apr  | 1 Apr    | all     | 6      | 0       |

    Scenario: Whoever committed, or answers for a goal, has own goals
      Given the goal "Answer faster" of Service, supporting the vision is proposed on 4 Mar
      And Ann commits to the goal "Answer faster" on 5 Mar
      And Bob is accountable for the goal "Answer faster" on 6 Mar
      Then the cascade reads:
        | as of | of      | people | own goals |
        | 4 Mar | Service | 3      | 0         |
        | 5 Mar | Service | 3      | 1         |
        | 6 Mar | Service | 3      | 2         |
        | 6 Mar | Sales   | 2      | 0         |

    Scenario: After a material revision everybody has to be reached anew
      Given Lena runs the process with Service, with Ann and Bob on 10 Mar
      When Cleo restates the vision as "The first and the last call" on 1 Apr
      And Cleo submits the strategy on 1 Apr
      And The office publishes a material revision on 1 Apr
      Then the cascade reads:
        | as of  | of  | ran | reached |
        | 31 Mar | all | 1   | 3       |
        | 1 Apr  | all | 0   | 0       |

    Scenario: The denominator is as of, and late entries and corrections move what follows from them
      Given Lena runs the process with Service, with Ann on 10 Mar
      And Tim joins Service on 8 Mar, entered on 20 Mar, because "the contract was found in the post"
      When on 25 Mar Lena corrects 'Lena runs the process with Service, with Ann' to 'Lena runs the process with Service, with Ann, Bob and Tim', because "the list was incomplete"
      Then the cascade reads:
        | as of  | known on | of      | people | reached |
        | 10 Mar | 10 Mar   | Service | 3      | 2       |
        | 10 Mar | 20 Mar   | Service | 4      | 2       |
        | 10 Mar | 25 Mar   | Service | 4      | 4       |

    Scenario: Leaders avow first, and theirs stands beside their people's
      Given Lena commits to the vision on 5 Mar
      And Ann commits to the vision on 6 Mar
      And Sue commits to the vision on 7 Mar
      Then the leaders stand beside their people:
        | as of | unit    | leader | since | people since | people | leader first |
        | 6 Mar | Service | Lena   | 5 Mar | 6 Mar        | 1 of 2 | yes          |
        | 7 Mar | Sales   |        |       | 7 Mar        | 1 of 1 |              |
      When Max commits to the vision on 9 Mar
      Then the leaders stand beside their people:
        | as of | unit  | leader | since | people since | people | leader first |
        | 9 Mar | Sales | Max    | 9 Mar | 7 Mar        | 1 of 1 | no           |

    Scenario: Nobody runs the process alone
      When Lena runs the process with Service, with Lena on 10 Mar
      Then it is refused: "nobody but whoever ran the process took part in it"

    Scenario: A manager states for themselves that they ran it
      When Ann, for Max, runs the process with Sales, with Sue on 10 Mar
      Then it is refused: "Ann may not do this: process.run"

  Rule: In a company that was asked in confidence

    Scenario: What is understood is told of the group that was published, and of no smaller one
      Given a company whose sponsor is Cleo, with these teams, and what their people will confide:
        | team        | under      | asked | answer | believe 1/2/3/4/5/skip | understand | committed |
        | Executive   | Acme       | 6     | 6      | 0/1/1/3/1/0            | 5          | 4         |
        | Field Sales | Commercial | 14    | 11     | 2/4/2/2/0/1            | 8          | 3         |
        | Marketing   | Commercial | 4     | 3      | 0/1/0/1/1/0            | 2          | 1         |
        | Service     | Commercial | 7     | 6      | 1/1/2/2/0/0            | 4          | 2         |
        | Plant       | Operations | 8     | 6      | 0/2/1/2/0/1            | 3          | 2         |
        | Supply      | Operations | 3     | 2      | 0/0/1/1/0/0            | 1          | 1         |
      And Cleo asks everybody in confidence in "Audit" until 20 Mar, to report back by 31 Mar on 2 Mar
      And all of them have answered "Audit"
      When Cleo publishes the results of "Audit" on 23 Mar
      Then on 22 Mar nothing is told of what is understood
      And on 31 Mar it is told what is understood:
        | of          | told of             | n  | share |
        | all         | all                 | 34 | 67.6  |
        | Commercial  | Commercial          | 20 | 70.0  |
        | Field Sales | Field Sales         | 11 | 72.7  |
        | Marketing   | Marketing + Service | 9  | 66.7  |
        | Service     | Marketing + Service | 9  | 66.7  |
        | Supply      | Operations          | 8  | 50.0  |
