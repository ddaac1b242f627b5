Feature: Organisations on one installation know nothing of each other
  Each has its own people, chart, strategy and record, whatever they are called. Whoever asks for what another one has
  is told what they would be told if nobody had it.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Cleo   | Service | is a strategist, is a sponsor |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And on the same installation another organisation in which all of this has the same names, and Zoe works besides

  Scenario: What is said in one organisation is said in that one alone
    When Ann commits to the vision on 10 Mar
    Then on 10 Mar as many are committed:
      | organisation | committed |
      | this         | 1 of 2    |
      | the other    | 0 of 3    |

  Scenario: Whoever bears the same name elsewhere is somebody else
    Then Ann here and Ann in the other organisation are two people
    And what Ann is shown of the vision reads "The first call" here and "The other call" there

  Scenario: A role in one organisation is nothing in another
    Then Cleo of the other organisation is told of this one that "there is no such organisation for this token"
    And is told the same, word for word, of an organisation that nobody has

  Scenario: What only the other organisation has is answered like what nobody has
    Then to Cleo, each of these is as if nobody had it:
      | what     | theirs  |
      | person   | Zoe     |
      | person   | Ann     |
      | unit     | Service |
      | strategy | Growth  |

  Scenario: Nothing can be said about what another organisation has
    Then the office can say nothing about these, as if nobody had them:
      | what     | theirs  |
      | person   | Zoe     |
      | person   | Ann     |
      | unit     | Service |
      | strategy | Growth  |

  Scenario: The record of one organisation holds nothing of another
    When Ann commits to the vision on 10 Mar
    Then the record of the other organisation is as long as before
    And no event in it is about anything that this organisation has
