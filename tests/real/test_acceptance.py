"""The real history, imported into PostgreSQL, gives the figures that follow straight from its source, on every date."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.crypto.keys import KeyEncryptionKey
from adapters.crypto.vault import KeyVault
from adapters.interchange.reading import HistoryFile
from adapters.mapper import EventMapper
from adapters.postgres.connections import Database
from adapters.postgres.keys import PostgresKeyStore
from adapters.postgres.read_model import PostgresReadModel
from adapters.postgres.recorder import PostgresRecorder
from adapters.postgres.staging import PostgresStaging
from application.desk import organisation_id
from application.importing import Import
from application.ledger import Ledger
from application.projections.stored import StoredStates
from application.projector import Projector
from application.questions import Questions
from tests.real.oracle import Oracle
from tests.real.product import Product
from tests.real.questions import QUESTIONS, Question
from tests.real.rust_goals import convert
from tests.support.postgres import database


@pytest.fixture(scope="module")
def product(rust_goals: Path, postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    path = tmp_path_factory.mktemp("rust") / "history.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as text:
        text.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in convert(rust_goals).lines)
    file = HistoryFile(path)
    with ExitStack() as open_:
        dsn = open_.enter_context(database(postgres_server))
        vault = KeyVault(open_.enter_context(PostgresKeyStore.of(dsn)), KeyEncryptionKey(bytes(32)))
        writer = open_.enter_context(Database(dsn, "avow_writer"))
        ledger = Ledger(PostgresRecorder(writer), EventMapper(), vault, uuid4)
        organisation = organisation_id(file.header.organisation)
        report = Import(
            ledger=ledger, staging=PostgresStaging(writer, organisation), organisation=organisation, header=file.header
        ).run(file.statements())
        assert (report.refused, report.recorded) == (0, report.lines)
        model = PostgresReadModel(open_.enter_context(Database(dsn, "avow_projector")))
        Projector(ledger.ledger_recorder, ledger.mapper, model).catch_up()
        yield Product(Questions(ledger, StoredStates(ledger, model)), organisation, vault)


@pytest.fixture(scope="module")
def oracle(rust_goals: Path) -> Oracle:
    return Oracle(rust_goals)


@pytest.mark.parametrize("as_known_then", [False, True], ids=["known now", "known then"])
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join((question.asks, *question.about)))
def test_avow_answers_as_the_source_does(
    product: Product, oracle: Oracle, question: Question, as_known_then: bool
) -> None:
    asked = replace(product, as_known_then=as_known_then)
    assert asked.answer(question) == oracle.answer(question)


def test_a_figure_that_was_answered_is_none_by_accident(oracle: Oracle) -> None:
    assert sum(bool(oracle.answer(question)) for question in QUESTIONS) > len(QUESTIONS) // 2
