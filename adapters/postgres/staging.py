"""The staging area of imports in PostgreSQL: filled by COPY, asked in bulk, on one connection that holds the place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import groupby
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent

from adapters.postgres.connections import Connection, Database, ReplyLost, ask, walled
from application.ports import SourceKey, StoreUnavailable
from application.staging import ImportRunning, Key, StagedEvent, StagedLine, StagedRequest, Staging

PLACE = "select pg_try_advisory_lock(hashtextextended('avow import ' || %s::text, 0))"
# Not by COPY, which PostgreSQL does not let into tables with walls.
ADD_EVENTS = """
    insert into avow.staged_events (
        organisation, request, place, line, digest, fingerprint, stream, version, fact, topic, known, state
    )
    select %s, * from unnest(
        %b::bigint[], %b::integer[], %b::integer[], %b::bytea[], %b::bytea[], %b::uuid[], %b::integer[], %b::integer[],
        %b::text[], %b::timestamptz[], %b::bytea[]
    )
"""
ADD_KEYS = """
    insert into avow.staged_keys (organisation, kind, digest, id, request)
    select %s, * from unnest(%b::text[], %b::bytea[], %b::uuid[], %b::bigint[])
"""
FIND_LINES = """
    select digest, stream, fact, topic from avow.staged_events
    where organisation = %s and digest = any(%s::bytea[])
"""
FIND_KEYS = """
    select k.kind, k.digest, k.id
    from unnest(%(kinds)s::text[], %(digests)s::bytea[]) as wanted (kind, digest)
    join avow.staged_keys as k
        on k.organisation = %(organisation)s and k.kind = wanted.kind and k.digest = wanted.digest
"""
SELECT_STREAMS = """
    select stream, version, topic, state from avow.staged_events
    where organisation = %s and stream = any(%s::uuid[])
    order by stream, version
"""
# A request is never split: a batch ends with the last one that begins within it.
BATCH = """
    select request, line, digest, fingerprint, fact, known, stream, version, topic, state
    from avow.staged_events
    where organisation = %(organisation)s and request > %(after)s and request <= (
        select max(request) from (
            select request from avow.staged_events
            where organisation = %(organisation)s and request > %(after)s
            order by request, place limit %(size)s
        ) as ahead
    )
    order by request, place
"""
BATCH_KEYS = """
    select request, kind, digest, id from avow.staged_keys
    where organisation = %s and request > %s and request <= %s
