"""What cites the strategic drivers: commitments to a vision, mission or value, goals and elements that support them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.commitment import Standing
from domain.element import DRIVERS, Element
from domain.goal import Goal
from domain.judgement import Judged
from domain.strategy_map import OPEN_GOALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A driver of the revision in force, and what cites it: open commitments, goals still to be reached, elements."""

    element: str
    kind: str
    text: str
    commitments: frozenset[UUID]
    goals: frozenset[UUID]
    elements: tuple[str, ...]


def cited(elements: Iterable[Element], goals: Mapping[UUID, Goal], judged: Iterable[Judged]) -> tuple[Cited, ...]:
    """Every vision, mission and value, in that order, with what cites it directly."""
    elements, open_ = tuple(elements), [each for each in judged if each.state.standing is Standing.OPEN]
    drivers = sorted((each for each in elements if each.kind in DRIVERS), key=lambda each: DRIVERS.index(each.kind))
    return tuple(
        Cited(
            element=each.id,
            kind=each.kind,
            text=each.text,
            commitments=frozenset(one.id for one in open_ if one.target.element == each.id),
            goals=frozenset(
                id for id, goal in goals.items() if goal.status in OPEN_GOALS and each.id in goal.supports_elements
            ),
            elements=tuple(other.id for other in elements if each.id in other.supports),
        )
        for each in drivers
    )
