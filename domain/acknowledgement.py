"""An acknowledgement: what one person says about the revisions of one strategy, received and read, or declined.

Whether what was said is current or outdated depends on the revision in force and is derived in `domain.alignment`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.commitment import Seen
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Aggregate, Fact


@event("acknowledgement.given")
class AcknowledgementGiven(Content):
    """A person received and read a revision. `method` says how it was stated, such as signed or meeting."""

    person: UUID
    strategy: UUID
    seen: Seen
    method: str | None = None


@event("acknowledgement.declined")
class AcknowledgementDeclined(Content):
    """A person declined to acknowledge a revision; why stands in the envelope."""

    person: UUID
    strategy: UUID
    seen: Seen
    method: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a person says about one revision, since `at`. `on_behalf` while only others entered it for them."""

    revision: int
    content_hash: str
    declined: bool
    at: datetime
    on_behalf: bool
    method: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """The state of a person's acknowledgements of a strategy: the latest statement on each revision, by its number."""

    person: UUID | None = None
    strategy: UUID | None = None
    statements: tuple[Statement, ...] = ()

    def on(self, revision: int) -> Statement | None:
        """What the person says about a revision; None for nothing."""
        return next((each for each in self.statements if each.revision == revision), None)


@dataclass(eq=False)
class AcknowledgedByAnother(Refusal):
    """What one person says about one strategy is kept apart from what anybody says about anything else."""

    person: UUID
    kind = RefusalKind.INVALID
    where = "person"
    rule = "these are the acknowledgements of another person or of another strategy"
    way_out = "acknowledge as the person whose own they are, for the strategy that they are about"


@dataclass(eq=False)
class OtherDocument(Refusal):
    """One number stands for one document."""

    revision: int
    kind = RefusalKind.INVALID
    where = "revision"
    rule = "revision {revision} was acknowledged before with another content"
    way_out = "acknowledge the revision as it is published, or correct the earlier acknowledgement"


def guard(state: Acknowledgement, fact: Fact) -> None:
    """Refuse what cannot be acknowledged here. Saying the same again is harmless: the newest statement counts."""
    match fact.content:
        case (
            AcknowledgementGiven(person=person, strategy=strategy, seen=seen)
            | AcknowledgementDeclined(person=person, strategy=strategy, seen=seen)
        ):
            if state.person is not None and (person, strategy) != (state.person, state.strategy):
                raise AcknowledgedByAnother(person)
            before = state.on(seen.revision)
            if before is not None and before.content_hash != seen.content_hash:
                raise OtherDocument(seen.revision)
        case _:
            pass


def evolve(state: Acknowledgement, fact: Fact) -> Acknowledgement:
    """The acknowledgements once this fact is in its place."""
    match fact.content:
        case AcknowledgementGiven() as content:
            return _stated(state, content, fact, declined=False)
        case AcknowledgementDeclined() as content:
            return _stated(state, content, fact, declined=True)
        case _:
            return state


def _stated(
    state: Acknowledgement, content: AcknowledgementGiven | AcknowledgementDeclined, fact: Fact, *, declined: bool
) -> Acknowledgement:
    revision, before = content.seen.revision, state.on(content.seen.revision)
    repeated = before if before is not None and before.declined is declined else None
    on_behalf = fact.actor.on_behalf_of is not None
    statement = Statement(
        revision=revision,
        content_hash=content.seen.content_hash,
        declined=declined,
        # Who says again what they said keeps the day on which they first did; their own word confirms another's.
        at=repeated.at if repeated else fact.effective_at,
        on_behalf=on_behalf and (repeated is None or repeated.on_behalf),
        method=content.method,
    )
    others = (each for each in state.statements if each.revision != revision)
    statements = tuple(sorted((*others, statement), key=lambda each: each.revision))
    return Acknowledgement(person=content.person, strategy=content.strategy, statements=statements)


ACKNOWLEDGEMENT: Aggregate[Acknowledgement] = Aggregate(
    "acknowledgement", Acknowledgement(), (AcknowledgementGiven, AcknowledgementDeclined), guard, evolve
)
