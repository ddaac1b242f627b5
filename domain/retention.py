"""Retention: for how long texts about people are kept once they left, by the kind of text.

What is set is a dated fact of the organisation, and the newest word on a kind holds. Keys are destroyed by it; no event
is pruned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.erasure import Hold, erased_by
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.person import Person
from domain.sealed import TextKind

LONGEST = 36_500
"""Days: nothing is set to be kept for longer than a hundred years; it is kept for good instead."""


@event("retention.set")
class RetentionSet(Content):
    """Texts of this kind are erased this many days after a person left, in local days; None: they are kept."""

    kind: TextKind
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """For how long texts of one kind are kept after their person left, since when this holds. None: for good."""

    kind: TextKind
    days: int | None
    since: datetime


Schedule = tuple[Retention, ...]
"""What was set, in the order of time: the last of each kind holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Which kinds of texts of a person who left are due to be erased, and the hold that keeps that from happening."""

    left_at: datetime
    kinds: tuple[TextKind, ...]
    hold: Hold | None


@dataclass(eq=False)
class RetentionDaysWrong(Refusal):
    """A time to keep texts for that is none."""

    days: int
    longest: int = LONGEST
    kind = RefusalKind.INVALID
    where = "days"
    rule = "texts are not kept for {days} days"
    way_out = "give 0 to {longest} days after the person left, or leave days out, and the texts are kept"


def refuse_retention(content: RetentionSet) -> None:
    """Refuse a time that nobody can wait for."""
    if content.days is not None and not 0 <= content.days <= LONGEST:
        raise RetentionDaysWrong(content.days)


def with_retention(schedule: Schedule, content: RetentionSet, at: datetime) -> Schedule:
    """The schedule once this was set."""
    return (*schedule, Retention(kind=content.kind, days=content.days, since=at))


def in_force(schedule: Schedule) -> Schedule:
    """What holds of a schedule: for each kind that anything was set for, the newest word."""
    newest = {each.kind: each for each in schedule}
    return tuple(newest[kind] for kind in TextKind if kind in newest)


def due(schedule: Schedule, person: Person, now: datetime, day: Callable[[datetime], date]) -> Due | None:
    """What is due of somebody at an instant; `day` tells the local day of one. `person` is all that is known of them.

    None for whoever is there, is to come back by what is known, or has nothing left that is due.
    """
    left_at = left(person, now)
    if left_at is None:
        return None
    gone, waited = erased_by(person.erasures), day(now) - day(left_at)
    kinds = tuple(
        each.kind
        for each in in_force(schedule)
        if each.days is not None and each.kind not in gone and timedelta(days=each.days) <= waited
    )
    hold = next((each for each in person.holds if each.holds(now)), None)
    return Due(left_at=left_at, kinds=kinds, hold=hold) if kinds else None


def left(person: Person, now: datetime) -> datetime | None:
    """When somebody left for good, as is known; None for whoever has not, came back, or is known to come back."""
    end = person.presences[-1].until if person.presences else None
    return end if end is not None and end <= now else None
