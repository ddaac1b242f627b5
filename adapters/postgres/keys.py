"""The key store in PostgreSQL: a schema and a role of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Final, LiteralString, Self
from uuid import UUID

from adapters.crypto.keys import MARK_BYTES, DataKey, Kept, KeyStore, Wrapped
from adapters.postgres.connections import Connection, Database
from domain.sealed import TextKind

BOTH: Final = "both"
"""The kind of keys from before there was one for each kind of text."""
KINDS = [str(kind) for kind in TextKind]

LOOK_UP: LiteralString = """
    select o.wrapped, o.changes, o.closed_at is not null, k.subject, k.kind, k.wrapped
    from (values (%(organisation)s::uuid)) as asked (organisation)
    left join avow_keys.organisations as o using (organisation)
    left join avow_keys.data_keys as k on k.organisation = asked.organisation and k.subject = any(%(subjects)b)
"""
ADD_WRAPPING: LiteralString = """
    insert into avow_keys.organisations as o (organisation, mark, wrapped)
    select %(organisation)s, %(mark)s, %(wrapped)s
    where not exists (select from avow_keys.installation where mark <> %(in_force)s)
    on conflict (organisation) do update set mark = excluded.mark, wrapped = excluded.wrapped, changes = o.changes + 1
    where o.wrapped is null and o.closed_at is null
"""
OUT_OF_FORCE: LiteralString = "select 1 from avow_keys.installation where mark <> %s"
ADD: LiteralString = """
    with offered as (
        select subject, kind, wrapped
        from unnest(%(subjects)b::uuid[], %(kinds)b::text[], %(wrapped)b::bytea[]) as o (subject, kind, wrapped)
    ), present as (
        select organisation from avow_keys.organisations
        where organisation = %(organisation)s and mark = %(mark)s for share
    ), added as (
        insert into avow_keys.data_keys (organisation, subject, kind, wrapped)
        select organisation, subject, kind, wrapped
        from offered cross join present
        on conflict do nothing
        returning subject, kind, wrapped
    )
    select subject, kind, wrapped from added
    union all
    select k.subject, k.kind, k.wrapped
    from avow_keys.data_keys as k
    join offered using (subject, kind)
    where k.organisation = %(organisation)s
"""
FIND: LiteralString = """
    select subject, kind, wrapped from avow_keys.data_keys where organisation = %s and subject = any(%b)
"""
CHANGED: LiteralString = """
    insert into avow_keys.organisations as o (organisation, changes) values (%s, 1)
    on conflict (organisation) do update set changes = o.changes + 1
"""
ERASE: LiteralString = """
    insert into avow_keys.data_keys (organisation, subject, kind)
    select %s, %s, unnest(%s::text[])
    on conflict (organisation, subject, kind) do update set wrapped = null
"""
ERASE_OLD: LiteralString = """
    update avow_keys.data_keys
    set wrapped = null
    where organisation = %(organisation)s and subject = %(subject)s and kind = 'both' and (
        select count(*)
        from avow_keys.data_keys
        where organisation = %(organisation)s and subject = %(subject)s and kind = any(%(kinds)s) and wrapped is null
    ) = cardinality(%(kinds)s)
"""
ERASED: LiteralString = """
    select subject, kind from avow_keys.data_keys where organisation = %s and wrapped is null
"""
OF_ORGANISATION: LiteralString = "select wrapped from avow_keys.secrets where organisation = %s"
KEEP_FOR_ORGANISATION: LiteralString = """
    with present as (
        select organisation from avow_keys.organisations
        where organisation = %s and mark = %s for share
    )
    insert into avow_keys.secrets (organisation, wrapped) select organisation, %s from present on conflict do nothing
"""
PUT_IN_FORCE: LiteralString = """
    insert into avow_keys.installation (mark) values (%s)
    on conflict (single) do update set mark = excluded.mark, since = clock_timestamp()
    where avow_keys.installation.mark <> excluded.mark
