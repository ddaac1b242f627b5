"""Who follows the log by its cursor misses nothing, whatever is recorded at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from itertools import pairwise
from threading import Event
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from adapters.memory.recorder import MemoryRecorder
from adapters.postgres.recorder import PostgresRecorder
from application.ports import LedgerRecorder, PlacedEvent

WRITERS, APPENDS, EVENTS = 8, 40, 3
LOCK = "perform pg_advisory_xact_lock(1635151735);"
NEWEST = "select coalesce(max(e.id), 0) into last_id from avow.events as e;"


@pytest.fixture(params=["memory", "postgres"])
def ledger(request: pytest.FixtureRequest) -> Iterator[LedgerRecorder]:
    with ExitStack() as opened:
        if request.param == "memory":
            yield MemoryRecorder()
        else:
            yield opened.enter_context(PostgresRecorder.of(request.getfixturevalue("empty_postgres_dsn")))


def events(count: int = 1) -> list[StoredEvent]:
    stream = uuid4()
    return [StoredEvent(stream, version, "told", uuid4().bytes) for version in range(1, count + 1)]


def test_a_follower_sees_every_event_in_order_while_many_write(ledger: LedgerRecorder) -> None:
    organisations, done, seen = [uuid4() for _ in range(4)], Event(), list[PlacedEvent]()

    def follow() -> None:
        with ledger.listener() as listener:
            while True:
                finished = done.is_set()
                page = ledger.select_after(seen[-1].id if seen else 0, 50)
                seen.extend(page)
                if finished and not page:
                    return
                if not page:
                    listener.wait(0.05)

    def write(number: int) -> None:
        for append in range(APPENDS):
            ledger.insert_events(events(EVENTS), organisation=organisations[(number + append) % 4])

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        follower = threads.submit(follow)
        wait([threads.submit(write, number) for number in range(WRITERS)])
        done.set()
        follower.result()
    assert [event.id for event in seen] == list(range(1, WRITERS * APPENDS * EVENTS + 1))
    for organisation in organisations:
        mine = [event for event in seen if event.organisation == organisation]
        assert [event.position for event in mine] == list(range(1, len(mine) + 1))
        assert all(a.recorded_at < b.recorded_at for a, b in pairwise(mine))


class Followed:
    """One append that is slow to commit, another of another organisation beside it, and what a follower sees."""

    def __init__(self, dsn: str) -> None:
        self.seen: list[int] = []
        self.refused = False
        with PostgresRecorder.of(dsn) as recorder, psycopg.connect(dsn) as slow, ThreadPoolExecutor(1) as beside:
            _append(slow, uuid4())
            quick = beside.submit(recorder.insert_events, events(), organisation=uuid4())
            wait([quick], timeout=0.5)
            self._look(recorder)
            slow.commit()
            try:
                quick.result()
            except IntegrityError:
                self.refused = True
            self._look(recorder)
            self.recorded = [event.id for event in recorder.select_after(0, 10)]

    def _look(self, recorder: PostgresRecorder) -> None:
        self.seen += [event.id for event in recorder.select_after(max(self.seen, default=0), 10)]


def _append(connection: psycopg.Connection, organisation: UUID) -> None:
    connection.execute(
        """
        select avow.append(
            %s, array[%s]::uuid[], array[1], array['told'], array['\\x01']::bytea[], null,
            null, null, null, 201::smallint, '{}', '{}', '{}', '{}', '{}', '{}', '{}'
        )
        """,
        (organisation, uuid4()),
    )


def test_a_slow_commit_holds_the_next_append_back(empty_postgres_dsn: str) -> None:
    followed = Followed(empty_postgres_dsn)
    assert followed.seen == followed.recorded == [1, 2]
    assert not followed.refused


def test_without_the_lock_and_with_a_sequence_a_follower_misses_an_event(empty_postgres_dsn: str) -> None:
    """The control arm: what any recorder does that numbers events by a serial column and takes no lock."""
    with psycopg.connect(empty_postgres_dsn, autocommit=True) as connection:
        connection.execute("create sequence avow.cursor; grant usage on sequence avow.cursor to avow_appender")
        _change_append(connection, {LOCK: "", NEWEST: "last_id := nextval('avow.cursor') - 1;"})
    followed = Followed(empty_postgres_dsn)
    assert followed.recorded == [1, 2]
    assert followed.seen == [2]


def test_without_the_lock_alone_an_append_is_refused_and_no_event_is_missed(empty_postgres_dsn: str) -> None:
    """The second net: cursors that follow one another cannot be committed out of order."""
    with psycopg.connect(empty_postgres_dsn, autocommit=True) as connection:
        _change_append(connection, {LOCK: ""})
    followed = Followed(empty_postgres_dsn)
    assert followed.refused
    assert followed.seen == followed.recorded == [1]


def _change_append(connection: psycopg.Connection, changes: dict[str, str]) -> None:
    row = connection.execute("select pg_get_functiondef('avow.append'::regproc)").fetchone()
    assert row is not None
    text = str(row[0])
    for old, new in changes.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    connection.execute(text.encode())


def test_a_settled_head_waits_for_an_append_under_way(empty_postgres_dsn: str) -> None:
    organisation = uuid4()
    with (
        PostgresRecorder.of(empty_postgres_dsn) as recorder,
        psycopg.connect(empty_postgres_dsn) as slow,
        ThreadPoolExecutor(1) as beside,
    ):
        _append(slow, organisation)
        assert recorder.head(organisation) is None
        settled = beside.submit(recorder.head, organisation, settled=True)
        wait([settled], timeout=0.3)
        assert not settled.done()
        slow.commit()
        head = settled.result()
        assert head is not None
        assert head.position == 1


def test_a_listener_is_woken_and_survives_its_connection(empty_postgres_dsn: str) -> None:
    with PostgresRecorder.of(empty_postgres_dsn) as recorder, recorder.listener() as listener:
        assert not listener.wait(0.05)
        recorder.insert_events(events(), organisation=uuid4())
        assert listener.wait(5)
        with psycopg.connect(empty_postgres_dsn, autocommit=True) as administrator:
            administrator.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'avow-listener'"
            )
        assert listener.wait(5)
        while listener.wait(0.1):
            pass
        recorder.insert_events(events(), organisation=uuid4())
        assert listener.wait(5)
