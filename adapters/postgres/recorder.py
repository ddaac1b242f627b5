"""The ledger in PostgreSQL: appends exactly once, reads by position, version and cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import psycopg
from eventsourcing.persistence import IntegrityError, StoredEvent

from adapters.postgres.connections import Connection, Database, ReplyLost, ask
from adapters.postgres.reading import PostgresReader, outcome_of
from application.ports import (
    Idempotency,
    ImportedLine,
    KeyTaken,
    LedgerRecorder,
    OutcomeUnknown,
    Placed,
    RequestAlreadyRecorded,
    SourceKey,
    StoreUnavailable,
)

APPEND = """
    select
        result, first_id, first_position, known_from, taken,
        earlier_fingerprint, earlier_status, earlier_position, earlier_streams, earlier_version
    from avow.append(
        %(organisation)s,
        %(streams)b::uuid[], %(versions)b::integer[], %(topics)b::text[], %(states)b::bytea[], %(known)b::timestamptz[],
        %(actor)s::text, %(request)s::text, %(fingerprint)s::bytea, %(status)s::smallint,
        %(key_kinds)b::text[], %(key_digests)b::bytea[], %(key_ids)b::uuid[],
        %(line_sources)b::text[], %(line_digests)b::bytea[], %(line_fingerprints)b::bytea[], %(line_events)b::integer[]
    )
"""
OURS = """
    select e.id, e.position, e.recorded_at
    from unnest(%(streams)b::uuid[], %(versions)b::integer[], %(topics)b::text[], %(states)b::bytea[])
        with ordinality as given (stream, version, topic, state, number)
    join avow.events as e
        on e.organisation = %(organisation)s and e.stream = given.stream and e.version = given.version
    where e.topic = given.topic and e.state = given.state
    order by given.number
"""


@dataclass(frozen=True, slots=True)
class _Append:
    """One command on its way into the log."""

    organisation: UUID
    events: Sequence[StoredEvent]
    keys: Sequence[SourceKey]
    parameters: Mapping[str, object]


class PostgresRecorder(PostgresReader, LedgerRecorder):
    """Appends one command a transaction, in one round trip; the lock is held in the server only.

    Several commands can share one: `avow.append` tells a refusal and raises none, so a queue in front of `_append` may
    call it for each of them between one begin and one commit.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)

    @classmethod
    def of(cls, dsn: str) -> Self:
        """The recorder of the database at `dsn`, in the writer's role."""
        return cls(Database(dsn, "avow_writer"))

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        organisation: UUID = UUID(int=0),
        known: Sequence[datetime] | None = None,
        idempotency: Idempotency | None = None,
        status: int = 201,
        keys: Sequence[SourceKey] = (),
        lines: Sequence[ImportedLine] = (),
        **_: object,
    ) -> list[Placed]:
        """Append all or nothing, and know which.

        Raises IntegrityError, RequestAlreadyRecorded, KeyTaken, OutcomeUnknown, StoreUnavailable.
        """
        if not stored_events and idempotency is None and not keys:
            return []
        if known is not None and len(known) != len(stored_events):
            raise ValueError(f"{len(stored_events)} events need as many known times, not {len(known)}")
        append = _append_of(stored_events, organisation, known, idempotency, status, keys, lines)
        try:
            with self._database.appending() as connection:
                return self._append(connection, append)
        except ReplyLost as lost:
            return self._settle(append, lost)

    def _append(self, connection: Connection, append: _Append) -> list[Placed]:
        try:
            row = connection.execute(APPEND, append.parameters, binary=True).fetchone()
        except psycopg.errors.UniqueViolation as error:
            raise IntegrityError(error.diag.message_primary) from error
        if row is None:
            raise StoreUnavailable("the database did not answer an append")
        result, first_id, first_position, known_from, taken, *earlier = row
        match result:
            case "recorded":
                return [
                    Placed.at(first_id + number, first_position + number, recorded_at)
                    for number, recorded_at in enumerate(known_from)
                ]
            case "repeated":
                raise RequestAlreadyRecorded(outcome_of(earlier))
            case "key taken":
                raise KeyTaken(append.keys[taken - 1])
            case _:
                raise IntegrityError("a version of a stream, or a line, is recorded already")

    def _settle(self, append: _Append, lost: ReplyLost) -> list[Placed]:
        """What became of an append whose reply was lost, looked up on a connection of its own.

        Appending it again looks and acts under one lock: either nothing had been recorded, then it is now, and should
        the lost one still be on its way, it will find its versions taken; or these very events stand there, then that
        is the answer. A stream moved by somebody else stays a conflict.
        """
        try:
            with self._database.fresh() as connection:
                try:
                    return self._append(connection, append)
                except (IntegrityError, RequestAlreadyRecorded):
                    ours = self._ours(connection, append)
                    if not ours:
                        raise
                    return ours
        except (ReplyLost, StoreUnavailable) as again:
            raise OutcomeUnknown(f"{lost}; {again}") from again

    def _ours(self, connection: Connection, append: _Append) -> list[Placed]:
        """Where these very events stand, told by their bytes, which name the command; empty unless all do."""
        rows = ask(connection, append.organisation, OURS, append.parameters)
        return [Placed.at(*row) for row in rows] if len(rows) == len(append.events) else []


def _append_of(
    events: Sequence[StoredEvent],
    organisation: UUID,
    known: Sequence[datetime] | None,
    idempotency: Idempotency | None,
    status: int,
    keys: Sequence[SourceKey],
    lines: Sequence[ImportedLine],
) -> _Append:
    given: dict[tuple[str, bytes], UUID] = {}
    for key in keys:
        if given.setdefault((key.kind, key.digest), key.id) != key.id:
            raise KeyTaken(key)
    parameters: dict[str, Any] = {  # Any: what psycopg takes
        "organisation": organisation,
        "streams": [_stream(event) for event in events],
        "versions": [event.originator_version for event in events],
        "topics": [event.topic for event in events],
        "states": [event.state for event in events],
        "known": None if known is None else list(known),
        "actor": idempotency.actor if idempotency else None,
        "request": idempotency.key if idempotency else None,
        "fingerprint": idempotency.fingerprint if idempotency else None,
        "status": status,
        "key_kinds": [key.kind for key in keys] or None,
        "key_digests": [key.digest for key in keys] or None,
        "key_ids": [key.id for key in keys] or None,
        "line_sources": [line.source for line in lines] or None,
        "line_digests": [line.digest for line in lines] or None,
        "line_fingerprints": [line.fingerprint for line in lines] or None,
        "line_events": [line.event for line in lines] or None,
    }
    return _Append(organisation, events, keys, parameters)


def _stream(event: StoredEvent) -> UUID:
    return event.originator_id if isinstance(event.originator_id, UUID) else UUID(event.originator_id)
