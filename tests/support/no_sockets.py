"""The tests of the domain and of the application have no network: a socket that is opened there is an error.

An audit hook sees every socket of the interpreter, whoever opens it, and cannot be taken off again, so it asks whether
sockets are closed at the moment. Nothing is replaced.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

INNER = tuple(Path(__file__).parents[1] / layer for layer in ("domain", "application"))
OPENING = frozenset({"socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})

_closed = False


class SocketOpened(RuntimeError):  # noqa: N818 — what happened, in words
    """Code that must not know of the outside reached for a socket."""


def _watch(name: str, arguments: tuple[object, ...]) -> None:
    if _closed and name in OPENING:
        raise SocketOpened(f"{name} with {arguments!r}: domain and application have no network")


sys.addaudithook(_watch)


@contextmanager
def sockets_closed() -> Iterator[None]:
    """Within, any use of a socket raises `SocketOpened`."""
    global _closed  # noqa: PLW0603 — the hook is the interpreter's, and so is its switch
    before, _closed = _closed, True
    try:
        yield
    finally:
        _closed = before


@pytest.fixture(autouse=True)
def _inner_layers_have_no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    if any(request.path.is_relative_to(folder) for folder in INNER):
        with sockets_closed():
            yield
    else:
        yield
