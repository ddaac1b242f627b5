"""A conversation: one exchange held in an enrolment, at one of five stages, with what came of it for each participant.

A stage counts by its outcome, never by attendance. Whether somebody has come through a stage as of an instant is
derived in `domain.enrolment`; what they committed to themselves stands in their commitments alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel import Actor, Content, Refusal, RefusalKind, event
from domain.sealed import Private
from domain.temporal import Aggregate, Fact


class EnrolmentStage(StrEnum):
    """The five stages, in the order in which they are named; they overlap, and recur."""

    RELATIONSHIP = "relationship"
    POSSIBILITY = "possibility"
    PATHWAY = "pathway"
    ACTION = "action"
    COMPLETION = "completion"


class Mine(StrEnum):
    """Whether somebody sees a possibility as their own."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class PathwayPart(StrEnum):
    """What a pathway tells."""

    WHO = "who"
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    HOW = "how"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a conversation for one participant; what is not said did not come of it.

    At *relationship* whether they know what the others stand for (`knows`); at *possibility* whether it is theirs
    (`mine`); at *pathway* which parts of it they named; at *completion* whether it is declared complete, and their
    feedback. At *action* nothing is said here: what they take on is a commitment of their own.
    """

    person: UUID
    knows: bool | None = None
    mine: Mine | None = None
    named: tuple[PathwayPart, ...] = ()
    complete: bool | None = None
    feedback: Private | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """The pathway as it was fleshed out together, in words."""

    who: Private | None = None
    what: Private | None = None
    when: Private | None = None
    where: Private | None = None
    how: Private | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Thanks and credit given to one person, for what they completed."""

    person: UUID
    completed: Private


@event("conversation.held")
class ConversationHeld(Content):
    """A conversation was held about a strategy, at one stage, by `holder`, in or for a unit where one is named.

    `again_by` is the last day by which the stage is to be held again, where one was set.
    """

    key: Private | None = None
    strategy: UUID
    stage: EnrolmentStage
    unit: UUID | None = None
    holder: UUID | None = None
    outcomes: tuple[Outcome, ...]
    pathway: Pathway | None = None
    recognition: tuple[Recognition, ...] = ()
    again_by: date | None = None


@event("conversation.restated")
class OutcomeRestated(Content):
    """A participant said themselves what came of it for them; all of it is restated."""

    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An outcome as it was told last, and whether its participant said it themselves."""

    outcome: Outcome
    themselves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The state of a conversation; `held_at` is None before it was held."""

    held_at: datetime | None = None
    strategy: UUID | None = None
    stage: EnrolmentStage | None = None
    unit: UUID | None = None
    holder: UUID | None = None
    told: tuple[Told, ...] = ()
    pathway: Pathway | None = None
    recognition: tuple[Recognition, ...] = ()
    again_by: date | None = None

    @property
    def participants(self) -> tuple[UUID, ...]:
        """Who took part."""
        return tuple(each.outcome.person for each in self.told)

    def outcome(self, person: UUID) -> Outcome | None:
        """What came of it for one participant; None for whoever took no part."""
        return next((each.outcome for each in self.told if each.outcome.person == person), None)


@dataclass(eq=False)
class ConversationUnknown(Refusal):
    """An outcome was restated before the conversation was held."""

    where = "at"
    rule = "the conversation had not been held at that instant, so nothing can have come of it"
    way_out = "date this to the day of the conversation, or later"


@dataclass(eq=False)
class ConversationAlreadyHeld(Refusal):
    """A conversation is held once."""

    where = "conversation"
    rule = "this conversation was held already"
    way_out = "record another one under a key of its own, or correct this one"


@dataclass(eq=False)
class NobodyTookPart(Refusal):
    """A conversation without participants."""

    kind = RefusalKind.INVALID
    where = "outcomes"
    rule = "nobody took part in this conversation"
    way_out = "name each participant, with what came of it for them"


@dataclass(eq=False)
class TookPartTwice(Refusal):
    """A participant with two outcomes."""

    person: UUID
    kind = RefusalKind.INVALID
    where = "outcomes"
    rule = "person {person} is named twice among the outcomes"
    way_out = "name each participant once, with all that came of it for them"


@dataclass(eq=False)
class TookNoPart(Refusal):
    """Somebody speaks of the outcome of a conversation that they were not in."""

    person: UUID
    where = "person"
    rule = "person {person} took no part in this conversation"
    way_out = "restate what came of a conversation for one of its participants, or correct who took part"


