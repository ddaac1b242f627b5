"""Connections to PostgreSQL: pooled, in one role each, with short time-outs and one clear error."""

from __future__ import annotations

import select
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString, Self, TypeVar
from uuid import UUID

import psycopg
from psycopg import errors, sql
from psycopg.abc import PQGen
from psycopg.rows import TupleRow, tuple_row
from psycopg_pool import ConnectionPool, PoolTimeout

from application.ports import StoreUnavailable

RV = TypeVar("RV")
STATEMENT = 60
"""Seconds that the server lets a statement run."""
SILENCE = 75.0
"""Seconds without an answer after which a connection is given up. The server would have answered: with an error."""
POOL_SIZE = 10
PATIENCE = 3.0
"""Seconds to wait for a free connection, and for the server to answer a new one."""

WALL_IN: LiteralString = "select set_config('app.organisation', %s, true)"
"""Lets the transaction see and write rows of one organisation. Never the session: its next user would inherit it."""

_LOST = {"57P01", "57P02", "57P03"}
"""States in which the server ends a connection: whether the statement before it took effect is not told."""


class SilentServer(psycopg.OperationalError):
    """The connection stands and nothing comes over it: half open, which no time-out of TCP's own notices."""


class Connection(psycopg.Connection[TupleRow]):
    """One that gives up, and breaks, when the server is silent for longer than `silence` seconds."""

    silence = SILENCE

    def wait(self, gen: PQGen[RV], *arguments: Any, **options: Any) -> RV:  # noqa: ANN401 — psycopg's own, passed on
        """Let psycopg wait for an answer. Raises SilentServer."""
        try:
            return super().wait(_answered_within(self.silence, gen), *arguments, **options)
        except SilentServer:
            self.pgconn.finish()
            raise


def _answered_within(seconds: float, gen: PQGen[RV]) -> PQGen[RV]:
    """The same steps, as long as anything comes in time. psycopg steps through it a few times a second."""
    heard = time.monotonic()
    try:
        ready = yield next(gen)
        while True:
            if ready:
                heard = time.monotonic()
            elif time.monotonic() - heard > seconds:
                raise SilentServer(f"the server has not answered for {seconds:g} s")
            ready = yield gen.send(ready)
    except StopIteration as end:
        answer: RV = end.value
        return answer


Question = tuple[LiteralString, Sequence[Any] | Mapping[str, Any]]
"""A statement and its parameters, as psycopg takes them."""


class ReplyLost(Exception):  # noqa: N818 — a state of affairs
    """The connection ended while a statement was under way: it may have taken effect or not."""


