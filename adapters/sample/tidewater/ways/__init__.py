"""The ways of working that Tidewater tries: each module tells one of them."""

from __future__ import annotations

from adapters.sample.commitments import Commitments
from adapters.sample.history import History
from adapters.sample.people import Chance, Staff
from adapters.sample.tidewater.ways import (
    cascade,
    concerns,
    conditions,
    constituencies,
    coordination,
    enrolment,
    evidence,
    gaps,
    health,
    know_how,
    looks,
    means,
    measures,
    plan,
    platitudes,
    rankings,
    shaping,
)

__all__ = ["tell"]


def tell(history: History, staff: Staff, commitments: Commitments, chance: Chance) -> None:
    """All of them."""
    shaping.tell(history, staff)
    cascade.tell(history, staff, commitments.heads)
    conditions.tell(history)
    health.tell(history, staff, chance)
    constituencies.tell(history)
    enrolment.tell(history, staff, commitments)
    coordination.tell(history, commitments.heads)
    plan.tell(history, staff, commitments)
    concerns.tell(history, staff)
    evidence.tell(history)
    rankings.tell(history)
    platitudes.tell(history)
    know_how.tell(history, staff)
    gaps.tell(history, staff)
    looks.tell(history)
    means.tell(history)
    measures.tell(history)
