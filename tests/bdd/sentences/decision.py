"""Decisions: taken between alternatives, reversed."""

from __future__ import annotations

import re

from tests.bdd.grammar import BY, NAME, Part, Parts, listed, sentence
from tests.bdd.world import Fields, World

QUOTED = r'"[^"]+"'


@sentence(
    rf'{BY} decides(?: for (?P<unit>{NAME}))? on "(?P<matter>[^"]+)" '
    rf'between (?P<ways>{QUOTED}(?:, {QUOTED})*(?: and {QUOTED})?): "(?P<chosen>[^"]+)"(?:, by the (?P<drivers>.+))?'
)
def decided(world: World, by: str, unit: str | None, matter: str, ways: str, chosen: str, drivers: str | None) -> Parts:
    fields: Fields = {
        "decision": matter,
        "matter": matter,
        "alternatives": [{"id": each, "text": each.title()} for each in re.findall(r'"([^"]+)"', ways)],
        "chosen": chosen,
        "strategy": world.strategy,
    }
    if drivers:
        fields["applies"] = listed(drivers)
    if unit:
        fields["unit"] = unit
    yield Part(topic="decision.taken", fields=fields, by=by)


@sentence(rf'{BY} reverses the decision on "(?P<matter>[^"]+)"')
def undone(world: World, by: str, matter: str) -> Parts:
    yield Part(topic="decision.reversed", fields={"decision": matter}, by=by)
