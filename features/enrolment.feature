Feature: Enrolment in five stages
  Alignment for execution is built through five stages of conversation: relationship, possibility, pathway, action and
  completion. They overlap and go on throughout, and none is skipped for good. A stage counts for each person by what
  came of it, not by who was in the room.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who           |
      | A      | Service |               |
      | B      | Service |               |
      | C      | Service |               |
      | D      | Service |               |
      | E      | Service |               |
      | F      | Service |               |
      | Lena   | Sales   | leads Service |
      | Cleo   | Sales   | is a sponsor  |
    And the strategy Growth, in force since 5 Jan, says:
      | element | kind   | text           |
      | vision  | vision | The first call |

  Rule: A stage counts by its outcome

    Background: The enrolment of Service
      Given Lena holds a conversation on relationship with A, B, C, D, E and F on 12 Jan
      And Lena holds a conversation on possibility with A, B, C, D and E on 26 Jan
      And Lena holds a conversation on pathway with A, B, C and D on 9 Feb
      And Lena holds a conversation on action with A, B and C on 16 Feb
      And A commits to the strategy as seller, to call ten clients, by 30 Jun on 16 Feb
      And B commits to the strategy as seller, to call ten clients, by 30 Jun on 16 Feb
      And D holds a conversation on possibility with F on 3 Feb, entered on 20 Feb, because "it was on a train"
      And G joins Service on 1 Mar
      And on 2 Mar The office corrects 'Lena holds a conversation on pathway with A, B, C and D' to 'Lena holds a conversation on pathway with A, B, C and E', because "E was there, D was not"
      And C commits to the strategy as seller, to call ten clients, by 30 Jun on 23 Mar
      And Lena holds a conversation on completion with A and B on 30 Mar
      And The office writes the vision, a vision: "The first call and the last" on 1 Apr
      And The office submits the strategy
      And The office publishes a material revision

    Scenario: Who came through which stage, as it was known
      Then the enrolment in Service, shown to Cleo, reads:
        | as of  | known on | relationship | possibility | pathway | action | completion | filled   | stale |
        | 16 Feb | 16 Feb   | 6            | 5           | ABCD    | 2      | 0          | 17 of 30 | 0     |
        | 16 Feb | 20 Feb   | 6            | 6           | ABCD    | 2      | 0          | 18 of 30 | 0     |
        | 16 Feb | 2 Mar    | 6            | 6           | ABCE    | 2      | 0          | 18 of 30 | 0     |
        | 22 Mar | 31 Mar   | 6            | 6           | 4       | AB     | 0          | 18 of 35 | 0     |
        | 31 Mar | 31 Mar   | 6            | 6           | 4       | ABC    | 2          | 21 of 35 | 0     |
        | 1 Apr  | 1 Apr    | 6            | 6           | 4       | 0      | 2          | 18 of 35 | 3     |

    Scenario: A material revision asks for every stage again
      Then the enrolment in Service, shown to Cleo, reads:
        | as of  | relationship again | possibility again | pathway again | action again | completion again |
        | 31 Mar | 0                  | 0                 | 0             | 0            | 0                |
        | 1 Apr  | 6                  | 6                 | 4             | 0            | 2                |

    Scenario: Who joins late lacks all five, and shows
      Then on 31 Mar Cleo is told that G lacks relationship, possibility, pathway, action and completion
      And on 31 Mar Cleo is told that C lacks completion

    Scenario: Stages are named to the person, to who leads them and to the sponsor, and are counts to others
      Then the enrolment in Service, shown to F, reads:
        | as of  | relationship | filled   |
        | 31 Mar | 6            | 21 of 35 |
      And in Service on 31 Mar F is told the stages of F by name
      And in Service on 31 Mar Lena is told the stages of A, B, C, D, E, F and G by name
      And in Service on 31 Mar Cleo is told the stages of A, B, C, D, E, F and G by name
      And A is told of the conversation "action of Lena" what came of it for A, and that there are 2 others
      And Lena is told of the conversation "action of Lena" what came of it for A, B and C, and that there are 0 others
      And F is told nothing of the conversation "action of Lena"

    Scenario: Who could hold the next conversation
      Then on 31 Mar the next conversation on possibility in Service, shown to Lena, could be held by:
        | person | because      |
        | Lena   | leads it     |
        | A      | came through |
        | B      | came through |
        | C      | came through |
        | D      | came through |
        | E      | came through |
        | F      | came through |
      And on 31 Mar the next conversation on possibility in Service, shown to F, could be held by:
        | person | because      |
        | Lena   | leads it     |
        | F      | came through |

  Rule: Each speaks for themselves

    Scenario: Who was only there has not come through
      When Lena holds a conversation on possibility with A and B, who were only there on 26 Jan
      Then the enrolment in Service, shown to Cleo, reads:
        | as of  | possibility | filled  |
        | 26 Jan | 0           | 0 of 30 |

    Scenario: What was recorded for somebody gives way to their own word
      Given Lena holds a conversation on possibility with A and B on 26 Jan
      When B says of the possibility of Lena that it is partly theirs on 28 Jan
      Then the enrolment in Service, shown to Cleo, reads:
        | as of  | possibility | partly |
        | 27 Jan | AB          | 0      |
        | 28 Jan | A           | 1      |

    Scenario: What is taken on is a commitment of its owner, whoever held the conversation
      Given Lena holds a conversation on action with A and B on 16 Feb
      And Lena, for A, commits to the strategy as seller, to call ten clients, by 30 Jun on 16 Feb
      When A confirms the commitment to the strategy on 20 Feb
      Then the enrolment in Service, shown to Cleo, reads:
        | as of  | action |
        | 16 Feb | 0      |
        | 20 Feb | A      |

  Rule: Stages go on

    Scenario: A stage is held again by the day that was set
      Given Lena holds a conversation on relationship with A and B, to be held again by 31 Mar on 12 Jan
      Then Lena owes:
        | as of  | what | overdue |
        | 31 Mar | hold | no      |
        | 1 Apr  | hold | yes     |
      And the enrolment in Service, shown to Cleo, reads:
        | as of  | relationship | relationship again |
        | 31 Mar | AB           | 0                  |
        | 1 Apr  | AB           | 2                  |

    Scenario: Thanks and credit go to people for what they completed
      When Lena holds a conversation on completion with A and B, and thanks B for "the price list, two weeks early" on 30 Mar
      Then B is thanked for "the price list, two weeks early"

    Scenario: A facilitator under a charter holds conversations and commits for nobody
      Given Fay is invited as a guest on 10 Jan
      And Cleo opens the clarity check "Clear?" of revision 1, until 30 Apr, asking A, B and C
      And Cleo charters Fay to run "Clear?" by "a survey", to report back by 15 May, and owns it: "I answer for it"
      When Fay holds a conversation on possibility with A on 26 Jan
      Then the enrolment in Service, shown to Cleo, reads:
        | as of  | possibility |
        | 26 Jan | A           |
      And Fay is told of the conversation "possibility of Fay" what came of it for A, and that there are 0 others
      When Cleo discharges the facilitator of "Clear?" on 1 Feb, because "all was held"
      Then Fay is told nothing of the conversation "possibility of Fay"
