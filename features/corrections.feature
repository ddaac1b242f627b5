Feature: Late entries and corrections are newer words on the record, and nothing is overwritten
  What was said stays readable with every word on it. What is learned late counts from when it happened, and for every
  day it can be told what was known then.

  Background:
    Given an organisation with the teams Service
    And these people:
      | person | home    |
      | Ann    | Service |
      | Bob    | Service |
      | Eve    | Service |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind   | text           |
      | vision  | vision | The first call |
    And the goal "Answer faster" of Service, supporting the vision is proposed on 1 Apr

  Rule: Late entries

    Scenario: What is entered exactly seven days late needs no reason
      When Ann commits to the vision on 29 Apr, entered on 6 May
      Then the record shows:
        | as of  | known on | current |
        | 29 Apr | 5 May    | 0       |
        | 29 Apr | 6 May    | 1       |

    Scenario: What is entered later than that needs a reason
      When Ann commits to the vision on 28 Apr, entered on 6 May
      Then it is refused: "this happened 8 days ago, more than the grace period of 7 days, so a reason is required"

    Scenario: With a reason it is entered
      When Ann commits to the vision on 28 Apr, entered on 6 May, because "the sheet lay in a drawer"
      Then what is known of 'Ann commits to the vision' reads:
        | fact | the sheet lay in a drawer |

  Rule: Corrections

    Scenario: A correction needs a reason
      Given Ann commits to the vision on 10 Apr
      When on 20 Apr The office corrects 'Ann commits to the vision' to 12 Apr
      Then it is refused: "a correction needs a reason"

    Scenario: A corrected day counts for every day from the moment it is known
      Given Ann commits to the vision on 10 Apr
      When on 20 Apr Ann corrects 'Ann commits to the vision' to 12 Apr, because "the meeting was on Sunday"
      Then the record shows:
        | as of  | known on | current |
        | 10 Apr | 19 Apr   | 1       |
        | 10 Apr | 20 Apr   | 0       |
        | 12 Apr | 20 Apr   | 1       |

    Scenario: A corrected level
      Given Ann commits to the vision on 10 Apr
      When on 20 Apr Ann corrects 'Ann commits to the vision' to 'Ann commits to the vision at the level "on condition"', because "she had asked for a second pair of hands"
      Then the record shows:
        | as of  | known on | people committed |
        | 10 Apr | 19 Apr   | 1                |
        | 10 Apr | 20 Apr   | 0                |

    Scenario: Why a figure for one and the same day was restated
      Given Ann commits to the vision on 10 Apr
      And Bob commits to the vision on 12 Apr, entered on 5 May, because "the sheet lay in a drawer"
      And Eve commits to the vision on 13 Apr, entered on 6 May, because "she was on leave"
      When on 7 May Ann corrects 'Ann commits to the vision' to 2 May, because "the meeting was put off"
      Then on 30 Apr "current" reads 1 as known on 30 Apr and 2 as known on 8 May, because of:
        | what        | reason                    | from | to |
        | late fact   | the sheet lay in a drawer | 1    | 2  |
        | late fact   | she was on leave          | 2    | 3  |
        | replacement | the meeting was put off   | 3    | 2  |

    Scenario: A correction is itself corrected
      Given Ann commits to the vision on 10 Apr
      And on 20 Apr Ann corrects 'Ann commits to the vision' to 12 Apr, because "the meeting was on Sunday"
      When on 25 Apr Ann corrects 'Ann commits to the vision' to 11 Apr, because "no, on Saturday"
      Then the record shows:
        | as of  | known on | current |
        | 11 Apr | 19 Apr   | 1       |
        | 11 Apr | 24 Apr   | 0       |
        | 11 Apr | 25 Apr   | 1       |
      And what is known of 'Ann commits to the vision' reads:
        | fact        |                            |
        | replacement | the meeting was on Sunday  |
        | replacement | no, on Saturday            |

    Scenario: A correction is undone by correcting again
      Given Ann commits to the vision on 10 Apr
      And on 20 Apr Ann takes back 'Ann commits to the vision', because "it was Eve who said so"
      When on 25 Apr Ann corrects 'Ann commits to the vision' to 10 Apr, because "it was Ann after all"
      Then the record shows:
        | as of  | known on | current |
        | 10 Apr | 19 Apr   | 1       |
        | 10 Apr | 20 Apr   | 0       |
        | 10 Apr | 25 Apr   | 1       |
      And what is known of 'Ann commits to the vision' reads:
        | fact        |                         |
        | retraction  | it was Eve who said so  |
        | replacement | it was Ann after all    |

    Scenario: What was taken back cannot be taken back twice
      Given Ann commits to the vision on 10 Apr
      And on 20 Apr Ann takes back 'Ann commits to the vision', because "it was Eve who said so"
      When on 21 Apr Ann takes back 'Ann commits to the vision', because "it was Eve who said so"
      Then it is refused: "was retracted already"

    Scenario: What later statements rest on cannot be taken away from under them
      Given Ann commits to the vision on 10 Apr
      And Ann restates the commitment to the vision at the level "on condition" on 14 Apr
      When on 20 Apr Ann takes back 'Ann commits to the vision', because "it was Eve who said so"
      Then it is refused: "would no longer hold: no commitment stands here at that instant"

    Scenario: The same total, other people
      Given Ann and Bob each: commits to the vision on 10 Apr
      When Eve commits to the vision on 10 Apr, entered on 20 Apr, because "the sheets were mixed up"
      And on 20 Apr Bob takes back 'Bob commits to the vision', because "the sheets were mixed up"
      Then on 10 Apr, as known on 19 Apr, "people committed" counts Ann and Bob
      And on 10 Apr, as known on 20 Apr, "people committed" counts Ann and Eve

    Scenario: A person's record tells all that stands about them, as it was known
      Given Ann is asked to decide on the goal "Answer faster", by 30 Apr on 2 Apr
      And Ann acknowledges the strategy on 3 Apr
      And Ann commits to the vision on 10 Apr
      And Ann commits to the goal "Answer faster" on 8 Apr, entered on 12 Apr
      When on 20 Apr Ann takes back 'Ann commits to the vision', because "it was Eve who said so"
      Then the record of Ann holds:
        | as of  | known on | commitments | acknowledgements | duties |
        | 1 Apr  | 20 Apr   | 0           | 0                | 0      |
        | 10 Apr | 10 Apr   | 1           | 1                | 1      |
        | 10 Apr | 12 Apr   | 2           | 1                | 1      |
        | 10 Apr | 20 Apr   | 1           | 1                | 1      |

    Scenario: A statement to what did not exist yet has no effect, and is listed
      Given Ann commits to the goal "Answer faster" on 3 Apr
      When on 20 Apr The office corrects 'the goal "Answer faster" of Service, supporting the vision is proposed' to 5 Apr, because "it was only talked about before"
      Then the record shows:
        | as of  | known on | current | without effect |
        | 10 Apr | 19 Apr   | 1       | 0              |
        | 10 Apr | 20 Apr   | 0       | 1              |
