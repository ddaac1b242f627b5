"""Commitments, acknowledgements and duties: what people say about a strategy, and what they owe a word on."""

from __future__ import annotations

from tests.bdd.grammar import DAY, NAME, REVISION, TARGET, WHO, Part, Parts, day, sentence
from tests.bdd.world import Fields, World

LEVEL = r'(?: at the level "(?P<level>[^"]+)")?'
VERBS = {
    "renews": "renewed",
    "withdraws": "withdrawn",
    "confirms": "confirmed",
    "fulfils": "fulfilled",
    "gives up": "missed",
    "takes over": "accepted",
    "declines to take over": "declined",
}


@sentence(
    rf"{WHO} (?P<more>also )?commits to {TARGET}{LEVEL}(?: as (?P<role>[a-z ]+))?"
    rf'(?:, to (?P<result>[^"]+?))?(?:, by (?P<by_when>{DAY}))?{REVISION}'
)
def committed(
    world: World, by: str, party: str | None, more: str | None, target: str, revision: str | None, **terms: str | None
) -> Parts:
    owner = party or by
    key = f"{owner}: {target}" + (" too" if more else "")
    world.owners[owner, target] = key
    fields = {"commitment": key, "party": world.party(owner), "strategy": world.strategy, **world.target(target)}
    said = {
        **_terms(**{"level": "committed", **{name: each for name, each in terms.items() if each}}),
        **_seen(revision),
    }
    yield Part(topic="commitment.made", fields={**fields, **said}, by=by)


@sentence(rf"{WHO} restates the commitment to {TARGET}{LEVEL}(?:, by (?P<by_when>{DAY}))?")
def changed(world: World, by: str, party: str | None, target: str, **terms: str | None) -> Parts:
    key = world.commitment(party or by, target)
    yield Part(topic="commitment.changed", fields={"commitment": key, **_terms(**terms)}, by=by)


@sentence(rf"{WHO} (?P<verb>{'|'.join(VERBS)}) (?P<whose>{NAME}'s|the) commitment to {TARGET}{REVISION}")
def became(world: World, by: str, party: str | None, verb: str, whose: str, target: str, revision: str | None) -> Parts:
    me = party or by
    key = world.commitment(me if whose == "the" else whose.removesuffix("'s"), target)
    yield Part(topic=f"commitment.{VERBS[verb]}", fields={"commitment": key, **_seen(revision)}, by=by)
    if verb == "takes over":
        world.owners[me, target] = key


@sentence(rf"{WHO} offers (?P<whose>{NAME}'s|the) commitment to {TARGET} to (?P<other>{NAME})")
def offered(world: World, by: str, party: str | None, whose: str, target: str, other: str) -> Parts:
    key = world.commitment((party or by) if whose == "the" else whose.removesuffix("'s"), target)
    yield Part(topic="commitment.reassigned", fields={"commitment": key, "party": world.party(other)}, by=by)


@sentence(rf"{WHO} declines to commit to {TARGET}{REVISION}")
def declined(world: World, by: str, party: str | None, target: str, revision: str | None) -> Parts:
    fields = {"party": world.party(party or by), "strategy": world.strategy, **world.target(target)}
    yield Part(topic="commitment.declined", fields={**fields, **_seen(revision)}, by=by)


@sentence(rf"{WHO} (?P<verb>acknowledges|declines to acknowledge) (?:the strategy|revision (?P<revision>\d+))")
def acknowledged(world: World, by: str, party: str | None, verb: str, revision: str | None) -> Parts:
    fields = {"person": party or by, "strategy": world.strategy, **_seen(revision)}
    yield Part(topic=f"acknowledgement.{'given' if verb == 'acknowledges' else 'declined'}", fields=fields, by=by)


@sentence(
    rf"(?P<person>{NAME})(?: of (?P<unit>{NAME}))? is asked to (?P<act>acknowledge|decide on|answer) "
    rf'(?P<what>the strategy|the goal "[^"]+"|"[^"]+")(?:, by (?P<due>{DAY}))?'
)
def asked(world: World, person: str, unit: str | None, act: str, what: str, due: str | None) -> Parts:
    if act == "answer":
        meant: Fields = {"review": what.strip('"')}
    else:
        meant = {"strategy": world.strategy, **world.target(what)}
    fields = {"person": person, "kind": act.split(maxsplit=1)[0], "for": meant}
    limits = {**({"unit": unit} if unit else {}), **({"due": day(due).isoformat()} if due else {})}
    yield Part(topic="duty.given", fields={**fields, **limits})


def _terms(by_when: str | None = None, **terms: str | None) -> Fields:
    said = {name: each for name, each in terms.items() if each}
    return {**said, "by_when": day(by_when).isoformat()} if by_when else said


def _seen(revision: str | None) -> Fields:
    return {"revision": int(revision)} if revision else {}
