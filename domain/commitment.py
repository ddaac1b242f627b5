"""A commitment: what a person or a unit takes on towards a strategy, an element or a goal of it.

It is its owner's own and is bound to the revision its author saw. Whether it is stale, early, overdue or unowned lies
between streams and is derived in `domain.alignment`; this file knows the statement and what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel import Content, Party, Refusal, RefusalKind, event
from domain.sealed import Private
from domain.temporal import Aggregate, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is committed to: a whole strategy, one element of it, or a goal under it."""

    strategy: UUID
    element: str | None = None
    goal: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is taken on: a level of the strategy's scale, a role, a result in own words, a last day for it."""

    level: str | None = None
    role: str | None = None
    result: Private | None = None
    by_when: date | None = None
    champion: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The revision a statement is bound to: the one its author saw. None before the first publication."""

    revision: int
    content_hash: str


@event("commitment.made")
class CommitmentMade(Content):
    """A party took something on."""

    party: Party
    target: Target
    seen: Seen | None
    terms: Terms
    key: Private | None = None


@event("commitment.changed")
class CommitmentChanged(Content):
    """The owner restated all terms, having seen a revision."""

    seen: Seen | None
    terms: Terms


@event("commitment.renewed")
class CommitmentRenewed(Content):
    """The owner stands by the same terms under a newer revision or a changed goal."""

    seen: Seen | None


@event("commitment.reassigned")
class CommitmentReassigned(Content):
    """Another party was asked to take it over. It stays with its owner until that party accepts."""

    party: Party


@event("commitment.accepted")
class CommitmentAccepted(Content):
    """The party that was asked took it over; from here on it is theirs."""

    seen: Seen | None


@event("commitment.declined")
class CommitmentDeclined(Content):
    """A no, on the record: to a commitment that was asked for, or to taking one over."""

    party: Party
    target: Target
    seen: Seen | None = None
    key: Private | None = None


@event("commitment.withdrawn")
class CommitmentWithdrawn(Content):
    """The owner took it back."""


@event("commitment.confirmed")
class CommitmentConfirmed(Content):
    """The owner made a statement entered on their behalf, or one made before they left, their own."""


@event("commitment.fulfilled")
class CommitmentFulfilled(Content):
    """The result was delivered."""

    evidence: Private | None = None


@event("commitment.missed")
class CommitmentMissed(Content):
    """The result was not delivered, and will not be under these terms."""


class Standing(StrEnum):
    """What became of a commitment so far."""

    NONE = "none"
    OPEN = "open"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    FULFILLED = "fulfilled"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """The state of one commitment at an instant.

    `made_at` is the instant of its first fact, `stated_at` when its present terms were last affirmed (made, changed, renewed or accepted), `owned_since` when
    its owner last made it theirs: by making, accepting or confirming it. `on_behalf` says that somebody else entered
    it and its owner has not confirmed it.
    """

    standing: Standing = Standing.NONE
    party: Party | None = None
    target: Target | None = None
    seen: Seen | None = None
    terms: Terms = Terms()
    made_at: datetime | None = None
    stated_at: datetime | None = None
    owned_since: datetime | None = None
    on_behalf: bool = False
    offered_to: Party | None = None
    ended_at: datetime | None = None


@dataclass(eq=False)
class CommitmentUnknown(Refusal):
    """Something was said about a commitment that was not made yet."""

    act: str
    where = "at"
    rule = "no commitment stands here at that instant, so it cannot be {act}"
    way_out = "make the commitment first, or date this statement after it"


@dataclass(eq=False)
class CommitmentAlreadyMade(Refusal):
    """One commitment is made once; more are commitments of their own."""

    where = "commitment"
    rule = "this commitment was made already"
    way_out = "change or renew it; a party may hold several towards one target, each under a key of its own"


@dataclass(eq=False)
class CommitmentEnded(Refusal):
    """A commitment that was withdrawn, declined, fulfilled or missed takes no further change."""

    standing: str
    where = "at"
    rule = "this commitment is {standing}: nothing more can be said about it"
    way_out = "make a new commitment, or correct the fact that ended it"


@dataclass(eq=False)
class NobodyAskedToTakeOver(Refusal):
    """An acceptance without an offer."""

    where = "at"
    rule = "no other party has been asked to take this commitment over"
    way_out = "reassign it first; whom it is offered to may then accept or decline"


@dataclass(eq=False)
class OwnerAlready(Refusal):
    """A commitment offered to its own owner."""

    kind = RefusalKind.INVALID
    where = "party"
    rule = "this party owns the commitment already"
    way_out = "name another party"


@dataclass(eq=False)
class DeclinedByAnother(Refusal):
    """A no to an offer by a party that was not asked, or towards another target."""

    where = "party"
    rule = "only the party that was asked to take this commitment over may decline it"
    way_out = "decline as that party; an owner withdraws instead"


def guard(state: Commitment, fact: Fact) -> None:
    """Refuse what cannot be said about a commitment in this state."""
    match fact.content:
        case CommitmentMade():
            if state.standing is not Standing.NONE:
                raise CommitmentAlreadyMade
        case CommitmentDeclined(party=party, target=target):
            if state.standing is Standing.NONE:
                return
            _be_open(state, "declined")
            if party != state.offered_to or target != state.target:
                raise DeclinedByAnother
        case CommitmentReassigned(party=party):
            _be_open(state, "reassigned")
            if party == state.party:
                raise OwnerAlready
        case CommitmentAccepted():
            _be_open(state, "accepted")
            if state.offered_to is None:
                raise NobodyAskedToTakeOver
        case content:
            _be_open(state, content.TOPIC.partition(".")[2])


def _be_open(state: Commitment, act: str) -> None:
    if state.standing is Standing.NONE:
        raise CommitmentUnknown(act)
    if state.standing is not Standing.OPEN:
        raise CommitmentEnded(state.standing)


def evolve(state: Commitment, fact: Fact) -> Commitment:
    """The commitment once this fact is in its place."""
    at, on_behalf = fact.effective_at, fact.actor.on_behalf_of is not None
    match fact.content:
        case CommitmentMade(party=party, target=target, seen=seen, terms=terms):
            return Commitment(
                standing=Standing.OPEN,
                party=party,
                target=target,
                seen=seen,
                terms=terms,
                made_at=at,
                stated_at=at,
                owned_since=at,
                on_behalf=on_behalf,
            )
        case CommitmentChanged(seen=seen, terms=terms):
            return replace(state, seen=seen, terms=terms, stated_at=at, on_behalf=on_behalf)
        case CommitmentRenewed(seen=seen):
            return replace(state, seen=seen, stated_at=at, on_behalf=on_behalf)
        case CommitmentReassigned(party=party):
            return replace(state, offered_to=party)
        case CommitmentAccepted(seen=seen):
            return replace(
                state,
                party=state.offered_to,
                seen=seen,
                stated_at=at,
                owned_since=at,
                on_behalf=on_behalf,
                offered_to=None,
            )
        case CommitmentDeclined(party=party, target=target, seen=seen):
            if state.standing is Standing.NONE:
                return Commitment(
                    standing=Standing.DECLINED,
                    party=party,
                    target=target,
                    seen=seen,
                    made_at=at,
                    stated_at=at,
                    owned_since=at,
                    on_behalf=on_behalf,
                    ended_at=at,
                )
            return replace(state, offered_to=None)
        case CommitmentConfirmed():
            return replace(state, on_behalf=False, owned_since=at)
        case CommitmentWithdrawn():
            return _ended(state, Standing.WITHDRAWN, at)
        case CommitmentFulfilled():
            return _ended(state, Standing.FULFILLED, at)
        case CommitmentMissed():
            return _ended(state, Standing.MISSED, at)
        case _:
            return state


def _ended(state: Commitment, standing: Standing, at: datetime) -> Commitment:
    return replace(state, standing=standing, ended_at=at, offered_to=None)


COMMITMENT: Aggregate[Commitment] = Aggregate(
    "commitment",
    Commitment(),
    (
        CommitmentMade,
        CommitmentChanged,
        CommitmentRenewed,
        CommitmentReassigned,
        CommitmentAccepted,
        CommitmentDeclined,
        CommitmentWithdrawn,
        CommitmentConfirmed,
        CommitmentFulfilled,
        CommitmentMissed,
    ),
    guard,
    evolve,
)
