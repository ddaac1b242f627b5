"""A ballot box's two stores in PostgreSQL: two schemas, each with a role of its own, and neither is the log's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self
from uuid import UUID

from adapters.crypto.box import BoxKeys, BoxStore, Sealed, ShutBox
from adapters.postgres.connections import Connection, Database, ReplyLost, walled
from application.ports import OutcomeUnknown

KEY = "select wrapped from avow_box_keys.box_keys where organisation = %s and review = %s"
KEEP = "insert into avow_box_keys.box_keys (organisation, review, wrapped) values (%s, %s, %s) on conflict do nothing"
DESTROY = """
    insert into avow_box_keys.box_keys (organisation, review)
    values (%s, %s)
    on conflict (organisation, review) do update set wrapped = null
"""

KEYS_LEFT = "select review, wrapped from avow_box_keys.box_keys where organisation = %s and wrapped is not null"
REPLACE_KEY = "update avow_box_keys.box_keys set wrapped = %s where organisation = %s and review = %s"
MAKE = "insert into avow_box.boxes (organisation, review) values (%s, %s) on conflict do nothing"
FILL = "insert into avow_box.ballots (organisation, review, id, sealed) values (%s, %s, %s, %s)"
IS_SHUT = "select shut from avow_box.boxes where organisation = %s and review = %s"
SHUT = "update avow_box.boxes set shut = true where organisation = %s and review = %s"
BOXES = "select review from avow_box.boxes where organisation = %s order by review"
BALLOT = "select sealed from avow_box.ballots where organisation = %s and review = %s and id = %s"
BALLOTS = "select id, sealed from avow_box.ballots where organisation = %s and review = %s"
CHANGE = "update avow_box.ballots set sealed = %s where organisation = %s and review = %s and id = %s"
REMOVE = "delete from avow_box.ballots where organisation = %s and review = %s and id = %s"
EMPTY = "delete from avow_box.ballots where organisation = %s and review = %s"
CLEAR = "delete from avow_box.boxes where organisation = %s and review = %s"

# An advisory lock leaves nothing behind; a locked row would tell that somebody came.
TOGETHER = "select pg_advisory_xact_lock_shared(%s)"
ALONE = "select pg_advisory_xact_lock(%s)"


class PostgresBoxKeys(BoxKeys):
    """Wrapped keys, read and written as `avow_box_keeper`. Raises StoreUnavailable."""

    def __init__(self, database: Database, across: Database) -> None:
        self._database, self._across = database, across

    @classmethod
    def of(cls, dsn: str) -> Self:
        """The boxes' keys in the database at `dsn`."""
        return cls(Database(dsn, "avow_box_keeper", size=2), Database(dsn, "avow_box_keys_archivist", size=1))

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()
        self._across.close()

    def key(self, organisation: UUID, review: UUID) -> tuple[bool, bytes | None]:
        """Whether there ever was a key, and the wrapped key."""
        rows = self._database.ask(organisation, KEY, (organisation, review))
        return (True, rows[0][0]) if rows else (False, None)

    def keep(self, organisation: UUID, review: UUID, offered: bytes) -> bytes | None:
        """Keep the offered key where there never was one."""
        self._database.ask(organisation, KEEP, (organisation, review, offered))
        return self.key(organisation, review)[1]

    def destroy(self, organisation: UUID, review: UUID) -> None:
        """Destroy the key for good."""
        self._database.ask(organisation, DESTROY, (organisation, review))

    def organisations(self) -> list[UUID]:
        """Which organisations have keys of boxes."""
        with self._across.connection() as connection:
            rows = connection.execute("select distinct organisation from avow_box_keys.box_keys order by 1").fetchall()
        return [organisation for (organisation,) in rows]

    def rewrap(self, organisation: UUID, change: Callable[[UUID, bytes], bytes | None]) -> int:
        """Replace the organisation's wrapped keys, while the table takes none."""
        with self._database.within(organisation) as connection:
            connection.execute("lock table avow_box_keys.box_keys in share row exclusive mode")
            kept = connection.execute(KEYS_LEFT, (organisation,)).fetchall()
            new = [(changed, organisation, review) for review, key in kept if (changed := change(review, bytes(key)))]
            connection.cursor().executemany(REPLACE_KEY, new)
        return len(new)


