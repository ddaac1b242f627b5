"""One worker's connection to the stored read model: it holds the lead, listens, and writes batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg

from adapters.postgres.connections import Connection, Database
from adapters.postgres.projection_tables import SLOT, VERSION, version_from
from adapters.postgres.searching import BARE, configuration_of
from application.ports import StoreUnavailable
from application.projections.model import LeadLost, ProjectionSession, ReadModelDamaged, Version
from application.projections.rectangles import Changes

KNOWN_TO_THIS_DAY = 2**63 - 1
"""`known_to` of a row that no later event has closed."""

TAKE_LEAD = "select pg_try_advisory_lock(hashtextextended(%s, 0))"

ADVANCE = """
    update avow_read.versions
    set cursor = %(to)s, events = events + %(events)s, fingerprint = %(fingerprint)s,
        projected_at = clock_timestamp(), alarm_cursor = null, alarm_reason = null, alarm_since = null
    where slot = %(slot)s and status = %(status)s and cursor = %(from)s
"""

CLOSE = """
    update avow_read.states as open
    set known_to = closing.known_to
    from unnest(%(organisations)s::uuid[], %(streams)s::uuid[], %(valid_from)s::timestamptz[], %(known_to)s::bigint[])
        as closing (organisation, stream, valid_from, known_to)
    where open.slot = %(slot)s
      and open.organisation = closing.organisation
      and open.stream = closing.stream
      and open.valid_from = closing.valid_from
      and open.known_to = %(open)s
"""

CLOSE_TEXTS = """
    update avow_read.texts as open
    set known_to = closing.known_to
    from unnest(%(organisations)s::uuid[], %(streams)s::uuid[], %(valid_from)s::timestamptz[], %(known_to)s::bigint[])
        as closing (organisation, stream, valid_from, known_to)
    where open.slot = %(slot)s
      and open.organisation = closing.organisation
      and open.stream = closing.stream
      and open.valid_from = closing.valid_from
      and open.known_to = %(open)s
"""

ADD_TEXTS = """
    insert into avow_read.texts
        (slot, organisation, stream, valid_from, valid_to, known_from, known_to, language, configuration, title, body,
        document)
    select
        %(slot)s, organisation, stream, valid_from, coalesce(valid_to, 'infinity'), known_from,
        coalesce(known_to, %(open)s), language, configuration, title, body,
        setweight(to_tsvector(configuration::regconfig, translate(title, %(from)s, %(to)s)), 'A')
        || to_tsvector(configuration::regconfig, translate(body, %(from)s, %(to)s))
    from unnest(
        %(organisations)s::uuid[], %(streams)s::uuid[], %(valid_from)s::timestamptz[], %(valid_to)s::timestamptz[],
        %(known_from)s::bigint[], %(known_to)s::bigint[], %(languages)s::text[], %(configurations)s::text[],
        %(titles)s::text[], %(bodies)s::text[]
    ) as added (
        organisation, stream, valid_from, valid_to, known_from, known_to, language, configuration, title, body
    )
"""

# Not by COPY, which PostgreSQL does not let into tables with walls.
ADD = """
    insert into avow_read.states
        (slot, organisation, stream, kind, strategy, subject, valid_from, valid_to, known_from, known_to, state)
    select
        %s, organisation, stream, kind, strategy, subject, valid_from, coalesce(valid_to, 'infinity'), known_from,
        coalesce(known_to, %s), state
    from unnest(
        %b::uuid[], %b::uuid[], %b::text[], %b::uuid[], %b::uuid[], %b::timestamptz[], %b::timestamptz[], %b::bigint[],
        %b::bigint[], %b::bytea[]
    ) as added (organisation, stream, kind, strategy, subject, valid_from, valid_to, known_from, known_to, state)
"""

CONCERN = """
    insert into avow_read.concerns (slot, organisation, kind, concern, stream)
    select %s, organisation, kind, concern, stream
    from unnest(%b::uuid[], %b::text[], %b::uuid[], %b::uuid[]) as added (organisation, kind, concern, stream)
    on conflict do nothing
"""

PLACE = """
    insert into avow_read.positions (organisation, slot, position)
    select organisation, %(slot)s, position
    from unnest(%(organisations)s::uuid[], %(positions)s::bigint[]) as projected (organisation, position)
    on conflict (organisation, slot) do update set position = excluded.position
"""

BUILD = """
    update avow_read.versions
    set status = 'building', fingerprint = %(fingerprint)s
    where slot = %(slot)s
"""

CLEAR = """
    update avow_read.versions
    set status = 'idle', cursor = 0, events = 0, fingerprint = '',
        projected_at = null, alarm_cursor = null, alarm_reason = null, alarm_since = null
    where slot = %(slot)s
"""

OTHER = "select slot, fingerprint, status from avow_read.versions where status <> 'live'"

RAISE_ALARM = """
    update avow_read.versions
    set alarm_cursor = %(cursor)s, alarm_reason = %(reason)s,
        alarm_since = case when alarm_cursor = %(cursor)s then alarm_since else clock_timestamp() end
    where slot = %(slot)s