class Database:
    """One database, seen in one role. Opens connections only when needed; make it after a process has forked."""

    def __init__(
        self, dsn: str, role: str, size: int = POOL_SIZE, patience: float = PATIENCE, silence: float = SILENCE
    ) -> None:
        self.dsn, self.role, self.patience, self.silence = dsn, role, patience, silence
        self._options = {
            "autocommit": True,
            "application_name": "avow",
            "connect_timeout": max(2, round(patience)),
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
        }
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            dsn,
            connection_class=Connection,
            kwargs=self._options,
            min_size=1,
            max_size=size,
            timeout=patience,
            # The pool tries again on its own for no longer than a caller waits; the next caller starts it anew. So a
            # database that comes back is found at once and not after a pause that grew while it was away.
            reconnect_timeout=patience,
            configure=self._configure,
            check=_look_alive,
            name=f"avow-{role}",
            open=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Give all connections back."""
        self._pool.close()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A pooled connection, which sees no organisation's rows but in a role that may look across them.

        Raises StoreUnavailable when there is none, or when the server fails under way.
        """
        if self._pool.closed:
            self._pool.open()
        try:
            with self._pool.connection() as connection:
                yield connection
        except PoolTimeout as error:
            raise StoreUnavailable(f"no connection to the database within {self._pool.timeout:g} s") from error
        except (psycopg.OperationalError, errors.ReadOnlySqlTransaction) as error:
            raise StoreUnavailable(_told(error)) from error
        except (errors.UndefinedTable, errors.UndefinedFunction, errors.InvalidSchemaName) as error:
            raise StoreUnavailable(
                f"the database lacks what this Avow needs; run `avow migrate` ({_told(error)})"
            ) from error

    @contextmanager
    def within(self, organisation: UUID) -> Iterator[Connection]:
        """A pooled connection in one transaction, walled in to one organisation. Raises StoreUnavailable."""
        with self.connection() as connection, walled(connection, organisation):
            yield connection

    def ask(
        self,
        organisation: UUID,
        statement: LiteralString,
        parameters: Sequence[Any] | Mapping[str, Any] = (),  # what psycopg takes
    ) -> list[TupleRow]:
        """What one statement answers, walled in to one organisation, in one round trip. Raises StoreUnavailable."""
        with self.connection() as connection:
            return ask(connection, organisation, statement, parameters)

    def ask_together(self, organisation: UUID, questions: Sequence[Question]) -> list[list[TupleRow]]:
        """What each statement answers, in order and walled in, all in one round trip. Raises StoreUnavailable."""
        with self.connection() as connection:
            return ask_together(connection, organisation, questions)

    @contextmanager
    def appending(self) -> Iterator[Connection]:
        """A pooled connection for a statement that must be known to have taken effect or not: raises ReplyLost too."""
        with self.connection() as connection, _or_reply_lost(connection):
            yield connection

    @contextmanager
    def fresh(self) -> Iterator[Connection]:
        """A connection of its own, for looking after what became of another. Raises ReplyLost, StoreUnavailable."""
        try:
            with Connection.connect(self.dsn, **self._options, row_factory=tuple_row) as connection:  # type: ignore[arg-type]
                self._configure(connection)
                with _or_reply_lost(connection):
                    yield connection
        except psycopg.OperationalError as error:
            raise StoreUnavailable(_told(error)) from error

    def _configure(self, connection: Connection) -> None:
        connection.silence = self.silence
        connection.execute(
            sql.SQL(
                "set role {role}; set lock_timeout = '5s'; set statement_timeout = {longest}; set timezone = 'UTC';"
                "set default_transaction_isolation = 'read committed'"
            ).format(role=sql.Identifier(self.role), longest=sql.Literal(f"{STATEMENT}s"))
        )


@contextmanager
def walled(connection: Connection, organisation: UUID) -> Iterator[None]:
    """One transaction that sees and writes rows of this organisation only."""
    with connection.transaction():
        connection.execute(WALL_IN, (str(organisation),))
        yield


def ask(
    connection: Connection,
    organisation: UUID,
    statement: LiteralString,
    parameters: Sequence[Any] | Mapping[str, Any] = (),
) -> list[TupleRow]:
    """What one statement answers, walled in to one organisation, in one round trip."""
    return ask_together(connection, organisation, [(statement, parameters)])[0]


def ask_together(connection: Connection, organisation: UUID, questions: Sequence[Question]) -> list[list[TupleRow]]:
    """What each statement answers, in order, walled in to one organisation, all in one round trip."""
    # What a pipeline sends up to its end is one transaction: the wall stands for these statements, and for no other.
    with connection.pipeline():
        connection.execute(WALL_IN, (str(organisation),))
        cursors = [connection.execute(statement, parameters, binary=True) for statement, parameters in questions]
    return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


@contextmanager
def _or_reply_lost(connection: Connection) -> Iterator[None]:
    try:
        yield
    except psycopg.OperationalError as error:
        if connection.broken or connection.closed or error.sqlstate in _LOST:
            raise ReplyLost(_told(error)) from error
        raise


def _look_alive(connection: Connection) -> None:
    """Raise when the server has closed a pooled connection; costs a system call and no round trip."""
    for _ in range(2):
        # An idle connection has nothing to say but its end (or a notice: then a second look finds silence).
        if not select.select([connection.pgconn.socket], [], [], 0)[0]:
            return
        connection.pgconn.consume_input()
    raise psycopg.OperationalError("the server closed the connection")


def _told(error: psycopg.Error) -> str:
    return (error.diag.message_primary or str(error)).strip() or type(error).__name__
