Feature: A regular look at the strategy, and at whether the day's work serves it
  Take time on a regular basis to look at the strategy, and make sure that it is still what you want to achieve. If so,
  check whether what is done day by day fits it: every day spent on fire-fighting, or no progress, is a sign that it does
  not. It works for a whole organisation and for somebody alone.

  Background:
    Given an organisation with the teams Service and Sales
    And these people:
      | person | home    | who                           |
      | Ann    | Service |                               |
      | Bob    | Sales   |                               |
      | Cleo   | Sales   | is a strategist, is a sponsor |
      | Ada    | Service | is an auditor                 |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And the goal "Answer faster" of Service, supporting the vision is proposed on 3 Mar
    And Cleo opens the strategy check "April" of revision 1, until 15 Apr, asking Ann and Bob on 1 Apr

  Scenario: Where the effort of the teams went
    Given Ann says in "April" that this is still what we want on 2 Apr
    And Ann tells in "April" that Service spent 6 tenths on goals, 1 on exceptions and 3 on fire-fighting, with some progress on 3 Apr
    And Bob tells in "April" that Sales spent 3 tenths on goals, 2 on exceptions and 5 on fire-fighting, with no progress on 4 Apr, entered on 8 Apr
    When on 20 Apr Ann corrects 'Ann tells in "April" that Service spent 6 tenths on goals, 1 on exceptions and 3 on fire-fighting, with some progress' to 'Ann tells in "April" that Service spent 7 tenths on goals, 1 on exceptions and 2 on fire-fighting, with some progress', because "two days were counted twice"
    Then Ada is shown the checks:
      | as of  | known on | last  | still wanted | goals    | exceptions | fire-fighting |
      | 4 Apr  | 4 Apr    | April | yes          | 6 of 10  | 1 of 10    | 3 of 10       |
      | 4 Apr  | 8 Apr    | April | yes          | 9 of 20  | 3 of 20    | 8 of 20       |
      | 20 Apr | 20 Apr   | April | yes          | 10 of 20 | 3 of 20    | 7 of 20       |
    And Ada is shown where the effort of "April" went:
      | as of  | team    | goals  | exceptions | fire-fighting | progress |
      | 20 Apr | Sales   | 3      | 2          | 5             | no       |
      | 20 Apr | Service | 7      | 1          | 2             | partly   |
      | 20 Apr | all     | 50.0 % | 15.0 %     | 35.0 %        |          |

  Scenario: Tenths come to ten
    Given Ann says in "April" that this is still what we want on 2 Apr
    When Ann tells in "April" that Service spent 6 tenths on goals, 1 on exceptions and 4 on fire-fighting, with some progress on 3 Apr
    Then it is refused: "goals, exceptions and fire-fighting come to 11 tenths, not to ten"

  Scenario: First of all, whether it is still what we want
    When Ann tells in "April" that Service spent 6 tenths on goals, 1 on exceptions and 3 on fire-fighting, with some progress on 3 Apr
    Then it is refused: "it has not been said yet whether this is still what we want"

  Scenario: A no ends the check and calls for a revision
    Given Ann says in "April" that this is no longer what we want on 2 Apr
    When Ann tells in "April" that Service spent 6 tenths on goals, 1 on exceptions and 3 on fire-fighting, with some progress on 3 Apr
    Then it is refused: "the check has ended: a revision is called for"
    And Cleo owes:
      | as of | what      | overdue |
      | 1 Apr | nothing   |         |
      | 2 Apr | an action | no      |
    Given Cleo restates the vision as "The first call, day and night" on 20 Apr
    And Cleo submits the strategy on 20 Apr
    And Cleo publishes a material revision on 21 Apr
    Then Ada is shown the checks:
      | as of  | known on | last  | still wanted | revision called for |
      | 1 Apr  | 30 Apr   | none  | -            | no                  |
      | 2 Apr  | 30 Apr   | April | no           | yes                 |
      | 21 Apr | 30 Apr   | April | no           | no                  |
    And Cleo owes nothing on 21 Apr

  Scenario: A check that nobody answered was missed
    Then Ada is shown the checks:
      | as of  | last | missed |
      | 15 Apr | none | 0      |
      | 16 Apr | none | 1      |
    And Ann owes:
      | as of  | what    | overdue |
      | 15 Apr | judge   | no      |
      | 16 Apr | nothing |         |

  Scenario: A structured business review is followed by actions
    Given Cleo opens the business review "First quarter" of revision 1, until 20 Apr, asking Ann and Bob on 10 Apr
    And Cleo finds in "First quarter" that "answers take too long" on 21 Apr
    And Cleo finds in "First quarter" that "the second site is late" on 21 Apr
    And Cleo gives Ann the task "Two more at the desk" for the goal "Answer faster", by 31 May on 22 Apr
    When Cleo lets the work "Two more at the desk" follow the finding "answers take too long" of "First quarter" on 22 Apr
    And Ann has done the work "Two more at the desk" on 29 May
    Then Ada is shown what "First quarter" found:
      | as of  | finding                 | actions | done |
      | 22 Apr | answers take too long   | 1       | 0    |
      | 22 Apr | the second site is late | 0       | 0    |
    And Ada is shown what "First quarter" found:
      | as of  | finding                 | actions | done |
      | 29 May | answers take too long   | 1       | 1    |
      | 29 May | the second site is late | 0       | 0    |
