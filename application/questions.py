"""Questions about an organisation as of (valid time, known time), and the shape in which all of them are answered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from application.ledger import Ledger
from application.states import Moment, States
from domain.acknowledgement import ACKNOWLEDGEMENT
from domain.alignment import Alignment, derive
from domain.commitment import COMMITMENT
from domain.duty import DUTY
from domain.goal import GOAL, Goal
from domain.kernel import Refusal, RefusalKind
from domain.organisation import ORGANISATION, Organisation
from domain.person import PERSON, Person
from domain.response import RESPONSE, Response
from domain.review import REVIEW, Review
from domain.scope import Scope
from domain.situation import Situation
from domain.strategy import STRATEGY
from domain.temporal import Aggregate

S = TypeVar("S")


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

    remembered = 64

    def __init__(self, ledger: Ledger, states: States) -> None:
        self.ledger = ledger
        self.states = states
        self._situations: OrderedDict[tuple[UUID, Moment, UUID], Situation] = OrderedDict()
        self._lock = Lock()

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
        key = asked.organisation, asked.moment, strategy
        with self._lock:
            if key in self._situations:
                self._situations.move_to_end(key)
                return self._situations[key]
        organisation = self.organisation(asked.organisation, asked.moment)
        states = self.states.states(STRATEGY, asked.organisation, asked.moment, streams=[strategy])
        if organisation is None or strategy not in states:
            return None

        def about(aggregate: Aggregate[S]) -> dict[UUID, S]:
            return self.states.states(aggregate, asked.organisation, asked.moment, strategy=strategy)

        reviews, goals = about(REVIEW), about(GOAL)
        situation = Situation(
            valid_at=asked.valid_at,
            today=asked.valid_at.astimezone(ZoneInfo(organisation.zone)).date(),
            organisation=organisation,
            id=strategy,
            strategy=states[strategy],
            people=self.people(asked),
            goals=goals,
            goals_beyond=self._goals_beyond(asked, goals),
            commitments=about(COMMITMENT),
            acknowledgements=about(ACKNOWLEDGEMENT),
            duties=about(DUTY),
            reviews=reviews,
            responses=self._responses(asked, reviews),
        )
        with self._lock:
            self._situations[key] = situation
            while len(self._situations) > self.remembered:
                self._situations.popitem(last=False)
        return situation

    def _goals_beyond(self, asked: Asked, goals: Mapping[UUID, Goal]) -> dict[UUID, Goal]:
        """The goals of other strategies that these support, and what those support in turn."""
        beyond: dict[UUID, Goal] = {}
        ahead = goals
        while ahead:
            parents = {each.goal for goal in ahead.values() for each in goal.supports if each.goal is not None}
            further = sorted(parents - goals.keys() - beyond.keys())
            ahead = self.states.states(GOAL, asked.organisation, asked.moment, streams=further) if further else {}
            beyond |= ahead
        return beyond

    def _responses(self, asked: Asked, reviews: Mapping[UUID, Review]) -> dict[UUID, Response]:
        if not reviews:
            return {}
        found = self.states.states(RESPONSE, asked.organisation, asked.moment)
        return {id: each for id, each in found.items() if each.review in reviews}

    def alignment(self, asked: Asked, strategy: UUID, scope: Scope) -> Alignment | None:
        """The alignment state; None where there was no such strategy at the moment."""
        situation = self.situation(asked, strategy)
        return derive(situation, scope) if situation is not None else None

    def named(self, asked: Asked, aggregate: Aggregate[Any], stream: UUID) -> Any | None:  # noqa: ANN401
        """One record's state as of the moment; None where it had not begun."""
        return self.states.states(aggregate, asked.organisation, asked.moment, streams=[stream]).get(stream)
