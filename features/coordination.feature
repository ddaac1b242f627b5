Feature: Coordination across units
  Two of the greatest challenges to strategy execution are failure to align and failure to coordinate across units. A unit
  requests what it needs of another; the other promises, declines or offers another day; whoever asked says whether it was
  kept.

  Background:
    Given an organisation with the teams Sales, Fleet and Finance
    And these people:
      | person | home    | who          |
      | Sam    | Sales   |              |
      | Fay    | Fleet   |              |
      | Fin    | Finance |              |
      | Gus    | Fleet   |              |
      | Cleo   | Sales   | is a sponsor |
    And Sam speaks for Sales
    And Fay speaks for Fleet
    And Fin speaks for Finance
    And the strategy Growth, in force since 5 Jan, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And the goal "Answer faster" of Sales, supporting the vision is proposed on 6 Jan

  Rule: Only whoever asked says that it was kept

    Scenario: Promised, delivered and accepted
      Given Sam of Sales requests "four vans" of Fleet for the goal "Answer faster", by 28 Feb on 12 Jan
      When Fay promises "four vans" on 14 Jan
      And Fay delivers "four vans" on 26 Feb
      And Sam accepts "four vans" on 2 Mar
      Then the coordination, shown to Cleo, reads:
        | as of  | asked | open | unanswered | promised | delivered | overdue | kept | kept late | moves |
        | 11 Jan | 0     | 0    | 0          | 0        | 0         | 0       | 0    | 0         | 0     |
        | 12 Jan | 1     | 1    | 1          | 0        | 0         | 0       | 0    | 0         | 0     |
        | 14 Jan | 1     | 1    | 0          | 1        | 0         | 0       | 0    | 0         | 0     |
        | 1 Mar  | 1     | 1    | 0          | 0        | 1         | 0       | 0    | 0         | 0     |
        | 2 Mar  | 1     | 0    | 0          | 0        | 0         | 0       | 1    | 0         | 0     |

    Scenario: The performer says that it was kept, and that alone is not enough
      Given Sam of Sales requests "four vans" of Fleet for the goal "Answer faster", by 28 Feb on 12 Jan
      And Fay promises "four vans" on 14 Jan
      And Fay delivers "four vans" on 26 Feb
      When Fay accepts "four vans" on 27 Feb
      Then it is refused: "Fay may not do this: request"
      When Sam rejects "four vans" on 1 Mar, because "one has no engine"
      Then the coordination, shown to Cleo, reads:
        | as of  | delivered | promised | overdue |
        | 28 Feb | 1         | 0        | 0       |
        | 1 Mar  | 0         | 1        | 1       |

    Scenario: Each side is asked for what it owes
      Given Sam of Sales requests "four vans" of Fleet for the goal "Answer faster", by 28 Feb on 12 Jan
      And Fay promises "four vans" on 14 Jan
      And Fay delivers "four vans" on 3 Mar
      Then Fay owes:
        | as of  | what           | overdue |
        | 12 Jan | reply          | no      |
        | 14 Jan | keep a promise | no      |
        | 28 Feb | keep a promise | no      |
        | 1 Mar  | keep a promise | yes     |
        | 3 Mar  | nothing        |         |
      And Sam owes:
        | as of  | what          | overdue |
        | 14 Jan | nothing       |         |
        | 3 Mar  | accept or not | no      |

    Scenario: A no is an answer, and says why
      Given Sam of Sales requests "four vans" of Fleet for the goal "Answer faster", by 28 Feb on 12 Jan
      When Fay declines "four vans" on 14 Jan
      Then it is refused: "request.declined needs a reason here"
      When Fay declines "four vans" on 14 Jan, because "there are none"
      Then the coordination, shown to Cleo, reads:
        | as of  | asked | open | declined |
        | 14 Jan | 1     | 0    | 1        |

  Rule: A day is moved by consent, and the first one stays visible

    Scenario: A counter-offer is a promise once it is accepted
      Given Sam of Sales requests "four vans" of Fleet for the goal "Answer faster", by 28 Feb on 12 Jan
      When Fay offers "four vans" by 15 Mar on 14 Jan
      And Sam accepts the offer for "four vans" on 16 Jan
      Then the coordination, shown to Cleo, reads:
        | as of  | countered | promised | overdue |
        | 14 Jan | 1         | 0        | 0       |
        | 16 Jan | 0         | 1        | 0       |
        | 15 Mar | 0         | 1        | 0       |
        | 16 Mar | 0         | 1        | 1       |
      And to Gus "four vans" was asked for by 28 Feb, promised first by 15 Mar, and is due by 15 Mar, after 0 moves

    Scenario: Two moves are asked for, one is agreed to
      Given Sam of Sales requests "four vans" of Fleet for the goal "Answer faster", by 28 Feb on 12 Jan
      And Fay promises "four vans" on 14 Jan
      And Fay asks to move "four vans" to 10 Mar on 20 Feb
      And Sam consents to the move of "four vans" on 21 Feb
      And Fay asks to move "four vans" to 31 Mar on 9 Mar
      When Sam does not consent to the move of "four vans" on 10 Mar
      Then the coordination, shown to Cleo, reads:
        | as of  | promised | overdue | moves |
        | 20 Feb | 1        | 0       | 0     |
        | 1 Mar  | 1        | 0       | 1     |
        | 11 Mar | 1        | 1       | 1     |
      And to Fay "four vans" was asked for by 28 Feb, promised first by 28 Feb, and is due by 10 Mar, after 1 moves

    Scenario: Who promised does not move the day alone
      Given Sam of Sales requests "four vans" of Fleet for the goal "Answer faster", by 28 Feb on 12 Jan
      And Fay promises "four vans" on 14 Jan
      And Fay asks to move "four vans" to 10 Mar on 20 Feb
      When Fay consents to the move of "four vans" on 21 Feb
      Then it is refused: "Fay may not do this: request"

  Rule: Overdue and broken show on both sides

    Background:
      Given Sam of Sales requests "four vans" of Fleet for the goal "Answer faster", by 28 Feb on 12 Jan
      And Sam of Sales requests "the budget" of Finance for the goal "Answer faster", by 31 Jan on 12 Jan
      And Fay promises "four vans" on 14 Jan
      And Fay of Fleet requests "a loan" of Finance for the goal "Answer faster", by 31 Mar on 20 Jan

    Scenario: The graph has an edge for each pair, and each unit both its sides
      When Sam says that "four vans" was broken on 5 Mar, because "they never came"
      Then on 5 Mar the edges of the coordination, shown to Cleo, are:
        | requester | performer | asked | open | overdue | broken |
        | Fleet     | Finance   | 1     | 1    | 0       | 0      |
        | Sales     | Finance   | 1     | 1    | 1       | 0      |
        | Sales     | Fleet     | 1     | 0    | 0       | 1      |
      And on 5 Mar the units of the coordination, shown to Cleo, are:
        | unit    | asks | asks overdue | asks broken | is asked | is asked overdue | is asked broken |
        | Finance | 0    | 0            | 0           | 2        | 1                | 0               |
        | Fleet   | 1    | 0            | 0           | 1        | 0                | 1               |
        | Sales   | 2    | 1            | 1           | 0        | 0                | 0               |

    Scenario: A promise is taken back until its day, and is broken after it
      When Sam says that "four vans" was broken on 28 Feb, because "they never came"
      Then it is refused: "until the end of that day it is not broken"
      When Fay revokes "four vans" on 1 Mar, because "the garage burnt"
      Then it is refused: "kept late or broken, but not revoked"

    Scenario: Taken back in time, it is revoked
      When Fay revokes "four vans" on 28 Feb, because "the garage burnt"
      Then the coordination, shown to Cleo, reads:
        | as of  | asked | open | revoked | broken |
        | 28 Feb | 3     | 2    | 1       | 0      |

    Scenario: Late entries and corrections move what was overdue
      Given Fay delivers "four vans" on 27 Feb, entered on 10 Mar, because "the slip lay in the van"
      When on 20 Mar Fay corrects 'Fay delivers "four vans"' to 2 Mar, because "the slip is of that day"
      And Sam accepts "four vans" on 21 Mar
      Then the coordination, shown to Cleo, reads:
        | as of  | known on | delivered | overdue | kept | kept late |
        | 1 Mar  | 1 Mar    | 0         | 2       | 0    | 0         |
        | 1 Mar  | 10 Mar   | 1         | 1       | 0    | 0         |
        | 1 Mar  | 20 Mar   | 0         | 2       | 0    | 0         |
        | 21 Mar | 21 Mar   | 0         | 1       | 1    | 1         |

    Scenario: Units that merge carry on what was asked of them, under the labels of their time
      When Fleet merges into Finance on 1 Mar
      Then on 28 Feb the edges of the coordination, shown to Cleo, are:
        | requester | performer | asked | open | overdue |
        | Fleet     | Finance   | 1     | 1    | 0       |
        | Sales     | Finance   | 1     | 1    | 1       |
        | Sales     | Fleet     | 1     | 1    | 0       |
      And on 1 Mar the edges of the coordination, shown to Cleo, are:
        | requester | performer | asked | open | overdue |
        | Finance   | Finance   | 1     | 1    | 0       |
        | Sales     | Finance   | 2     | 2    | 2       |
      When Fin declines "a loan" on 2 Mar, because "it is one unit now"
      Then Fin owes:
        | as of | what           | overdue |
        | 2 Mar | reply          | yes     |
        | 2 Mar | keep a promise | yes     |
      When Fin delivers "four vans" on 3 Mar
      Then the coordination, shown to Cleo, reads:
        | as of | delivered | overdue |
        | 3 Mar | 1         | 1       |

    Scenario: Both sides are told all of it, others how many
      Then Gus sees "four vans" behind the coordination in Fleet
      And Fin does not see "four vans" behind the coordination in Finance
