"""The five conditions: assessors named, conditions judged, evidence that came to light."""

from __future__ import annotations

from tests.bdd.grammar import BY, NAME, Part, Parts, listed, sentence
from tests.bdd.world import Fields, World

TITLE = r'"(?P<title>[^"]+)"'
CONDITION = r"(?P<condition>vision|commitment|goals|capabilities|systems)"
UNIT = rf"(?P<unit>{NAME})"


@sentence(rf"{BY} names (?P<people>{NAME}(?:, {NAME})*(?: and {NAME})?) to judge {UNIT} in {TITLE}")
def assigned(world: World, by: str, people: str, unit: str, title: str) -> Parts:
    yield Part(topic="condition.assigned", fields={"review": title, "unit": unit, "assessors": listed(people)}, by=by)


@sentence(
    rf"(?P<by>{NAME}) judges the {CONDITION} of {UNIT} (?P<verdict>apparent|partly apparent|not apparent) in {TITLE}, "
    r'for "(?P<text>[^"]+)" \((?:(?P<source>[a-z ]+)|figure (?P<figure>[a-z/_]+))\)'
)
def judged(
    world: World,
    by: str,
    condition: str,
    unit: str,
    verdict: str,
    title: str,
    text: str,
    source: str | None,
    figure: str | None,
) -> Parts:
    ground = {"text": text, "source": source, "figure": figure}
    fields: Fields = {
        "review": title,
        "unit": unit,
        "person": by,
        "condition": condition,
        "judgement": verdict.removesuffix(" apparent") if verdict == "partly apparent" else verdict.replace(" ", "_"),
        "rests_on": [{name: each for name, each in ground.items() if each is not None}],
    }
    yield Part(topic="condition.judged", fields=fields, by=by)


@sentence(rf"(?P<by>{NAME}) agrees about the {CONDITION} of {UNIT} in {TITLE}")
def agreed(world: World, by: str, condition: str, unit: str, title: str) -> Parts:
    yield Part(
        topic="condition.agreed", fields={"review": title, "unit": unit, "person": by, "condition": condition}, by=by
    )


@sentence(rf'{BY} brings evidence on the {CONDITION} of {UNIT} to {TITLE}: "(?P<text>[^"]+)" \((?P<source>[a-z ]+)\)')
def evidenced(world: World, by: str, condition: str, unit: str, title: str, text: str, source: str) -> Parts:
    fields: Fields = {"review": title, "unit": unit, "condition": condition, "text": text, "source": source}
    yield Part(topic="condition.evidenced", fields=fields, by=by)
