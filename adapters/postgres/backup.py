"""Backups that need no tool but Avow: what was recorded in one file, the keys in another, each whole or not there.

Beside the events the one holds the sealed ballots, beside people's keys the other holds the boxes' keys: ballots that
are restored without the key of their box are void.

A file is a zip archive of PostgreSQL's own COPY text, one member a table, and a manifest written last: checksums and
manifest tell a file that is cut short or damaged. Read models are in none, they are made anew from the events; nor are
unlogged tables, which hold what is worthless once its import has ended.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

import psycopg
from psycopg import sql

from adapters.postgres.migrations import Connection, all_migrations, alone, applied_on, migrate, migrate_on
from adapters.postgres.walls import COPYISTS, OWNERS

FORMAT = 1
MANIFEST = "manifest.json"
SCHEMAS = {"events": ("avow", "avow_box"), "keys": ("avow_keys", "avow_box_keys")}
"""What each kind of file holds: the logged tables of these schemas, but the list of migrations."""
WALLS = 12
"""The step of the migrations that put up the walls: since then a copyist reads all organisations' rows."""
IN_ORDER = {"avow_box"}
"""Whose rows are copied in the order of their ids: that in which they lie in the table tells when they were written."""
COPIED = sql.SQL("copy (select {1} from {0} order by organisation, review, 3) to stdout")
CHUNK = 1 << 20

Progress = Callable[[str, int, int], None]
"""Told the table, the rows done and the rows in all."""


