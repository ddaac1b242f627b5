"""The ways of working that Tidewater tries: each module tells one of them."""

from __future__ import annotations

from adapters.sample.commitments import Commitments
from adapters.sample.history import History
from adapters.sample.people import Staff
from adapters.sample.tidewater.ways import concerns, enrolment, evidence, means, measures, plan

__all__ = ["tell"]


def tell(history: History, staff: Staff, commitments: Commitments) -> None:
    """All of them."""
    enrolment.tell(history, staff, commitments)
    plan.tell(history, staff)
    concerns.tell(history, staff)
    evidence.tell(history)
    means.tell(history)
    measures.tell(history)
