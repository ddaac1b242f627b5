"""Re-wrapping: survivors open as before, what was erased opens from no backup of before, and nobody has to stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from adapters.crypto.box import SealedBox
from adapters.crypto.key_files import KeyFile
from adapters.crypto.keys import KeyEncryptionKey, WrongKeyEncryptionKey
from adapters.crypto.rewrapping import Rewrapping, RewrappingElsewhere
from adapters.crypto.vault import KeyErased, KeyVault
from adapters.postgres.backup import back_up, restore
from adapters.postgres.box import PostgresBoxKeys, PostgresBoxStore
from adapters.postgres.keys import PostgresKeyStore
from adapters.postgres.migrations import migrate
from domain.questionnaire import Answer
from domain.sealed import Private, TextKind

HERE, THERE = UUID(int=1), UUID(int=2)
GONE, STAYS = uuid4(), uuid4()


def words(text: str, subject: UUID) -> Private:
    return Private(subject, text=text, place="s/c/0/t/reason")


class Keys:
    """Keys of two organisations in a database, under a key in a file."""

    def __init__(self, dsn: str, path: Path) -> None:
        KeyEncryptionKey.read_or_make(path)
        self.dsn, self.path, self.file = dsn, path, KeyFile(path)
        self.store, self.box_keys = PostgresKeyStore.of(dsn), PostgresBoxKeys.of(dsn)
        self.ballots = PostgresBoxStore.of(dsn)
        self.vault = self.fresh()

    def fresh(self) -> KeyVault:
        """Another process's vault."""
        return KeyVault(self.store, KeyFile(self.path))

    def box(self) -> SealedBox:
        return SealedBox(self.ballots, self.box_keys, KeyFile(self.path))

    def rewrapping(self) -> Rewrapping:
        return Rewrapping(self.store, self.box_keys, KeyFile(self.path), pause=lambda _: None)

    def close(self) -> None:
        for each in (self.store, self.box_keys, self.ballots):
            each.close()


@pytest.fixture
def keys(empty_postgres_dsn: str, tmp_path: Path) -> Iterator[Keys]:
    made = Keys(empty_postgres_dsn, tmp_path / "key")
    yield made
    made.close()


def test_everything_opens_as_before_and_the_old_key_is_nowhere(keys: Keys) -> None:
    review, person = uuid4(), uuid4()
    sealed = {each: keys.vault.seal(each, [words("stays", STAYS), words("gone", GONE)]) for each in (HERE, THERE)}
    digest = keys.vault.digest(HERE, "key")
    keys.box().prepare(HERE, review, [person])
    keys.box().cast(HERE, review, person, {"clear": Answer(score=2)})
    keys.vault.erase(HERE, GONE)
    old = keys.path.read_bytes()
    assert keys.rewrapping().run() == 2
    assert keys.path.read_bytes() != old
    assert [path.name for path in keys.path.parent.iterdir()] == ["key"]
    assert keys.path.stat().st_mode & 0o077 == 0
    for vault in (keys.vault, keys.fresh()):
        assert vault.open(HERE, sealed[HERE]) == ["stays", None]
        assert vault.open(THERE, sealed[THERE]) == ["stays", "gone"]
        assert vault.digest(HERE, "key") == digest
    assert keys.box().own(HERE, review, person) == {"clear": Answer(score=2)}
    with pytest.raises(KeyErased):
        keys.vault.seal(HERE, [words("again", GONE)])
    keys.path.write_bytes(old)
    with pytest.raises(WrongKeyEncryptionKey, match="restore the newest copy"):
        keys.fresh().open(THERE, sealed[THERE])


def test_a_process_that_was_running_goes_on_sealing_and_opening(keys: Keys) -> None:
    running = keys.fresh()
    before = running.seal(HERE, [words("before", STAYS)])
    for _ in range(3):
        keys.rewrapping().run()
        assert running.open(HERE, before) == ["before"]
        new = running.seal(HERE, [words("after", uuid4())])
        assert keys.fresh().open(HERE, [*before, *new]) == ["before", "after"]
        founded = uuid4()
        assert keys.fresh().open(founded, running.seal(founded, [words("new", STAYS)])) == ["new"]


def test_it_is_interrupted_anywhere_and_goes_on(keys: Keys) -> None:
    sealed = {each: keys.vault.seal(each, [words("stays", STAYS)]) for each in (HERE, THERE)}

    class Interrupted(Exception):  # noqa: N818
        pass

    def stop_at(number: int) -> Rewrapping:
        def progress(done: int, _: int) -> None:
            if done == number:
                raise Interrupted

        return Rewrapping(keys.store, keys.box_keys, KeyFile(keys.path), progress, pause=lambda _: None)

    running = keys.fresh()
    for number in range(3):
        with pytest.raises(Interrupted):
            stop_at(number).run()
        for vault in (running, keys.fresh()):
            assert [vault.open(each, sealed[each]) for each in (HERE, THERE)] == [["stays"], ["stays"]]
            assert vault.open(HERE, vault.seal(HERE, [words("more", uuid4())])) == ["more"]
    assert keys.rewrapping().run() == 2
    assert [path.name for path in keys.path.parent.iterdir()] == ["key"]
    assert [keys.fresh().open(each, sealed[each]) for each in (HERE, THERE)] == [["stays"], ["stays"]]


