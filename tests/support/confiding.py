"""Groupings to confide in, and rules that publish carelessly: the control arms of the attacks."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.confidentiality import Leaf, Path, grown

ORGANISATION: Mapping[Path, int] = {
    ("executive",): 6,
    ("commercial", "field_sales"): 11,
    ("commercial", "marketing"): 3,
    ("commercial", "service"): 6,
    ("operations", "plant"): 6,
    ("operations", "supply"): 2,
}
"""How many answered in the commitment audit of examples.md."""


def answering(respondents: Mapping[Path, int]) -> tuple[tuple[Leaf, ...], frozenset[UUID]]:
    """A tree with one silent participant in each leaf beside those who answered, and who these are."""
    people: dict[UUID, Path] = {}
    answered = set[UUID]()
    for path, count in respondents.items():
        for _ in range(count):
            answered.add(UUID(int=len(people)))
            people[UUID(int=len(people))] = path
        people[UUID(int=len(people))] = path
    return grown(people), frozenset(answered)
