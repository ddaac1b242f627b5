"""How an issuer's keys are found, held and read anew: by real HTTP, within limits, whatever it answers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from adapters.cli.doctor import Finding, examine
from adapters.oidc.fetching import MOST_BYTES, PATIENCE, IssuerUnreachable, fetch, unsafe
from adapters.oidc.issuer import FRESH, PAUSE, STALE, Issuer
from tests.oidc.conftest import Trusting, trusting
from tests.support.issuer import P256, RSA, LocalIssuer, answer, published

DISCOVERY = "/.well-known/openid-configuration"


@pytest.fixture
def own() -> Iterator[LocalIssuer]:
    """An issuer of this test's own, which it may break."""
    with LocalIssuer([published(RSA, "rsa")]) as found:
        yield found


@pytest.fixture
def acme(own: LocalIssuer) -> Trusting:
    return trusting(own.name)


def test_keys_are_read_once_and_held(acme: Trusting, own: LocalIssuer) -> None:
    assert own.asked == []
    for _ in range(3):
        assert acme.ask(own.sign())[0] == 200
    assert own.asked == [DISCOVERY, "/keys"]


def test_a_new_key_is_found_when_a_token_names_it(acme: Trusting, own: LocalIssuer) -> None:
    assert acme.ask(own.sign())[0] == 200
    own.keys.append(published(P256, "new"))
    acme.elapsed.seconds += PAUSE
    assert acme.ask(own.sign(P256, alg="ES256", kid="new"))[0] == 200


def test_made_up_keys_do_not_make_avow_ask_again_and_again(acme: Trusting, own: LocalIssuer) -> None:
    for number in range(50):
        assert acme.refusal(own.sign(kid=f"made-up-{number}")) == "signing-key-unknown"
        acme.elapsed.seconds += PAUSE / 10
    assert own.asked.count("/keys") <= 6


def test_a_withdrawn_key_is_believed_for_some_minutes_and_no_longer(acme: Trusting, own: LocalIssuer) -> None:
    assert acme.ask(own.sign())[0] == 200
    own.keys[:] = [published(P256, "new")]
    acme.elapsed.seconds += FRESH
    assert acme.refusal(own.sign()) == "signing-key-unknown"


def test_while_the_issuer_is_away_keys_that_are_held_do_for_an_hour(acme: Trusting, own: LocalIssuer) -> None:
    assert acme.ask(own.sign())[0] == 200
    own.pages[DISCOVERY] = lambda handler: answer(handler, {}, 500)
    acme.elapsed.seconds += STALE - 1
    assert acme.ask(own.sign())[0] == 200
    # Of a key that is not known nobody can tell whether it was published meanwhile.
    assert acme.ask(own.sign(kid="perhaps-new")) == (503, "issuer-unavailable")
    acme.elapsed.seconds += 1
    assert acme.ask(own.sign()) == (503, "issuer-unavailable")
    response = acme.api.get("me")
    assert response.headers["Retry-After"] == "10"
    assert "WWW-Authenticate" not in response.headers
    # Avow's own tokens and the rest go on.
    assert acme.api.as_("auditor").get("me").status_code == 200
    del own.pages[DISCOVERY]
    acme.elapsed.seconds += PAUSE
    assert acme.ask(own.sign())[0] == 200


def test_an_issuer_that_never_answered_is_unavailable_and_not_wrong(acme: Trusting, own: LocalIssuer) -> None:
    own.pages["/keys"] = lambda handler: answer(handler, {}, 404)
    assert acme.ask(own.sign()) == (503, "issuer-unavailable")
    asked = len(own.asked)
    assert acme.ask(own.sign()) == (503, "issuer-unavailable")
    assert len(own.asked) == asked


def _redirect(handler: BaseHTTPRequestHandler) -> None:
    answer(handler, {}, 302, Location="/keys")


DOCUMENTS: dict[str, Callable[[LocalIssuer], Any]] = {
    "another issuer": lambda own: {"issuer": f"{own.name}/other", "jwks_uri": f"{own.name}/keys"},
    "no issuer": lambda own: {"jwks_uri": f"{own.name}/keys"},
    "no keys": lambda own: {"issuer": own.name},
    "keys by http from elsewhere": lambda own: {"issuer": own.name, "jwks_uri": "http://192.0.2.1/keys"},
    "keys from a file": lambda own: {"issuer": own.name, "jwks_uri": "file:///etc/passwd"},
    "keys at no address": lambda own: {"issuer": own.name, "jwks_uri": "http://[::1/keys"},
    "keys with a password": lambda own: {"issuer": own.name, "jwks_uri": own.name.replace("//", "//a:b@")},
    "a list": lambda own: [],
    "no JSON": lambda own: b"<html>",
    "a name twice": lambda own: (
        f'{{"issuer":"{own.name}","issuer":"{own.name}","jwks_uri":"{own.name}/keys"}}'.encode()
    ),
    "too large": lambda own: {"issuer": own.name, "jwks_uri": f"{own.name}/keys", "more": "x" * MOST_BYTES},
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_discovery_document_that_is_not_as_it_should_be_is_not_followed(
    kind: str, acme: Trusting, own: LocalIssuer
) -> None:
    own.pages[DISCOVERY] = lambda handler: answer(handler, DOCUMENTS[kind](own))
    assert acme.ask(own.sign()) == (503, "issuer-unavailable")
    assert "/keys" not in own.asked


@pytest.mark.parametrize("keys", [{}, [], {"keys": {}}, {"keys": [{}] * 101}, b"{", {"keys": "x" * MOST_BYTES}])
def test_a_list_of_keys_that_is_none_is_not_read(keys: Any, acme: Trusting, own: LocalIssuer) -> None:
    own.pages["/keys"] = lambda handler: answer(handler, keys)
    assert acme.ask(own.sign()) == (503, "issuer-unavailable")


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "RSA", "kid": "odd"},
        {"kty": "RSA", "kid": "odd", "n": "AQAB", "e": "AQAB"},
        {"kty": "RSA", "kid": "odd", "n": "é" * 400, "e": "AQAB"},
        {"kty": "EC", "crv": "P-256", "kid": "odd", "x": "AQAB", "y": "AQAB"},
        {"kty": "EC", "crv": "P-256", "kid": "odd", "x": 7, "y": None},
        {"kty": "OKP", "crv": "Ed25519", "kid": "odd", "x": "AQAB"},
        {"kty": "OKP", "crv": "X25519", "kid": "odd", "x": "A" * 43},
        {"kty": ["RSA"], "kid": "odd"},
        {"kty": "RSA", "kid": "odd", "key_ops": 7},
        {"kty": "RSA", "kid": "odd", "alg": ["RS256"]},
    ],
)
def test_a_key_that_is_none_spoils_no_other(key: dict[str, Any], acme: Trusting, own: LocalIssuer) -> None:
    own.keys[:0] = [key, {"kid": 7}, {"kid": ""}]
    assert acme.ask(own.sign())[0] == 200
    assert acme.refusal(own.sign(kid="odd")) == "signing-key-unfit"


