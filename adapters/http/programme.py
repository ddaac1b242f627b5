"""Programmes over HTTP: planned for gaps or elements, their sessions, and how much of their audience they reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, concerned_by
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.condition import strategy_there
from adapters.http.noun import Noun
from adapters.http.opened import Opened, opened
from adapters.http.person import concerned
from application.concerns import about_audience
from application.permissions import NotPermitted
from application.programme import programme_due
from domain.obligation import Due, first_day, moves, present_day
from domain.person import Person
from domain.programme import PROGRAMME, Audience, Programme, ProgrammeKind, ProgrammeStatus, coverage
from domain.scope import Population, Scope
from domain.situation import NOT_JOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionAnswer:
    """A session that was held; its participants as far as the caller may see them."""

    at: datetime
    title: str
    participants: Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWithoutEffect:
    """That somebody was in a session, without effect, and why. `person` is None for whom the caller is not told."""

    at: datetime
    person: UUID | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeAnswer:
    """A programme as of a moment. `reached` are those of its present audience who were in a session.

    `vacant` says that it is still to be held and whoever owns it is not there any more.
    """

    id: UUID
    key: str | None
    strategy: UUID | None
    kind: ProgrammeKind | None
    title: str
    gaps: tuple[UUID, ...]
    elements: tuple[str, ...]
    audience: Audience
    person: UUID | None
    vacant: bool
    by_when: date | None
    first_by_when: date | None
    moves: int
    status: ProgrammeStatus
    due: Due
    sessions: tuple[SessionAnswer, ...]
    reached: Opened
    of: int
    not_applied: tuple[SessionWithoutEffect, ...]
    planned_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammesAnswer:
    """The programmes of a strategy that are planned or completed; coverage is counted over the scope asked about."""

    strategy: UUID
    planned: int
    overdue: int
    completed: int
    by_kind: dict[str, int]
    programmes: tuple[ProgrammeAnswer, ...]


def names(inquiry: Inquiry, people: frozenset[UUID] | tuple[UUID, ...]) -> Opened:
    """How many people these are, named to themselves, their leads, sponsors and auditors."""
    return opened(people, lambda each: inquiry.sees(concerned(inquiry, each), "showing"))


def shaped(
    inquiry: Inquiry, id: UUID, state: Programme, everybody: Population, people: Mapping[UUID, Person]
) -> ProgrammeAnswer:
    """A programme as it is answered."""
    covered, owner = coverage(state, everybody, people), people.get(state.person) if state.person is not None else None
    there = owner is not None and owner.presence(inquiry.asked.valid_at) is not None
    return ProgrammeAnswer(
        id=id,
        key=state.key,
        strategy=state.strategy,
        kind=state.kind,
        title=state.title,
        gaps=state.gaps,
        elements=state.elements,
        audience=state.audience,
        person=state.person,
        vacant=state.status is ProgrammeStatus.PLANNED and not there,
        by_when=present_day(state.by_whens),
        first_by_when=first_day(state.by_whens),
        moves=moves(state.by_whens),
        status=state.status,
        due=programme_due(state, inquiry.today),
        sessions=tuple(
            SessionAnswer(at=each.at, title=each.title, participants=names(inquiry, each.participants))
            for each in state.sessions
        ),
        reached=names(inquiry, covered.reached),
        of=len(covered.audience),
        not_applied=tuple(_without_effect(inquiry, at, person) for at, person in covered.unapplied),
        planned_at=state.planned_at,
        ended_at=state.ended_at,
    )


def _without_effect(inquiry: Inquiry, at: datetime, person: UUID) -> SessionWithoutEffect:
    told = person if inquiry.sees(concerned(inquiry, person), "showing") else None
    return SessionWithoutEffect(at=at, person=told, reason=NOT_JOINED)


def listed(inquiry: Inquiry) -> Found:
    """The programmes of a strategy, and how much of its audience each reached, of the people in the scope."""
    strategy, unit, rank = strategy_there(inquiry), inquiry.named("unit"), inquiry.arguments.get("rank")
    scope = Scope(unit=unit, rank=rank)
    inquiry.check(concerned_by(inquiry, strategy, scope))
    people, everybody = inquiry.services.questions.people(inquiry.asked), inquiry.population(scope)
    found = tuple(
        shaped(inquiry, id, each, everybody, people)
        for id, each in inquiry.states(PROGRAMME, strategy=strategy).items()
        if each.status is not ProgrammeStatus.DROPPED
    )
    answer = ProgrammesAnswer(
        strategy=strategy,
        planned=sum(each.status is ProgrammeStatus.PLANNED for each in found),
        overdue=sum(each.due is Due.OVERDUE for each in found),
        completed=sum(each.status is ProgrammeStatus.COMPLETED for each in found),
        by_kind={kind.value: sum(each.kind is kind for each in found) for kind in ProgrammeKind},
        programmes=found,
    )
    return Found(answer=answer, asks={"strategy": strategy, "unit": unit, "rank": rank})


def shown(inquiry: Inquiry) -> Found:
    """One programme. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("programme")
    state, version = inquiry.own(PROGRAMME, id)
    if not inquiry.sees(lambda: about_audience(inquiry.desk, inquiry.session.caller, state)):
        raise NotPermitted("programme", inquiry.session.caller.name)
    people = inquiry.services.questions.people(inquiry.asked)
    answer = shaped(inquiry, id, state, inquiry.population(Scope()), people)
    return Found(answer=answer, asks={"programme": id}, version=version)


def _on(sub_resource: str, topic: str) -> Act:
    return Act(
        path=f"programmes/<path:programme>/{sub_resource}", topic=topic, leads_to="programmes/{id}", changes=True
    )


PROGRAMMES = Noun(
    name="programmes",
    description="Development, communication, process and reward changes for gaps and bets: owned and dated.",
    acts=(
        Act(path="programmes", topic="programme.planned", leads_to="programmes/{id}"),
        _on("changes", "programme.changed"),
        _on("sessions", "programme.held"),
        _on("completions", "programme.completed"),
        _on("drops", "programme.dropped"),
    ),
    asks=(
        Ask(
            path="programmes/<path:programme>",
            view="programme",
            find=shown,
            title="Show a programme.",
            answers=ProgrammeAnswer,
        ),
        Ask(
            path="alignment/programmes",
            view="alignment",
            find=listed,
            title="Show programmes and whom they reached.",
            answers=ProgrammesAnswer,
            arguments=(STRATEGY_ARGUMENT, *SCOPE_ARGUMENTS),
        ),
    ),
)
