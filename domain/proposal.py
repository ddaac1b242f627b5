"""A proposal: what somebody would have a draft say, or not say, and what those who draft answered to it.

Publishing waits for no answer; a proposal that has none goes on showing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel import Content, Refusal, event
from domain.sealed import Private
from domain.temporal import Aggregate, Fact


class Taken(StrEnum):
    """What became of a proposal."""

    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    NOT_TAKEN_UP = "not_taken_up"


@event("proposal.made")
class ProposalMade(Content):
    """A person proposed something for the draft of a strategy: for one element of it, or for the whole.

    `content_hash` is that of the draft as it stood, `drafters` are those who had worked on it, whose answer is owed.
    """

    key: Private | None = None
    person: UUID
    strategy: UUID
    element: str | None = None
    text: Private
    content_hash: str
    drafters: tuple[UUID, ...] = ()


@event("proposal.answered")
class ProposalAnswered(Content):
    """Those who draft answered it, and said why."""

    taken: Taken
    why: Private


@event("proposal.withdrawn")
class ProposalWithdrawn(Content):
    """Its author took it back before it was answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer to a proposal, since an instant; a newer one takes its place."""

    at: datetime
    taken: Taken
    why: Private
    by: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The state of a proposal; `made_at` is None before it was made. `replies` are oldest first."""

    made_at: datetime | None = None
    person: UUID | None = None
    on_behalf: bool = False
    strategy: UUID | None = None
    element: str | None = None
    text: Private | None = None
    content_hash: str = ""
    drafters: tuple[UUID, ...] = ()
    replies: tuple[Reply, ...] = ()
    withdrawn_at: datetime | None = None

    @property
    def taken(self) -> Taken | None:
        """What became of it by the newest answer; None while it has none."""
        return self.replies[-1].taken if self.replies else None

    @property
    def is_open(self) -> bool:
        """Whether an answer is owed."""
        return self.made_at is not None and not self.replies and self.withdrawn_at is None


@dataclass(eq=False)
class ProposalUnknown(Refusal):
    """Something was said about a proposal before it was made."""

    act: str
    where = "at"
    rule = "the proposal had not been made at that instant, so it cannot be {act}"
    way_out = "date this to the day of the proposal, or later"


@dataclass(eq=False)
class ProposalAlreadyMade(Refusal):
    """A proposal is made once."""

    where = "proposal"
    rule = "this proposal was made already"
    way_out = "make another one under a key of its own, or correct this one"


@dataclass(eq=False)
class ProposalAlreadyWithdrawn(Refusal):
    """A proposal that was taken back is neither answered nor taken back again."""

    act: str
    where = "at"
    rule = "the proposal was withdrawn by then, so it cannot be {act}"
    way_out = "make it anew, or correct its withdrawal"


@dataclass(eq=False)
class ProposalAlreadyAnswered(Refusal):
    """A proposal that was answered cannot be taken back: the answer stays with what it answers."""

    where = "at"
    rule = "the proposal was answered by then, so it cannot be withdrawn"
    way_out = "let it stand, and make another one where something else is meant"


def guard(state: Proposal, fact: Fact) -> None:
    """Refuse what cannot be said about a proposal in this state."""
    content = fact.content
    act = content.TOPIC.partition(".")[2]
    match content:
        case ProposalMade():
            if state.made_at is not None:
                raise ProposalAlreadyMade
        case _ if state.made_at is None:
            raise ProposalUnknown(act)
        case _ if state.withdrawn_at is not None:
            raise ProposalAlreadyWithdrawn(act)
        case ProposalWithdrawn():
            if state.replies:
                raise ProposalAlreadyAnswered
        case _:
            pass


def evolve(state: Proposal, fact: Fact) -> Proposal:
    """The proposal once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    match content:
        case ProposalMade():
            return Proposal(
                made_at=at,
                person=content.person,
                on_behalf=fact.actor.on_behalf_of is not None,
                strategy=content.strategy,
                element=content.element,
                text=content.text,
                content_hash=content.content_hash,
                drafters=content.drafters,
            )
        case ProposalAnswered(taken=taken, why=why):
            reply = Reply(at=at, taken=taken, why=why, by=fact.actor.person)
            return replace(state, replies=(*state.replies, reply))
        case ProposalWithdrawn():
            return replace(state, withdrawn_at=at)
        case _:
            return state


PROPOSAL: Aggregate[Proposal] = Aggregate(
    "proposal", Proposal(), (ProposalMade, ProposalAnswered, ProposalWithdrawn), guard, evolve
)
