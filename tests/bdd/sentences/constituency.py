"""Constituencies: named with their representatives, asked, no longer represented."""

from __future__ import annotations

from datetime import timedelta

from tests.bdd.driver import first_instant
from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, listed, sentence
from tests.bdd.world import World


@sentence(
    rf"{BY} names the constituency (?P<constituency>{NAME}), of (?P<kind>[a-z]+), "
    rf"represented by (?P<people>{NAME}(?:, {NAME})*(?: and {NAME})?)"
)
def named(world: World, by: str, constituency: str, kind: str, people: str) -> Parts:
    named_so = {"constituency": constituency, "name": constituency, "kind": kind}
    world.representatives[constituency] = listed(people)
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


@sentence(
    rf"{BY} asks (?P<constituency>{NAME}) how they see the (?P<element>[a-z ]+) in "
    rf'"(?P<title>[^"]+)", until (?P<last>{DAY})'
)
def asked_how(world: World, by: str, constituency: str, element: str, title: str, last: str) -> Parts:
    people = world.representatives[constituency]
    question = {"id": element, "text": f"They keep the {element}."}
    questionnaire = {"name": "seen-from-outside", "version": 1, "modes": ["attributed"], "questions": [question]}
    fields = {"review": title, "kind": "clarity_check", "title": title, "strategy": world.strategy, "revision": 1}
    asked_so = {"participants": people, "groups": [{"name": constituency, "people": people}]}
    closes = first_instant(day(last) + timedelta(days=1)).isoformat()
    more = {"questionnaire": questionnaire, "closes": closes}
    yield Part(topic="review.opened", fields={**fields, **asked_so, **more}, by=by)
