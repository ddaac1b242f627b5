"""Whether a fact has effect: what it refers to in other streams has to have been there at its own instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from domain.situation import NOT_DRAFTED, NOT_FORMED, NOT_JOINED, NOT_PROPOSED, Situation


def lacked(
    situation: Situation,
    at: datetime,
    *,
    people: Iterable[UUID | None] = (),
    units: Iterable[UUID | None] = (),
    goal: UUID | None = None,
) -> str | None:
    """What did not exist at an instant, of the strategy and what is named beside it; None where all of it did."""
    drafted_at, chart = situation.strategy.drafted_at, situation.organisation.chart
    if drafted_at is None or drafted_at > at:
        return NOT_DRAFTED
    for id in people:
        person = situation.people.get(id) if id is not None else None
        if id is not None and (person is None or person.known_as(at) is None):
            return NOT_JOINED
    for id in units:
        unit = chart.unit(id) if id is not None else None
        if id is not None and (unit is None or unit.since > at):
            return NOT_FORMED
    if goal is not None:
        found = situation.goals.get(goal)
        if found is None or found.proposed_at is None or found.proposed_at > at:
            return NOT_PROPOSED
    return None
