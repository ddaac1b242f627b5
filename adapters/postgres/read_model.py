"""The stored read model in PostgreSQL: rectangles of valid and known time, found by index."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    # Two looks by index, whichever of the two finds a stream. The second finds it for good, whatever the moment.
    "concerning": """
        and (
            subject = any(%(concerning)s)
            or stream = any(array(
                select stream
                from avow_read.concerns
                where slot = (select slot from avow_read.versions where status = 'live')
                  and organisation = %(organisation)s
                  and kind = %(kind)s
                  and concern = any(%(concerning)s)
            ))
        )
    """,
}

TRACK: LiteralString = "update avow_read.versions set cursor = %(to)s where status = 'live' and cursor < %(to)s"


class PostgresReadModel(ReadModel):
    """Answers within the walls of the organisation that is asked about; projects in the projector's role, across them.

    `answering` is a database in the reader's role.
    """

    def __init__(self, database: Database, answering: Database | None = None) -> None:
        self._database = database
        self._answering = answering or Database(database.dsn, "avow_reader", patience=database.patience)

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
        with self._answering.connection() as connection:
            return version_from(connection.execute(VERSION, ["live"], binary=True).fetchall()[0])

    def position(self, organisation: UUID) -> int:
        """See `ReadModel.position`."""
        found = self._answering.ask(organisation, POSITIONS + " and organisation = %s", [organisation])
        return int(found[0][1]) if found else 0

    def positions(self) -> dict[UUID, int]:
        """See `ReadModel.positions`."""
        with self._database.connection() as connection:
            return dict(connection.execute(POSITIONS, binary=True).fetchall())

    def rows(
        self,
        kind: str,
        organisation: UUID,
        moment: Moment,
        *,
        strategy: UUID | None = None,
        subject: UUID | None = None,
        streams: Sequence[UUID] | None = None,
        concerning: Collection[UUID] | None = None,
    ) -> list[Row]:
        """See `ReadModel.rows`."""
        asked: dict[str, Any] = {  # Any: what the driver takes
            "organisation": organisation,
            "kind": kind,
            "valid_at": moment.valid_at,
            "position": moment.position,
        }
        query = ROWS
        narrowing = {
            "strategy": strategy,
            "subject": subject,
            "streams": None if streams is None else list(streams),
            "concerning": None if concerning is None else list(concerning),
        }
        for name, value in narrowing.items():
            if value is not None:
                query += NARROWED[name]
                asked[name] = value
        return [Row(*row) for row in self._answering.ask(organisation, query + " order by stream", asked)]

    def max_tracking_id(self, application_name: str) -> int | None:
        """The cursor of the live version, under the library's name; None before the first event."""
        return self.live().cursor or None

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record that the live version needs nothing of the events up to this one. Raises IntegrityError."""
        with self._database.connection() as connection:
            if connection.execute(TRACK, {"to": tracking.notification_id}).rowcount != 1:
                raise IntegrityError(tracking)


def _stream(row: Row) -> int:
    return row.stream.int