"""


class PostgresProjectionSession(ProjectionSession):
    """Lead, listening and writing share one connection: when it breaks, all three end together.

    `purpose` names the advisory lock, `status` that of the version written to.
    """

    def __init__(self, database: Database, purpose: str, status: str) -> None:
        self._purpose, self._status, self._leads = purpose, status, False
        self._held = ExitStack()
        self._connection = self._held.enter_context(database.fresh())
        try:
            with self._use() as connection:
                # Before anything is pulled: what is recorded from here on wakes us.
                connection.execute("listen avow_events")
        except BaseException:
            self._held.close()
            raise

    @contextmanager
    def _use(self) -> Iterator[Connection]:
        # A batch whose reply was lost needs no other care than a broken connection: the cursor tells what was stored.
        try:
            yield self._connection
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise StoreUnavailable(str(error).strip()) from error

    def lead(self) -> bool:
        """See `ProjectionSession.lead`."""
        if not self._leads:
            with self._use() as connection:
                row = connection.execute(TAKE_LEAD, [self._purpose]).fetchone()
            self._leads = row is not None and bool(row[0])
        return self._leads

    def version(self) -> Version:
        """See `ProjectionSession.version`. Raises LeadLost when there is none any more."""
        with self._use() as connection:
            row = connection.execute(VERSION, [self._status]).fetchone()
        if row is None:
            raise LeadLost
        return version_from(row)

    def write(self, changes: Changes, after: Version, fingerprint: str) -> None:
        """See `ProjectionSession.write`."""
        advance = {
            "slot": after.slot,
            "status": self._status,
            "from": after.cursor,
            "to": changes.cursor,
            "events": changes.events,
            "fingerprint": fingerprint,
        }
        place = {
            "slot": after.slot,
            "organisations": list(changes.positions),
            "positions": list(changes.positions.values()),
        }
        with self._use() as connection, connection.transaction():
            if connection.execute(ADVANCE, advance).rowcount != 1:
                raise LeadLost
            _close(connection, changes, after.slot)
            _add(connection, changes, after.slot)
            connection.execute(PLACE, place)

    def alarm(self, cursor: int, reason: str) -> None:
        """See `ProjectionSession.alarm`."""
        slot = self.version().slot
        with self._use() as connection:
            connection.execute(RAISE_ALARM, {"slot": slot, "cursor": cursor, "reason": reason})

    def wait(self, seconds: float) -> None:
        """See `ProjectionSession.wait`."""
        with self._use() as connection:
            for _ in connection.notifies(timeout=seconds, stop_after=1):
                pass

    def begin_building(self, fingerprint: str) -> None:
        """Go on with what an interrupted rebuild of the same shape left; throw anything else away."""
        with self._use() as connection:
            row = connection.execute(OTHER).fetchone()
            if row is None:
                raise LeadLost
            slot, begun, status = row
            if status != "building" or begun != fingerprint:
                _empty(connection, slot)
                connection.execute(BUILD, {"slot": slot, "fingerprint": fingerprint})

    @contextmanager
    def switching(self) -> Iterator[Version]:
        """See `ProjectionSession.switching`."""
        built = self.version()
        with self._use() as connection:
            with connection.transaction():
                row = connection.execute(VERSION + " for update", ["live"]).fetchone()
                if row is None:
                    raise LeadLost
                live = version_from(row)
                yield live
                # In this order: never are two versions live.
                connection.execute("update avow_read.versions set status = 'idle' where slot = %s", [live.slot])
                connection.execute("update avow_read.versions set status = 'live' where slot = %s", [built.slot])
            _empty(connection, live.slot)

    def close(self) -> None:
        """End the session and with it whatever it holds."""
        self._held.close()


def _close(connection: Connection, changes: Changes, slot: int) -> None:
    for statement, closings in (
        (CLOSE, changes.closings),
        (CLOSE_TEXTS, [each for each in changes.closings if each.searched]),
    ):
        if not closings:
            continue
        close = {
            "slot": slot,
            "open": KNOWN_TO_THIS_DAY,
            "organisations": [each.organisation for each in closings],
            "streams": [each.stream for each in closings],
            "valid_from": [each.valid_from for each in closings],
            "known_to": [each.known_to for each in closings],
        }
        closed = connection.execute(statement, close).rowcount
        if closed != len(closings):
            raise ReadModelDamaged(f"{closed} rows were open of the {len(closings)} to be closed")


def _add(connection: Connection, changes: Changes, slot: int) -> None:
    if not changes.rows:
        return
    rows = (
        (
            row.organisation,
            row.stream,
            row.kind,
            row.span.face.strategy,
            row.span.face.subject,
            row.span.valid_from,
            row.span.valid_to,
            row.known_from,
            row.known_to,
            row.span.face.state,
        )
        for row in changes.rows
    )
    connection.execute(ADD, (slot, KNOWN_TO_THIS_DAY, *map(list, zip(*rows, strict=True))))
    concerns = {
        (row.organisation, row.kind, each, row.stream) for row in changes.rows for each in row.span.face.concerns
    }
    if concerns:
        connection.execute(CONCERN, (slot, *map(list, zip(*concerns, strict=True))))
    _add_texts(connection, changes, slot)


def _add_texts(connection: Connection, changes: Changes, slot: int) -> None:
    searched = [(row, row.span.face.text) for row in changes.rows if row.span.face.text is not None]
    if searched:
        added = {
            **BARE,
            "slot": slot,
            "open": KNOWN_TO_THIS_DAY,
            "organisations": [row.organisation for row, _ in searched],
            "streams": [row.stream for row, _ in searched],
            "valid_from": [row.span.valid_from for row, _ in searched],
            "valid_to": [row.span.valid_to for row, _ in searched],
            "known_from": [row.known_from for row, _ in searched],
            "known_to": [row.known_to for row, _ in searched],
            "languages": [text.language for _, text in searched],
            "configurations": [configuration_of(text.language) for _, text in searched],
            "titles": [text.title for _, text in searched],
            "bodies": [text.body for _, text in searched],
        }
        connection.execute(ADD_TEXTS, added)


def _empty(connection: Connection, slot: int) -> None:
    """Throw away the rows of a slot that is not read."""
    with connection.transaction():
        connection.execute("truncate " + SLOT[slot])
        connection.execute("delete from avow_read.positions where slot = %s", [slot])
        connection.execute(CLEAR, {"slot": slot})
