"""Permute the answers among people of one published class, and not a byte differs that anybody else can see.

The same review is held again from the same state, with the same ids and instants, in memory and on PostgreSQL: every
answer of every route to every kind of caller with its headers and entity tag, the feed, the export, the log of
requests, the trail of reads, and every row of every table outside the box. Control arms show that a difference would
be seen.
"""

from __future__ import annotations

import io
import json
import logging
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from werkzeug.test import TestResponse

from adapters.bootstrap import Installation, in_memory, on_postgres
from adapters.crypto.keys import KEY_BYTES, KeyEncryptionKey
from adapters.crypto.log_key import LogKey
from adapters.http.app import create_app
from adapters.http.logs import Lines
from adapters.interchange.exporting import Export
from application.tokens import TokenOffice
from tests.http.test_permissions import routes
from tests.support.api import Api
from tests.support.cycle import EVERYBODY, NORTH, SOUTH, Cycle, Said, done, followed, scored
from tests.support.postgres import database

KEY, LOG_KEY = KeyEncryptionKey(bytes(KEY_BYTES)), LogKey.fresh()
PLACES = {"unit": "north", "person": NORTH[1], "strategy": "2026", "element": "vision", "review": "spring"}
PLACES |= {"figure": "commitments/all", "revision": "1", "position": "2"}
LOOKING = ("sponsor", "auditor", "administrator", "strategist", NORTH[5], SOUTH[5])
"""Who looks. Of those asked, one who sits with those whose answers change places, and one who does not."""
OF_CHANCE = {"X-Request-Id", "Date"}
PUBLISHED = "review.published"
STARTED = datetime.now(UTC)
CLOCK = re.compile(rf"{STARTED:%Y-%m}-\d\dT[\d:.]+Z".encode())
"""An instant of the machine's clock: those of the organisation lie elsewhere."""


def answers(scores: Sequence[int]) -> dict[str, Said]:
    """A ballot for everybody; the last of the south says nothing."""
    said = {person: scored(score, 6 - score, f"It is {score}.") for person, score in zip(NORTH, scores, strict=True)}
    return said | {person: scored(3) for person in SOUTH[:5]}


AS_GIVEN = answers((1, 2, 3, 4, 5, 5))
PERMUTED = answers((4, 3, 1, 5, 2, 5))
"""The same six ballots in the north, in other hands: all but the last one's."""
OTHERWISE = answers((1, 2, 3, 4, 1, 5))
"""The control arm: another ballot instead of one of them."""


@dataclass
class Seen:
    """All that was seen, by what was looked at."""

    told: dict[str, Any] = field(default_factory=dict[str, Any])

    def differing(self, other: Seen) -> list[str]:
        assert self.told.keys() == other.told.keys()
        return sorted(what for what in self.told if self.told[what] != other.told[what])


class Chance(random.Random):
    """Ids that come the same every time."""

    def id(self) -> UUID:
        return UUID(int=self.getrandbits(128), version=4)


def seeded(installation: Installation, seed: int) -> Installation:
    """The installation, with its ids drawn from a seed."""
    chance = Chance(seed)
    installation.ledger.fresh_id = chance.id
    office = installation.tokens
    return replace(installation, tokens=TokenOffice(office.store, office.fresh_secret, chance.id, lambda: STARTED))


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """What is logged meanwhile."""
    stream, logger = io.StringIO(), logging.getLogger("avow")
    handler, level = logging.StreamHandler(stream), logger.level
    handler.setFormatter(Lines())
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def held(cycle: Cycle, said: Mapping[str, Said], dsn: str | None) -> Seen:
    """The review from its opening to the end of its box, with these ballots; all that others see at each step."""
    seen = Seen()
    with logged() as log:
        for number, person in enumerate(said):
            done(cycle.answer(person, said[person], X_Request_Id="the-same-id"))
            if number == len(said) // 2:
                look(cycle, "half-way", seen, dsn)
        cycle.at("2026-03-11T10:00:00Z")
        cycle.keep()
        look(cycle, "reminded", seen, dsn)
        cycle.at("2026-03-20T16:00:00Z")
        cycle.keep()
        look(cycle, "closed", seen, dsn)
        done(cycle.publish())
        cycle.keep()
        look(cycle, "published", seen, dsn)
        seen.told["the log of requests"] = lines(log)
    return seen


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in log.getvalue().splitlines()]
    found = [line for line in found if line.get("status") != 503]
    return [{name: value for name, value in line.items() if name not in ("at", "ms", "request")} for line in found]


def look(cycle: Cycle, when: str, seen: Seen, dsn: str | None) -> None:
    """Everything that anybody but the authors of the changed ballots can see, at one instant."""
    api, published = cycle.api, when == PUBLISHED.partition(".")[2]
    settle(cycle)
    for who in LOOKING:
        for path, query in addresses():
            if path.startswith("log/"):
                continue  # when a checkpoint is made the machine's clock decides; the hashes it is over are compared
            address = f"{api.root}/{path}".rstrip("/")
            reply = api.as_(who).client.get(address, query_string=query, headers=api.headers())
            while reply.status_code == 503:  # a machine under load, which tells of no ballot
                reply = api.client.get(address, query_string=query, headers=api.headers())
            seen.told[f"{when}: {who} {path}"] = told(path, reply)
    seen.told[f"{when}: export"] = list(Export(api.installation.ledger, cycle.organisation).lines())
    if dsn is not None:
        for table, rows in tables(dsn, published=published).items():
            seen.told[f"{when}: table {table}"] = rows


