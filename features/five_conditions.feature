Feature: Five conditions tell whether an organisation is aligned
  Clear, compelling vision, values and strategies exist; they are understood and committed to throughout; they are
  translated into aligned goals and actions at every level; people are equipped with the capabilities that it takes; key
  systems and processes are aligned, such as rewards and recognition. Two assessors judge each condition of a unit
  together, and say what their judgement rests on. A unit is aligned when all five are apparent, never on average.

  Background:
    Given an organisation with the teams Enterprise, Commercial and Operations
    And these people:
      | person | home       | who                           |
      | Ann    | Enterprise |                               |
      | Bob    | Commercial |                               |
      | Eve    | Operations |                               |
      | Cleo   | Enterprise | is a strategist, is a sponsor |
      | Ada    | Enterprise | is an auditor                 |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Cleo opens the condition review "May" of revision 1, until 15 May, asking Ann, Bob and Eve on 4 May
    And Cleo names Ann and Bob to judge Enterprise in "May" on 4 May
    And Cleo names Ann and Bob to judge Commercial in "May" on 4 May
    And Cleo names Ann and Bob to judge Operations in "May" on 4 May

  Scenario: A judgement is joint: until both say the same, nothing is judged
    Given Ann judges the goals of Commercial partly apparent in "May", for "two of five teams have goals" (goal tree) on 6 May
    When Bob judges the goals of Commercial not apparent in "May", for "none of them is the team's own" (talks) on 7 May
    Then Ada is shown the units as of 7 May:
      | unit       | vision | commitment | goals | capabilities | systems |
      | Commercial | -      | -          | -     | -            | -       |
      | Enterprise | -      | -          | -     | -            | -       |
      | Operations | -      | -          | -     | -            | -       |
    When Ann agrees about the goals of Commercial in "May" on 8 May
    Then Ada is shown the units as of 8 May:
      | unit       | vision | commitment | goals | capabilities | systems |
      | Commercial | -      | -          | N     | -            | -       |
      | Enterprise | -      | -          | -     | -            | -       |
      | Operations | -      | -          | -     | -            | -       |
    And Ada is shown the conditions:
      | as of | judged              | not judged | gaps | critical | aligned |
      | 7 May | 0 A, 0 P, 0 N of 15 | 15         | 0    | 0        | 0 of 3  |
      | 8 May | 0 A, 0 P, 1 N of 15 | 14         | 1    | 1        | 0 of 3  |

  Scenario: Only the two who were named judge, and they say what it rests on
    When Eve judges the goals of Commercial partly apparent in "May", for "a feeling" (talks) on 6 May
    Then it is refused: "not one of the two assessors"

  Scenario: One assessor alone does not make two
    When Cleo names Ann to judge Commercial in "May" on 5 May
    Then it is refused: "a unit has two assessors, not 1"

  Scenario: After the close nothing is judged any more
    When Ann judges the goals of Commercial partly apparent in "May", for "too late" (talks) on 16 May
    Then it is refused: "the review takes no answers at that instant"

  Scenario: Assessors owe their judgement until it is joint
    Given on 12 May Ann and Bob judge in "May":
      | unit       | vision | commitment | goals | capabilities | systems |
      | Enterprise | A      | P          | A     | P            | N       |
      | Commercial | A      | P          | P     | P            | N       |
    Then Ann owes:
      | as of  | what    | overdue |
      | 4 May  | judge   | no      |
      | 12 May | judge   | no      |
      | 16 May | nothing |         |
    When on 13 May Ann and Bob judge in "May":
      | unit       | vision | commitment | goals | capabilities | systems |
      | Operations | A      | N          | P     | A            | P       |
    Then Bob owes nothing on 13 May
    And Eve owes nothing on 4 May

  Scenario: What came to light too late, what was wrong, and what the next cycle found
    Given on 12 May Ann and Bob judge in "May":
      | unit       | vision | commitment | goals | capabilities | systems |
      | Enterprise | A      | P          | A     | P            | N       |
      | Commercial | A      | P          | P     | P            | N       |
      | Operations | A      | N          | P     |              | P       |
    And Ann judges the capabilities of Operations apparent in "May", for "18 of 20 trained" (course register) on 12 May
    And Bob agrees about the capabilities of Operations in "May" on 12 May
    And Cleo closes "May" on 15 May
    And Cleo publishes the results of "May" on 15 May
    And Cleo brings evidence on the systems of Commercial to "May": "a new bonus rule" (works agreement) on 11 May, entered on 3 Jun, because "filed with personnel only"
    When on 5 Jun Ann corrects 'Ann judges the capabilities of Operations apparent in "May", for "18 of 20 trained" (course register)' to 'Ann judges the capabilities of Operations not apparent in "May", for "11 of 20 trained" (course register)', because "seven were on the list and not in the room"
    Then Ada is shown the conditions:
      | as of  | known on | judged              | gaps | critical | aligned | restated | first edition |
      | 20 May | 20 May   | 5 A, 7 P, 3 N of 15 | 10   | 3        | 0 of 3  | no       | 5 A, 7 P, 3 N |
      | 20 May | 3 Jun    | 5 A, 7 P, 3 N of 15 | 10   | 3        | 0 of 3  | no       | 5 A, 7 P, 3 N |
      | 20 May | 5 Jun    | 4 A, 7 P, 4 N of 15 | 11   | 4        | 0 of 3  | yes      | 5 A, 7 P, 3 N |
    And Ada is told of the systems of Commercial as of 20 May, as known on 3 Jun that the assessors did not know:
      | a new bonus rule | works agreement | 11 May |
    And Ada is told that the capabilities of Operations as of 20 May, as known on 5 Jun was restated from A to N, because "seven were on the list and not in the room"
    Given Cleo opens the condition review "November" of revision 1, until 13 Nov, asking Ann, Bob and Eve on 2 Nov
    And Cleo names Eve and Bob to judge Enterprise in "November" on 2 Nov
    And Cleo names Eve and Bob to judge Commercial in "November" on 2 Nov
    And Cleo names Eve and Bob to judge Operations in "November" on 2 Nov
    When on 10 Nov Eve and Bob judge in "November":
      | unit       | vision | commitment | goals | capabilities | systems |
      | Enterprise | A      | A          | A     | P            | P       |
      | Commercial | A      | A          | P     | P            | A       |
      | Operations | A      | P          | A     | P            | P       |
    And Cleo closes "November" on 13 Nov
    Then Ada is shown the conditions:
      | as of  | known on | judged              | gaps | critical | aligned | first edition                    |
      | 20 May | 30 Nov   | 4 A, 7 P, 4 N of 15 | 11   | 4        | 0 of 3  | 5 A, 7 P, 3 N                    |
      | 12 Nov | 30 Nov   | 4 A, 7 P, 4 N of 15 | 11   | 4        | 0 of 3  | 5 A, 7 P, 3 N                    |
      | 30 Nov | 30 Nov   | 8 A, 7 P, 0 N of 15 | 7    | 0        | 0 of 3  | 5 A, 7 P, 3 N, then 8 A, 7 P, 0 N |

  Scenario: All five, never an average
    Given on 12 May Ann and Bob judge in "May":
      | unit       | vision | commitment | goals | capabilities | systems |
      | Enterprise | A      | A          | A     | A            | A       |
      | Commercial | A      | A          | A     | A            | P       |
    Then Ada is shown the conditions:
      | as of  | judged              | not judged | aligned |
      | 12 May | 9 A, 1 P, 0 N of 15 | 5          | 1 of 3  |

  Scenario: A judgement that rests on a figure shows when that figure was restated
    Given Eve acknowledges the strategy on 5 May
    And Ann judges the commitment of Operations partly apparent in "May", for "one has acknowledged" (figure acknowledgement/current) on 12 May
    And Bob agrees about the commitment of Operations in "May" on 12 May
    And Gil joins Operations on 20 Apr, entered on 25 May, because "the contract was found in the post"
    And Gil acknowledges the strategy on 6 May, entered on 26 May, because "the sheet lay in a drawer"
    Then Ada is told that the figure behind the commitment of Operations as of 20 May, as known on 20 May read 1 and reads 1
    And Ada is told that the figure behind the commitment of Operations as of 20 May, as known on 26 May read 1 and reads 2
