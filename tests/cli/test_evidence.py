"""`avow evidence`, `verify`, `verifier` and `log`, as an operator and an auditor use them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from adapters.evidence.packs import PackUnreadable, read_pack
from tests.cli.conftest import Shell
from tests.interchange.conftest import small_history
from tests.support.witness import LocalWitness


@pytest.fixture
def acme(shell: Shell) -> Shell:
    shell.avow("import", shell.write(small_history()), "-o", "acme")
    return shell


def test_a_pack_goes_from_operator_to_auditor(acme: Shell) -> None:
    pack, key, held, alone = (str(acme.folder / name) for name in ("p.avow-evidence", "log.key", "held.txt", "v.pyz"))
    Path(key).write_text(acme.avow("log", "key", "-o", "acme"))
    Path(held).write_text(acme.avow("log", "checkpoint", "-o", "acme"))
    assert "complete, " in acme.avow("evidence", "-o", "acme", "-s", "2020", "--valid-at", "2020-04-30", pack)
    assert "Nothing was disproved" in acme.avow("verify", pack, "--key", key, "--checkpoint", held)
    report = acme.json("verify", pack, "--key", key)
    assert report["holds"] is True
    assert len(report["state"]["parties/people/committed"]) == 1
    acme.avow("verifier", alone)
    done = subprocess.run([sys.executable, alone, pack, "--key", key], capture_output=True, text=True, check=False)
    assert (done.returncode, "Nothing was disproved" in done.stdout) == (0, True)
    Path(held).write_text(Path(held).read_text().replace("log", "lag", 1).replace("avow", "avov"))
    acme.avow("verify", pack, "--key", key, "--checkpoint", held, exit=1)
    acme.avow("verify", held, "--key", key, exit=2)
    assert (acme.folder / "data" / "log-key").stat().st_mode & 0o777 == 0o600


def test_an_extract_shows_what_was_chosen(acme: Shell) -> None:
    for name, more in {
        "person": ["--person", "anna", "--disclose"],
        "span": ["--positions", "2-3"],
        "one": ["--positions", "2"],
        "state": ["--extract", "-s", "2020", "--valid-at", "2020-04-30", "--known-at", "12"],
        "rank": ["--extract", "-s", "2020", "--rank", "clerk", "--valid-at", "2020-04-30"],
        "figure": ["-s", "2020", "--figure", "population/units"],
    }.items():
        assert "extract" in acme.avow("evidence", "-o", "acme", *more, str(acme.folder / name))
    assert [each.leaf.position for each in read_pack(acme.folder / "span").items] == [2, 3]
    assert (read_pack(acme.folder / "rank").question or {})["rank"] == "clerk"
    assert "Anna" in [each.text for each in read_pack(acme.folder / "person").disclosed]
    assert len(read_pack(acme.folder / "one").items) == 1
    with pytest.raises(PackUnreadable):
        read_pack(acme.folder / "history.jsonl")


@pytest.mark.parametrize(
    "more",
    [["--figure", "population/people"], ["--extract"], ["--positions", "x"], ["--positions", "0-2"],
     ["--person", "anna", "--positions", "1"]],
)  # fmt: skip
def test_what_is_not_clear_is_asked_again(acme: Shell, more: list[str]) -> None:
    acme.avow("evidence", "-o", "acme", *more, str(acme.folder / "p"), exit=2)
    assert not (acme.folder / "p").exists()


def test_an_organisation_that_is_not_here_has_no_evidence(acme: Shell) -> None:
    acme.avow("evidence", "-o", "nowhere", str(acme.folder / "p"), exit=1)


def test_a_worker_signs_the_history_and_has_it_witnessed(acme: Shell) -> None:
    with LocalWitness("one.example") as first, LocalWitness("two.example") as second:
        policy = acme.folder / "policy"
        policy.write_text("".join(each.knows(acme.avow("log", "key", "-o", "acme")).policy for each in (first, second)))
        worker = acme.start("worker", AVOW_WITNESSES=str(policy))
        try:
            deadline = time.monotonic() + 30
            while not (first.notes and second.notes):
                assert worker.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.1)
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.communicate(timeout=30)
        assert worker.returncode == 0
        pack, key, held = (acme.folder / name for name in ("p", "log.key", "held.txt"))
        key.write_text(acme.avow("log", "key", "-o", "acme"))
        held.write_text(first.notes[0])
        acme.avow("evidence", "-o", "acme", str(pack))
        asked = ("--key", str(key), "--checkpoint", str(held), "--witnesses", str(policy))
        told = acme.avow("verify", str(pack), *asked)
        assert "the witness one.example signed it too" in told
        assert "the witness two.example signed it too" in told
