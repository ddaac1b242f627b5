"""Strategies and their goals: drafted, revised, published; proposed, changed."""

from __future__ import annotations

from tests.bdd.driver import first_instant
from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, sentence
from tests.bdd.world import Fields, World

ELEMENT = r"the (?P<element>[a-z][a-z ]*?)"
KINDS = (
    "vision", "mission", "value", "success criterion", "big bet", "compelling future", "case for change",
    "client profile", "differentiator", "let go", "priority", "principle",
)  # fmt: skip
QUOTED = r'"(?P<text>[^"]+)"'


@sentence(rf'{BY} drafts the strategy (?P<title>{NAME})(?: on the scale "(?P<scale>[^"]+)")?')
def drafted(world: World, by: str, title: str, scale: str | None) -> Parts:
    world.strategy = title
    chosen = {"scale": scale} if scale else {}
    yield Part(topic="strategy.drafted", fields={"strategy": title, "title": title, **chosen}, by=by)


@sentence(rf"{BY} writes {ELEMENT}, (?:a|the) (?P<kind>{'|'.join(KINDS)}): {QUOTED}")
def wrote(world: World, by: str, element: str, kind: str, text: str) -> Parts:
    said = world.elements[element] = {"kind": kind.replace(" ", "_"), "text": text}
    yield _revised(world, by, element, said)


@sentence(rf"{BY} writes the (?P<kind>{'|'.join(KINDS)}): {QUOTED}")
def wrote_one(world: World, by: str, kind: str, text: str) -> Parts:
    yield from wrote(world, by, kind, kind, text)


@sentence(rf"{BY} (?:restates|settles) {ELEMENT} as {QUOTED}")
def restated(world: World, by: str, element: str, text: str) -> Parts:
    yield from changed(world, by, element, {"text": text})


@sentence(rf"{BY} measures {ELEMENT} by {QUOTED}, up to (?P<goal>[^,]+), by (?P<due>{DAY})")
def measured(world: World, by: str, element: str, text: str, goal: str, due: str) -> Parts:
    change = {"measure": text, "target": goal, "due": day(due).isoformat()}
    yield from changed(world, by, element, change)


@sentence(rf"{BY} sets the target of {ELEMENT} to (?P<goal>.+)")
def retargeted(world: World, by: str, element: str, goal: str) -> Parts:
    yield from changed(world, by, element, {"target": goal})


@sentence(rf"{BY} ranks {ELEMENT} (?P<rank>\d+)")
def ranked(world: World, by: str, element: str, rank: str) -> Parts:
    yield from changed(world, by, element, {"rank": int(rank)})


@sentence(rf"{BY} removes {ELEMENT}")
def removed(world: World, by: str, element: str) -> Parts:
    seen = world.driver.element_version(world.strategy, element)
    yield Part(
        topic="strategy.revised",
        fields={"strategy": world.strategy, "element": element, "removed": True},
        by=by,
        seen=seen,
    )


@sentence(rf"{BY} submits the strategy")
def submitted(world: World, by: str) -> Parts:
    yield Part(topic="strategy.submitted", fields={"strategy": world.strategy}, by=by)


@sentence(rf"{BY} publishes an? (?P<kind>material|editorial) revision(?:, in force from (?P<start>{DAY}))?")
def published(world: World, by: str, kind: str, start: str | None) -> Parts:
    from_day = {"in_force_from": first_instant(day(start)).isoformat()} if start else {}
    fields = {"strategy": world.strategy, "material": kind == "material", **from_day}
    yield Part(topic="strategy.published", fields=fields, by=by)


@sentence(rf"{BY} publishes revision (?P<number>\d+) as (?P<kind>material|editorial)")
def published_as(world: World, by: str, number: str, kind: str) -> Parts:
    fields = {"strategy": world.strategy, "material": kind == "material", "revision": int(number)}
    yield Part(topic="strategy.published", fields=fields, by=by)


@sentence(rf"{BY} retires the strategy")
def retired(world: World, by: str) -> Parts:
    yield Part(topic="strategy.retired", fields={"strategy": world.strategy}, by=by)


@sentence(
    rf"(?P<person>{NAME}|Nobody) is accountable for "
    rf'(?P<what>the goal "[^"]+"|the [a-z ]+|the (?P<condition>[a-z]+) of (?P<unit>{NAME}))'
)
def accountable(world: World, person: str, what: str, condition: str | None, unit: str | None) -> Parts:
    named = {} if person == "Nobody" else {"person": person}
    meant = {"unit": unit, "condition": condition} if condition else world.target(what)
    fields = {"for": {"strategy": world.strategy, **meant}, "strategy": world.strategy, **named}
    yield Part(topic="accountable.named", fields=fields)


@sentence(
    rf"{BY} approves publishing although {ELEMENT} is (?P<objection>unmeasurable|nobody's)(?:, until (?P<end>{DAY}))?"
)
def excepted(world: World, by: str, element: str, objection: str, end: str | None) -> Parts:
    name = {"unmeasurable": "unmeasurable", "nobody's": "nobody-accountable"}[objection]
    fields = {"strategy": world.strategy, "exception": f"{element} {name}", "objection": name, "element": element}
    expiry = {"expires": first_instant(day(end)).isoformat()} if end else {}
    yield Part(topic="exception.approved", fields={**fields, **expiry}, by=by)


@sentence(
    rf'the goal "(?P<goal>[^"]+)"(?: of (?P<unit>{NAME}))?(?:, supporting (?P<supports>the goal "[^"]+"|the [a-z ]+))?'
    rf"(?:, due (?P<due>{DAY}))? is proposed"
)
def proposed(world: World, goal: str, unit: str | None, supports: str | None, due: str | None) -> Parts:
    fields: Fields = {"strategy": world.strategy, "goal": goal, "title": goal}
    if unit:
        fields["unit"] = unit
    if supports:
        fields["supports"] = list(world.target(supports).values())
    if due:
        fields["due"] = day(due).isoformat()
    yield Part(topic="goal.proposed", fields=fields)


@sentence(r'the goal "(?P<goal>[^"]+)" is put as "(?P<title>[^"]+)"')
def retitled(world: World, goal: str, title: str) -> Parts:
    yield Part(topic="goal.changed", fields={"goal": goal, "title": title})


@sentence(r'the goal "(?P<goal>[^"]+)" is (?P<status>accepted|deferred|achieved|missed|abandoned)')
def decided(world: World, goal: str, status: str) -> Parts:
    yield Part(topic=f"goal.{status}", fields={"goal": goal})


def changed(world: World, by: str, element: str, change: Fields) -> Parts:
    """What the element said, with a change, based on the version that its author read: as they said, or just now."""
    said = {**world.elements[element], **change}
    seen = world.read.pop((by, element), None) or world.driver.element_version(world.strategy, element)
    yield _revised(world, by, element, said, seen)
    world.elements[element] = said


def _revised(world: World, by: str, element: str, said: Fields, seen: int | None = None) -> Part:
    fields = {"strategy": world.strategy, "element": element, **said}
    return Part(topic="strategy.revised", fields=fields, by=by, seen=seen)
