"""Questions about an organisation as of (valid time, known time), and the shape in which all of them are answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from application.ledger import Ledger
from application.owing import Owner, sources
from application.recent import Recent
from application.situations import MOST_NARROWED, Concerned, Gathering, weight
from application.states import Moment, States
from domain.alignment import Alignment, derive
from domain.judgement import judge
from domain.kernel import Refusal, RefusalKind
from domain.organisation import ORGANISATION, Organisation
from domain.owed import Owed, owed_by, spoken_for
from domain.person import PERSON, Person
from domain.scope import Scope
from domain.situation import Situation
from domain.strategy import STRATEGY
from domain.temporal import Aggregate


@dataclass(eq=False)
class KnownTimeInFuture(Refusal):
    """Nobody can say what will be known."""

    present: datetime
    kind = RefusalKind.INVALID
    where = "known_at"
    rule = "what will be known after the present instant cannot be asked; a date means the end of its day"
    way_out = "ask with known_at={present:%Y-%m-%dT%H:%M:%S.%fZ}, with a position, or leave it out"


@dataclass(eq=False)
class PositionUnknown(Refusal):
    """A known time given as a position that nothing was recorded at yet."""

    position: int
    newest: int
    kind = RefusalKind.INVALID
    where = "known_at"
    rule = "nothing is recorded at position {position} yet"
    way_out = "name a position from 0 to {newest}"


@dataclass(eq=False)
class NotProjectedYet(Refusal):
    """The stored answers lag behind the known time asked for."""

    position: int
    projected: int
    where = "known_at"
    rule = "the read models have followed to position {projected}, not yet to {position}"
    way_out = "ask again in a moment, or leave known_at out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A resolved pair of times. `founded` is False where the organisation had no event yet at that moment."""

    organisation: UUID
    moment: Moment
    known_at: datetime | None
    founded: bool
    simulated: bool

    @property
    def valid_at(self) -> datetime:
        """The valid time."""
        return self.moment.valid_at

    @property
    def position(self) -> int:
        """The known time, as a position."""
        return self.moment.position


