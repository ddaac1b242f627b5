"""A report from its sponsor to an auditor who verifies it without the server, as docs/time.md tells the way."""

from __future__ import annotations

import hashlib
import http.client
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shell
from tests.cli.test_serving_the_feed import listens
from tests.interchange.conftest import small_history


@pytest.fixture
def port(shell: Shell) -> Iterator[int]:
    """The port of a server, with a worker beside it."""
    shell.avow("import", shell.write(small_history()), "-o", "acme")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    running = [shell.start("serve", AVOW_PORT=str(port), AVOW_WORKERS="1"), shell.start("worker")]
    try:
        until = time.monotonic() + 60
        while not listens(port):
            assert running[0].poll() is None, running[0].communicate()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield port
    finally:
        for each in running:
            each.terminate()
            try:
                each.communicate(timeout=15)
            except subprocess.TimeoutExpired:
                each.kill()
                each.communicate()


def sent(port: int, token: str, path: str, body: Any = None) -> bytes:
    """What the server replies; asked to try again, as before the worker has caught up, one does."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    method, until = "POST" if body is not None else "GET", time.monotonic() + 60
    while True:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request(method, f"/v1/organisations/acme/{path}", json.dumps(body) if body else None, headers)
            response = connection.getresponse()
            read = response.read()
        if response.status in (200, 201):
            return read
        assert response.status in (503, 504), (response.status, read)
        assert time.monotonic() < until, read
        time.sleep(0.2)


@pytest.mark.slow
def test_an_auditor_verifies_a_report_without_the_server(shell: Shell, port: int) -> None:
    sponsor, auditor = (
        shell.json("token", "create", "--name", role, "-o", "acme", "--role", role)["secret"]
        for role in ("sponsor", "auditor")
    )
    body = {"title": "April", "strategy": "2020", "unit": "service", "valid_at": "2020-04-30", "report": "april"}
    made = json.loads(sent(port, sponsor, "reports", body))
    reply = json.loads(sent(port, auditor, f"reports/april?at_least={made['position']}"))
    report, question = reply["answer"], reply["answer"]["question"]
    assert reply["present"]["again"]["same"]
    answer = sent(port, auditor, "reports/april/answer")
    assert hashlib.sha256(answer).hexdigest() == report["digest"]

    pack, key, held = (str(shell.folder / name) for name in ("april.avow-evidence", "log.key", "april.txt"))
    Path(key).write_text(shell.avow("log", "key", "-o", "acme"))
    Path(held).write_text(report["checkpoint"]["note"])
    times = ["--valid-at", question["valid_at"], "--known-at", str(report["position"])]
    shell.avow("evidence", "-o", "acme", "-s", "2020", "-u", "service", *times, pack)
    found = shell.json("verify", pack, "--key", key, "--checkpoint", held)
    assert found["holds"] is True
    committed = json.loads(answer)["parties"]["people/committed"]
    assert len(found["state"]["parties/people/committed"]) == committed["count"] == 1
    Path(held).write_text(report["checkpoint"]["note"].replace(report["checkpoint"]["root"], "A" * 43 + "="))
    shell.avow("verify", pack, "--key", key, "--checkpoint", held, exit=1)
