"""Backups are whole or not there, and give back what was recorded; keys travel apart."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from adapters.crypto.box import SealedBox
from adapters.crypto.keys import KeyEncryptionKey
from adapters.crypto.vault import KeyVault
from adapters.postgres.backup import BackupRefused, back_up, read_manifest, restore
from adapters.postgres.box import PostgresBoxKeys, PostgresBoxStore
from adapters.postgres.embedded import VERSION, EmbeddedServer, UpgradeNeeded, folder_version
from adapters.postgres.keys import PostgresKeyStore
from adapters.postgres.migrations import migrate, pending
from adapters.postgres.recorder import PostgresRecorder
from adapters.postgres.upgrade import upgrade
from application.box import BallotBox, BoxStanding, BoxVoid
from application.ports import Idempotency, ImportedLine, PlacedEvent, SourceKey, StoreUnavailable
from domain.questionnaire import Answer
from domain.sealed import Private

ORGANISATION, OTHER, PERSON = uuid4(), uuid4(), uuid4()
WRAPPING = KeyEncryptionKey(b"w" * 32)
OLD = 16


def live(dsn: str) -> Private:
    """A life in two organisations; tells one of its sealed texts."""
    with PostgresRecorder.of(dsn) as recorder, PostgresKeyStore.of(dsn) as keys:
        vault = KeyVault(keys, WRAPPING)
        (text,) = vault.seal(ORGANISATION, [Private(PERSON, text="in own words", place="here")])
        for number in range(20):
            events = [StoredEvent(uuid4(), 1, "told", bytes([number, 0, 9, 10, 92])), StoredEvent(uuid4(), 1, "t", b"")]
            recorder.insert_events(
                events,
                organisation=OTHER if number % 3 else ORGANISATION,
                idempotency=Idempotency(actor="a\tb\\n", key=f"{number}", fingerprint=b"\x00\x01"),
                keys=[SourceKey("person", bytes([number]), uuid4())],
                lines=[ImportedLine("source", bytes([number]), b"f", 1)],
            )
    return text


def recorded(dsn: str) -> list[PlacedEvent]:
    with PostgresRecorder.of(dsn) as recorder:
        return recorder.select_after(0, 1_000)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="avow-") as name:
        yield Path(name)


def test_what_was_backed_up_is_restored(empty_postgres_dsn: str, bare_postgres_dsn: str, tmp_path: Path) -> None:
    text = live(empty_postgres_dsn)
    events, keys, told = tmp_path / "events.avow", tmp_path / "keys.avow", list[tuple[str, int, int]]()
    made, _ = back_up(empty_postgres_dsn, events, keys, lambda *step: told.append(step))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.avow", "keys.avow"]
    assert events.stat().st_mode & 0o077 == keys.stat().st_mode & 0o077 == 0
    rows = {table.name: table.rows for table in made.tables}
    assert rows.items() >= {"events": 40, "idempotency": 20, "keys": 20, "lines": 20}.items()
    assert told[0] == ("checkpoints", 0, 100)
    assert ("", 100, 100) in told
    assert read_manifest(events) == made

    assert restore(bare_postgres_dsn, events) == made
    assert pending(bare_postgres_dsn) == []
    assert recorded(bare_postgres_dsn) == recorded(empty_postgres_dsn)
    with PostgresRecorder.of(bare_postgres_dsn) as recorder, PostgresKeyStore.of(bare_postgres_dsn) as store:
        assert recorder.outcome(OTHER, "a\tb\\n", "1") is not None
        assert len(recorder.find_lines(ORGANISATION, "source", [b"\x00", b"\x03"])) == 2
        assert KeyVault(store, WRAPPING).open(ORGANISATION, [text]) == [None]
        (placed,) = recorder.insert_events([StoredEvent(uuid4(), 1, "told", b"{}")], organisation=ORGANISATION)
        assert placed == 41
    restore(bare_postgres_dsn, keys)
    with PostgresKeyStore.of(bare_postgres_dsn) as store:
        assert KeyVault(store, WRAPPING).open(ORGANISATION, [text]) == ["in own words"]


def test_no_file_holds_what_belongs_into_the_other(empty_postgres_dsn: str, tmp_path: Path) -> None:
    live(empty_postgres_dsn)
    back_up(empty_postgres_dsn, tmp_path / "events", tmp_path / "keys")
    with zipfile.ZipFile(tmp_path / "events") as events, zipfile.ZipFile(tmp_path / "keys") as keys:
        assert set(events.namelist()).isdisjoint(set(keys.namelist()) - {"manifest.json"})
        assert set(keys.namelist()) == {
            "data_keys.copy", "installation.copy", "organisations.copy", "secrets.copy", "box_keys.copy",
            "manifest.json",
        }  # fmt: skip


def box_of(dsn: str, opened: ExitStack) -> BallotBox:
    store, keys = PostgresBoxStore.of(dsn), PostgresBoxKeys.of(dsn)
    opened.callback(store.close)
    opened.callback(keys.close)
    return SealedBox(store, keys, WRAPPING)


def test_ballots_and_their_keys_are_copied_apart_and_come_back_together(
    empty_postgres_dsn: str, bare_postgres_dsn: str, tmp_path: Path
) -> None:
    review, people, answered = uuid4(), [uuid4() for _ in range(6)], {"clear": Answer(score=2)}
    with ExitStack() as opened:
        box = box_of(empty_postgres_dsn, opened)
        box.prepare(ORGANISATION, review, people)
        for person in people:
            box.cast(ORGANISATION, review, person, answered)
        back_up(empty_postgres_dsn, tmp_path / "events", tmp_path / "keys")
    with zipfile.ZipFile(tmp_path / "events") as file:
        ids = [line.split(b"\t")[2] for line in file.read("ballots.copy").splitlines()]
    assert ids == sorted(ids), "the order of rows in a table tells the order in which they were written"
    restore(bare_postgres_dsn, tmp_path / "events")
    restore(bare_postgres_dsn, tmp_path / "keys")
    with ExitStack() as opened:
        box = box_of(bare_postgres_dsn, opened)
        assert box.standing(ORGANISATION, review) is BoxStanding.WHOLE
        assert box.own(ORGANISATION, review, people[0]) == answered


def test_ballots_of_an_older_backup_are_void_once_their_key_is_destroyed(
    empty_postgres_dsn: str, bare_postgres_dsn: str, tmp_path: Path
) -> None:
    """Of the keys only the newest copy is kept: in it the key of a box that has ended is gone."""
    review, people = uuid4(), [uuid4() for _ in range(6)]
    with ExitStack() as opened:
        box = box_of(empty_postgres_dsn, opened)
        box.prepare(ORGANISATION, review, people)
        box.cast(ORGANISATION, review, people[0], {"clear": Answer(score=2)})
        back_up(empty_postgres_dsn, tmp_path / "older-events", tmp_path / "older-keys")
        box.end(ORGANISATION, review)
        back_up(empty_postgres_dsn, tmp_path / "events", tmp_path / "keys")
    restore(bare_postgres_dsn, tmp_path / "older-events")
    restore(bare_postgres_dsn, tmp_path / "keys")
    with ExitStack() as opened:
        box = box_of(bare_postgres_dsn, opened)
        assert box.standing(ORGANISATION, review) is BoxStanding.VOID
        box.prepare(ORGANISATION, review, people)
        with pytest.raises(BoxVoid):
            box.own(ORGANISATION, review, people[0])
        with pytest.raises(BoxVoid):
            box.tally(ORGANISATION, review, len)
        box.end(ORGANISATION, review)
        assert box.boxes(ORGANISATION) == []


def test_a_backup_replaces_no_file_and_leaves_none_half_done(empty_postgres_dsn: str, tmp_path: Path) -> None:
    (tmp_path / "events").write_text("precious")
    with pytest.raises(BackupRefused, match="is there already"):
        back_up(empty_postgres_dsn, tmp_path / "events", tmp_path / "keys")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(empty_postgres_dsn, tmp_path / "others", tmp_path / "keys", interrupted)
    assert [path.name for path in tmp_path.iterdir()] == ["events"]


def test_a_database_that_holds_events_is_not_restored_into(empty_postgres_dsn: str, tmp_path: Path) -> None:
    live(empty_postgres_dsn)
    back_up(empty_postgres_dsn, tmp_path / "events", tmp_path / "keys")
    before = recorded(empty_postgres_dsn)
    for file, kind in ((tmp_path / "events", "events"), (tmp_path / "keys", "keys")):
        with pytest.raises(BackupRefused, match=f"holds {kind} already"):
            restore(empty_postgres_dsn, file)
    assert recorded(empty_postgres_dsn) == before


def test_a_damaged_file_restores_nothing(empty_postgres_dsn: str, bare_postgres_dsn: str, tmp_path: Path) -> None:
    live(empty_postgres_dsn)
    whole = tmp_path / "events"
    back_up(empty_postgres_dsn, whole, tmp_path / "keys")
    data, damaged = whole.read_bytes(), tmp_path / "damaged"
    for content in (data[: len(data) // 2], data[:200] + bytes([data[200] ^ 0xFF]) + data[201:], b"", b"PK\x05\x06"):
        damaged.write_bytes(content)
        with pytest.raises(BackupRefused):
            restore(bare_postgres_dsn, damaged)
    with pytest.raises(BackupRefused, match="there is no file"):
        restore(bare_postgres_dsn, tmp_path / "nowhere")
    with psycopg.connect(bare_postgres_dsn) as connection:
        assert connection.execute("select to_regclass('avow.events')").fetchone() == (None,)
    restore(bare_postgres_dsn, whole)
    assert recorded(bare_postgres_dsn) == recorded(empty_postgres_dsn)


def test_a_database_without_a_ledger_is_not_backed_up(bare_postgres_dsn: str, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="holds no ledger"):
        back_up(bare_postgres_dsn, tmp_path / "events", tmp_path / "keys")


def test_a_backup_of_a_newer_avow_is_refused(empty_postgres_dsn: str, bare_postgres_dsn: str, tmp_path: Path) -> None:
    with psycopg.connect(empty_postgres_dsn) as connection:
        connection.execute("insert into avow.migrations (number, name, checksum) values (9999, '9999_later', 'x')")
    back_up(empty_postgres_dsn, tmp_path / "events", tmp_path / "keys")
    with pytest.raises(BackupRefused, match="newer Avow"):
        restore(bare_postgres_dsn, tmp_path / "events")


def test_an_embedded_server_is_found_by_the_next_process_and_keeps_its_data(folder: Path) -> None:
    with EmbeddedServer(folder / "data" / "postgres") as server:
        migrate(server.dsn)
        live(server.dsn)
        kept = recorded(server.dsn)
        with EmbeddedServer(folder / "data" / "postgres") as again:
            assert again.dsn == server.dsn
        assert recorded(server.dsn) == kept
    with pytest.raises(StoreUnavailable, match="was not started"):
        _ = server.dsn
    with EmbeddedServer(folder / "data" / "postgres") as server:
        assert recorded(server.dsn) == kept


def test_a_folder_of_another_major_version_is_upgraded(folder: Path) -> None:
    data = folder / "postgres"
    with EmbeddedServer(data, version=OLD) as server:
        migrate(server.dsn)
        text = live(server.dsn)
        kept = recorded(server.dsn)
    with pytest.raises(UpgradeNeeded, match="run `avow upgrade`"):
        EmbeddedServer(data).start()
    assert upgrade(data) == folder / f"postgres-{OLD}"
    assert folder_version(data) == VERSION
    assert folder_version(folder / f"postgres-{OLD}") == OLD
    assert upgrade(data) is None
    with EmbeddedServer(data) as server, PostgresKeyStore.of(server.dsn) as keys:
        assert recorded(server.dsn) == kept
        assert KeyVault(keys, WRAPPING).open(ORGANISATION, [text]) == ["in own words"]
    assert sorted(path.name for path in folder.iterdir()) == ["postgres", f"postgres-{OLD}"]


def test_a_folder_of_a_version_nobody_has_is_not_touched(folder: Path) -> None:
    (folder / "postgres").mkdir()
    (folder / "postgres" / "PG_VERSION").write_text("9\n")
    with pytest.raises(BackupRefused, match="does not bring any more"):
        upgrade(folder / "postgres")
