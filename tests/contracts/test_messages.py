"""The outbox: one contract for both stores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from adapters.memory.messages import MemoryMessages
from adapters.postgres.connections import Database
from adapters.postgres.messages import PostgresMessages
from application.messages import Choice, Message, MessageStore, Outcome
from domain.reminder import MessageKind

NOW = datetime(2026, 3, 19, 8, tzinfo=UTC)
HERE, ANN, BOB = uuid4(), uuid4(), uuid4()


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[MessageStore]:
    if request.param == "memory":
        yield MemoryMessages()
        return
    with Database(request.getfixturevalue("postgres_dsn"), "avow_writer", size=2) as writing:
        yield PostgresMessages(writing)


def message(**more: object) -> Message:
    said = {"organisation": HERE, "person": ANN, "day": date(2026, 3, 19), "made_at": NOW, "next_attempt_at": NOW}
    return Message(**{**said, **more})  # type: ignore[arg-type]  # each of its type


def test_there_is_one_message_to_a_person_on_a_day(store: MessageStore) -> None:
    here = uuid4()
    first = message(organisation=here)
    assert store.add(first)
    assert not store.add(replace(first, made_at=NOW + timedelta(hours=1)))
    assert store.add(replace(first, day=date(2026, 3, 20)))
    assert store.add(replace(first, person=BOB))
    assert [each.day for each in store.of(here, ANN)] == [date(2026, 3, 20), date(2026, 3, 19)]
    assert [each.day for each in store.of(here, ANN, 1)] == [date(2026, 3, 20)]


def test_what_is_due_is_told_until_it_came_to_its_end(store: MessageStore) -> None:
    here = uuid4()
    first, later = message(organisation=here), message(organisation=here, person=BOB, next_attempt_at=None)
    store.add(first)
    store.add(later)
    assert store.due(here, NOW - timedelta(seconds=1)) == []
    assert store.due(here, NOW) == [first]
    assert store.due(uuid4(), NOW) == []
    ended = replace(first, attempts=1, outcome=Outcome.SENT, ended_at=NOW, next_attempt_at=None, last_failure="x")
    assert store.keep(ended, attempts=0)
    assert (store.due(here, NOW), store.of(here, ANN)) == ([], [ended])


def test_one_worker_has_a_message_at_a_time(store: MessageStore) -> None:
    here = uuid4()
    first = message(organisation=here)
    store.add(first)
    tried = replace(first, attempts=1, next_attempt_at=NOW + timedelta(minutes=10))
    assert [store.keep(tried, attempts=0), store.keep(tried, attempts=0)] == [True, False]
    assert store.due(here, NOW) == []
    ended = replace(tried, outcome=Outcome.SENT, ended_at=NOW, next_attempt_at=None)
    assert store.keep(ended, attempts=1)
    assert not store.keep(tried, attempts=1)


def test_the_newest_choice_counts(store: MessageStore) -> None:
    here = uuid4()
    assert store.choice(here, ANN) is None
    chosen = Choice(off=frozenset({MessageKind.WORK, MessageKind.DUTIES}), language="de", zone="Europe/Paris", hour=0)
    store.choose(here, ANN, chosen)
    assert store.choice(here, ANN) == chosen
    store.choose(here, ANN, Choice())
    assert store.choice(here, ANN) == Choice()
    assert store.choice(uuid4(), ANN) is None


def test_what_is_kept_of_a_person_is_let_go_of(store: MessageStore) -> None:
    here = uuid4()
    for person in (ANN, BOB):
        store.add(message(organisation=here, person=person))
        store.choose(here, person, Choice(hour=6))
    store.forget(here, ANN)
    store.forget(here, ANN)
    assert (store.choice(here, ANN), store.of(here, ANN)) == (None, [])
    assert (store.choice(here, BOB), len(store.of(here, BOB))) == (Choice(hour=6), 1)
