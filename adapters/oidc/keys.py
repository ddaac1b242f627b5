"""The keys that an issuer publishes (RFC 7517), as far as a token may be signed with them."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

ALGORITHMS: Mapping[str, str] = {
    "RS256": "RSA",
    "PS256": "RSA",
    "ES256": "P-256",
    "ES384": "P-384",
    "EdDSA": "Ed25519",
    "Ed25519": "Ed25519",
}
"""The methods that are accepted, each with the one kind of key that it is for. None has a shared secret."""

LEAST_BITS = 2048
"""Of an RSA key."""
MOST_KEYS = 100
SHORTEST, LONGEST = 1, 200
"""Characters of a key's id."""

PublicKey = RSAKey | ECKey | OKPKey


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key: of which kind it is, and for which method alone, where its issuer says so."""

    kind: str
    public: PublicKey
    algorithm: str | None = None

    def fits(self, algorithm: str) -> bool:
        """Whether a token may be signed with it by this method."""
        return ALGORITHMS.get(algorithm) == self.kind and self.algorithm in (None, algorithm)


@dataclass(frozen=True, slots=True)
class KeySet:
    """An issuer's keys by their ids; those that cannot be used, by their ids with the reason."""

    fit: Mapping[str, SigningKey] = field(default_factory=dict[str, SigningKey])
    unfit: Mapping[str, str] = field(default_factory=dict[str, str])

    def __contains__(self, id: object) -> bool:
        return id in self.fit or id in self.unfit


class Unfit(Exception):  # noqa: N818 — a state of affairs
    """A key that no token may be signed with; the message says why."""


def read_keys(document: object) -> KeySet:
    """The keys of a JWK set. Those without id are of no use and left out. Raises ValueError for what is no JWK set."""
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST_KEYS:
        raise ValueError(f"it is no list of at most {MOST_KEYS} keys")
    fit, unfit = dict[str, SigningKey](), dict[str, str]()
    for each in listed:
        id = each.get("kid") if isinstance(each, dict) else None
        if not isinstance(id, str) or not SHORTEST <= len(id) <= LONGEST:
            continue
        if id in fit or id in unfit:
            # Which of the two is meant cannot be told.
            fit.pop(id, None)
            unfit[id] = "its issuer gives two keys the same id"
            continue
        try:
            fit[id] = _key(each)
        except Unfit as why:
            unfit[id] = str(why)
    return KeySet(fit, unfit)


def _key(said: dict[str, Any]) -> SigningKey:
    uses = said.get("key_ops", ["verify"])
    if said.get("use", "sig") != "sig" or not isinstance(uses, list) or "verify" not in uses:
        raise Unfit("it is not for signing")
    algorithm = said.get("alg")
    if algorithm is not None and algorithm not in list(ALGORITHMS):
        raise Unfit("it is for a method that is not accepted")
    public: PublicKey
    try:
        match said.get("kty"), said.get("crv"):
            case "RSA", _:
                bits = _bits(said.get("n"))
                if bits < LEAST_BITS:
                    raise Unfit(f"it is an RSA key of {bits} bits")
                kind, public = "RSA", RSAKey.import_key({name: said[name] for name in ("kty", "n", "e")})
            case "EC", ("P-256" | "P-384") as kind:
                public = ECKey.import_key({name: said[name] for name in ("kty", "crv", "x", "y")})
            case "OKP", "Ed25519":
                kind, public = "Ed25519", OKPKey.import_key({name: said[name] for name in ("kty", "crv", "x")})
            case _:
                raise Unfit("it is of a kind that is not accepted")
        public.public_key  # noqa: B018 — reads the numbers, which is when a point beside its curve is noticed
    except (JoseError, KeyError, ValueError, TypeError) as error:
        raise Unfit("its numbers are no key") from error
    return SigningKey(kind, public, algorithm)


def _bits(modulus: object) -> int:
    if not isinstance(modulus, str):
        raise Unfit("its numbers are no key")
    return int.from_bytes(urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4))).bit_length()
