"""Ninety days at Product Care from 2 March 2026: three actions a month, one entered late and one moved."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.people import Staff

GOAL, UNIT, LEAD = "care-by-noon", "tw-care", "asta-brim"

ACTIONS = (
    ("care-list", "The night's reports lie sorted on the desk at seven", 1, "2026-04-01", "2026-03-27", None),
    ("care-phone", "One number for all utilities", 2, "2026-04-01", "2026-03-31", None),
    ("care-words", "Ten answers in plain words", 3, "2026-04-01", "2026-03-30", "2026-04-06"),
    ("care-noon", "A clock on the wall counts what is open at noon", 4, "2026-05-01", "2026-04-29", None),
    ("care-relief", "Somebody answers during the lunch break", 5, "2026-05-01", "2026-05-12", None),
    ("care-night", "Night Readings say what they saw before they go home", 6, "2026-05-31", None, None),
)  # fmt: skip
"""Key, title, whose (by number in the team), by when, when done, when that was entered."""


def tell(history: History, staff: Staff) -> None:
    """Planned together on one day."""
    team = staff.of(UNIT, "2026-03-02")
    for key, title, number, by_when, done, entered in ACTIONS:
        history.say(
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
            history.say(
                "action.done",
                f"{done} 16:00",
                entered=f"{entered} 09:00" if entered else None,
                action=key,
                actor=team[number].key,
            )
    history.say("action.changed", "2026-05-28 10:00", action="care-night", by_when="2026-06-30", actor=LEAD)
    history.say("action.dropped", "2026-07-01 10:00", action="care-night", actor=LEAD)
