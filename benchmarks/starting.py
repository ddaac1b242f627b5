"""Time from start to ready, on an empty folder and on a filled one, beside the embedded PostgreSQL alone."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from adapters.postgres.embedded import EmbeddedServer
from benchmarks.commands import free_port
from benchmarks.measuring import Row, table, timed

PATIENCE = 240


def _ready(folder: Path) -> float:
    """Seconds from `avow run` until it says that it is ready."""
    port = free_port()
    environment = {**os.environ, "AVOW_DATA": str(folder), "AVOW_PORT": str(port)}
    command = [sys.executable, "-m", "adapters.cli", "run"]
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            while time.perf_counter() - begun < PATIENCE:
                if _says_ready(port):
                    return time.perf_counter() - begun
                time.sleep(0.05)
            raise SystemExit("avow run did not get ready")
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(60)


def _says_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _server_alone(folder: Path) -> float:
    server = EmbeddedServer(folder)
    seconds = timed(server.start)
    server.release()
    return seconds


def report() -> str:
    """An empty folder first, then the same again."""
    with tempfile.TemporaryDirectory(prefix="avow-bench-") as folder:
        data = Path(folder)
        data.chmod(0o755)
        first, again = _ready(data / "data"), _ready(data / "data")
        bare = _server_alone(data / "alone")
        bare_again = _server_alone(data / "alone")
    rows = [
        Row(
            what="an empty folder: server, migrations, sample, projection",
            figure=f"{first:.1f} s",
            beside=f"PostgreSQL alone, made and started: {bare:.1f} s",
        ),
        Row(what="the same folder again", figure=f"{again:.1f} s", beside=f"PostgreSQL alone: {bare_again:.1f} s"),
    ]
    return table("From start to ready", rows)
