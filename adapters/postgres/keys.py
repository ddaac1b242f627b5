"""The key store in PostgreSQL: a schema and a role of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from adapters.crypto.keys import KeyStore
from adapters.postgres.connections import Database

FIND = "select subject, wrapped from avow_keys.data_keys where organisation = %s and subject = any(%b)"
ADD = """
    with offered as (
        select subject, wrapped
        from unnest(%(subjects)b::uuid[], %(wrapped)b::bytea[]) as o (subject, wrapped)
    ), added as (
        insert into avow_keys.data_keys (organisation, subject, wrapped)
        select %(organisation)s, subject, wrapped
        from offered
        on conflict do nothing
        returning subject, wrapped
    )
    select subject, wrapped from added
    union all
    select k.subject, k.wrapped
    from avow_keys.data_keys as k
    join offered using (subject)
    where k.organisation = %(organisation)s
"""
ERASE = """
    insert into avow_keys.data_keys (organisation, subject)
    values (%s, %s)
    on conflict (organisation, subject) do update set wrapped = null
"""
OF_ORGANISATION = "select wrapped from avow_keys.secrets where organisation = %s"
KEEP_FOR_ORGANISATION = "insert into avow_keys.secrets (organisation, wrapped) values (%s, %s) on conflict do nothing"


class PostgresKeyStore(KeyStore):
    """Wrapped keys, read and written as `avow_keeper`. Raises StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def of(cls, dsn: str) -> Self:
        """The key store of the database at `dsn`."""
        return cls(Database(dsn, "avow_keeper", size=4))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def data_keys(self, organisation: UUID, subjects: list[UUID]) -> dict[UUID, bytes]:
        """The wrapped keys of these subjects, in one look-up."""
        rows = self._database.ask(organisation, FIND, (organisation, subjects))
        return {subject: wrapped for subject, wrapped in rows if wrapped is not None}

    def add_data_keys(self, organisation: UUID, offered: Mapping[UUID, bytes]) -> dict[UUID, bytes]:
        """Keep the offered keys of subjects that have none; tells everyone's present key."""
        # In one order for all: two that add the same subjects then wait for each other and never in a ring.
        subjects = sorted(offered)
        parameters = {
            "organisation": organisation,
            "subjects": subjects,
            "wrapped": [offered[subject] for subject in subjects],
        }
        rows: dict[UUID, bytes | None] = dict(self._database.ask(organisation, ADD, parameters))
        if len(rows) < len(subjects):
            # Somebody else added one meanwhile: the statement could neither add it nor see it.
            rows |= dict(self._database.ask(organisation, FIND, (organisation, subjects)))
        return {subject: wrapped for subject, wrapped in rows.items() if wrapped is not None}

    def erase(self, organisation: UUID, subject: UUID) -> None:
        """Destroy a subject's key."""
        self._database.ask(organisation, ERASE, (organisation, subject))

    def secret(self, organisation: UUID, offered: bytes) -> bytes:
        """The organisation's wrapped secret; the offered one, if it had none."""
        rows = self._database.ask(organisation, OF_ORGANISATION, (organisation,))
        if not rows:
            self._database.ask(organisation, KEEP_FOR_ORGANISATION, (organisation, offered))
            rows = self._database.ask(organisation, OF_ORGANISATION, (organisation,))
        if not rows:
            raise KeyError(organisation)
        return bytes(rows[0][0])
