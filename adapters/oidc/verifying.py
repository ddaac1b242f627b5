"""Whether an access token is to be believed: RFC 8725 (JWT best practices) and RFC 9068 (JWT access tokens).

Of a token nothing is believed before its signature is, except which of the configured issuers it says it is from and
which of that issuer's keys it says it was signed with. What it brings along (`jwk`, `jku`, `x5u`, `x5c`) is never
looked at.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from adapters.oidc.issuer import Issuer
from adapters.oidc.keys import ALGORITHMS, LONGEST
from adapters.oidc.refusals import (
    AccessTokenEncrypted,
    AccessTokenExpired,
    AccessTokenNotReadable,
    AccessTokenNotYetValid,
    AccessTokenOfAnotherType,
    AccessTokenTooLong,
    AlgorithmNotAccepted,
    AudienceNotOurs,
    ClaimMissing,
    ClaimNotReadable,
    HeaderNotUnderstood,
    IssuerNotTrusted,
    SignatureNotValid,
    SigningKeyUnfit,
    SigningKeyUnknown,
)
from adapters.plain_json import NotPlainJson, parse
from application.signing_in import Proof

MOST = 8 * 1024
"""Characters that a token may have."""
LONGEST_SUBJECT = 255
"""Characters, as OpenID Connect has it."""
PART = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
OF_ID_TOKENS = frozenset({"nonce", "at_hash", "c_hash"})
"""Claims that only ID tokens have."""
TIMES = ("exp", "nbf", "iat")

Object = dict[str, Any]  # Any: JSON


@dataclass(frozen=True)
class AccessTokens:
    """Believes tokens of these issuers for one audience. `skew` is how many seconds clocks may differ."""

    issuers: Sequence[Issuer]
    audience: str
    type: str
    skew: int
    now: Callable[[], datetime]

    @property
    def names(self) -> tuple[str, ...]:
        """The issuers' names, as tokens spell them."""
        return tuple(each.name for each in self.issuers)

    def prove(self, text: str) -> Proof:
        """Whom an access token is about. Raises the AccessTokenRefused of the rule it breaks, IssuerUnavailable."""
        if len(text) > MOST:
            raise AccessTokenTooLong(MOST)
        parts = text.split(".")
        if len(parts) == 5:
            raise AccessTokenEncrypted
        if len(parts) != 3:
            raise AccessTokenNotReadable("it has not three parts")
        header, claims = _object(parts[0], "header"), _object(parts[1], "body")
        algorithm, signature = self._of_header(header, claims), _decoded(parts[2])
        issuer = next((each for each in self.issuers if each.name == claims.get("iss")), None)
        if issuer is None:
            raise IssuerNotTrusted
        _be_signed(issuer, header.get("kid"), algorithm, f"{parts[0]}.{parts[1]}".encode(), signature)
        self._of_claims(issuer.name, claims)
        return Proof(issuer.name, claims["sub"])

    def _of_header(self, header: Object, claims: Object) -> str:
        """The method of signing, of a header that asks for nothing strange."""
        if "enc" in header or str(header.get("cty", "")).upper().endswith("JWT"):
            raise AccessTokenEncrypted
        algorithm = header.get("alg")
        if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
            raise AlgorithmNotAccepted(", ".join(ALGORITHMS))
        if "crit" in header or "b64" in header:
            raise HeaderNotUnderstood
        said = str(header.get("typ", "JWT")).lower().removeprefix("application/")
        if said != self.type.lower() or (said == "jwt" and OF_ID_TOKENS & set(claims)):
            raise AccessTokenOfAnotherType(self.type)
        return algorithm

    def _of_claims(self, issuer: str, claims: Object) -> None:
        for name in TIMES:
            if name in claims and (isinstance(claims[name], bool) or not isinstance(claims[name], int | float)):
                raise ClaimNotReadable(name)
        registry = JWTClaimsRegistry(
            now=int(self.now().timestamp()),
            leeway=self.skew,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": self.audience},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        try:
            registry.validate(claims)
        except MissingClaimError as error:
            raise ClaimMissing(error.claim.partition(",")[0]) from None
        except ExpiredTokenError:
            raise AccessTokenExpired from None
        except InvalidClaimError as error:
            raise self._refusal_of(error.claim, claims) from None
        if not claims["sub"].strip() or len(claims["sub"]) > LONGEST_SUBJECT:
            raise ClaimNotReadable("sub")

    def _refusal_of(self, claim: str, claims: Object) -> Exception:
        match claim:
            case "aud":
                return AudienceNotOurs()
            case "nbf" | "iat" if claims[claim] > self.now().timestamp():
                return AccessTokenNotYetValid(claim)
            case _:
                return ClaimNotReadable(claim)


def _be_signed(issuer: Issuer, id: object, algorithm: str, signed: bytes, signature: bytes) -> None:
    """Raises SigningKeyUnknown, SigningKeyUnfit, SignatureNotValid, IssuerUnavailable."""
    if not isinstance(id, str) or not 1 <= len(id) <= LONGEST:
        raise SigningKeyUnknown
    key = issuer.key(id)
    if not key.fits(algorithm):
        raise SigningKeyUnfit(f"it is not for {algorithm}")
    try:
        valid = JWSRegistry.algorithms[algorithm].verify(signed, signature, key.public)
    except (JoseError, ValueError):
        valid = False
    if not valid:
        raise SignatureNotValid


def _decoded(part: str) -> bytes:
    """The bytes of a part, written in the one way that there is to write them. Raises AccessTokenNotReadable."""
    if not PART.fullmatch(part) or len(part) % 4 == 1:
        raise AccessTokenNotReadable("a part is not written in base64url")
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _object(part: str, what: str) -> Object:
    try:
        found = parse(_decoded(part))
    except NotPlainJson as error:
        # What the reader says names a place, or a name that stands twice, which may be anything.
        why = "a name stands in it twice" if "twice" in str(error) else "it is not plain JSON"
        raise AccessTokenNotReadable(f"{what}: {why}") from None
    if not isinstance(found, dict):
        raise AccessTokenNotReadable(f"{what}: it is no object")
    return found
