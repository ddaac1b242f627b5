"""A TCP proxy before PostgreSQL that loses what it is told to lose."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Literal, Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo

READY = b"Z\x00\x00\x00\x05I"
"""The end of a server's reply outside of any transaction: what was asked for is committed, or was refused."""
UNDER_WAY = b"Z\x00\x00\x00\x05T", b"Z\x00\x00\x00\x05E"
"""The end of a reply within a transaction: nothing is committed by it, and it is let through."""

Loss = Literal["nothing", "reply", "request"]


class Wire:
    """Stands between a client and the server at `dsn`; clients use `self.dsn`."""

    def __init__(self, dsn: str) -> None:
        server = conninfo_to_dict(dsn)
        self._path = f"{server['host']}/.s.PGSQL.{server.get('port') or 5432}"
        self._entrance = socket.create_server(("127.0.0.1", 0))
        self.dsn = make_conninfo(dsn, host="127.0.0.1", port=self._entrance.getsockname()[1])
        self._loss: Loss = "nothing"
        self._cut = Event()
        self._closed = Event()
        self._hushed: Loss = "nothing"
        self._deaf = Event()
        self._kept = list[socket.socket]()
        self._accepted = self._hushed_before = 0
        self.lost = 0
        self.trips = 0
        """How often the server has answered: round trips outside of transactions that take several."""

    def __enter__(self) -> Self:
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        # Wakes the thread that waits for clients.
        with suppress(OSError):
            self._entrance.shutdown(socket.SHUT_RDWR)
        self._entrance.close()
        _close(*self._kept)

    def lose(self, what: Loss, *, then_cut: bool = False) -> None:
        """Lose the next request or the next whole reply, and that connection; `then_cut`: let no new one through."""
        self._loss = what
        if then_cut:
            self._cut.set()

    def hush(self, what: Loss, *, new_ones_too: bool = False) -> None:
        """Stand half open: connections stay, and requests, or replies, get nowhere; new ones do unless stated."""
        self._hushed = what
        self._hushed_before = self._accepted
        if new_ones_too:
            self._deaf.set()

    def mend(self) -> None:
        """Let everything new through again. What was half open stays so."""
        self._deaf.clear()
        self._loss = "nothing"
        self._cut.clear()

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                client, _ = self._entrance.accept()
            except OSError:
                return
            if self._cut.is_set():
                client.close()
                continue
            if self._deaf.is_set():
                self._kept.append(client)
                continue
            self._accepted += 1
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._path)
            Thread(target=self._requests, args=(client, server, self._accepted), daemon=True).start()
            Thread(target=self._replies, args=(client, server, self._accepted), daemon=True).start()

    def _requests(self, client: socket.socket, server: socket.socket, number: int) -> None:
        with suppress(OSError):
            while data := client.recv(65_536):
                if self._hushed == "request" and number <= self._hushed_before:
                    continue
                if self._loss == "request":
                    self._drop()
                    break
                server.sendall(data)
        _close(client, server)

    def _replies(self, client: socket.socket, server: socket.socket, number: int) -> None:
        kept = b""
        with suppress(OSError):
            while data := server.recv(65_536):
                if self._hushed == "reply" and number <= self._hushed_before:
                    continue
                self.trips += data.count(READY)
                if self._loss == "reply":
                    kept += data
                    if kept.endswith(READY):
                        self._drop()
                        break
                    if not kept.endswith(UNDER_WAY):
                        continue
                else:
                    kept += data
                # Whatever was kept of a reply while another one was lost is let through with its rest.
                client.sendall(kept)
                kept = b""
        _close(client, server)

    def _drop(self) -> None:
        self._loss = "nothing"
        self.lost += 1


def _close(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
