"""Commands about requests between units: asked, promised or not, delivered, and accepted by the requester alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk, UnknownReference
from application.owing import Owner, owes
from domain.coordination import due_of
from domain.kernel import Content, Party, Refusal, RefusalKind
from domain.obligation import Due
from domain.owed import Call, Owed
from domain.request import (
    REQUEST,
    CounterAccepted,
    Request,
    RequestAccepted,
    RequestBroken,
    RequestCountered,
    RequestDeclined,
    RequestDelivered,
    RequestMade,
    RequestMoveAsked,
    RequestMoveConsented,
    RequestMoveRefused,
    RequestPromised,
    RequestRejected,
    RequestRevoked,
    RequestStatus,
    RequestWithdrawn,
)
from domain.strategy import STRATEGY


@dataclass(eq=False)
class AskedForThePast(Refusal):
    """A day that had passed when it was named."""

    day: date
    named: date
    kind = RefusalKind.INVALID
    where = "by_when"
    rule = "on {named} nothing can be asked, offered or moved to {day}"
    way_out = "name that day or a later one"


@dataclass(eq=False)
class NobodyThereToAsk(Refusal):
    """A unit is asked that ended, and that no other one carries on."""

    unit: UUID
    kind = RefusalKind.INVALID
    where = "performer"
    rule = "the unit {unit} is not there at that instant, and none carries it on"
    way_out = "ask a unit that is there, or date this when that one was"


@dataclass(eq=False)
class OnlyTheRequesterSays(Refusal):
    """The other side, or somebody else, says what is for the requester to say."""

    kind = RefusalKind.FORBIDDEN
    where = "request"
    rule = "only somebody of the unit that requested it says so"
    way_out = "let its spokesperson or its lead say it, who belongs to that unit"


@dataclass(eq=False)
class NotBrokenYet(Refusal):
    """A promise was said to be broken before its day had passed."""

    due: date
    where = "at"
    rule = "the promise is due on {due}: until the end of that day it is not broken"
    way_out = "wait for the day after; who cannot keep it revokes it, and who needs it no more withdraws the request"


@dataclass(eq=False)
class TooLateToRevoke(Refusal):
    """A promise was taken back after its day had passed."""

    due: date
    where = "at"
    rule = "the promise was due on {due}: since then it can be kept late or broken, but not revoked"
    way_out = "say that it is broken, or deliver it"


@command("request.made")
class MakeRequest(Command):
    """Ask another unit for something that a goal needs: what, when it satisfies, and by when."""

    goal: str
    requester: str
    performer: str
    title: str
    by_when: date
    conditions: str | None = None
    request: str | None = None


@command("request.promised")
class PromiseRequest(Command):
    """Promise a request as asked, by the day that was asked for."""

    request: str


@command("request.declined")
class DeclineRequest(Command):
    """Say no to a request. The reason goes into `reason`."""

    request: str


@command("request.countered")
class CounterRequest(Command):
    """Offer it by another day, on other conditions if stated; it is a promise once the requester accepts it."""

    request: str
    by_when: date
    conditions: str | None = None


@command("request.counter_accepted")
class AcceptCounter(Command):
    """Accept, as the requester, what the performer offered instead."""

    request: str


@command("request.withdrawn")
class WithdrawRequest(Command):
    """Ask, as the requester, for it no more."""

    request: str


@command("request.move_asked")
class AskToMove(Command):
    """Ask, as the performer, for another day. The promised one counts until the requester consents."""

    request: str
    by_when: date


@command("request.move_consented")
class ConsentToMove(Command):
    """Consent, as the requester, to the day that was asked for. The first one stays visible."""

    request: str


@command("request.move_refused")
class RefuseToMove(Command):
    """Leave the day, as the requester, as it was promised."""

    request: str


@command("request.delivered")
class DeliverRequest(Command):
    """Say, as the performer, that the promise was kept. Whether it was is for the requester to say."""

    request: str
    evidence: str | None = None


@command("request.accepted")
class AcceptRequest(Command):
    """Accept, as the requester, that the promise was kept."""

    request: str


@command("request.rejected")
class RejectRequest(Command):
    """Say, as the requester, that what was delivered does not satisfy, with the reason: the promise stands."""

    request: str


@command("request.revoked")
class RevokeRequest(Command):
    """Take a promise back, as the performer, before its day has passed, with the reason."""

    request: str


@command("request.broken")
class BreakRequest(Command):
    """Say, on either side, that a promise whose day has passed was broken, with the reason."""

    request: str


@handles(MakeRequest)
def make(asked: MakeRequest, desk: Desk) -> AnyDraft:
    """A new request."""
    goal, stream = desk.find("goal", asked.goal), desk.new("request", asked.request)
    strategy = desk.goal_whenever(goal).strategy
    if strategy is None:
        raise UnknownReference("goal", asked.goal, "goal")
    _be_no_past(desk, asked.by_when)
    requester, performer = (
        desk.find("unit", asked.requester, "requester"),
        desk.find("unit", asked.performer, "performer"),
    )
    if desk.actor.imported is None and desk.chart(desk.at).chart.carried_on_by(performer, desk.at) is None:
        raise NobodyThereToAsk(performer)
    content = RequestMade(
        key=desk.sealed_key("request", asked.request, desk.organisation),
        strategy=strategy,
        goal=goal,
        requester=requester,
        performer=performer,
        title=asked.title,
        conditions=desk.own_words(asked.conditions, impersonal=True),
        by_when=asked.by_when,
    )
    return _by(desk, stream, content, requester)


@handles(PromiseRequest)
def promise(asked: PromiseRequest, desk: Desk) -> AnyDraft:
    """Promised."""
    return _by_performer(desk, asked.request, RequestPromised())


@handles(DeclineRequest)
def decline(asked: DeclineRequest, desk: Desk) -> AnyDraft:
    """A no."""
    desk.be_reasoned(asked.TOPIC)
    return _by_performer(desk, asked.request, RequestDeclined())


@handles(CounterRequest)
def counter(asked: CounterRequest, desk: Desk) -> AnyDraft:
    """Another offer."""
    _be_no_past(desk, asked.by_when)
    conditions = desk.own_words(asked.conditions, impersonal=True)
    return _by_performer(desk, asked.request, RequestCountered(by_when=asked.by_when, conditions=conditions))


@handles(AcceptCounter)
def accept_counter(asked: AcceptCounter, desk: Desk) -> AnyDraft:
    """The other offer is taken."""
    return _by_requester(desk, asked.request, CounterAccepted())


@handles(WithdrawRequest)
def withdraw(asked: WithdrawRequest, desk: Desk) -> AnyDraft:
    """Asked for no more."""
    return _by_requester(desk, asked.request, RequestWithdrawn())


@handles(AskToMove)
def ask_to_move(asked: AskToMove, desk: Desk) -> AnyDraft:
    """Another day is asked for."""
    _be_no_past(desk, asked.by_when)
    return _by_performer(desk, asked.request, RequestMoveAsked(by_when=asked.by_when))


@handles(ConsentToMove)
def consent_to_move(asked: ConsentToMove, desk: Desk) -> AnyDraft:
    """The other day counts."""
    return _by_requester(desk, asked.request, RequestMoveConsented())


@handles(RefuseToMove)
def refuse_to_move(asked: RefuseToMove, desk: Desk) -> AnyDraft:
    """The day stays."""
    return _by_requester(desk, asked.request, RequestMoveRefused())


@handles(DeliverRequest)
def deliver(asked: DeliverRequest, desk: Desk) -> AnyDraft:
    """Said to be kept."""
    return _by_performer(desk, asked.request, RequestDelivered(evidence=desk.own_words(asked.evidence)))


@handles(AcceptRequest)
def accept(asked: AcceptRequest, desk: Desk) -> AnyDraft:
    """Kept."""
    return _by_requester(desk, asked.request, RequestAccepted())


@handles(RejectRequest)
def reject(asked: RejectRequest, desk: Desk) -> AnyDraft:
    """Not kept yet."""
    desk.be_reasoned(asked.TOPIC)
    return _by_requester(desk, asked.request, RequestRejected())


@handles(RevokeRequest)
def revoke(asked: RevokeRequest, desk: Desk) -> AnyDraft:
    """Taken back in time."""
    desk.be_reasoned(asked.TOPIC)
    due = _state(desk, asked.request).due
    if due is not None and desk.day(desk.at) > due:
        raise TooLateToRevoke(due)
    return _by_performer(desk, asked.request, RequestRevoked())


@handles(BreakRequest)
def break_request(asked: BreakRequest, desk: Desk) -> AnyDraft:
    """Not kept, and not to be."""
    desk.be_reasoned(asked.TOPIC)
    state = _state(desk, asked.request)
    if state.due is not None and desk.day(desk.at) <= state.due:
        raise NotBrokenYet(state.due)
    stream = desk.find("request", asked.request)
    if state.performer is not None and desk.on_behalf_of(Party("unit", carrier(desk, state.performer))) is None:
        return _by(desk, stream, RequestBroken(), state.performer)
    return _by(desk, stream, RequestBroken(), state.requester)


def carrier(desk: Desk, unit: UUID) -> UUID:
    """The unit that carries this one on at the statement's instant; itself where none does."""
    return desk.chart(desk.at).chart.carried_on_by(unit, desk.at) or unit


