"""`avow close`: exported first, then gone for good; other organisations stay as they are."""

from __future__ import annotations

import gzip

import psycopg
import pytest

from tests.cli.conftest import Shell
from tests.interchange.conftest import small_history


@pytest.fixture
def both(shell: Shell) -> Shell:
    for key in ("acme", "other"):
        lines = [{**each, "organisation": key} if "organisation" in each else each for each in small_history()]
        shell.avow("import", shell.write(lines, key), "-o", key)
    return shell


def rows(shell: Shell, table: str) -> dict[str, int]:
    with psycopg.connect(shell.dsn) as connection:
        found = connection.execute(f"select organisation::text, count(wrapped) from {table} group by 1".encode())  # noqa: S608
        return dict(found.fetchall())


def test_it_is_exported_and_then_everything_says_gone(both: Shell, bare_postgres_dsn: str) -> None:
    kept, other = both.avow("export", "-o", "acme"), both.avow("export", "-o", "other")
    path = both.folder / "last.jsonl.gz"
    keys = rows(both, "avow_keys.data_keys")
    assert len(keys) == 2
    assert "Closed." in both.avow("close", "acme", "--export", str(path), "--yes")
    assert gzip.decompress(path.read_bytes()).decode() == kept
    for command in (
        ("export", "-o", "acme"), ("state", "-o", "acme", "-s", "2020"), ("erase", "anna", "-o", "acme", "--receipt"),
        ("import", both.write(small_history()), "-o", "acme"), ("close", "acme", "--export", "again", "--yes"),
        ("token", "create", "-o", "acme", "--name", "x", "--role", "auditor"),
    ):  # fmt: skip
        both.avow(*command, exit=1)
        assert "was closed" in both.err, command
    left = rows(both, "avow_keys.data_keys")
    assert list(left.items()) == [each for each in keys.items() if each[0] in left]
    assert len(left) == 1
    assert sorted(rows(both, "avow_keys.organisations").values()) == [0, 1]
    assert len(rows(both, "avow_keys.secrets")) == 1
    assert both.avow("export", "-o", "other") == other
    assert "The keys of 2 organisations" in both.avow("rewrap")
    assert both.avow("export", "-o", "other") == other


def test_nothing_is_closed_without_an_export_and_a_yes(both: Shell) -> None:
    both.avow("close", "acme", "--yes", exit=2)
    there = both.folder / "there"
    there.write_text("precious")
    both.avow("close", "acme", "--export", str(there), "--yes", exit=2)
    assert there.read_text() == "precious"
    both.avow("close", "acme", "--export", str(both.folder / "new"), exit=1)
    both.avow("close", "nobody", "--export", str(both.folder / "new"), "--yes", exit=1)
    assert both.avow("export", "-o", "acme")
