Feature: Constituencies outside the chart are asked to align, answer through representatives, and see nothing else
  Clients, suppliers, owners and the public are parties of their own. What each is asked to align on is said to its
  representatives; how they stand is shown side by side, and never added to people or units.

  Background:
    Given an organisation with the teams Service and Board
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Cleo   | Board   | is a sponsor, is a strategist |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind           | text                      |
      | vision  | vision         | The first call            |
      | promise | differentiator | Every call within an hour |
    And Cleo names the constituency Patients, of clients, represented by Rita and Raul on 4 Mar
    And Cleo names the constituency Makers, of suppliers, represented by Sven on 4 Mar
    And Cleo asks Patients to align on the promise, by 20 Mar: "Tell us when we break it" on 5 Mar

  Scenario: A representative is shown what they are asked, with the text in force, and nothing else of the organisation
    Then on 6 Mar Rita is asked by Patients: "Tell us when we break it", about:
      | element | text                      |
      | promise | Every call within an hour |
    And Rita is shown nothing else of the organisation
    And Ann is asked nothing as a representative

  Scenario: Each says so themselves, and who said what so far is counted in its constituency alone
    Given Rita acknowledges the strategy on 8 Mar
    And Raul declines to acknowledge the strategy on 9 Mar, because "an hour is too long"
    Then the constituencies read:
      | as of | constituency | representatives | acknowledged | declined | open |
      | 7 Mar | Patients     | 2               | 0            | 0        | 2    |
      | 8 Mar | Patients     | 2               | 1            | 0        | 1    |
      | 9 Mar | Patients     | 2               | 1            | 1        | 0    |
    And the record shows:
      | as of | people | acknowledged |
      | 9 Mar | 2      | 0            |

  Scenario: What one is asked is owed until a word is said to it, and overdue from the day after
    Given Rita acknowledges the strategy on 21 Mar
    Then Rita owes:
      | as of  | what    | overdue |
      | 4 Mar  | nothing |         |
      | 5 Mar  | reply   | no      |
      | 20 Mar | reply   | no      |
      | 21 Mar | nothing |         |
    And Raul owes:
      | as of  | what  | overdue |
      | 21 Mar | reply | yes     |

  Scenario: Only what touches the elements they are asked about makes their word outdated
    Given Rita acknowledges the strategy on 8 Mar
    When Cleo restates the vision as "The first and the last call" on 1 Apr
    And Cleo submits the strategy on 1 Apr
    And The office publishes a material revision on 1 Apr
    Then the constituencies read:
      | as of | constituency | acknowledged | outdated |
      | 1 Apr | Patients     | 1            | 0        |
    When Cleo restates the promise as "Every call within two hours" on 2 Apr
    And Cleo submits the strategy on 2 Apr
    And The office publishes a material revision on 2 Apr
    Then the constituencies read:
      | as of | constituency | acknowledged | outdated |
      | 1 Apr | Patients     | 1            | 0        |
      | 2 Apr | Patients     | 0            | 1        |

  Scenario: Constituencies stand side by side, element by element
    Given Cleo asks Makers to align on the vision and the promise: "Deliver for it" on 6 Mar
    And Rita acknowledges the strategy on 8 Mar
    And Sven acknowledges the strategy on 8 Mar
    Then on 8 Mar the constituencies stand side by side:
      | element | constituency | acknowledged |
      | promise | Makers       | 1 of 1       |
      | promise | Patients     | 1 of 2       |
      | vision  | Makers       | 1 of 1       |

  Scenario: They answer reviews by name, and see the questions in what they are asked
    Given Cleo opens the clarity check "Do we keep it?" of revision 1, until 20 Mar, asking Rita and Raul on 10 Mar
    And Rita answers "Do we keep it?" with clear 4, believable 3, implementable 4 on 12 Mar
    Then on 12 Mar Raul is asked to answer "Do we keep it?"
    And the constituencies read:
      | as of  | constituency | asked in reviews | answered |
      | 11 Mar | Patients     | 2                | 0        |
      | 12 Mar | Patients     | 2                | 1        |

  Scenario: Conversations with representatives are counted with their constituency
    Given Ann holds a conversation on relationship with Rita and Raul on 10 Mar
    And Ann holds a conversation on possibility with Raul on 12 Mar
    Then the constituencies read:
      | as of  | constituency | conversations |
      | 9 Mar  | Patients     | 0             |
      | 10 Mar | Patients     | 1             |
      | 12 Mar | Patients     | 2             |

  Scenario: Who represents it no more is shown nothing, and the figures are as of
    Given Rita acknowledges the strategy on 8 Mar
    When Rita represents Patients no more on 12 Mar
    Then Rita is asked nothing as a representative
    And the constituencies read:
      | as of  | constituency | representatives | acknowledged |
      | 11 Mar | Patients     | 2               | 1            |
      | 12 Mar | Patients     | 1               | 0            |

  Scenario: A late entry and a correction move what follows from them
    Given Rita acknowledges the strategy on 8 Mar, entered on 18 Mar, because "it came by letter"
    When on 25 Mar Rita takes back 'Rita acknowledges the strategy', because "it was about last year's"
    Then the constituencies read:
      | as of  | known on | constituency | acknowledged |
      | 10 Mar | 10 Mar   | Patients     | 0            |
      | 10 Mar | 18 Mar   | Patients     | 1            |
      | 10 Mar | 25 Mar   | Patients     | 0            |

  Scenario: A representative takes nothing on in the organisation's place, and runs nothing
    When Rita commits to the promise on 8 Mar
    Then it is refused: "Rita may not do this: commitment.made"
    When Rita runs the process with Service, with Ann on 9 Mar
    Then it is refused: "Rita may not do this: process.run"

  Scenario: What one is not asked about, one is not let know of
    When Sven acknowledges the strategy on 8 Mar
    Then it is refused: "there is no strategy"

  Scenario: The organisation's own people do not speak for a constituency
    When Ann represents Patients on 6 Mar
    Then it is refused: "a representative is a guest at that instant, and this person is not"

  Scenario: What we want to be seen as stands beside what we do and what is perceived
    Given Cleo asks Patients how they see the promise in "Seen from outside", until 20 Mar on 10 Mar
    And Rita answers "Seen from outside" with promise 4 on 12 Mar
    And Raul answers "Seen from outside" with promise 2 on 13 Mar
    And Cleo closes "Seen from outside" on 21 Mar
    Then the promise is seen so:
      | as of  | wanted                    | for | against | perceived by | share | missing         |
      | 20 Mar | Every call within an hour | 0   | 0       |              |       | done, perceived |
    When Cleo publishes the results of "Seen from outside" on 22 Mar
    And Cleo records of the promise what we do: "54 of 60 calls", for the claim, from "the log of February" on 23 Mar
    And Cleo wants the promise to see us as "the ones who come at once" on 1 Apr
    And Cleo submits the strategy on 1 Apr
    And The office publishes a material revision on 1 Apr
    Then the promise is seen so:
      | as of  | wanted                    | for | against | perceived by | share | missing |
      | 22 Mar | Every call within an hour | 0   | 0       | Patients     | 50.0  | done    |
      | 23 Mar | Every call within an hour | 1   | 0       | Patients     | 50.0  |         |
      | 1 Apr  | the ones who come at once | 1   | 0       | Patients     | 50.0  |         |
