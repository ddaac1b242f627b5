Feature: Every kind of data is there for a stated purpose, and nobody is appraised by it unless it was agreed
  What people avow serves the strategy. Its use in the appraisal of individuals is off; the organisation's agreement,
  recorded with its date and parties, turns it on kind by kind.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Lena   | Service | leads Service                 |
      | Adam   | Sales   | is an administrator           |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And Ann commits to the vision on 4 Mar
    And Ann acknowledges the strategy on 4 Mar

  Scenario: Each kind of data says what it is there for
    Then everybody can read what every kind of data is there for

  Scenario: Without an agreement nothing is given out for an appraisal
    Then Lena sees the record of Ann
    And for an appraisal Lena is refused the record of Ann: "no agreement of the organisation allows the use of"

  Scenario: An agreement allows what it names, and nothing else
    When Adam concludes the agreement "talks" of "the management" and "the works council" on commitments on 1 Apr
    Then for an appraisal Lena is shown of Ann only the commitments

  Scenario: What was agreed can be read as of any day
    Given Adam concludes the agreement "talks" of "the management" and "the works council" on commitments and duties on 1 Apr
    When Adam ends the agreement "talks" on 1 Jun, because "it was not prolonged"
    Then in appraisals may be used:
      | as of  | known on | what                |
      | 31 Mar | 1 Apr    | nothing             |
      | 1 Apr  | 1 Apr    | commitments, duties |
      | 31 May | 1 Jun    | commitments, duties |
      | 1 Jun  | 1 Jun    | nothing             |
    And for an appraisal Lena is refused the record of Ann: "no agreement of the organisation allows the use of"

  Scenario: What is confided is never used in an appraisal, whatever is agreed
    When Adam concludes the agreement "talks" of "the management" and "the works council" on confided answers on 1 Apr
    Then it is refused: "confided_answers are never used in the appraisal of individuals"

  Scenario: Nobody agrees with themselves
    When Adam concludes the agreement "talks" of "the management" and "the management" on commitments on 1 Apr
    Then it is refused: "an agreement has two different parties at least"

  Scenario: A lead makes no agreement
    When Lena concludes the agreement "talks" of "the leads" and "the works council" on commitments on 1 Apr
    Then it is refused: "Lena may not do this: agreement.concluded"
