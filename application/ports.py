"""What the application needs of the outside, as abstract classes; the adapters implement them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from eventsourcing.persistence import ApplicationRecorder, StoredEvent

from domain.scope import Scope
from domain.sealed import Private, TextKind

Now = Callable[[], datetime]
"""Tells the present instant, in UTC with microseconds."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest recorded event of an organisation: its position and known time."""

    position: int
    recorded_at: datetime


@dataclass(frozen=True)
class PlacedEvent(StoredEvent):
    """A stored event with the place the store gave it. `id` is the store's own cursor across all organisations."""

    organisation: UUID
    position: int
    recorded_at: datetime
    id: int


class Placed(int):
    """A notification id, as the library's recorders return it, that also tells position and known time."""

    position: int
    recorded_at: datetime

    @classmethod
    def at(cls, id: int, position: int, recorded_at: datetime) -> Placed:
        """The notification id `id` of the event recorded at `position`."""
        placed = cls(id)
        placed.position, placed.recorded_at = position, recorded_at
        return placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Idempotency:
    """A caller's own name for a request.

    `actor` is the caller (a token's or person's id), `fingerprint` an HMAC of the request.
    """

    actor: str
    key: str
    fingerprint: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a request with an idempotency key came to: enough to answer a repeat, and no body."""

    fingerprint: bytes
    status: int
    position: int
    streams: tuple[UUID, ...]
    version: int
    """The version of the last stream after the request."""


@dataclass(frozen=True, slots=True)
class SourceKey:
    """A source's own key for a record, kept as `digest`, an HMAC under the organisation's secret. Unique by kind."""

    kind: str
    digest: bytes
    id: UUID


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A line of a source that became event `event` of the request (0-based).

    Digests are HMACs under the organisation's secret.
    """

    source: str
    digest: bytes
    fingerprint: bytes
    event: int


@dataclass(frozen=True, slots=True)
class LineRecord:
    """Where an imported line went: its fingerprint, and the stream and version of the event it became."""

    fingerprint: bytes
    stream: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What became of an organisation, in one look: its present, and what was recorded behind a position."""

    now: datetime
    """The greatest of the store's clock and the newest known time."""
    head: Head | None
    """The newest event when it was looked for; `events` may hold newer ones."""
    events: Sequence[PlacedEvent] = ()
    """What was recorded behind the position asked for, in order: all of it, unless as many as were asked for."""
    outcome: Outcome | None = None
    """What the request asked about came to, if it was recorded."""


class OutcomeUnknown(Exception):  # noqa: N818 — a state of affairs, as trust.md §2 names it
    """The reply to COMMIT was lost and it cannot be told whether the events are stored. Repeat with the same key."""


class StoreUnavailable(Exception):  # noqa: N818
    """The store cannot be reached, is full, or has no free connection. Nothing was recorded."""


class KeyTaken(Exception):  # noqa: N818
    """A source key of this kind is in use for another record; `key` is the one."""

    def __init__(self, key: SourceKey) -> None:
        super().__init__(key)
        self.key = key


class RequestAlreadyRecorded(Exception):  # noqa: N818
    """This idempotency key has an outcome already; `outcome` is it. Nothing was recorded now."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Listener(Protocol):
    """Wakes a follower. Entered before the first pull, so that nothing recorded in between waits for the next one."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...

    def wait(self, timeout: float) -> bool:
        """Return when something may have been recorded since the last wait (True), or after `timeout` seconds."""
        ...


class ErasedPeople(Protocol):
    """The list of erased people, kept apart from the store."""

    def enter(self, organisation: UUID, person: UUID, kinds: Collection[TextKind]) -> None:
        """Enter an erasure before its keys are destroyed, to be made again after a restore."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a report told: as of which moment, under which rules, and what proves it.

    `digest` is the SHA-256 of the answer, in hexadecimal; `checkpoint` a signed note that covers the position.
    """

    valid_at: datetime
    known_at: datetime
    position: int
    rules: int
    digest: str
    checkpoint: str


class Reporter(Protocol):
    """Asks what a report tells, at the moment at which it is published."""

    def tell(
        self, organisation: UUID, strategy: UUID, scope: Scope, valid_at: datetime, known_at: datetime | None
    ) -> Told:
        """What is told, as known now where no known time is named. Raises the refusals of questions and of the log."""
        ...


class Recurrences(Protocol):
    """Works out when something recurs."""

    def instants(self, rule: str, start: datetime, zone: ZoneInfo, until: datetime) -> Iterator[datetime]:
        """The instants of an RFC 5545 rule in a zone from `start` on, up to `until`, in order and in UTC."""
        ...


class Forgets(Protocol):
    """Who keeps something of people beside the history, and gives it up when somebody is erased."""

    def forget(self, organisation: UUID, person: UUID) -> None:
        """Let go of what is kept of this person. May be asked again."""
        ...


