"""Both ledgers pass the event-sourcing library's own recorder cases."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import AggregateRecorder, StoredEvent
from eventsourcing.tests import persistence as cases

from adapters.memory.recorder import MemoryRecorder
from adapters.postgres.recorder import PostgresRecorder
from application.ports import LedgerRecorder


class OneStreamAtATime(AggregateRecorder):
    """A ledger seen as the library's simpler recorder, which tells no notification ids."""

    def __init__(self, ledger: LedgerRecorder) -> None:
        self.ledger = ledger

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        self.ledger.insert_events(stored_events, **kwargs)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        return self.ledger.select_events(originator_id, gt=gt, lte=lte, desc=desc, limit=limit)


class Ledgers(ABC):
    @abstractmethod
    def ledger(self) -> LedgerRecorder: ...

    def create_recorder(self) -> LedgerRecorder:
        return self.ledger()


class InMemory(Ledgers):
    def ledger(self) -> LedgerRecorder:
        return MemoryRecorder()


class InPostgres(Ledgers):
    @pytest.fixture(autouse=True)
    def _database(self, empty_postgres_dsn: str) -> Any:
        self.dsn = empty_postgres_dsn
        with ExitStack() as self.opened:
            yield

    def ledger(self) -> LedgerRecorder:
        return self.opened.enter_context(PostgresRecorder.of(self.dsn))


class AggregateCase(Ledgers, cases.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:  # type: ignore[override]  # the library's simpler one
        return OneStreamAtATime(self.ledger())


class ApplicationCase(Ledgers, cases.ApplicationRecorderTestCase[LedgerRecorder]):
    def test_subscription(self) -> None:
        self.optional_test_insert_subscribe()


class NonInterleavingCase(Ledgers, cases.NonInterleavingNotificationIDsBaseCase):
    pass


class TestMemoryKeepsAggregates(InMemory, AggregateCase):
    pass


class TestMemoryKeepsAnApplication(InMemory, ApplicationCase):
    pass


class TestMemoryDoesNotInterleave(InMemory, NonInterleavingCase):
    pass


class TestPostgresKeepsAggregates(InPostgres, AggregateCase):
    pass


class TestPostgresKeepsAnApplication(InPostgres, ApplicationCase):
    pass


class TestPostgresDoesNotInterleave(InPostgres, NonInterleavingCase):
    pass
