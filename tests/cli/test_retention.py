"""`avow retention`, as an operator uses it; and the worker, which does the same."""

from __future__ import annotations

import json
import time

import pytest

from tests.cli.conftest import Shell
from tests.interchange.conftest import line, small_history

WORDS = "All calls within a day"


@pytest.fixture
def acme(shell: Shell) -> Shell:
    """Anna left in 2021; words are kept for a year."""
    more = [
        line("left", "person.left", "2021-03-01", person="anna"),
        line("schedule", "retention.set", "2021-04-01", kind="words", days=365),
    ]
    shell.avow("import", shell.write([*small_history(), *more]), "-o", "acme")
    return shell


def test_a_dry_run_tells_who_is_due_and_changes_nothing(acme: Shell) -> None:
    told = acme.json("retention", "acme", "--dry-run")
    (due,) = told["people"]
    assert told["schedule"][0] | {"since": None} == {"kind": "words", "days": 365, "since": None}
    assert (due["kinds"], due["erased"], due["position"], due["hold"]) == (["words"], False, None, None)
    assert due["left_at"].startswith("2021-02-28T23")
    text = acme.avow("retention", "acme", "--dry-run")
    assert "words: erased 365 days after a person left" in text
    assert "identity: kept" in text
    assert "1 people are due; nothing was erased: a dry run." in text
    assert WORDS in acme.avow("export", "-o", "acme")


def test_it_erases_what_is_due_once(acme: Shell) -> None:
    told = acme.avow("retention", "acme")
    assert "words erased (position " in told
    assert "1 people were erased." in told
    exported = acme.avow("export", "-o", "acme")
    assert WORDS not in exported
    assert '"anna"' in exported
    assert acme.json("retention", "acme")["people"] == []
    receipt = acme.json("erase", "anna", "-o", "acme", "--receipt")
    assert [(each["kinds"], each["reason"]) for each in receipt["erasures"]] == [(["words"], "retention")]


def test_a_legal_hold_stops_it_and_is_told(acme: Shell) -> None:
    acme.avow("hold", "anna", "-o", "acme", "--reason", "case 17", "--until", "2999-01-01")
    told = acme.avow("retention", "acme")
    assert "left 2021-03-01  words due, under a legal hold until 2999-01-01" in told
    assert "1 are due and under a legal hold; nothing of them was erased." in told
    assert acme.json("retention", "acme")["people"][0]["hold"]["until"].startswith("2998-12-31T23")
    assert WORDS in acme.avow("export", "-o", "acme")


def test_an_organisation_that_there_is_not_is_named(acme: Shell) -> None:
    acme.avow("retention", "nowhere", exit=1)
    assert "nowhere" in acme.err


def test_the_worker_erases_what_is_due(acme: Shell) -> None:
    worker = acme.start("worker")
    try:
        for _ in range(120):
            if json.loads(acme.avow("erase", "anna", "-o", "acme", "--receipt", "--json"))["erasures"]:
                break
            time.sleep(0.25)
        else:
            raise AssertionError("the worker did not come by")
    finally:
        worker.terminate()
        worker.communicate(timeout=30)
    assert WORDS not in acme.avow("export", "-o", "acme")
