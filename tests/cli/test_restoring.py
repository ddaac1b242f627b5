"""Whoever was erased stays erased after a restore; where that cannot be, it is said loudly. And `avow rewrap`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.interchange.conftest import small_history

WHY = ("--reason", "request of 3 May", "--yes")


@pytest.fixture
def acme(shell: Shell) -> Shell:
    shell.avow("import", shell.write(small_history()), "-o", "acme")
    return shell


def copies(shell: Shell, name: str) -> tuple[str, str]:
    events, keys = str(shell.folder / f"{name}.events"), str(shell.folder / f"{name}.keys")
    shell.avow("backup", events, keys)
    return events, keys


def test_a_restore_erases_anew_whom_the_list_names(acme: Shell, bare_postgres_dsn: str) -> None:
    files = copies(acme, "old")
    acme.avow("erase", "anna", "-o", "acme", *WHY)
    listed = acme.folder / "data" / "erased-people.jsonl"
    assert listed.stat().st_mode & 0o077 == 0
    assert "anna" not in listed.read_text()
    other = Shell(acme.folder, bare_postgres_dsn)
    assert "1 people on the list of erased people were erased anew" in other.avow("restore", *files)
    assert "WARNING" not in other.err
    exported = other.avow("export", "-o", "acme")
    assert "All calls within a day" not in exported
    assert '"type":"person.erased"' in exported
    assert "replayed from the list" in exported
    assert "0 people" in other.avow("replay")


def test_without_the_list_or_the_key_it_says_so_loudly(acme: Shell, bare_postgres_dsn: str) -> None:
    files = copies(acme, "old")
    acme.avow("erase", "anna", "-o", "acme", *WHY)
    listed, aside = acme.folder / "data" / "erased-people.jsonl", acme.folder / "aside"
    listed.rename(aside)
    other = Shell(acme.folder, bare_postgres_dsn)
    other.avow("restore", *files)
    assert "WARNING" in other.err
    assert "is NOT erased in this database" in other.err
    assert "run `avow replay`" in other.err
    assert "All calls within a day" in other.avow("export", "-o", "acme")
    assert "1 people" in other.avow("replay", str(aside))
    assert "All calls within a day" not in other.avow("export", "-o", "acme")
    listed.write_text("nonsense\n")
    other.avow("replay", exit=4)
    assert "line 1 of" in other.err


def test_keys_restored_after_the_events_are_waited_for(acme: Shell, bare_postgres_dsn: str) -> None:
    events, keys = copies(acme, "old")
    acme.avow("erase", "anna", "-o", "acme", *WHY)
    other = Shell(acme.folder, bare_postgres_dsn)
    other.avow("restore", events)
    assert "restore the keys, too" in other.err
    assert "1 people" in other.avow("restore", keys)


def test_after_re_wrapping_only_the_newest_keys_open(acme: Shell, bare_postgres_dsn: str) -> None:
    old_events, old_keys = copies(acme, "old")
    before = acme.avow("export", "-o", "acme")
    key = acme.folder / "data" / "key-encryption-key"
    kept = key.read_bytes()
    assert "The keys of 1 organisations were re-wrapped" in acme.avow("rewrap")
    assert "destroy older copies" in acme.err
    assert key.read_bytes() != kept
    assert acme.avow("export", "-o", "acme") == before
    other = Shell(acme.folder, bare_postgres_dsn)
    (acme.folder / "data" / "erased-people.jsonl").write_text("")
    other.avow("restore", old_events, old_keys)
    other.avow("export", "-o", "acme", exit=4)
    assert "restore the newest copy of the keys" in other.err
    assert not Path(f"{key}.next").exists()
