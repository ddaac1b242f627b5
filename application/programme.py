"""Commands about programmes: planned for gaps or elements, changed, sessions held, ended; and who owes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk, has_element
from application.desk_rules import GapOfAnotherStrategy, MovesToAnotherStrategy, TargetElementUnknown
from application.gap import person_there
from application.owing import Owner, owes
from domain.gap import GAP
from domain.kernel import Content, Refusal, RefusalKind
from domain.obligation import Due, present_day, standing
from domain.owed import Call, Owed
from domain.programme import (
    PROGRAMME,
    Programme,
    ProgrammeChanged,
    ProgrammeCompleted,
    ProgrammeDropped,
    ProgrammeKind,
    ProgrammePlanned,
    ProgrammeStatus,
    SessionHeld,
)


@dataclass(eq=False)
class ProgrammeDueBeforeSaid(Refusal):
    """A programme that would have been overdue when that was said."""

    by_when: date
    said: date
    kind = RefusalKind.INVALID
    where = "by_when"
    rule = "what is said on {said} cannot be due on {by_when}, before it"
    way_out = "name that day or a later one; what was planned earlier can be entered late, dated when it was"


@command("programme.planned")
class PlanProgramme(Command):
    """Plan a programme of development or communication, or a change of a process or of rewards.

    It is for gaps, for elements such as big bets, or both; `person` owns it. Its audience are the people of these units
    and those below, and of these ranks; all where none is named.
    """

    strategy: str
    kind: ProgrammeKind
    title: str
    person: str
    by_when: date
    programme: str | None = None
    gaps: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    of_ranks: tuple[str, ...] = ()


@command("programme.changed")
class ChangeProgramme(Command):
    """Give a programme another title, audience, owner or by-when. Units and ranks are restated together."""

    programme: str
    title: str | None = None
    units: tuple[str, ...] = ()
    of_ranks: tuple[str, ...] = ()
    person: str | None = None
    by_when: date | None = None


@command("programme.held")
class HoldSession(Command):
    """Say that a session of the programme was held, and who took part."""

    programme: str
    title: str
    participants: tuple[str, ...]


@command("programme.completed")
class CompleteProgramme(Command):
    """Say that all of a programme was held. That closes no gap: a later review does."""

    programme: str


@command("programme.dropped")
class DropProgramme(Command):
    """Say that a programme is no longer pursued."""

    programme: str


@handles(PlanProgramme)
def plan(asked: PlanProgramme, desk: Desk) -> AnyDraft:
    """A new programme."""
    stream, strategy = desk.new("programme", asked.programme), desk.find("strategy", asked.strategy)
    if isinstance(desk.corrected, ProgrammePlanned) and desk.corrected.strategy != strategy:
        raise MovesToAnotherStrategy
    content = ProgrammePlanned(
        key=desk.open_key("programme", asked.programme),
        strategy=strategy,
        kind=asked.kind,
        title=asked.title,
        gaps=tuple(_gap(desk, strategy, each) for each in dict.fromkeys(asked.gaps)),
        elements=elements_of(desk, strategy, asked.elements),
        units=units_of(desk, asked.units),
        of_ranks=tuple(dict.fromkeys(asked.of_ranks)),
        person=person_there(desk, asked.person, "person"),
        by_when=_day(desk, asked.by_when),
    )
    return Draft[Programme](aggregate=PROGRAMME, stream=stream, content=content)


@handles(ChangeProgramme)
def change(asked: ChangeProgramme, desk: Desk) -> AnyDraft:
    """A programme that says something else."""
    content = ProgrammeChanged(
        title=asked.title,
        units=units_of(desk, asked.units),
        of_ranks=tuple(dict.fromkeys(asked.of_ranks)),
        person=person_there(desk, asked.person, "person") if asked.person is not None else None,
        by_when=_day(desk, asked.by_when) if asked.by_when is not None else None,
    )
    return _said(desk, asked.programme, content)


@handles(HoldSession)
def hold(asked: HoldSession, desk: Desk) -> AnyDraft:
    """A session."""
    people = tuple(dict.fromkeys(person_there(desk, each, "participants") for each in asked.participants))
    return _said(desk, asked.programme, SessionHeld(title=asked.title, participants=people))


@handles(CompleteProgramme)
def complete(asked: CompleteProgramme, desk: Desk) -> AnyDraft:
    """All held."""
    return _said(desk, asked.programme, ProgrammeCompleted())


@handles(DropProgramme)
def drop(asked: DropProgramme, desk: Desk) -> AnyDraft:
    """No longer pursued."""
    return _said(desk, asked.programme, ProgrammeDropped())


@owes
def programmes_owed(owner: Owner) -> Iterator[Owed]:
    """The programmes that are theirs to hold."""
    for id, state in owner.states(PROGRAMME).items():
        due = programme_due(state, owner.today)
        if state.person == owner.person and due in {Due.OPEN, Due.OVERDUE}:
            by_when = present_day(state.by_whens)
            yield Owed(call=Call.HOLD, record=id, strategy=state.strategy, due=by_when, overdue=due is Due.OVERDUE)


def programme_due(state: Programme, today: date) -> Due:
    """Where a programme stands on the organisation's day."""
    return standing(
        present_day(state.by_whens),
        today,
        done=state.status is ProgrammeStatus.COMPLETED,
        ended=state.status is ProgrammeStatus.DROPPED,
    )


def elements_of(desk: Desk, strategy: UUID, references: tuple[str, ...]) -> tuple[str, ...]:
    """Elements of a strategy, each once. Raises TargetElementUnknown."""
    state = desk.strategy(strategy)
    for each in references:
        if not has_element(state, each):
            raise TargetElementUnknown(each)
    return tuple(dict.fromkeys(references))


def units_of(desk: Desk, references: tuple[str, ...]) -> tuple[UUID, ...]:
    """Units, each once. Raises UnknownReference."""
    return tuple(dict.fromkeys(desk.find("unit", each, "units") for each in references))


def _gap(desk: Desk, strategy: UUID, reference: str) -> UUID:
    gap = desk.find("gap", reference, "gaps")
    if desk.book.timeline(GAP, gap).state().strategy != strategy:
        raise GapOfAnotherStrategy(reference)
    return gap


def _day(desk: Desk, by_when: date) -> date:
    said = desk.day(desk.at)
    if by_when < said:
        raise ProgrammeDueBeforeSaid(by_when, said)
    return by_when


def _said(desk: Desk, programme: str, content: Content) -> AnyDraft:
    return Draft[Programme](aggregate=PROGRAMME, stream=desk.find("programme", programme), content=content)