class LedgerRecorder(ApplicationRecorder):
    """The library's application recorder, for many organisations in one store.

    Positions are per organisation, 1, 2, 3 … in order of commit, without gaps or skips; `recorded_at` rises strictly.
    The two implementations (PostgreSQL, memory) pass the library's cases and one contract suite of ours.
    """

    @abstractmethod
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
        **kwargs: Any,  # noqa: ANN401 — the library's signature
    ) -> list[Placed]:
        """Append in one transaction: idempotency row, events with positions and known times, keys, imported lines.

        `known` gives `recorded_at` in a simulated organisation (one for each event, made strictly rising by
        microseconds); None lets the store's clock tell. Raises IntegrityError when a stream's version is taken,
        RequestAlreadyRecorded, KeyTaken, OutcomeUnknown, StoreUnavailable.
        """

    @abstractmethod
    def head(self, organisation: UUID, *, settled: bool = False) -> Head | None:
        """The newest event, or None before any. `settled` waits for writers that hold a place already (shared lock)."""

    @abstractmethod
    def now(self, organisation: UUID) -> datetime:
        """The greatest of the store's clock and the newest known time."""

    @abstractmethod
    def news(
        self, organisation: UUID, *, after: int | None = None, limit: int = 0, request: tuple[str, str] | None = None
    ) -> News:
        """All that a decision begins with, in one round trip: head, present, at most `limit` events behind `after`.

        `request` is the actor and key of a request whose outcome is asked for too.
        """

    @abstractmethod
    def position_at(self, organisation: UUID, known_at: datetime) -> int:
        """The position of the newest event known at that instant; 0 before any."""

    @abstractmethod
    def recorded_at(self, organisation: UUID, position: int) -> datetime | None:
        """The known time of a position, or None if there is no such event."""

    @abstractmethod
    def select_stream(
        self, organisation: UUID, stream: UUID, *, until: int | None = None, after_version: int = 0
    ) -> list[PlacedEvent]:
        """Events of one stream in the order of version, up to position `until` (inclusive)."""

    @abstractmethod
    def select_streams(
        self, organisation: UUID, streams: Sequence[UUID], *, until: int | None = None
    ) -> dict[UUID, list[PlacedEvent]]:
        """As `select_stream`, for many in one round trip. Unknown streams are absent."""

    @abstractmethod
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

    @abstractmethod
    def select_after(self, id: int, limit: int) -> list[PlacedEvent]:
        """Events of all organisations behind the store's cursor `id`, for projectors.

        Never skips one that commits later.
        """

    @abstractmethod
    def listener(self) -> Listener:
        """What wakes a follower when events are recorded, by any node."""

    @abstractmethod
    def leaves(self, organisation: UUID, after: int, until: int) -> list[bytes]:
        """The leaf hashes, as they were recorded with the events, of the positions behind `after` up to `until`."""

    @abstractmethod
    def organisations(self) -> list[UUID]:
        """All organisations with at least one event, by id."""

    @abstractmethod
    def outcome(self, organisation: UUID, actor: str, key: str) -> Outcome | None:
        """What the request with this idempotency key came to, if it was recorded."""

    @abstractmethod
    def find_keys(self, organisation: UUID, wanted: Sequence[tuple[str, bytes]]) -> dict[tuple[str, bytes], UUID]:
        """The records behind source keys, given as (kind, digest). Unknown ones are absent."""

    @abstractmethod
    def look_up(
        self, organisation: UUID, wanted: Sequence[tuple[str, bytes]], streams: Sequence[UUID]
    ) -> tuple[dict[tuple[str, bytes], UUID], dict[UUID, list[PlacedEvent]]]:
        """As `find_keys`, and the events of what was found and of `streams`, all in one round trip."""

    @abstractmethod
    def find_lines(self, organisation: UUID, source: str, digests: Sequence[bytes]) -> dict[bytes, LineRecord]:
        """Which of these lines of a source were imported already."""


class Vault(ABC):
    """The keys people's text is sealed under, apart from the events; and the secret of each organisation."""

    @abstractmethod
    def seal(self, organisation: UUID, texts: Sequence[Private]) -> list[Private]:
        """Each text (with `place` set) sealed under its subject's key; a subject's first text makes the key."""

    @abstractmethod
    def open(self, organisation: UUID, texts: Sequence[Private]) -> list[str | None]:
        """Each sealed text in clear, or None where the key was erased.

        Raises ValueError for one that was moved from its place.
        """

    @abstractmethod
    def disclose(self, organisation: UUID, texts: Sequence[Private]) -> list[tuple[bytes, str] | None]:
        """Salt and text of each, which prove what its commitment stands for; None where the key was erased.

        Raises ValueError for one that was moved from its place.
        """

    @abstractmethod
    def digest(self, organisation: UUID, text: str) -> bytes:
        """HMAC-SHA-256 of the text under the organisation's secret, made at first use."""

    @abstractmethod
    def erase(self, organisation: UUID, subject: UUID, kinds: Collection[TextKind] = tuple(TextKind)) -> None:
        """Destroy a subject's keys for good, at once for every reader; nothing can be sealed for them anew."""

    @abstractmethod
    def erased(self, organisation: UUID) -> dict[UUID, frozenset[TextKind]]:
        """Whose keys were destroyed, and for which kinds of text."""

    @abstractmethod
    def destroy(self, organisation: UUID) -> None:
        """Destroy an organisation's own key-encryption key and all that it wraps, for good."""
