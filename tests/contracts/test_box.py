"""The ballot box: one contract for the box in memory and for PostgreSQL's, and what PostgreSQL holds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from threading import Barrier, Thread
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.crypto.box import SEALED_BYTES, BoxKeys, BoxStore, SealedBox
from adapters.crypto.keys import KeyEncryptionKey
from adapters.crypto.slips import SLIP_BYTES, Request, Slip, read_slip, write_slip
from adapters.memory.box import MemoryBoxKeys, MemoryBoxStore
from adapters.postgres.box import PostgresBoxKeys, PostgresBoxStore
from application.box import (
    BallotBox,
    BallotTooLong,
    BoxEnded,
    BoxShut,
    BoxStanding,
    BoxVoid,
    NotInTheBox,
    RequestDiffers,
)
from application.ports import Idempotency
from domain.ballot import Ballot
from domain.questionnaire import Answer, Answers
from domain.sealed import Private

WRAPPING = KeyEncryptionKey(b"w" * 32)
BLUNT = "It will not come true, and nobody dares to say so."


@dataclass
class Place:
    """Both stores, and the box that they make."""

    ballots: BoxStore
    keys: BoxKeys
    organisation: UUID
    review: UUID
    people: list[UUID]

    @property
    def box(self) -> BallotBox:
        return SealedBox(self.ballots, self.keys, WRAPPING)

    def made(self) -> BallotBox:
        self.box.prepare(self.organisation, self.review, self.people)
        return self.box

    def cast(self, person: int, answers: Answers, request: Idempotency | None = None) -> None:
        self.box.cast(self.organisation, self.review, self.people[person], answers, request)

    def own(self, person: int) -> Answers | None:
        return self.box.own(self.organisation, self.review, self.people[person])

    def counted(self) -> list[Ballot]:
        return self.box.tally(self.organisation, self.review, list)


@pytest.fixture(params=["memory", "postgres"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    people = [uuid4() for _ in range(8)]
    if request.param == "memory":
        yield Place(MemoryBoxStore(), MemoryBoxKeys(), uuid4(), uuid4(), people)
        return
    dsn = request.getfixturevalue("postgres_dsn")
    with ExitStack() as opened:
        store, keys = PostgresBoxStore.of(dsn), PostgresBoxKeys.of(dsn)
        opened.callback(store.close)
        opened.callback(keys.close)
        yield Place(store, keys, uuid4(), uuid4(), people)


def rated(score: int) -> Answers:
    return {"clear": Answer(score=score)}


def request(key: str = "k", fingerprint: bytes = b"f") -> Idempotency:
    return Idempotency(actor="anna", key=key, fingerprint=fingerprint)


def test_a_box_is_absent_then_whole_then_ended(place: Place) -> None:
    box, of = place.box, (place.organisation, place.review)
    assert box.standing(*of) is BoxStanding.ABSENT
    assert box.boxes(place.organisation) == []
    place.made()
    assert box.standing(*of) is BoxStanding.WHOLE
    assert box.boxes(place.organisation) == [place.review]
    box.end(*of)
    assert box.standing(*of) is BoxStanding.ENDED
    assert box.boxes(place.organisation) == []


def test_everybody_has_a_ballot_of_one_size_from_the_opening_on(place: Place) -> None:
    place.made()
    before = place.ballots.ballots(place.organisation, place.review)
    place.cast(0, {"clear": Answer(score=1, comment=Private(place.people[0], BLUNT))})
    place.cast(1, {"clear": Answer(skip=True)})
    after = place.ballots.ballots(place.organisation, place.review)
    assert set(before) == set(after)
    assert len(after) == len(place.people)
    assert {len(sealed) for sealed in [*before.values(), *after.values()]} == {SEALED_BYTES}
    assert {len(id) for id in after} == {32}
    for person in place.people:
        assert not any(person.bytes in id or person.hex.encode() in id for id in after)
    assert not any(BLUNT.encode() in sealed for sealed in after.values())


def test_what_is_answered_is_read_back_and_the_last_counts(place: Place) -> None:
    place.made()
    assert place.own(0) is None
    first: Answers = {
        "clear": Answer(score=2, comment=Private(place.people[0], BLUNT)),
        "believable": Answer(unknown=True),
        "missing": Answer(skip=True),
    }
    place.cast(0, first)
    assert place.own(0) == first
    place.cast(0, rated(4))
    assert place.own(0) == rated(4)
    assert place.counted() == [Ballot(person=place.people[0], answers=rated(4))]


def test_an_answer_of_skips_alone_is_an_answer(place: Place) -> None:
    place.made()
    place.cast(0, {"clear": Answer(skip=True)})
    place.cast(1, {})
    assert (place.own(0), place.own(1), place.own(2)) == ({"clear": Answer(skip=True)}, {}, None)
    assert place.box.answered(place.organisation, place.review) == 2


def test_only_who_was_asked_has_a_ballot(place: Place) -> None:
    place.made()
    stranger = uuid4()
    with pytest.raises(NotInTheBox):
        place.box.cast(place.organisation, place.review, stranger, rated(1))
    with pytest.raises(NotInTheBox):
        place.box.own(place.organisation, place.review, stranger)
    with pytest.raises(NotInTheBox):
        place.box.own(uuid4(), place.review, place.people[0])


def test_what_does_not_fit_on_a_ballot_is_refused_and_leaves_it_as_it_was(place: Place) -> None:
    place.made()
    place.cast(0, rated(3))
    with pytest.raises(BallotTooLong, match="every ballot holds 6144"):
        place.cast(0, {"missing": Answer(comment=Private(place.people[0], "ä" * 4_000))})
    assert place.own(0) == rated(3)


def test_a_repeated_request_changes_nothing_and_another_under_its_key_is_told(place: Place) -> None:
    place.made()
    place.cast(0, rated(1), request("first"))
    place.cast(0, rated(2), request("second"))
    place.cast(0, rated(1), request("first"))
    assert place.own(0) == rated(2)
    with pytest.raises(RequestDiffers):
        place.cast(0, rated(5), request("first", b"other"))
    assert place.own(0) == rated(2)
    # A key is its caller's own, and its ballot's.
    place.cast(1, rated(5), request("first", b"other"))
    assert place.own(1) == rated(5)


def test_it_is_told_whether_an_answer_was_given_under_a_token_and_a_repeat_counts_under_that_one_alone(
    place: Place,
) -> None:
    place.made()
    one, other = uuid4(), uuid4()
    whose = (place.organisation, place.review, place.people[0])
    place.box.cast(*whose, rated(1), request("first"), one)
    assert [place.box.was_given_under(*whose, each) for each in (one, other, None)] == [True, False, False]
    # Neither that it is what was answered, nor that it is not: it is an answer of its own.
    place.box.cast(*whose, rated(4), request("first"), other)
    assert (place.own(0), place.box.was_given_under(*whose, other)) == (rated(4), True)


def test_a_repeated_request_writes_like_a_first_one(place: Place) -> None:
    """Otherwise what is written would tell that somebody pressed twice."""
    place.made()
    place.cast(0, rated(1), request())
    before = place.ballots.ballots(place.organisation, place.review)
    place.cast(0, rated(1), request())
    after = place.ballots.ballots(place.organisation, place.review)
    assert len([id for id in before if before[id] != after[id]]) == 1


class Watched(MemoryBoxStore):
    """Remembers what is asked of it, and how much is written."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, int]] = []

    def has(self, organisation: UUID, review: UUID) -> bool:
        self.asked.append(("has", 0))
        return super().has(organisation, review)

    def change(self, organisation: UUID, review: UUID, id: bytes, to: Callable[[bytes], bytes]) -> bool:
        def watched(sealed: bytes) -> bytes:
            written = to(sealed)
            self.asked.append(("change", len(written)))
            return written

        return super().change(organisation, review, id, watched)


