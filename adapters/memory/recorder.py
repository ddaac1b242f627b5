"""A ledger in memory. It keeps to the same contract as the one in PostgreSQL: tests/contracts holds both to it."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Condition, RLock
from typing import Self
from uuid import UUID

from eventsourcing.persistence import IntegrityError, Notification, StoredEvent

from adapters.following import PullingSubscription
from application.ports import (
    Head,
    Idempotency,
    ImportedLine,
    KeyTaken,
    LedgerRecorder,
    LineRecord,
    News,
    Outcome,
    Placed,
    PlacedEvent,
    RequestAlreadyRecorded,
    SourceKey,
)
from application.transparency import leaf_of

MICROSECOND = timedelta(microseconds=1)


@dataclass
class _Book:
    """All that is kept of one organisation."""

    events: list[PlacedEvent] = field(default_factory=list[PlacedEvent])
    leaves: list[bytes] = field(default_factory=list[bytes])
    streams: dict[UUID, list[PlacedEvent]] = field(default_factory=dict[UUID, list[PlacedEvent]])
    versions: set[tuple[UUID, int]] = field(default_factory=set[tuple[UUID, int]])
    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict[tuple[str, str], Outcome])
    keys: dict[tuple[str, bytes], UUID] = field(default_factory=dict[tuple[str, bytes], UUID])
    lines: dict[tuple[str, bytes], LineRecord] = field(default_factory=dict[tuple[str, bytes], LineRecord])


class MemoryRecorder(LedgerRecorder):
    """Everything behind one lock; `clock` tells the store's own time."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._clock = clock
        self._lock = RLock()
        self._recorded = Condition(self._lock)
        self._books: dict[UUID, _Book] = {}
        self._log: list[PlacedEvent] = []

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        organisation: UUID = UUID(int=0),
        known: Sequence[datetime] | None = None,
        idempotency: Idempotency | None = None,
        status: int = 201,
        keys: Sequence[SourceKey] = (),
        lines: Sequence[ImportedLine] = (),
        **_: object,
    ) -> list[Placed]:
        """Append all or nothing. Raises IntegrityError, RequestAlreadyRecorded, KeyTaken."""
        if known is not None and len(known) != len(stored_events):
            raise ValueError(f"{len(stored_events)} events need as many known times, not {len(known)}")
        with self._lock:
            book = self._books.get(organisation, _Book())
            if idempotency is not None and (outcome := book.outcomes.get((idempotency.actor, idempotency.key))):
                raise RequestAlreadyRecorded(outcome)
            taken = _admit_keys(book, keys)
            _admit_events(book, stored_events)
            _admit_lines(book, lines)
            placed = self._place(organisation, book, stored_events, known)
            self._books[organisation] = book
            for each in placed:
                stream = _stream(each)
                book.events.append(each)
                book.leaves.append(leaf_of(each).hash)
                book.versions.add((stream, each.originator_version))
                insort(book.streams.setdefault(stream, []), each, key=_version)
            self._log.extend(placed)
            book.keys.update(taken)
            for line in lines:
                event = stored_events[line.event]
                book.lines[line.source, line.digest] = LineRecord(
                    line.fingerprint, _stream(event), event.originator_version
                )
            if idempotency is not None:
                book.outcomes[idempotency.actor, idempotency.key] = Outcome(
                    fingerprint=idempotency.fingerprint,
                    status=status,
                    position=len(book.events),
                    streams=tuple(dict.fromkeys(map(_stream, stored_events))),
                    version=stored_events[-1].originator_version if stored_events else 0,
                )
            self._recorded.notify_all()
            return [Placed.at(each.id, each.position, each.recorded_at) for each in placed]

    def _place(
        self, organisation: UUID, book: _Book, events: Sequence[StoredEvent], known: Sequence[datetime] | None
    ) -> list[PlacedEvent]:
        told = known if known is not None else [self._clock()] * len(events)
        last = book.events[-1].recorded_at if book.events else datetime.min.replace(tzinfo=UTC)
        placed: list[PlacedEvent] = []
        for number, (event, instant) in enumerate(zip(events, told, strict=True), start=1):
            last = max(instant.astimezone(UTC), last + MICROSECOND)
            place = (organisation, len(book.events) + number, last, len(self._log) + number)
            placed.append(PlacedEvent(_stream(event), event.originator_version, event.topic, event.state, *place))
        return placed

    def head(self, organisation: UUID, *, settled: bool = False) -> Head | None:
        """The newest event, or None before any."""
        with self._lock:
            events = self._of(organisation).events
            return Head(events[-1].position, events[-1].recorded_at) if events else None

    def now(self, organisation: UUID) -> datetime:
        """The greatest of the clock and the newest known time."""
        head = self.head(organisation)
        return max(self._clock(), head.recorded_at) if head else self._clock()

    def news(
        self, organisation: UUID, *, after: int | None = None, limit: int = 0, request: tuple[str, str] | None = None
    ) -> News:
        """Head, present, events behind a position, and what a request came to."""
        with self._lock:
            return News(
                now=self.now(organisation),
                head=self.head(organisation),
                events=self.select_positions(organisation, after=after, limit=limit) if after is not None else (),
                outcome=self.outcome(organisation, *request) if request is not None else None,
            )

    def position_at(self, organisation: UUID, known_at: datetime) -> int:
        """The position of the newest event known at that instant; 0 before any."""
        with self._lock:
            return bisect_right(self._of(organisation).events, known_at, key=lambda event: event.recorded_at)

    def recorded_at(self, organisation: UUID, position: int) -> datetime | None:
        """The known time of a position."""
        with self._lock:
            events = self._of(organisation).events
            return events[position - 1].recorded_at if 0 < position <= len(events) else None

    def select_stream(
        self, organisation: UUID, stream: UUID, *, until: int | None = None, after_version: int = 0
    ) -> list[PlacedEvent]:
        """Events of one stream in the order of version."""
        with self._lock:
            events = self._of(organisation).streams.get(stream, [])
            newer = events[bisect_right(events, after_version, key=_version) :]
            return newer if until is None else [event for event in newer if event.position <= until]

    def select_streams(
        self, organisation: UUID, streams: Sequence[UUID], *, until: int | None = None
    ) -> dict[UUID, list[PlacedEvent]]:
        """As `select_stream`, for many."""
        with self._lock:
            found = {stream: self.select_stream(organisation, stream, until=until) for stream in streams}
            return {stream: events for stream, events in found.items() if events}

    def select_positions(
        self,
        organisation: UUID,
        *,
        after: int = 0,
        until: int | None = None,
        limit: int = 1000,
        topics: Sequence[str] = (),
        descending: bool = False,
    ) -> list[PlacedEvent]:
        """Events of one organisation in the order of position."""
        with self._lock:
            events = self._of(organisation).events[after:until]
            wanted = (event for event in (reversed(events) if descending else events) if _is_of(event, topics))
            return [event for event, _ in zip(wanted, range(limit), strict=False)]

    def select_after(self, id: int, limit: int) -> list[PlacedEvent]:
        """Events of all organisations behind the cursor."""
        with self._lock:
            return self._log[id : id + limit]

    def leaves(self, organisation: UUID, after: int, until: int) -> list[bytes]:
        """The leaf hashes of the positions behind `after` up to `until`."""
        with self._lock:
            return self._of(organisation).leaves[after:until]

    def organisations(self) -> list[UUID]:
        """All organisations with at least one event."""
        with self._lock:
            return sorted(organisation for organisation, book in self._books.items() if book.events)

    def outcome(self, organisation: UUID, actor: str, key: str) -> Outcome | None:
        """What the request with this key came to."""
        with self._lock:
            return self._of(organisation).outcomes.get((actor, key))

    def find_keys(self, organisation: UUID, wanted: Sequence[tuple[str, bytes]]) -> dict[tuple[str, bytes], UUID]:
        """The records behind source keys."""
        with self._lock:
            keys = self._of(organisation).keys
            return {each: keys[each] for each in wanted if each in keys}

    def look_up(
        self, organisation: UUID, wanted: Sequence[tuple[str, bytes]], streams: Sequence[UUID]
    ) -> tuple[dict[tuple[str, bytes], UUID], dict[UUID, list[PlacedEvent]]]:
        """The records behind source keys, and the events of these and of other streams."""
        with self._lock:
            found = self.find_keys(organisation, wanted)
            return found, self.select_streams(organisation, list({*found.values(), *streams}))

    def find_lines(self, organisation: UUID, source: str, digests: Sequence[bytes]) -> dict[bytes, LineRecord]:
        """Which of these lines were imported already."""
        with self._lock:
            lines = self._of(organisation).lines
            return {digest: lines[source, digest] for digest in digests if (source, digest) in lines}

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
        organisation: UUID = UUID(int=0),
    ) -> list[StoredEvent]:
        """The library's own look at one stream."""
        with self._lock:
            stream = self._of(organisation).streams.get(_uuid(originator_id), [])
            found = [
                StoredEvent(event.originator_id, event.originator_version, event.topic, event.state)
                for event in (reversed(stream) if desc else stream)
                if (gt is None or event.originator_version > gt) and (lte is None or event.originator_version <= lte)
            ]
            return found[:limit]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """The library's own look at all events, by the store's cursor."""
        after = (start or 0) - (1 if inclusive_of_start else 0)
        with self._lock:
            wanted = (event for event in self._log[max(after, 0) : stop] if _is_of(event, topics))
            return [
                Notification(event.originator_id, event.originator_version, event.topic, event.state, event.id)
                for event, _ in zip(wanted, range(limit), strict=False)
            ]

    def max_notification_id(self) -> int | None:
        """The cursor of the newest event."""
        with self._lock:
            return self._log[-1].id if self._log else None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> PullingSubscription:
        """Follow all events behind the cursor `gt`."""
        return PullingSubscription(self, self.listener(), gt, topics)

    def listener(self) -> MemoryListener:
        """What wakes a follower when events are recorded."""
        return MemoryListener(self._recorded)

    def _of(self, organisation: UUID) -> _Book:
        return self._books.get(organisation) or _Book()


