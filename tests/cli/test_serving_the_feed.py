"""Streams of the feed at a real server: they leave room for others, give their place back, and end at shutdown."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.cli.conftest import Shell
from tests.interchange.conftest import small_history


@pytest.fixture
def served(shell: Shell) -> Iterator[tuple[int, str, subprocess.Popen[str]]]:
    """Port, token and process of a server with one worker of three threads, which holds two streams."""
    shell.avow("import", shell.write(small_history()), "-o", "acme")
    token = shell.json("token", "create", "--name", "reader", "-o", "acme", "--role", "auditor")["secret"]
    other = shell.json("token", "create", "--name", "other", "-o", "acme", "--role", "auditor")["secret"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = shell.start("serve", AVOW_PORT=str(port), AVOW_WORKERS="1", AVOW_THREADS="3", AVOW_STREAMS="2")
    try:
        until = time.monotonic() + 30
        while not listens(port):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield port, f"{token} {other}", process
    finally:
        process.kill()
        process.communicate()


def listens(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/health/live")
            return connection.getresponse().status == 200
        except OSError:
            return False


class Reader:
    """One connection and what comes out of it."""

    def __init__(self, port: int, token: str, accept: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Authorization": f"Bearer {token}", "Accept": accept}
        self.connection.request("GET", "/v1/organisations/acme/feed", headers=headers)
        self.response = self.connection.getresponse()

    def close(self) -> None:
        self.response.close()
        self.connection.close()


def asked(port: int, token: str, accept: str = "*/*") -> tuple[int, bytes]:
    with closing(Reader(port, token, accept)) as reader:
        return reader.response.status, reader.response.read()


def opened(port: int, token: str, within: float = 0) -> Reader:
    """A stream that has begun; where there is no place, one is waited for."""
    until = time.monotonic() + within
    while True:
        reader = Reader(port, token, "text/event-stream")
        if reader.response.status == 200:
            assert reader.response.readline() == b"retry: 2000\n"
            return reader
        reader.close()
        assert reader.response.status == 429
        assert time.monotonic() < until, "no place was given back"
        time.sleep(0.2)


@pytest.mark.slow
def test_streams_leave_room_give_their_place_back_and_end_at_shutdown(
    served: tuple[int, str, subprocess.Popen[str]],
) -> None:
    port, tokens, process = served
    first, second = tokens.split()
    with ExitStack() as readers:
        lost = opened(port, first)
        other = readers.enter_context(closing(opened(port, second)))
        began = time.monotonic()
        for _ in range(10):
            assert asked(port, first)[1].startswith(b"[")
        assert time.monotonic() - began < 5
        assert asked(port, first, "text/event-stream")[0] == 429

        lost.close()
        again = readers.enter_context(closing(opened(port, first, within=30)))

        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        for each in (again, other):
            each.response.read()  # to its end, and no error
        process.communicate(timeout=15)
        assert time.monotonic() - began < 8