class Questions:
    """Asks the states, whichever source gives them, and derives what lies between."""

    remembered = 100_000
    """States that are held together by the situations asked about last, just under three kilobytes each."""

    def __init__(self, ledger: Ledger, states: States, *, narrowed_up_to: int = MOST_NARROWED) -> None:
        self.ledger, self.narrowed_up_to = ledger, narrowed_up_to
        self.states = states
        self._situations: Recent[tuple[UUID, Moment, UUID, UUID | None], Situation] = Recent(self.remembered)

    def ask(
        self, organisation: UUID, valid_at: datetime | None = None, known_at: datetime | int | None = None
    ) -> Asked:
        """The moment that two times mean, now where one is not stated.

        Raises OrganisationUnknown, KnownTimeInFuture, PositionUnknown, NotProjectedYet.
        """
        now = self.ledger.now(organisation)
        simulated = self.ledger.is_simulated(organisation)
        position = self._position(organisation, known_at, now, simulated=simulated)
        founding = self.ledger.timeline_until(ORGANISATION, organisation, organisation, min(position, 1))
        valid = now if valid_at is None else valid_at
        return Asked(
            organisation=organisation,
            moment=Moment(valid, position),
            known_at=self.ledger.ledger_recorder.recorded_at(organisation, position) if position else None,
            founded=bool(founding.facts) and self.organisation(organisation, Moment(valid, position)) is not None,
            simulated=simulated,
        )

    def _position(self, organisation: UUID, known_at: datetime | int | None, now: datetime, *, simulated: bool) -> int:
        recorder, projected = self.ledger.ledger_recorder, self.states.position(organisation)
        head = recorder.head(organisation)
        if known_at is None:
            if projected == 0 and head is not None and not self.states.wait_for(organisation, head.position):
                # «Nothing recorded» would be wrong: nothing is *projected* yet.
                raise NotProjectedYet(head.position, 0)
            return self.states.position(organisation) if projected == 0 else projected
        if isinstance(known_at, int):
            position, newest = known_at, head.position if head else 0
            if not 0 <= position <= newest:
                raise PositionUnknown(position, newest)
        elif simulated and head is not None and known_at >= head.recorded_at:
            position = head.position
        elif known_at > now:
            raise KnownTimeInFuture(now)
        else:
            if head is not None and known_at >= head.recorded_at:
                # A transaction that is just committing would otherwise appear later, with an earlier time.
                recorder.head(organisation, settled=True)
            position = recorder.position_at(organisation, known_at)
        if position > projected and not self.states.wait_for(organisation, position):
            raise NotProjectedYet(position, self.states.position(organisation))
        return position

    def organisation(self, organisation: UUID, moment: Moment) -> Organisation | None:
        """The organisation as of a moment; None before it was founded."""
        return self.states.states(ORGANISATION, organisation, moment, streams=[organisation]).get(organisation)

    def people(self, asked: Asked) -> dict[UUID, Person]:
        """Everybody who had joined or been invited by then."""
        return self.states.states(PERSON, asked.organisation, asked.moment)

    def situation(self, asked: Asked, strategy: UUID) -> Situation | None:
        """Everything about one strategy as of the moment; None where it had not been drafted by then."""
        gathering = Gathering(self.states, asked.organisation, asked.moment, strategy)
        return self._kept(gathering, None, gathering.situation)

    def alignment(self, asked: Asked, strategy: UUID, scope: Scope) -> Alignment | None:
        """The alignment state; None where there was no such strategy at the moment.

        Of a small unit it rests on no more of the situation than that unit's figures need.
        """
        gathering = Gathering(self.states, asked.organisation, asked.moment, strategy)
        concerned = gathering.concerned(scope.unit, self.narrowed_up_to) if scope.unit is not None else None
        if concerned is None:
            return self.comparable(asked, strategy, scope)
        situation = self._kept(gathering, scope.unit, lambda: gathering.situation(concerned))
        return derive(situation, scope) if situation is not None else None

    def comparable(self, asked: Asked, strategy: UUID, scope: Scope) -> Alignment | None:
        """The same, on the ground of the whole situation: it tells what was outside the scope, for another moment."""
        situation = self.situation(asked, strategy)
        return derive(situation, scope) if situation is not None else None

    def owed(self, asked: Asked, person: UUID) -> list[Owed]:
        """What a person owes at the moment, under every strategy and beside them, they or a unit they speak for."""
        found, organisation = self.named(asked, PERSON, person), self.organisation(asked.organisation, asked.moment)
        if found is None or organisation is None:
            return []
        units = spoken_for(organisation.chart, person, asked.valid_at)
        concerned = Concerned({person: found}, units)
        owed = list[Owed]()
        for strategy in self.states.states(STRATEGY, asked.organisation, asked.moment):
            situation = Gathering(self.states, asked.organisation, asked.moment, strategy).situation(concerned)
            if situation is not None:
                owed += owed_by(situation, judge(situation), person)
        if found.presence(asked.valid_at) is not None:
            owner = Owner(person, units, asked.organisation, organisation, asked.moment, self.states)
            owed += [each for source in sources() for each in source(owner)]
        return owed

    def _kept(
        self, gathering: Gathering, unit: UUID | None, gather: Callable[[], Situation | None]
    ) -> Situation | None:
        key = gathering.organisation, gathering.moment, gathering.strategy, unit
        found = self._situations.get(key)
        if found is None and (found := gather()) is not None:
            self._situations.put(key, found, weight(found))
        return found

    def named(self, asked: Asked, aggregate: Aggregate[Any], stream: UUID) -> Any | None:  # noqa: ANN401
        """One record's state as of the moment; None where it had not begun."""
        return self.states.states(aggregate, asked.organisation, asked.moment, streams=[stream]).get(stream)
