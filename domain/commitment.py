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
class Said:
    """One time at which a party spoke for a commitment: made, changed or renewed it, took it over, or `confirms` it.

    `terms` are None where they stay as they were.
    """

    at: datetime
    party: Party
    seen: Seen | None = None
    terms: Terms | None = None
    on_behalf: bool = False
    confirms: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """The state of one commitment at an instant.

    `said` is what its parties said of it, oldest first; `made_at` is the instant of its first fact. `stated_at` is when
    its present terms were last affirmed (made, changed, renewed, accepted), `owned_since` when its owner last made it
    theirs: by making, accepting or confirming it. `on_behalf` says that somebody else entered it and its owner has not
    confirmed it. `turned_down_by` are the parties that were asked to take it over and said no themselves.
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
    said: tuple[Said, ...] = ()
    turned_down_by: tuple[Party, ...] = ()

    def by(self, *said: Said) -> Commitment:
        """The commitment as it stands by these of the words alone that its parties said of it."""
        party, seen, terms, on_behalf = None, None, Terms(), False
        stated_at: datetime | None = None
        owned_since: datetime | None = None
        for each in said:
            if each.confirms or each.party != party:
                owned_since = each.at
            if not each.confirms:
                seen, stated_at = each.seen, each.at
            party, terms, on_behalf = each.party, each.terms or terms, each.on_behalf
        return replace(
            self,
            party=party,
            seen=seen,
            terms=terms,
            stated_at=stated_at,
            owned_since=owned_since,
            on_behalf=on_behalf,
            said=said,
        )

    @property
    def answerers(self) -> frozenset[Party]:
        """The parties that said yes or no themselves: that took it on at some time, or would not."""
        return frozenset((*(each.party for each in self.said if not each.on_behalf), *self.turned_down_by))


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
            made = Commitment(standing=Standing.OPEN, target=target, made_at=at)
            return made.by(Said(at=at, party=party, seen=seen, terms=terms, on_behalf=on_behalf))
        case CommitmentDeclined(party=party, target=target, seen=seen) if state.standing is Standing.NONE:
            no = Commitment(standing=Standing.DECLINED, target=target, made_at=at, ended_at=at)
            return no.by(Said(at=at, party=party, seen=seen, on_behalf=on_behalf))
        case CommitmentChanged(seen=seen, terms=terms) if owner := state.party:
            return state.by(*state.said, Said(at=at, party=owner, seen=seen, terms=terms, on_behalf=on_behalf))
        case CommitmentRenewed(seen=seen) if owner := state.party:
            return state.by(*state.said, Said(at=at, party=owner, seen=seen, on_behalf=on_behalf))
        case CommitmentConfirmed() if (owner := state.party) and not on_behalf:
            return state.by(*state.said, Said(at=at, party=owner, confirms=True))
        case CommitmentReassigned(party=party):
            return replace(state, offered_to=party)
        case CommitmentAccepted(seen=seen) if successor := state.offered_to:
            taken_over = Said(at=at, party=successor, seen=seen, on_behalf=on_behalf)
            return replace(state.by(*state.said, taken_over), offered_to=None)
        case CommitmentDeclined(party=party):
            turned_down_by = state.turned_down_by if on_behalf else (*state.turned_down_by, party)
            return replace(state, offered_to=None, turned_down_by=turned_down_by)
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
