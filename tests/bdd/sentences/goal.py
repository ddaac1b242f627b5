"""Goals with a horizon, the actions that serve them, and the tactics by which they are to be reached."""

from __future__ import annotations

from tests.bdd.driver import first_instant
from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, sentence
from tests.bdd.world import Fields, World

SUPPORTS = r'(?:, supporting (?P<supports>the goal "[^"]+"|the [a-z ]+))?'
GOAL = r'the goal "(?P<goal>[^"]+)"'
ACTION = r'the action "(?P<action>[^"]+)"'
TACTIC = r'the tactic "(?P<tactic>[^"]+)"'


@sentence(
    rf'{BY} proposes the goal "(?P<goal>[^"]+)" of (?P<unit>{NAME}), (?P<days>\d+) days from (?P<start>{DAY}){SUPPORTS}'
)
def within_days(world: World, by: str, goal: str, unit: str, days: str, start: str, supports: str | None) -> Parts:
    horizon = {"unit": unit, "start": day(start).isoformat(), "within_days": int(days)}
    yield Part(topic="goal.proposed", fields={**_goal(world, goal, supports), **horizon}, by=by)


@sentence(rf'(?P<by>{NAME}) proposes the own goal "(?P<goal>[^"]+)"{SUPPORTS}')
def own(world: World, by: str, goal: str, supports: str | None) -> Parts:
    yield Part(topic="goal.proposed", fields={**_goal(world, goal, supports), "person": by}, by=by)


def _goal(world: World, goal: str, supports: str | None) -> Fields:
    fields: Fields = {"strategy": world.strategy, "goal": goal, "title": goal}
    return fields | ({"supports": list(world.target(supports).values())} if supports else {})


@sentence(rf'{GOAL} is (?P<what>substantiated|approached) by "(?P<text>[^"]+)"')
def said_of(world: World, goal: str, what: str, text: str) -> Parts:
    name = {"substantiated": "substantiation", "approached": "approach"}[what]
    yield Part(topic="goal.changed", fields={"goal": goal, name: text})


@sentence(rf"{BY} plans {ACTION} of (?P<person>{NAME}) for {GOAL}, by (?P<by_when>{DAY})")
def planned(world: World, by: str, action: str, person: str, goal: str, by_when: str) -> Parts:
    fields = {"action": action, "title": action, "person": person, "goal": goal, "by_when": day(by_when).isoformat()}
    yield Part(topic="action.planned", fields=fields, by=by)


@sentence(rf'{BY} completes {ACTION}(?:, as "(?P<evidence>[^"]+)" shows)?')
def done(world: World, by: str, action: str, evidence: str | None) -> Parts:
    shown = {"evidence": evidence} if evidence else {}
    yield Part(topic="action.done", fields={"action": action, **shown}, by=by)


@sentence(rf"{BY} (?P<act>drops|reopens) {ACTION}")
def became(world: World, by: str, act: str, action: str) -> Parts:
    topic = {"drops": "action.dropped", "reopens": "action.reopened"}[act]
    yield Part(topic=topic, fields={"action": action}, by=by)


@sentence(rf"{BY} moves {ACTION} to (?P<to>{DAY})")
def moved(world: World, by: str, action: str, to: str) -> Parts:
    yield Part(topic="action.changed", fields={"action": action, "by_when": day(to).isoformat()}, by=by)


@sentence(rf"{BY} adopts {TACTIC}(?: for {GOAL})?")
def adopted(world: World, by: str, tactic: str, goal: str | None) -> Parts:
    fields = {"strategy": world.strategy, "tactic": tactic, "title": tactic, **({"goal": goal} if goal else {})}
    yield Part(topic="tactic.adopted", fields=fields, by=by)


@sentence(rf"{BY} approves {TACTIC} without a goal, until (?P<end>{DAY})")
def excepted(world: World, by: str, tactic: str, end: str) -> Parts:
    fields = {"strategy": world.strategy, "exception": tactic, "objection": "tactic-without-goal", "element": tactic}
    yield Part(topic="exception.approved", fields={**fields, "expires": first_instant(day(end)).isoformat()}, by=by)
