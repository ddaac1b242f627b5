"""A ledger of given events, without keys: nothing in these tests is sealed or opened."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from adapters.mapper import EventMapper
from adapters.memory.recorder import MemoryRecorder
from application.ledger import Ledger
from application.ports import LedgerRecorder, Placed, Vault
from domain.kernel import Event
from domain.sealed import Private


class NoKeys(Vault):
    """Holds no key: the events of these tests are sealed already."""

    def seal(self, organisation: UUID, texts: Sequence[Private]) -> list[Private]:
        raise NotImplementedError

    def open(self, organisation: UUID, texts: Sequence[Private]) -> list[str | None]:
        raise NotImplementedError

    def digest(self, organisation: UUID, text: str) -> bytes:
        return f"{organisation}{text}".encode()


def ledger(recorder: LedgerRecorder | None = None) -> Ledger:
    """A ledger in memory, or on this recorder."""
    return Ledger(recorder or MemoryRecorder(), EventMapper(), NoKeys(), uuid4)


def record(keeping: Ledger, *events: Event) -> Placed:
    """Record events of one organisation as they are, without deciding; tells where the last one stands."""
    stored = [keeping.mapper.to_stored_event(event) for event in events]
    return keeping.ledger_recorder.insert_events(stored, organisation=events[0].organisation)[-1]
