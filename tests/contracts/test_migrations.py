"""Migrations go forward once, whoever starts them and however many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from psycopg import sql
from psycopg.conninfo import make_conninfo

from adapters.postgres.migrations import MigrationRefused, all_migrations, migrate, migrate_on, pending
from adapters.postgres.recorder import PostgresRecorder
from adapters.postgres.walls import ROLES
from application.ports import StoreUnavailable
from tests.support.postgres import database

NAMES = [migration.name for migration in all_migrations()]


def test_steps_are_numbered_without_doubles() -> None:
    numbers = [migration.number for migration in all_migrations()]
    assert numbers == sorted(set(numbers))
    assert NAMES[0] == "0001_events"


def test_a_bare_database_lacks_everything_and_then_nothing(bare_postgres_dsn: str) -> None:
    assert pending(bare_postgres_dsn) == NAMES
    told: list[str] = []
    assert migrate(bare_postgres_dsn, told.append) == told == NAMES
    assert pending(bare_postgres_dsn) == migrate(bare_postgres_dsn) == []


def test_nodes_that_start_at_once_migrate_once(bare_postgres_dsn: str) -> None:
    with ThreadPoolExecutor(6) as nodes:
        applied = list(nodes.map(lambda _: migrate(bare_postgres_dsn), range(6)))
    assert sorted(applied, key=len) == [[]] * 5 + [NAMES]


def test_without_the_lock_nodes_that_start_at_once_fail(bare_postgres_dsn: str) -> None:
    """The control arm."""
    with psycopg.connect(bare_postgres_dsn) as first, psycopg.connect(bare_postgres_dsn, autocommit=True) as second:
        migrate_on(first)
        with ThreadPoolExecutor(1) as beside:
            racing = beside.submit(migrate_on, second)
            wait([racing], timeout=0.5)
            first.commit()
            with pytest.raises(psycopg.Error):
                racing.result()


def test_an_edited_step_is_refused(bare_postgres_dsn: str) -> None:
    migrate(bare_postgres_dsn)
    with psycopg.connect(bare_postgres_dsn) as connection:
        connection.execute("update avow.migrations set checksum = 'other' where number = 1")
    for act in (pending, migrate):
        with pytest.raises(MigrationRefused, match="0001_events was applied to this database with another text"):
            act(bare_postgres_dsn)


def test_a_database_of_a_newer_avow_is_refused(bare_postgres_dsn: str) -> None:
    migrate(bare_postgres_dsn)
    with psycopg.connect(bare_postgres_dsn) as connection:
        connection.execute("insert into avow.migrations (number, name, checksum) values (9999, '9999_later', 'x')")
    with pytest.raises(MigrationRefused, match=r"newer Avow \(9999_later\)"):
        migrate(bare_postgres_dsn)


def test_a_ledger_that_was_not_migrated_says_so(bare_postgres_dsn: str) -> None:
    with (
        PostgresRecorder.of(bare_postgres_dsn) as recorder,
        pytest.raises(StoreUnavailable, match="run `avow migrate`"),
    ):
        recorder.head(uuid4())


def test_an_ordinary_login_that_may_create_roles_is_enough(postgres_server: str) -> None:
    login = f"login_{uuid4().hex[:8]}"
    with (
        psycopg.connect(postgres_server, autocommit=True) as administrator,
        database(postgres_server, "template1") as dsn,
    ):
        administrator.execute(sql.SQL("create role {} login").format(sql.Identifier(login)))
        try:
            theirs = make_conninfo(dsn, user=login)
            with pytest.raises(MigrationRefused, match="let it create roles"):
                migrate(theirs)
            name = psycopg.conninfo.conninfo_to_dict(dsn)["dbname"]
            administrator.execute(
                sql.SQL("alter database {} owner to {}").format(sql.Identifier(str(name)), sql.Identifier(login))
            )
            # The roles belong to the cluster and are there already: as their maker would be, the login is a member.
            for role in ROLES:
                administrator.execute(sql.SQL("grant {} to {}").format(sql.Identifier(role), sql.Identifier(login)))
            assert migrate(theirs) == NAMES
            with PostgresRecorder.of(theirs) as recorder:
                assert recorder.insert_events([StoredEvent(uuid4(), 1, "told", b"{}")]) == [1]
        finally:
            with psycopg.connect(dsn, autocommit=True) as connection:
                connection.execute(sql.SQL("reassign owned by {} to postgres").format(sql.Identifier(login)))
                connection.execute(sql.SQL("drop owned by {}").format(sql.Identifier(login)))
            administrator.execute(sql.SQL("drop role {}").format(sql.Identifier(login)))
