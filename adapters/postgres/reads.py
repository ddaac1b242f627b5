"""The trail of reads in PostgreSQL, beside the log: added to by the writer, read by the reader, changed by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from adapters.postgres.connections import Database
from application.reads import Read, Trail

ADD = """
    insert into avow.reads (organisation, at, id, person, token, roles, view, about, asked, valid_at, position)
    values (
        %(organisation)s, %(at)s, %(id)s, %(person)s, %(token)s, %(roles)s, %(view)s, %(about)s, %(asked)s,
        %(valid_at)s, %(position)s
    )
"""
READS = """
    select id, organisation, at, person, token, roles, view, about, asked, valid_at, position
    from avow.reads
    where organisation = %(organisation)s
        and (%(about)s::uuid is null or about = %(about)s)
        and (%(by)s::uuid is null or person = %(by)s)
        and (%(at)s::timestamptz is null or (at, id) < (%(at)s, %(id)s::uuid))
    order by at desc, id desc
    limit %(limit)s
"""


class PostgresTrail(Trail):
    """Written as `avow_writer`, read as `avow_reader`. Raises StoreUnavailable."""

    def __init__(self, writing: Database, reading: Database) -> None:
        self._writing, self._reading = writing, reading

    def add(self, read: Read) -> None:
        """Keep it."""
        self._writing.ask(
            read.organisation,
            ADD,
            {
                "organisation": read.organisation,
                "at": read.at,
                "id": read.id,
                "person": read.person,
                "token": read.token,
                "roles": sorted(read.roles),
                "view": read.view,
                "about": read.about,
                "asked": Jsonb(dict(read.asked)),
                "valid_at": read.valid_at,
                "position": read.position,
            },
        )

    def reads(
        self,
        organisation: UUID,
        *,
        about: UUID | None = None,
        by: UUID | None = None,
        before: tuple[datetime, UUID] | None = None,
        limit: int = 100,
    ) -> Sequence[Read]:
        """The newest first."""
        at, id = before or (None, None)
        wanted = {"organisation": organisation, "about": about, "by": by, "at": at, "id": id, "limit": limit}
        return [
            Read(
                id=id_, organisation=mine, at=at_, person=person, token=token, roles=frozenset(roles), view=view,
                about=about_, asked=asked, valid_at=valid_at, position=position,
            )
            for id_, mine, at_, person, token, roles, view, about_, asked, valid_at, position in self._reading.ask(
                organisation, READS, wanted
            )
        ]  # fmt: skip