@dataclass(eq=False)
class OutcomeOfAnotherStage(Refusal):
    """An outcome that another stage has."""

    field: str
    stage: str
    kind = RefusalKind.INVALID
    where = "outcomes"
    rule = "{field} is no outcome of a conversation at the stage {stage}"
    way_out = (
        "relationship: knows; possibility: mine; pathway: named; completion: complete and feedback; action: nothing, "
        "for what is taken on is a commitment of its owner"
    )


@dataclass(eq=False)
class NotOfThisStage(Refusal):
    """A pathway, or recognition, at a stage that has none."""

    said: str
    belongs: str
    stage: str
    kind = RefusalKind.INVALID
    rule = "{said} belongs to the stage {belongs}, and this conversation was held at the stage {stage}"
    way_out = "leave {said} out, or record it with a conversation at the stage {belongs}"

    def __post_init__(self) -> None:
        self.where = self.said  # type: ignore[misc]  # whichever of the two it is


STAGE_OF: dict[str, EnrolmentStage] = {
    "knows": EnrolmentStage.RELATIONSHIP,
    "mine": EnrolmentStage.POSSIBILITY,
    "named": EnrolmentStage.PATHWAY,
    "complete": EnrolmentStage.COMPLETION,
    "feedback": EnrolmentStage.COMPLETION,
}
"""At which stage each part of an outcome comes about."""


def came_through(stage: EnrolmentStage, outcome: Outcome) -> bool:
    """Whether an outcome is that of its stage; at *action* the participant's own commitments decide instead."""
    match stage:
        case EnrolmentStage.RELATIONSHIP:
            return outcome.knows is True
        case EnrolmentStage.POSSIBILITY:
            return outcome.mine is Mine.YES
        case EnrolmentStage.PATHWAY:
            return set(outcome.named) == set(PathwayPart)
        case EnrolmentStage.ACTION:
            return True
        case EnrolmentStage.COMPLETION:
            return outcome.complete is True


def guard(state: Conversation, fact: Fact) -> None:
    """Refuse what cannot be said about a conversation in this state."""
    match fact.content:
        case ConversationHeld() as held:
            if state.held_at is not None:
                raise ConversationAlreadyHeld
            _be_whole(held)
        case OutcomeRestated(outcome=outcome):
            if state.stage is None:
                raise ConversationUnknown
            if state.outcome(outcome.person) is None:
                raise TookNoPart(outcome.person)
            _be_of(state.stage, outcome)
        case _:
            pass


def _be_whole(held: ConversationHeld) -> None:
    if not held.outcomes:
        raise NobodyTookPart
    people = [each.person for each in held.outcomes]
    for person in people:
        if people.count(person) > 1:
            raise TookPartTwice(person)
    for outcome in held.outcomes:
        _be_of(held.stage, outcome)
    if held.pathway is not None and held.stage is not EnrolmentStage.PATHWAY:
        raise NotOfThisStage("pathway", EnrolmentStage.PATHWAY, held.stage)
    if held.recognition and held.stage is not EnrolmentStage.COMPLETION:
        raise NotOfThisStage("recognition", EnrolmentStage.COMPLETION, held.stage)


def _be_of(stage: EnrolmentStage, outcome: Outcome) -> None:
    for field, belongs in STAGE_OF.items():
        if belongs is not stage and getattr(outcome, field) not in (None, ()):
            raise OutcomeOfAnotherStage(field, stage)


def evolve(state: Conversation, fact: Fact) -> Conversation:
    """The conversation once this fact is in its place."""
    match fact.content:
        case ConversationHeld() as held:
            return Conversation(
                held_at=fact.effective_at,
                strategy=held.strategy,
                stage=held.stage,
                unit=held.unit,
                holder=held.holder,
                told=tuple(_told(each, fact.actor) for each in held.outcomes),
                pathway=held.pathway,
                recognition=held.recognition,
                again_by=held.again_by,
            )
        case OutcomeRestated(outcome=outcome):
            newer = _told(outcome, fact.actor)
            told = tuple(newer if each.outcome.person == outcome.person else each for each in state.told)
            return replace(state, told=told)
        case _:
            return state


def _told(outcome: Outcome, actor: Actor) -> Told:
    return Told(outcome=outcome, themselves=actor.person == outcome.person and actor.on_behalf_of is None)


CONVERSATION: Aggregate[Conversation] = Aggregate(
    "conversation", Conversation(), (ConversationHeld, OutcomeRestated), guard, evolve
)
