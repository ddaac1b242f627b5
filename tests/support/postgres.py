"""One embedded PostgreSQL a run for all test workers; one migrated database a worker; an empty one where asked."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from adapters.postgres.embedded import EmbeddedServer
from adapters.postgres.migrations import migrate

# What a test's data need not survive.
QUICK = {"fsync": "off", "full_page_writes": "off", "max_connections": "200", "shared_buffers": "64MB"}
TEMPLATE = "avow_template"


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The DSN of the run's server. The first worker makes it, the last one takes it away."""
    workers: dict[str, str] = getattr(request.config, "workerinput", {})
    run = workers.get("testrunuid", f"{os.getpid()}")
    # Not under pytest's own folder: that one shuts out the user whom a server started by root runs as.
    folder = Path(tempfile.gettempdir()) / f"avow-tests-{run}"
    server = EmbeddedServer(folder, settings=QUICK, keep=False)
    lock = Path(f"{folder}.lock")
    try:
        with lock.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            dsn = server.start()
            _make_template(dsn)
        yield dsn
    finally:
        server.release()
        if not folder.exists():
            lock.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def postgres_dsn(postgres_server: str) -> Iterator[str]:
    """A migrated database of this worker's own: tests share it and keep to organisations of their own."""
    with database(postgres_server) as dsn:
        yield dsn


@pytest.fixture(scope="session")
def followed_postgres_dsn(postgres_server: str) -> Iterator[str]:
    """As `postgres_dsn`, for tests with a projector at work: no event in it is of a topic that there is not."""
    with database(postgres_server) as dsn:
        yield dsn


@pytest.fixture
def empty_postgres_dsn(postgres_server: str) -> Iterator[str]:
    """A migrated database without any event, for one test."""
    with database(postgres_server) as dsn:
        yield dsn


@pytest.fixture
def bare_postgres_dsn(postgres_server: str) -> Iterator[str]:
    """A database without any table, for one test."""
    with database(postgres_server, "template1") as dsn:
        yield dsn


@contextmanager
def database(server: str, template: str = TEMPLATE) -> Iterator[str]:
    """A database made from a template, and dropped afterwards."""
    name = f"avow_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    try:
        yield make_conninfo(server, dbname=name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def _make_template(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", (TEMPLATE,)).fetchone():
            return
        name = f"{TEMPLATE}_unfinished"
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        migrate(make_conninfo(server, dbname=name))
        connection.execute(
            sql.SQL("alter database {} rename to {}").format(sql.Identifier(name), sql.Identifier(TEMPLATE))
        )
