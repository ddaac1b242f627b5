"""Sign-ins: one contract for both stores, and what the office makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from psycopg import errors

from adapters.bootstrap import in_memory
from adapters.memory.sign_ins import MemorySignIns
from adapters.postgres.connections import Database
from adapters.postgres.sign_ins import PostgresSignIns
from application.signing_in import (
    IssuerNotConfigured,
    Proof,
    SignInOffice,
    SignInStore,
    SignInUnknown,
    SubjectIsSomebody,
)

START = datetime(2026, 4, 1, 9, tzinfo=UTC)
ISSUER = "https://login.example.org"


@dataclass
class Day:
    """A clock that stands still until it is moved."""

    now: datetime = START


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[SignInStore]:
    if request.param == "memory":
        yield MemorySignIns()
        return
    with Database(request.getfixturevalue("postgres_dsn"), "avow_writer") as database:
        yield PostgresSignIns(database)


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def office(store: SignInStore, day: Day) -> SignInOffice:
    return SignInOffice(store, in_memory().vault.digest, uuid4, lambda: day.now, (ISSUER,))


def test_a_subject_is_the_person_it_was_bound_to_in_that_organisation_alone(office: SignInOffice) -> None:
    organisation, person, administrator = uuid4(), uuid4(), uuid4()
    made = office.bind(organisation, person, "a1b2", by=administrator)
    assert (made.person, made.issuer, made.bound_at, made.bound_by) == (person, ISSUER, START, administrator)
    assert office.recognise(organisation, Proof(ISSUER, "a1b2")) == made
    assert office.recognise(organisation, Proof(ISSUER, "A1B2")) is None
    assert office.recognise(organisation, Proof("https://other.example.org", "a1b2")) is None
    assert office.recognise(uuid4(), Proof(ISSUER, "a1b2")) is None


def test_of_a_subject_only_a_digest_is_kept(store: SignInStore, office: SignInOffice) -> None:
    first, second = uuid4(), uuid4()
    for organisation in (first, second):
        office.bind(organisation, uuid4(), "anna@example.org")
    kept = [store.listed(organisation)[0] for organisation in (first, second)]
    assert "anna" not in repr(kept)
    assert kept[0].digest != kept[1].digest


def test_a_subject_is_one_person_at_a_time(office: SignInOffice, day: Day) -> None:
    organisation, anna, bob = uuid4(), uuid4(), uuid4()
    first = office.bind(organisation, anna, "a1b2")
    with pytest.raises(SubjectIsSomebody):
        office.bind(organisation, bob, "a1b2")
    day.now = START + timedelta(hours=1)
    office.end(organisation, first.id)
    second = office.bind(organisation, bob, "a1b2")
    assert office.recognise(organisation, Proof(ISSUER, "a1b2")) == second


def test_an_ended_sign_in_is_kept_with_its_first_end(store: SignInStore, office: SignInOffice, day: Day) -> None:
    organisation, ender = uuid4(), uuid4()
    made = office.bind(organisation, uuid4(), "a1b2")
    office.end(organisation, made.id, ender)
    day.now = START + timedelta(hours=1)
    office.end(organisation, made.id, uuid4())
    assert [(each.ended_at, each.ended_by) for each in store.listed(organisation)] == [(START, ender)]
    assert office.recognise(organisation, Proof(ISSUER, "a1b2")) is None


def test_another_organisation_cannot_end_it(office: SignInOffice) -> None:
    organisation = uuid4()
    made = office.bind(organisation, uuid4(), "a1b2")
    with pytest.raises(SignInUnknown):
        office.end(uuid4(), made.id)
    assert office.recognise(organisation, Proof(ISSUER, "a1b2"))


@pytest.mark.parametrize("issuer", ["https://login.example.org/", "https://other.example.org"])
def test_only_issuers_that_are_trusted_can_be_named(office: SignInOffice, issuer: str) -> None:
    with pytest.raises(IssuerNotConfigured):
        office.bind(uuid4(), uuid4(), "a1b2", issuer)


@pytest.mark.parametrize("issuers", [(), (ISSUER, "https://other.example.org")])
def test_an_issuer_is_named_unless_there_is_one_alone(store: SignInStore, issuers: tuple[str, ...]) -> None:
    office = SignInOffice(store, lambda *_: uuid4().bytes, uuid4, lambda: START, issuers)
    with pytest.raises(IssuerNotConfigured):
        office.bind(uuid4(), uuid4(), "a1b2")


def test_they_are_listed_oldest_first(store: SignInStore, office: SignInOffice, day: Day) -> None:
    organisation, people = uuid4(), [uuid4() for _ in range(3)]
    for number, person in enumerate(people):
        day.now = START + timedelta(minutes=number)
        office.bind(organisation, person, f"subject {number}")
    office.bind(uuid4(), uuid4(), "elsewhere")
    assert [each.person for each in store.listed(organisation)] == people


def test_in_the_database_a_sign_in_is_changed_by_its_end_alone(postgres_dsn: str) -> None:
    organisation: UUID = uuid4()
    with Database(postgres_dsn, "avow_writer") as database:
        SignInOffice(PostgresSignIns(database), lambda *_: b"x", uuid4, lambda: START, (ISSUER,)).bind(
            organisation, uuid4(), "a1b2"
        )
        for statement in ("update avow.sign_ins set person = gen_random_uuid()", "delete from avow.sign_ins"):
            with pytest.raises(errors.InsufficientPrivilege), database.within(organisation) as connection:
                connection.execute(statement)
        with database.connection() as connection:
            assert connection.execute("select count(*) from avow.sign_ins").fetchone() == (0,)
