"""The gate before publication: the bar, checks of a draft in groups, exceptions to them."""

from __future__ import annotations

import re

from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, listed, sentence
from tests.bdd.sentences.review import TITLE, opened
from tests.bdd.world import World

GROUP = rf"{NAME} \({NAME}(?:, {NAME})*(?: and {NAME})?\)"
CLOSED = "below the bar|not checked|changed after check|check under way"


@sentence(rf"{BY} sets the bar at (?P<percent>\d+) % giving (?P<score>\d) or more(?P<demanded>, and demands a check)?")
def bar_set(world: World, by: str, percent: str, score: str, demanded: str | None) -> Parts:
    fields = {"score": int(score), "percent": int(percent), "demanded": demanded is not None}
    yield Part(topic="bar.set", fields=fields, by=by)


@sentence(
    rf"{BY} opens the (?P<kind>[a-z ]+) {TITLE} of (?P<about>the draft), until (?P<last>{DAY}), "
    rf"asking the groups (?P<groups>{GROUP}(?:, {GROUP})*(?: and {GROUP})?)"
)
def opened_in_groups(world: World, by: str, kind: str, title: str, about: str, last: str, groups: str) -> Parts:
    found = re.findall(r"(\w+) \(([^)]+)\)", groups)
    asked = [{"name": name, "people": listed(people)} for name, people in found]
    everybody = ", ".join(people.replace(" and ", ", ") for _, people in found)
    (part,) = opened(world, by, kind, title, about, last, everybody)
    yield Part(topic=part.topic, fields={**part.fields, "groups": asked}, by=by)


@sentence(rf"{BY} approves publishing although the draft is (?P<objection>{CLOSED})")
def excepted(world: World, by: str, objection: str) -> Parts:
    name = objection.replace(" ", "-")
    fields = {"strategy": world.strategy, "exception": name, "objection": name}
    yield Part(topic="exception.approved", fields=fields, by=by)
