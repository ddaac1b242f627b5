"""Calling receivers: no private address, by no trick; TLS to the host that was named, at the address that was found."""

from __future__ import annotations

import http.server
import ipaddress
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.calling import Address, HttpReceivers, networks_of
from application.webhooks import ReceiverRefused

LOOPBACK = networks_of("127.0.0.0/8")


@contextmanager
def answering(context: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[str]]]:
    """A server on the loopback address that says 204: its port, and the hosts that it was called as."""
    called = list[str]()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            called.append(self.headers["Host"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A caller that does not trust us goes away."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        serving.start()
        try:
            yield server.server_port, called
        finally:
            server.shutdown()
            serving.join()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server for hooks.example.org shows, and what trusts it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example.org")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shows.load_cert_chain(path)
    return shows, ssl.create_default_context(cafile=str(path))


class Names:
    """Answers look-ups as it is told, one answer after the other, and counts them."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = list(answers), list[str]()

    def __call__(self, host: str, port: int) -> list[Address]:
        self.asked.append(host)
        return [ipaddress.ip_address(each) for each in self.answers.pop(0)]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1",
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254",
        "ff02::1", "fec0::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::", "2001:0:1::1",
    ],
)  # fmt: skip
def test_no_address_is_called_that_is_not_public(address: str) -> None:
    written = f"[{address}]" if ":" in address else address
    with pytest.raises(ReceiverRefused):
        HttpReceivers().check(f"https://{written}/")
    names = Names(["93.184.215.14", address])
    reply = HttpReceivers(find=names).call("https://hooks.example.org/", {}, b"{}")
    assert (reply.status, reply.way) == (None, "its host is not in public")


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "localhost.", "[::ffff:7f00:1]"]
)
def test_no_way_of_writing_it_leads_to_this_machine(host: str) -> None:
    with answering() as (port, called):
        reply = HttpReceivers(patience=2).call(f"https://{host}:{port}/", {}, b"{}")
        assert reply.status is None
        assert called == []


def test_a_name_is_looked_up_once_and_the_address_found_is_the_one_called() -> None:
    with answering() as (port, called):
        names = Names(["127.0.0.1"], ["10.0.0.1"])
        reply = HttpReceivers(LOOPBACK, find=names).call(f"http://hooks.example.org:{port}/a", {}, b"{}")
        assert reply.status == 204
        assert (names.asked, called) == (["hooks.example.org"], [f"hooks.example.org:{port}"])


def test_another_address_of_the_host_is_tried_where_the_first_does_not_answer() -> None:
    with answering() as (port, called):
        names = Names(["127.0.0.2", "127.0.0.1"])
        reply = HttpReceivers(LOOPBACK, find=names).call(f"http://hooks.example.org:{port}/", {}, b"{}")
        assert (reply.status, len(called)) == (204, 1)


def test_tls_is_spoken_with_the_host_that_was_named_and_with_no_other(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    shows, trusts = certificate
    with answering(shows) as (port, called):
        names = Names(*[["127.0.0.1"]] * 3)
        receivers = HttpReceivers(LOOPBACK, find=names, tls=trusts)
        assert receivers.call(f"https://hooks.example.org:{port}/", {}, b"{}").status == 204
        other = receivers.call(f"https://other.example.org:{port}/", {}, b"{}")
        assert (other.status, other.way) == (None, "its certificate is not valid")
        unknown = HttpReceivers(LOOPBACK, find=names).call(f"https://hooks.example.org:{port}/", {}, b"{}")
        assert (unknown.status, unknown.way) == (None, "its certificate is not valid")
        assert len(called) == 1


def test_plain_http_is_for_networks_that_are_allowed() -> None:
    with pytest.raises(ReceiverRefused):
        HttpReceivers().check("http://hooks.example.org/")
    HttpReceivers(LOOPBACK).check("http://127.0.0.1/")
    names = Names(["93.184.215.14"])
    reply = HttpReceivers(LOOPBACK, find=names).call("http://hooks.example.org/", {}, b"{}")
    assert reply.status is None
    assert "https" in reply.way


def test_no_proxy_of_the_environment_is_asked() -> None:
    with answering() as (port, called):
        program = (
            "from adapters.calling import HttpReceivers, networks_of\n"
            "receivers = HttpReceivers(networks_of('127.0.0.0/8'))\n"
            f"print(receivers.call('http://127.0.0.1:{port}/', {{}}, b'').status)\n"
        )
        proxies = dict.fromkeys(("http_proxy", "HTTP_PROXY", "all_proxy"), "http://127.0.0.1:9/")
        done = subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, **proxies}, capture_output=True, text=True, check=True
        )
        assert (done.stdout, len(called)) == ("204\n", 1)
