"""The state of an enrolment over HTTP: who has come through which of the five stages, and who could hold the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, asks_of, concerned_by, scope_of, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.conversation import Sight, sight_of
from adapters.http.refusals import NotOnRecordThen
from application import labels
from domain.conversation import CONVERSATION, EnrolmentStage
from domain.enrolment import Enrolment, Lack, Why, enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateAnswer:
    """Somebody who could hold the next conversation, and why: their place, or that they came through the stage."""

    person: UUID
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAnswer:
    """One stage: how many have come through it, of how many.

    `partly` see the possibility as their own in part, and have not come through; `stale` would have come through, had
    their commitments not become stale; `due_again` have, and a material revision or the day that was set asks for it
    again.
    """

    stage: EnrolmentStage
    filled: int
    of: int
    partly: int
    stale: int
    due_again: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStageAnswer:
    """One stage in one unit, and who could hold its next conversation, where somebody needs one.

    `came_through` counts those of the unit who could because they came through it; they are named in `could_hold` to
    those who are told the stages of each.
    """

    stage: EnrolmentStage
    filled: int
    of: int
    due_again: int
    missing: int
    could_hold: tuple[CandidateAnswer, ...]
    came_through: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRowAnswer:
    """The people who count in one unit itself, at every stage."""

    unit: UUID
    name: str | None
    filled: int
    of: int
    stages: tuple[UnitStageAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAnswer:
    """One person at one stage.

    `lacks` says what is missing: a conversation, an outcome, a commitment with role, result and by-when, or one that is
    not stale. The records behind it are named in `conversations` and `commitments`.
    """

    stage: EnrolmentStage
    filled: bool
    lacks: Lack | None
    since: datetime | None
    due_again: bool
    again_by: date | None
    conversations: tuple[UUID, ...]
    commitments: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRowAnswer:
    """One person at every stage, and where they count."""

    person: UUID
    units: tuple[UUID, ...]
    filled: int
    of: int
    stages: tuple[CellAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutEffect:
    """A conversation, or one participant of it, without effect, and why."""

    record: UUID
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentAnswer:
    """The enrolment in a strategy: filled `filled` of `of`, by stage, by unit and stage, by person and stage.

    `people` are those whose stages the caller is told by name, one page at a time: their own, those of people they
    lead, all of them for sponsors and auditors.
    """

    strategy: UUID
    filled: int
    of: int
    people_counted: int
    stages: tuple[StageAnswer, ...]
    units: tuple[UnitRowAnswer, ...]
    people: tuple[PersonRowAnswer, ...]
    not_applied: tuple[WithoutEffect, ...]


def shown(inquiry: Inquiry) -> Found:
    """Who has come through which stage of the enrolment in a strategy, as of a moment.

    A stage counts for a person by what came of it, whoever was there: relationship, when they know what the others
    stand for; possibility, when it is theirs; pathway, when they named who, what, when, where and how; action, while
    they have a current commitment with role, result and by-when; completion, when it is declared complete.
    """
    strategy, scope = strategy_of(inquiry), scope_of(inquiry)
    inquiry.check(concerned_by(inquiry, strategy, scope))
    situation = inquiry.services.questions.situation(inquiry.asked, strategy)
    if situation is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    conversations = inquiry.states(CONVERSATION, strategy=strategy)
    found = enrolment(situation, conversations, inquiry.population(scope))
    rows, sees = list[PersonRowAnswer](), sight_of(inquiry)

    def named(_: str, person: UUID) -> UUID | None:
        if not sees(person):
            return None
        rows.append(_person(found, person))
        return person

    page = inquiry.page(((str(person), person) for person in found.rows), named, asks_of(strategy, scope))
    stages = tuple(_stage(found, each) for each in EnrolmentStage)
    answer = EnrolmentAnswer(
        strategy=strategy,
        filled=sum(each.filled for each in stages),
        of=sum(each.of for each in stages),
        people_counted=len(found.rows),
        stages=stages,
        units=tuple(_unit(found, each, sees) for each in found.units),
        people=tuple(rows[: inquiry.page_size]),
        not_applied=tuple(_told(found, sees)),
    )
    present = labels.now(inquiry.services.questions, inquiry.asked, msgspec.to_builtins(answer))
    named_here = frozenset(each.person for each in answer.people)
    return Found(answer=answer, asks=page.asks, next=page.next, present=present, names=named_here)


def _told(found: Enrolment, sees: Sight) -> Iterator[WithoutEffect]:
    """What has no effect; who was not there is named to those who are told their stages."""
    for each in found.unapplied:
        if each.party is None or each.party.kind != "person" or sees(each.party.id):
            yield WithoutEffect(record=each.record, at=each.at, reason=each.reason)


def _stage(found: Enrolment, stage: EnrolmentStage) -> StageAnswer:
    filled, of = len(found.filled(stage)), len(found.rows)
    return StageAnswer(
        stage=stage,
        filled=filled,
        of=of,
        partly=len(found.partly(stage)),
        stale=len(found.stale(stage)),
        due_again=len(found.due_again(stage)),
        missing=of - filled,
    )


def _unit(found: Enrolment, unit: UUID, sees: Sight) -> UnitRowAnswer:
    people = found.members(unit)
    stages = tuple(_unit_stage(found, unit, each, sees) for each in EnrolmentStage)
    return UnitRowAnswer(
        unit=unit,
        name=found.population.chart.name(unit, found.population.at),
        filled=sum(each.filled for each in stages),
        of=len(people) * len(stages),
        stages=stages,
    )


def _unit_stage(found: Enrolment, unit: UUID, stage: EnrolmentStage, sees: Sight) -> UnitStageAnswer:
    people = found.members(unit)
    filled, again = found.filled(stage, people), found.due_again(stage, people)
    could = found.could_hold(unit, stage) if again or filled != people else {}
    told = (
        CandidateAnswer(person=person, why=why)
        for person, why in could.items()
        if why is not Why.CAME_THROUGH or sees(person)
    )
    return UnitStageAnswer(
        stage=stage,
        filled=len(filled),
        of=len(people),
        due_again=len(again),
        missing=len(people - filled),
        could_hold=tuple(told),
        came_through=sum(why is Why.CAME_THROUGH for why in could.values()),
    )


def _person(found: Enrolment, person: UUID) -> PersonRowAnswer:
    row = found.rows[person]
    return PersonRowAnswer(
        person=person,
        units=tuple(sorted(found.population.seats.get(person, ()))),
        filled=sum(each.filled for each in row.values()),
        of=len(row),
        stages=tuple(
            CellAnswer(
                stage=stage,
                filled=cell.filled,
                lacks=cell.lacks,
                since=cell.since,
                due_again=cell.due_again,
                again_by=cell.again_by,
                conversations=cell.conversations,
                commitments=cell.commitments,
            )
            for stage, cell in row.items()
        ),
    )


ENROLMENT = Ask(
    path="alignment/enrolment",
    view="alignment",
    find=shown,
    title="Show the enrolment in five stages.",
    answers=EnrolmentAnswer,
    arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
    pages=True,
)