def test_redirects_are_not_followed(acme: Trusting, own: LocalIssuer) -> None:
    own.pages[DISCOVERY] = _redirect
    assert acme.ask(own.sign()) == (503, "issuer-unavailable")
    assert own.asked == [DISCOVERY]


def test_whoever_answers_byte_by_byte_is_cut_off(own: LocalIssuer) -> None:
    ended = Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not ended.wait(0.2):
            try:
                handler.wfile.write(b" ")
                handler.wfile.flush()
            except OSError:
                return

    own.pages["/drip"] = drip
    begun = time.monotonic()
    try:
        with pytest.raises(IssuerUnreachable):
            Issuer(f"{own.name}/x", fetch=lambda _: fetch(f"{own.name}/drip")).discover()
    finally:
        ended.set()
    assert PATIENCE - 1 < time.monotonic() - begun < PATIENCE + 3


def test_while_one_request_reads_the_keys_those_whose_key_is_known_do_not_wait(
    acme: Trusting, own: LocalIssuer
) -> None:
    assert acme.ask(own.sign())[0] == 200
    asked, go_on = Event(), Event()

    def wait(handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        go_on.wait(4)
        answer(handler, {}, 500)

    own.pages[DISCOVERY] = wait
    acme.elapsed.seconds += FRESH
    access = acme.api.installation.access
    assert access is not None
    reading = Thread(target=access.issuers[-1].key, args=("rsa",))
    reading.start()
    try:
        assert asked.wait(5)
        begun = time.monotonic()
        assert acme.ask(own.sign())[0] == 200
        assert time.monotonic() - begun < 1
    finally:
        go_on.set()
        reading.join()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://login.example.org", True),
        ("https://login.example.org:8443/realms/acme", True),
        ("http://127.0.0.1:9", True),
        ("http://localhost", True),
        ("http://[::1]:9", True),
        ("http://login.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("https://user:word@login.example.org", False),
        ("ftp://127.0.0.1", False),
        ("https://", False),
        ("login.example.org", False),
        ("https://login.example.org:port", False),
        ("https://login example.org", False),
    ],
)
def test_keys_are_read_by_https_or_on_this_machine(address: str, safe: bool) -> None:
    assert (unsafe(address) is None) is safe


def _looked_at(own: LocalIssuer, folder: Path) -> tuple[Finding, str]:
    environment = {
        "AVOW_OIDC_ISSUER": own.name, "AVOW_OIDC_AUDIENCE": "avow", "AVOW_DATA": str(folder), "AVOW_PORT": "0",
    }  # fmt: skip
    (check,) = (each for each in examine(environment) if each.what == f"issuer {own.name}")
    return check.finding, check.found


def test_the_doctor_looks_at_the_issuer_and_its_clock(own: LocalIssuer, tmp_path: Path) -> None:
    assert _looked_at(own, tmp_path) == (Finding.FINE, "answers, with keys: 1")
    own.keys[:] = [published(RSA, "rsa", use="enc")]
    finding, found = _looked_at(own, tmp_path)
    assert (finding, "it is not for signing" in found) == (Finding.WRONG, True)
    own.keys[:] = [published(RSA, "rsa")]

    def late(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(200)
        document = json.dumps({"issuer": own.name, "jwks_uri": f"{own.name}/keys"}).encode()
        date = format_datetime(datetime.now(UTC) - timedelta(minutes=5), usegmt=True)
        for name, value in (("Date", date), ("Content-Length", str(len(document)))):
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(document)

    own.pages[DISCOVERY] = late
    finding, found = _looked_at(own, tmp_path)
    assert (finding, "300 s apart" in found or "301 s apart" in found) == (Finding.WRONG, True)
    own.pages[DISCOVERY] = lambda handler: answer(handler, {}, 500)
    finding, found = _looked_at(own, tmp_path)
    assert (finding, "answered with 500" in found) == (Finding.WRONG, True)
