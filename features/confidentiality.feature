Feature: What people confide is tied to nobody
  What people avow is on the record. What they confide is not: figures are published of groups of at least five people
  who answered, once, and no combination of figures, at any time, ties an answer to fewer.

  Background:
    Given a company whose sponsor is Cleo, with these teams, and what their people will confide:
      | team        | under      | asked | answer | believe 1/2/3/4/5/skip | understand | committed |
      | Executive   | Acme       | 6     | 6      | 0/1/1/3/1/0            | 5          | 4         |
      | Field Sales | Commercial | 14    | 11     | 2/4/2/2/0/1            | 8          | 3         |
      | Marketing   | Commercial | 4     | 3      | 0/1/0/1/1/0            | 2          | 1         |
      | Service     | Commercial | 7     | 6      | 1/1/2/2/0/0            | 4          | 2         |
      | Plant       | Operations | 8     | 6      | 0/2/1/2/0/1            | 3          | 2         |
      | Supply      | Operations | 3     | 2      | 0/0/1/1/0/0            | 1          | 1         |
    And Cleo asks everybody in confidence in "Audit" until 20 Mar, to report back by 31 Mar on 2 Mar

  Scenario: Whoever is asked is told what becomes of their answers, and what cannot be promised, before they answer
    Then Plant-1 is told of "Audit", before the first question:
      | about         | words                                                                      |
      | mode          | Your answers are confidential, not anonymous                               |
      | groups        | groups of at least 5 people who answered                                   |
      | once          | The figures are published once, after the close, and never computed again  |
      | participation | of who answered only how many of all did, in coarse steps                  |
      | comments      | only if at least 10 people answered                                        |
      | revising      | Nobody can answer for you                                                  |
      | destruction   | at the latest 30 days after the close                                      |
      | report        | By 2026-03-31 you are told what came of it                                 |
      | unanimity     | If all of a group answer alike, its figures tell what each of them answered |
      | collusion     | they can work out what you did                                             |
      | style         | Who knows how you write may recognise a comment of yours                   |
      | operator      | Whoever holds the database and the keys                                    |
      | signing in    | could have somebody else sign in as you, and answer anew. What you answered is not shown to them |
      | joiners       | the difference between the two can tell of these few                       |
      | copies        | copies and evidence packs that were given away before remain               |
      | absence       | the last one is known                                                      |

  Scenario: So few that they could be told apart are asked by name, and told so
    When Cleo asks Executive in confidence in "Leaders" until 20 Mar, to report back by 31 Mar on 3 Mar
    Then it is refused: "6 participants are too few for a confidential review: with groups of at least 5 it takes 8"
    When Cleo asks Executive by name in "Leaders" until 20 Mar, to report back by 31 Mar on 3 Mar
    Then it is accepted
    And Executive-1 is told of "Leaders", before the first question:
      | about | words                                                                                    |
      | mode  | Your answers carry your name                                                             |
      | why   | With 6 people asked it cannot be confidential: you would be too few not to be told apart |

  Scenario: What can be asked in confidence is not asked by name
    When Cleo asks everybody by name in "Names" until 20 Mar, to report back by 31 Mar on 3 Mar
    Then it is refused: "42 participants are enough for a confidential review"

  Scenario: While it is open, nothing is told but how many answered, in coarse steps
    Given 20 of them have answered "Audit"
    When the ballot box is looked after on 12 Mar
    Then on 12 Mar "Audit" is told to be answered by 40 % of 42
    And on 12 Mar nothing is published of "Audit"

  Scenario: Whoever is asked owes an answer until the close, for all to see alike, whether they gave it or not
    Given 20 of them have answered "Audit"
    Then Executive-1 owes:
      | as of  | what    | overdue |
      | 3 Mar  | answer  | no      |
      | 20 Mar | answer  | no      |
      | 21 Mar | nothing |         |
    And Supply-3 owes:
      | as of  | what    | overdue |
      | 3 Mar  | answer  | no      |
      | 20 Mar | answer  | no      |
      | 21 Mar | nothing |         |

  Scenario: Groups in which too few answered are shown together with others
    Given all of them have answered "Audit"
    When Cleo publishes the results of "Audit" on 23 Mar
    Then on 31 Mar it is published of "Audit" who believes:
      | group               | answered | rated | at 4–5 | mean | understand | understood minus believed |
      | Executive           | 6        | 6     | 66.7   | 3.7  | 83.3       | 16.6                      |
      | Field Sales         | 11       | 10    | 20.0   | 2.4  | 72.7       | 52.7                      |
      | Marketing + Service | 9        | 9     | 44.4   | 3.1  | 66.7       | 22.3                      |
      | Operations          | 8        | 7     | 42.9   | 3.1  | 50.0       | 7.1                       |
      | Commercial          | 20       | 19    | 31.6   | 2.7  | 70.0       | 38.4                      |
      | all                 | 34       | 32    | 40.6   | 3.0  | 67.6       | 27.0                      |
    And on 31 Mar "Audit" is told to be answered by 34 of 42
    And on 31 Mar "Audit" decides to "reopen the content" with Field Sales, and nothing else
    And on 22 Mar nothing is published of "Audit"
    And from 1 Mar to 31 Mar, with the bar at 60 %, Cleo is refused what "Audit" published of believe-right: "0 units are more aligned and 4 less"

  Scenario: Comments are shown of all together, and of nobody where fewer than ten answered
    Given all of them have answered "Audit", and said what is not being said
    When Cleo publishes the results of "Audit" on 23 Mar
    Then on 23 Mar 34 comments of "Audit" are shown

  Scenario: Fewer than ten leave no comments
    Given 9 of them have answered "Audit", and said what is not being said
    When Cleo publishes the results of "Audit" on 23 Mar
    Then on 23 Mar 0 comments of "Audit" are shown

  Scenario: What is learned later changes nothing that was published
    Given all of them have answered "Audit"
    And Cleo publishes the results of "Audit" on 23 Mar
    When Marketing-4 leaves the organisation on 27 Feb, entered on 9 Apr, because "the notice came late"
    Then what was published of "Audit" on 31 Mar reads the same on 9 Apr
    And on 2 Mar, as known on 9 Apr, "Audit" notes "1 participant was no longer a member, learned 9 Apr"

  Scenario: Nobody cuts the same answers a second time
    Given all of them have answered "Audit"
    And Cleo publishes the results of "Audit" on 23 Mar
    When Cleo publishes the results of "Audit" on 24 Mar, because "by rank this time"
    Then it is refused: "were published already, or are not to be had any more"

  Scenario: Nothing is published before the close
    Given all of them have answered "Audit"
    When Cleo publishes the results of "Audit" on 20 Mar
    Then it is refused: "answers can be revised until"

  Scenario: Where fewer than five answered, nothing is ever published
    Given 4 of them have answered "Audit"
    When Cleo publishes the results of "Audit" on 23 Mar
    Then it is refused: "fewer than 5 answered, so nothing of this review is published, and its answers are destroyed"
    When the ballot box is looked after on 24 Mar
    Then on 24 Mar the ballot box of "Audit" has ended: refused

  Scenario: With the publication the ballot box ends
    Given all of them have answered "Audit"
    And Cleo publishes the results of "Audit" on 23 Mar
    When the ballot box is looked after on 23 Mar
    Then on 23 Mar the ballot box of "Audit" has ended: published

  Scenario: Who is silent for thirty days publishes nothing any more
    Given all of them have answered "Audit"
    When the ballot box is looked after on 21 Apr
    Then on 21 Apr the ballot box of "Audit" has ended: unpublished
    When Cleo publishes the results of "Audit" on 22 Apr
    Then it is refused: "were published already, or are not to be had any more"

  Scenario: Results that were withdrawn are shown as of no instant
    Given all of them have answered "Audit"
    And Cleo publishes the results of "Audit" on 23 Mar
    When Cleo withdraws edition 1 of the results of "Audit" on 2 Apr, because "the groups bore the wrong names"
    Then on 31 Mar, as known on 31 Mar, the results of "Audit" are withdrawn
    And on 2 Apr, as known on 2 Apr, the results of "Audit" are withdrawn

  Scenario: On whose terms people confided is not corrected
    When on 4 Mar Cleo takes back 'Cleo asks everybody in confidence in "Audit" until 20 Mar, to report back by 31 Mar', because "others were meant"
    Then it is refused: "stands as it was recorded: people confided on these terms"
