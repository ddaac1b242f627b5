"""Ninety days at Product Care from 2 March 2026: three actions a month, one entered late and one moved."""

from __future__ import annotations

from adapters.sample.commitments import COMMITTED, ON_CONDITION, Commitments
from adapters.sample.history import History
from adapters.sample.people import Staff
from adapters.sample.tidewater.strategy import CURRENT

GOAL, UNIT, LEAD = "noon-in-ninety-days", "tw-care", "asta-brim"

ACTIONS = (
    ("care-list", "The night's reports lie sorted on the desk at seven", 1, "2026-04-01", "2026-03-27", None),
    ("care-phone", "One number for all utilities", 2, "2026-04-01", "2026-03-31", None),
    ("care-words", "Ten answers in plain words", 3, "2026-04-01", "2026-03-30", "2026-04-06"),
    ("care-noon", "A clock on the wall counts what is open at noon", 4, "2026-05-01", "2026-04-29", None),
    ("care-relief", "Somebody answers during the lunch break", 5, "2026-05-01", "2026-05-12", None),
    ("care-night", "Night Readings say what they saw before they go home", 6, "2026-05-31", None, None),
)  # fmt: skip
"""Key, title, whose (by number in the team), by when, when done, when that was entered."""


def tell(history: History, staff: Staff, commitments: Commitments) -> None:
    """Planned together on one day; twelve of sixteen take it on, one of them entered three weeks later."""
    team, say = staff.of(UNIT, "2026-03-02"), history.say
    say(
        "goal.proposed",
        "2026-03-02 09:00",
        goal=GOAL,
        strategy=CURRENT,
        title="Nine reports of ten are answered by noon",
        unit=UNIT,
        supports=["care-by-noon"],
        accountable=LEAD,
        start="2026-03-02",
        within_days=90,
        actor=LEAD,
    )
    say("goal.accepted", "2026-03-02 09:30", goal=GOAL, actor=LEAD)
    for key, title, number, by_when, done, entered in ACTIONS:
        say(
            "action.planned",
            "2026-03-02 10:00",
            action=key,
            title=title,
            goal=GOAL,
            unit=UNIT,
            person=team[number].key,
            by_when=by_when,
            actor=LEAD,
        )
        if done is not None:
            say(
                "action.done",
                f"{done} 16:00",
                entered=f"{entered} 09:00" if entered else None,
                action=key,
                actor=team[number].key,
            )
    for number, person in enumerate(team[:12]):
        late = number == 11
        made = commitments.make(
            person.key,
            GOAL,
            COMMITTED,
            f"2026-03-{3 + number % 4:02} {9 + number % 6:02}:15",
            strategy=CURRENT,
            by_when="2026-05-31",
            entered="2026-03-26 09:00" if late else None,
            reason="said on the phone from the training" if late else None,
        )
        commitments.end(made, "fulfilled" if number < 10 else "missed", f"2026-06-{1 + number % 5:02} 15:00")
    commitments.make(UNIT, GOAL, ON_CONDITION, "2026-03-06 16:00", strategy=CURRENT, by_when="2026-05-31")
    say("goal.achieved", "2026-07-02 10:00", goal=GOAL, actor=LEAD)
    say("action.changed", "2026-05-28 10:00", action="care-night", by_when="2026-06-30", actor=LEAD)
    say("action.dropped", "2026-07-01 10:00", action="care-night", actor=LEAD)
