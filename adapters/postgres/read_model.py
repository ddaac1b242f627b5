"""The stored read model in PostgreSQL: rectangles of valid and known time, found by index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString
from uuid import UUID

from eventsourcing.persistence import IntegrityError, Tracking

from adapters.postgres.connections import Database
from adapters.postgres.projection_session import PostgresProjectionSession
from adapters.postgres.projection_tables import VERSION, version_from
from application.projections.model import LeadLost, ProjectionSession, ReadModel, Row, Version
from application.states import Moment

FOLLOWING, REBUILDING = "avow: follow states", "avow: rebuild states"
"""The names behind the advisory locks."""

POSITIONS: LiteralString = """
    select organisation, position
    from avow_read.positions
    where slot = (select slot from avow_read.versions where status = 'live')
"""

ROWS: LiteralString = """
    select stream, state
    from avow_read.states
    where slot = (select slot from avow_read.versions where status = 'live')
      and organisation = %(organisation)s
      and kind = %(kind)s
      and valid_from <= %(valid_at)s and %(valid_at)s < valid_to
      and known_from <= %(position)s and %(position)s < known_to
"""

NARROWED: dict[str, LiteralString] = {
    "strategy": " and strategy = %(strategy)s",
    "subject": " and subject = %(subject)s",
    "streams": " and stream = any(%(streams)s)",
}

TRACK: LiteralString = "update avow_read.versions set cursor = %(to)s where status = 'live' and cursor < %(to)s"


class PostgresReadModel(ReadModel):
    """Reads in the role of `database`: the reader's for answering, the projector's for projecting."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self) -> ProjectionSession:
        """See `ReadModel.open`."""
        return PostgresProjectionSession(self._database, FOLLOWING, "live")

    def open_building(self, fingerprint: str) -> ProjectionSession:
        """See `ReadModel.open_building`."""
        session = PostgresProjectionSession(self._database, REBUILDING, "building")
        try:
            if not session.lead():
                raise LeadLost
            session.begin_building(fingerprint)
        except BaseException:
            session.close()
            raise
        return session

    def live(self) -> Version:
        """See `ReadModel.live`."""
        return version_from(self._all(VERSION, ["live"])[0])

    def position(self, organisation: UUID) -> int:
        """See `ReadModel.position`."""
        found = self._all(POSITIONS + " and organisation = %s", [organisation])
        return int(found[0][1]) if found else 0

    def positions(self) -> dict[UUID, int]:
        """See `ReadModel.positions`."""
        return dict(self._all(POSITIONS, []))

    def rows(
        self,
        kind: str,
        organisation: UUID,
        moment: Moment,
        *,
        strategy: UUID | None = None,
        subject: UUID | None = None,
        streams: Sequence[UUID] | None = None,
    ) -> list[Row]:
        """See `ReadModel.rows`."""
        asked: dict[str, Any] = {  # Any: what the driver takes
            "organisation": organisation,
            "kind": kind,
            "valid_at": moment.valid_at,
            "position": moment.position,
        }
        query = ROWS
        narrowing = {"strategy": strategy, "subject": subject, "streams": None if streams is None else list(streams)}
        for name, value in narrowing.items():
            if value is not None:
                query += NARROWED[name]
                asked[name] = value
        return [Row(stream, state) for stream, state in self._all(query + " order by stream", asked)]

    def max_tracking_id(self, application_name: str) -> int | None:
        """The cursor of the live version, under the library's name; None before the first event."""
        return self.live().cursor or None

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record that the live version needs nothing of the events up to this one. Raises IntegrityError."""
        with self._database.connection() as connection:
            if connection.execute(TRACK, {"to": tracking.notification_id}).rowcount != 1:
                raise IntegrityError(tracking)

    def _all(self, query: LiteralString, asked: Sequence[Any] | dict[str, Any]) -> list[tuple[Any, ...]]:
        with self._database.connection() as connection, connection.cursor(binary=True) as cursor:
            return cursor.execute(query, asked).fetchall()
