"""A reply that was lost after COMMIT is looked up and never retried blindly."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from adapters.postgres.connections import Database, ReplyLost
from adapters.postgres.recorder import PostgresRecorder
from application.ports import Idempotency, OutcomeUnknown, Placed
from tests.support.wire import Wire


class RetriesBlindly(PostgresRecorder):
    """The control arm: sends a lost append again and believes the answer."""

    def _settle(self, append: object, lost: ReplyLost) -> list[Placed]:
        with self._database.connection() as connection:
            return self._append(connection, append)  # type: ignore[arg-type]


@pytest.fixture
def wire(postgres_dsn: str) -> Iterator[Wire]:
    with Wire(postgres_dsn) as wire:
        yield wire


@pytest.fixture
def organisation() -> UUID:
    return uuid4()


def through(wire: Wire, kind: type[PostgresRecorder] = PostgresRecorder) -> PostgresRecorder:
    """A recorder behind the wire, on one connection: a second one being opened would be what the wire loses."""
    return kind(Database(wire.dsn, "avow_writer", size=1))


def one_event(stream: UUID | None = None) -> list[StoredEvent]:
    return [StoredEvent(stream or uuid4(), 1, "told", uuid4().bytes)]


KEYED = Idempotency(actor="token", key="k", fingerprint=b"print")


@pytest.mark.parametrize("idempotency", [None, KEYED], ids=["without a key", "with a key"])
@pytest.mark.parametrize("loss", ["reply", "request"])
def test_a_lost_append_is_recorded_once_and_answered(
    wire: Wire, organisation: UUID, idempotency: Idempotency | None, loss: str
) -> None:
    told = one_event()
    with through(wire) as recorder:
        recorder.insert_events(one_event(), organisation=organisation)
        wire.lose("reply" if loss == "reply" else "request")
        (placed,) = recorder.insert_events(told, organisation=organisation, idempotency=idempotency)
        assert wire.lost == 1
        (stored,) = recorder.select_positions(organisation, after=1)
        assert stored.state == told[0].state
        assert (placed, placed.position, placed.recorded_at) == (stored.id, 2, stored.recorded_at)


def test_a_blind_retry_takes_its_own_success_for_a_conflict(wire: Wire, organisation: UUID) -> None:
    told = one_event()
    with through(wire, RetriesBlindly) as recorder:
        recorder.insert_events(one_event(), organisation=organisation)
        wire.lose("reply")
        with pytest.raises(IntegrityError):
            recorder.insert_events(told, organisation=organisation)
        assert wire.lost == 1
        assert [event.state for event in recorder.select_positions(organisation, after=1)] == [told[0].state]


def test_a_lost_append_on_a_stream_that_moved_stays_a_conflict(wire: Wire, organisation: UUID) -> None:
    stream = uuid4()
    with through(wire) as recorder:
        recorder.insert_events(one_event(stream), organisation=organisation)
        wire.lose("request")
        with pytest.raises(IntegrityError):
            recorder.insert_events(one_event(stream), organisation=organisation)
        assert wire.lost == 1
        assert len(recorder.select_positions(organisation)) == 1


@pytest.mark.parametrize("loss", ["reply", "request"])
def test_when_it_cannot_be_told_that_is_said(wire: Wire, organisation: UUID, loss: str) -> None:
    told = one_event()
    with through(wire) as recorder:
        recorder.insert_events(one_event(), organisation=organisation)
        wire.lose("reply" if loss == "reply" else "request", then_cut=True)
        with pytest.raises(OutcomeUnknown):
            recorder.insert_events(told, organisation=organisation, idempotency=KEYED)
        wire.mend()
        stored = recorder.select_positions(organisation, after=1)
        assert len(stored) == (1 if loss == "reply" else 0)
        assert (recorder.outcome(organisation, "token", "k") is None) == (loss == "request")
