"""Sign-ins in PostgreSQL, beside the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg.rows import dict_row

from adapters.postgres.connections import Database
from application.signing_in import SignIn, SignInStore

ADD = """
    insert into avow.sign_ins (organisation, id, person, issuer, digest, bound_at, bound_by)
    values (%(organisation)s, %(id)s, %(person)s, %(issuer)s, %(digest)s, %(bound_at)s, %(bound_by)s)
    on conflict (organisation, digest) where ended_at is null do nothing
"""
FIND: LiteralString = """
    select id, organisation, person, issuer, digest, bound_at, bound_by, ended_at, ended_by
    from avow.sign_ins
    where organisation = %(organisation)s and digest = %(digest)s and ended_at is null
"""
LISTED: LiteralString = """
    select id, organisation, person, issuer, digest, bound_at, bound_by, ended_at, ended_by
    from avow.sign_ins
    where organisation = %(organisation)s
    order by bound_at, id
"""
END = """
    update avow.sign_ins
    set ended_at = coalesce(ended_at, %(at)s), ended_by = case when ended_at is null then %(by)s else ended_by end
    where organisation = %(organisation)s and id = %(id)s
"""


class PostgresSignIns(SignInStore):
    """Read and written as `avow_writer`. Raises StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, sign_in: SignIn) -> bool:
        """Keep a new one, unless its subject is somebody already."""
        with self._database.within(sign_in.organisation) as connection:
            done = connection.execute(
                ADD,
                {
                    "organisation": sign_in.organisation,
                    "id": sign_in.id,
                    "person": sign_in.person,
                    "issuer": sign_in.issuer,
                    "digest": sign_in.digest,
                    "bound_at": sign_in.bound_at,
                    "bound_by": sign_in.bound_by,
                },
            )
        return done.rowcount > 0

    def find(self, organisation: UUID, digest: bytes) -> SignIn | None:
        """The one of this digest that is not ended."""
        found = self._read(organisation, FIND, {"organisation": organisation, "digest": digest})
        return found[0] if found else None

    def listed(self, organisation: UUID) -> Sequence[SignIn]:
        """Every one of an organisation, oldest first."""
        return self._read(organisation, LISTED, {"organisation": organisation})

    def end(self, organisation: UUID, id: UUID, at: datetime, by: UUID | None) -> bool:
        """Let it open nothing from now on; the first end counts."""
        with self._database.within(organisation) as connection:
            done = connection.execute(END, {"organisation": organisation, "id": id, "at": at, "by": by})
        return done.rowcount > 0

    def _read(self, organisation: UUID, statement: LiteralString, wanted: dict[str, Any]) -> list[SignIn]:
        with self._database.within(organisation) as connection, connection.cursor(row_factory=dict_row) as cursor:
            return [SignIn(**{**row, "digest": bytes(row["digest"])}) for row in cursor.execute(statement, wanted)]
