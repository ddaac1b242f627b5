"""A programme: what is done about gaps, or for bets, with people over some time; owned and dated.

It develops people, communicates, or changes a process or rewards. Its sessions and who took part are facts; how much of
its audience it reached is derived, over the audience as it is at the instant asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.accountability import Tenures, handed_over
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.obligation import ByWhens, moved
from domain.person import Person
from domain.scope import Population
from domain.temporal import Aggregate, Fact


class ProgrammeKind(StrEnum):
    """What a programme is: of development, of communication, or a change of a process or of rewards."""

    DEVELOPMENT = "development"
    COMMUNICATION = "communication"
    PROCESS = "process"
    REWARD = "reward"


@event("programme.planned")
class ProgrammePlanned(Content):
    """A programme was planned under a strategy, for gaps, for elements of it, or both, by the end of `by_when`.

    Its audience are the people of these units and those below, of these ranks; of all where none is named.
    """

    key: str | None = None
    strategy: UUID
    kind: ProgrammeKind
    title: str
    gaps: tuple[UUID, ...] = ()
    elements: tuple[str, ...] = ()
    units: tuple[UUID, ...] = ()
    of_ranks: tuple[str, ...] = ()
    person: UUID
    by_when: date


@event("programme.changed")
class ProgrammeChanged(Content):
    """The programme has another title, audience, owner or by-when from here on. What is not given stays."""

    title: str | None = None
    units: tuple[UUID, ...] = ()
    of_ranks: tuple[str, ...] = ()
    person: UUID | None = None
    by_when: date | None = None


@event("programme.held")
class SessionHeld(Content):
    """A session of the programme was held, with these people."""

    title: str
    participants: tuple[UUID, ...]


@event("programme.completed")
class ProgrammeCompleted(Content):
    """All that was planned was held. That closes no gap."""


@event("programme.dropped")
class ProgrammeDropped(Content):
    """The programme is no longer pursued."""


class ProgrammeStatus(StrEnum):
    """What became of a programme so far."""

    PLANNED = "planned"
    COMPLETED = "completed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Session:
    """One session: what it was about, when, and who took part."""

    at: datetime
    title: str
    participants: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is meant: people of these units and those below, and of these ranks; of all where none is named."""

    units: tuple[UUID, ...] = ()
    ranks: tuple[str, ...] = ()


