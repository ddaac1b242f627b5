"""Where an import is held until every line held, and the book that its lines are decided against meanwhile."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID, uuid5

from eventsourcing.persistence import StoredEvent

from application.command import Command
from application.deciding import Decision
from application.desk import Desk
from application.ledger import Ledger
from application.ports import SourceKey
from application.references import as_id, references
from domain.access import AccessRole
from domain.catalogue import aggregate_of
from domain.kernel import Event, Refusal
from domain.temporal import Aggregate, Timeline

S = TypeVar("S")
Key = tuple[str, bytes]
"""A source's key: its kind, and the digest of it."""


@dataclass(frozen=True, slots=True)
class StagedLine:
    """What a line became: the fact it states or speaks about."""

    stream: UUID
    fact: int
    topic: str


@dataclass(frozen=True, slots=True)
class StagedEvent:
    """One line, decided and sealed. `known` is its known time in a simulated organisation."""

    line: int
    digest: bytes
    fingerprint: bytes
    fact: int
    known: datetime | None
    stored: StoredEvent


@dataclass(frozen=True, slots=True)
class StagedRequest:
    """Lines to be recorded together, and the keys that they give to new records."""

    events: tuple[StagedEvent, ...]
    keys: tuple[SourceKey, ...] = ()


@dataclass(eq=False)
class ImportRunning(Refusal):
    """A second import into one organisation at the same time."""

    where = "organisation"
    rule = "another import into this organisation is running"
    way_out = "wait until it has ended; if its process was killed, its place is free within a minute"


class Staging(ABC):
    """The staging area of one organisation's import. What it holds is worthless once the import has ended."""

    @abstractmethod
    def occupy(self) -> AbstractContextManager[None]:
        """Take the organisation's one place for an import, emptied. Raises ImportRunning."""

    @abstractmethod
    def add(self, requests: Sequence[StagedRequest]) -> None:
        """Hold these, behind those that are held already."""

    @abstractmethod
    def find_lines(self, digests: Collection[bytes]) -> dict[bytes, StagedLine]:
        """Which of these lines are held."""

    @abstractmethod
    def find_keys(self, wanted: Collection[Key]) -> dict[Key, UUID]:
        """The new records that are held under these keys."""

    @abstractmethod
    def select_streams(self, streams: Collection[UUID]) -> dict[UUID, list[StoredEvent]]:
        """What is held of these streams, in the order of version."""

    @abstractmethod
    def batches(self, size: int) -> Iterator[list[StagedRequest]]:
        """All that is held, in order, in batches of about `size` events."""

    @abstractmethod
    def recorded_streams(self) -> Iterator[UUID]:
        """The streams that the organisation has in its history, in any order."""


class SurelyNew:
    """Tells of most numbers never added that they were not, in fixed memory (a Bloom filter of 8 MiB).

    At a million numbers one in 60,000 new ones is taken for an old one, and costs a question to the store.
    """

    MASK: Final = (1 << 26) - 1

    def __init__(self) -> None:
        self._bits = bytearray(1 << 23)

    def add(self, number: int) -> None:
        """Remember an evenly distributed number, such as a digest or the id of a stream."""
        for bit in self._places(number):
            self._bits[bit >> 3] |= 1 << (bit & 7)

    def __contains__(self, number: int) -> bool:
        return not all(self._bits[bit >> 3] & 1 << (bit & 7) for bit in self._places(number))

    def _places(self, number: int) -> tuple[int, int, int, int]:
        # The bits that a UUID spends on its version and variant (62–63, 76–79) are left out.
        mask = self.MASK
        return number & mask, number >> 26 & mask, number >> 80 & mask, number >> 101 & mask


