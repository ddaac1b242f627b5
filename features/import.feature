Feature: A history is brought in from another register
  The history is read line by line, in the order in which its facts were learned. Nothing is recorded unless every line
  holds; what was brought in before is passed over.

  Background:
    Given an organisation with the teams Service
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |

  Scenario: What was said elsewhere counts from the day on which it was said
    Given a history of the old register:
      | line | on     | says                       |
      | 1    | 10 Mar | Ann joins Service          |
      | 2    | 11 Mar | Bob joins Service          |
      | 3    | 12 Mar | Ann commits to the vision  |
    When the history is imported
    Then 5 facts are recorded, 0 passed over and 0 refused
    And the record shows:
      | as of  | people | people committed |
      | 9 Mar  | 0      | 0                |
      | 11 Mar | 2      | 0                |
      | 12 Mar | 2      | 1                |

  Scenario: What was brought in before is passed over
    Given a history of the old register:
      | line | on     | says                       |
      | 1    | 10 Mar | Ann joins Service          |
      | 2    | 12 Mar | Ann commits to the vision  |
    And the history is imported
    When the history is imported
    Then 0 facts are recorded, 3 passed over and 0 refused

  Scenario: A longer history of the same register adds what is new
    Given a history of the old register:
      | line | on     | says                       |
      | 1    | 10 Mar | Ann joins Service          |
    And the history is imported
    And a history of the old register:
      | line | on     | says                       |
      | 1    | 10 Mar | Ann joins Service          |
      | 2    | 12 Mar | Ann commits to the vision  |
    When the history is imported
    Then 1 fact is recorded, 2 passed over and 0 refused

  Scenario: A bad line in the middle, and nothing at all is recorded
    Given a history of the old register:
      | line | on     | says                         |
      | 1    | 10 Mar | Ann joins Service            |
      | 2    | 11 Mar | Zoe commits to the vision    |
      | 3    | 12 Mar | Ann commits to the vision    |
    When the history is imported
    Then 0 facts are recorded, 0 passed over and 1 refused
    And these lines are refused:
      | line | because                                       |
      | 2    | there is no person 'Zoe' in this organisation |
    And the record shows:
      | as of  | people |
      | 12 Mar | 0      |

  Scenario: Whoever keeps going has all that holds, and the refused lines to mend
    Given a history of the old register:
      | line | on     | says                         |
      | 1    | 10 Mar | Ann joins Service            |
      | 2    | 11 Mar | Zoe commits to the vision    |
      | 3    | 12 Mar | Ann commits to the vision    |
    When the history is imported, keeping going
    Then 3 facts are recorded, 0 passed over and 1 refused
    And these lines are refused:
      | line | because                                       |
      | 2    | there is no person 'Zoe' in this organisation |
    And the record shows:
      | as of  | people | people committed |
      | 12 Mar | 1      | 1                |

  Scenario: The refused lines are mended and imported in their turn
    Given a history of the old register:
      | line | on     | says                         |
      | 1    | 10 Mar | Ann joins Service            |
      | 2    | 11 Mar | Zoe commits to the vision    |
      | 3    | 12 Mar | Ann acknowledges the strategy |
    And the history is imported, keeping going
    When the refused lines are imported with Ann in the place of Zoe
    Then 1 fact is recorded, 0 passed over and 0 refused
    And the record shows:
      | as of  | people | people committed | acknowledged |
      | 12 Mar | 1      | 1                | 1            |

  Scenario: A line may speak only of what came before it
    Given a history of the old register:
      | line | on     | says                      |
      | 1    | 12 Mar | Ann commits to the vision |
      | 2    | 10 Mar | Ann joins Service         |
    When the history is imported
    Then these lines are refused:
      | line | because                                       |
      | 1    | there is no person 'Ann' in this organisation |

  Scenario: A line that comes again with other content is refused
    Given a history of the old register:
      | line | on     | says                       |
      | 1    | 10 Mar | Ann joins Service          |
      | 2    | 12 Mar | Ann commits to the vision  |
    And the history is imported
    And a history of the old register:
      | line | on     | says                       |
      | 1    | 10 Mar | Ann joins Service          |
      | 2    | 13 Mar | Ann commits to the vision  |
    When the history is imported
    Then these lines are refused:
      | line | because                                                              |
      | 2    | the line '2' of this source was imported already, with other content |

  Scenario: What was said for somebody else counts apart
    Given a history of the old register:
      | line | on     | says                               |
      | 1    | 10 Mar | Ann joins Service                  |
      | 2    | 10 Mar | Bob joins Service                  |
      | 3    | 12 Mar | Bob, for Ann, commits to the vision |
    When the history is imported
    Then the record shows:
      | as of  | current | on behalf |
      | 12 Mar | 0       | 1         |

  Scenario: A file that was cut off is not taken for a whole one
    Given a history of the old register:
      | line | on     | says                       |
      | 1    | 10 Mar | Ann joins Service          |
      | 2    | 12 Mar | Ann commits to the vision  |
    And the file was cut off in its last line
    When the history is imported
    Then these lines are refused:
      | line | because                                 |
      |      | the file ends in the middle of this line |
    And the record shows:
      | as of  | people |
      | 12 Mar | 0      |
