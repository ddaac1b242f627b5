"""What the database itself refuses, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from psycopg import errors, sql

from adapters.postgres.connections import Database
from adapters.postgres.recorder import PostgresRecorder
from adapters.postgres.walls import ROLES

CHANGES = [
    "update avow.events set topic = 'another'",
    "delete from avow.events",
    "truncate avow.events",
    "insert into avow.events select * from avow.events on conflict (id) do update set topic = 'another'",
]


@pytest.fixture
def administrator(empty_postgres_dsn: str) -> Iterator[psycopg.Connection]:
    """A superuser, with two events in the log."""
    with PostgresRecorder.of(empty_postgres_dsn) as recorder:
        recorder.insert_events([StoredEvent(uuid4(), 1, "told", b"{}"), StoredEvent(uuid4(), 1, "told", b"{}")])
    with psycopg.connect(empty_postgres_dsn, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", ["avow_writer", "avow_projector", "avow_reader", "avow_keeper"])
def test_no_role_of_the_program_may_change_an_event(administrator: psycopg.Connection, role: str, change: str) -> None:
    administrator.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
    with pytest.raises(errors.InsufficientPrivilege):
        administrator.execute(change.encode())


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("replication", ["origin", "replica"])
def test_triggers_refuse_even_a_superuser(administrator: psycopg.Connection, change: str, replication: str) -> None:
    administrator.execute(f"set session_replication_role = {replication}".encode())
    with pytest.raises(errors.RestrictViolation, match="neither updated nor deleted"):
        administrator.execute(change.encode())
    row = administrator.execute("select count(*) from avow.events where topic = 'told'").fetchone()
    assert row == (2,)


def test_a_trigger_that_is_not_always_on_would_let_a_replica_pass(administrator: psycopg.Connection) -> None:
    """The control arm of `enable always`."""
    administrator.execute("alter table avow.events enable trigger events_stay")
    administrator.execute("set session_replication_role = replica")
    assert administrator.execute("delete from avow.events").rowcount == 2


def test_keys_and_events_are_out_of_each_others_reach(empty_postgres_dsn: str) -> None:
    questions = {"avow_writer": b"table avow_keys.data_keys", "avow_keeper": b"table avow.events"}
    for role, question in questions.items():
        with (
            Database(empty_postgres_dsn, role) as database,
            database.connection() as connection,
            pytest.raises(errors.InsufficientPrivilege),
        ):
            connection.execute(question)


def test_only_the_writer_appends(empty_postgres_dsn: str) -> None:
    for role in ("avow_reader", "avow_projector"):
        with (
            PostgresRecorder(Database(empty_postgres_dsn, role)) as recorder,
            pytest.raises(errors.InsufficientPrivilege),
        ):
            recorder.insert_events([StoredEvent(uuid4(), 1, "told", b"{}")])


def test_the_roles_have_no_power_beyond_their_grants(administrator: psycopg.Connection) -> None:
    rows = administrator.execute(
        """
        select rolname, rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
        from pg_roles
        where rolname like 'avow%'
        order by rolname
        """
    ).fetchall()
    assert rows == [(role, False) for role in sorted(ROLES)]
