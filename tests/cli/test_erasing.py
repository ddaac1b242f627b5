"""`avow erase` and `avow hold`, as an operator uses them."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell
from tests.interchange.conftest import line, small_history

WHY = ("--reason", "request of 3 May", "--yes")


@pytest.fixture
def acme(shell: Shell) -> Shell:
    shell.avow("import", shell.write(small_history()), "-o", "acme")
    return shell


def test_a_person_is_erased_and_a_receipt_given(acme: Shell) -> None:
    before = acme.json("state", "-o", "acme", "-s", "2020", "--valid-at", "2020-06-30")["answer"]
    assert "All calls within a day" in acme.avow("export", "-o", "acme")
    told = acme.avow("erase", "anna", "-o", "acme", *WHY, "--by", "ben")
    assert "Erased identity and words on " in told
    assert "texts open no more" in told
    assert "person.joined name  " in told
    assert "Backups lose them by " in told
    exported = acme.avow("export", "-o", "acme")
    assert "All calls within a day" not in exported
    assert "request of 3 May" in exported
    after = acme.json("state", "-o", "acme", "-s", "2020", "--valid-at", "2020-06-30")["answer"]
    assert after == before

    again = acme.json(
        "erase", acme.json("erase", "anna", "-o", "acme", "--receipt")["person"], "-o", "acme", "--receipt"
    )
    assert [each["kinds"] for each in again["erasures"]] == [["identity", "words"]]
    assert again["erasures"][0]["actor"]
    acme.avow("erase", "anna", "-o", "acme", *WHY, exit=1)
    assert "erased already" in acme.err
    new = acme.write([{**small_history()[0]}, line("new", "rank.held", "2020-07-01", person="anna", rank="x")], "new")
    assert "1 lines are about people who were erased and were passed over: 2." in acme.avow("import", new, "-o", "acme")


def test_nothing_is_erased_without_a_yes_a_reason_or_a_person(acme: Shell) -> None:
    acme.avow("erase", "anna", "-o", "acme", "--reason", "x", exit=1)
    acme.avow("erase", "anna", "-o", "acme", "--yes", exit=1)
    assert "needs a reason" in acme.err
    acme.avow("erase", "nobody", "-o", "acme", *WHY, exit=1)
    assert "there is no person 'nobody'" in acme.err
    assert "Nothing was erased." in acme.avow("erase", "anna", "-o", "acme", "--receipt")


def test_one_kind_of_text(acme: Shell) -> None:
    told = acme.json("erase", "anna", "-o", "acme", "--kind", "words", *WHY)
    assert {each["kind"] for each in told["texts"]} == {"words"}
    assert '"anna"' in acme.avow("export", "-o", "acme")


def test_a_hold_stops_an_erasure(acme: Shell) -> None:
    acme.avow("hold", "anna", "-o", "acme", "--reason", "case 17", "--until", "2999-01-01")
    acme.avow("erase", "anna", "-o", "acme", *WHY, exit=1)
    assert "legal hold" in acme.err
    acme.avow("hold", "anna", "-o", "acme", "--reason", "over", "--release", "--until", "2999-01-01", exit=2)
    acme.avow("hold", "anna", "-o", "acme", "--reason", "over", "--release")
    acme.avow("erase", "anna", "-o", "acme", *WHY)


def test_everything_held_on_a_person_is_written_out(acme: Shell) -> None:
    path = acme.folder / "anna.txt"
    acme.avow("subject-access", "anna", "-o", "acme", "--output", str(path))
    assert path.stat().st_mode & 0o077 == 0
    told = path.read_text()
    for part in ("Everything that Acme holds on you", "name: Anna", "All calls within a day", "source: files"):
        assert part in told
    acme.avow("subject-access", "anna", "-o", "acme", "--output", str(path), exit=2)
    data = acme.json("subject-access", "anna", "-o", "acme")
    assert set(data["statements"]) >= {"person", "commitment", "strategy"}
    assert data["person"]["presences"][0]["name"] == "Anna"
