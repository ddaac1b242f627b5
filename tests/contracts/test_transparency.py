"""The transparency log's own contract, on PostgreSQL and in memory alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from psycopg import errors, sql

from adapters.crypto.log_key import LogKey, LogKeyUnreadable
from adapters.crypto.notes import Note, VerifierKey
from adapters.memory.recorder import MemoryRecorder
from adapters.memory.transparency import MemoryLog
from adapters.postgres.connections import Database
from adapters.postgres.migrations import migrate
from adapters.postgres.recorder import PostgresRecorder
from adapters.postgres.transparency import PostgresLog
from application.transparency import BEHIND, Cosignature, HistoryAltered, NothingToProve, TransparencyLog, leaf_of
from domain.transparency import consistent, includes, root_of

KEY = LogKey("log.example", bytes(range(32)))


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "postgres"])
def log(request: pytest.FixtureRequest, clock: Clock) -> Iterator[TransparencyLog]:
    if request.param == "memory":
        yield TransparencyLog(MemoryRecorder(), MemoryLog(), KEY, clock)
    else:
        with Database(request.getfixturevalue("postgres_dsn"), "avow_writer") as database:
            yield TransparencyLog(PostgresRecorder(database), PostgresLog(database), KEY, clock)


@pytest.fixture
def organisation() -> UUID:
    return uuid4()


def append(log: TransparencyLog, organisation: UUID, count: int = 1, topic: str = "told") -> None:
    stream = uuid4()
    events = [StoredEvent(stream, version, topic, f'{{"ü": {version}}}'.encode()) for version in range(1, count + 1)]
    log.recorder.insert_events(events, organisation=organisation)


def leaves(log: TransparencyLog, organisation: UUID) -> list[bytes]:
    return [leaf_of(each).hash for each in log.recorder.select_positions(organisation, limit=10_000)]


def test_an_event_s_leaf_is_recorded_with_it(log: TransparencyLog, organisation: UUID) -> None:
    append(log, organisation, 3, "größe.gemessen")
    append(log, uuid4(), 2)
    append(log, organisation, 2)
    found = leaves(log, organisation)
    assert log.recorder.leaves(organisation, 0, 10) == found
    assert log.recorder.leaves(organisation, 1, 3) == found[1:3]
    assert len(set(found)) == 5


def test_a_leaf_covers_the_distant_past_to_the_microsecond(log: TransparencyLog, organisation: UUID) -> None:
    told = [datetime(1911, 3, 2, 4, 5, 6, 7, tzinfo=UTC), datetime(2018, 11, 4, 20, 28, 43, 999_999, tzinfo=UTC)]
    events = [StoredEvent(uuid4(), 1, "told", b"\x00\xff"), StoredEvent(uuid4(), 1, "told", b"")]
    log.recorder.insert_events(events, organisation=organisation, known=told)
    assert log.recorder.leaves(organisation, 0, 2) == leaves(log, organisation)


def test_a_checkpoint_covers_all_that_is_recorded(log: TransparencyLog, organisation: UUID) -> None:
    assert log.checkpoint(organisation) is None
    append(log, organisation, 5)
    first = log.checkpoint(organisation)
    assert first is not None
    assert (first.size, first.root) == (5, root_of(leaves(log, organisation)))
    assert log.checkpoint(organisation) == first
    append(log, organisation, 600)
    second = log.checkpoint(organisation)
    assert second is not None
    assert (second.size, second.root) == (605, root_of(leaves(log, organisation)))
    assert log.store.newest(organisation, KEY.key) == second
    assert log.store.checkpoints(organisation, KEY.key) == [first, second]
    assert log.store.checkpoints(organisation, KEY.key, after=5) == [second]
    assert log.store.checkpoints(organisation, KEY.key, until=604) == [first]
    assert log.store.checkpoints(organisation, KEY.key, limit=1) == [first]


def test_a_checkpoint_is_a_note_signed_under_the_log_s_name(log: TransparencyLog, organisation: UUID) -> None:
    append(log, organisation)
    checkpoint = log.checkpoint(organisation)
    assert checkpoint is not None
    note, key = Note.read(checkpoint.note), VerifierKey.read(KEY.public(organisation))
    assert key.verifies(note)
    assert note.checkpoint.origin == f"log.example/{organisation}" == key.name
    assert not VerifierKey.read(KEY.public(uuid4())).verifies(note)
    assert not VerifierKey.read(LogKey("log.example", bytes(32)).public(organisation)).verifies(note)


def test_proofs_hold_across_kept_nodes(log: TransparencyLog, organisation: UUID) -> None:
    append(log, organisation, 300)
    log.checkpoint(organisation)
    append(log, organisation, 500)
    log.checkpoint(organisation)
    hashes = leaves(log, organisation)
    for position in (1, 2, 255, 256, 257, 299, 300, 513, 800):
        found = log.inclusion(organisation, position)
        assert found.leaf == hashes[position - 1]
        assert includes(root_of(hashes), 800, position - 1, found.leaf, found.path)
    early = log.inclusion(organisation, 12, 300)
    assert includes(root_of(hashes[:300]), 300, 11, early.leaf, early.path)
    for old in (0, 1, 255, 256, 300, 512, 799, 800):
        grown = log.consistency(organisation, old)
        assert grown.old_root == root_of(hashes[:old])
        assert consistent(old, grown.old_root, 800, root_of(hashes), grown.path)


def test_what_no_checkpoint_covers_is_not_proven(log: TransparencyLog, organisation: UUID) -> None:
    with pytest.raises(NothingToProve):
        log.inclusion(organisation, 1)
    append(log, organisation, 3)
    log.checkpoint(organisation)
    append(log, organisation)
    for position, size in ((4, None), (0, None), (1, 2), (1, 9)):
        with pytest.raises(NothingToProve):
            log.inclusion(organisation, position, size)
    for old, new in ((4, None), (-1, None), (1, 2)):
        with pytest.raises(NothingToProve):
            log.consistency(organisation, old, new)


def test_a_checkpoint_is_a_minute_behind_at_most(log: TransparencyLog, organisation: UUID, clock: Clock) -> None:
    assert log.current(organisation) is None
    append(log, organisation)
    first = log.current(organisation)
    assert first is not None
    assert first.size == 1
    append(log, organisation)
    assert log.current(organisation) == first
    clock.now += BEHIND
    second = log.current(organisation)
    assert second is not None
    assert second.size == 2
    clock.now += BEHIND
    assert log.current(organisation) == second


def test_another_key_begins_at_the_first_event(log: TransparencyLog, organisation: UUID, clock: Clock) -> None:
    append(log, organisation, 3)
    mine = log.checkpoint(organisation)
    other = TransparencyLog(log.recorder, log.store, LogKey("log.example", bytes(32)), clock)
    theirs = other.checkpoint(organisation)
    assert mine is not None
    assert theirs is not None
    assert (mine.root, mine.size) == (theirs.root, theirs.size)
    assert mine.note != theirs.note
    assert log.store.newest(organisation, KEY.key) == mine


def test_it_is_told_which_keys_signed(log: TransparencyLog, organisation: UUID) -> None:
    append(log, organisation)
    assert log.store.keys(organisation) == frozenset()
    log.checkpoint(organisation)
    assert log.store.keys(organisation) == {KEY.key}
    assert log.store.keys(uuid4()) == frozenset()


def test_cosignatures_stay_beside_their_checkpoint(log: TransparencyLog, organisation: UUID, clock: Clock) -> None:
    append(log, organisation)
    checkpoint = log.checkpoint(organisation)
    assert checkpoint is not None
    assert log.held(organisation) is None
    lines = [
        Cosignature(size=size, witness=name, signed_at=clock.now - timedelta(hours=1), line=f"{name}{size}\n")
        for size, name in ((1, "a"), (1, "b"), (2, "b"))
    ]
    log.store.add_cosignatures(organisation, KEY.key, lines)
    log.store.add_cosignatures(organisation, KEY.key, lines[:1])
    assert log.note(checkpoint) == checkpoint.note + "a1\nb1\n"
    assert log.store.newest_cosignatures(organisation, KEY.key) == [lines[0], lines[2]]
    assert log.held(organisation) == lines[2]
    assert log.age(lines[2]) == timedelta(hours=1)
    assert log.store.newest_cosignatures(uuid4(), KEY.key) == []


def test_rows_of_before_have_their_leaves_too(bare_postgres_dsn: str) -> None:
    migrate(bare_postgres_dsn, up_to=10)
    insert = """
        insert into avow.events (organisation, position, recorded_at, stream, version, topic, state, id)
        values (%s, %s, clock_timestamp(), %s, 1, 'told', %s, %s)
    """
    organisation = uuid4()
    with psycopg.connect(bare_postgres_dsn) as connection:
        for position in (1, 2, 3):
            connection.execute(insert, (organisation, position, uuid4(), b"\x00old", position))
    migrate(bare_postgres_dsn)
    with Database(bare_postgres_dsn, "avow_writer") as database:
        log = TransparencyLog(PostgresRecorder(database), PostgresLog(database), KEY, Clock())
        assert log.recorder.leaves(organisation, 0, 9) == leaves(log, organisation)
        checkpoint = log.checkpoint(organisation)
        assert checkpoint is not None
        assert checkpoint.size == 3


@pytest.mark.parametrize("table", ["nodes", "checkpoints", "cosignatures"])
def test_nothing_of_the_log_is_changed(empty_postgres_dsn: str, table: str) -> None:
    with psycopg.connect(empty_postgres_dsn, autocommit=True) as connection:
        for act in (b"delete from", b"truncate"):
            with pytest.raises(errors.RestrictViolation):
                connection.execute(act + b" avow." + table.encode())
        connection.execute(sql.SQL("set role avow_writer"))
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(b"delete from avow." + table.encode())


def test_an_event_changed_before_its_checkpoint_is_not_signed(empty_postgres_dsn: str, organisation: UUID) -> None:
    """Somebody who changes an event and not its leaf, which costs a second thought only."""
    with Database(empty_postgres_dsn, "avow_writer") as database:
        log = TransparencyLog(PostgresRecorder(database), PostgresLog(database), KEY, Clock())
        append(log, organisation, 3)
        with psycopg.connect(empty_postgres_dsn) as connection:
            connection.execute("alter table avow.events disable trigger user")
            connection.execute("update avow.events set state = state || ' ' where position = 2")
        with pytest.raises(HistoryAltered, match="position 2"):
            log.checkpoint(organisation)


class TestKeyFile:
    def test_is_made_once_for_its_owner_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "log-key"
        first = LogKey.read_or_make(path, "log.example")
        assert path.stat().st_mode & 0o777 == 0o600
        assert (first.name, first.key) == ("log.example", LogKey.read_or_make(path, "another").key)
        assert list(path.parent.iterdir()) == [path]

    def test_that_others_may_read_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "log-key"
        LogKey.read_or_make(path)
        path.chmod(0o640)
        with pytest.raises(LogKeyUnreadable, match="0600"):
            LogKey.read(path)

    def test_that_holds_no_key_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "log-key"
        path.touch(mode=0o600)
        with pytest.raises(LogKeyUnreadable, match="restore it"):
            LogKey.read_or_make(path)
