"""What follows from the condition review of May 2026: two planned gaps, two programmes, and who can do what."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.people import SPONSOR, Staff
from adapters.sample.tidewater.people import STRATEGIST
from adapters.sample.tidewater.strategy import CURRENT

REVIEW = "conditions-may-2026"


def tell(history: History, staff: Staff) -> None:
    """Planned in June, held in summer; one session of training is entered three weeks late."""
    say, field = history.say, staff.of("tw-east", "2026-07-06")
    for gap, unit, condition, desired, who in (
        ("rewards", "tidewater", "systems", "bonuses follow the criteria, not the pieces sold", "vala-restad"),
        ("vows-in-field", "tw-field", "commitment", "every team has spoken about its part", "thea-morland"),
    ):
        said = {"review": REVIEW, "unit": unit, "condition": condition, "desired": desired, "accountable": who}
        say("gap.planned", "2026-06-01 10:00", gap=gap, by_when="2026-09-30", actor=SPONSOR, **said)
    for programme, kind, title, who, gap in (
        ("new-bonus", "reward", "A bonus that follows the criteria", "vala-restad", "rewards"),
        ("crews-school", "development", "Working with crews that are not ours", "thea-morland", "vows-in-field"),
    ):
        say(
            "programme.planned",
            "2026-06-08 10:00",
            programme=programme,
            strategy=CURRENT,
            kind=kind,
            title=title,
            person=who,
            by_when="2026-09-30",
            gaps=[gap],
            elements=["bet-partners"],
            units=["tw-field"] if kind == "development" else None,
            actor=SPONSOR,
        )
    for day, entered, people in (("2026-07-06", None, field[:15]), ("2026-07-20", "2026-08-10 09:00", field[10:28])):
        say(
            "programme.held",
            f"{day} 13:00",
            entered=entered,
            reason="the list was in the crews' van" if entered else None,
            programme="crews-school",
            title="Two crews, one hole",
            participants=[each.key for each in people],
            actor="thea-morland",
        )
    said = {"capability": "joint-repair", "strategy": CURRENT, "title": "Repair with a utility's crew"}
    needed = {"elements": ["bet-partners"], "units": ["tw-east"]}
    say("capability.needed", "2026-06-08 11:00", actor=STRATEGIST, **said, **needed)
    for person in field[:12]:
        say(
            "capability.shown",
            "2026-07-27 10:00",
            capability="joint-repair",
            party={"person": person.key},
            source="test of the crews' school",
            actor="thea-morland",
        )
