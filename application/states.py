"""The states of an organisation's streams as of (valid time, known time): the definition, and the port to it.

`Definition` folds the events and is the judge; the stored read model answers the same questions from rectangles of
valid and known time. Everything above derives its figures from these states alone, whichever of the two gives them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from application.ledger import Ledger
from domain.catalogue import aggregate_of
from domain.commitment import Commitment
from domain.kernel import Event
from domain.person import Person
from domain.temporal import Aggregate, Timeline

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in both times: the state at `valid_at` as it was known when `position` was the newest event."""

    valid_at: datetime
    position: int


class States(ABC):
    """Gives states of streams as of a moment. Both implementations answer alike for every moment, on every input."""

    @abstractmethod
    def position(self, organisation: UUID) -> int:
        """The newest position that this source can answer for."""

    def wait_for(self, organisation: UUID, position: int) -> bool:
        """Wait, within a limit, until this source can answer for the position; whether it can."""
        return self.position(organisation) >= position

    @abstractmethod
    def states(
        self,
        aggregate: Aggregate[S],
        organisation: UUID,
        moment: Moment,
        *,
        strategy: UUID | None = None,
        subject: UUID | None = None,
        streams: Sequence[UUID] | None = None,
        concerning: Collection[UUID] | None = None,
    ) -> dict[UUID, S]:
        """The states of all streams of one kind that had begun, ordered by stream id.

        Narrowed to those about a `strategy`, to those whose `subject` is this person or unit (the party of a
        commitment, the person of an acknowledgement, duty, response), to named `streams`, or to those that are
        `concerning` any of these people or units (see `concerned_by`).
        """

    def state(self, aggregate: Aggregate[S], organisation: UUID, moment: Moment, stream: UUID) -> S:
        """One stream's state; its initial one before it began."""
        return self.states(aggregate, organisation, moment, streams=[stream]).get(stream, aggregate.initial)


def strategy_of(state: Any) -> UUID | None:  # noqa: ANN401 — a state of whichever aggregate
    """The strategy that a state is about, for looking it up; None where it is about none or several."""
    target = getattr(state, "target", None)
    found = getattr(target, "strategy", None) or getattr(state, "strategy", None)
    return found if isinstance(found, UUID) else None


def subject_of(state: Any) -> UUID | None:  # noqa: ANN401
    """The person or unit that a state is about: the party of a commitment, the person of a statement or duty."""
    party = getattr(state, "party", None)
    found = getattr(party, "id", None) or getattr(state, "person", None)
    return found if isinstance(found, UUID) else None


def concerned_by(state: Any) -> frozenset[UUID]:  # noqa: ANN401
    """The people and units whose figures a state can change: its subject, and whoever else it ever named.

    Of a person the units of all places up to then, of a commitment every party that spoke for it or was asked to.
    """
    subject = subject_of(state)
    found = {subject} if subject is not None else set[UUID]()
    match state:
        case Person(places=places):
            found.update(place.unit for place in places)
        case Commitment(said=said, turned_down_by=turned_down_by, offered_to=offered_to):
            found.update(each.party.id for each in said)
            found.update(party.id for party in (*turned_down_by, offered_to) if party is not None)
        case _:
            pass
    return frozenset(found)


class Definition(States):
    """The definition itself: every question folds the organisation's events. Exact, and slow for long histories."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._read: dict[UUID, list[tuple[int, Event]]] = {}

    def position(self, organisation: UUID) -> int:
        """The newest recorded position."""
        head = self.ledger.ledger_recorder.head(organisation)
        return head.position if head else 0

    def states(
        self,
        aggregate: Aggregate[S],
        organisation: UUID,
        moment: Moment,
        *,
        strategy: UUID | None = None,
        subject: UUID | None = None,
        streams: Sequence[UUID] | None = None,
        concerning: Collection[UUID] | None = None,
    ) -> dict[UUID, S]:
        """See `States.states`."""
        wanted = None if streams is None else set(streams)
        events: dict[UUID, list[Event]] = {}
        for position, event in self._events(organisation):
            if position > moment.position:
                break
            if aggregate_of(event.topic) is aggregate and (wanted is None or event.stream in wanted):
                events.setdefault(event.stream, []).append(event)
        found: dict[UUID, S] = {}
        for stream in sorted(events):
            timeline = Timeline.of(aggregate, events[stream])
            if not timeline.until(moment.valid_at):
                continue
            state = timeline.state(moment.valid_at)
            if strategy is not None and strategy_of(state) != strategy:
                continue
            if subject is not None and subject_of(state) != subject:
                continue
            if concerning is not None and concerned_by(state).isdisjoint(concerning):
                continue
            found[stream] = state
        return found

    def _events(self, organisation: UUID) -> list[tuple[int, Event]]:
        read = self._read.setdefault(organisation, [])
        while True:
            after = read[-1][0] if read else 0
            newer = self.ledger.ledger_recorder.select_positions(organisation, after=after, limit=5_000)
            if not newer:
                return read
            read.extend((placed.position, self.ledger.recorded(placed).event) for placed in newer)
