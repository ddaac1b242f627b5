Feature: From gaps to actions
  Where the conditions of alignment are not apparent there is work to do: identify the critical gaps between the current
  and the desired state, plan what closes them, develop people and communicate in support of it. Each plan is owned and
  dated. What was done closes nothing by itself: a gap closes when a later review finds its condition apparent, and not
  on the word of whoever did the work.

  Background:
    Given an organisation with the teams Enterprise, Commercial and Operations
    And these people:
      | person | home       | who                           |
      | Ann    | Enterprise |                               |
      | Bob    | Commercial |                               |
      | Eve    | Operations |                               |
      | Max    | Commercial |                               |
      | Tom    | Commercial |                               |
      | Lena   | Commercial | leads Commercial              |
      | Cleo   | Enterprise | is a strategist, is a sponsor |
      | Ada    | Enterprise | is an auditor                 |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind    | text                     | accountable |
      | vision  | vision  | The first call           |             |
      | portal  | big bet | Clients help themselves  | Ann         |
      | depots  | big bet | Depots where clients are | Bob         |
    And Cleo opens the condition review "May" of revision 1, until 15 May, asking Ann, Bob and Eve on 4 May
    And Cleo names Ann and Bob to judge Enterprise in "May" on 4 May
    And Cleo names Ann and Bob to judge Commercial in "May" on 4 May
    And Cleo names Ann and Bob to judge Operations in "May" on 4 May
    And on 12 May Ann and Bob judge in "May":
      | unit       | vision | commitment | goals | capabilities | systems |
      | Enterprise | A      | P          | A     | P            | N       |
      | Commercial | A      | P          | P     | P            | N       |
      | Operations | A      | N          | P     |              | P       |
    And Ann judges the capabilities of Operations apparent in "May", for "18 of 20 trained" (course register) on 12 May
    And Bob agrees about the capabilities of Operations in "May" on 12 May
    And Cleo closes "May" on 15 May

  Rule: Gaps follow from what reviews found, and close by a later one only

    Scenario: What was found, restated, and closed half a year later
      Given on 5 Jun Ann corrects 'Ann judges the capabilities of Operations apparent in "May", for "18 of 20 trained" (course register)' to 'Ann judges the capabilities of Operations not apparent in "May", for "11 of 20 trained" (course register)', because "seven were on the list and not in the room"
      And Cleo opens the condition review "November" of revision 1, until 13 Nov, asking Ann, Bob and Eve on 2 Nov
      And Cleo names Eve and Bob to judge Enterprise in "November" on 2 Nov
      And Cleo names Eve and Bob to judge Commercial in "November" on 2 Nov
      And Cleo names Eve and Bob to judge Operations in "November" on 2 Nov
      When on 10 Nov Eve and Bob judge in "November":
        | unit       | vision | commitment | goals | capabilities | systems |
        | Enterprise | A      | A          | A     | P            | P       |
        | Commercial | A      | A          | P     | P            | A       |
        | Operations | A      | P          | A     | P            | P       |
      And Cleo closes "November" on 13 Nov
      Then Ada is shown the gaps:
        | as of  | known on | before | closed | new | open | critical |
        | 14 May | 30 Nov   | 0      | 0      | 0   | 0    | 0        |
        | 20 May | 20 May   | 0      | 0      | 10  | 10   | 3        |
        | 20 May | 5 Jun    | 0      | 0      | 11  | 11   | 4        |
        | 12 Nov | 30 Nov   | 0      | 0      | 11  | 11   | 4        |
        | 30 Nov | 30 Nov   | 11     | 4      | 0   | 7    | 0        |

    Scenario: Critical gaps become plans that are owned and dated
      Given Cleo plans for the systems of Commercial in "May" that "bonuses follow the goals", with Bob answering, by 30 Sep on 20 May
      And Cleo gives Max the work "Rewrite the bonus rule" on the systems of Commercial, by 31 Aug on 20 May
      And Max has done the work "Rewrite the bonus rule" on 28 Aug
      Then Ada is shown the gaps:
        | as of  | known on | open | critical | unplanned | without work | overdue |
        | 19 May | 31 Oct   | 10   | 3        | 3         | 10           | 0       |
        | 20 May | 31 Oct   | 10   | 3        | 2         | 9            | 0       |
        | 30 Sep | 31 Oct   | 10   | 3        | 2         | 9            | 0       |
        | 1 Oct  | 31 Oct   | 10   | 3        | 2         | 9            | 1       |
      And Ada is shown these gaps as of 1 Oct:
        | gap                       | stands   | who answers | work        |
        | the systems of Commercial | critical | Bob         | 1 of 1 done |
        | the systems of Enterprise | critical | nobody      | none        |

    Scenario: Whoever did the work does not close the gap
      Given Cleo plans for the systems of Commercial in "May" that "bonuses follow the goals", with Bob answering, by 30 Sep on 20 May
      And Cleo gives Eve the work "Rewrite the bonus rule" on the systems of Commercial, by 31 Aug on 20 May
      And Cleo opens the condition review "November" of revision 1, until 13 Nov, asking Ann, Bob and Eve on 2 Nov
      And Cleo names Eve and Bob to judge Commercial in "November" on 2 Nov
      When on 10 Nov Eve and Bob judge in "November":
        | unit       | vision | commitment | goals | capabilities | systems |
        | Commercial | A      | A          | P     | P            | A       |
      And Cleo closes "November" on 13 Nov
      Then Ada is shown these gaps as of 30 Nov:
        | gap                          | stands   | judged by an owner |
        | the commitment of Commercial | closed   | no                 |
        | the systems of Commercial    | critical | yes                |
      When Cleo drops the action "Rewrite the bonus rule" on 2 Dec
      Then Ada is shown these gaps as of 3 Dec:
        | gap                       | stands   | judged by an owner |
        | the systems of Commercial | critical | yes                |

    Scenario: A gap is reopened by a later review
      Given Cleo opens the condition review "July" of revision 1, until 15 Jul, asking Ann, Bob and Eve on 1 Jul
      And Cleo names Ann and Eve to judge Operations in "July" on 1 Jul
      And on 2 Jul Ann and Eve judge in "July":
        | unit       | vision | commitment | goals | capabilities | systems |
        | Operations | A      | A          | A     | A            | A       |
      And Cleo opens the condition review "October" of revision 1, until 15 Oct, asking Ann, Bob and Eve on 1 Oct
      And Cleo names Ann and Eve to judge Operations in "October" on 1 Oct
      When on 2 Oct Ann and Eve judge in "October":
        | unit       | vision | commitment | goals | capabilities | systems |
        | Operations | P      | A          | N     | A            | A       |
      Then Ada is shown the gaps:
        | as of  | known on | before | closed | new | open | critical |
        | 16 Jul | 31 Oct   | 10     | 3      | 0   | 7    | 2        |
        | 16 Oct | 31 Oct   | 7      | 0      | 2   | 9    | 3        |

    Scenario: What is no gap is not planned for
      When Cleo plans for the vision of Commercial in "May" that "it is clearer still", with Bob answering, by 30 Sep on 20 May
      Then it is refused: "has not judged the condition vision of this unit partly or not apparent"

    Scenario: A plan is not due before it is made
      When Cleo plans for the systems of Commercial in "May" that "bonuses follow the goals", with Bob answering, by 1 May on 20 May
      Then it is refused: "cannot be due on 2026-05-01, before it"

    Scenario: Whoever answered for a gap has left
      Given Cleo plans for the systems of Commercial in "May" that "bonuses follow the goals", with Bob answering, by 30 Sep on 20 May
      When Bob leaves the organisation on 1 Jul
      Then Ada is shown these gaps as of 30 Jun:
        | gap                       | who answers |
        | the systems of Commercial | Bob         |
      And Ada is shown these gaps as of 1 Jul:
        | gap                       | who answers |
        | the systems of Commercial | nobody      |

  Rule: Programmes develop people and communicate; whom they reached is counted over those who are there

    Background:
      Given Cleo plans for the systems of Commercial in "May" that "bonuses follow the goals", with Bob answering, by 30 Sep on 20 May
      And Cleo plans the communication programme "What changes" for the systems of Commercial, with the people of Commercial, owned by Lena, by 30 Jun on 20 May

    Scenario: Coverage follows sessions, late ones and corrected ones, and who is there
      Given Lena holds a session of "What changes" with Bob and Max on 1 Jun
      And Lena holds a session of "What changes" with Tom on 3 Jun, entered on 15 Jun, because "the list came late"
      And Max moves from Commercial to Operations on 20 Jun
      And Gil joins Commercial on 22 Jun
      When on 24 Jun Lena corrects 'Lena holds a session of "What changes" with Tom' to 'Lena holds a session of "What changes" with Lena', because "the name was wrong"
      And Lena completes the programme "What changes" on 26 Jun
      Then Ada is shown how much "What changes" reached:
        | as of  | known on | reached | sessions | stands |
        | 31 May | 31 Jul   | 0 of 4  | 0        | open   |
        | 3 Jun  | 3 Jun    | 2 of 4  | 1        | open   |
        | 3 Jun  | 15 Jun   | 3 of 4  | 2        | open   |
        | 21 Jun | 21 Jun   | 2 of 3  | 2        | open   |
        | 24 Jun | 24 Jun   | 2 of 4  | 2        | open   |
        | 26 Jun | 31 Jul   | 2 of 4  | 2        | done   |
      And Ada is named 2 of those whom "What changes" reached as of 26 Jun

    Scenario: Whoever owns a programme owes its sessions until it is completed
      Then Lena owes:
        | as of  | what | overdue |
        | 20 May | hold | no      |
        | 30 Jun | hold | no      |
        | 1 Jul  | hold | yes     |
      When Lena completes the programme "What changes" on 2 Jul
      Then Lena owes nothing on 2 Jul

    Scenario: A completed programme closes no gap
      Given Lena holds a session of "What changes" with Bob, Max, Tom and Lena on 1 Jun
      When Lena completes the programme "What changes" on 2 Jun
      Then Ada is shown these gaps as of 2 Jun:
        | gap                       | stands   | programmes |
        | the systems of Commercial | critical | 1          |

  Rule: People are equipped with what the bets need, or they are not

    Scenario: Capabilities needed and present, per bet
      Given Cleo says that the portal needs "read usage data" of the people of Commercial on 20 May
      And Lena says that Bob, Max and Tom can do "read usage data" (course register) on 1 Jun
      And Lena says that Lena can do "read usage data" (course register) on 2 Jun, entered on 20 Jun, because "the list came late"
      When Lena says that Max cannot do "read usage data" (work sample) on 25 Jun
      Then Ada is shown that the bets are equipped:
        | as of  | known on | bet    | capabilities | people | equipped |
        | 19 May | 31 Jul   | portal | 0 of 0       | 0 of 0 | no       |
        | 31 May | 31 Jul   | portal | 0 of 1       | 0 of 4 | no       |
        | 2 Jun  | 2 Jun    | portal | 0 of 1       | 3 of 4 | no       |
        | 2 Jun  | 20 Jun   | portal | 1 of 1       | 4 of 4 | yes      |
        | 25 Jun | 25 Jun   | portal | 0 of 1       | 3 of 4 | no       |
        | 25 Jun | 25 Jun   | depots | 0 of 0       | 0 of 0 | no       |
