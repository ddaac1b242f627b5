Feature: What people need to know is at hand
  An organisation taps into its employees' knowledge: it is captured, tied to the strategy, to the stages of the client's
  buying process or of enrolment, and to roles. What sellers need at each stage is said, and where there is nothing, it
  shows. A five-minute conversation becomes a high-value one when what matters is available in an instant, even what one
  was unaware of; and the hours a week that went into looking for it are saved.

  Background:
    Given an organisation with the teams Sales and Service
    And these people:
      | person | home    | who                           |
      | Ann    | Sales   |                               |
      | Dan    | Sales   |                               |
      | Bob    | Service |                               |
      | Cleo   | Service | is a strategist, is a sponsor |
      | Ada    | Service | is an auditor                 |
    And the strategy Growth, in force since 3 Mar, says:
      | element | kind    | text                         | accountable |
      | vision  | vision  | The first call               |             |
      | depots  | big bet | Depots where our clients are | Bob         |

  Rule: Know-how is captured in versions, and each can be read as of any day

    Scenario: A revised item, and what it said before
      Given Ann captures "Rental terms": "Vans are rented by the day." for the depots on 5 Mar
      When Ann revises "Rental terms" to "Vans are rented by the hour." on 10 Mar, entered on 12 Mar
      Then Bob reads "Rental terms":
        | as of  | known on | version | text                         |
        | 9 Mar  | 31 Mar   | 1       | Vans are rented by the day.  |
        | 10 Mar | 11 Mar   | 1       | Vans are rented by the day.  |
        | 10 Mar | 12 Mar   | 2       | Vans are rented by the hour. |
      And of "Rental terms" version 1 still reads to Bob "Vans are rented by the day."

    Scenario: A wrong version is corrected, and what was read can still be shown
      Given Ann captures "Rental terms": "Vans are rented by the day." for the depots on 5 Mar
      When on 20 Mar Ann corrects 'Ann captures "Rental terms": "Vans are rented by the day." for the depots' to 'Ann captures "Rental terms": "Vans are rented by the week." for the depots', because "the price list says week"
      Then Bob reads "Rental terms":
        | as of | known on | version | text                         |
        | 5 Mar | 19 Mar   | 1       | Vans are rented by the day.  |
        | 5 Mar | 20 Mar   | 1       | Vans are rented by the week. |

    Scenario: Somebody else's item is not revised by a colleague
      Given Ann captures "Rental terms": "Vans are rented by the day." for the depots on 5 Mar
      When Bob revises "Rental terms" to "Vans are free." on 10 Mar
      Then it is refused: "may not do this: knowledge.revised"

    Scenario: An item that was retired is found no more, and stays on the record
      Given Ann captures "Rental terms": "Vans are rented by the day." for the depots on 5 Mar
      When Ann retires "Rental terms" on 20 Mar
      Then Bob finds:
        | looking for | as of  | found        |
        | vans        | 19 Mar | Rental terms |
        | vans        | 20 Mar | nothing      |
      And Bob reads "Rental terms":
        | as of  | known on | version | text                        |
        | 20 Mar | 31 Mar   | 1       | Vans are rented by the day. |

  Rule: It is found in an instant, as it stood then

    Scenario: By any form of the word, in the language of the text
      Given Ann captures "Rental terms": "Vans are rented by the day." for the depots on 5 Mar
      And Ann captures in German "Mietpreise": "Die Preise der Häuser stehen fest." for the depots on 5 Mar
      Then Bob finds:
        | looking for         | as of | found        |
        | renting             | 6 Mar | Rental terms |
        | the van             | 6 Mar | Rental terms |
        | "rented by the day" | 6 Mar | Rental terms |
        | "day rented"        | 6 Mar | nothing      |
        | van -day            | 6 Mar | nothing      |
        | boats or vans       | 6 Mar | Rental terms |
        | Preis               | 6 Mar | Mietpreise   |
        | terms               | 4 Mar | nothing      |

    Scenario: The title counts for more than the text
      Given Ann captures "Prices": "What a van costs." for the depots on 5 Mar
      And Ann captures "Vans": "What there is to rent, and where." for the depots on 5 Mar
      Then Bob finds:
        | looking for | as of | found             |
        | van         | 6 Mar | Vans, then Prices |

    Scenario: What was found is marked, and nothing else of a text is markup
      Given Ann captures "Rental <b>terms</b>": "Vans & boats <script>alert(1)</script> are rented" for the depots on 5 Mar
      Then looking for "boats" on 6 Mar, Bob is shown "Vans &amp; <mark>boats</mark> &lt;script&gt;alert(1)&lt;/script&gt; are rented"
      And looking for "script" on 6 Mar, Bob is shown "Vans &amp; boats &lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; are rented"

    Scenario: What one team captured for itself is found by nobody else
      Given Ann captures for Sales "Discounts": "How far we go with a van." for the depots on 5 Mar
      Then Dan finds:
        | looking for | as of | found     |
        | van         | 6 Mar | Discounts |
      And Bob finds:
        | looking for | as of | found   |
        | van         | 6 Mar | nothing |

    Scenario: What was learned later is not found earlier
      Given Ann captures "Rental terms": "Vans are rented by the day." for the depots on 5 Mar, entered on 8 Mar
      Then Bob finds:
        | looking for | as of | known on | found        |
        | van         | 6 Mar | 7 Mar    | nothing      |
        | van         | 6 Mar | 8 Mar    | Rental terms |

  Rule: What each role needs at each stage is said, and the holes show

    Scenario: A hole closes when something is captured for the role and the stage
      Given in "sales" at "evaluation" people need "what others pay" on 5 Mar
      And in "sales" at "closing" people need "who signs" on 5 Mar
      And in "leads" at "possibility" people need "how to ask openly" on 5 Mar
      When Ann captures "Prices": "What a van costs elsewhere." for "sales" at "evaluation" on 10 Mar
      Then Ada is shown these needs:
        | as of  | role  | stage       | of        | items | hole |
        | 9 Mar  | leads | possibility | enrolment | 0     | yes  |
        | 9 Mar  | sales | closing     | buying    | 0     | yes  |
        | 9 Mar  | sales | evaluation  | buying    | 0     | yes  |
        | 10 Mar | leads | possibility | enrolment | 0     | yes  |
        | 10 Mar | sales | closing     | buying    | 0     | yes  |
        | 10 Mar | sales | evaluation  | buying    | 1     | no   |

    Scenario: What there is for each element of the strategy
      Given Ann captures "Rental terms": "Vans are rented by the day." for the depots on 5 Mar
      Then Ada is shown about knowledge:
        | as of | known on | items for the vision | items for the depots |
        | 4 Mar | 31 Mar   | 0                    | 0                    |
        | 5 Mar | 31 Mar   | 0                    | 1                    |

  Rule: Whether people knew of it, and what it saves, is told

    Scenario: A share of the uses was of what people had not known to exist
      Given Ann captures "Rental terms": "Vans are rented by the day." for the depots on 5 Mar
      When Bob uses "Rental terms", found by search, and did not know of it on 10 Mar
      And Dan uses "Rental terms" on 11 Mar
      And Dan uses "Rental terms", found by search, and did not know of it on 12 Mar, entered on 15 Mar
      Then Ada is shown about knowledge:
        | as of  | known on | uses | by people | did not know | share  |
        | 10 Mar | 31 Mar   | 1    | 1         | 1            | 100.00 |
        | 12 Mar | 14 Mar   | 2    | 2         | 1            | 50.00  |
        | 12 Mar | 15 Mar   | 3    | 2         | 2            | 66.67  |

    Scenario: Hours a week against the baseline, team by team
      Given Ann looks for things 6 hours a week on 5 Mar
      And Dan looks for things 5.5 hours a week on 5 Mar
      And Bob looks for things 3 hours a week on 5 Mar
      When Ann looks for things 2 hours a week on 1 Apr
      And Dan looks for things 1.5 hours a week on 2 Apr
      And Bob looks for things 3.5 hours a week on 3 Apr
      Then Ada is shown the time saved:
        | as of  | in      | stated | n | baseline | latest | mean  | total |
        | 31 Mar | Sales   | 2      | 0 |          |        |       | 0     |
        | 1 Apr  | Sales   | 2      | 1 | 6.00     | 2.00   | 4.00  | 4     |
        | 2 Apr  | Sales   | 2      | 2 | 5.75     | 1.75   | 4.00  | 8.0   |
        | 3 Apr  | Service | 1      | 1 | 3.00     | 3.50   | -0.50 | -0.5  |
        | 3 Apr  | all     | 3      | 3 | 4.83     | 2.33   | 2.50  | 7.5   |

    Scenario: Who moved counts where they are, and who left counts no more
      Given Ann looks for things 6 hours a week on 5 Mar
      And Ann looks for things 2 hours a week on 1 Apr
      When Ann leaves the organisation on 1 May
      Then Ada is shown the time saved:
        | as of  | in  | stated | n | baseline | latest | mean | total |
        | 30 Apr | all | 1      | 1 | 6.00     | 2.00   | 4.00 | 4     |
        | 1 May  | all | 0      | 0 |          |        |      | 0     |

    Scenario: One person's hours are no business of who may not see them
      Given Ann looks for things 6 hours a week on 5 Mar
      And Ann looks for things 2 hours a week on 1 Apr
      Then to Dan the time saved in Sales by one person is not told

  Rule: What nobody looks at gets stale, and shows

    Scenario: A day of review passes, and its keeper owes it
      Given Ann captures "Rental terms": "Vans are rented by the day." for the depots on 5 Mar
      And Ann says that "Rental terms" is to be looked at by 31 Mar on 5 Mar
      When Ann says that "Rental terms" is to be looked at by 30 Jun on 10 Apr
      Then Ada is shown about knowledge:
        | as of  | known on | stale | nobody keeps |
        | 31 Mar | 30 Apr   | 0     | 0            |
        | 1 Apr  | 30 Apr   | 1     | 0            |
        | 10 Apr | 30 Apr   | 0     | 0            |
      And Ann owes:
        | as of  | what      | overdue |
        | 30 Mar | nothing   |         |
        | 31 Mar | an action | no      |
        | 1 Apr  | an action | yes     |

    Scenario: The keeper leaves
      Given Ann captures "Rental terms": "Vans are rented by the day." for the depots on 5 Mar
      When Ann leaves the organisation on 1 May
      Then Ada is shown about knowledge:
        | as of  | known on | stale | nobody keeps |
        | 30 Apr | 31 May   | 0     | 0            |
        | 1 May  | 31 May   | 0     | 1            |