class PostgresBoxStore(BoxStore):
    """Sealed ballots, read and written as `avow_teller`. Raises StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def of(cls, dsn: str) -> Self:
        """The boxes in the database at `dsn`."""
        return cls(Database(dsn, "avow_teller", size=4))

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def put(self, organisation: UUID, review: UUID, ballots: Sealed) -> None:
        """Make a box of these ballots, where there is none."""
        with self._database.within(organisation) as connection:
            if connection.execute(MAKE, (organisation, review)).rowcount:
                rows = ((organisation, review, id, sealed) for id, sealed in ballots.items())
                connection.cursor().executemany(FILL, rows)

    def has(self, organisation: UUID, review: UUID) -> bool:
        """Whether there is a box."""
        return bool(self._database.ask(organisation, IS_SHUT, (organisation, review)))

    def is_shut(self, organisation: UUID, review: UUID) -> bool:
        """Whether the box takes no ballots any more."""
        return (True,) in self._database.ask(organisation, IS_SHUT, (organisation, review))

    def boxes(self, organisation: UUID) -> list[UUID]:
        """The boxes there are."""
        return [review for (review,) in self._database.ask(organisation, BOXES, (organisation,))]

    def ballot(self, organisation: UUID, review: UUID, id: bytes) -> bytes | None:
        """One ballot."""
        rows = self._database.ask(organisation, BALLOT, (organisation, review, id))
        return bytes(rows[0][0]) if rows else None

    def ballots(self, organisation: UUID, review: UUID) -> Sealed:
        """All ballots of a box."""
        rows = self._database.ask(organisation, BALLOTS, (organisation, review))
        return {bytes(id): bytes(sealed) for id, sealed in rows}

    def change(self, organisation: UUID, review: UUID, id: bytes, to: Callable[[bytes], bytes]) -> bool:
        """Change one ballot while nobody else does."""
        with self._certainly() as connection, walled(connection, organisation):
            connection.execute(TOGETHER, (_lock(review),))
            connection.execute(ALONE, (_lock_of(id),))
            if (True,) in connection.execute(IS_SHUT, (organisation, review)).fetchall():
                raise ShutBox
            found = connection.execute(BALLOT, (organisation, review, id)).fetchone()
            if found is None:
                return False
            connection.execute(CHANGE, (to(bytes(found[0])), organisation, review, id))
        return True

    def rewrite(self, organisation: UUID, review: UUID, to: Callable[[Sealed], Sealed], *, shut: bool) -> None:
        """Write all ballots anew, in one transaction: the rows then say nothing about one another."""
        with self._database.within(organisation) as connection:
            connection.execute(ALONE, (_lock(review),))
            rows = connection.execute(BALLOTS, (organisation, review)).fetchall()
            written = to({bytes(id): bytes(sealed) for id, sealed in rows})
            connection.cursor().executemany(
                CHANGE, ((sealed, organisation, review, id) for id, sealed in written.items())
            )
            if shut:
                connection.execute(SHUT, (organisation, review))

    def remove(self, organisation: UUID, review: UUID, id: bytes) -> None:
        """Delete one ballot."""
        with self._database.within(organisation) as connection:
            connection.execute(TOGETHER, (_lock(review),))
            connection.execute(ALONE, (_lock_of(id),))
            connection.execute(REMOVE, (organisation, review, id))

    def clear(self, organisation: UUID, review: UUID) -> None:
        """Delete the box and all its ballots."""
        with self._database.within(organisation) as connection:
            connection.execute(ALONE, (_lock(review),))
            connection.execute(EMPTY, (organisation, review))
            connection.execute(CLEAR, (organisation, review))

    @contextmanager
    def _certainly(self) -> Iterator[Connection]:
        try:
            with self._database.appending() as connection:
                yield connection
        except ReplyLost as error:
            # Repeated with its key, a request changes nothing that it changed already.
            raise OutcomeUnknown(str(error)) from error


def _lock(review: UUID) -> int:
    return int.from_bytes(review.bytes[:8], signed=True)


def _lock_of(id: bytes) -> int:
    return int.from_bytes(id[:8], signed=True)
