"""Being told by PostgreSQL that events were recorded."""

from __future__ import annotations

import time
from typing import Self

import psycopg

CHANNEL = "avow_events"


class PostgresListener:
    """A connection of its own that listens. One that breaks is replaced, and whoever waits is told to look.

    A half-open connection gives no sign at all: wait with a time-out, and pull whatever `wait` answers.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: psycopg.Connection | None = None

    def __enter__(self) -> Self:
        """Listen from here on. If the server cannot be reached, `wait` keeps trying."""
        self._listen()
        return self

    def __exit__(self, *error: object) -> None:
        self._drop()

    def wait(self, timeout: float) -> bool:
        """Return once events were recorded since the last wait, or after `timeout` seconds (False)."""
        connection = self._listen()
        if connection is None:
            time.sleep(timeout)
            return True
        try:
            return any(True for _ in connection.notifies(timeout=timeout, stop_after=1))
        except psycopg.OperationalError:
            self._drop()
            return True

    def _listen(self) -> psycopg.Connection | None:
        if self._connection is None:
            try:
                self._connection = psycopg.connect(
                    self._dsn,
                    autocommit=True,
                    connect_timeout=2,
                    application_name="avow-listener",
                    keepalives_idle=5,
                    keepalives_interval=2,
                    keepalives_count=3,
                )
                self._connection.execute(f"listen {CHANNEL}")
            except psycopg.OperationalError:
                self._drop()
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
