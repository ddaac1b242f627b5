"""Who answers for an element of a strategy or for a goal: a dated fact beside the document. Nobody is a vacancy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.dated import followed_by
from domain.kernel import Content, event


@event("accountable.named")
class AccountableNamed(Content):
    """From here on this person answers for it; None: nobody does.

    In a strategy's stream `element` names which one of it; in a goal's stream it is the goal itself, named by `goal`.
    """

    element: str | None = None
    goal: UUID | None = None
    person: UUID | None


@dataclass(frozen=True, slots=True)
class Accountable:
    """Who answers for something from an instant on, until the next entry. None is a vacancy of that age."""

    person: UUID | None
    since: datetime


def handed_over(entries: tuple[Accountable, ...], person: UUID | None, at: datetime) -> tuple[Accountable, ...]:
    """The entries once this person answers for it. Naming the same one again does not start anew."""
    if entries and entries[-1].person == person:
        return entries
    return followed_by(entries, Accountable(person, at))


def answers_now(entries: tuple[Accountable, ...]) -> UUID | None:
    """Who was named last; None for a vacancy, and where nobody was ever named."""
    return entries[-1].person if entries else None
