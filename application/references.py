"""What a command may refer to, told from its fields alone, so that a store can be asked for all of it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from uuid import UUID

from application.command import Command, PartyReference

KIND_OF_FIELD: Mapping[str, str] = {
    "conversation": "conversation", "holder": "person", "proposal": "proposal", "request": "request",
    "accountable": "person", "champion": "person", "manager": "person", "participants": "person", "person": "person",
    "decider": "person", "keeper": "person",
    "commitment": "commitment", "goal": "goal", "report": "report", "review": "review", "strategy": "strategy",
    "supports": "goal", "action": "action",
    "tactic": "tactic",
    "assessors": "person", "gap": "gap", "gaps": "gap", "programme": "programme", "capability": "capability",
    "kpi": "kpi", "measurer": "person", "reviewer": "person",
}  # fmt: skip
"""What the references in a field are to; the rest is asked for one by one, which is slower and no less right."""


def references(asked: Command) -> Iterator[tuple[str, str]]:
    """The records that a command may refer to: kind and key."""
    for name, kind in _reference_fields(type(asked)):  # type: ignore[arg-type]  # mypy takes the class for an object
        match getattr(asked, name):
            case str(key):
                yield kind, key
            case PartyReference(person=str(key)):
                yield kind, key
            case tuple(keys):
                yield from ((kind, key) for key in keys if isinstance(key, str))
            case _:
                pass


def as_id(text: str) -> UUID | None:
    """The id that a reference spells out, if it does."""
    if len(text) != 36:
        return None
    try:
        return UUID(text)
    except ValueError:
        return None


@cache
def _reference_fields(asked: type[Command]) -> tuple[tuple[str, str], ...]:
    named = [(each.name, KIND_OF_FIELD.get(each.name)) for each in fields(asked)]  # type: ignore[arg-type]
    return tuple((name, kind or "person") for name, kind in named if kind or name == "party")
