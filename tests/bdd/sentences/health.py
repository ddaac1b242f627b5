"""Health checks: held about units, in words of one's own; reference values loaded."""

from __future__ import annotations

from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, listed, sentence
from tests.bdd.sentences.review import TITLE, opened
from tests.bdd.world import World

NAMES = rf"{NAME}(?:, {NAME})*(?: and {NAME})?"


@sentence(
    rf"{BY} opens the health check {TITLE} of (?P<about>revision \d+), until (?P<last>{DAY}), "
    rf"asking (?P<people>{NAMES}) about (?P<units>{NAMES})"
)
def opened_about(world: World, by: str, title: str, about: str, last: str, people: str, units: str) -> Parts:
    (part,) = opened(world, by, "health check", title, about, last, people)
    asked = {"questionnaire": "health-check", "trusted_units": listed(units)}
    yield Part(topic=part.topic, fields={**part.fields, **asked}, by=by)


@sentence(
    rf'{BY} opens the health check {TITLE}, asking (?P<people>{NAMES}) "(?P<text>[^"]+)" as (?P<id>[a-z]+), '
    rf"until (?P<last>{DAY})"
)
def opened_in_words(world: World, by: str, title: str, people: str, text: str, id: str, last: str) -> Parts:
    (part,) = opened(world, by, "health check", title, "the draft", last, people)
    asked = {"name": "own", "version": 1, "modes": ["attributed"], "questions": [{"id": id, "text": text}]}
    yield Part(topic=part.topic, fields={**part.fields, "questionnaire": asked}, by=by)


@sentence(
    rf'{BY} loads from "(?P<source>[^"]+)" of (?P<dated>{DAY}) that "(?P<wording>[^"]+)" is answered as '
    r"(?P<id>[a-z]+) with a mean of (?P<mean>[\d.]+)"
)
def loaded(world: World, by: str, source: str, dated: str, wording: str, id: str, mean: str) -> Parts:
    value = {"question": id, "wording": wording, "measure": "mean", "value": mean}
    fields = {"title": source, "source": source, "dated": day(dated).isoformat(), "lowest": 1, "highest": 5}
    yield Part(topic="benchmark.loaded", fields={**fields, "values": [value]}, by=by)
