"""An issuer of the test's own: real HTTP, and whatever no proper provider would publish or sign.

Signatures are made with `cryptography` itself, so that they do not rest on the library that checks them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

AUDIENCE = "avow"
Json = Any  # of any shape
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | Ed25519PrivateKey

RSA = rsa.generate_private_key(65537, 2048)
WEAK = rsa.generate_private_key(65537, 1024)  # noqa: S505 — to be refused
P256 = ec.generate_private_key(ec.SECP256R1())
P384 = ec.generate_private_key(ec.SECP384R1())
K256 = ec.generate_private_key(ec.SECP256K1())
ED25519 = Ed25519PrivateKey.generate()


def encoded(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def published(key: PrivateKey, kid: str, **more: Json) -> dict[str, Json]:
    """The public half as a JWK."""
    match key.public_key():
        case rsa.RSAPublicKey() as public:
            numbers = public.public_numbers()
            said = {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
        case ec.EllipticCurvePublicKey() as public:
            point, size = public.public_numbers(), (public.curve.key_size + 7) // 8
            name = {"secp256r1": "P-256", "secp384r1": "P-384", "secp256k1": "secp256k1"}[public.curve.name]
            said = {"kty": "EC", "crv": name, "x": _number(point.x, size), "y": _number(point.y, size)}
        case public:
            said = {"kty": "OKP", "crv": "Ed25519", "x": encoded(public.public_bytes_raw())}
    return {**said, "kid": kid, **more}


def signature(key: PrivateKey | bytes, algorithm: str, signed: bytes) -> bytes:
    """By the method that a header names."""
    hash = hashes.SHA384() if algorithm.endswith("384") else hashes.SHA256()
    match key:
        case bytes():
            return hmac.digest(key, signed, hashlib.sha256)
        case rsa.RSAPrivateKey() if algorithm.startswith("PS"):
            return key.sign(signed, padding.PSS(padding.MGF1(hash), hash.digest_size), hash)
        case rsa.RSAPrivateKey():
            return key.sign(signed, padding.PKCS1v15(), hash)
        case ec.EllipticCurvePrivateKey():
            size = (key.curve.key_size + 7) // 8
            return b"".join(each.to_bytes(size) for each in decode_dss_signature(key.sign(signed, ec.ECDSA(hash))))
        case _:
            return key.sign(signed)


def token(
    header: Mapping[str, Json] | bytes, claims: Mapping[str, Json] | bytes, key: PrivateKey | bytes | None
) -> str:
    """A token in the compact form; header and claims may be written out, to be written badly. Unsigned without key."""
    written = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in (header, claims)]
    signed = ".".join(map(encoded, written)).encode()
    algorithm = header.get("alg", "") if isinstance(header, Mapping) else "RS256"
    return f"{signed.decode()}.{encoded(signature(key, str(algorithm), signed)) if key is not None else ''}"


def _number(value: int, size: int | None = None) -> str:
    return encoded(value.to_bytes(size or (value.bit_length() + 7) // 8))


@dataclass
class LocalIssuer:
    """Publishes `keys`; `pages` stand in for its documents, each told by path and made when it is asked for."""

    keys: list[dict[str, Json]] = field(default_factory=list[dict[str, Json]])
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(
        default_factory=dict[str, Callable[[BaseHTTPRequestHandler], None]]
    )
    asked: list[str] = field(default_factory=list[str])
    """Every path that was asked for."""

    def __enter__(self) -> Self:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked.append(self.path)
                page = issuer.pages.get(self.path)
                if page is not None:
                    page(self)
                elif self.path == "/.well-known/openid-configuration":
                    answer(self, {"issuer": issuer.name, "jwks_uri": f"{issuer.name}/keys"})
                elif self.path == "/keys":
                    answer(self, {"keys": issuer.keys})
                else:
                    answer(self, {}, 404)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.name = f"http://127.0.0.1:{self._server.server_address[1]}"
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def claims(self, **more: Json) -> dict[str, Json]:
        """Those of a good token about anna; None leaves one out."""
        now = int(time.time())
        said = {"iss": self.name, "aud": AUDIENCE, "sub": "anna", "iat": now, "exp": now + 300, **more}
        return {name: value for name, value in said.items() if value is not None}

    def sign(self, key: PrivateKey = RSA, *, alg: str = "RS256", kid: str = "rsa", **claims: Json) -> str:
        """A good token about anna, but for what is said."""
        return token({"alg": alg, "typ": "at+jwt", "kid": kid}, self.claims(**claims), key)


def answer(handler: BaseHTTPRequestHandler, document: Json, status: int = 200, **headers: str) -> None:
    """A JSON document as an answer; bytes are sent as they are."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
