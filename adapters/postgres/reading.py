"""The reading half of the ledger in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, LiteralString, Self
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent
from psycopg.rows import TupleRow

from adapters.following import PullingSubscription
from adapters.postgres.connections import Database, Question
from adapters.postgres.listening import PostgresListener
from adapters.postgres.statements import (
    AFTER,
    BEHIND,
    HEAD,
    KEYS,
    LAST,
    LEAVES,
    LINES,
    NEWEST_FIRST,
    NOW,
    OLDEST_FIRST,
    ORGANISATIONS,
    OUTCOME,
    POSITION_AT,
    PRESENT,
    RECORDED_AT,
    STREAM,
    STREAMS,
    STREAMS_AND_KEYS,
)
from application.ports import Head, LedgerRecorder, LineRecord, News, Outcome, PlacedEvent

APPEND_LOCK = 1635151735
"""The advisory lock that `avow.append` takes."""


class PostgresReader(LedgerRecorder):
    """Every question to the log. Each raises StoreUnavailable when the database cannot be asked.

    Whatever names an organisation is asked within its walls. Following the log looks across them, in the projector's
    role and on connections of its own, opened when first needed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._following = Database(database.dsn, "avow_projector", size=4, patience=database.patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()
        self._following.close()

    def head(self, organisation: UUID, *, settled: bool = False) -> Head | None:
        """The newest event, or None. `settled` waits for the appends that hold or await their place now."""
        if settled:
            with self._database.connection() as connection, connection.transaction():
                connection.execute("select pg_advisory_xact_lock_shared(%s)", (APPEND_LOCK,))
        rows = self._rows(organisation, HEAD, (organisation,))
        return Head(*rows[0]) if rows else None

    def now(self, organisation: UUID) -> datetime:
        """The greatest of the database's clock and the newest known time."""
        (instant,) = self._rows(organisation, NOW, (organisation,))[0]
        return instant  # type: ignore[no-any-return]  # a timestamptz

    def news(
        self, organisation: UUID, *, after: int | None = None, limit: int = 0, request: tuple[str, str] | None = None
    ) -> News:
        """Head, present, events behind a position, and what a request came to."""
        # The head first: what is recorded while this is asked may then be among the events, but is not missing there.
        questions: list[Question] = [(PRESENT, (organisation,))]
        if request is not None:
            questions.append((OUTCOME, (organisation, *request)))
        if after is not None:
            questions.append((BEHIND, (organisation, after, limit)))
        [[clock, position, recorded_at]], *rest = self._database.ask_together(organisation, questions)
        outcomes = rest.pop(0) if request is not None else []
        behind = rest.pop(0) if after is not None else []
        return News(
            now=clock if position is None else max(clock, recorded_at),
            head=None if position is None else Head(position, recorded_at),
            events=[PlacedEvent(*row) for row in behind],
            outcome=next(map(outcome_of, outcomes), None),
        )

    def position_at(self, organisation: UUID, known_at: datetime) -> int:
        """The position of the newest event known at that instant; 0 before any."""
        rows = self._rows(organisation, POSITION_AT, (organisation, known_at))
        return rows[0][0] if rows else 0

    def recorded_at(self, organisation: UUID, position: int) -> datetime | None:
        """The known time of a position, or None."""
        rows = self._rows(organisation, RECORDED_AT, (organisation, position))
        return rows[0][0] if rows else None

    def select_stream(
        self, organisation: UUID, stream: UUID, *, until: int | None = None, after_version: int = 0
    ) -> list[PlacedEvent]:
        """Events of one stream in the order of version."""
        last = LAST if until is None else until
        rows = self._rows(organisation, STREAM, (organisation, stream, after_version, last))
        return [PlacedEvent(*row) for row in rows]

    def select_streams(
        self, organisation: UUID, streams: Sequence[UUID], *, until: int | None = None
    ) -> dict[UUID, list[PlacedEvent]]:
        """As `select_stream`, for many in one round trip."""
        found: dict[UUID, list[PlacedEvent]] = {}
        last = LAST if until is None else until
        for row in self._rows(organisation, STREAMS, (organisation, list(streams), last)):
            found.setdefault(row[0], []).append(PlacedEvent(*row))
        return found

    def select_positions(
        self,
        organisation: UUID,
        *,
        after: int = 0,
        until: int | None = None,
        limit: int = 1000,
        topics: Sequence[str] = (),
        descending: bool = False,
    ) -> list[PlacedEvent]:
        """Events of one organisation in the order of position."""
        parameters = {
            "organisation": organisation,
            "after": after,
            "until": LAST if until is None else until,
            "topics": list(topics),
            "limit": limit,
        }
        statement = NEWEST_FIRST if descending else OLDEST_FIRST
        return [PlacedEvent(*row) for row in self._rows(organisation, statement, parameters)]

    def select_after(self, id: int, limit: int) -> list[PlacedEvent]:
        """Events of all organisations behind the cursor. None of a smaller id can appear later."""
        return [PlacedEvent(*row) for row in self._across(AFTER, (id, limit))]

    def leaves(self, organisation: UUID, after: int, until: int) -> list[bytes]:
        """The leaf hashes of the positions behind `after` up to `until`."""
        return [leaf for (leaf,) in self._rows(organisation, LEAVES, (organisation, after, until))]

    def organisations(self) -> list[UUID]:
        """All organisations with at least one event, by id."""
        return [organisation for (organisation,) in self._across(ORGANISATIONS, ())]

    def outcome(self, organisation: UUID, actor: str, key: str) -> Outcome | None:
        """What the request with this idempotency key came to, if it was recorded."""
        return next(map(outcome_of, self._rows(organisation, OUTCOME, (organisation, actor, key))), None)

    def find_keys(self, organisation: UUID, wanted: Sequence[tuple[str, bytes]]) -> dict[tuple[str, bytes], UUID]:
        """The records behind source keys, given as (kind, digest)."""
        if not wanted:
            return {}
        kinds, digests = zip(*wanted, strict=True)
        parameters = {"organisation": organisation, "kinds": list(kinds), "digests": list(digests)}
        return {(kind, digest): id for kind, digest, id in self._rows(organisation, KEYS, parameters)}

    def look_up(
        self, organisation: UUID, wanted: Sequence[tuple[str, bytes]], streams: Sequence[UUID]
    ) -> tuple[dict[tuple[str, bytes], UUID], dict[UUID, list[PlacedEvent]]]:
        """The records behind source keys, and the events of these and of other streams."""
        named = {"kinds": [kind for kind, _ in wanted], "digests": [digest for _, digest in wanted]}
        parameters = {"organisation": organisation, "streams": list(streams), **named}
        keys, rows = self._database.ask_together(organisation, [(KEYS, parameters), (STREAMS_AND_KEYS, parameters)])
        found: dict[UUID, list[PlacedEvent]] = {}
        for row in rows:
            found.setdefault(row[0], []).append(PlacedEvent(*row))
        return {(kind, digest): id for kind, digest, id in keys}, found

    def find_lines(self, organisation: UUID, source: str, digests: Sequence[bytes]) -> dict[bytes, LineRecord]:
        """Which of these lines of a source were imported already."""
        rows = self._rows(organisation, LINES, (organisation, source, list(digests))) if digests else []
        return {digest: LineRecord(*record) for digest, *record in rows}

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
        organisation: UUID = UUID(int=0),
    ) -> list[StoredEvent]:
        """The library's own look at one stream."""
        statement = f"""
            select stream, version, topic, state
            from avow.events
            where organisation = %s and stream = %s and version > %s and version <= %s
            order by version {"desc" if desc else "asc"}
            limit %s
        """  # noqa: S608 — "asc" or "desc"
        stream = originator_id if isinstance(originator_id, UUID) else UUID(originator_id)
        bounds = (-1 if gt is None else gt, 2**31 - 1 if lte is None else lte)
        rows = self._rows(organisation, statement, (organisation, stream, *bounds, limit))
        return [StoredEvent(*row) for row in rows]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """The library's own look at all events, by the store's cursor."""
        statement = """
            select stream, version, topic, state, id
            from avow.events
            where id > %(after)s and id <= %(stop)s
                and (cardinality(%(topics)s::text[]) = 0 or topic = any(%(topics)s::text[]))
            order by id
            limit %(limit)s
        """
        parameters = {
            "after": (start or 0) - (1 if inclusive_of_start else 0),
            "stop": LAST if stop is None else stop,
            "topics": list(topics),
            "limit": limit,
        }
        return [Notification(*row) for row in self._across(statement, parameters)]

    def max_notification_id(self) -> int | None:
        """The cursor of the newest event."""
        return self._across("select max(id) from avow.events", ())[0][0]  # type: ignore[no-any-return]  # a bigint

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> PullingSubscription:
        """Follow all events behind the cursor `gt`."""
        return PullingSubscription(self, self.listener(), gt, topics)

    def listener(self) -> PostgresListener:
        """What wakes a follower when events are recorded, by any node."""
        return PostgresListener(self._database.dsn)

    def _rows(self, organisation: UUID, statement: LiteralString, parameters: Any) -> list[TupleRow]:  # noqa: ANN401 — what psycopg takes
        return self._database.ask(organisation, statement, parameters)

    def _across(self, statement: LiteralString, parameters: Any) -> list[TupleRow]:  # noqa: ANN401
        with self._following.connection() as connection:
            return connection.execute(statement, parameters, binary=True).fetchall()


def outcome_of(row: Sequence[Any]) -> Outcome:
    """The outcome that a row of `avow.idempotency` tells."""
    fingerprint, status, position, streams, version = row
    return Outcome(fingerprint=fingerprint, status=status, position=position, streams=tuple(streams), version=version)
