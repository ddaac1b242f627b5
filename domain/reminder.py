"""When somebody is reminded of what they owe: not every day, and never of what does not apply any more.

What is due is told a week ahead, a day ahead and on the day; overdue on the day after, and then once a week. A cycle is
told of when it was opened, half-way and on the day before its last; everything else once a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.owed import Call

AHEAD = (7, 1, 0)
"""How many days before the by-when somebody is reminded."""
WEEK = 7
MONDAY = 0


class MessageKind(StrEnum):
    """What messages are about, for whoever does not want some of them: each can be turned off."""

    DUTIES = "duties"
    COMMITMENTS = "commitments"
    REVIEWS = "reviews"
    WORK = "work"
    REQUESTS = "requests"


KIND_OF = {
    Call.DUTY: MessageKind.DUTIES,
    Call.RENEW: MessageKind.COMMITMENTS,
    Call.CONFIRM: MessageKind.COMMITMENTS,
    Call.TAKE_OVER: MessageKind.COMMITMENTS,
    Call.DELIVER: MessageKind.COMMITMENTS,
    Call.ANSWER: MessageKind.REVIEWS,
    Call.REPLY: MessageKind.REQUESTS,
    Call.ACCEPT: MessageKind.REQUESTS,
    Call.ADDRESS: MessageKind.REQUESTS,
}
"""The kind of message that each call belongs to; those that are not named are work."""


class Matter(StrEnum):
    """What a call is about, where its word alone would say too little or something else."""

    ACKNOWLEDGE = "acknowledge"
    DECIDE = "decide"
    CONCERN = "concern"
    KNOWLEDGE = "knowledge"
    ORDER = "order"
    LOOK = "look"
    REQUEST = "request"
    PROPOSAL = "proposal"
    CONSTITUENCY = "constituency"
    CONVERSATION = "conversation"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing that a person is asked for, as a message tells it.

    `title` is what it is called by the organisation, never somebody's own words. A cycle has the days of its opening
    and its last day; of a `confided` one it is not known here whether the person has answered.
    """

    call: Call
    record: UUID
    title: str
    due: date | None = None
    overdue: bool = False
    opened: date | None = None
    confided: bool = False
    matter: Matter | None = None

    @property
    def kind(self) -> MessageKind:
        """What kind of message tells of it."""
        if self.matter is Matter.CONCERN:
            return MessageKind.REQUESTS
        return KIND_OF.get(self.call, MessageKind.WORK)

    def calls(self, today: date) -> bool:
        """Whether it is a reason to write on this day."""
        if self.opened is not None and self.due is not None:
            return today in _days_of_a_cycle(self.opened, self.due)
        if self.due is None:
            return today.weekday() == MONDAY
        days = (self.due - today).days
        return days in AHEAD if days >= 0 else (-days - 1) % WEEK == 0


def _days_of_a_cycle(opened: date, last: date) -> frozenset[date]:
    """The day of the opening, the one half-way, and the one before the last."""
    half = opened + (last - opened) // 2
    return frozenset({opened, half, max(opened, date.fromordinal(last.toordinal() - 1))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A cycle that a person takes part in, or will: for their calendar."""

    uid: str
    title: str
    opens: datetime
    closes: datetime
    review: UUID | None = None
