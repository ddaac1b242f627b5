"""The projector in operation: it follows, hands over, survives, stops where it must, and rebuilds beside."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event as Signal
from threading import Thread
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, Tracking

from adapters.mapper import EventMapper
from adapters.postgres.connections import Database
from adapters.postgres.read_model import PostgresReadModel
from adapters.postgres.recorder import PostgresRecorder
from application.ledger import Ledger
from application.projections.lag import lag
from application.projections.model import LeadLost, PositionNotProjected, ReadModelOutdated
from application.projections.stored import StoredStates
from application.projector import ProjectionStopped, Projector
from application.states import Definition, Moment
from domain.catalogue import CATALOGUE
from domain.commitment import COMMITMENT
from domain.organisation import OrganisationFounded
from tests.projections.keeping import CHANGED, MADE, START, commitments, event, ledger, record

SOON = START + timedelta(days=2)


@dataclass
class Place:
    """A store of its own with its read model."""

    dsn: str
    keeping: Ledger
    model: PostgresReadModel
    organisation: UUID

    def projector(self, mapper: EventMapper | None = None, batch: int = 10) -> Projector:
        return Projector(self.keeping.ledger_recorder, mapper or EventMapper(), self.model, batch=batch)

    def found(self) -> None:
        founded = OrganisationFounded(name="Example", zone="UTC")
        record(self.keeping, event(self.organisation, 1, founded, START, stream=self.organisation))

    def record(self, first: int, last: int) -> int:
        return record(self.keeping, *commitments(self.organisation, first, last)).position

    def states(self) -> StoredStates:
        return StoredStates(self.keeping, self.model, patience=20)

    def be_right(self) -> None:
        stored, definition = self.states(), Definition(self.keeping)
        newest = definition.position(self.organisation)
        assert stored.position(self.organisation) == newest
        assert self.model.live().events == sum(self.model.positions().values())
        for position in range(0, newest + 1, max(1, newest // 7)):
            for valid_at in (START, SOON):
                moment = Moment(valid_at, position)
                found = stored.states(COMMITMENT, self.organisation, moment)
                assert found == definition.states(COMMITMENT, self.organisation, moment)

    def execute(self, query: str, *parameters: object) -> list[tuple[object, ...]]:
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            found = connection.execute(query.encode(), parameters)
            return found.fetchall() if found.description else []

    def end_sessions(self) -> int:
        """Cut every connection that writes the read model."""
        return len(
            self.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
                "and pid in (select pid from pg_locks where locktype = 'advisory')"
            )
        )


@pytest.fixture
def place(empty_postgres_dsn: str) -> Iterator[Place]:
    with (
        PostgresRecorder.of(empty_postgres_dsn) as recorder,
        Database(empty_postgres_dsn, "avow_projector") as database,
    ):
        yield Place(empty_postgres_dsn, ledger(recorder), PostgresReadModel(database), uuid4())


@contextmanager
def following(projector: Projector) -> Iterator[Thread]:
    stop = Signal()
    thread = Thread(target=projector.run, args=[stop])
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join()


def test_the_projector_follows_what_is_recorded(place: Place) -> None:
    with following(place.projector()):
        for turn in range(3):
            assert place.states().wait_for(place.organisation, place.record(turn, turn + 1))
    place.be_right()


def test_a_session_is_woken_by_what_is_recorded_after_it_was_opened(place: Place) -> None:
    with place.model.open() as session:
        place.record(0, 1)
        began = time.monotonic()
        session.wait(30)
        assert time.monotonic() - began < 15


def test_of_two_workers_one_leads_until_its_connection_ends(place: Place) -> None:
    with place.model.open() as first, place.model.open() as second:
        assert first.lead()
        assert not second.lead()
        assert place.end_sessions() == 1
        until = time.monotonic() + 20
        while not second.lead() and time.monotonic() < until:
            time.sleep(0.01)
        assert second.lead()


def test_another_worker_takes_over_when_the_active_one_is_cut_off(place: Place) -> None:
    with following(place.projector()), following(place.projector()):
        assert place.states().wait_for(place.organisation, place.record(0, 20))
        place.end_sessions()
        assert place.states().wait_for(place.organisation, place.record(20, 40))
    place.be_right()


def test_a_batch_that_is_cut_off_half_written_is_stored_once(place: Place) -> None:
    place.record(0, 4)
    place.projector().catch_up()
    place.record(4, 30)
    with psycopg.connect(place.dsn) as blocking:
        # The rows of a batch are written before its positions: there it waits for us, and there it is cut off.
        blocking.execute("lock table avow_read.positions in exclusive mode")
        with following(place.projector()):
            until = time.monotonic() + 20
            waiting = "select pid from pg_locks where not granted and relation = 'avow_read.positions'::regclass"
            while not place.execute(waiting) and time.monotonic() < until:
                time.sleep(0.01)
            assert place.end_sessions() == 1
            assert place.model.position(place.organisation) == 8
            blocking.rollback()
            assert place.states().wait_for(place.organisation, 60)
    place.be_right()


def test_who_lost_the_lead_cannot_write(place: Place) -> None:
    place.record(0, 20)
    late, early = place.projector(), place.projector()
    with place.model.open() as first, place.model.open() as second:
        version = first.version()
        folded = late.folder.fold(place.keeping.ledger_recorder.select_after(0, 10))
        assert early.project(second) == 10
        with pytest.raises(LeadLost):
            first.write(folded.changes, version, late.fingerprint)
        assert late.project(first) == 10
    early.catch_up()
    place.be_right()


def test_an_event_that_cannot_be_handled_stops_the_projection_before_it(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.found()
    record(place.keeping, event(place.organisation, 1, MADE, START))
    record(place.keeping, event(place.organisation, 2, CHANGED, START))
    place.record(0, 6)
    known_to_an_older_edition = {topic: content for topic, content in CATALOGUE.items() if topic != CHANGED.TOPIC}
    for _ in range(2):
        with pytest.raises(ProjectionStopped, match="event 3 of organisation"):
            place.projector(EventMapper(known_to_an_older_edition)).run(Signal())
    found = lag(place.keeping, place.model, place.organisation)
    assert (found.position, found.events) == (2, 13)
    assert found.alarm is not None
    assert found.alarm.cursor == 3
    assert CHANGED.TOPIC in found.alarm.reason
    assert [each.levelname for each in caplog.records] == ["CRITICAL", "CRITICAL"]
    place.projector().catch_up()
    assert lag(place.keeping, place.model, place.organisation).alarm is None
    place.be_right()


def test_rows_that_somebody_tampered_with_stop_the_projection_and_a_rebuild_mends_them(place: Place) -> None:
    place.record(0, 3)
    record(place.keeping, event(place.organisation, 1, MADE, START))
    place.projector().catch_up()
    place.execute("delete from avow_read.states where stream = %s", UUID(int=7))
    record(place.keeping, event(place.organisation, 2, CHANGED, SOON))
    with pytest.raises(ProjectionStopped, match="ReadModelDamaged"):
        place.projector().run(Signal())
    assert place.projector().rebuild()
    place.be_right()


def test_a_position_not_projected_yet_is_not_answered(place: Place) -> None:
    position = place.record(0, 2)
    stored = StoredStates(place.keeping, place.model, patience=0)
    assert not stored.wait_for(place.organisation, position)
    with pytest.raises(PositionNotProjected):
        stored.states(COMMITMENT, place.organisation, Moment(SOON, position))
    assert stored.states(COMMITMENT, place.organisation, Moment(SOON, 0)) == {}


def test_lag_counts_events_and_their_age(place: Place) -> None:
    place.found()
    place.record(0, 2)
    found = lag(place.keeping, place.model, place.organisation)
    assert (found.events, found.position, found.alarm) == (5, 0, None)
    assert found.seconds is not None
    assert 0 <= found.seconds < 60
    place.projector().catch_up()
    found = lag(place.keeping, place.model, place.organisation)
    assert (found.events, found.position, found.seconds) == (0, 5, 0.0)


def test_a_rebuild_goes_on_while_events_are_recorded_followed_and_read(place: Place) -> None:
    place.record(0, 60)
    place.projector().catch_up()
    fixed, stop, wrong = Moment(SOON, 50), Signal(), list[object]()
    right = Definition(place.keeping).states(COMMITMENT, place.organisation, fixed)

    def write() -> None:
        number = 60
        while not stop.is_set():
            place.record(number, number + 1)
            number += 1
            stop.wait(0.02)

    def read() -> None:
        newest = 0
        while not stop.is_set():
            stored = place.states()
            position = stored.position(place.organisation)
            if position < newest or stored.states(COMMITMENT, place.organisation, fixed) != right:
                wrong.append((newest, position))
            newest = position

    threads = [Thread(target=write), Thread(target=read)]
    with following(place.projector()):
        for thread in threads:
            thread.start()
        for _ in range(3):
            before = place.model.live().slot
            assert place.projector(batch=20).rebuild()
            assert place.model.live().slot != before
        stop.set()
        for thread in threads:
            thread.join()
        head = place.keeping.ledger_recorder.head(place.organisation)
        assert head is not None
        assert place.states().wait_for(place.organisation, head.position)
    assert wrong == []
    place.be_right()
    assert len(place.execute("select slot from avow_read.states group by slot")) == 1
    assert len(place.execute("select slot from avow_read.concerns group by slot")) <= 1


def test_an_interrupted_rebuild_goes_on_where_it_ended(place: Place) -> None:
    place.record(0, 30)
    place.projector().catch_up()
    stop, steps = Signal(), list[tuple[int, int]]()

    def interrupt(done: int, of: int) -> None:
        steps.append((done, of))
        stop.set()

    assert not place.projector().rebuild(interrupt, stop)
    assert steps == [(10, 60)]
    assert place.projector().rebuild(lambda done, of: steps.append((done, of)))
    assert steps == [(10, 60), (20, 60), (30, 60), (40, 60), (50, 60), (60, 60)]
    place.be_right()


def test_rows_of_another_edition_are_neither_read_nor_written_and_a_rebuild_replaces_them(place: Place) -> None:
    place.record(0, 3)
    place.projector().catch_up()
    place.execute("update avow_read.versions set fingerprint = 'another' where status = 'live'")
    with pytest.raises(ReadModelOutdated):
        place.states().position(place.organisation)
    with pytest.raises(ProjectionStopped, match="avow rebuild"):
        place.projector().catch_up()
    assert place.projector().rebuild()
    place.be_right()


def test_one_rebuild_at_a_time(place: Place) -> None:
    place.record(0, 3)
    with place.model.open_building(place.projector().fingerprint):
        assert not place.projector().rebuild()
    assert place.projector().rebuild()


def test_the_read_model_tracks_under_the_librarys_names(place: Place) -> None:
    assert place.model.max_tracking_id("avow") is None
    place.record(0, 3)
    place.projector().catch_up()
    assert place.model.max_tracking_id("avow") == 6
    place.model.wait("avow", 6)
    with pytest.raises(TimeoutError):
        place.model.wait("avow", 7, timeout=0.01)
    with pytest.raises(IntegrityError):
        place.model.insert_tracking(Tracking("avow", 6))
    place.model.insert_tracking(Tracking("avow", 7))
    assert place.model.max_tracking_id("avow") == 7
