"""Commands a second over HTTP, at one client and at sixteen, beside the same route answering from memory."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from adapters.bootstrap import Installation, in_memory, on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.app import create_app
from application.command import commands
from application.deciding import Entry, Request
from application.desk import organisation_id
from application.permissions import Role
from benchmarks.measuring import Row, Store, quantile, server_seconds, session_seconds, store, table
from domain.kernel import Actor

REQUESTS = int(os.environ.get("AVOW_BENCH_REQUESTS", "2000"))
ORGANISATION = "bench"
PEOPLE = 50


def found(into: Installation) -> str:
    """An organisation with people and a published strategy; tells the token of an integration that may commit."""
    organisation = organisation_id(ORGANISATION)

    def say(topic: str, **said: object) -> None:
        entry = Entry(command=commands()[topic](**said))
        into.ledger.execute(
            Request(organisation=organisation, id=uuid4(), actor=Actor(service="benchmark"), entries=(entry,))
        )

    say("organisation.founded", organisation=ORGANISATION, name="Bench")
    for person in range(PEOPLE):
        say("person.joined", person=f"p{person}")
    say("strategy.drafted", strategy="s", title="Strategy")
    say("strategy.revised", strategy="s", element="vision", kind="vision", text="Onwards")
    say("strategy.submitted", strategy="s")
    say("strategy.published", strategy="s", material=True)
    _, secret = into.tokens.issue(organisation, "benchmark", roles=[Role.INTEGRATION], scopes=["commitment.*"])
    return secret


def _load(dsn: str, token: Path, *_: object) -> Flask:
    """One worker's application; it writes the token it can be spoken to with."""
    installation = on_postgres(dsn, KeyEncryptionKey(bytes(32)), pool=16) if dsn else in_memory()
    token.write_text(found(installation))
    return create_app(installation)


def serve(dsn: str, port: int, token: Path) -> None:
    """Serve with one worker until told to stop."""
    server = Granian(
        "benchmarks.commands:_load",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=16,
        log_enabled=False,
    )
    server.serve(target_loader=partial(_load, dsn, token), wrap_loader=False)


def _commit(port: int, token: str, count: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    taken = list[float]()
    for number in range(count):
        said = {"party": {"person": f"p{number % PEOPLE}"}, "strategy": "s", "level": "committed"}
        begun = time.perf_counter()
        connection.request("POST", f"/v1/organisations/{ORGANISATION}/commitments", json.dumps(said), headers)
        answer = connection.getresponse()
        body = answer.read()
        taken.append(time.perf_counter() - begun)
        if answer.status != 201:
            raise SystemExit(f"{answer.status}: {body.decode()}")
    connection.close()
    return taken


@dataclass(frozen=True, slots=True)
class Pace:
    """Commands a second, the median time of one, and the processor time of one: Avow's and PostgreSQL's."""

    rate: float
    median: float
    avow: float
    postgres: float = 0


def measured(into: Store | None) -> dict[int, Pace]:
    """How commands go by number of clients, into a store or answered from memory."""
    dsn = into.dsn if into is not None else ""
    with tempfile.TemporaryDirectory() as folder:
        token, port = Path(folder) / "token", free_port()
        command = [sys.executable, "-m", "benchmarks.commands", dsn, str(port), str(token)]
        with subprocess.Popen(command, start_new_session=True) as server:
            try:
                _wait_for(token, port)
                secret, paces = token.read_text(), dict[int, Pace]()
                _commit(port, secret, 50)
                for clients in (1, 16):
                    busy, begun = _busy(server.pid, into), time.perf_counter()
                    with ThreadPoolExecutor(clients) as pool:
                        each = [pool.submit(_commit, port, secret, REQUESTS // clients) for _ in range(clients)]
                        taken = [seconds for one in each for seconds in one.result()]
                    seconds = time.perf_counter() - begun
                    spent = zip(busy, _busy(server.pid, into), strict=True)
                    used = [(after - before) / len(taken) for before, after in spent]
                    paces[clients] = Pace(len(taken) / seconds, quantile(taken, 0.5), *used)
                return paces
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(20)


def _busy(server: int, into: Store | None) -> tuple[float, float]:
    return session_seconds(server), server_seconds(into.folder / "postgres") if into is not None else 0.0


def free_port() -> int:
    """A port of the loopback address that nothing listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _wait_for(token: Path, port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                if token.exists() and token.read_text():
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def report() -> str:
    """Both servers, one after the other, each with one worker and sixteen threads."""
    memory = measured(None)
    with store() as into:
        stored = measured(into)
    rows = list[Row]()
    for clients, pace in stored.items():
        peer = memory[clients]
        rows += [
            Row(
                what=f"{clients} client{'s' if clients > 1 else ''}",
                figure=f"{pace.rate:,.0f} commands/s, median {pace.median * 1000:.1f} ms",
                beside=f"from memory {peer.rate:,.0f}/s: {pace.rate / peer.rate:.2f} of it",
            ),
            Row(
                what="… processor time of a command",
                figure=f"Avow {pace.avow * 1000:.1f} ms, PostgreSQL {pace.postgres * 1000:.1f} ms",
                beside=f"from memory {peer.avow * 1000:.1f} ms",
            ),
        ]
    return table("Commands over HTTP", rows)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
