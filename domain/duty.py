"""A duty: what one person owes from the day on which it was given, to acknowledge, to answer, or to say yes or no.

It is a fact of its own, so that nobody becomes late by something learned afterwards. Whether it is met, overdue, or no
longer applies is derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Aggregate, Fact


class DutyKind(StrEnum):
    """What is owed: to acknowledge a revision, to answer in a review, or to say yes or no to something asked for."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    DECIDE = "decide"


@event("duty.given")
class DutyGiven(Content):
    """A person was given a duty, due by the end of the day `due` where one is named.

    It concerns a strategy, at some `revision` where one is named, one `element` or `goal` of it, or a `review`. It
    applies while the person is a member of `unit`; unstated, while they belong to the organisation.
    """

    person: UUID
    kind: DutyKind
    strategy: UUID | None = None
    revision: int | None = None
    element: str | None = None
    goal: UUID | None = None
    review: UUID | None = None
    unit: UUID | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The state of a duty; `given_at` is None before it was given."""

    given_at: datetime | None = None
    person: UUID | None = None
    kind: DutyKind | None = None
    strategy: UUID | None = None
    revision: int | None = None
    element: str | None = None
    goal: UUID | None = None
    review: UUID | None = None
    unit: UUID | None = None
    due: date | None = None


@dataclass(eq=False)
class DutyAlreadyGiven(Refusal):
    """A duty is given once."""

    where = "person"
    rule = "this duty was given already"
    way_out = "give another one, or correct this"


@dataclass(eq=False)
class DutyForNothing(Refusal):
    """A duty that does not say what it is for."""

    duty: str
    needed: str
    kind = RefusalKind.INVALID
    where = "for"
    rule = "a duty to {duty} has to name {needed}"
    way_out = "say what it is for"


def guard(state: Duty, fact: Fact) -> None:
    """Refuse a second giving, and a duty that is for nothing."""
    match fact.content:
        case _ if state.given_at is not None:
            raise DutyAlreadyGiven
        case DutyGiven(kind=DutyKind.ACKNOWLEDGE as kind, strategy=None):
            raise DutyForNothing(kind, "a strategy")
        case DutyGiven(kind=DutyKind.ANSWER as kind, review=None):
            raise DutyForNothing(kind, "a review")
        case DutyGiven(kind=DutyKind.DECIDE as kind, strategy=None, goal=None):
            raise DutyForNothing(kind, "a strategy or a goal")
        case _:
            pass


def evolve(state: Duty, fact: Fact) -> Duty:
    """The duty once this fact is in its place."""
    match fact.content:
        case DutyGiven() as given:
            return Duty(
                given_at=fact.effective_at,
                person=given.person,
                kind=given.kind,
                strategy=given.strategy,
                revision=given.revision,
                element=given.element,
                goal=given.goal,
                review=given.review,
                unit=given.unit,
                due=given.due,
            )
        case _:
            return state


DUTY: Aggregate[Duty] = Aggregate("duty", Duty(), (DutyGiven,), guard, evolve)
