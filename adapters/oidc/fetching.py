"""Documents of an issuer, fetched within limits: of size, of time, and of where from."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

PATIENCE = 5.0
"""Seconds that a document may take, from first to last byte."""
MOST_BYTES = 256 * 1024
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class IssuerUnreachable(Exception):  # noqa: N818 — a state of affairs
    """A document of an issuer cannot be had, or is not what it should be; the message says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document, and the instant that its server says it is."""

    body: bytes
    date: datetime | None


def unsafe(address: str) -> str | None:
    """Why keys are not to be read from an address; None where they may be: by https, on this machine by http too."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError:
        return "it is no address"
    if port == 0 or not host or parts.username is not None or any(each.isspace() for each in address):
        return "it is no address of a host without user and password"
    if parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK):
        return None
    return "it is not reached by https"


def fetch(address: str) -> Fetched:
    """What stands at an address. Redirects are not followed. Raises IssuerUnreachable."""
    why = unsafe(address)
    if why is not None:
        raise IssuerUnreachable(f"{address}: {why}")
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    # The connection's own limit counts anew with each byte that arrives; this one does not.
    opened = list[socket.socket]()
    end = Timer(PATIENCE, _cut, (connection, opened))
    end.daemon = True
    end.start()
    try:
        connection.connect()
        opened.append(connection.sock)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"Accept": "application/json", "Connection": "close"})
        response = connection.getresponse()
        if response.status != 200:
            raise IssuerUnreachable(f"{address} answered with {response.status}")
        body = response.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise IssuerUnreachable(f"{address} is larger than {MOST_BYTES} bytes")
        if response.length:
            raise IssuerUnreachable(f"{address} was cut off")
        return Fetched(body, _date(response.getheader("Date")))
    except (OSError, HTTPException, ValueError) as error:
        raise IssuerUnreachable(f"{address}: {str(error) or type(error).__name__}") from error
    finally:
        end.cancel()
        connection.close()


def _cut(connection: HTTPConnection, opened: list[socket.socket]) -> None:
    """End an exchange: its socket is the connection's until the answer begins, and then the answer's."""
    for each in [connection.sock, *opened]:
        if each is not None:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC) if text else None
    except ValueError:
        return None
