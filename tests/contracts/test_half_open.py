"""A connection that stands while nothing comes over it is given up in time, and what became of the append is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from adapters.following import PullingSubscription
from adapters.postgres.connections import Database
from adapters.postgres.listening import PostgresListener
from adapters.postgres.recorder import PostgresRecorder
from application.ports import Idempotency, OutcomeUnknown, RequestAlreadyRecorded
from tests.support.wire import Wire

SILENCE = 1.0
KEYED = Idempotency(actor="token", key="k", fingerprint=b"print")


@pytest.fixture
def wire(postgres_dsn: str) -> Iterator[Wire]:
    with Wire(postgres_dsn) as wire:
        yield wire


@pytest.fixture
def organisation() -> UUID:
    return uuid4()


def through(wire: Wire) -> PostgresRecorder:
    return PostgresRecorder(Database(wire.dsn, "avow_writer", size=1, patience=2, silence=SILENCE))


def one_event() -> list[StoredEvent]:
    return [StoredEvent(uuid4(), 1, "told", uuid4().bytes)]


@pytest.mark.parametrize("hushed", ["reply", "request"])
def test_an_append_over_a_half_open_connection_is_recorded_once_and_answered(
    wire: Wire, organisation: UUID, hushed: str
) -> None:
    told = one_event()
    with through(wire) as recorder:
        recorder.insert_events(one_event(), organisation=organisation)
        wire.hush("reply" if hushed == "reply" else "request")
        begun = time.monotonic()
        (placed,) = recorder.insert_events(told, organisation=organisation, idempotency=KEYED)
        assert time.monotonic() - begun > SILENCE
        (stored,) = recorder.select_positions(organisation, after=1)
        assert (stored.state, placed.position) == (told[0].state, 2)


def test_when_nothing_comes_over_new_connections_either_the_outcome_is_unknown_and_a_repeat_tells_it(
    wire: Wire, organisation: UUID
) -> None:
    told = one_event()
    with through(wire) as recorder:
        recorder.insert_events(one_event(), organisation=organisation)
        wire.hush("reply", new_ones_too=True)
        with pytest.raises(OutcomeUnknown):
            recorder.insert_events(told, organisation=organisation, idempotency=KEYED)
        wire.mend()
        with pytest.raises(RequestAlreadyRecorded):
            recorder.insert_events(one_event(), organisation=organisation, idempotency=KEYED)
        assert [each.state for each in recorder.select_positions(organisation, after=1)] == [told[0].state]


def test_without_the_bound_an_append_hangs(wire: Wire) -> None:
    """The control arm: a connection of the library's own waits for ever."""
    connection = psycopg.connect(wire.dsn, autocommit=True, tcp_user_timeout=500)
    wire.hush("reply")
    with ThreadPoolExecutor(1) as beside:
        asked = beside.submit(connection.execute, "select 1")
        assert wait([asked], timeout=4 * SILENCE).not_done
        connection.cancel_safe(timeout=1)
        connection.pgconn.finish()
        assert wait([asked], timeout=10).done
        assert asked.exception() is not None


def test_a_follower_whose_listening_connection_is_half_open_still_sees_every_event(
    wire: Wire, postgres_dsn: str
) -> None:
    organisation = uuid4()
    with PostgresRecorder.of(postgres_dsn) as recorder, PostgresListener(wire.dsn) as listener:
        wire.hush("reply")
        recorder.insert_events(one_event(), organisation=organisation)
        assert not listener.wait(1.5), "the control arm: the listening connection alone gives no sign"
        newest = recorder.max_notification_id()
        with PullingSubscription(recorder, PostgresListener(wire.dsn), gt=newest) as follower:
            wire.hush("reply")
            told = one_event()
            recorder.insert_events(told, organisation=organisation)
            begun = time.monotonic()
            assert next(follower).state == told[0].state
            assert time.monotonic() - begun < 5
