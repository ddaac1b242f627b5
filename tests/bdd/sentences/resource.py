"""Money and people: planned for a bet, a goal or a let-go, and spent on it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.bdd.grammar import BY, NAME, TARGET, YEAR, Part, Parts, sentence
from tests.bdd.world import Fields, World

HOW_MUCH = r"(?P<amount>[\d.]+ [A-Z]{3})?(?: and )?(?P<people>[\d.]+ people)?"
PERIOD = r"(?P<period>Q[1-4]|the year)"


@sentence(rf"{BY} plans(?: for (?P<unit>{NAME}))? {HOW_MUCH} for {TARGET} in {PERIOD}")
def planned(world: World, **said: str | None) -> Parts:
    yield Part(topic="resource.planned", fields=_fields(world, said), by=said["by"])


@sentence(rf"{BY} spends(?: for (?P<unit>{NAME}))? {HOW_MUCH} on {TARGET} in {PERIOD}")
def spent(world: World, **said: str | None) -> Parts:
    yield Part(topic="resource.spent", fields=_fields(world, said), by=said["by"])


def _fields(world: World, said: dict[str, str | None]) -> Fields:
    begins, ends = _period(said["period"] or "")
    target = world.target(said["target"] or "")
    fields: Fields = {**target, "begins": begins.isoformat(), "ends": ends.isoformat()}
    if "goal" not in target:
        fields["strategy"] = world.strategy
    if said["amount"]:
        fields["amount"], fields["currency"] = said["amount"].split()
    if said["people"]:
        fields["full_time"] = said["people"].removesuffix(" people")
    if said["unit"]:
        fields["unit"] = said["unit"]
    return fields


def _period(name: str) -> tuple[date, date]:
    if not re.fullmatch(r"Q[1-4]", name):
        return date(YEAR, 1, 1), date(YEAR, 12, 31)
    quarter = int(name[1])
    after = date(YEAR, 3 * quarter + 1, 1) if quarter < 4 else date(YEAR + 1, 1, 1)
    return date(YEAR, 3 * quarter - 2, 1), after - timedelta(days=1)