def test_whatever_is_answered_the_work_is_the_same() -> None:
    """As many steps, as many bytes sealed and written: nothing for a clock to tell answers apart by."""
    store = Watched()
    place = Place(store, MemoryBoxKeys(), uuid4(), uuid4(), [uuid4(), uuid4()])
    place.made()
    done = list[list[tuple[str, int]]]()
    long = Private(place.people[0], BLUNT * 100)
    for said in ({}, rated(1), rated(5), {"clear": Answer(skip=True)}, {"missing": Answer(comment=long)}, rated(5)):
        store.asked.clear()
        place.cast(0, said)
        done.append(list(store.asked))
    assert all(each == [("change", SEALED_BYTES)] for each in done), done


def test_making_a_box_again_empties_no_ballot(place: Place) -> None:
    place.made()
    place.cast(0, rated(3))
    place.made()
    assert place.own(0) == rated(3)


def test_a_box_that_was_half_made_is_made_on(place: Place) -> None:
    place.keys.keep(
        place.organisation, place.review, WRAPPING.wrap(b"k" * 32, f"{place.organisation}/box/{place.review}")
    )
    assert place.box.standing(place.organisation, place.review) is BoxStanding.ABSENT
    place.made()
    place.cast(0, rated(3))
    assert place.own(0) == rated(3)


