"""What a commitment to a goal refers to: the goal, what it supports, and so on upwards, each for as long as it did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from domain.goal import Goal, Supports
from domain.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """That a goal referred on to an `element` of its strategy, or to a `goal`, from `since` on and before `until`."""

    since: datetime
    until: datetime | None
    element: str | None = None
    goal: Goal | None = None


def references(situation: Situation, goal: UUID) -> tuple[Reference, ...]:
    """Everything that a goal refers to, or did, itself included; a circle is gone round once."""
    found = situation.goals.get(goal)
    if found is None or found.proposed_at is None:
        return ()
    return tuple(_upwards(situation, goal, found, found.proposed_at, None, frozenset()))


def _upwards(
    situation: Situation, id: UUID, goal: Goal, since: datetime, until: datetime | None, below: frozenset[UUID]
) -> Iterator[Reference]:
    yield Reference(since=since, until=until, goal=goal)
    for support, ended in _spans(goal.supports):
        start, end = max(since, support.since), _earlier(until, ended)
        if end is not None and end <= start:
            continue
        if id in situation.goals:
            yield from (Reference(since=start, until=end, element=element) for element in support.elements)
        parent = support.goal
        above = situation.goals.get(parent) or situation.goals_beyond.get(parent) if parent is not None else None
        if parent is None or above is None or parent in below or not _proposed(above, support.since):
            continue
        yield from _upwards(situation, parent, above, start, end, below | {id})


def _spans(supports: tuple[Supports, ...]) -> Iterator[tuple[Supports, datetime | None]]:
    """Each entry with the instant from which the next one holds."""
    for entry, following in pairwise(supports):
        yield entry, following.since
    if supports:
        yield supports[-1], None


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    return min((each for each in (first, second) if each is not None), default=None)


def _proposed(goal: Goal, at: datetime) -> bool:
    return goal.proposed_at is not None and goal.proposed_at <= at
