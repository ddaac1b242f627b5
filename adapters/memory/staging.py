"""The staging area of imports in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from application.ports import LedgerRecorder
from application.staging import ImportRunning, Key, StagedLine, StagedRequest, Staging


class MemoryStaging(Staging):
    """Holds the import of one organisation; make it anew for each, beside the others that `running` names."""

    def __init__(self, recorder: LedgerRecorder, organisation: UUID, running: set[UUID]) -> None:
        self.recorder, self.organisation, self._running = recorder, organisation, running
        self._requests: list[StagedRequest] = []
        self._lines: dict[bytes, StagedLine] = {}
        self._keys: dict[Key, UUID] = {}
        self._streams: dict[UUID, list[StoredEvent]] = {}

    @contextmanager
    def occupy(self) -> Iterator[None]:
        """Take the organisation's one place. Raises ImportRunning."""
        if self.organisation in self._running:
            raise ImportRunning
        self._running.add(self.organisation)
        try:
            yield
        finally:
            self._running.discard(self.organisation)

    def add(self, requests: Sequence[StagedRequest]) -> None:
        """Hold these, behind those that are held already."""
        for request in requests:
            self._requests.append(request)
            self._keys.update({(key.kind, key.digest): key.id for key in request.keys})
            for event in request.events:
                stream = event.stored.originator_id
                if not isinstance(stream, UUID):
                    raise TypeError(stream)
                self._lines[event.digest] = StagedLine(stream, event.fact, event.stored.topic)
                self._streams.setdefault(stream, []).append(event.stored)

    def find_lines(self, digests: Collection[bytes]) -> dict[bytes, StagedLine]:
        """Which of these lines are held."""
        return {digest: self._lines[digest] for digest in digests if digest in self._lines}

    def find_keys(self, wanted: Collection[Key]) -> dict[Key, UUID]:
        """The new records that are held under these keys."""
        return {key: self._keys[key] for key in wanted if key in self._keys}

    def select_streams(self, streams: Collection[UUID]) -> dict[UUID, list[StoredEvent]]:
        """What is held of these streams, in the order of version."""
        return {stream: list(self._streams[stream]) for stream in streams if stream in self._streams}

    def batches(self, size: int) -> Iterator[list[StagedRequest]]:
        """All that is held, in order, in batches of about `size` events."""
        batch, events = list[StagedRequest](), 0
        for request in self._requests:
            batch.append(request)
            events += len(request.events)
            if events >= size:
                yield batch
                batch, events = [], 0
        if batch:
            yield batch

    def recorded_streams(self) -> Iterator[UUID]:
        """The streams that the organisation has in its history."""
        after = 0
        while page := self.recorder.select_positions(self.organisation, after=after, limit=5_000):
            after = page[-1].position
            for placed in page:
                if isinstance(placed.originator_id, UUID):
                    yield placed.originator_id
