"""The cascade: who reports to whom, and who ran the process with whom."""

from __future__ import annotations

from tests.bdd.grammar import NAME, Part, Parts, listed, sentence
from tests.bdd.world import World


@sentence(rf"(?P<person>{NAME}) reports to (?P<manager>{NAME})")
def reports_to(world: World, person: str, manager: str) -> Parts:
    yield Part(topic="manager.assigned", fields={"person": person, "manager": manager})


@sentence(
    rf"(?P<by>{NAME})(?:, for (?P<party>{NAME}),)? runs the process with (?P<unit>{NAME}), "
    rf"with (?P<people>{NAME}(?:, {NAME})*(?: and {NAME})?)"
)
def ran(world: World, by: str, party: str | None, unit: str, people: str) -> Parts:
    fields = {"person": party or by, "unit": unit, "strategy": world.strategy, "participants": listed(people)}
    yield Part(topic="process.run", fields=fields, by=by)
