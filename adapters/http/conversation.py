"""Conversations over HTTP: held in an enrolment, and what came of them for those who took part.

Who has come through a stage is told to the person, to who leads them, to sponsors and auditors, and of what somebody
held to whoever held it; others are told how many they are. That a conversation was held for a unit, and the pathway
that came of it, is told to all who belong there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.concerns import about
from application.permissions import About, Caller, NotPermitted, Role
from domain.conversation import CONVERSATION, Conversation, EnrolmentStage, Mine, Pathway, PathwayPart, Recognition
from domain.kernel import Party
from domain.sealed import Private


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeAnswer:
    """What came of a conversation for one participant; `themselves` says that they told it, and nobody for them."""

    person: UUID
    themselves: bool
    knows: bool | None
    mine: Mine | None
    named: tuple[PathwayPart, ...]
    complete: bool | None
    feedback: Private | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationAnswer:
    """One conversation as of a moment, with the outcomes that the caller is told, and how many `others` there are."""

    id: UUID
    strategy: UUID | None
    stage: EnrolmentStage | None
    unit: UUID | None
    holder: UUID | None
    held_at: datetime | None
    again_by: date | None
    outcomes: tuple[OutcomeAnswer, ...]
    others: int
    pathway: Pathway | None
    recognition: tuple[Recognition, ...]


Sight = Callable[[UUID], bool]


def sight_of(inquiry: Inquiry) -> Sight:
    """Tells of a person whether the caller is told by name which stages they have come through."""
    desk, caller = inquiry.desk, inquiry.session.caller

    def concerned(person: UUID) -> About:
        if caller.person == person or caller.leads:
            return about(desk, caller, Party("person", person), published=False)
        return About(published=False)  # whoever leads nobody is told of themselves alone

    return lambda person: inquiry.sees(lambda: concerned(person), "stages")


def shaped(inquiry: Inquiry, id: UUID, state: Conversation, sees: Sight) -> ConversationAnswer | None:
    """A conversation as the caller may see it; None where nothing of it is for them."""
    held_by_me = _is_theirs_to_see(inquiry.session.caller, state)
    told = [each for each in state.told if held_by_me or sees(each.outcome.person)]
    thanked = [each for each in state.recognition if held_by_me or sees(each.person)]
    if not (told or thanked or held_by_me or _of_own_unit(inquiry, state)):
        return None
    return ConversationAnswer(
        id=id,
        strategy=state.strategy,
        stage=state.stage,
        unit=state.unit,
        holder=state.holder,
        held_at=state.held_at,
        again_by=state.again_by,
        outcomes=tuple(
            OutcomeAnswer(
                person=each.outcome.person,
                themselves=each.themselves,
                knows=each.outcome.knows,
                mine=each.outcome.mine,
                named=each.outcome.named,
                complete=each.outcome.complete,
                feedback=each.outcome.feedback,
            )
            for each in told
        ),
        others=len(state.told) - len(told),
        pathway=state.pathway,
        recognition=tuple(thanked),
    )


def _is_theirs_to_see(caller: Caller, state: Conversation) -> bool:
    """Whether the caller held it, and may still see it: an outside facilitator's sight ends with the charter."""
    if caller.person is None or state.holder != caller.person:
        return False
    return bool(caller.roles - {Role.FACILITATOR}) or state.strategy in caller.examines


def _of_own_unit(inquiry: Inquiry, state: Conversation) -> bool:
    """Whether it was held for a unit that the caller belongs to, leads or governs: that it was is no secret there."""
    unit = state.unit
    return unit is not None and inquiry.sees(lambda: inquiry.about(units=(unit,), published=False), "conversation")


def named_in(answer: ConversationAnswer) -> frozenset[UUID]:
    """Of whom it tells what came of it for them."""
    thanked = {each.person for each in answer.recognition}
    return frozenset(thanked | {each.person for each in answer.outcomes})


def listed(inquiry: Inquiry) -> Found:
    """Conversations of which the caller is told something: about a strategy, at a stage, with a person, or all."""
    strategy, person = inquiry.named("strategy"), inquiry.named("person")
    stage, sees = inquiry.arguments.get("stage"), sight_of(inquiry)

    def shape(_: str, entry: tuple[UUID, Conversation]) -> ConversationAnswer | None:
        id, state = entry
        if (stage is not None and state.stage != stage) or (person is not None and person not in state.participants):
            return None
        found = shaped(inquiry, id, state, sees)
        told = found is not None and (person is None or any(each.person == person for each in found.outcomes))
        return found if told else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(CONVERSATION, strategy=strategy).items())
    page = inquiry.page(entries, shape, {"strategy": strategy, "person": person, "stage": stage})
    answers = page.answer if isinstance(page.answer, list) else []
    return replace(page, names=frozenset(name for each in answers for name in named_in(each)))


def shown(inquiry: Inquiry) -> Found:
    """One conversation. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("conversation")
    state, version = inquiry.own(CONVERSATION, id)
    answer = shaped(inquiry, id, state, sight_of(inquiry))
    if answer is None:
        raise NotPermitted("stages", inquiry.session.caller.name)
    return Found(answer=answer, asks={"conversation": id}, version=version, names=named_in(answer))


CONVERSATIONS = Noun(
    name="conversations",
    description="What is held to enrol people in a strategy, in five stages, and what came of it for each.",
    acts=(
        Act(path="conversations", topic="conversation.held", leads_to="conversations/{id}"),
        Act(
            path="conversations/<path:conversation>/outcomes",
            topic="conversation.restated",
            leads_to="conversations/{id}",
            changes=True,
        ),
    ),
    asks=(
        Ask(
            path="conversations",
            view="stages",
            find=listed,
            title="List conversations.",
            answers=list[ConversationAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those about this strategy, by key or id."),
                Argument(name="person", meaning="Only those that this person took part in, by key or id."),
                Argument(
                    name="stage",
                    meaning="Only those at this stage.",
                    schema={"type": "string", "enum": [each.value for each in EnrolmentStage]},
                ),
            ),
        ),
        Ask(
            path="conversations/<path:conversation>",
            view="stages",
            find=shown,
            title="Show a conversation.",
            answers=ConversationAnswer,
        ),
    ),
)
