"""What a request between units refuses, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.kernel import Refusal, RefusalKind


@dataclass(eq=False)
class RequestUnknown(Refusal):
    """Something was said about a request before it was made."""

    act: str
    where = "at"
    rule = "the request had not been made at that instant, so it cannot be said of it: {act}"
    way_out = "make it first, or date this to the day of the request, or later"


@dataclass(eq=False)
class RequestAlreadyMade(Refusal):
    """A request is made once."""

    where = "request"
    rule = "this request was made already"
    way_out = "make another one under a key of its own, or correct this one"


@dataclass(eq=False)
class RequestOfOneself(Refusal):
    """A unit asks another one."""

    kind = RefusalKind.INVALID
    where = "performer"
    rule = "a unit requests nothing of itself"
    way_out = "name another unit; what a unit does itself is its goal or its action"


@dataclass(eq=False)
class RequestStandsOtherwise(Refusal):
    """Something was said of a request that does not go with how it stands."""

    status: str
    act: str
    where = "at"
    rule = "the request stands as {status} at that instant, so it cannot be said of it: {act}"
    way_out = "say what goes with it as it stands, make another request, or correct what was said before"


@dataclass(eq=False)
class NoCounterStands(Refusal):
    """A counter-offer was taken that was not made."""

    where = "at"
    rule = "the performer offered nothing else at that instant"
    way_out = "wait for the promise or the counter-offer; to have it another way, make another request"


@dataclass(eq=False)
class NoMoveAsked(Refusal):
    """A move was answered that was not asked for."""

    where = "at"
    rule = "the performer asks for no other day at that instant"
    way_out = "a move is asked for by the performer first; the requester then consents or does not"


@dataclass(eq=False)
class NothingMoved(Refusal):
    """A move to the day that counts already."""

    day: date
    kind = RefusalKind.INVALID
    where = "by_when"
    rule = "{day} is the day that it is promised for already"
    way_out = "name another day, or ask for none"
