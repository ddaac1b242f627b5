Feature: People shape the strategy that they are to own
  Enrolment is about people taking part, collaborating and owning the strategy; buy-in is about getting them to take on
  what they do not own. So people propose what a draft should say, each proposal is answered, and the share who took part
  stands beside the share who are committed.

  Background:
    Given an organisation with the teams Service, Sales and Board
    And these people:
      | person | home    | who                           |
      | Ann    | Service | holds the rank "specialist"     |
      | Bob    | Service | holds the rank "specialist"     |
      | Cem    | Service | holds the rank "manager"        |
      | Dana   | Sales   | holds the rank "manager"        |
      | Lena   | Sales   | leads Service                 |
      | Tara   | Board   | is a strategist               |
      | Cleo   | Board   | is a sponsor                  |
    And Tara drafts the strategy Growth on 5 Jan
    And Tara writes the vision, a vision: "To be the first call of every builder"
    And Tara writes the values, a value: "Care"

  Scenario: A draft that is open for shaping is seen by every member, until the day that was named
    When Tara opens the draft for shaping, until 31 Jan on 10 Jan
    And Tara writes the values, a value: "Care and courage" on 1 Feb
    Then on 10 Jan Ann sees the draft
    And on 31 Jan Ann sees the draft
    And on 9 Jan Ann does not see the draft
    And on 1 Feb Ann does not see the draft

  Scenario: Each proposal is answered, and says why
    Given Tara opens the draft for shaping on 10 Jan
    And Ann proposes "shorter" for the vision: "Say it in ten words" on 12 Jan
    And Cem proposes "roofers" for the vision: "Roofers call us as well" on 13 Jan
    And Dana proposes "profit": "Say what it pays" on 14 Jan
    When Tara takes up the proposal "roofers": "right, they do" on 15 Jan
    And Tara takes up in part the proposal "shorter": "in twelve words" on 16 Jan
    And Tara does not take up the proposal "profit": "that is a criterion, no vision" on 20 Jan
    Then to Ann the proposal "shorter" reads partly: "in twelve words"
    And the shaping, shown to Cleo, reads:
      | as of  | made | taken up | partly | not taken up | unanswered | oldest  | took part |
      | 11 Jan | 0    | 0        | 0      | 0            | 0          | none    | 0 of 7    |
      | 14 Jan | 3    | 0        | 0      | 0            | 3          | 2 days  | 3 of 7    |
      | 16 Jan | 3    | 1        | 1      | 0            | 1          | 2 days  | 3 of 7    |
      | 20 Jan | 3    | 1        | 1      | 1            | 0          | none    | 3 of 7    |

  Scenario: The answer is owed by those who drafted
    When Ann proposes "shorter" for the vision: "Say it in ten words" on 12 Jan
    Then Tara owes:
      | as of  | what    | overdue |
      | 12 Jan | reply   | no      |
    And Cleo owes nothing on 12 Jan
    When Tara takes up the proposal "shorter": "yes" on 13 Jan
    Then Tara owes nothing on 13 Jan

  Scenario: Publishing waits for no answer, and what has none goes on showing
    Given Ann proposes "shorter" for the vision: "Say it in ten words" on 12 Jan
    When Tara submits the strategy on 1 Feb
    And Cleo publishes a material revision on 1 Feb
    Then the shaping, shown to Cleo, reads:
      | as of  | unanswered | oldest  | published over |
      | 31 Jan | 1          | 19 days | 0              |
      | 1 Feb  | 1          | 20 days | 1              |
    And Tara owes:
      | as of  | what    | overdue |
      | 1 Feb  | reply   | no      |

  Scenario: The share who took part, by rank and unit, stands beside commitment
    Given Ann proposes "shorter" for the vision: "Say it in ten words" on 12 Jan
    And Ann proposes "longer" for the values: "Say what care means" on 12 Jan
    And Cem proposes "roofers" for the vision: "Roofers call us as well" on 13 Jan
    And Lena, for Bob, proposes "vans": "Nothing is said of the vans" on 13 Jan
    And Tara submits the strategy on 1 Feb
    And Cleo publishes a material revision on 1 Feb
    When Ann commits to the vision on 3 Feb
    Then by rank on 3 Feb the shaping, shown to Cleo, reads:
      | rank       | took part | committed |
      | specialist | 1 of 2    | 1         |
      | manager    | 1 of 2    | 0         |
      | none       | 0 of 3    | 0         |
    And by unit on 3 Feb the shaping, shown to Cleo, reads:
      | unit    | took part | committed |
      | Service | 2 of 3    | 1         |
      | Sales   | 0 of 2    | 0         |
      | Board   | 0 of 2    | 0         |
    And the shaping in Service, shown to Ann, reads:
      | as of  | made | on behalf | took part | committed |
      | 3 Feb  | 4    | 1         | 2 of 3    | 1         |

  Scenario: What is taken back was no part in shaping; late entries and corrections count from their day
    Given Ann proposes "shorter" for the vision: "Say it in ten words" on 12 Jan
    And Cem proposes "roofers" for the vision: "Roofers call us as well" on 13 Jan, entered on 2 Feb, because "it was on paper"
    And Ann withdraws the proposal "shorter" on 3 Feb
    Then the shaping in Service, shown to Cleo, reads:
      | as of  | known on | made | unanswered | withdrawn | took part |
      | 14 Jan | 14 Jan   | 1    | 1          | 0         | 1 of 3    |
      | 14 Jan | 2 Feb    | 2    | 2          | 0         | 2 of 3    |
      | 3 Feb  | 3 Feb    | 2    | 1          | 1         | 1 of 3    |
    When on 5 Feb The office corrects 'Cem proposes "roofers" for the vision: "Roofers call us as well"' to 20 Jan, because "the paper is of that day"
    Then the shaping in Service, shown to Cleo, reads:
      | as of  | known on | made | oldest  |
      | 14 Jan | 5 Feb    | 1    | 2 days  |
      | 3 Feb  | 5 Feb    | 2    | 14 days |

  Scenario: Nobody answers for those who draft, and what was answered stays
    Given Ann proposes "shorter" for the vision: "Say it in ten words" on 12 Jan
    When Cem takes up the proposal "shorter": "why not" on 13 Jan
    Then it is refused: "Cem may not do this: proposal"
    When Tara takes up the proposal "shorter": "yes" on 13 Jan
    And Ann withdraws the proposal "shorter" on 14 Jan
    Then it is refused: "the proposal was answered by then"
