"""Who answers for an element of a strategy, a goal or a gap: a dated fact beside the document. Nobody is a vacancy.

All of it stands in the strategy's stream, its goals' and gaps' too: a topic belongs to one kind of stream, and who is
on the hook for a strategy is read in one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from domain.condition import Condition
from domain.dated import followed_by
from domain.kernel import Content, Refusal, RefusalKind, event


@event("accountable.named", schema=2)
class AccountableNamed(Content):
    """From here on this person answers for an element of the strategy, a goal under it, or a gap; None: nobody does.

    A gap is that of a `condition` in a `unit`.
    """

    element: str | None = None
    goal: UUID | None = None
    person: UUID | None
    unit: UUID | None = None
    condition: Condition | None = None

    @property
    def gap(self) -> str | None:
        """Which gap it is said for; None where it is said for none."""
        return gap_of(self.unit, self.condition) if self.unit is not None and self.condition is not None else None

    @property
    def is_for_one_thing(self) -> bool:
        """Whether it is said for one element, for one goal or for one gap, and a gap has both its parts."""
        said = (self.element, self.goal, self.unit)
        return sum(each is not None for each in said) == 1 and (self.unit is None) is (self.condition is None)


@dataclass(frozen=True, slots=True)
class Accountable:
    """Who answers for something from an instant on, until the next entry. None is a vacancy of that age."""

    person: UUID | None
    since: datetime


Tenures = tuple[Accountable, ...]
"""Who answered for one thing, oldest first."""

K = TypeVar("K", str, UUID)


@dataclass(eq=False)
class AccountableForOneThing(Refusal):
    """Somebody answers for one element, one goal or one gap at a time."""

    kind = RefusalKind.INVALID
    where = "for"
    rule = "it has to be said for one element, for one goal or for one gap who is accountable"
    way_out = "name one of them, a gap by itself or by its unit and condition, and say the rest in facts of their own"


def gap_of(unit: UUID, condition: Condition) -> str:
    """Which gap of a strategy it is: one for each condition of each unit, through all reviews."""
    return f"{unit}/{condition.value}"


def handed_over(tenures: Tenures, person: UUID | None, at: datetime) -> Tenures:
    """The tenures once this person answers for it. Naming the same one again does not start anew."""
    if tenures and tenures[-1].person == person:
        return tenures
    return followed_by(tenures, Accountable(person, at))


def handed_over_for(tenures: Mapping[K, Tenures], what: K, person: UUID | None, at: datetime) -> Mapping[K, Tenures]:
    """The tenures for many things once this person answers for one of them."""
    return {**tenures, what: handed_over(tenures.get(what, ()), person, at)}


def answers_now(*sources: Tenures) -> Accountable | None:
    """Who was named last, in whichever source, the last one winning at one instant; None where nobody ever was.

    A goal has two: what was proposed or changed with it, and what was named beside it.
    """
    newest: Accountable | None = None
    for tenures in sources:
        if tenures and (newest is None or tenures[-1].since >= newest.since):
            newest = tenures[-1]
    return newest