def _state(desk: Desk, request: str) -> Request:
    return desk.before(REQUEST, desk.find("request", request))


def _be_no_past(desk: Desk, day: date) -> None:
    named = desk.day(desk.at)
    if day < named:
        raise AskedForThePast(day, named)


def _by_performer(desk: Desk, request: str, content: Content) -> AnyDraft:
    stream = desk.find("request", request)
    return _by(desk, stream, content, desk.before(REQUEST, stream).performer)


def _by_requester(desk: Desk, request: str, content: Content) -> AnyDraft:
    """What is for the requester to say: neither the performer nor anybody above says it for them."""
    stream = desk.find("request", request)
    requester = desk.before(REQUEST, stream).requester
    draft = _by(desk, stream, content, requester)
    if draft.on_behalf_of is not None and desk.actor.imported is None and desk.actor.person is not None:
        raise OnlyTheRequesterSays
    return draft


def _by(desk: Desk, stream: UUID, content: Content, unit: UUID | None) -> AnyDraft:
    party = Party("unit", carrier(desk, unit)) if unit is not None else None
    return Draft[Request](
        aggregate=REQUEST,
        stream=stream,
        content=content,
        on_behalf_of=desk.on_behalf_of(party) if party is not None else None,
    )


@owes
def between_units(owner: Owner) -> Iterator[Owed]:
    """What the units that a person speaks for owe one another: an answer, what they promised, or their acceptance."""
    if not owner.units:
        return
    chart, at = owner.settings.chart, owner.moment.valid_at
    going = {id: state for id, state in owner.states(REQUEST).items() if state.status in CALLS}
    strategies = owner.states(STRATEGY, streams=sorted({each.strategy for each in going.values() if each.strategy}))
    for id, state in going.items():
        strategy = strategies.get(state.strategy) if state.strategy is not None else None
        if strategy is None or strategy.retired_at is not None or state.status is None:
            continue
        sides = {True: state.performer, False: state.requester}
        carried = {side: chart.carried_on_by(unit, at) if unit is not None else None for side, unit in sides.items()}
        by_performer, call = CALLS[state.status]
        if carried[by_performer] in owner.units:
            due = state.due if by_performer else None
            overdue = by_performer and due_of(state, owner.today) is Due.OVERDUE
            yield Owed(call=call, record=id, strategy=state.strategy, due=due, overdue=overdue)
        if state.move is not None and carried[False] in owner.units:
            yield Owed(call=Call.REPLY, record=id, strategy=state.strategy)


CALLS = {
    RequestStatus.OPEN: (True, Call.REPLY),
    RequestStatus.COUNTERED: (False, Call.REPLY),
    RequestStatus.PROMISED: (True, Call.KEEP),
    RequestStatus.DELIVERED: (False, Call.ACCEPT),
}
"""What is owed of a request as it stands: whether by the performer, and what."""