"""
EMPTY = "delete from avow.staged_events where organisation = %(organisation)s"
EMPTY_KEYS = "delete from avow.staged_keys where organisation = %(organisation)s"
STREAMS = "select distinct stream from avow.events where organisation = %s"


class PostgresStaging(Staging):
    """Holds the import of one organisation. All is done on the connection that `occupy` takes.

    What is added is on its way while the next batch is decided, and the next batch is fetched while one is recorded:
    the connection belongs to one thread of its own meanwhile.
    """

    def __init__(self, database: Database, organisation: UUID) -> None:
        self._database, self.organisation = database, organisation
        self._taken: Connection | None = None
        self._beside: ThreadPoolExecutor | None = None
        self._adding: Future[None] | None = None
        self._requests = 0

    @contextmanager
    def occupy(self) -> Iterator[None]:
        """Take the organisation's one place, emptied; whatever ends the process frees it."""
        try:
            with self._database.fresh() as connection, ThreadPoolExecutor(1) as self._beside:
                row = connection.execute(PLACE, (self.organisation,)).fetchone()
                if row is None or not row[0]:
                    raise ImportRunning
                self._taken, self._requests = connection, 0
                connection.execute("set statement_timeout = '10min'")
                connection.silence += 600
                self._empty()
                try:
                    yield
                finally:
                    # An addition that failed has nobody left to tell: the import that it was for has ended.
                    wait([self._adding] if self._adding else [])
                    self._adding = None
                    if not connection.broken:
                        self._empty()
        except ReplyLost as lost:
            raise StoreUnavailable(f"{lost}; run the import again, it goes on where it was") from lost
        finally:
            self._taken = None

    def add(self, requests: Sequence[StagedRequest]) -> None:
        """Hold these, behind those that are held already."""
        connection, first = self._connection, self._requests
        self._requests += len(requests)
        self._adding = self._thread.submit(self._copy, connection, requests, first)

    def _copy(self, connection: Connection, requests: Sequence[StagedRequest], first: int) -> None:
        events = [
            (
                request, place, event.line, event.digest, event.fingerprint, event.stored.originator_id,
                event.stored.originator_version, event.fact, event.stored.topic, event.known, event.stored.state,
            )
            for request, held in enumerate(requests, start=first + 1)
            for place, event in enumerate(held.events)
        ]  # fmt: skip
        keys = [
            (key.kind, key.digest, key.id, request)
            for request, held in enumerate(requests, start=first + 1)
            for key in held.keys
        ]
        with walled(connection, self.organisation):
            for statement, rows in ((ADD_EVENTS, events), (ADD_KEYS, keys)):
                if rows:
                    connection.execute(statement, (self.organisation, *map(list, zip(*rows, strict=True))))

    def find_lines(self, digests: Collection[bytes]) -> dict[bytes, StagedLine]:
        """Which of these lines are held."""
        rows = ask(self._connection, self.organisation, FIND_LINES, (self.organisation, list(digests)))
        return {digest: StagedLine(stream, fact, topic) for digest, stream, fact, topic in rows}

    def find_keys(self, wanted: Collection[Key]) -> dict[Key, UUID]:
        """The new records that are held under these keys."""
        parameters = {
            "organisation": self.organisation,
            "kinds": [kind for kind, _ in wanted],
            "digests": [digest for _, digest in wanted],
        }
        rows = ask(self._connection, self.organisation, FIND_KEYS, parameters)
        return {(kind, digest): id for kind, digest, id in rows}

    def select_streams(self, streams: Collection[UUID]) -> dict[UUID, list[StoredEvent]]:
        """What is held of these streams, in the order of version."""
        rows = ask(self._connection, self.organisation, SELECT_STREAMS, (self.organisation, list(streams)))
        return {
            stream: [StoredEvent(stream, version, topic, bytes(state)) for _, version, topic, state in held]
            for stream, held in groupby(rows, key=lambda row: row[0])
        }

    def batches(self, size: int) -> Iterator[list[StagedRequest]]:
        """All that is held, in order, in batches of about `size` events."""
        connection = self._connection
        last, batch = self._fetch(connection, 0, size)
        while batch:
            ahead = self._thread.submit(self._fetch, connection, last, size)
            try:
                yield batch
            finally:
                last, batch = ahead.result()

    def _fetch(self, connection: Connection, after: int, size: int) -> tuple[int, list[StagedRequest]]:
        """The requests behind one, about `size` events of them, and the number of the last."""
        parameters = {"organisation": self.organisation, "after": after, "size": size}
        rows = ask(connection, self.organisation, BATCH, parameters)
        if not rows:
            return after, []
        last = rows[-1][0]
        keys: dict[int, list[SourceKey]] = {}
        for request, kind, digest, id in ask(
            connection, self.organisation, BATCH_KEYS, (self.organisation, after, last)
        ):
            keys.setdefault(request, []).append(SourceKey(kind, digest, id))
        return last, [
            StagedRequest(tuple(_staged(row) for row in events), tuple(keys.get(request, ())))
            for request, events in groupby(rows, key=lambda row: row[0])
        ]

    def recorded_streams(self) -> Iterator[UUID]:
        """The streams that the organisation has in its history."""
        connection = self._connection
        with walled(connection, self.organisation), connection.cursor("recorded_streams") as cursor:
            cursor.itersize = 10_000
            cursor.execute(STREAMS, (self.organisation,), binary=True)
            for (stream,) in cursor:
                yield stream

    @property
    def _connection(self) -> Connection:
        """The connection, once nothing is on its way any more. Raises what became of it."""
        if self._taken is None:
            raise StoreUnavailable("the staging area was not occupied")
        adding, self._adding = self._adding, None
        if adding is not None:
            adding.result()
        return self._taken

    @property
    def _thread(self) -> ThreadPoolExecutor:
        if self._beside is None:
            raise StoreUnavailable("the staging area was not occupied")
        return self._beside

    def _empty(self) -> None:
        try:
            for statement in (EMPTY, EMPTY_KEYS):
                ask(self._connection, self.organisation, statement, {"organisation": self.organisation})
        except psycopg.errors.ReadOnlySqlTransaction as error:
            raise StoreUnavailable("the database takes no changes") from error


def _staged(row: tuple[object, ...]) -> StagedEvent:
    _, line, digest, fingerprint, fact, known, stream, version, topic, state = row
    return StagedEvent(line, digest, fingerprint, fact, known, StoredEvent(stream, version, topic, state))  # type: ignore[arg-type]
