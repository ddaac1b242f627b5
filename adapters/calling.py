"""Calling addresses that users name: only public ones, each looked up once and called at the very address found.

Neither a name that answers otherwise the second time nor a redirect leads a call elsewhere; no proxy of the
environment is asked. How long a call takes and what is read of its answer have limits.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from application.webhooks import ReceiverRefused, Reply

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
PATIENCE = 10.0
"""Seconds that a receiver has, from the connection to the last header of its answer."""
LONGEST = 2_000
"""How many characters an address may have."""
FAULTS = (HTTPError, HTTPException, OSError)
UNICAST = IPv6Network("2000::/3")
"""Where all public IPv6 addresses are."""
TRANSLATED = IPv6Network("2002::/16"), IPv6Network("2001::/32")
"""Networks in it whose addresses stand for IPv4 ones: what they lead to cannot be told from them safely."""


def look_up(host: str, port: int) -> Sequence[Address]:
    """Every address of a host. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(each[4][0]).partition("%")[0]) for each in found))


@cache
def _trust() -> ssl.SSLContext:
    """What this machine trusts; read once."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class HttpReceivers:
    """Calls receivers by HTTPS. Those in `networks` may be private, and called by plain HTTP too."""

    networks: Sequence[Network] = ()
    patience: float = PATIENCE
    find: Callable[[str, int], Sequence[Address]] = look_up
    tls: ssl.SSLContext = field(default_factory=_trust)

    def check(self, url: str) -> None:
        """Raises ReceiverRefused for an address that would never be called, as far as it tells itself."""
        parts = _parts(url)
        if parts.scheme != "https" and not self.networks:
            raise ReceiverRefused("it does not begin with https")
        with suppress(ValueError):
            address = ip_address(parts.hostname or "")
            self._be_allowed(address, parts.scheme)

    def call(self, url: str, headers: dict[str, str], body: bytes) -> Reply:
        """Send a body to an address. What goes wrong is told as the reply."""
        began = time.monotonic()
        try:
            parts = _parts(url)
            host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
            addresses = self.find(host, port)
            for address in addresses:
                self._be_allowed(address, parts.scheme)
            status, wait = self._post(parts, addresses, port, headers, body)
        except ReceiverRefused as refusal:
            return Reply(None, refusal.why, _since(began))
        except (*FAULTS, ValueError) as error:
            return Reply(None, _why(error), _since(began))
        redirected = " (redirects are not followed)" if 300 <= status < 400 else ""
        return Reply(status, f"it answered {status}{redirected}", _since(began), wait)

    def _be_allowed(self, address: Address, scheme: str) -> None:
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        if any(address in network for network in self.networks):
            return
        if scheme != "https":
            raise ReceiverRefused("it does not begin with https, and its host is in no network that is allowed")
        public = address.is_global and not address.is_multicast and not address.is_reserved
        if isinstance(address, IPv6Address):
            public = public and address in UNICAST and not any(address in network for network in TRANSLATED)
        if not public:
            raise ReceiverRefused("its host is not in public")

    def _post(
        self, parts: SplitResult, addresses: Sequence[Address], port: int, headers: dict[str, str], body: bytes
    ) -> tuple[int, int | None]:
        until, failed = time.monotonic() + self.patience, OSError("its host has no address")
        for address in addresses:
            left = until - time.monotonic()
            if left <= 0:
                break
            connection = self._connection(parts, address, port, left)
            # A receiver that sends a byte now and then would keep every single wait short.
            cut = Event()
            alarm = Timer(left, _cut, (connection, cut))
            alarm.daemon = True
            alarm.start()
            try:
                try:
                    connection.connect()
                except FAULTS as error:
                    failed = OSError(_why(error))
                    continue
                target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                connection.request("POST", target, body, {**headers, "Host": parts.netloc}, preload_content=False)
                response = connection.getresponse()
                return response.status, _seconds(response.headers.get("Retry-After"))
            except FAULTS as error:
                raise TimeoutError if cut.is_set() else error from error
            finally:
                alarm.cancel()
                connection.close()
        raise failed

    def _connection(self, parts: SplitResult, address: Address, port: int, timeout: float) -> HTTPConnection:
        if parts.scheme == "http":
            return HTTPConnection(str(address), port, timeout=timeout)
        return HTTPSConnection(
            str(address), port, timeout=timeout, ssl_context=self.tls, server_hostname=parts.hostname or ""
        )


def networks_of(text: str) -> tuple[Network, ...]:
    """The networks in a list such as `10.1.0.0/16, ::1/128`. Raises ValueError."""
    return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ReceiverRefused("it cannot be read") from None
    if len(url) > LONGEST or not url.isascii() or any(each <= " " or each == "\x7f" for each in url):
        raise ReceiverRefused(f"it is longer than {LONGEST} characters, or has some that addresses do not have")
    if parts.scheme not in ("http", "https"):
        raise ReceiverRefused("it does not begin with https")
    if not parts.hostname or port == 0:
        raise ReceiverRefused("it names no host")
    if "@" in parts.netloc or parts.fragment:
        raise ReceiverRefused("it has a user or a fragment")
    return parts


def _cut(connection: HTTPConnection, cut: Event) -> None:
    cut.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


def _why(error: Exception) -> str:
    """What went wrong, in words of ours: those of a library may repeat what a receiver sent."""
    match error:
        case ssl.SSLCertVerificationError():
            return "its certificate is not valid"
        case ssl.SSLError():
            return "it does not speak TLS"
        case socket.gaierror():
            return "its host is not known"
        case TimeoutError():
            return "it took too long"
        case _ if error.__cause__ is not None and isinstance(error.__cause__, Exception):
            return _why(error.__cause__)
        case OSError() if error.args and isinstance(error.args[-1], str) and error.errno is None:
            return error.args[-1]
        case _:
            return "it cannot be reached, or does not answer as a web server does"


def _seconds(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else None
