"""A request: what one unit asks of another for a goal, what the other answers, and whether the promise was kept.

Only the requester says that it was. The first by-when stays visible; moving it needs the requester's consent, and is
counted. Whether a request is overdue lies between it and the day, and is derived in `domain.coordination`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel import Content, event
from domain.obligation import ByWhens, first_day, moved, moves, present_day
from domain.request_rules import (
    NoCounterStands,
    NoMoveAsked,
    NothingMoved,
    RequestAlreadyMade,
    RequestOfOneself,
    RequestStandsOtherwise,
    RequestUnknown,
)
from domain.sealed import Private
from domain.temporal import Aggregate, Fact


@event("request.made")
class RequestMade(Content):
    """A unit asked something of another for a goal: what, on which conditions it is satisfied, and by when."""

    key: Private | None = None
    strategy: UUID
    goal: UUID
    requester: UUID
    performer: UUID
    title: str
    conditions: Private | None = None
    by_when: date


@event("request.promised")
class RequestPromised(Content):
    """The performer promised it, as asked and by the day that was asked for."""


@event("request.declined")
class RequestDeclined(Content):
    """The performer said no; why stands in the envelope."""


@event("request.countered")
class RequestCountered(Content):
    """The performer offered it by another day, on other conditions where they are stated."""

    by_when: date
    conditions: Private | None = None


@event("request.counter_accepted")
class CounterAccepted(Content):
    """The requester took the counter-offer: it is promised by that day."""


@event("request.withdrawn")
class RequestWithdrawn(Content):
    """The requester asks for it no more."""


@event("request.move_asked")
class RequestMoveAsked(Content):
    """The performer asked for another day."""

    by_when: date


@event("request.move_consented")
class RequestMoveConsented(Content):
    """The requester agreed to the day that was asked for: it counts from here on."""


@event("request.move_refused")
class RequestMoveRefused(Content):
    """The requester did not agree: the day stays."""


@event("request.delivered")
class RequestDelivered(Content):
    """The performer says that the promise was kept."""

    evidence: Private | None = None


@event("request.accepted")
class RequestAccepted(Content):
    """The requester accepted it: the promise was kept."""


@event("request.rejected")
class RequestRejected(Content):
    """The requester did not accept what was delivered; why stands in the envelope. The promise stands as before."""


@event("request.revoked")
class RequestRevoked(Content):
    """The performer took the promise back before its day had passed; why stands in the envelope."""


@event("request.broken")
class RequestBroken(Content):
    """The day has passed, and the promise was not kept and will not be; why stands in the envelope."""


class RequestStatus(StrEnum):
    """Where a request stands between the two units."""

    OPEN = "open"
    COUNTERED = "countered"
    PROMISED = "promised"
    DELIVERED = "delivered"
    KEPT = "kept"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    BROKEN = "broken"


GOING_ON = frozenset({RequestStatus.OPEN, RequestStatus.COUNTERED, RequestStatus.PROMISED, RequestStatus.DELIVERED})
"""Where something is still to come of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What the performer offered instead."""

    by_when: date
    conditions: Private | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The state of a request; `made_at` is None before it was made.

    `asked_for` is the day that the requester named first, `by_whens` are the days promised, oldest first; `move` is one
    that was asked for and not answered yet. `on_behalf` says that neither unit's own people promised it.
    """

    made_at: datetime | None = None
    strategy: UUID | None = None
    goal: UUID | None = None
    requester: UUID | None = None
    performer: UUID | None = None
    title: str = ""
    conditions: Private | None = None
    asked_for: date | None = None
    status: RequestStatus | None = None
    counter: Counter | None = None
    by_whens: ByWhens = ()
    move: date | None = None
    on_behalf: bool = False
    delivered_at: datetime | None = None
    evidence: Private | None = None
    rejections: int = 0
    ended_at: datetime | None = None

    @property
    def due(self) -> date | None:
        """The day that counts: the one promised, else the one asked for."""
        return present_day(self.by_whens) or self.asked_for

    @property
    def first_promised(self) -> date | None:
        """The day that was promised first."""
        return first_day(self.by_whens)

    @property
    def moves(self) -> int:
        """How often the promised day was moved."""
        return moves(self.by_whens)


