Feature: Success metrics at three levels
  High performing companies know how to define and measure high performance: at the individual, team and organisation
  levels. For a KPI to be of any value there is a target, and a way to quantify it accurately. Each KPI measures a goal
  or a success criterion and rolls up from there; how success and failure are communicated and rewarded is stated and
  looked at again. A value that comes late, or was wrong, changes what is known of its day, and of no other.

  Background:
    Given an organisation with the teams Sales and Service
    And these people:
      | person | home    | who                           |
      | Ann    | Sales   |                               |
      | Bob    | Service |                               |
      | Cleo   | Sales   | is a strategist, is a sponsor |
      | Ada    | Service | is an auditor                 |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind              | text                     | measured by     | target | due    | accountable |
      | vision  | vision            | The first call           |                 |        |        |             |
      | loyalty | success criterion | Clients stay with us     | share who stay  | 95 %   | 31 Dec | Bob         |
      | speed   | success criterion | We answer within the day | share of quotes | 90 %   | 31 Dec | Ann         |

  Rule: The way to the target is told as it is, not as one would like it

    Scenario Outline: From 60 % to 90 %, <value> % is <way> % of the way
      Given Cleo defines the KPI "Quotes in a day" of the speed, in %, up from 60 to 90 on 5 Mar
      When Cleo measures "Quotes in a day" as <value> on 31 Mar
      Then Ada is shown that "Quotes in a day" comes to:
        | as of  | value   | way to target | target met |
        | 31 Mar | <value> | <way>         | <met>      |

      Examples:
        | value | way   | met |
        | 75    | 50.0  | no  |
        | 93    | 110.0 | yes |
        | 57    | -10.0 | no  |
        | 61    | 3.3   | no  |

    Scenario: Down is as good a direction as up
      Given Cleo defines the KPI "Complaints" of the loyalty, in cases, down from 20 to 10 on 5 Mar
      When Cleo measures "Complaints" as 14 on 31 Mar
      Then Ada is shown that "Complaints" comes to:
        | as of  | value | way to target | target met |
        | 30 Mar | none  | none          | none       |
        | 31 Mar | 14    | 60.0          | no         |

    Scenario: What is to be held is held, or not; there is no way to go
      Given Cleo defines the KPI "Uptime" of the speed, in %, held at 99 give or take 0.5 on 5 Mar
      When Cleo measures "Uptime" as 98.7 on 31 Mar
      And Cleo measures "Uptime" as 98.4 on 30 Apr
      Then Ada is shown that "Uptime" comes to:
        | as of  | value | way to target | target met | because                                 |
        | 31 Mar | 98.7  | none          | yes        | it is to be held: there is no way to go |
        | 30 Apr | 98.4  | none          | no         | it is to be held: there is no way to go |

    Scenario: A value that came late, and one that was corrected
      Given Cleo defines the KPI "Quotes in a day" of the speed, in %, up from 60 to 90 on 5 Mar
      And Cleo measures "Quotes in a day" as 66 on 31 Mar
      And Cleo measures "Quotes in a day" as 72 on 10 Apr, entered on 13 Apr
      When on 20 Apr Cleo corrects 'Cleo measures "Quotes in a day" as 66' to 'Cleo measures "Quotes in a day" as 69', because "a week was left out"
      Then Ada is shown that "Quotes in a day" comes to:
        | as of  | known on | value | way to target |
        | 31 Mar | 31 Mar   | 66    | 20.0          |
        | 10 Apr | 12 Apr   | 66    | 20.0          |
        | 10 Apr | 13 Apr   | 72    | 40.0          |
        | 31 Mar | 20 Apr   | 69    | 30.0          |
        | 10 Apr | 20 Apr   | 72    | 40.0          |

    Scenario: A target that lies the other way is refused
      When Cleo defines the KPI "Quotes in a day" of the speed, in %, up from 60 to 50 on 5 Mar
      Then it is refused: "from 60 to 50 is not up"

    Scenario: A value is a number, without the unit it is measured in
      Given Cleo defines the KPI "Quotes in a day" of the speed, in %, up from 60 to 90 on 5 Mar
      When Cleo measures "Quotes in a day" as much on 31 Mar
      Then it is refused: "has to be an exact decimal"

  Rule: A forecast says how it was made, and from how much

    Scenario: Three values thirty days apart, carried on to the due day
      Given Cleo defines the KPI "Quotes in a day" of the speed, in %, up from 60 to 90, due 29 Jul on 5 Mar
      And Cleo measures "Quotes in a day" as 62 on 31 Mar
      And Cleo measures "Quotes in a day" as 64 on 30 Apr
      When Cleo measures "Quotes in a day" as 66 on 30 May
      Then Ada is shown that "Quotes in a day" comes to:
        | as of  | trend in 30 days | values | forecast | would meet it | because                              |
        | 30 Apr | none             | 2      | none     | none          | it has fewer than 3 measurements     |
        | 30 May | 2                | 3      | 70       | no            |                                      |
        | 30 Jul | 2                | 3      | none     | none          | its due day has passed               |

  Rule: KPIs roll up from goals to criteria, and what has none shows

    Scenario: Goals, their parent goals and the criterion above them
      Given the goal "Answer faster" of Sales, supporting the speed is proposed on 4 Mar
      And the goal "One desk" of Service, supporting the goal "Answer faster" is proposed on 4 Mar
      And Cleo defines the KPI "Quotes in a day" of the goal "Answer faster", in %, up from 60 to 90 on 5 Mar
      And Cleo defines the KPI "Calls at once" of the goal "One desk", in %, up from 50 to 100 on 5 Mar
      And Cleo measures "Quotes in a day" as 93 on 31 Mar
      When Cleo measures "Calls at once" as 60 on 31 Mar
      Then Ada is shown that the KPIs roll up:
        | as of  | to            | KPIs | measured | met | lowest way | middle way |
        | 30 Mar | speed         | 2    | 0        | 0   | none       | none       |
        | 31 Mar | speed         | 2    | 2        | 1   | 20.0       | 65.0       |
        | 31 Mar | loyalty       | 0    | 0        | 0   | none       | none       |
        | 31 Mar | Answer faster | 2    | 2        | 1   | 20.0       | 65.0       |
        | 31 Mar | One desk      | 1    | 1        | 0   | 20.0       | 20.0       |
      And on 31 Mar criteria without any KPI are loyalty

    Scenario: What was given up counts no more
      Given the goal "Answer faster" of Sales, supporting the speed is proposed on 4 Mar
      And Cleo defines the KPI "Quotes in a day" of the goal "Answer faster", in %, up from 60 to 90 on 5 Mar
      When the goal "Answer faster" is abandoned on 20 Mar
      Then Ada is shown that the KPIs roll up:
        | as of  | to    | KPIs |
        | 19 Mar | speed | 1    |
        | 20 Mar | speed | 0    |

  Rule: Somebody measures, and owes it

    Scenario: Monthly, from the last value on
      Given Cleo defines the KPI "Quotes in a day" of the speed, in %, up from 60 to 90, measured monthly by Ann on 5 Mar
      When Ann measures "Quotes in a day" as 62 on 5 Apr
      Then Ann owes:
        | as of | known on | what    | overdue |
        | 5 Apr | 4 Apr    | measure | no      |
        | 6 Apr | 4 Apr    | measure | yes     |
        | 6 Apr | 5 Apr    | measure | no      |
        | 5 May | 5 Apr    | measure | no      |
        | 6 May | 5 Apr    | measure | yes     |

  Rule: What follows from success and failure is stated, and looked at again

    Scenario: Stated, and not looked at by its day
      Given Cleo defines the KPI "Quotes in a day" of the speed, in %, up from 60 to 90 on 5 Mar
      And Cleo states for "Quotes in a day": success "the team tells its story", failure "we look for what was missing", by 30 Apr on 10 Mar
      When Cleo finds after a look that what follows for "Quotes in a day" is kept on 10 May
      Then Ada is shown that "Quotes in a day" comes to:
        | as of  | stated | look overdue |
        | 9 Mar  | no     | no           |
        | 30 Apr | yes    | no           |
        | 1 May  | yes    | yes          |
        | 10 May | yes    | no           |

  Rule: A KPI of one's own is for oneself, one's lead, the sponsor and the auditor; an agreement switches them off

    Scenario: Who sees it
      Given Cleo defines the KPI "Calls of Ann" of the speed, of Ann, in calls, up from 10 to 20 on 5 Mar
      Then Ann sees the KPI "Calls of Ann" and Bob does not
      And on 5 Mar of the KPIs under the speed Ada sees 1, and 0 are withheld

    Scenario: Switched off by agreement
      Given Cleo defines the KPI "Calls of Ann" of the speed, of Ann, in calls, up from 10 to 20 on 5 Mar
      And the office agrees with the works council to do without KPIs of individuals on 10 Mar
      When Cleo defines the KPI "Calls of Bob" of the speed, of Bob, in calls, up from 10 to 20 on 11 Mar
      Then it is refused: "no KPIs of individuals are kept at that instant"
      And Ada is shown that the KPIs roll up:
        | as of  | to    | KPIs |
        | 9 Mar  | speed | 1    |
        | 10 Mar | speed | 0    |
