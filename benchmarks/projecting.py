"""How many events a second the projector follows, beside the library's ProjectionRunner on as many events."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.conninfo import conninfo_to_dict

from benchmarks.histories import write
from benchmarks.importing import import_file
from benchmarks.measuring import Row, store, table, timed

FACTS = 20_000
PEER_EVENTS = 3_000


class Peer(Application[Any]):
    """The library's application, on the same server."""


class Seen(Projection[PostgresTrackingRecorder]):
    """The least a projection of the library can do: track each event, one transaction each."""

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ANN401 — the library's signature
        """Track it."""
        self.view.insert_tracking(tracking)


def report() -> str:
    """The projector on an imported history with all its rows; the library's runner with no rows at all."""
    with store() as into:
        path = into.folder / "history.jsonl"
        facts = write(path, FACTS)
        import_file(into, path)
        ours = facts / timed(into.projector.catch_up)
        rebuilt = facts / timed(into.projector.rebuild)
        theirs = PEER_EVENTS / _peer(into.dsn)
    rows = [
        Row(
            what=f"following {facts:,} events, states stored",
            figure=f"{ours:,.0f} events/s",
            beside=f"{ours / theirs:,.1f} times ProjectionRunner",
        ),
        Row(
            what="rebuilding beside the live version",
            figure=f"{rebuilt:,.0f} events/s",
            beside=f"{rebuilt / theirs:,.1f} times ProjectionRunner",
        ),
        Row(
            what=f"the library's ProjectionRunner, {PEER_EVENTS:,} events, tracking only",
            figure=f"{theirs:,.0f} events/s",
        ),
    ]
    return table("Projection", rows)


def _peer(dsn: str) -> float:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("create schema if not exists peer")
    said = conninfo_to_dict(dsn)
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(said["dbname"]),
        "POSTGRES_HOST": str(said["host"]),
        "POSTGRES_PORT": str(said.get("port", 5432)),
        "POSTGRES_USER": str(said["user"]),
        "POSTGRES_PASSWORD": str(said.get("password", "")),
        "POSTGRES_SCHEMA": "peer",
    }
    with Peer(env=env) as peer:
        for _ in range(PEER_EVENTS // 100):
            aggregate: Any = Aggregate()
            for _ in range(99):
                aggregate.trigger_event(Aggregate.Event)
            peer.save(aggregate)
        last = peer.recorder.max_notification_id()
    begun = time.perf_counter()
    with ProjectionRunner(
        application_class=Peer, projection_class=Seen, view_class=PostgresTrackingRecorder, env=env
    ) as runner:
        runner.wait(last, timeout=120)
        return time.perf_counter() - begun
