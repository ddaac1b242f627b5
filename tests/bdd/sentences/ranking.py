"""Rankings: opened, given by each leader alone, closed."""

from __future__ import annotations

from tests.bdd.grammar import BY, DAY, NAME, Part, Parts, day, listed, sentence
from tests.bdd.world import World

KIND = r"(?P<kind>big bets|priorities)"


@sentence(
    rf"{BY} asks (?P<people>{NAME}(?:, {NAME})*(?: and {NAME})?) to rank the {KIND}(?: of revision (?P<number>\d+))?"
    rf"(?:, by (?P<due>{DAY}))?"
)
def asked(world: World, by: str, people: str, kind: str, number: str | None, due: str | None) -> Parts:
    fields = {"strategy": world.strategy, "ranking": kind, "kind": kind.removeprefix("big ")}
    more = {"revision": int(number)} if number else {}
    until = {"due": day(due).isoformat()} if due else {}
    fields |= {"participants": listed(people)}  # type: ignore[dict-item]
    yield Part(topic="ranking.opened", fields={**fields, **more, **until}, by=by)


@sentence(rf"(?P<person>{NAME}) ranks the {KIND}: (?P<order>.+)")
def ranked(world: World, person: str, kind: str, order: str) -> Parts:
    """The first one first; those joined by = are tied."""
    places = [place.split(" = ") for place in order.split(", ")]
    ranks = {element: number for number, tied in enumerate(places, 1) for element in tied}
    yield Part(topic="ranking.given", fields={"ranking": kind, "person": person, "ranks": ranks}, by=person)


@sentence(rf"{BY} closes the ranking of the {KIND}")
def closed(world: World, by: str, kind: str) -> Parts:
    yield Part(topic="ranking.closed", fields={"ranking": kind}, by=by)
