"""Retention on PostgreSQL: every rule that holds in memory, and the worker and two runs at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from adapters.postgres.recorder import PostgresRecorder
from application.retention import look
from domain.erasure import PersonErased
from tests.application.test_retention import TestCarryingOut, TestLegalHold, TestSchedule, TestWhoIsDue, peopled, today
from tests.support.stage import Stage

__all__ = ["TestCarryingOut", "TestLegalHold", "TestSchedule", "TestWhoIsDue"]


@pytest.fixture
def stage(postgres_dsn: str) -> Iterator[Stage]:
    with PostgresRecorder.of(postgres_dsn) as recorder:
        yield peopled(Stage(f"org-{uuid4()}", recorder=recorder))


def test_two_runs_at_once_erase_each_person_once(stage: Stage) -> None:
    people = [f"p{number}" for number in range(8)]
    for person in people:
        stage.say("person.joined", "2026-01-05", person=person, name=person)
    for person in people:
        stage.say("person.left", "2026-03-01", person=person)
    today(stage, "2026-04-01")
    with ThreadPoolExecutor(2) as both:
        runs = list(both.map(lambda _: look(stage.ledger, stage.organisation), range(2)))
    erased = stage.ledger.ledger_recorder.select_positions(stage.organisation, topics=[PersonErased.TOPIC])
    assert {each.originator_id for each in erased} == {stage.person(each) for each in people}
    assert len(erased) == len(people)
    made = [each for run in runs for each in run.people if each.position is not None]
    assert len(made) == len(people)
