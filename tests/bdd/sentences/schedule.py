"""Schedules: set, set anew, ended."""

from __future__ import annotations

from tests.bdd.driver import first_instant
from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, sentence
from tests.bdd.sentences.review import TITLE
from tests.bdd.world import Fields, World


@sentence(
    rf'{BY} lets the (?P<kind>[a-z ]+) {TITLE} recur by "(?P<rule>[^"]+)" from (?P<start>{DAY}), '
    rf"for (?P<days>\d+) days, asking (?P<unit>{NAME})(?P<confided> in confidence)?"
)
def recurs(
    world: World, by: str, kind: str, title: str, rule: str, start: str, days: str, unit: str, confided: str | None
) -> Parts:
    fields: Fields = {
        "schedule": title,
        "kind": kind.replace(" ", "_"),
        "title": title,
        "strategy": world.strategy,
        "questionnaire": "health-check",
        "rule": rule,
        "starts": first_instant(day(start)).isoformat(),
        "open_days": int(days),
        "unit": unit,
    }
    if confided:
        fields |= {"mode": "confidential", "reported_back_days": 7}
    yield Part(topic="schedule.set", fields=fields, by=by)


@sentence(rf"{BY} ends the schedule {TITLE}")
def ended(world: World, by: str, title: str) -> Parts:
    yield Part(topic="schedule.ended", fields={"schedule": title}, by=by)