class MemoryListener:
    """Wakes on every append."""

    def __init__(self, recorded: Condition) -> None:
        self._recorded = recorded

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is held."""

    def wait(self, timeout: float) -> bool:
        """Until the next append, `timeout` seconds at most."""
        with self._recorded:
            return self._recorded.wait(timeout)


def _admit_keys(book: _Book, keys: Sequence[SourceKey]) -> Mapping[tuple[str, bytes], UUID]:
    given: dict[tuple[str, bytes], UUID] = {}
    for key in keys:
        name = key.kind, key.digest
        if given.setdefault(name, book.keys.get(name, key.id)) != key.id:
            raise KeyTaken(key)
    return given


def _admit_events(book: _Book, events: Sequence[StoredEvent]) -> None:
    versions = [(_stream(event), event.originator_version) for event in events]
    if len(set(versions)) < len(versions) or not book.versions.isdisjoint(versions):
        raise IntegrityError("a version of a stream is recorded already")


def _admit_lines(book: _Book, lines: Sequence[ImportedLine]) -> None:
    names = [(line.source, line.digest) for line in lines]
    if len(set(names)) < len(names) or any(name in book.lines for name in names):
        raise IntegrityError("a line is imported already")


def _version(event: StoredEvent) -> int:
    return event.originator_version


def _stream(event: StoredEvent) -> UUID:
    return _uuid(event.originator_id)


def _uuid(id: UUID | str) -> UUID:
    return id if isinstance(id, UUID) else UUID(id)


def _is_of(event: StoredEvent, topics: Sequence[str]) -> bool:
    return not topics or event.topic in topics
