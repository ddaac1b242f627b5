"""For every history and every moment the stored read model answers what the definition answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.postgres.connections import Database
from adapters.postgres.read_model import PostgresReadModel
from application import answers
from application.ledger import Ledger
from application.projections.model import ReadModel, Row
from application.projections.stored import StoredStates
from application.projector import Projector
from application.questions import Asked, Questions
from application.states import Definition, Moment, States
from domain.alignment import Alignment
from domain.catalogue import AGGREGATES
from domain.kernel import Word
from domain.scope import Scope
from tests.projections.generating import IDS, INSTANTS, Recording, Step, moments, steps
from tests.projections.keeping import CHANGED, MADE, event, ledger, record
from tests.projections.telling import DAYS, STRATEGIES, Act, acts, tell
from tests.support.stage import Stage

S = TypeVar("S")


@pytest.fixture(scope="module")
def keeping() -> Ledger:
    return ledger()


def differences(stored: States, definition: States, organisation: UUID, moment: Moment) -> Iterator[str]:
    """Where the two do not answer alike at one moment, for every kind and every narrowing."""
    for kind, aggregate in AGGREGATES.items():
        right = definition.states(aggregate, organisation, moment)
        found = stored.states(aggregate, organisation, moment)
        if list(found.items()) != list(right.items()):
            yield f"{kind} at {moment}: {found} instead of {right}"
        if not right:
            continue
        narrowings: list[dict[str, Any]] = [{"strategy": each} for each in IDS]
        narrowings += [{"subject": each} for each in IDS]
        narrowings += [{"strategy": IDS[0], "subject": IDS[1]}, {"streams": list(right)[:1]}, {"streams": []}]
        narrowings += [{"concerning": each} for each in ([], IDS[:1], IDS[1:3])]
        narrowings += [{"strategy": IDS[0], "concerning": IDS[1:3]}]
        for narrowing in narrowings:
            right = definition.states(aggregate, organisation, moment, **narrowing)
            found = stored.states(aggregate, organisation, moment, **narrowing)
            if list(found.items()) != list(right.items()):
                yield f"{kind} {narrowing} at {moment}: {found} instead of {right}"


@pytest.mark.slow
@pytest.mark.timeout(600)
@given(
    history=steps(),
    requests=st.lists(st.integers(1, 5), min_size=1),
    batches=st.lists(st.integers(1, 12), min_size=1),
    asked=st.lists(st.tuples(moments(), st.floats(0, 1)), min_size=1, max_size=6),
    kept=st.sampled_from([1, 2, 1000]),
)
def test_for_every_history_and_moment_both_answer_alike(
    keeping: Ledger,
    read_model: PostgresReadModel,
    history: list[Step],
    requests: list[int],
    batches: list[int],
    asked: list[tuple[datetime, float]],
    kept: int,
) -> None:
    organisation = uuid4()
    recorded = _record(keeping, organisation, history, requests)
    project(keeping, read_model, batches, kept)
    stored, definition = StoredStates(keeping, read_model), Definition(keeping)
    assert stored.position(organisation) == definition.position(organisation) == recorded
    for valid_at, share in asked:
        moment = Moment(valid_at, round(share * recorded))
        assert list(differences(stored, definition, organisation, moment)) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
@given(
    history=acts(),
    batches=st.lists(st.integers(1, 30), min_size=1),
    asked=st.lists(st.tuples(st.sampled_from(DAYS), st.floats(0, 1)), min_size=1, max_size=5),
    kept=st.sampled_from([1, 5, 1000]),
)
def test_the_alignment_derived_from_stored_states_is_that_of_the_definition(
    keeping: Ledger,
    read_model: PostgresReadModel,
    history: list[Act],
    batches: list[int],
    asked: list[tuple[str, float]],
    kept: int,
) -> None:
    stage = Stage(uuid4().hex, recorder=keeping.ledger_recorder)
    tell(stage, history)
    project(keeping, read_model, batches, kept)
    stored, definition = StoredStates(stage.ledger, read_model), Definition(stage.ledger)
    by_rows, by_events = Questions(stage.ledger, stored), Questions(stage.ledger, definition)
    newest = definition.position(stage.organisation)
    assert stored.position(stage.organisation) == newest
    for day, share in [*asked, (DAYS[-1], 1.0)]:
        moment = Moment(stage.day(day, end=True), round(share * newest))
        for aggregate in AGGREGATES.values():
            right_states = definition.states(aggregate, stage.organisation, moment)
            assert stored.states(aggregate, stage.organisation, moment) == right_states
        question = Asked(
            organisation=stage.organisation, moment=moment, known_at=None, founded=moment.position > 0, simulated=True
        )
        for strategy in STRATEGIES:
            for scope in (Scope(), Scope(unit=stage.unit("north")), Scope(rank="lead")):
                right = by_events.alignment(question, stage.strategy(strategy), scope)
                found = by_rows.alignment(question, stage.strategy(strategy), scope)
                assert found == right
                # Not only the same values: the same bytes are answered, in the same order.
                assert (found and _bytes(found)) == (right and _bytes(right))


def _bytes(found: Alignment) -> bytes:
    return msgspec.json.encode(answers.alignment(found))


def _record(keeping: Ledger, organisation: UUID, history: list[Step], requests: list[int]) -> int:
    recording = Recording(organisation)
    events = [each for step in history if (each := recording.event(step)) is not None]
    at = 0
    while at < len(events):
        size = requests[at % len(requests)]
        record(keeping, *events[at : at + size])
        at += size
    return len(events)


def project(keeping: Ledger, model: ReadModel, batches: Sequence[int] = (500,), kept: int = 1000) -> None:
    """Project all that is recorded, in batches of these sizes, keeping so many histories between them."""
    projector = Projector(keeping.ledger_recorder, keeping.mapper, model, histories=kept)
    with model.open() as session:
        assert session.lead()
        turn = 0
        while projector.project(session, batches[turn % len(batches)]):
            turn += 1


class IgnoresKnownTo(PostgresReadModel):
    """A control: takes rows for known that a later event closed."""

    def rows(self, kind: str, organisation: UUID, moment: Moment, **_: object) -> list[Row]:
        asked = [organisation, kind, moment.valid_at, moment.valid_at, moment.position]
        with self._database.connection() as connection:
            found = connection.execute(
                "select distinct on (stream) stream, state from avow_read.states where organisation = %s and kind = %s "
                "and valid_from <= %s and %s < valid_to and known_from <= %s order by stream, known_from",
                asked,
            )
            return [Row(stream, state) for stream, state in found]


class IgnoresValidTo(PostgresReadModel):
    """A control: takes the first of a stream's states for the one that is valid."""

    def rows(self, kind: str, organisation: UUID, moment: Moment, **_: object) -> list[Row]:
        asked = [organisation, kind, moment.valid_at, moment.position, moment.position]
        with self._database.connection() as connection:
            found = connection.execute(
                "select distinct on (stream) stream, state from avow_read.states where organisation = %s and kind = %s "
                "and valid_from <= %s and known_from <= %s and %s < known_to order by stream, valid_from",
                asked,
            )
            return [Row(stream, state) for stream, state in found]


@pytest.mark.parametrize("control", [IgnoresKnownTo, IgnoresValidTo])
def test_a_reader_that_ignores_one_end_of_a_row_is_found_out(
    keeping: Ledger, read_model: PostgresReadModel, projector_database: Database, control: type[PostgresReadModel]
) -> None:
    organisation = uuid4()
    record(
        keeping,
        event(organisation, 1, MADE, INSTANTS[1]),
        event(organisation, 2, CHANGED, INSTANTS[5]),
        event(organisation, 3, MADE, INSTANTS[2], word=Word.REPLACEMENT, fact=1),
    )
    project(keeping, read_model)
    definition, everywhere = Definition(keeping), [Moment(at, position) for at in INSTANTS[:7] for position in range(4)]
    for model, finds in [(read_model, False), (control(projector_database), True)]:
        stored = StoredStates(keeping, model)
        found = [each for moment in everywhere for each in differences(stored, definition, organisation, moment)]
        assert bool(found) is finds
