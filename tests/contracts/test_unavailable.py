"""A store that cannot be reached says so soon and plainly, loses nothing, and recovers by itself."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from adapters.postgres.connections import Database
from adapters.postgres.embedded import EmbeddedServer
from adapters.postgres.migrations import migrate
from adapters.postgres.recorder import PostgresRecorder
from application.ports import OutcomeUnknown, StoreUnavailable
from tests.support.postgres import QUICK

SOON = 8.0
"""Seconds within which an answer is due even when the database is gone."""


@pytest.fixture
def folder() -> Iterator[Path]:
    # A short path that the user whom a server started by root runs as can reach.
    with tempfile.TemporaryDirectory(prefix="avow-") as name:
        yield Path(name) / "postgres"


def one_event(stream: UUID | None = None) -> list[StoredEvent]:
    return [StoredEvent(stream or uuid4(), 1, "told", b"{}")]


def running(folder: Path) -> str:
    """The number of the server's process, as it wrote it down; none while it starts."""
    found = folder / "postmaster.pid"
    return found.read_text().partition("\n")[0] if found.exists() else ""


def test_a_stopped_server_is_unavailable_and_found_again(folder: Path) -> None:
    organisation = uuid4()
    server = EmbeddedServer(folder, settings=QUICK)
    migrate(server.start())
    with PostgresRecorder(Database(server.dsn, "avow_writer", patience=1.0)) as recorder:
        recorder.insert_events(one_event(), organisation=organisation)
        server.release()
        for _ in range(2):
            started = time.monotonic()
            with pytest.raises(StoreUnavailable):
                recorder.insert_events(one_event(), organisation=organisation)
            with pytest.raises(StoreUnavailable):
                recorder.head(organisation)
            assert time.monotonic() - started < SOON
        server.start()
        assert recorder.insert_events(one_event(), organisation=organisation)[0].position == 2
        assert [event.position for event in recorder.select_positions(organisation)] == [1, 2]
    server.release()


def test_an_embedded_server_that_was_killed_is_started_again(folder: Path) -> None:
    organisation, stop = uuid4(), Event()
    with EmbeddedServer(folder, settings=QUICK) as server:
        migrate(server.dsn)
        guard = Thread(target=server.guard, args=(stop,))
        guard.start()
        try:
            with PostgresRecorder.of(server.dsn) as recorder:
                recorder.insert_events(one_event(), organisation=organisation)
                deadline, killed = time.monotonic() + 60, running(folder)
                os.kill(int(killed), signal.SIGKILL)
                while running(folder) in (killed, ""):
                    assert time.monotonic() < deadline
                    time.sleep(0.1)
                while True:
                    try:
                        assert recorder.insert_events(one_event(), organisation=organisation)[0].position == 2
                        break
                    except (StoreUnavailable, OutcomeUnknown):
                        assert time.monotonic() < deadline
                        time.sleep(0.2)
        finally:
            stop.set()
            guard.join()


def test_a_server_that_was_stopped_between_two_appends_goes_unnoticed(folder: Path) -> None:
    organisation = uuid4()
    server = EmbeddedServer(folder, settings=QUICK)
    migrate(server.start())
    with PostgresRecorder.of(server.dsn) as recorder:
        recorder.insert_events(one_event(), organisation=organisation)
        server.release()
        server.start()
        assert recorder.insert_events(one_event(), organisation=organisation)[0].position == 2
    server.release()


def test_a_backend_that_is_ended_between_two_appends_goes_unnoticed(empty_postgres_dsn: str) -> None:
    with (
        PostgresRecorder.of(empty_postgres_dsn) as recorder,
        psycopg.connect(empty_postgres_dsn, autocommit=True) as administrator,
    ):
        for position in (1, 2):
            assert recorder.insert_events(one_event())[0].position == position
            administrator.execute(
                """
                select pg_terminate_backend(pid)
                from pg_stat_activity
                where datname = current_database() and application_name = 'avow'
                """
            )


def test_an_exhausted_pool_says_so(postgres_dsn: str) -> None:
    database = Database(postgres_dsn, "avow_writer", size=1, patience=0.2)
    with PostgresRecorder(database) as recorder, database.connection():
        with pytest.raises(StoreUnavailable, match=r"no connection to the database within 0\.2 s"):
            recorder.insert_events(one_event(), organisation=uuid4())
        with pytest.raises(StoreUnavailable):
            recorder.head(uuid4())


@pytest.mark.parametrize(
    ("state", "message"),
    [("53100", "could not extend file"), ("53200", "out of memory"), ("25006", "cannot execute INSERT")],
)
def test_what_the_server_lacks_is_told_and_nothing_is_recorded(
    empty_postgres_dsn: str, state: str, message: str
) -> None:
    with psycopg.connect(empty_postgres_dsn, autocommit=True) as administrator:
        administrator.execute(
            f"""
            create function avow.fail() returns trigger language plpgsql
            as $$ begin raise exception '{message}' using errcode = '{state}'; end $$;
            create trigger fail before insert on avow.events execute function avow.fail();
            """.encode()
        )
        with PostgresRecorder.of(empty_postgres_dsn) as recorder:
            with pytest.raises(StoreUnavailable, match=message):
                recorder.insert_events(one_event())
            assert recorder.max_notification_id() is None
            administrator.execute("drop trigger fail on avow.events")
            assert recorder.insert_events(one_event()) == [1]


def test_an_append_that_waits_too_long_for_its_turn_gives_up(empty_postgres_dsn: str) -> None:
    with (
        psycopg.connect(empty_postgres_dsn) as busy,
        Database(empty_postgres_dsn, "avow_writer") as database,
        PostgresRecorder(database) as recorder,
    ):
        with database.connection() as connection:
            connection.execute("set lock_timeout = '200ms'")
        busy.execute("select pg_advisory_xact_lock(1635151735)")
        with pytest.raises(StoreUnavailable, match="lock timeout"):
            recorder.insert_events(one_event())
        busy.rollback()
        assert recorder.insert_events(one_event()) == [1]


def test_a_backend_that_is_ended_under_way_leaves_no_doubt(empty_postgres_dsn: str) -> None:
    stream = uuid4()
    with (
        psycopg.connect(empty_postgres_dsn, autocommit=True) as administrator,
        PostgresRecorder.of(empty_postgres_dsn) as recorder,
    ):
        administrator.execute(
            """
            create function avow.fail() returns trigger language plpgsql security definer as $$
            begin
                if nextval('avow.once') = 1 then
                    perform pg_terminate_backend(pg_backend_pid());
                end if;
                return new;
            end $$;
            create sequence avow.once;
            grant usage on sequence avow.once to avow_writer;
            create trigger fail before insert on avow.events for each row execute function avow.fail();
            """
        )
        try:
            assert recorder.insert_events(one_event(stream)) == [1]
        except OutcomeUnknown:
            pytest.fail("the server is there: it can be told")
        assert len(recorder.select_events(stream)) == 1
