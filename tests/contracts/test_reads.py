"""The trail of reads: one contract for both stores, and what PostgreSQL refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors

from adapters.memory.reads import MemoryTrail
from adapters.postgres.connections import Database
from adapters.postgres.reads import PostgresTrail
from application.reads import Read, Trail

START = datetime(2026, 4, 1, 9, tzinfo=UTC)


@pytest.fixture(params=["memory", "postgres"])
def trail(request: pytest.FixtureRequest) -> Iterator[Trail]:
    if request.param == "memory":
        yield MemoryTrail()
        return
    dsn = request.getfixturevalue("postgres_dsn")
    with Database(dsn, "avow_writer") as writing, Database(dsn, "avow_reader") as reading:
        yield PostgresTrail(writing, reading)


def read(organisation: UUID, minute: int = 0, about: UUID | None = None, person: UUID | None = None) -> Read:
    return Read(
        id=uuid4(),
        organisation=organisation,
        at=START + timedelta(minutes=minute),
        person=person,
        token=uuid4(),
        roles=frozenset({"auditor", "sponsor"}),
        view="people/<person>/record",
        about=about,
        asked={"person": str(about)},
        valid_at=START,
        position=7,
    )


def test_a_read_is_told_as_it_was_kept(trail: Trail) -> None:
    organisation = uuid4()
    kept = read(organisation, about=uuid4(), person=uuid4())
    trail.add(kept)
    assert list(trail.reads(organisation)) == [kept]


def test_the_newest_come_first_and_pages_follow_one_another(trail: Trail) -> None:
    organisation = uuid4()
    kept = [read(organisation, minute) for minute in (0, 1, 1, 2)]
    for each in kept:
        trail.add(each)
    expected = sorted(kept, key=lambda each: (each.at, each.id), reverse=True)
    first = trail.reads(organisation, limit=2)
    rest = trail.reads(organisation, before=(first[-1].at, first[-1].id))
    assert [*first, *rest] == expected


def test_they_are_found_by_whom_they_are_about_and_by_who_looked(trail: Trail) -> None:
    organisation, anna, bob = uuid4(), uuid4(), uuid4()
    about_anna, about_bob = read(organisation, 0, anna, bob), read(organisation, 1, bob, anna)
    for each in (about_anna, about_bob, replace(about_anna, id=uuid4(), organisation=uuid4())):
        trail.add(each)
    assert list(trail.reads(organisation, about=anna)) == [about_anna]
    assert list(trail.reads(organisation, by=anna)) == [about_bob]
    assert list(trail.reads(organisation, about=anna, by=anna)) == []


def test_a_trail_is_only_added_to(empty_postgres_dsn: str) -> None:
    with Database(empty_postgres_dsn, "avow_writer") as writing, Database(empty_postgres_dsn, "avow_reader") as reading:
        PostgresTrail(writing, reading).add(read(uuid4()))
    with psycopg.connect(empty_postgres_dsn, autocommit=True) as administrator:
        for change in ("update avow.reads set view = ''", "delete from avow.reads", "truncate avow.reads"):
            with pytest.raises(errors.RestrictViolation, match="only added to"):
                administrator.execute(change.encode())
