"""Erasure, and the legal hold that stops it."""

from __future__ import annotations

from tests.bdd.grammar import NAME, Part, Parts, sentence
from tests.bdd.world import World


@sentence(rf"the administrator erases (?P<person>{NAME})")
def erased(world: World, person: str) -> Parts:
    yield Part(topic="person.erased", fields={"person": person})


@sentence(rf"the administrator places a legal hold on (?P<person>{NAME})")
def held(world: World, person: str) -> Parts:
    yield Part(topic="person.held", fields={"person": person})


@sentence(rf"the administrator releases (?P<person>{NAME}) from the legal hold")
def released(world: World, person: str) -> Parts:
    yield Part(topic="person.released", fields={"person": person})
