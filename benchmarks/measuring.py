"""What all measurements share: a database of their own, quantiles, and a table that stands beside a peer."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from adapters.crypto.keys import KeyEncryptionKey
from adapters.crypto.vault import KeyVault
from adapters.mapper import EventMapper
from adapters.postgres.connections import Database
from adapters.postgres.embedded import EmbeddedServer
from adapters.postgres.keys import PostgresKeyStore
from adapters.postgres.migrations import migrate
from adapters.postgres.read_model import PostgresReadModel
from adapters.postgres.recorder import PostgresRecorder
from application.ledger import Ledger
from application.projections.stored import StoredStates
from application.projector import Projector


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measured line: what, its figure with unit, and what stands beside it."""

    what: str
    figure: str
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class Store:
    """A fresh store on an embedded server with default durability."""

    dsn: str
    folder: Path
    writer: Database
    ledger: Ledger
    model: PostgresReadModel
    projector: Projector

    def states(self) -> StoredStates:
        """The stored states."""
        return StoredStates(self.ledger, self.model)


@contextmanager
def store() -> Iterator[Store]:
    """A store in a folder of its own, gone afterwards."""
    with ExitStack() as open_:
        folder = Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="avow-bench-")))
        folder.chmod(0o755)
        server = EmbeddedServer(folder / "postgres", keep=False)
        dsn = server.start()
        open_.callback(server.release)
        migrate(dsn)
        vault = KeyVault(open_.enter_context(PostgresKeyStore.of(dsn)), KeyEncryptionKey(bytes(32)))
        writer = open_.enter_context(Database(dsn, "avow_writer", size=20))
        ledger = Ledger(PostgresRecorder(writer), EventMapper(), vault, uuid4)
        model = PostgresReadModel(open_.enter_context(Database(dsn, "avow_projector")))
        projector = Projector(ledger.ledger_recorder, ledger.mapper, model)
        yield Store(dsn=dsn, folder=folder, writer=writer, ledger=ledger, model=model, projector=projector)


def timed(act: Callable[[], object]) -> float:
    """Seconds that an act takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def quantile(seconds: Sequence[float], share: float) -> float:
    """The value that this share of the measured ones do not exceed."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def peak_megabytes() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def server_seconds(folder: Path) -> float:
    """Processor time that the PostgreSQL in a folder has taken so far, with all it has started, by Linux's account.

    What else runs on the machine takes turns away and not this.
    """
    postmaster = int((folder / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    return sum(each.own + (each.ended if each.id == postmaster else 0)
               for each in _processes() if postmaster in (each.id, each.parent)) / os.sysconf("SC_CLK_TCK")  # fmt: skip


def session_seconds(session: int) -> float:
    """Processor time that the processes of a session have taken so far."""
    return sum(each.own for each in _processes() if each.session == session) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class _Process:
    """Who started a process, and ticks of processor time: its own, and those of the ones it started that ended."""

    id: int
    parent: int
    session: int
    own: int
    ended: int


def _processes() -> Iterator[_Process]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            told = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            user, system, ended_user, ended_system = map(int, told[11:15])
            yield _Process(int(stat.parent.name), int(told[1]), int(told[3]), user + system, ended_user + ended_system)


def apart(module: str, *arguments: str) -> str:
    """What a measurement prints that needs a process of its own, for its memory or its start."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ)).stdout


def table(title: str, rows: Sequence[Row]) -> str:
    """Rows as a Markdown table."""
    lines = [f"### {title}", "", "| what | figure | beside |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {row.what} | {row.figure} | {row.beside} |" for row in rows), ""])