"""
ORGANISATIONS: LiteralString = """
    select organisation from avow_keys.organisations
    union select organisation from avow_keys.data_keys
    union select organisation from avow_keys.secrets
    order by organisation
"""
LOCK: LiteralString = """
    select wrapped, mark, closed_at is not null from avow_keys.organisations where organisation = %s for update
"""
REPLACE: LiteralString = """
    update avow_keys.data_keys as k
    set wrapped = n.wrapped
    from unnest(%(subjects)b::uuid[], %(kinds)b::text[], %(wrapped)b::bytea[]) as n (subject, kind, wrapped)
    where k.organisation = %(organisation)s and k.subject = n.subject and k.kind = n.kind and k.wrapped is not null
"""
DESTROY: tuple[LiteralString, ...] = (
    """
    insert into avow_keys.organisations as o (organisation, changes, closed_at)
    values (%(organisation)s, 1, clock_timestamp())
    on conflict (organisation) do update set
        changes = o.changes + 1, mark = null, wrapped = null, closed_at = coalesce(o.closed_at, clock_timestamp())
    """,
    "delete from avow_keys.data_keys where organisation = %(organisation)s",
    "delete from avow_keys.secrets where organisation = %(organisation)s",
)


class PostgresKeyStore(KeyStore):
    """Wrapped keys, read and written as `avow_keeper`. Raises StoreUnavailable."""

    def __init__(self, database: Database, across: Database) -> None:
        self._database, self._across = database, across

    @classmethod
    def of(cls, dsn: str) -> Self:
        """The key store of the database at `dsn`."""
        return cls(Database(dsn, "avow_keeper", size=4), Database(dsn, "avow_keys_archivist", size=1))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()
        self._across.close()

    def look_up(self, organisation: UUID, subjects: Collection[UUID]) -> Kept:
        """The organisation's own key, and the data keys of these subjects, in one look-up."""
        asked = {"organisation": organisation, "subjects": sorted(subjects)}
        rows = self._database.ask(organisation, LOOK_UP, asked)
        wrapping, changes, closed = rows[0][:3]
        return Kept(wrapping, changes or 0, bool(closed), _by_kind([row[3:] for row in rows if row[3] is not None]))

    def add_wrapping(self, organisation: UUID, mark: bytes, wrapped: bytes) -> bool:
        """Keep an organisation's own key if it has none."""
        in_force = wrapped[:MARK_BYTES]
        asked = {"organisation": organisation, "mark": mark, "wrapped": wrapped, "in_force": in_force}
        self._database.ask(organisation, ADD_WRAPPING, asked)
        return not self._database.ask(organisation, OUT_OF_FORCE, (in_force,))

    def add_data_keys(
        self, organisation: UUID, mark: bytes, offered: Mapping[DataKey, bytes]
    ) -> Mapping[DataKey, bytes | None]:
        """Keep the offered keys that there are none of; tells all present ones."""
        # In one order for all: two that add the same keys then wait for each other and never in a ring.
        parameters = {"organisation": organisation, "mark": mark, **_columns(offered)}
        found = {
            (subject, TextKind(kind)): wrapped
            for subject, kind, wrapped in self._database.ask(organisation, ADD, parameters)
        }
        if len(found) < len(offered):
            # Somebody else added one meanwhile, which the statement could not see; or `mark` is out of date.
            rows = self._database.ask(organisation, FIND, (organisation, sorted({key[0] for key in offered})))
            found |= {key: wrapped for key, wrapped in _by_kind(rows).items() if key in offered}
        return found

    def erase(self, organisation: UUID, subject: UUID, kinds: Collection[TextKind]) -> None:
        """Destroy keys for good."""
        with self._database.within(organisation) as connection:
            connection.execute(CHANGED, (organisation,))
            connection.execute(ERASE, (organisation, subject, [str(kind) for kind in kinds]))
            connection.execute(ERASE_OLD, {"organisation": organisation, "subject": subject, "kinds": KINDS})

    def erased(self, organisation: UUID) -> dict[UUID, frozenset[TextKind]]:
        """Whose keys were destroyed, and which of them."""
        found = defaultdict[UUID, set[TextKind]](set)
        for subject, kind in self._database.ask(organisation, ERASED, (organisation,)):
            found[subject] |= set(TextKind) if kind == BOTH else {TextKind(kind)}
        return {subject: frozenset(kinds) for subject, kinds in found.items()}

    def secret(self, organisation: UUID, mark: bytes, offered: bytes) -> bytes | None:
        """The organisation's wrapped secret; the offered one, if it had none."""
        rows = self._database.ask(organisation, OF_ORGANISATION, (organisation,))
        if not rows:
            self._database.ask(organisation, KEEP_FOR_ORGANISATION, (organisation, mark, offered))
            rows = self._database.ask(organisation, OF_ORGANISATION, (organisation,))
        return bytes(rows[0][0]) if rows else None

    def organisations(self) -> list[UUID]:
        """Which organisations have keys."""
        with self._across.connection() as connection:
            return [organisation for (organisation,) in connection.execute(ORGANISATIONS).fetchall()]

    def in_force(self, mark: bytes) -> None:
        """Take only what is wrapped under this key of the installation from now on."""
        with self._database.connection() as connection, connection.transaction():
            # Whoever is adding a key under the old one is waited for; whoever comes later sees the new mark.
            connection.execute("lock table avow_keys.organisations in share row exclusive mode")
            connection.execute(PUT_IN_FORCE, (mark,))

    def rewrap(self, organisation: UUID, change: Callable[[Wrapped], Wrapped | None]) -> bool:
        """Replace all wrapped keys in one transaction, while the organisation's row is locked."""
        with self._database.within(organisation) as connection:
            connection.execute(CHANGED, (organisation,))
            old = _whole(connection, organisation)
            new = change(old) if old is not None else None
            if new is None:
                return False
            connection.execute(REPLACE, {"organisation": organisation, **_columns(new.keys)}, binary=True)
            connection.execute(
                "update avow_keys.organisations set wrapped = %s, mark = %s where organisation = %s",
                (new.wrapping, new.mark, organisation),
            )
            if new.secret is not None:
                connection.execute(
                    "update avow_keys.secrets set wrapped = %s where organisation = %s", (new.secret, organisation)
                )
            return True

    def destroy(self, organisation: UUID) -> None:
        """Destroy an organisation's own key and all that it wraps."""
        with self._database.within(organisation) as connection:
            for statement in DESTROY:
                connection.execute(statement, {"organisation": organisation})