ALLOWED: dict[type[Content], frozenset[RequestStatus]] = {
    RequestPromised: frozenset({RequestStatus.OPEN, RequestStatus.COUNTERED}),
    RequestDeclined: frozenset({RequestStatus.OPEN, RequestStatus.COUNTERED}),
    RequestCountered: frozenset({RequestStatus.OPEN, RequestStatus.COUNTERED}),
    CounterAccepted: frozenset({RequestStatus.COUNTERED}),
    RequestWithdrawn: GOING_ON,
    RequestMoveAsked: frozenset({RequestStatus.PROMISED}),
    RequestMoveConsented: frozenset({RequestStatus.PROMISED}),
    RequestMoveRefused: frozenset({RequestStatus.PROMISED}),
    RequestDelivered: frozenset({RequestStatus.PROMISED}),
    RequestAccepted: frozenset({RequestStatus.PROMISED, RequestStatus.DELIVERED}),
    RequestRejected: frozenset({RequestStatus.DELIVERED}),
    RequestRevoked: frozenset({RequestStatus.PROMISED}),
    RequestBroken: frozenset({RequestStatus.PROMISED, RequestStatus.DELIVERED}),
}
"""Where a request has to stand for each thing to be said of it."""


def guard(state: Request, fact: Fact) -> None:
    """Refuse what cannot be said about a request in this state."""
    content = fact.content
    act = content.TOPIC.partition(".")[2].replace("_", " ")
    if isinstance(content, RequestMade):
        if state.made_at is not None:
            raise RequestAlreadyMade
        if content.requester == content.performer:
            raise RequestOfOneself
        return
    if state.status is None:
        raise RequestUnknown(act)
    match content:
        case CounterAccepted() if state.counter is None:
            raise NoCounterStands
        case RequestMoveConsented() | RequestMoveRefused() if state.move is None:
            raise NoMoveAsked
        case _ if state.status not in ALLOWED[type(content)]:
            raise RequestStandsOtherwise(state.status, act)
        case RequestMoveAsked(by_when=day) if day == state.due:
            raise NothingMoved(day)
        case _:
            pass


ENDS: dict[type[Content], RequestStatus] = {
    RequestAccepted: RequestStatus.KEPT,
    RequestDeclined: RequestStatus.DECLINED,
    RequestWithdrawn: RequestStatus.WITHDRAWN,
    RequestRevoked: RequestStatus.REVOKED,
    RequestBroken: RequestStatus.BROKEN,
}
"""What ends a request, and how it then stands."""


def evolve(state: Request, fact: Fact) -> Request:
    """The request once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    on_behalf = fact.actor.on_behalf_of is not None
    match content:
        case RequestMade():
            return Request(
                made_at=at,
                strategy=content.strategy,
                goal=content.goal,
                requester=content.requester,
                performer=content.performer,
                title=content.title,
                conditions=content.conditions,
                asked_for=content.by_when,
                status=RequestStatus.OPEN,
            )
        case RequestPromised():
            return _promised(state, state.asked_for, at, on_behalf=on_behalf)
        case RequestCountered(by_when=day, conditions=conditions):
            return replace(state, status=RequestStatus.COUNTERED, counter=Counter(by_when=day, conditions=conditions))
        case CounterAccepted() if state.counter is not None:
            agreed = replace(state, conditions=state.counter.conditions or state.conditions)
            return _promised(agreed, state.counter.by_when, at, on_behalf=on_behalf)
        case RequestMoveAsked(by_when=day):
            return replace(state, move=day)
        case RequestMoveConsented():
            return replace(state, by_whens=moved(state.by_whens, state.move, at), move=None)
        case RequestMoveRefused():
            return replace(state, move=None)
        case RequestDelivered(evidence=evidence):
            return replace(state, status=RequestStatus.DELIVERED, delivered_at=at, evidence=evidence, move=None)
        case RequestRejected():
            rejected = state.rejections + 1
            return replace(state, status=RequestStatus.PROMISED, delivered_at=None, evidence=None, rejections=rejected)
        case _ if type(content) in ENDS:
            return replace(state, status=ENDS[type(content)], ended_at=at, move=None, counter=None)
        case _:
            return state


def _promised(state: Request, day: date | None, at: datetime, *, on_behalf: bool) -> Request:
    by_whens = moved((), day, at)
    return replace(state, status=RequestStatus.PROMISED, by_whens=by_whens, counter=None, on_behalf=on_behalf)


REQUEST: Aggregate[Request] = Aggregate("request", Request(), (RequestMade, *ALLOWED), guard, evolve)
