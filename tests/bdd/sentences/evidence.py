"""Evidence: what shows whether the strategy's claims hold; and what elements say of clients and alternatives."""

from __future__ import annotations

import re

from tests.bdd.grammar import BY, DAY, Part, Parts, day, sentence
from tests.bdd.sentences.strategy import ELEMENT, QUOTED, changed
from tests.bdd.world import Fields, World

BEARS = r"(?:, (?P<bears>for|against) the claim)?"
SOURCE = rf'(?:, seen by (?P<observed>{DAY}))?, from "(?P<source>[^"]+)"'
SEEN = {
    "what we do": ("behavioural", "conduct"),
    "what is perceived": ("stated", "perception"),
    "what clients say": ("stated", "testimonials"),
    "what clients do": ("behavioural", "repeat_business"),
}
COUNTED = {"referrals": "behavioural", "testimonials": "stated"}


@sentence(
    rf"{BY} says that {ELEMENT} makes us (?P<edge>[a-z ]+) than (?P<others>.+?)(?:, for the (?P<profile>[a-z ]+))?"
)
def sets_apart(world: World, by: str, element: str, edge: str, others: str, profile: str | None) -> Parts:
    said: Fields = {"edge": edge, "apart_from": re.findall(r'"([^"]+)"', others)}
    yield from changed(world, by, element, {**said, **({"profiles": [profile]} if profile else {})})


@sentence(rf"{BY} wants {ELEMENT} to see us as {QUOTED}")
def wanted(world: World, by: str, element: str, text: str) -> Parts:
    yield from changed(world, by, element, {"seen_as": text})


@sentence(
    rf"{BY} records of {ELEMENT} a win rate of (?P<count>\d+) of (?P<of>\d+)(?P<majority> with the majority)?"
    rf"{BEARS}{SOURCE}"
)
def won(
    world: World,
    by: str,
    element: str,
    count: str,
    of: str,
    majority: str | None,
    bears: str | None,
    source: str,
    observed: str | None,
) -> Parts:
    said = {"kind": "behavioural", "measure": "majority_win_rate" if majority else "win_rate"}
    counted = {"count": int(count), "of": int(of)}
    yield _recorded(world, by, element, {**said, **counted}, bears, source, observed)


@sentence(rf"{BY} records of {ELEMENT} (?P<count>\d+) (?P<what>referrals|testimonials){BEARS}{SOURCE}")
def counted(
    world: World, by: str, element: str, count: str, what: str, bears: str | None, source: str, observed: str | None
) -> Parts:
    said: Fields = {"kind": COUNTED[what], "measure": what, "count": int(count)}
    yield _recorded(world, by, element, said, bears, source, observed)


@sentence(rf"{BY} records of {ELEMENT} (?P<what>{'|'.join(SEEN)}): {QUOTED}{BEARS}{SOURCE}")
def seen(
    world: World, by: str, element: str, what: str, text: str, bears: str | None, source: str, observed: str | None
) -> Parts:
    kind, measure = SEEN[what]
    yield _recorded(world, by, element, {"kind": kind, "measure": measure, "text": text}, bears, source, observed)


@sentence(rf'{BY} withdraws what {ELEMENT} shows from "(?P<source>[^"]+)"')
def withdrawn(world: World, by: str, element: str, source: str) -> Parts:
    yield Part(topic="evidence.withdrawn", fields={"piece": f"{element}: {source}"}, by=by)


def _recorded(
    world: World, by: str, element: str, said: Fields, bears: str | None, source: str, observed: str | None
) -> Part:
    fields = {"strategy": world.strategy, "element": element, "piece": f"{element}: {source}", "source": source, **said}
    told = {"bears": bears} if bears else {}
    when = {"observed": day(observed).isoformat()} if observed else {}
    return Part(topic="evidence.recorded", fields={**fields, **told, **when}, by=by)
