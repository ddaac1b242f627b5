"""Commands about conversations: held at one of the five stages of an enrolment, with what came of them for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.owing import Owner, owes
from domain.conversation import (
    CONVERSATION,
    Conversation,
    ConversationHeld,
    EnrolmentStage,
    Mine,
    Outcome,
    OutcomeRestated,
    Pathway,
    PathwayPart,
    Recognition,
)
from domain.kernel import Party, Refusal, RefusalKind
from domain.obligation import Due, standing
from domain.owed import Call, Owed
from domain.sealed import Private
from domain.strategy import STRATEGY


@dataclass(eq=False)
class AgainBeforeHeld(Refusal):
    """A stage that was to be held again before it was held."""

    again_by: date
    held: date
    kind = RefusalKind.INVALID
    where = "again_by"
    rule = "a conversation of {held} cannot be due again by {again_by}"
    way_out = "name a later day, or none"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeReference:
    """What came of a conversation for one participant, by key or id; of it, what belongs to the conversation's stage.

    Relationship: `knows` what the others stand for. Possibility: whether it is `mine`. Pathway: the parts of it that
    they `named`. Completion: whether it is declared `complete`, and their `feedback`. Action: nothing; what they take
    on is a commitment of their own.
    """

    person: str
    knows: bool | None = None
    mine: Mine | None = None
    named: tuple[PathwayPart, ...] = ()
    complete: bool | None = None
    feedback: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayWords:
    """The pathway as it was fleshed out together: who does what, by when, where and how."""

    who: str | None = None
    what: str | None = None
    when: str | None = None
    where: str | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionReference:
    """Thanks and credit to one person, by key or id, for what they completed."""

    person: str
    completed: str


@command("conversation.held")
class HoldConversation(Command):
    """Record a conversation of an enrolment: at which stage, held by whom, and what came of it for each participant.

    A stage counts for a participant by what came of it: who only was there leaves their outcome out. `holder` is the
    actor unless stated. `again_by` is the last day by which the stage is to be held again.
    """

    strategy: str
    stage: EnrolmentStage
    outcomes: tuple[OutcomeReference, ...]
    conversation: str | None = None
    unit: str | None = None
    holder: str | None = None
    pathway: PathwayWords | None = None
    recognition: tuple[RecognitionReference, ...] = ()
    again_by: date | None = None


@command("conversation.restated")
class RestateOutcome(Command):
    """Say, as a participant, what came of a conversation for oneself, in the place of what was recorded for one."""

    conversation: str
    person: str
    knows: bool | None = None
    mine: Mine | None = None
    named: tuple[PathwayPart, ...] = ()
    complete: bool | None = None
    feedback: str | None = None


@handles(HoldConversation)
def hold(asked: HoldConversation, desk: Desk) -> AnyDraft:
    """A conversation that was held."""
    if asked.again_by is not None and asked.again_by <= desk.day(desk.at):
        raise AgainBeforeHeld(asked.again_by, desk.day(desk.at))
    stream = desk.new("conversation", asked.conversation)
    holder = desk.find("person", asked.holder, "holder") if asked.holder is not None else desk.actor.person
    content = ConversationHeld(
        key=desk.sealed_key("conversation", asked.conversation, desk.organisation),
        strategy=desk.find("strategy", asked.strategy),
        stage=asked.stage,
        unit=desk.find("unit", asked.unit) if asked.unit is not None else None,
        holder=holder,
        outcomes=tuple(_outcome(desk, each) for each in asked.outcomes),
        pathway=_pathway(desk, asked.pathway),
        recognition=tuple(_recognition(desk, each) for each in asked.recognition),
        again_by=asked.again_by,
    )
    return Draft[Conversation](aggregate=CONVERSATION, stream=stream, content=content)


@handles(RestateOutcome)
def restate(asked: RestateOutcome, desk: Desk) -> AnyDraft:
    """A participant's own word."""
    content = OutcomeRestated(outcome=_outcome(desk, asked))
    return Draft[Conversation](
        aggregate=CONVERSATION,
        stream=desk.find("conversation", asked.conversation),
        content=content,
        on_behalf_of=desk.on_behalf_of(Party("person", content.outcome.person)),
    )


def _outcome(desk: Desk, said: OutcomeReference | RestateOutcome) -> Outcome:
    person = desk.find("person", said.person, "person" if isinstance(said, RestateOutcome) else "outcomes")
    return Outcome(
        person=person,
        knows=said.knows,
        mine=said.mine,
        named=tuple(each for each in PathwayPart if each in said.named),
        complete=said.complete,
        feedback=desk.own_words(said.feedback, Party("person", person)),
    )


def _pathway(desk: Desk, said: PathwayWords | None) -> Pathway | None:
    """What a pathway says belongs to all who fleshed it out: it is sealed under the organisation's key."""
    if said is None or said == PathwayWords():
        return None
    return Pathway(**{part.value: desk.own_words(getattr(said, part), impersonal=True) for part in PathwayPart})


def _recognition(desk: Desk, said: RecognitionReference) -> Recognition:
    person = desk.find("person", said.person, "recognition")
    return Recognition(person=person, completed=Private(desk.actor.person or desk.organisation, said.completed))


@owes
def to_be_held_again(owner: Owner) -> Iterator[Owed]:
    """What whoever held a conversation is to hold again: by the day that was set, or for a newer material revision.

    Of the conversations about one strategy, at one stage and for one unit, the newest one alone asks for it.
    """
    newest = dict[tuple[UUID, EnrolmentStage, UUID | None], tuple[UUID, Conversation]]()
    for id, state in owner.states(CONVERSATION).items():
        if state.strategy is not None and state.stage is not None and state.held_at is not None:
            kind = state.strategy, state.stage, state.unit
            before = newest.get(kind)
            if before is None or (before[1].held_at or state.held_at) <= state.held_at:
                newest[kind] = id, state
    mine = [(id, state) for id, state in newest.values() if state.holder == owner.person]
    strategies = owner.states(STRATEGY, streams=sorted({state.strategy for _, state in mine if state.strategy}))
    for id, state in sorted(mine, key=lambda each: each[0]):
        strategy = strategies.get(state.strategy) if state.strategy else None
        if strategy is None or state.held_at is None or strategy.retired_at is not None:
            continue
        revised = any(
            each.material and state.held_at < each.in_force_from <= owner.moment.valid_at
            for each in strategy.publications
        )
        if revised or state.again_by is not None:
            overdue = standing(state.again_by, owner.today) is Due.OVERDUE
            yield Owed(call=Call.HOLD, record=id, strategy=state.strategy, due=state.again_by, overdue=overdue)