def told(path: str, reply: TestResponse) -> Any:
    """A reply to the last byte; where it tells of the machine's clock, without that."""
    data = CLOCK.sub(b"the machine's clock", reply.data)
    hidden = OF_CHANCE | ({"ETag", "Link"} if data != reply.data else set())
    headers = {name: value for name, value in reply.headers.items() if name not in hidden}
    return reply.status_code, headers, data


def settle(cycle: Cycle) -> None:
    installation = cycle.api.installation
    head = installation.ledger.ledger_recorder.head(cycle.organisation)
    assert head is not None
    assert installation.states.wait_for(cycle.organisation, head.position)


def addresses() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every address that can be asked."""
    for method, pattern, _, query in routes():
        path = pattern
        for name, place in PLACES.items():
            path = path.replace(f"<path:{name}>", place).replace(f"<{name}>", place)
        if method == "GET" and "<" not in path:
            span = {"from": "2026-03-01", "to": "2026-03-05"} if "changes" in path.split("/") else {}
            yield path, {**query, **span}


def tables(dsn: str, *, published: bool) -> dict[str, list[str]]:
    """Every row of every table outside the box; without what is drawn by chance, or told by the machine's clock."""
    with psycopg.connect(dsn) as administrator:
        names = administrator.execute(
            """
            select c.relnamespace::regnamespace::text, c.relname::text
            from pg_class as c
            where c.relnamespace::regnamespace::text in ('avow', 'avow_read', 'avow_keys') and c.relkind = 'r'
                and c.relname not in ('nodes', 'checkpoints')
            order by 1, 2
            """
        ).fetchall()
        found = dict[str, list[str]]()
        for schema, name in names:
            rows = administrator.execute(
                sql.SQL("select to_jsonb(t) from {} as t").format(sql.Identifier(schema, name))
            ).fetchall()
            found[f"{schema}.{name}"] = sorted(json.dumps(masked(name, row, published)) for (row,) in rows)
    return found


def masked(table: str, row: Any, published: bool) -> Any:
    hidden = {"reads": {"id", "at"}, "versions": {"projected_at"}}.get(table, set[str]())
    if published:
        # The results, and all that is hashed over them, are sealed with a fresh salt under a fresh key.
        hidden = hidden | ({"wrapped"} if table == "data_keys" else set())
        if (table == "events" and row["topic"] == PUBLISHED) or table.startswith("states"):
            hidden = hidden | {"state", "leaf", "hash"}
    return {name: value for name, value in row.items() if name not in hidden}


def founded(installation: Installation) -> Cycle:
    return Cycle.opened(seeded(installation, 1))


def in_memory_held(said: Mapping[str, Said]) -> Seen:
    return held(founded(in_memory()), said, None)


pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def opened(postgres_server: str) -> Iterator[tuple[str, str, Api, str]]:
    """A database in which the review has just opened, to be copied."""
    with database(postgres_server) as dsn:
        with on_postgres(dsn, KEY, log_key=LOG_KEY) as installation, followed(installation):
            cycle = founded(installation)
            settle(cycle)
            cycle.keep()
        yield postgres_server, str(conninfo_to_dict(dsn)["dbname"]), cycle.api, cycle.review


def on_postgres_held(opened: tuple[str, str, Api, str], said: Mapping[str, Said]) -> Seen:
    server, template, api, review = opened
    with (
        database(server, template) as dsn,
        on_postgres(dsn, KEY, log_key=LOG_KEY) as installation,
        followed(installation),
    ):
        again = seeded(installation, 2)
        copied = Api(again, create_app(again).test_client(), api.key, dict(api.tokens), position=api.position)
        return held(Cycle(copied, review), said, dsn)


@pytest.fixture(scope="module")
def on_one_copy(opened: tuple[str, str, Api, str]) -> Seen:
    return on_postgres_held(opened, AS_GIVEN)


def test_on_postgres_a_permutation_within_a_class_changes_no_byte(
    opened: tuple[str, str, Api, str], on_one_copy: Seen
) -> None:
    assert on_one_copy.differing(on_postgres_held(opened, PERMUTED)) == []


def test_on_postgres_another_ballot_would_be_seen_once_published_and_not_before(
    opened: tuple[str, str, Api, str], on_one_copy: Seen
) -> None:
    differing = on_one_copy.differing(on_postgres_held(opened, OTHERWISE))
    assert {each.partition(":")[0] for each in differing} == {"published"}
    assert "published: auditor reviews/spring" in differing


def test_in_memory_a_permutation_within_a_class_changes_no_byte() -> None:
    first = in_memory_held(AS_GIVEN)
    assert first.differing(in_memory_held(PERMUTED)) == []
    differing = first.differing(in_memory_held(OTHERWISE))
    assert {each.partition(":")[0] for each in differing} == {"published"}


def test_both_arms_hold_the_same_ballots() -> None:
    assert sorted(map(str, AS_GIVEN.values())) == sorted(map(str, PERMUTED.values()))
    assert AS_GIVEN != PERMUTED
    assert set(AS_GIVEN) < set(EVERYBODY)
