"""A commitment: what a person or a unit takes on towards a strategy, an element or a goal of it.

It is its owner's own and is bound to the revision its author saw. Whether it is stale, early, overdue or unowned lies
between streams and is derived in `domain.alignment`; this file knows the statement and what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.commitment_rules import (
    CommitmentAlreadyMade,
    CommitmentEnded,
    CommitmentUnknown,
    DeclinedByAnother,
    NobodyAskedToTakeOver,
    OwnerAlready,
)
from domain.kernel import Content, Party, event
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


AWAITS_CONFIRMATION = frozenset({Standing.OPEN, Standing.FULFILLED, Standing.DECLINED})
"""What is its owner's own to say: entered on behalf, it counts apart until they confirm it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affirmed:
    """A commitment as it was affirmed at `stated_at`, before it was affirmed anew; fields as those of `Commitment`."""

    party: Party
    seen: Seen | None
    terms: Terms
    stated_at: datetime
    owned_since: datetime
    on_behalf: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """The state of one commitment at an instant.

    `stated_at` is when its present terms were last affirmed (made, changed, renewed or accepted), `earlier` holds what
    was affirmed before that, oldest first; `made_at` is the instant of its first fact. `owned_since` is when its owner
    last made it theirs: by making, accepting or confirming it, the last of these at `confirmed_at`. `on_behalf` says
    that somebody else entered it and its owner has not confirmed it. `turned_down_by` are the parties that were asked
    to take it over and said no themselves.
    """

    standing: Standing = Standing.NONE
    party: Party | None = None
    target: Target | None = None
    seen: Seen | None = None
    terms: Terms = Terms()
    made_at: datetime | None = None
    stated_at: datetime | None = None
    owned_since: datetime | None = None
    confirmed_at: datetime | None = None
    on_behalf: bool = False
    offered_to: Party | None = None
    ended_at: datetime | None = None
    earlier: tuple[Affirmed, ...] = ()
    turned_down_by: tuple[Party, ...] = ()

    def without_last(self) -> Commitment | None:
        """As it stood before it was last affirmed; None where nothing was affirmed before."""
        if not self.earlier:
            return None
        *earlier, last = self.earlier
        confirmed_at = self.confirmed_at if self.confirmed_at and self.confirmed_at >= last.stated_at else None
        return replace(
            self,
            party=last.party,
            seen=last.seen,
            terms=last.terms,
            stated_at=last.stated_at,
            owned_since=confirmed_at or last.owned_since,
            on_behalf=last.on_behalf and confirmed_at is None,
            earlier=tuple(earlier),
        )

    @property
    def answerers(self) -> frozenset[Party]:
        """The parties that said yes or no themselves: that took it on at some time, or would not."""
        said = {each.party for each in self.earlier if not each.on_behalf}
        if self.party is not None and not self.on_behalf:
            said.add(self.party)
        return frozenset(said.union(self.turned_down_by))


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
        case CommitmentConfirmed() if state.on_behalf and state.standing in AWAITS_CONFIRMATION:
            return
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
            first = Commitment(standing=Standing.OPEN, party=party, target=target, seen=seen, terms=terms, made_at=at)
            return replace(_affirmed_anew(first, fact), owned_since=at)
        case CommitmentChanged(seen=seen, terms=terms):
            return replace(_affirmed_anew(state, fact), seen=seen, terms=terms)
        case CommitmentRenewed(seen=seen):
            return replace(_affirmed_anew(state, fact), seen=seen)
        case CommitmentReassigned(party=party):
            return replace(state, offered_to=party)
        case CommitmentAccepted(seen=seen):
            taken_over = replace(_affirmed_anew(state, fact), party=state.offered_to, seen=seen)
            return replace(taken_over, owned_since=at, offered_to=None)
        case CommitmentDeclined(party=party, target=target, seen=seen) if state.standing is Standing.NONE:
            no = Commitment(standing=Standing.DECLINED, party=party, target=target, seen=seen, made_at=at, ended_at=at)
            return replace(_affirmed_anew(no, fact), owned_since=at)
        case CommitmentDeclined(party=party):
            turned_down_by = state.turned_down_by if on_behalf else (*state.turned_down_by, party)
            return replace(state, offered_to=None, turned_down_by=turned_down_by)
        case CommitmentConfirmed() if not on_behalf:
            return replace(state, on_behalf=False, owned_since=at, confirmed_at=at)
        case CommitmentWithdrawn():
            return _ended(state, Standing.WITHDRAWN, at)
        case CommitmentFulfilled():
            return _ended(state, Standing.FULFILLED, at)
        case CommitmentMissed():
            return _ended(state, Standing.MISSED, at)
        case _:
            return state


def _affirmed_anew(state: Commitment, fact: Fact) -> Commitment:
    """As it stands by this fact, with what was affirmed before, if anything, kept in `earlier`."""
    earlier = state.earlier
    if state.party and state.stated_at and state.owned_since:
        affirmed = Affirmed(
            party=state.party,
            seen=state.seen,
            terms=state.terms,
            stated_at=state.stated_at,
            owned_since=state.owned_since,
            on_behalf=state.on_behalf,
        )
        earlier = (*earlier, affirmed)
    on_behalf = fact.actor.on_behalf_of is not None
    return replace(state, stated_at=fact.effective_at, on_behalf=on_behalf, earlier=earlier)


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
