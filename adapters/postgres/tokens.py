"""Tokens in PostgreSQL, beside the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from psycopg.rows import dict_row

from adapters.postgres.connections import Database
from application.permissions import Role
from application.tokens import FORGOTTEN, Token, TokenStore

ADD = """
    insert into avow.tokens (organisation, id, name, digest, person, roles, scopes, issued_at, issued_by, expires_at)
    values (
        %(organisation)s, %(id)s, %(name)s, %(digest)s, %(person)s, %(roles)s, %(scopes)s, %(issued_at)s,
        %(issued_by)s, %(expires_at)s
    )
"""
FIND = """
    select
        id, organisation, name, digest, person, roles, scopes, issued_at, issued_by, expires_at, revoked_at, revoked_by,
        used_on
    from avow.tokens
    where digest = %s
"""
ISSUED = """
    select
        id, organisation, name, digest, person, roles, scopes, issued_at, issued_by, expires_at, revoked_at, revoked_by,
        used_on
    from avow.tokens
    where organisation = %s
    order by issued_at, id
"""
REVOKE = """
    update avow.tokens
    set
        revoked_at = coalesce(revoked_at, %(at)s),
        revoked_by = case when revoked_at is null then %(by)s else revoked_by end
    where organisation = %(organisation)s and id = %(token)s
"""
FORGET = """
    update avow.tokens
    set revoked_at = coalesce(revoked_at, %(at)s), name = %(name)s
    where organisation = %(organisation)s and person = %(person)s
"""
USED = """
    update avow.tokens
    set used_on = greatest(used_on, %(on)s)
    where organisation = %(organisation)s and id = %(token)s
"""
SHOW = "select set_config('app.token', %s, true)"
"""Before its organisation is known, a token is seen by whoever shows its digest."""


class PostgresTokens(TokenStore):
    """Read and written as `avow_writer`. Raises StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def of(cls, dsn: str) -> Self:
        """The tokens of the database at `dsn`."""
        return cls(Database(dsn, "avow_writer", size=4))

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def add(self, token: Token) -> None:
        """Keep a new token."""
        with self._database.within(token.organisation) as connection:
            connection.execute(
                ADD,
                {
                    "organisation": token.organisation,
                    "id": token.id,
                    "name": token.name,
                    "digest": token.digest,
                    "person": token.person,
                    "roles": sorted(token.roles),
                    "scopes": sorted(token.scopes),
                    "issued_at": token.issued_at,
                    "issued_by": token.issued_by,
                    "expires_at": token.expires_at,
                },
            )

    def find(self, digest: bytes) -> Token | None:
        """The token with this digest, whatever became of it."""
        with self._database.connection() as connection:
            # One transaction: see `connections.ask`.
            with connection.pipeline():
                connection.execute(SHOW, (digest.hex(),))
                cursor = connection.cursor(row_factory=dict_row).execute(FIND, (digest,))
            found = [_token(row) for row in cursor]
        return found[0] if found else None

    def issued(self, organisation: UUID) -> Sequence[Token]:
        """Every token of an organisation, oldest first."""
        with self._database.within(organisation) as connection, connection.cursor(row_factory=dict_row) as cursor:
            return [_token(row) for row in cursor.execute(ISSUED, (organisation,))]

    def revoke(self, organisation: UUID, token: UUID, at: datetime, by: UUID | None = None) -> bool:
        """Let it open nothing from now on; the first revocation counts."""
        with self._database.within(organisation) as connection:
            done = connection.execute(REVOKE, {"organisation": organisation, "token": token, "at": at, "by": by})
        return done.rowcount > 0

    def forget(self, organisation: UUID, person: UUID, at: datetime) -> None:
        """Revoke a person's tokens, and name them no more."""
        forgotten = {"organisation": organisation, "person": person, "at": at, "name": FORGOTTEN}
        self._database.ask(organisation, FORGET, forgotten)

    def used(self, organisation: UUID, token: UUID, on: date) -> None:
        """Remember the newest day on which it was used."""
        self._database.ask(organisation, USED, {"organisation": organisation, "token": token, "on": on})


def _token(row: dict[str, Any]) -> Token:
    digest, roles, scopes = row.pop("digest"), row.pop("roles"), row.pop("scopes")
    return Token(digest=bytes(digest), roles=frozenset(map(Role, roles)), scopes=frozenset(scopes), **row)
