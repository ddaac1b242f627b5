"""The transparency log over HTTP: what an auditor takes home verifies there."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.crypto.notes import Note, VerifierKey
from adapters.crypto.proofs import proof_holds
from application.transparency import Cosignature, leaf_of
from domain.transparency import consistent, includes
from tests.support.api import Api

Json = Any


def ask(api: Api, path: str) -> Json:
    response = api.as_("auditor").get(path)
    assert response.status_code == 200, response.json
    return response.json if response.mimetype == "application/json" else response.text


def grow(api: Api, *units: str) -> None:
    for unit in units:
        assert api.as_("administrator").post("units", {"unit": unit, "name": unit, "kind": "team"}).status_code == 201
    api.installation.log.checkpoint(api.organisation)


def decoded(hashes: list[str]) -> list[bytes]:
    return [b64decode(each) for each in hashes]


def test_the_newest_checkpoint_is_a_note_that_the_log_s_key_verifies(api: Api) -> None:
    grow(api, "a", "b")
    response = api.as_("auditor").get("log/checkpoint")
    assert response.mimetype == "text/plain"
    note, key = Note.read(response.text), VerifierKey.read(ask(api, "log/key"))
    assert key.verifies(note)
    assert note.checkpoint.size == 3
    again = api.client.get(f"{api.root}/log/checkpoint", headers=api.headers(If_None_Match=response.headers["ETag"]))
    assert again.status_code == 304


def test_an_event_s_inclusion_is_proven(api: Api) -> None:
    grow(api, "a", "b", "c", "d")
    placed = api.installation.ledger.ledger_recorder.select_positions(api.organisation, after=1, limit=1)
    (leaf,) = [leaf_of(each).hash for each in placed]
    found = ask(api, "log/inclusion?position=2")["answer"]
    assert b64decode(found["leaf_hash"]) == leaf
    assert (found["size"], found["index"]) == (5, 1)
    assert includes(b64decode(found["root"]), 5, 1, leaf, decoded(found["proof"]))
    key = VerifierKey.read(ask(api, "log/key"))
    text = ask(api, "log/proof?position=2")
    assert proof_holds(text, leaf, key) == 2
    assert proof_holds(text, bytes(32), key) is None
    assert proof_holds(text.replace("index 1", "index 2"), leaf, key) is None
    assert proof_holds(text.replace("\n5\n", "\n6\n"), leaf, key) is None
    assert proof_holds("", leaf, key) is None


def test_that_nothing_was_changed_between_two_checkpoints_is_proven(api: Api) -> None:
    grow(api, "a", "b")
    kept = Note.read(ask(api, "log/checkpoint")).checkpoint
    grow(api, "c", "d", "e")
    found = ask(api, f"log/consistency?from={kept.size}")["answer"]
    later = Note.read(ask(api, "log/checkpoint")).checkpoint
    assert (b64decode(found["from"]["root"]), b64decode(found["to"]["root"])) == (kept.root, later.root)
    assert consistent(kept.size, kept.root, later.size, later.root, decoded(found["proof"]))


def test_it_is_told_how_old_the_newest_checkpoint_is_that_a_witness_holds(api: Api) -> None:
    grow(api, "a")
    assert ask(api, "log/checkpoints")["present"] == {"held_outside": None}
    log = api.installation.log
    line = Cosignature(size=2, witness="w.example", signed_at=datetime.now(UTC), line="— w.example AAAAAAAA\n")
    log.store.add_cosignatures(api.organisation, log.signer.key, [line])
    grow(api, "b", "c")
    grow(api, "d")
    found = ask(api, "log/checkpoints")
    assert [each["size"] for each in found["answer"]] == [2, 4, 5]
    assert found["answer"][0]["witnesses"][0]["name"] == "w.example"
    assert found["answer"][0]["note"].endswith(line.line)
    held = found["present"]["held_outside"]
    assert (held["size"], held["witness"], held["events_since"]) == (2, "w.example", 3)
    assert 0 <= held["age_seconds"] < 60
    first = api.as_("auditor").get("log/checkpoints?page_size=2")
    following = first.headers["Link"].split(">")[0].removeprefix("<")
    assert [each["size"] for each in ask(api, following)["answer"]] == [5]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("log/inclusion?position=9", 404),
        ("log/inclusion?position=1&size=2", 404),
        ("log/inclusion?position=0", 422),
        ("log/inclusion", 422),
        ("log/proof?position=x", 422),
        ("log/consistency?from=9", 404),
        ("log/consistency?from=1&to=77", 404),
        ("log/checkpoint?valid_at=2026-01-01", 422),
    ],
)
def test_what_cannot_be_proven_is_said(api: Api, path: str, status: int) -> None:
    grow(api, "a", "b")
    assert api.as_("auditor").get(path).status_code == status
