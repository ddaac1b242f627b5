"""What the leaves cost: appends a second with them and as they were without, and a checkpoint over a long history."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import StoredEvent

from adapters.crypto.log_key import LogKey
from adapters.postgres.recorder import PostgresRecorder
from adapters.postgres.transparency import PostgresLog
from application.transparency import TransparencyLog
from benchmarks.measuring import Row, Store, quantile, store, table, timed

COMMANDS = int(os.environ.get("AVOW_BENCH_APPENDS", "1500"))
BATCHES = int(os.environ.get("AVOW_BENCH_BATCHES", "40"))
ROUNDS = 6
EVENTS = int(os.environ.get("AVOW_BENCH_LEAVES", "200000"))
STATE = b'{"content":"' + b"x" * 700 + b'"}'
WITHOUT = Path(__file__).parents[1] / "adapters" / "postgres" / "migrations" / "0001_events.sql"


def one_by_one(recorder: PostgresRecorder, threads: int) -> float:
    """Commands of one event a second."""
    organisation = uuid4()

    def append(_: int) -> None:
        recorder.insert_events([StoredEvent(uuid4(), 1, "told", STATE)], organisation=organisation)

    with ThreadPoolExecutor(threads) as pool:
        return COMMANDS / timed(lambda: list(pool.map(append, range(COMMANDS))))


def in_batches(recorder: PostgresRecorder) -> float:
    """Events a second in batches of 500, as an import records them."""
    organisation = uuid4()

    def append() -> None:
        for _ in range(BATCHES):
            batch = [StoredEvent(uuid4(), 1, "told", STATE) for _ in range(500)]
            recorder.insert_events(batch, organisation=organisation)

    return BATCHES * 500 / timed(append)


def leaves(dsn: str, *, kept: bool) -> None:
    """Let appends write leaves, or not."""
    body = WITHOUT.read_text(encoding="utf-8")
    start = body.index("create function avow.append(")
    former = body[start : body.index("revoke execute", start)].replace("create function", "create or replace function")
    with psycopg.connect(dsn, autocommit=True) as connection:
        if kept:
            present = Path(WITHOUT).with_name("0011_transparency.sql").read_text(encoding="utf-8")
            connection.execute(present[present.index("create or replace function avow.append(") :].encode())
        else:
            connection.execute(b"alter table avow.events alter column leaf drop not null")
            connection.execute(former.encode())
        # Replacing a function takes this away from it.
        connection.execute(b"alter function avow.append security definer set search_path = pg_catalog, pg_temp")


def compared(into: Store, measure: Callable[[PostgresRecorder], float]) -> tuple[float, float]:
    """The best of some turns with leaves and without: what else runs on the machine only ever takes away."""
    found: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(ROUNDS):
        for kept in (True, False):
            leaves(into.dsn, kept=kept)
            with PostgresRecorder.of(into.dsn) as recorder:
                measure(recorder)
                found[kept].append(measure(recorder))
    return max(found[True]), max(found[False])


def report() -> str:
    """Both ways of appending in turns; then a checkpoint over a long history, the next one, and proofs."""
    rows = list[Row]()
    with store() as into:
        measures: dict[str, Callable[[PostgresRecorder], float]] = {
            "1 client, one event a command": lambda recorder: one_by_one(recorder, 1),
            "8 clients, one event a command": lambda recorder: one_by_one(recorder, 8),
            "500 events a command": in_batches,
        }
        for what, measure in measures.items():
            kept, without = compared(into, measure)
            cost = 100 * (1 - kept / without)
            figure = f"{kept:,.0f} events/s with leaves"
            rows.append(Row(what=what, figure=figure, beside=f"without {without:,.0f}/s: they cost {cost:.0f} %"))
    with store() as into:
        rows += signing(into)
    return table("What the transparency log costs", rows)


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
