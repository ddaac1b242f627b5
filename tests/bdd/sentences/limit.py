"""Limits on priorities, principles and KPIs; what is to be gone; and whether a competitor could sign the future."""

from __future__ import annotations

from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, sentence
from tests.bdd.sentences.strategy import ELEMENT, changed
from tests.bdd.world import World

LEVELS = {"the organisation": "organisation", "each team": "unit", "each person": "person"}
KINDS = {"priorities": "priority", "principles": "principle", "KPIs": "kpi"}


@sentence(
    rf"{BY} limits "
    rf"(?P<whom>the organisation|each team|each person|the team (?P<unit>{NAME})|the person (?P<person>{NAME})) "
    rf"to (?P<most>\d+) "
    rf"(?P<kind>{'|'.join(KINDS)})"
)
def limited(world: World, by: str, whom: str, unit: str | None, person: str | None, most: str, kind: str) -> Parts:
    one = {"unit": unit} if unit else {"person": person} if person else {}
    fields = {"level": LEVELS.get(whom, "person" if person else "unit"), "kind": KINDS[kind], "most": int(most), **one}
    yield Part(topic="limit.set", fields=fields, by=by)


@sentence(rf"{BY} wants {ELEMENT} to be gone by (?P<due>{DAY})")
def gone_by(world: World, by: str, element: str, due: str) -> Parts:
    yield from changed(world, by, element, {"due": day(due).isoformat()})


@sentence(
    rf"(?P<person>{NAME}) says that a competitor could (?P<no>not )?sign {ELEMENT}(?: of revision (?P<number>\d+))?"
)
def could_sign(world: World, person: str, no: str | None, element: str, number: str | None) -> Parts:
    fields = {"strategy": world.strategy, "element": element, "could_sign": no is None, "person": person}
    yield Part(topic="strategy.tested", fields={**fields, **({"revision": int(number)} if number else {})}, by=person)
