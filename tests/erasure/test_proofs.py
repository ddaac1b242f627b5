"""Figures and proofs hold: before and after an erasure they are the same to the byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.crypto.notes import VerifierKey
from adapters.evidence.making import Wanted, make_pack
from adapters.evidence.packs import Pack
from adapters.evidence.verifying import verify
from adapters.http.presenting import encode, present
from application import answers
from application.catalogue import commands
from application.deciding import Entry, Request
from application.erasure import receipt, texts_of
from application.personal_record import person_record
from application.questions import Asked
from domain.kernel import Actor
from domain.scope import WHOLE
from tests.sample.imported import Imported


@pytest.fixture
def sample(tmp_path: Path) -> Imported:
    return Imported.into_memory(tmp_path)


def moments(sample: Imported) -> list[Asked]:
    days = (("2025-12-31", "2026-01-31"), ("2026-03-31", "2026-04-09"), ("2026-04-01", "2026-09-30"))
    ask = sample.installation.questions.ask
    return [
        ask(sample.organisation, *(datetime.fromisoformat(each).replace(tzinfo=UTC) for each in day)) for day in days
    ]


def everybody(sample: Imported, moment: Asked) -> list[UUID]:
    return sorted(sample.installation.questions.people(moment))


def erase(sample: Imported, people: list[UUID]) -> None:
    asked: Any = commands()["person.erased"]
    for person in people:
        entry = Entry(command=asked(person=str(person)), reason="request")
        request = Request(organisation=sample.organisation, id=uuid4(), actor=Actor(service="test"), entries=(entry,))
        sample.installation.ledger.execute(request)


def figures(sample: Imported) -> list[bytes]:
    strategy, questions = sample.id("strategy", "clear-signal"), sample.installation.questions
    found = []
    for moment in moments(sample):
        alignment = questions.alignment(moment, strategy, WHOLE)
        if alignment is not None:
            found.append(encode(answers.alignment(alignment)))
    return found


def pack(sample: Imported, **wanted: Any) -> Pack:
    return make_pack(sample.installation, sample.organisation, Wanted(**wanted))


def test_every_figure_is_the_same_to_the_byte(sample: Imported) -> None:
    before = figures(sample)
    assert len(before) >= 2
    erase(sample, everybody(sample, moments(sample)[-1]))
    assert figures(sample) == before


def test_every_leaf_and_every_checkpoint_is_the_same(sample: Imported) -> None:
    avow, id = sample.installation, sample.organisation
    held = avow.log.checkpoint(id)
    assert held is not None
    leaves = avow.ledger.ledger_recorder.leaves(id, 0, held.size)
    erase(sample, everybody(sample, moments(sample)[-1])[:5])
    assert avow.ledger.ledger_recorder.leaves(id, 0, held.size) == leaves
    grown = avow.log.checkpoint(id)
    assert grown is not None
    assert grown.size == held.size + 5
    key = VerifierKey.read(avow.log.signer.public(id))
    assert verify(pack(sample), key, [avow.log.note(held)]).holds


def test_packs_of_before_and_after_verify_and_show_the_same_state(sample: Imported) -> None:
    moment = moments(sample)[1]
    wanted = {"asked": moment, "strategy": sample.id("strategy", "clear-signal")}
    person = everybody(sample, moment)[0]
    key = VerifierKey.read(sample.installation.log.signer.public(sample.organisation))
    before, disclosed = pack(sample, **wanted), pack(sample, extract=True, asked=moment, person=person, disclose=True)
    mine = {each.commitment for each in texts_of(sample.installation.ledger, sample.organisation, person)}
    assert mine & {each.commitment for each in disclosed.disclosed}
    erase(sample, [person])
    after, left = pack(sample, **wanted), pack(sample, extract=True, asked=moment, person=person, disclose=True)
    assert verify(before, key).state == verify(after, key).state
    assert verify(before, key).holds
    assert verify(after, key).holds
    # A pack given away before still proves what it discloses; one made now discloses nothing of theirs, and holds.
    assert verify(disclosed, key).holds
    assert verify(left, key).holds
    told = receipt(sample.installation.ledger, sample.organisation, person)
    assert {each.commitment for each in told.texts} >= {
        each.commitment for each in disclosed.disclosed if each.commitment in mine
    }
    assert not mine & {each.commitment for each in left.disclosed}
    assert [each.leaf for each in left.items] == [each.leaf for each in disclosed.items]


def test_a_record_of_any_instant_shows_erased_and_is_else_as_it_was(sample: Imported) -> None:
    avow = sample.installation
    moment = moments(sample)[1]
    person = everybody(sample, moment)[0]

    def shown() -> Any:
        return present(person_record(avow.questions, moment, person), avow.vault, sample.organisation)

    before = shown()
    name = before["person"]["state"]["presences"][0]["name"]
    assert isinstance(name, str)
    erase(sample, [person])
    after = shown()
    assert after["person"]["state"]["presences"][0]["name"] == {"erased": True}
    assert json.dumps(name) not in json.dumps(after)

    def without_texts(value: Any) -> Any:
        match value:
            case {"erased": True}:
                return "text"
            case dict():
                return {key: without_texts(each) for key, each in value.items()}
            case list():
                return [without_texts(each) for each in value]
            case str():
                return "text"
            case _:
                return value

    assert without_texts(after) == without_texts(before)


def test_the_ballot_box_and_who_keeps_tokens_sign_ins_and_messages_are_told_of_every_erasure(sample: Imported) -> None:
    avow = sample.installation
    told = {id(each) for each in avow.ledger.keepers}
    assert {id(avow.ballots), id(avow.tokens), id(avow.sign_ins), id(avow.messages)} == told
