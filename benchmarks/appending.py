"""What leaves and walls cost: appends a second with and without each, in turns; and a checkpoint over a long history.

The spine is the append as it is without both. Commands of one event come from one client and from eight; batches of 500
carry the lines that they were imported from.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import StoredEvent

from adapters.crypto.log_key import LogKey
from adapters.postgres.recorder import PostgresRecorder
from adapters.postgres.transparency import PostgresLog
from application.ports import ImportedLine
from application.transparency import TransparencyLog
from benchmarks.measuring import Row, Store, quantile, server_seconds, store, table, timed

COMMANDS = int(os.environ.get("AVOW_BENCH_APPENDS", "1500"))
BATCHES = int(os.environ.get("AVOW_BENCH_BATCHES", "40"))
ROUNDS = 6
EVENTS = int(os.environ.get("AVOW_BENCH_LEAVES", "200000"))
STATE = b'{"content":"' + b"x" * 700 + b'"}'
WITHOUT = Path(__file__).parents[1] / "adapters" / "postgres" / "migrations" / "0001_events.sql"
WITH = WITHOUT.with_name("0011_transparency.sql")


def one_by_one(recorder: PostgresRecorder, threads: int) -> int:
    """Append commands of one event; tells how many events."""
    organisation = uuid4()

    def append(_: int) -> None:
        recorder.insert_events([StoredEvent(uuid4(), 1, "told", STATE)], organisation=organisation)

    with ThreadPoolExecutor(threads) as pool:
        return len(list(pool.map(append, range(COMMANDS))))


def in_batches(recorder: PostgresRecorder) -> int:
    """Append batches of 500, as an import does; tells how many events."""
    organisation = uuid4()
    for _ in range(BATCHES):
        streams = [uuid4() for _ in range(500)]
        lines = [
            ImportedLine("bench", stream.bytes * 2, stream.bytes * 2, place) for place, stream in enumerate(streams)
        ]
        batch = [StoredEvent(stream, 1, "told", STATE) for stream in streams]
        recorder.insert_events(batch, organisation=organisation, lines=lines)
    return BATCHES * 500


@dataclass(frozen=True, slots=True)
class Arm:
    """What an append does beside the spine."""

    leaves: bool
    walls: bool

    def put_up(self, dsn: str) -> None:
        """Let the appends of a database be so."""
        body = WITHOUT.read_text(encoding="utf-8")
        former = body[body.index("function avow.append(") : body.index("revoke execute on function avow.append")]
        walled = "enable row level security, force" if self.walls else "disable row level security, no force"
        with psycopg.connect(dsn, autocommit=True) as connection:
            if self.leaves:
                present = WITH.read_text(encoding="utf-8")
                connection.execute(present[present.index("create or replace function avow.append(") :].encode())
            else:
                connection.execute(b"alter table avow.events alter column leaf drop not null")
                connection.execute(f"create or replace {former}".encode())
            # Replacing a function takes this away from it.
            connection.execute(b"alter function avow.append security definer set search_path = pg_catalog, pg_temp")
            for table in ("events", "idempotency", "keys", "lines"):
                connection.execute(f"alter table avow.{table} {walled} row level security".encode())


SPINE, WHOLE = Arm(leaves=False, walls=False), Arm(leaves=True, walls=True)
LEAVES, WALLS = Arm(leaves=True, walls=False), Arm(leaves=False, walls=True)
ARMS = WHOLE, LEAVES, SPINE, WALLS


@dataclass(frozen=True, slots=True)
class Pace:
    """How appends went: events a second, and microseconds of the server's processors for each."""

    rate: float
    server: float


def compared(into: Store, measure: Callable[[PostgresRecorder], int]) -> dict[Arm, Pace]:
    """Of each arm the best of some turns: what else runs on the machine only ever takes away."""
    found: dict[Arm, list[Pace]] = {arm: [] for arm in ARMS}
    folder = into.folder / "postgres"
    for turn in range(ROUNDS):
        for arm in ARMS[turn % len(ARMS) :] + ARMS[: turn % len(ARMS)]:
            arm.put_up(into.dsn)
            with PostgresRecorder.of(into.dsn) as recorder:
                recorder.insert_events([StoredEvent(uuid4(), 1, "told", STATE)], organisation=uuid4())
                taken, begun = server_seconds(folder), time.perf_counter()
                events = measure(recorder)
                seconds, taken = time.perf_counter() - begun, server_seconds(folder) - taken
                found[arm].append(Pace(events / seconds, taken / events * 1e6))
    return {arm: Pace(max(p.rate for p in some), min(p.server for p in some)) for arm, some in found.items()}


def report() -> str:
    """All ways of appending in turns; then a checkpoint over a long history, the next one, and proofs."""
    rows = list[Row]()
    with store() as into:
        measures: dict[str, Callable[[PostgresRecorder], int]] = {
            "1 client, one event a command": lambda recorder: one_by_one(recorder, 1),
            "8 clients, one event a command": lambda recorder: one_by_one(recorder, 8),
            "500 events a command, with their lines": in_batches,
        }
        for what, measure in measures.items():
            paces = compared(into, measure)
            spine, whole = paces[SPINE], paces[WHOLE]
            shares = {arm: (1 - pace.rate / spine.rate, 1 - spine.server / pace.server) for arm, pace in paces.items()}
            figure = f"{whole.rate:,.0f} events/s with both"
            rows.append(Row(what=what, figure=figure, beside=f"spine alone {spine.rate:,.0f}/s"))
            for name, arm in (("leaves take", LEAVES), ("walls take", WALLS), ("both take", WHOLE)):
                of_rate, of_time = shares[arm]
                microseconds = f"{paces[arm].server:,.0f} µs an event, spine {spine.server:,.0f} µs"
                beside = f"{of_time:.0%} of the server's processor time: {microseconds}"
                rows.append(Row(what=f"… {name}", figure=f"{of_rate:.0%} of the rate", beside=beside))
    with store() as into:
        rows += signing(into)
    return table("What leaves and walls cost an append", rows)


def signing(into: Store) -> list[Row]:
    """A checkpoint over a long history, over one more event, and proofs in it."""
    organisation = UUID(int=1)
    recorder = into.ledger.ledger_recorder
    log = TransparencyLog(recorder, PostgresLog(into.writer), LogKey.fresh("bench"), lambda: datetime.now(UTC))
    for _ in range(0, EVENTS, 5_000):
        batch = [StoredEvent(uuid4(), 1, "told", STATE) for _ in range(5_000)]
        recorder.insert_events(batch, organisation=organisation)
    first = timed(lambda: log.checkpoint(organisation))
    recorder.insert_events([StoredEvent(uuid4(), 1, "told", STATE)], organisation=organisation)
    following = timed(lambda: log.checkpoint(organisation))
    taken = list[float]()
    for position in range(1, EVENTS, EVENTS // 100):
        begun = time.perf_counter()
        log.inclusion(organisation, position)
        taken.append(time.perf_counter() - begun)
    return [
        Row(
            what=f"first checkpoint over {EVENTS:,} events",
            figure=f"{first:.1f} s",
            beside=f"{EVENTS / first:,.0f} leaves/s, each computed from its event",
        ),
        Row(what="the next one, over one more", figure=f"{following * 1000:.1f} ms"),
        Row(
            what="a proof of inclusion",
            figure=f"median {quantile(taken, 0.5) * 1000:.1f} ms",
            beside=f"p99 {quantile(taken, 0.99) * 1000:.1f} ms",
        ),
    ]
