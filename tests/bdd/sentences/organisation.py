"""Units and people: formed, merged and split; joining, moving, leaving."""

from __future__ import annotations

from tests.bdd.grammar import BY, NAME, Part, Parts, listed, sentence
from tests.bdd.world import World


@sentence(rf"the (?P<kind>enterprise|business|function|team) (?P<unit>{NAME}) is formed(?: under (?P<parent>{NAME}))?")
def formed(world: World, kind: str, unit: str, parent: str | None) -> Parts:
    world.units.add(unit)
    above = {"parent": parent} if parent else {}
    yield Part(topic="unit.formed", fields={"unit": unit, "name": unit, "kind": kind, **above})


@sentence(rf"(?P<unit>{NAME}) merges into (?P<into>{NAME})")
def merged(world: World, unit: str, into: str) -> Parts:
    yield Part(topic="unit.merged", fields={"unit": unit, "into": into})


@sentence(rf"(?P<unit>{NAME}) splits into (?P<into>{NAME}(?:, {NAME})* and {NAME})")
def split(world: World, unit: str, into: str) -> Parts:
    yield Part(topic="unit.split", fields={"unit": unit, "into": listed(into)})


@sentence(rf"(?P<unit>{NAME}) is dissolved")
def dissolved(world: World, unit: str) -> Parts:
    yield Part(topic="unit.dissolved", fields={"unit": unit})


@sentence(rf"(?P<unit>{NAME}) moves under (?P<parent>{NAME})")
def moved(world: World, unit: str, parent: str) -> Parts:
    yield Part(topic="unit.moved", fields={"unit": unit, "parent": parent})


@sentence(rf"(?P<unit>{NAME}) is called (?P<name>{NAME})")
def renamed(world: World, unit: str, name: str) -> Parts:
    yield Part(topic="unit.renamed", fields={"unit": unit, "name": name})


@sentence(rf"(?P<person>{NAME}) (?:joins|comes back to) (?P<unit>{NAME})(?P<homeless> without a home)?")
def joined(world: World, person: str, unit: str, homeless: str | None) -> Parts:
    named = {} if person in world.driver.people else {"name": person}
    yield Part(topic="person.joined", fields={"person": person, **named})
    yield _membership(person, unit, home=homeless is None)


@sentence(rf"(?P<person>{NAME}) leaves the organisation")
def left(world: World, person: str) -> Parts:
    yield Part(topic="person.left", fields={"person": person})


@sentence(rf"(?P<person>{NAME}) is invited as a guest")
def invited(world: World, person: str) -> Parts:
    yield Part(topic="guest.invited", fields={"person": person, "name": person})


@sentence(rf"(?P<person>{NAME}) is also a member of (?P<unit>{NAME})")
def also_member(world: World, person: str, unit: str) -> Parts:
    yield _membership(person, unit, home=False)


@sentence(rf"(?P<person>{NAME}) moves from (?P<former>{NAME}) to (?P<unit>{NAME})")
def changed_home(world: World, person: str, former: str, unit: str) -> Parts:
    yield Part(topic="membership.ended", fields={"person": person, "unit": former, "role": "member"})
    yield _membership(person, unit, home=True)


@sentence(rf"(?P<person>{NAME}) speaks for (?P<unit>{NAME})")
def spokesperson(world: World, person: str, unit: str) -> Parts:
    yield Part(topic="spokesperson.named", fields={"unit": unit, "person": person})


@sentence(rf"(?P<person>{NAME}) leads (?P<unit>{NAME})")
def lead(world: World, person: str, unit: str) -> Parts:
    yield Part(topic="access.granted", fields={"person": person, "role": "lead", "unit": unit})


@sentence(rf"(?P<person>{NAME}) no longer leads (?P<unit>{NAME})")
def led(world: World, person: str, unit: str) -> Parts:
    yield Part(topic="access.revoked", fields={"person": person, "role": "lead", "unit": unit})


@sentence(rf"(?P<person>{NAME}) is (?:the |an? )(?P<role>administrator|strategist|sponsor|auditor)")
def role(world: World, person: str, role: str) -> Parts:
    yield Part(topic="access.granted", fields={"person": person, "role": role})


@sentence(rf'(?P<person>{NAME}) holds the rank "(?P<rank>[^"]+)"')
def ranked(world: World, person: str, rank: str) -> Parts:
    yield Part(topic="rank.held", fields={"person": person, "rank": rank})


@sentence(
    r'the (?P<kind>ordered|nominal) scale "(?P<scale>[^"]+)" of (?P<levels>[a-z ,]+?)'
    r"(?:, counting from (?P<first>[a-z]+),)? is defined"
)
def scaled(world: World, kind: str, scale: str, levels: str, first: str | None) -> Parts:
    said = {"scale": scale, "version": 1, "levels": listed(levels), "ordered": kind == "ordered"}
    yield Part(topic="scale.defined", fields={**said, **({"counts_from": first} if first else {})})


def _membership(person: str, unit: str, *, home: bool) -> Part:
    return Part(topic="membership.began", fields={"person": person, "unit": unit, "role": "member", "home": home})


@sentence(
    rf'{BY} concludes the agreement "(?P<agreement>[^"]+)" of "(?P<one>[^"]+)" and "(?P<other>[^"]+)" '
    r"on (?P<kinds>[a-z ]+(?:, [a-z ]+)*)"
)
def agreed(world: World, by: str, agreement: str, one: str, other: str, kinds: str) -> Parts:
    named = [each.replace(" ", "_") for each in listed(kinds)]
    yield Part(
        topic="agreement.concluded", fields={"agreement": agreement, "parties": [one, other], "kinds": named}, by=by
    )


@sentence(rf'{BY} ends the agreement "(?P<agreement>[^"]+)"')
def no_longer_agreed(world: World, by: str, agreement: str) -> Parts:
    yield Part(topic="agreement.ended", fields={"agreement": agreement}, by=by)
