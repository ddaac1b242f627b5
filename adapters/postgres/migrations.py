"""Migrations: numbered files that only go forward, applied once each, by one node at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources

import psycopg
from psycopg import errors, sql

LOCK = 0x61766F77_00000001
"""The advisory lock that nodes starting at once queue for."""
PATIENCE = 120
"""Seconds to wait for another node's migrations."""
PACKAGE = resources.files("adapters.postgres")

Connection = psycopg.Connection[tuple[object, ...]]
Progress = Callable[[str], None]


class MigrationRefused(Exception):  # noqa: N818 — an answer with a way out
    """The database cannot be brought to this version of Avow; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step, named `0001_events` for the file `0001_events.sql`."""

    number: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text: what was applied must not be edited afterwards."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def all_migrations() -> list[Migration]:
    """Every step that this version of Avow knows, in order."""
    files = sorted(
        (file for file in PACKAGE.joinpath("migrations").iterdir() if file.name.endswith(".sql")),
        key=lambda file: file.name,
    )
    return [
        Migration(int(file.name[:4]), file.name.removesuffix(".sql"), file.read_text(encoding="utf-8"))
        for file in files
    ]


def migrate(dsn: str, progress: Progress = lambda _: None, up_to: int | None = None) -> list[str]:
    """Apply what is missing, up to the step of this number if given; tells the names applied.

    Safe from several nodes at once: one works, the others wait and then find nothing to do. Raises MigrationRefused.
    """
    try:
        with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection, alone(connection):
            return migrate_on(connection, progress, up_to)
    except errors.InsufficientPrivilege as error:
        raise MigrationRefused(
            f"the database login may not do what a migration needs ({error.diag.message_primary}); let it create roles "
            "and schemas in this database, or run `avow migrate` once as a login that may"
        ) from error


def migrate_on(connection: Connection, progress: Progress = lambda _: None, up_to: int | None = None) -> list[str]:
    """As `migrate`, on a connection whose owner keeps others away."""
    prepare = PACKAGE.joinpath("roles.sql").read_text(encoding="utf-8")
    with connection.transaction():
        connection.execute(prepare)
    applied = []
    for migration in pending_on(connection):
        if up_to is not None and migration.number > up_to:
            break
        progress(migration.name)
        with connection.transaction():
            connection.execute("set local role avow_owner")
            connection.execute(migration.text)
            connection.execute("set local role avow_owner")
            connection.execute(
                "insert into avow.migrations (number, name, checksum) values (%s, %s, %s)",
                (migration.number, migration.name, migration.checksum),
            )
        applied.append(migration.name)
    return applied


def pending(dsn: str) -> list[str]:
    """The names of the steps this database still lacks. Raises MigrationRefused for one of a newer Avow."""
    with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
        return [migration.name for migration in pending_on(connection)]


def pending_on(connection: Connection) -> list[Migration]:
    """The steps this database still lacks, in order."""
    applied = applied_on(connection)
    known = {migration.number: migration for migration in all_migrations()}
    for number, (name, checksum) in applied.items():
        if number not in known:
            raise MigrationRefused(f"this database was migrated by a newer Avow ({name}); start that version, or newer")
        if known[number].checksum != checksum:
            raise MigrationRefused(f"{name} was applied to this database with another text; restore the released file")
    return [migration for number, migration in sorted(known.items()) if number not in applied]


def applied_on(connection: Connection) -> dict[int, tuple[str, str]]:
    """Names and checksums of the steps that were applied, by number."""
    found = connection.execute("select to_regclass('avow.migrations') is not null").fetchone()
    if found is None or not found[0]:
        return {}
    cursor = connection.cursor(row_factory=psycopg.rows.tuple_row)
    rows = cursor.execute("select number, name, checksum from avow.migrations order by number")
    return {number: (name, checksum) for number, name, checksum in rows}


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Keep other nodes from migrating meanwhile. Raises MigrationRefused when another does not come to an end."""
    connection.execute(sql.SQL("set lock_timeout = {}").format(f"{PATIENCE}s"))
    try:
        connection.execute("select pg_advisory_lock(%s)", (LOCK,))
    except errors.LockNotAvailable as error:
        raise MigrationRefused(f"another node has been migrating for {PATIENCE} seconds; look there first") from error
    try:
        yield
    finally:
        if not connection.broken:
            connection.execute("select pg_advisory_unlock(%s)", (LOCK,))
