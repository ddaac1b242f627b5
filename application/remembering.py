"""The timelines that a process holds in memory, and up to which position they are all there is to know."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any
from uuid import UUID

from application.ports import News, PlacedEvent
from domain.kernel import Event
from domain.temporal import Timeline


class Remembered:
    """Timelines of streams, the least asked for forgotten first. Safe for several threads.

    Of each organisation there is a position: whatever is remembered of it holds every event up to there. So one look at
    what was recorded behind that position, instead of one at every stream, brings all of them up to date.
    """

    def __init__(self, most: int, read: Callable[[PlacedEvent], Event]) -> None:
        self._most, self._read = most, read
        self._timelines: OrderedDict[tuple[UUID, UUID], Timeline[Any]] = OrderedDict()
        self._positions: dict[UUID, int] = {}
        self._lock = Lock()

    def position(self, organisation: UUID) -> int | None:
        """Up to where all that is remembered of an organisation is complete; None where nothing is."""
        with self._lock:
            return self._positions.get(organisation)

    def find(self, organisation: UUID, stream: UUID) -> Timeline[Any] | None:
        """A stream's timeline, if it is remembered."""
        with self._lock:
            known = self._timelines.get((organisation, stream))
            if known is not None:
                self._timelines.move_to_end((organisation, stream))
            return known

    def keep(self, organisation: UUID, stream: UUID, timeline: Timeline[Any], since: int | None) -> None:
        """Remember what was read of a stream after `position` had told `since`.

        Should others have been brought further meanwhile, it is not kept: it might lack what they hold.
        """
        with self._lock:
            if self._positions.get(organisation) == since:
                self._positions.setdefault(organisation, 0)
                self._put(organisation, stream, timeline)

    def recorded(self, organisation: UUID, stream: UUID, timeline: Timeline[Any], first: int, last: int) -> None:
        """Remember a stream with what this process recorded on it, at positions `first` to `last`."""
        with self._lock:
            position = self._positions.setdefault(organisation, 0)
            if position == first - 1:
                self._positions[organisation] = last
            if position <= last:
                self._put(organisation, stream, timeline)

    def catch_up(self, organisation: UUID, since: int | None, news: News) -> None:
        """Learn what was recorded behind the position `since`; forget the organisation where that is not all of it."""
        head = news.head.position if news.head is not None else 0
        reached = max(head, news.events[-1].position if news.events else 0)
        with self._lock:
            if since is not None and head < since:  # the store was put back to what it held before
                self._forget(organisation)
            position = self._positions.setdefault(organisation, reached)
            if position >= reached:
                return
            if since is None or (news.events[-1].position if news.events else since) < head:
                self._forget(organisation)
            else:
                self._learn(organisation, [event for event in news.events if event.position > position])
            self._positions[organisation] = reached

    def forget(self, organisation: UUID) -> None:
        """Remember nothing of an organisation any more."""
        with self._lock:
            self._forget(organisation)

    def _forget(self, organisation: UUID) -> None:
        self._positions.pop(organisation, None)
        for key in [key for key in self._timelines if key[0] == organisation]:
            del self._timelines[key]

    def _learn(self, organisation: UUID, events: list[PlacedEvent]) -> None:
        for placed in events:
            stream = placed.originator_id
            known = self._timelines.get((organisation, stream)) if isinstance(stream, UUID) else None
            if known is not None and isinstance(stream, UUID) and placed.originator_version > known.version:
                self._timelines[organisation, stream] = known.learn([self._read(placed)])

    def _put(self, organisation: UUID, stream: UUID, timeline: Timeline[Any]) -> None:
        self._timelines[organisation, stream] = timeline
        self._timelines.move_to_end((organisation, stream))
        while len(self._timelines) > self._most:
            self._timelines.popitem(last=False)