def test_once_counted_no_more_ballots_are_taken(place: Place) -> None:
    place.made()
    for person in range(3):
        place.cast(person, rated(person + 1))
    seen = place.counted()
    assert [each.person for each in seen] == sorted(place.people[:3])
    with pytest.raises(BoxShut):
        place.cast(4, rated(5))
    assert place.counted() == seen


def test_counting_and_reminding_write_every_ballot_anew(place: Place) -> None:
    place.made()
    place.cast(0, rated(1))
    ballots = place.ballots.ballots(place.organisation, place.review)
    place.box.remind(place.organisation, place.review, date(2026, 3, 9))
    reminded = place.ballots.ballots(place.organisation, place.review)
    place.counted()
    counted = place.ballots.ballots(place.organisation, place.review)
    assert set(ballots) == set(reminded) == set(counted)
    assert all(ballots[id] != reminded[id] != counted[id] for id in ballots)


def test_only_who_has_not_answered_is_reminded_and_each_day_once(place: Place) -> None:
    place.made()
    place.cast(0, {"clear": Answer(skip=True)})
    box, monday = place.box, date(2026, 3, 9)
    for _ in range(2):
        box.remind(place.organisation, place.review, monday)
    assert box.reminders(place.organisation, place.review, place.people[0]) == ()
    assert box.reminders(place.organisation, place.review, place.people[1]) == (monday,)
    assert place.own(0) == {"clear": Answer(skip=True)}


def test_a_ballot_that_was_forgotten_is_gone_alone(place: Place) -> None:
    place.made()
    place.cast(0, rated(1))
    place.cast(1, rated(2))
    for _ in range(2):
        place.box.forget(place.organisation, place.review, place.people[0])
    with pytest.raises(NotInTheBox):
        place.own(0)
    assert [each.person for each in place.counted()] == [place.people[1]]
    place.box.forget(place.organisation, uuid4(), place.people[0])


def test_an_ended_box_serves_nothing_and_is_never_made_again(place: Place) -> None:
    place.made()
    place.cast(0, rated(1))
    for _ in range(2):
        place.box.end(place.organisation, place.review)
    place.made()
    assert place.box.standing(place.organisation, place.review) is BoxStanding.ENDED
    of = place.organisation, place.review
    for asked in (
        lambda: place.own(0),
        lambda: place.cast(0, rated(1)),
        lambda: place.box.answered(*of),
        lambda: place.box.tally(*of, len),
        lambda: place.box.remind(*of, date(2026, 3, 9)),
        lambda: place.box.reminders(*of, place.people[0]),
    ):
        with pytest.raises(BoxEnded):
            asked()


def test_ballots_that_come_back_without_their_key_are_void(place: Place) -> None:
    place.made()
    place.cast(0, rated(1))
    copied = place.ballots.ballots(place.organisation, place.review)
    place.box.end(place.organisation, place.review)
    place.ballots.put(place.organisation, place.review, copied)
    assert place.box.standing(place.organisation, place.review) is BoxStanding.VOID
    place.made()
    for asked in (lambda: place.own(0), lambda: place.cast(0, rated(1)), place.counted):
        with pytest.raises(BoxVoid):
            asked()
    place.box.forget(place.organisation, place.review, place.people[0])
    place.box.end(place.organisation, place.review)
    assert place.ballots.ballots(place.organisation, place.review) == {}


def test_what_counts_is_told_by_its_result_alone(place: Place) -> None:
    place.made()
    place.cast(0, rated(3))

    def refused(_: Sequence[Ballot]) -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        place.box.tally(place.organisation, place.review, refused)
    assert place.box.tally(place.organisation, place.review, len) == 1


