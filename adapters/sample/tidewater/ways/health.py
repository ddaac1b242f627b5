"""Two short health checks among Tidewater's heads, trust between its functions included; and a vendor's figures."""

from __future__ import annotations

from adapters.sample.history import History, Value
from adapters.sample.people import SPONSOR, STRATEGIST, Chance, Person, Staff
from adapters.sample.tidewater.people import PLACES
from adapters.sample.tidewater.strategy import CURRENT

FUNCTIONS = ("tw-make", "tw-engineer", "tw-market", "tw-field")
TRUSTED = {"tw-make": (4, 4, 5), "tw-engineer": (3, 4, 4), "tw-market": (2, 3, 4), "tw-field": (3, 4, 5)}
SCHEDULE = "heads-half-yearly"
"""Every first Monday of October and April; in April 2026 nobody held it."""
CHECKS = (
    ("health-2025", "2025-10-06", "2025-10-18", (2, 3, 4)),
    ("health-2026", "2026-10-05", "2026-10-17", (3, 4, 5)),
)
ASKED = ("direction", "daily", "means", "decisions", "fires", "together")


def tell(history: History, staff: Staff, chance: Chance) -> None:
    """What the heads answer, and what a vendor says others answered."""
    history.say(
        "schedule.set",
        "2025-09-22 10:00",
        schedule=SCHEDULE,
        kind="health_check",
        title="Health check of the heads",
        strategy=CURRENT,
        questionnaire="health-check",
        rule="FREQ=MONTHLY;INTERVAL=6;BYDAY=1MO",
        starts="2025-10-06T09:00:00+02:00",
        open_days=12,
        unit="tidewater",
        readers=[SPONSOR],
        trusted_units=list(FUNCTIONS),
        actor=SPONSOR,
    )
    for review, opens, closes, scores in CHECKS:
        people = [each for each in staff.present(opens) if each.rank in {"director", "manager"}]
        history.say(
            "review.opened",
            f"{opens} 09:00",
            review=review,
            kind="health_check",
            title=f"Health check, {opens[:4]}",
            strategy=CURRENT,
            revision=2,
            questionnaire="health-check",
            participants=[each.key for each in people],
            closes=closes,
            readers=[SPONSOR],
            trusted_units=list(FUNCTIONS),
            groups=[{"name": each, "people": _under(each, opens, people)} for each in FUNCTIONS],
            schedule=SCHEDULE,
            occurrence=f"{opens}T09:00:00+02:00",
            actor=SPONSOR,
        )
        for person in people:
            at, answers = chance.working_moment(opens, f"{closes[:8]}{int(closes[8:]) - 2:02}"), dict[str, Value]()
            for question in ASKED:
                answers[question] = {"score": chance.pick(scores)}
            for number, unit in enumerate(FUNCTIONS, 1):
                answers[f"trust-{number}"] = {"score": chance.pick(TRUSTED[unit])}
            history.say("review.answered", at, review=review, person=person.key, answers=answers, actor=person.key)
        last = f"{closes[:8]}{int(closes[8:]) - 1:02}"
        history.say("review.closed", f"{last} 18:00", review=review, actor=SPONSOR)
        history.say("review.published", f"{last} 19:00", review=review, edition=1, actor=SPONSOR)
    history.say(
        "benchmark.loaded",
        "2026-10-19 10:00",
        benchmark="vendor-2025",
        title="Four hundred firms, 2025",
        source="leaflet of a vendor",
        dated="2025-12-31",
        lowest=1,
        highest=5,
        values=[
            {"question": "direction", "wording": "I know what our strategy asks of my work.", "measure": "mean",
             "value": "3.4"},
            {"question": "fires", "wording": "We spend our days on what is urgent.", "measure": "mean", "value": "2.9"},
        ],
        actor=STRATEGIST,
    )  # fmt: skip


def _under(unit: str, day: str, people: list[Person]) -> list[str]:
    """Those of the people who sit in a unit, or in a team below it."""
    teams = {unit, *(place.key for place in PLACES if place.parent == unit)}
    return [each.key for each in people if each.home(day) in teams]
