"""Messages: who can be written to."""

from __future__ import annotations

from tests.bdd.grammar import NAME, Part, Parts, sentence
from tests.bdd.world import World


@sentence(rf'(?P<person>{NAME}), who is reached at "(?P<email>[^"]+)", joins (?P<unit>{NAME})')
def joined(world: World, person: str, email: str, unit: str) -> Parts:
    yield Part(topic="person.joined", fields={"person": person, "name": person, "email": email})
    fields = {"person": person, "unit": unit, "role": "member", "home": True}
    yield Part(topic="membership.began", fields=fields)