def test_a_backup_of_before_opens_nothing_of_the_erased_and_survivors_open_from_the_newest_keys(
    keys: Keys, bare_postgres_dsn: str, tmp_path_factory: pytest.TempPathFactory, postgres_server: str
) -> None:
    folder = tmp_path_factory.mktemp("backups")
    sealed = keys.vault.seal(HERE, [words("stays", STAYS), words("gone", GONE)])
    back_up(keys.dsn, folder / "old-events", folder / "old-keys")
    keys.vault.erase(HERE, GONE)
    keys.rewrapping().run()
    back_up(keys.dsn, folder / "new-events", folder / "new-keys")

    restore(bare_postgres_dsn, folder / "old-events")
    restore(bare_postgres_dsn, folder / "old-keys")
    with PostgresKeyStore.of(bare_postgres_dsn) as store, pytest.raises(WrongKeyEncryptionKey):
        KeyVault(store, KeyFile(keys.path)).open(HERE, sealed)
    with psycopg.connect(bare_postgres_dsn, autocommit=True) as connection:
        connection.execute("truncate avow_keys.data_keys, avow_keys.secrets, avow_keys.organisations")
        connection.execute("truncate avow_keys.installation")
    restore(bare_postgres_dsn, folder / "new-keys")
    with PostgresKeyStore.of(bare_postgres_dsn) as store:
        restored = KeyVault(store, KeyFile(keys.path))
        assert restored.open(HERE, sealed) == ["stays", None]
        with pytest.raises(KeyErased):
            restored.seal(HERE, [words("again", GONE)])


def test_with_another_file_nothing_is_changed(keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> None:
    sealed = keys.vault.seal(HERE, [words("stays", STAYS)])
    other = tmp_path_factory.mktemp("other") / "key"
    KeyEncryptionKey.read_or_make(other)
    with pytest.raises(WrongKeyEncryptionKey):
        Rewrapping(keys.store, keys.box_keys, KeyFile(other)).run()
    assert keys.fresh().open(HERE, sealed) == ["stays"]
    assert keys.rewrapping().run() == 1


def test_two_do_not_re_wrap_at_once(keys: Keys) -> None:
    keys.vault.seal(HERE, [words("stays", STAYS)])

    def second(*_: int) -> None:
        with pytest.raises(RewrappingElsewhere):
            keys.rewrapping().run()

    Rewrapping(keys.store, keys.box_keys, KeyFile(keys.path), second, pause=lambda _: None).run()


def test_keys_of_before_there_was_one_for_each_kind_open_are_re_wrapped_and_go_with_both_kinds(
    bare_postgres_dsn: str, tmp_path: Path
) -> None:
    path = tmp_path / "key"
    KeyEncryptionKey.read_or_make(path)
    migrate(bare_postgres_dsn, up_to=20)
    old = KeyEncryptionKey.read(path)
    with psycopg.connect(bare_postgres_dsn, autocommit=True) as connection:
        for table, owner in (("data_keys", f"{HERE}/{STAYS}"), ("secrets", f"{HERE}/secret")):
            columns = "organisation, subject, wrapped" if table == "data_keys" else "organisation, wrapped"
            values = (
                (HERE, STAYS, old.wrap(b"d" * 32, owner))
                if table == "data_keys"
                else (HERE, old.wrap(b"s" * 32, owner))
            )
            places = ", ".join(["%s"] * len(values))
            connection.execute(f"insert into avow_keys.{table} ({columns}) values ({places})".encode(), values)  # noqa: S608
    migrate(bare_postgres_dsn)
    keys = Keys(bare_postgres_dsn, path)
    try:
        name, own = Private(STAYS, text="Ann", place="s/c/0/person.joined/name"), words("hers", STAYS)
        sealed = keys.vault.seal(HERE, [name, own])
        with psycopg.connect(bare_postgres_dsn) as connection:
            assert connection.execute("select kind from avow_keys.data_keys").fetchall() == [("both",)]
        digest = keys.vault.digest(HERE, "key")
        keys.rewrapping().run()
        assert keys.fresh().open(HERE, sealed) == ["Ann", "hers"]
        assert keys.fresh().digest(HERE, "key") == digest
        keys.vault.erase(HERE, STAYS, [TextKind.IDENTITY])
        assert keys.fresh().open(HERE, sealed) == [None, "hers"]
        keys.vault.erase(HERE, STAYS, [TextKind.WORDS])
        assert keys.fresh().open(HERE, sealed) == [None, None]
        with psycopg.connect(bare_postgres_dsn) as connection:
            assert connection.execute("select count(wrapped) from avow_keys.data_keys").fetchone() == (0,)
    finally:
        keys.close()
