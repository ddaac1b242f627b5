"""Timelines of heavy streams as of positions, kept between questions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from application.ledger import Ledger
from application.ports import PlacedEvent
from application.recent import Recent
from domain.kernel import Event
from domain.temporal import Aggregate, Timeline

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class _Read:
    """The events of one stream up to position `until`, and where each was recorded."""

    until: int = 0
    positions: tuple[int, ...] = ()
    events: tuple[Event, ...] = ()


class Histories:
    """Folds streams as they were known at a position; asks the store only for what it has not read yet."""

    def __init__(self, ledger: Ledger, *, streams: int = 200, timelines: int = 400) -> None:
        self.ledger = ledger
        self._read: Recent[tuple[UUID, UUID], _Read] = Recent(streams)
        self._timelines: Recent[tuple[UUID, UUID, int], Timeline[Any]] = Recent(timelines)

    def timelines(
        self, aggregate: Aggregate[S], organisation: UUID, streams: Sequence[UUID], position: int
    ) -> dict[UUID, Timeline[S]]:
        """Each stream as known at the position, which must be a recorded one."""
        read = {stream: self._read.get((organisation, stream)) or _Read() for stream in streams}
        self._read_on(organisation, read, position)
        return {
            stream: self._timeline(aggregate, organisation, stream, known, position) for stream, known in read.items()
        }

    def _read_on(self, organisation: UUID, read: dict[UUID, _Read], position: int) -> None:
        recorder = self.ledger.ledger_recorder
        unknown = [stream for stream, known in read.items() if not known.events]
        newer = recorder.select_streams(organisation, unknown, until=position) if unknown else {}
        for stream, known in read.items():
            if known.events and known.until < position:
                newer[stream] = recorder.select_stream(
                    organisation, stream, after_version=len(known.events), until=position
                )
        for stream, placed in newer.items():
            read[stream] = self._more(read[stream], placed, position)
            self._read.put((organisation, stream), read[stream])

    def _more(self, known: _Read, placed: Sequence[PlacedEvent], position: int) -> _Read:
        return _Read(
            max(position, known.until),
            (*known.positions, *(each.position for each in placed)),
            (*known.events, *(self.ledger.recorded(each).event for each in placed)),
        )

    def _timeline(
        self, aggregate: Aggregate[S], organisation: UUID, stream: UUID, known: _Read, position: int
    ) -> Timeline[S]:
        version = bisect_right(known.positions, position)
        found: Timeline[S] | None = self._timelines.get((organisation, stream, version))
        if found is None:
            # Most often only the newest events are missing; the timeline before them is the one asked for last.
            before: Timeline[S] | None = self._timelines.get((organisation, stream, version - 1))
            found = (before or Timeline(aggregate)).learn(known.events[before.version if before else 0 : version])
            self._timelines.put((organisation, stream, version), found)
        return found