EVERYBODY = Audience()


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The state of a programme at an instant; `planned_at` is None before it was planned."""

    planned_at: datetime | None = None
    key: str | None = None
    strategy: UUID | None = None
    kind: ProgrammeKind | None = None
    title: str = ""
    gaps: tuple[UUID, ...] = ()
    elements: tuple[str, ...] = ()
    audience: Audience = EVERYBODY
    owners: Tenures = ()
    by_whens: ByWhens = ()
    sessions: tuple[Session, ...] = ()
    status: ProgrammeStatus = ProgrammeStatus.PLANNED
    ended_at: datetime | None = None

    @property
    def person(self) -> UUID | None:
        """Whose it is."""
        return self.owners[-1].person if self.owners else None


@dataclass(eq=False)
class ProgrammeUnknown(Refusal):
    """Something was said about a programme before it was planned."""

    act: str
    where = "at"
    rule = "the programme had not been planned at that instant, so it cannot be {act}"
    way_out = "plan it first, or date this after it was planned"


@dataclass(eq=False)
class ProgrammeAlreadyPlanned(Refusal):
    """A programme is planned once."""

    title: str
    where = "programme"
    rule = "this programme was planned already, as {title!r}"
    way_out = "change it, or plan another one under a key of its own"


@dataclass(eq=False)
class ProgrammeForNothing(Refusal):
    """A programme that closes no gap and serves no element."""

    kind = RefusalKind.INVALID
    where = "gaps"
    rule = "a programme is for gaps or for elements of the strategy, and this one names neither"
    way_out = "name the gaps that it is to close, or the elements, such as big bets, that it serves"


@dataclass(eq=False)
class ProgrammeEnded(Refusal):
    """What was completed or dropped goes on no more."""

    status: ProgrammeStatus
    where = "programme"
    rule = "the programme is {status} already"
    way_out = "plan another one, or correct what was said"


@dataclass(eq=False)
class ProgrammeChangesNothing(Refusal):
    """A change that says nothing."""

    kind = RefusalKind.INVALID
    where = "title"
    rule = "nothing of the programme is said to be different"
    way_out = "give another title, audience, owner or by-when"


@dataclass(eq=False)
class SessionWithNobody(Refusal):
    """A session that nobody took part in."""

    kind = RefusalKind.INVALID
    where = "participants"
    rule = "a session that was held had participants"
    way_out = "name who took part, each once"


def guard(state: Programme, fact: Fact) -> None:
    """Refuse what cannot be said about a programme in this state."""
    content = fact.content
    match content:
        case ProgrammePlanned():
            if state.planned_at is not None:
                raise ProgrammeAlreadyPlanned(state.title)
            if not content.gaps and not content.elements:
                raise ProgrammeForNothing
        case _ if state.planned_at is None:
            raise ProgrammeUnknown(content.TOPIC.partition(".")[2])
        case _ if state.status is not ProgrammeStatus.PLANNED:
            raise ProgrammeEnded(state.status)
        case ProgrammeChanged(title=None, units=(), of_ranks=(), person=None, by_when=None):
            raise ProgrammeChangesNothing
        case SessionHeld(participants=()):
            raise SessionWithNobody
        case _:
            pass


def evolve(state: Programme, fact: Fact) -> Programme:
    """The programme once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    match content:
        case ProgrammePlanned():
            return Programme(
                planned_at=at,
                key=content.key,
                strategy=content.strategy,
                kind=content.kind,
                title=content.title,
                gaps=content.gaps,
                elements=content.elements,
                audience=Audience(units=content.units, ranks=content.of_ranks),
                owners=handed_over((), content.person, at),
                by_whens=moved((), content.by_when, at),
            )
        case ProgrammeChanged(title=title, units=units, of_ranks=ranks, person=person, by_when=by_when):
            meant = Audience(units=units, ranks=ranks) if units or ranks else state.audience
            return replace(
                state,
                title=state.title if title is None else title,
                audience=meant,
                owners=state.owners if person is None else handed_over(state.owners, person, at),
                by_whens=moved(state.by_whens, by_when, at),
            )
        case SessionHeld(title=title, participants=participants):
            return replace(state, sessions=(*state.sessions, Session(at, title, participants)))
        case ProgrammeCompleted():
            return replace(state, status=ProgrammeStatus.COMPLETED, ended_at=at)
        case ProgrammeDropped():
            return replace(state, status=ProgrammeStatus.DROPPED, ended_at=at)
        case _:
            return state


PROGRAMME: Aggregate[Programme] = Aggregate(
    "programme",
    Programme(),
    (ProgrammePlanned, ProgrammeChanged, SessionHeld, ProgrammeCompleted, ProgrammeDropped),
    guard,
    evolve,
)


def people_of(audience: Audience, everybody: Population, people: Mapping[UUID, Person]) -> frozenset[UUID]:
    """The people of an audience, of a population and as of its instant; each counts where they sit."""
    chart, at = everybody.chart, everybody.at
    seats = [chart.carried_on_by(unit, at) for unit in audience.units]
    below = frozenset(each for unit in seats if unit is not None for each in chart.subtree(unit, at))
    return frozenset(
        person
        for person in everybody.people
        if (not audience.units or not below.isdisjoint(everybody.seats[person]))
        and (not audience.ranks or people[person].rank(at) in audience.ranks)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Of an audience those who were in a session. `unapplied`: who is named in one that was before they joined."""

    audience: frozenset[UUID]
    reached: frozenset[UUID]
    unapplied: tuple[tuple[datetime, UUID], ...] = ()


def coverage(programme: Programme, everybody: Population, people: Mapping[UUID, Person]) -> Coverage:
    """How much of its audience a programme reached, by its sessions so far."""
    audience = people_of(programme.audience, everybody, people)
    came = [(each.at, person) for each in programme.sessions for person in each.participants]
    applied = frozenset(person for at, person in came if was_known(people, person, at))
    unapplied = tuple((at, person) for at, person in came if not was_known(people, person, at))
    return Coverage(audience=audience, reached=audience & applied, unapplied=unapplied)


def was_known(people: Mapping[UUID, Person], person: UUID, at: datetime) -> bool:
    """Whether somebody had joined by an instant: what is said of them before has no effect."""
    found = people.get(person)
    return found is not None and found.known_as(at) is not None