class StagedBook:
    """The book of an organisation as it was when the import began, with all that the import decided since.

    Only so much is kept in memory; the rest is asked for in bulk, before a batch is decided (`prepare`).
    """

    def __init__(self, ledger: Ledger, organisation: UUID, staging: Staging, base: int, kept: int) -> None:
        self.ledger, self.organisation, self.staging, self.base, self.kept = ledger, organisation, staging, base, kept
        self._timelines: dict[UUID, Timeline[Any]] = {}
        self._older: dict[UUID, Timeline[Any]] = {}
        """Those that were not asked for since the others were begun: cheaper than keeping an order of use."""
        self._keys: OrderedDict[Key, UUID | None] = OrderedDict()
        self._digests: dict[tuple[str, str], Key] = {}
        self._new_streams, self._new_keys = SurelyNew(), SurelyNew()
        self._whole = base == 0
        """Whether all there is to know is in memory."""
        if base:
            for stream in staging.recorded_streams():
                self._new_streams.add(stream.int)

    def timeline(self, aggregate: Aggregate[S], stream: UUID) -> Timeline[S]:
        """The stream as known now; empty if there is none of this kind."""
        found = self._timelines.get(stream)
        if found is None:
            found = self._older.pop(stream, None)
            if found is not None:
                self._timelines[stream] = found
            elif stream.int not in self._new_streams:
                self._load([stream])
                found = self._timelines.get(stream)
        return found if found is not None and found.aggregate is aggregate else Timeline(aggregate)

    def find(self, kind: str, key: str) -> UUID | None:
        """The record of this kind behind a source's key that may be personal."""
        wanted = self.key(kind, key)
        if wanted not in self._keys:
            if self.base == 0 and number(wanted[1]) in self._new_keys:
                return None
            self._find([wanted])
        return self._keys[wanted]

    def fresh_id(self) -> UUID:
        """A random id."""
        return self.ledger.fresh_id()

    def holders(self, role: AccessRole, at: datetime) -> frozenset[UUID]:
        """The people who hold an access role at an instant, by what was recorded before the import."""
        return self.ledger.book(self.organisation).holders(role, at)

    def begun(self, topic: str) -> frozenset[UUID]:
        """The streams with a fact of this topic, by what was recorded before the import."""
        return self.ledger.book(self.organisation).begun(topic)

    def key(self, kind: str, key: str) -> Key:
        """A source's key as it is kept."""
        known = self._digests.get((kind, key))
        if known is None:
            known = self._digests[kind, key] = kind, self.ledger.vault.digest(self.organisation, f"{kind}:{key}")
        return known

    def learn(self, decision: Decision) -> None:
        """Let the lines that come later see what was decided."""
        stream = decision.stream
        self._timelines[stream] = decision.timeline
        self._older.pop(stream, None)
        self._new_streams.add(stream.int)
        for given in decision.keys:
            self._keys[given.kind, given.digest] = given.id
            self._new_keys.add(number(given.digest))

    def settle(self) -> None:
        """All that was learned is staged: forget what was not asked for lately."""
        self._digests.clear()
        if len(self._timelines) > self.kept // 2:
            self._whole = self._whole and not self._older
            self._timelines, self._older = {}, self._timelines
        while len(self._keys) > 10 * self.kept:
            self._keys.popitem(last=False)
            self._whole = False

    def prepare(self, asked: Iterable[Command | None], people: Iterable[str], streams: Iterable[UUID] = ()) -> None:
        """Ask the store, in bulk, for what these commands and people's keys may refer to."""
        if self._whole:
            return
        named = {("person", key) for key in people}
        for each in asked:
            if each is not None:
                named.update(references(each))
        # As `Desk.derived` does; a wrong guess here would cost time, not truth.
        by_key = {uuid5(self.organisation, f"{kind}:{key}") for kind, key in named if kind in Desk.by_key}
        wanted = {self.key(kind, key) for kind, key in named if kind not in Desk.by_key}
        unknown = [key for key in wanted if key not in self._keys]
        if unknown:
            self._find(unknown)
        ids = {id for key in wanted if (id := self._keys[key]) is not None}
        spelt = {id for _, key in named if (id := as_id(key)) is not None}
        missing = [
            id for id in {self.organisation, *by_key, *ids, *spelt, *streams}
            if id not in self._timelines and id not in self._older and id.int not in self._new_streams
        ]  # fmt: skip
        if missing:
            self._load(missing)

    def _find(self, wanted: Sequence[Key]) -> None:
        recorder = self.ledger.ledger_recorder
        found: Mapping[Key, UUID] = recorder.find_keys(self.organisation, wanted) if self.base else {}
        maybe_staged = [key for key in wanted if key not in found and number(key[1]) not in self._new_keys]
        staged = self.staging.find_keys(maybe_staged) if maybe_staged else {}
        for key in wanted:
            self._keys[key] = found.get(key) or staged.get(key)

    def _load(self, streams: Sequence[UUID]) -> None:
        ledger = self.ledger
        events: dict[UUID, list[Event]] = {}
        if self.base:
            placed = ledger.ledger_recorder.select_streams(self.organisation, streams, until=self.base)
            for stream, recorded in placed.items():
                events[stream] = [ledger.recorded(each).event for each in recorded]
        for stream, stored in self.staging.select_streams(streams).items():
            events.setdefault(stream, []).extend(read_event(ledger, each) for each in stored)
        for stream, known in events.items():
            self._timelines[stream] = Timeline.of(aggregate_of(known[0].topic), known)


def read_event(ledger: Ledger, stored: StoredEvent) -> Event:
    """A stored event that has no place yet, read."""
    event = ledger.mapper.to_domain_event(stored)
    if not isinstance(event, Event):
        raise TypeError(event)
    return event


def number(digest: bytes) -> int:
    """A digest as `SurelyNew` takes it."""
    return int.from_bytes(digest[:16], "big")