def _whole(connection: Connection, organisation: UUID) -> Wrapped | None:
    (wrapping, mark, closed) = connection.execute(LOCK, (organisation,)).fetchall()[0]
    if closed:
        return None
    keys = connection.execute(
        "select subject, kind, wrapped from avow_keys.data_keys where organisation = %s and wrapped is not null",
        (organisation,),
        binary=True,
    ).fetchall()
    secret = connection.execute(OF_ORGANISATION, (organisation,)).fetchone()
    return Wrapped(
        wrapping=wrapping,
        mark=mark,
        keys={(subject, kind): wrapped for subject, kind, wrapped in keys},
        secret=secret[0] if secret else None,
    )


def _by_kind(rows: Collection[tuple[UUID, str, bytes | None]]) -> dict[DataKey, bytes | None]:
    """The keys by kind; one of both kinds stands for each that has no row of its own."""
    old = {(subject, kind): wrapped for subject, of, wrapped in rows if of == BOTH for kind in TextKind}
    return {**old, **{(subject, TextKind(of)): wrapped for subject, of, wrapped in rows if of != BOTH}}


def _columns(keys: Mapping[tuple[UUID, str], bytes] | Mapping[DataKey, bytes]) -> dict[str, list[object]]:
    ordered = sorted(keys.items(), key=lambda each: (each[0][0], str(each[0][1])))
    return {
        "subjects": [key[0] for key, _ in ordered],
        "kinds": [str(key[1]) for key, _ in ordered],
        "wrapped": [wrapped for _, wrapped in ordered],
    }
