"""Knowledge: captured, revised, retired; needed, used; and the hours that looking for it takes."""

from __future__ import annotations

from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, sentence
from tests.bdd.world import Fields, World

ITEM, TEXT = r'"(?P<item>[^"]+)"', r'"(?P<text>[^"]+)"'
FOUND = {"search": "search", "a colleague": "colleague"}


@sentence(
    rf"{BY} captures(?: for (?P<unit>{NAME}))?(?P<german> in German)? {ITEM}: {TEXT}"
    r'(?: for the (?P<element>[a-z ]+))?(?: for "(?P<role>[^"]+)" at "(?P<stage>[^"]+)")?'
)
def captured(world: World, **said: str | None) -> Parts:
    fields: Fields = {
        "knowledge": said["item"],
        "title": said["item"],
        "text": said["text"],
        "language": "de" if said["german"] else "en",
        "strategy": world.strategy,
        "keeper": said["by"],
    }
    for name, each in (("unit", said["unit"]), ("element", said["element"])):
        if each:
            fields |= {"unit": each} if name == "unit" else {"elements": [each]}
    if said["role"]:
        fields |= {"roles": [said["role"]], "stages": [said["stage"]]}
    yield Part(topic="knowledge.captured", fields=fields, by=said["by"])


@sentence(rf"{BY} revises {ITEM} to {TEXT}")
def revised(world: World, by: str, item: str, text: str) -> Parts:
    yield Part(topic="knowledge.revised", fields={"knowledge": item, "text": text}, by=by)


@sentence(rf"{BY} says that {ITEM} is to be looked at by (?P<until>{DAY})")
def looked_at(world: World, by: str, item: str, until: str) -> Parts:
    yield Part(topic="knowledge.revised", fields={"knowledge": item, "review_by": day(until).isoformat()}, by=by)


@sentence(rf"{BY} retires {ITEM}")
def retired(world: World, by: str, item: str) -> Parts:
    yield Part(topic="knowledge.retired", fields={"knowledge": item}, by=by)


@sentence(r'in "(?P<role>[^"]+)" at "(?P<stage>[^"]+)" people need "(?P<what>[^"]+)"')
def needed(world: World, role: str, stage: str, what: str) -> Parts:
    fields = {"role": role, "stage": stage, "what": what, "strategy": world.strategy}
    yield Part(topic="knowledge.needed", fields=fields)


@sentence(rf"{BY} uses {ITEM}(?:, found by (?P<way>search|a colleague))?(?P<unaware>, and did not know of it)?")
def used(world: World, by: str, item: str, way: str | None, unaware: str | None) -> Parts:
    fields: Fields = {"knowledge": item, "person": by, "did_not_know": unaware is not None}
    if way:
        fields["found_by"] = FOUND[way]
    yield Part(topic="knowledge.used", fields=fields, by=by)


@sentence(rf"{BY} looks for things (?P<hours>[\d.]+) hours a week")
def looked_for(world: World, by: str, hours: str) -> Parts:
    yield Part(topic="knowledge.time_stated", fields={"person": by, "hours": hours}, by=by)