class BackupRefused(Exception):  # noqa: N818 — an answer with a way out
    """A backup cannot be made or restored; the message says why and what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a backup. Without a `schema` it is from a file that held one schema only."""

    name: str
    columns: list[str]
    rows: int
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup file holds, as of `made_at`, at which step of the migrations."""

    format: int
    kind: str
    made_at: str
    migration: int
    tables: list[Table]

    @property
    def rows(self) -> int:
        """The rows of all tables together."""
        return sum(table.rows for table in self.tables)


def back_up(dsn: str, events: Path, keys: Path, progress: Progress = lambda *_: None) -> tuple[Manifest, Manifest]:
    """Write both files, each as of one instant and moved into place when complete. Raises BackupRefused.

    The keys are read last: every text in the events has its key in the other file, unless it was erased in between.
    """
    for path in (events, keys):
        if path.exists():
            raise BackupRefused(f"{path} is there already; name another file or remove it")
    return _write(dsn, "events", events, progress), _write(dsn, "keys", keys, progress)


def restore(dsn: str, file: Path, progress: Progress = lambda *_: None) -> Manifest:
    """Restore one file into a database that holds nothing of its kind, all or nothing, and migrate it to the present.

    Raises BackupRefused for a file that is damaged or of a newer Avow, and for a database that is not empty.
    """
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        _be_whole(archive, file)
        with psycopg.connect(dsn, autocommit=True) as connection, alone(connection), connection.transaction():
            _be_empty(connection, manifest)
            migrate_on(connection, up_to=manifest.migration)
            if max(applied_on(connection)) != manifest.migration:
                _be_alike(connection, manifest)
            done = 0
            for table in manifest.tables:
                progress(table.name, done, manifest.rows)
                done += _fill(connection, archive, table.schema or SCHEMAS[manifest.kind][0], table)
            progress("", done, manifest.rows)
    migrate(dsn)
    return manifest


def read_manifest(file: Path) -> Manifest:
    """What a backup file holds. Raises BackupRefused."""
    with _opened(file) as archive:
        return _manifest(archive, file)


def _write(dsn: str, kind: str, path: Path, progress: Progress) -> Manifest:
    draft = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        with draft.open("xb") as file:
            draft.chmod(0o600)
            with psycopg.connect(dsn) as connection, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = _copy_all(connection, kind, archive, progress)
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2))
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _copy_all(connection: Connection, kind: str, archive: zipfile.ZipFile, progress: Progress) -> Manifest:
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    applied = applied_on(connection)
    if not applied:
        raise BackupRefused("this database holds no ledger; is AVOW_DATABASE_URL the right one?")
    copyists, tables, done = COPYISTS if WALLS in applied else OWNERS, [], 0
    counted = list[tuple[str, str, list[str], int]]()
    for schema in SCHEMAS[kind]:
        for name, columns in _tables(connection, schema):
            _be(connection, copyists[schema])
            counted.append((schema, name, columns, _count(connection, schema, name)))
    total = sum(rows for *_, rows in counted)
    for schema, name, columns, rows in counted:
        progress(name, done, total)
        _be(connection, copyists[schema])
        with archive.open(f"{name}.copy", "w", force_zip64=True) as member:
            copied = COPIED if schema in IN_ORDER else sql.SQL("copy {} ({}) to stdout")
            statement = copied.format(sql.Identifier(schema, name), _listed(columns))
            with connection.cursor().copy(statement) as copy:
                for block in copy:
                    member.write(block)
        done += rows
        tables.append(Table(name, columns, rows, schema))
    progress("", done, total)
    instant = connection.execute("select transaction_timestamp()").fetchone()
    made_at = instant[0].isoformat() if instant and isinstance(instant[0], datetime) else ""
    return Manifest(FORMAT, kind, made_at, max(applied), tables)


def _be(connection: Connection, role: str) -> None:
    connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))


def _tables(connection: Connection, schema: str) -> list[tuple[str, list[str]]]:
    rows = connection.execute(
        """
        select c.relname::text, array_agg(a.attname::text order by a.attnum)
        from pg_class as c
        join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        where c.relnamespace = to_regnamespace(%s)
            and c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> 'migrations'
        group by c.relname
        order by c.relname
        """,
        (schema,),
    ).fetchall()
    return [(str(name), list(columns)) for name, columns in rows if isinstance(columns, list)]


def _count(connection: Connection, schema: str, table: str) -> int:
    row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(schema, table))).fetchone()
    return int(str(row[0])) if row else 0


def _fill(connection: Connection, archive: zipfile.ZipFile, schema: str, table: Table) -> int:
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(schema, table.name), _listed(table.columns))
    cursor = connection.cursor()
    _be(connection, OWNERS[schema])
    with (
        _open_to_owner(connection, schema, table.name),
        archive.open(f"{table.name}.copy") as member,
        cursor.copy(statement) as copy,
    ):
        for block in _blocks(member):
            copy.write(block)
    if cursor.rowcount != table.rows:
        raise BackupRefused(f"{table.name} should have {table.rows} rows and has {cursor.rowcount}; take another copy")
    return table.rows


def _blocks(member: IO[bytes]) -> Iterator[bytes]:
    while block := member.read(CHUNK):
        yield block


def _listed(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _be_whole(archive: zipfile.ZipFile, file: Path) -> None:
    try:
        damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BackupRefused(f"{file} is damaged ({error}); take another copy of it") from error
    if damaged is not None:
        raise BackupRefused(f"{file} is damaged (in {damaged}); take another copy of it")


def _be_empty(connection: Connection, manifest: Manifest) -> None:
    kept = [(schema, name) for schema in SCHEMAS[manifest.kind] for name, _ in _tables(connection, schema)]
    for schema, name in kept:
        _be(connection, OWNERS[schema])
        with _open_to_owner(connection, schema, name):
            counted = _count(connection, schema, name)
        connection.execute("reset role")
        if counted:
            raise BackupRefused(f"the database holds {manifest.kind} already; restore into an empty one")


@contextmanager
def _open_to_owner(connection: Connection, schema: str, table: str) -> Iterator[None]:
    """Let the owner past the walls of one table, unseen by others: until the transaction ends it is locked."""
    name = sql.Identifier(schema, table)
    connection.execute(sql.SQL("alter table {} no force row level security").format(name))
    yield
    connection.execute(sql.SQL("alter table {} force row level security").format(name))


def _be_alike(connection: Connection, manifest: Manifest) -> None:
    present = {
        (schema, name): columns for schema in SCHEMAS[manifest.kind] for name, columns in _tables(connection, schema)
    }
    for table in manifest.tables:
        schema = table.schema or SCHEMAS[manifest.kind][0]
        if set(table.columns) != set(present.get((schema, table.name), [])):
            raise BackupRefused(
                f"{table.name} has another shape in this database than in the backup; restore into a new database"
            )


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise BackupRefused(f"there is no file {file}") from error
    except zipfile.BadZipFile as error:
        raise BackupRefused(f"{file} is no backup, or was cut short; take another copy of it") from error
    with archive:
        yield archive


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        plain = json.loads(archive.read(MANIFEST))
        manifest = Manifest(**{**plain, "tables": [Table(**table) for table in plain["tables"]]})
    except (KeyError, TypeError, ValueError) as error:
        raise BackupRefused(f"{file} is no backup of Avow") from error
    if manifest.format != FORMAT or manifest.migration > max(step.number for step in all_migrations()):
        raise BackupRefused(f"{file} was made by a newer Avow; restore it with that version, or newer")
    if manifest.kind not in SCHEMAS:
        raise BackupRefused(f"{file} holds {manifest.kind}, which this Avow does not know")
    return manifest
