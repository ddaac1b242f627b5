"""Gaps and what is done about them: plans, work for them, programmes with sessions, capabilities."""

from __future__ import annotations

from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, listed, sentence
from tests.bdd.sentences.condition import CONDITION, TITLE, UNIT
from tests.bdd.world import Fields, World

PEOPLE = rf"(?P<people>{NAME}(?:, {NAME})*(?: and {NAME})?)"
GAPS = rf"(?P<gaps>the [a-z]+ of {NAME}(?:, the [a-z]+ of {NAME})*(?: and the [a-z]+ of {NAME})?)"


def key(condition: str, unit: str) -> str:
    """The key by which the features name a gap."""
    return f"the {condition} of {unit}"


@sentence(
    rf'{BY} plans for the {CONDITION} of {UNIT} in {TITLE} that "(?P<desired>[^"]+)", with '
    rf"(?P<person>{NAME}) answering, by (?P<last>{DAY})"
)
def planned(
    world: World, by: str, condition: str, unit: str, title: str, desired: str, person: str, last: str
) -> Parts:
    fields: Fields = {
        "gap": key(condition, unit),
        "review": title,
        "unit": unit,
        "condition": condition,
        "desired": desired,
        "accountable": person,
        "by_when": day(last).isoformat(),
    }
    yield Part(topic="gap.planned", fields=fields, by=by)


@sentence(rf'{BY} gives (?P<person>{NAME}) the work "(?P<title>[^"]+)" on {GAPS}, by (?P<last>{DAY})')
def work(world: World, by: str, person: str, title: str, gaps: str, last: str) -> Parts:
    fields: Fields = {"action": title, "title": title, "person": person, "gap": gaps, "by_when": day(last).isoformat()}
    yield Part(topic="action.planned", fields=fields, by=by)


@sentence(
    rf'{BY} gives (?P<person>{NAME}) the task "(?P<title>[^"]+)" for the goal "(?P<goal>[^"]+)", by (?P<last>{DAY})'
)
def task(world: World, by: str, person: str, title: str, goal: str, last: str) -> Parts:
    fields: Fields = {"action": title, "title": title, "person": person, "goal": goal, "by_when": day(last).isoformat()}
    yield Part(topic="action.planned", fields=fields, by=by)


@sentence(rf'(?P<by>{NAME}) has done the work "(?P<title>[^"]+)"')
def worked(world: World, by: str, title: str) -> Parts:
    yield Part(topic="action.done", fields={"action": title}, by=by)


@sentence(
    rf'{BY} plans the (?P<kind>development|communication|process|reward) programme "(?P<title>[^"]+)" '
    rf"(?:for {GAPS}|about the (?P<element>[a-z ]+))(?:, with the people of (?P<units>{NAME}(?: and {NAME})*))?, "
    rf"owned by (?P<person>{NAME}), by (?P<last>{DAY})"
)
def programme(
    world: World,
    by: str,
    kind: str,
    title: str,
    gaps: str | None,
    element: str | None,
    units: str | None,
    person: str,
    last: str,
) -> Parts:
    fields: Fields = {
        "programme": title,
        "strategy": world.strategy,
        "kind": kind,
        "title": title,
        "gaps": listed(gaps or ""),
        "elements": [element] if element else [],
        "units": listed(units or ""),
        "person": person,
        "by_when": day(last).isoformat(),
    }
    yield Part(topic="programme.planned", fields=fields, by=by)


@sentence(rf'{BY} holds a session of "(?P<title>[^"]+)" with {PEOPLE}')
def held(world: World, by: str, title: str, people: str) -> Parts:
    fields: Fields = {"programme": title, "title": "session", "participants": listed(people)}
    yield Part(topic="programme.held", fields=fields, by=by)


@sentence(rf'{BY} completes the programme "(?P<title>[^"]+)"')
def completed(world: World, by: str, title: str) -> Parts:
    yield Part(topic="programme.completed", fields={"programme": title}, by=by)


@sentence(
    rf'{BY} says that the (?P<element>[a-z ]+) needs "(?P<title>[^"]+)" of the people of '
    rf"(?P<units>{NAME}(?: and {NAME})*)"
)
def needed(world: World, by: str, element: str, title: str, units: str) -> Parts:
    fields: Fields = {
        "capability": title,
        "strategy": world.strategy,
        "title": title,
        "elements": [element],
        "units": listed(units),
    }
    yield Part(topic="capability.needed", fields=fields, by=by)


@sentence(rf'{BY} says that {PEOPLE} (?P<has>can|cannot) do "(?P<title>[^"]+)" \((?P<source>[a-z ]+)\)')
def capable(world: World, by: str, people: str, has: str, title: str, source: str) -> Parts:
    for each in listed(people):
        fields: Fields = {"capability": title, "party": world.party(each), "source": source, "present": has == "can"}
        yield Part(topic="capability.shown", fields=fields, by=by)