def test_many_answer_at_once_and_none_is_lost(place: Place) -> None:
    place.made()
    start = Barrier(len(place.people))

    def answer(person: int) -> None:
        start.wait()
        for score in (1, 2, 3):
            place.cast(person, rated(score))

    threads = [Thread(target=answer, args=(person,)) for person in range(len(place.people))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [each.answers for each in place.counted()] == [rated(3)] * len(place.people)


def test_nobody_opens_a_ballot_of_another_box(place: Place) -> None:
    place.made()
    place.cast(0, rated(1))
    other = uuid4()
    place.ballots.put(place.organisation, other, place.ballots.ballots(place.organisation, place.review))
    wrapped = place.keys.key(place.organisation, place.review)[1]
    assert wrapped is not None
    place.keys.keep(place.organisation, other, wrapped)
    with pytest.raises(Exception, match="belongs to somebody else or is damaged"):
        place.box.own(place.organisation, other, place.people[0])


answers_ = st.dictionaries(
    st.text(min_size=1, max_size=20),
    st.builds(Answer, score=st.none() | st.integers(1, 5), unknown=st.booleans(), skip=st.booleans()),
    max_size=30,
)


@given(
    answers=answers_,
    requests=st.lists(st.builds(Request, key=st.binary(min_size=16, max_size=16), fingerprint=st.just(b"f" * 16))),
    days=st.lists(st.dates(), max_size=20),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_stands_on_a_ballot_it_has_one_size(
    answers: Answers, requests: list[Request], days: list[date]
) -> None:
    slip = Slip(person=UUID(int=1))
    for day in days:
        slip = slip.reminded(day)
    for each in requests:
        slip = slip.answering(answers, each, None)
    written = write_slip(slip)
    assert len(written) == SLIP_BYTES
    assert read_slip(written) == slip


def test_the_fullest_ballot_still_has_its_size() -> None:
    slip = Slip(person=uuid4())
    for day in range(1, 20):
        slip = slip.reminded(date(2026, 3, day))
    for number in range(20):
        full: Answers = {"missing": Answer(comment=Private(slip.person, "x" * 6_118))}
        slip = slip.answering(full, Request(key=bytes([number]) * 16, fingerprint=b"f" * 16), bytes(16))
    assert len(write_slip(slip)) == SLIP_BYTES
    assert read_slip(write_slip(slip)) == slip


def test_the_database_holds_no_instant_no_order_and_no_other_size(postgres_dsn: str) -> None:
    with psycopg.connect(postgres_dsn, autocommit=True) as administrator:
        columns = administrator.execute(
            """
            select c.relname::text, a.attname::text, format_type(a.atttypid, null), a.attstorage::text
            from pg_class as c
            join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace::regnamespace::text in ('avow_box', 'avow_box_keys') and c.relkind <> 'i'
            """
        ).fetchall()
        assert {(str(table), str(name), str(type_)) for table, name, type_, _ in columns} == {
            ("ballots", "id", "bytea"),
            ("ballots", "organisation", "uuid"),
            ("ballots", "review", "uuid"),
            ("ballots", "sealed", "bytea"),
            ("boxes", "organisation", "uuid"),
            ("boxes", "review", "uuid"),
            ("boxes", "shut", "boolean"),
            ("box_keys", "organisation", "uuid"),
            ("box_keys", "review", "uuid"),
            ("box_keys", "wrapped", "bytea"),
        }
        # What is kept beside its row is numbered as it comes.
        assert {str(storage) for table, name, _, storage in columns if (table, name) == ("ballots", "sealed")} == {"p"}
        with pytest.raises(psycopg.errors.CheckViolation):
            administrator.execute(
                "insert into avow_box.ballots (organisation, review, id, sealed) values (%s, %s, %s, %s)",
                (uuid4(), uuid4(), b"id", b"short"),
            )


def test_once_counted_the_rows_tell_no_order_of_answering(postgres_dsn: str) -> None:
    """Before that they do, to whoever runs the database: docs/security.md."""
    store, keys = PostgresBoxStore.of(postgres_dsn), PostgresBoxKeys.of(postgres_dsn)
    place = Place(store, keys, uuid4(), uuid4(), [uuid4() for _ in range(6)])
    try:
        place.made()
        for person in range(6):
            place.cast(person, rated(1))
        place.counted()
    finally:
        store.close()
        keys.close()
    with psycopg.connect(postgres_dsn) as administrator:
        written = administrator.execute(
            "select xmin::text from avow_box.ballots where review = %s", (place.review,)
        ).fetchall()
    assert len(written) == 6
    assert len(set(written)) == 1


def test_neither_role_of_the_box_nor_any_of_the_log_reaches_the_other(postgres_dsn: str) -> None:
    with psycopg.connect(postgres_dsn) as administrator:
        reach = administrator.execute(
            """
            select r.rolname::text, n.nspname::text
            from pg_roles as r
            cross join pg_namespace as n
            where r.rolname like 'avow\\_%' and n.nspname like 'avow%'
                and has_schema_privilege(r.rolname, n.nspname, 'usage')
                and (n.nspname like 'avow\\_box%' or r.rolname in ('avow_teller', 'avow_box_keeper'))
            """
        ).fetchall()
    assert {(str(role), str(schema)) for role, schema in reach} == {
        ("avow_box_owner", "avow_box"),
        ("avow_teller", "avow_box"),
        ("avow_box_archivist", "avow_box"),
        ("avow_box_keys_owner", "avow_box_keys"),
        ("avow_box_keeper", "avow_box_keys"),
        ("avow_box_keys_archivist", "avow_box_keys"),
        ("avow_migrator", "avow_box"),
        ("avow_migrator", "avow_box_keys"),
    }
