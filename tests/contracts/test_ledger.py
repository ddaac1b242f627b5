"""Our own contract, for the ledger in PostgreSQL and its twin in memory alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from adapters.memory.recorder import MemoryRecorder
from adapters.postgres.recorder import PostgresRecorder
from application.ports import (
    Head,
    Idempotency,
    ImportedLine,
    KeyTaken,
    LedgerRecorder,
    LineRecord,
    Outcome,
    RequestAlreadyRecorded,
    SourceKey,
)

MICROSECOND = timedelta(microseconds=1)
LONG_AGO = datetime(2018, 11, 4, 20, 28, 43, tzinfo=UTC)


@pytest.fixture(params=["memory", "postgres"])
def ledger(request: pytest.FixtureRequest) -> Iterator[LedgerRecorder]:
    if request.param == "memory":
        yield MemoryRecorder()
    else:
        with PostgresRecorder.of(request.getfixturevalue("postgres_dsn")) as recorder:
            yield recorder


@pytest.fixture
def organisation() -> UUID:
    return uuid4()


def events(*versions: int, stream: UUID | None = None, topic: str = "told") -> list[StoredEvent]:
    stream = stream or uuid4()
    return [StoredEvent(stream, version, topic, f"{stream}/{version}/{uuid4()}".encode()) for version in versions]


def request(key: str = "k", actor: str = "token", fingerprint: bytes = b"print") -> Idempotency:
    return Idempotency(actor=actor, key=key, fingerprint=fingerprint)


def test_positions_are_gapless_in_each_organisation(ledger: LedgerRecorder, organisation: UUID) -> None:
    other = uuid4()
    assert [placed.position for placed in ledger.insert_events(events(1, 2), organisation=organisation)] == [1, 2]
    assert [placed.position for placed in ledger.insert_events(events(1), organisation=other)] == [1]
    taken = events(1)
    ledger.insert_events(taken, organisation=organisation)
    with pytest.raises(IntegrityError):
        ledger.insert_events(taken, organisation=organisation)
    assert [placed.position for placed in ledger.insert_events(events(1), organisation=organisation)] == [4]
    assert {organisation, other} <= set(ledger.organisations())
    assert ledger.organisations() == sorted(ledger.organisations())


def test_racing_writers_leave_no_gap_and_known_times_rise(ledger: LedgerRecorder, organisation: UUID) -> None:
    with ThreadPoolExecutor(8) as writers:
        placed = list(
            writers.map(lambda _: ledger.insert_events(events(1, 2, 3), organisation=organisation), range(40))
        )
    assert sorted(each.position for three in placed for each in three) == list(range(1, 121))
    assert all([a + 1 for a in three[:-1]] == list(three[1:]) for three in placed)
    told = ledger.select_positions(organisation)
    assert [event.position for event in told] == list(range(1, 121))
    assert all(a.recorded_at < b.recorded_at and a.id < b.id for a, b in pairwise(told))
    assert {each.position: each.recorded_at for three in placed for each in three} == {
        event.position: event.recorded_at for event in told
    }


def test_one_winner_a_version(ledger: LedgerRecorder, organisation: UUID) -> None:
    stream = uuid4()

    def race(_: int) -> str:
        try:
            ledger.insert_events(events(1, stream=stream), organisation=organisation)
        except IntegrityError:
            return "lost"
        return "won"

    with ThreadPoolExecutor(8) as racers:
        assert Counter(racers.map(race, range(32))) == {"won": 1, "lost": 31}
    assert len(ledger.select_stream(organisation, stream)) == 1


def test_all_or_nothing(ledger: LedgerRecorder, organisation: UUID) -> None:
    (taken,) = events(1)
    ledger.insert_events([taken], organisation=organisation)
    keys = [SourceKey("person", b"d", uuid4())]
    for bad in ([*events(1), taken], events(1, 1)):
        with pytest.raises(IntegrityError):
            ledger.insert_events(bad, organisation=organisation, idempotency=request(), keys=keys)
    assert len(ledger.select_positions(organisation)) == 1
    assert ledger.outcome(organisation, "token", "k") is None
    assert ledger.find_keys(organisation, [("person", b"d")]) == {}


def test_streams_of_one_id_in_two_organisations_are_two(ledger: LedgerRecorder, organisation: UUID) -> None:
    stream, other = uuid4(), uuid4()
    ledger.insert_events(events(1, stream=stream), organisation=organisation)
    ledger.insert_events(events(1, 2, stream=stream), organisation=other)
    assert [event.originator_version for event in ledger.select_stream(organisation, stream)] == [1]
    assert len(ledger.select_stream(other, stream)) == 2


def test_the_clock_tells_known_times(ledger: LedgerRecorder, organisation: UUID) -> None:
    assert ledger.head(organisation) is None
    before = ledger.now(organisation)
    placed = ledger.insert_events(events(1, 2, 3), organisation=organisation)
    assert before < placed[0].recorded_at <= ledger.now(organisation)
    assert [b.recorded_at - a.recorded_at for a, b in pairwise(placed)] == [MICROSECOND, MICROSECOND]
    assert placed[0].recorded_at.utcoffset() == timedelta(0)
    for settled in (False, True):
        assert ledger.head(organisation, settled=settled) == Head(3, placed[2].recorded_at)


def test_simulated_known_times_are_taken_and_made_to_rise(ledger: LedgerRecorder, organisation: UUID) -> None:
    day = timedelta(days=1)
    told = [LONG_AGO, LONG_AGO, LONG_AGO - day, LONG_AGO + day]
    first = ledger.insert_events(events(1, 2, 3, 4), organisation=organisation, known=told)
    assert [placed.recorded_at for placed in first] == [
        LONG_AGO,
        LONG_AGO + MICROSECOND,
        LONG_AGO + 2 * MICROSECOND,
        LONG_AGO + day,
    ]
    (second,) = ledger.insert_events(events(1), organisation=organisation, known=[LONG_AGO])
    assert second.recorded_at == LONG_AGO + day + MICROSECOND
    assert ledger.head(organisation) == Head(5, second.recorded_at)
    assert ledger.now(organisation) > second.recorded_at
    with pytest.raises(ValueError, match="as many known times"):
        ledger.insert_events(events(1), organisation=organisation, known=told)


def test_a_clock_behind_the_newest_known_time_pushes_on(ledger: LedgerRecorder, organisation: UUID) -> None:
    ahead = ledger.now(organisation) + timedelta(days=400)
    ledger.insert_events(events(1), organisation=organisation, known=[ahead])
    assert ledger.now(organisation) == ahead
    (placed,) = ledger.insert_events(events(1), organisation=organisation)
    assert placed.recorded_at == ahead + MICROSECOND


def test_positions_and_known_times_tell_each_other(ledger: LedgerRecorder, organisation: UUID) -> None:
    days = [LONG_AGO + timedelta(days=day) for day in range(5)]
    ledger.insert_events(events(1, 2, 3, 4, 5), organisation=organisation, known=days)
    assert [ledger.recorded_at(organisation, position) for position in range(7)] == [None, *days, None]
    assert ledger.position_at(organisation, LONG_AGO - MICROSECOND) == 0
    for position, day in enumerate(days, start=1):
        assert ledger.position_at(organisation, day) == position
        assert ledger.position_at(organisation, day + timedelta(hours=1)) == position
    assert ledger.position_at(uuid4(), days[4]) == 0


def test_a_repeated_request_is_answered_from_its_outcome(ledger: LedgerRecorder, organisation: UUID) -> None:
    a, b = uuid4(), uuid4()
    told = [*events(1, stream=a), *events(1, 2, stream=b)]
    ledger.insert_events(events(1), organisation=organisation)
    ledger.insert_events(told, organisation=organisation, idempotency=request(), status=202)
    outcome = Outcome(fingerprint=b"print", status=202, position=4, streams=(a, b), version=2)
    with pytest.raises(RequestAlreadyRecorded) as repeated:
        ledger.insert_events(events(1), organisation=organisation, idempotency=request(fingerprint=b"other"))
    assert repeated.value.outcome == outcome == ledger.outcome(organisation, "token", "k")
    assert ledger.outcome(organisation, "someone else", "k") is None
    assert ledger.outcome(uuid4(), "token", "k") is None
    ledger.insert_events(events(1), organisation=organisation, idempotency=request(actor="someone else"))
    ledger.insert_events(events(1), organisation=uuid4(), idempotency=request())
    assert ledger.head(organisation) == ledger.head(organisation, settled=True)
    assert len(ledger.select_positions(organisation)) == 5


def test_a_request_may_record_nothing_and_still_be_known(ledger: LedgerRecorder, organisation: UUID) -> None:
    ledger.insert_events(events(1), organisation=organisation)
    assert ledger.insert_events([], organisation=organisation, idempotency=request()) == []
    assert ledger.outcome(organisation, "token", "k") == Outcome(
        fingerprint=b"print", status=201, position=1, streams=(), version=0
    )


def test_of_32_parallel_repeats_one_takes_effect(ledger: LedgerRecorder, organisation: UUID) -> None:
    def repeat(_: int) -> str:
        try:
            ledger.insert_events(events(1), organisation=organisation, idempotency=request())
        except RequestAlreadyRecorded as repeated:
            return f"repeated {repeated.outcome.position}"
        return "recorded"

    with ThreadPoolExecutor(32) as racers:
        assert Counter(racers.map(repeat, range(32))) == {"recorded": 1, "repeated 1": 31}
    assert len(ledger.select_positions(organisation)) == 1


def test_a_source_key_belongs_to_one_record_of_its_kind(ledger: LedgerRecorder, organisation: UUID) -> None:
    key, again = SourceKey("person", b"digest", uuid4()), uuid4()
    ledger.insert_events(events(1), organisation=organisation, keys=[key])
    ledger.insert_events(events(1), organisation=organisation, keys=[key])
    ledger.insert_events(events(1), organisation=organisation, keys=[SourceKey("review", b"digest", again)])
    fresh, taken = SourceKey("person", b"fresh", uuid4()), SourceKey("person", b"digest", uuid4())
    with pytest.raises(KeyTaken) as refused:
        ledger.insert_events(events(1), organisation=organisation, keys=[fresh, taken], idempotency=request())
    assert refused.value.key == taken
    with pytest.raises(KeyTaken):
        ledger.insert_events(events(1), organisation=organisation, keys=[fresh, SourceKey("person", b"fresh", uuid4())])
    wanted = [("person", b"digest"), ("review", b"digest"), ("person", b"fresh")]
    assert ledger.find_keys(organisation, wanted) == {wanted[0]: key.id, wanted[1]: again}
    assert ledger.find_keys(uuid4(), wanted) == {}
    assert ledger.find_keys(organisation, []) == {}
    assert ledger.head(organisation) is not None
    assert len(ledger.select_positions(organisation)) == 3
    ledger.insert_events(events(1), organisation=uuid4(), keys=[taken])


def test_imported_lines_are_remembered_and_taken_once(ledger: LedgerRecorder, organisation: UUID) -> None:
    told = [*events(1), *events(7)]
    lines = [ImportedLine("goals", b"l2", b"f2", 1), ImportedLine("goals", b"l1", b"f1", 0)]
    ledger.insert_events(told, organisation=organisation, lines=lines)
    streams = [event.originator_id for event in told]
    assert ledger.find_lines(organisation, "goals", [b"l1", b"l2", b"l3"]) == {
        b"l1": LineRecord(b"f1", UUID(str(streams[0])), 1),
        b"l2": LineRecord(b"f2", UUID(str(streams[1])), 7),
    }
    assert ledger.find_lines(organisation, "another source", [b"l1"]) == {}
    assert ledger.find_lines(uuid4(), "goals", [b"l1"]) == {}
    assert ledger.find_lines(organisation, "goals", []) == {}
    with pytest.raises(IntegrityError):
        ledger.insert_events(events(1), organisation=organisation, lines=[ImportedLine("goals", b"l1", b"f", 0)])
    assert len(ledger.select_positions(organisation)) == 2


def test_streams_are_read_up_to_a_position_and_after_a_version(ledger: LedgerRecorder, organisation: UUID) -> None:
    a, b = uuid4(), uuid4()
    for stream, version in ((a, 1), (b, 1), (a, 2), (a, 3), (b, 2)):
        ledger.insert_events(events(version, stream=stream), organisation=organisation)
    assert [event.position for event in ledger.select_stream(organisation, a)] == [1, 3, 4]
    assert [event.position for event in ledger.select_stream(organisation, a, until=3)] == [1, 3]
    assert [event.position for event in ledger.select_stream(organisation, a, after_version=1)] == [3, 4]
    assert ledger.select_stream(organisation, a, after_version=1, until=2) == []
    assert ledger.select_stream(organisation, uuid4()) == []
    found = ledger.select_streams(organisation, [a, b, uuid4()], until=4)
    assert {stream: [event.position for event in told] for stream, told in found.items()} == {a: [1, 3, 4], b: [2]}
    assert ledger.select_streams(organisation, []) == {}
    assert ledger.select_streams(organisation, [b], until=1) == {}


def test_positions_are_read_in_pages_by_topic_and_backwards(ledger: LedgerRecorder, organisation: UUID) -> None:
    for number in range(6):
        ledger.insert_events(events(1, topic="even" if number % 2 else "odd"), organisation=organisation)

    def positions(**question: object) -> list[int]:
        return [event.position for event in ledger.select_positions(organisation, **question)]  # type: ignore[arg-type]

    assert positions() == [1, 2, 3, 4, 5, 6]
    assert positions(after=2, limit=2) == [3, 4]
    assert positions(after=2, until=5) == [3, 4, 5]
    assert positions(topics=["even"]) == [2, 4, 6]
    assert positions(topics=["even", "odd"], limit=1) == [1]
    assert positions(descending=True, limit=2) == [6, 5]
    assert positions(descending=True, until=4, after=1, topics=["odd"]) == [3]
    assert positions(limit=0) == []
    assert positions(topics=["never"]) == []


def test_the_cursor_runs_over_all_organisations(ledger: LedgerRecorder, organisation: UUID) -> None:
    start = ledger.max_notification_id() or 0
    ledger.insert_events(events(1, 2), organisation=organisation)
    ledger.insert_events(events(1), organisation=uuid4())
    told = ledger.select_after(start, 10)
    assert [event.id for event in told] == [start + 1, start + 2, start + 3]
    assert [event.position for event in told] == [1, 2, 1]
    assert told[0].organisation == organisation
    assert [event.id for event in ledger.select_after(start + 1, 1)] == [start + 2]
    assert ledger.select_after(start + 3, 10) == []


def test_thousands_of_events_are_one_append(ledger: LedgerRecorder, organisation: UUID) -> None:
    told = [event for _ in range(1_000) for event in events(1, 2, 3)]
    keys = [SourceKey("person", str(number).encode(), uuid4()) for number in range(1_000)]
    lines = [ImportedLine("file", str(number).encode(), b"f", number) for number in range(3_000)]
    placed = ledger.insert_events(told, organisation=organisation, keys=keys, lines=lines)
    assert [each.position for each in placed] == list(range(1, 3_001))
    assert [event.state for event in ledger.select_positions(organisation, limit=3_000)] == [e.state for e in told]
    assert len(ledger.find_lines(organisation, "file", [line.digest for line in lines])) == 3_000


def test_news_tell_head_present_and_what_was_recorded_behind_a_position(
    ledger: LedgerRecorder, organisation: UUID
) -> None:
    nothing = ledger.news(organisation)
    assert (nothing.head, list(nothing.events), nothing.outcome) == (None, [], None)
    placed = ledger.insert_events(events(1, 2, 3), organisation=organisation, idempotency=request())
    ledger.insert_events(events(1), organisation=uuid4())
    news = ledger.news(organisation, after=1, limit=10, request=("token", "k"))
    assert news.head == ledger.head(organisation)
    assert placed[-1].recorded_at <= news.now <= ledger.now(organisation)
    assert list(news.events) == ledger.select_positions(organisation, after=1)
    assert news.outcome == ledger.outcome(organisation, "token", "k")
    assert [each.position for each in ledger.news(organisation, after=0, limit=2).events] == [1, 2]
    assert list(ledger.news(organisation, after=3, limit=2).events) == []
    assert ledger.news(organisation, request=("token", "another")).outcome is None


def test_news_of_known_times_ahead_of_the_clock_are_no_earlier(ledger: LedgerRecorder, organisation: UUID) -> None:
    ahead = ledger.now(organisation) + timedelta(days=400)
    ledger.insert_events(events(1), organisation=organisation, known=[ahead])
    assert ledger.news(organisation).now == ahead


def test_looking_up_tells_records_by_key_and_the_events_of_all_asked_for(
    ledger: LedgerRecorder, organisation: UUID
) -> None:
    ann, bob, cy = uuid4(), uuid4(), uuid4()
    for stream in (ann, bob, cy):
        ledger.insert_events(
            events(1, 2, stream=stream), organisation=organisation, keys=[SourceKey("person", stream.bytes, stream)]
        )
    wanted = [("person", ann.bytes), ("person", b"nobody"), ("review", bob.bytes)]
    keys, streams = ledger.look_up(organisation, wanted, [cy, uuid4()])
    assert keys == {("person", ann.bytes): ann}
    assert streams == ledger.select_streams(organisation, [ann, cy])
    assert ledger.look_up(organisation, [], []) == ({}, {})
    assert ledger.look_up(uuid4(), wanted, [cy]) == ({}, {})
