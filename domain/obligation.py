"""What has a by-when: one definition of open, overdue, done and no longer asked for, whatever it is that is due.

Actions, requests, concerns, proposals and plans all hold their by-whens as `ByWhens`, the first of them for ever, and
read where they stand from `standing`. So a late entry or a correction moves all of them alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Due(StrEnum):
    """Where an obligation stands. Overdue begins the day after the by-when; done late is done."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ByWhen:
    """The day until which something is due, from an instant on, until the next entry."""

    day: date
    since: datetime


ByWhens = tuple[ByWhen, ...]
"""The by-whens of one obligation, oldest first."""


def moved(by_whens: ByWhens, day: date | None, at: datetime) -> ByWhens:
    """The by-whens once the day is another one. The same day, or none, is no move.

    One that is moved at the instant at which it was named has been moved: the first one stays.
    """
    if day is None or (by_whens and by_whens[-1].day == day):
        return by_whens
    return (*by_whens, ByWhen(day, at))


def first_day(by_whens: ByWhens) -> date | None:
    """The day that was named first."""
    return by_whens[0].day if by_whens else None


def present_day(by_whens: ByWhens) -> date | None:
    """The day that counts."""
    return by_whens[-1].day if by_whens else None


def moves(by_whens: ByWhens) -> int:
    """How often the day was moved."""
    return max(len(by_whens) - 1, 0)


def standing(due: date | None, today: date, *, done: bool = False, ended: bool = False) -> Due:
    """Where an obligation stands on the day `today`, the organisation's.

    `done` says that it was met, `ended` that it is no longer asked for: withdrawn, declined, or given to nobody who is
    there. What was done stays done.
    """
    if done:
        return Due.DONE
    if ended:
        return Due.ENDED
    return Due.OVERDUE if due is not None and due < today else Due.OPEN
