"""Constituencies: named with their representatives, asked, no longer represented."""

from __future__ import annotations

from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, listed, sentence
from tests.bdd.world import World


@sentence(
    rf"{BY} names the constituency (?P<constituency>{NAME}), of (?P<kind>[a-z]+), "
    rf"represented by (?P<people>{NAME}(?:, {NAME})*(?: and {NAME})?)"
)
def named(world: World, by: str, constituency: str, kind: str, people: str) -> Parts:
    named_so = {"constituency": constituency, "name": constituency, "kind": kind}
    yield Part(topic="constituency.named", fields=named_so, by=by)
    for person in listed(people):
        yield Part(topic="guest.invited", fields={"person": person, "name": person})
        yield Part(topic="representative.named", fields={"constituency": constituency, "person": person}, by=by)


@sentence(rf"(?P<person>{NAME}) represents (?P<constituency>{NAME})(?P<ended> no more)?")
def represents(world: World, person: str, constituency: str, ended: str | None) -> Parts:
    topic = "representative.ended" if ended else "representative.named"
    yield Part(topic=topic, fields={"constituency": constituency, "person": person})


@sentence(
    rf"{BY} asks (?P<constituency>{NAME}) to align on (?P<elements>the [a-z ]+?)(?:, by (?P<last>{DAY}))?: "
    r'"(?P<text>[^"]+)"'
)
def asked(world: World, by: str, constituency: str, elements: str, last: str | None, text: str) -> Parts:
    named_so = [each.removeprefix("the ") for each in elements.split(" and ")]
    fields = {"constituency": constituency, "ask": text, "strategy": world.strategy, "text": text}
    due = {"by_when": day(last).isoformat()} if last else {}
    yield Part(topic="constituency.asked", fields={**fields, "elements": named_so, **due}, by=by)
