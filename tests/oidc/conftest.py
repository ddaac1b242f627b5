"""A real provider for the whole folder, and Avow in memory that trusts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from uuid import UUID, uuid4

import pytest

from adapters.bootstrap import in_memory
from adapters.http.app import create_app
from adapters.oidc.issuer import Issuer
from adapters.oidc.verifying import AccessTokens
from tests.support.api import Api
from tests.support.issuer import AUDIENCE, ED25519, P256, P384, RSA, WEAK, LocalIssuer, published
from tests.support.provider import Provider


@dataclass
class Clock:
    """Seconds that pass when they are told to."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Trusting:
    """An organisation whose people sign in at an issuer, and the clock by which Avow holds that issuer's keys."""

    api: Api
    issuer: str
    elapsed: Clock = field(default_factory=Clock)

    def bind(self, subject: str, person: UUID, api: Api | None = None) -> None:
        """Say that the issuer's subject is a person of this organisation, or of another one."""
        there = api or self.api
        office = replace(there.installation.sign_ins, issuers=(self.issuer,))
        office.bind(there.organisation, person, subject)

    def ask(self, token: str) -> tuple[int, str]:
        """What `me` answers to a token: its status, and whose it is or which rule says no."""
        self.api.token = token
        response = self.api.get("me")
        body = response.get_json()
        return response.status_code, str(body["answer"]["person"]) if response.status_code == 200 else body["rule"]

    def refusal(self, token: str) -> str:
        """The rule by which a token is refused, with 401 and a challenge that names it."""
        self.api.token = token
        response = self.api.get("me")
        rule = str(response.get_json()["rule"])
        assert (response.status_code, response.mimetype) == (401, "application/problem+json"), response.get_json()
        challenge = f'Bearer realm="avow", error="invalid_token", error_description="{rule}"'
        assert response.headers["WWW-Authenticate"] == challenge
        assert token not in response.get_data(as_text=True)
        return rule


@cache
def _avow(audience: str, typ: str, skew: int) -> tuple[Api, list[Issuer]]:
    """Avow in memory, made once for all tests that ask the same of tokens, and the issuers that it trusts."""
    issuers = list[Issuer]()
    installation = in_memory(access=AccessTokens(issuers, audience, typ, skew, lambda: datetime.now(UTC)))
    return Api(installation, create_app(installation).test_client()), issuers


def trusting(issuer: str, *, audience: str = AUDIENCE, typ: str = "at+jwt", skew: int = 60) -> Trusting:
    """A new organisation, in which the issuer's `anna` is Anna. Nothing is held of the issuer's keys."""
    avow, issuers = _avow(audience, typ, skew)
    clock = Clock()
    issuers[:] = [*(each for each in issuers if each.name != issuer), Issuer(issuer, elapsed=clock)]
    api = Api.found(f"acme-{uuid4()}", installation=avow.installation, client=avow.client)
    trusting = Trusting(api, issuer, clock)
    trusting.bind("anna", UUID(api.joins("anna")))
    return trusting


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    with Provider() as found:
        yield found


@pytest.fixture(scope="session")
def issuer() -> Iterator[LocalIssuer]:
    keys = [
        published(RSA, "rsa"),
        published(RSA, "rsa-for-pss", alg="PS256"),
        published(RSA, "for-encryption", use="enc"),
        published(WEAK, "weak"),
        published(P256, "p256", use="sig"),
        published(P384, "p384"),
        published(ED25519, "ed25519", key_ops=["verify"]),
        {"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA", "kid": "shared"},
        published(RSA, "twice"),
        published(P256, "twice"),
    ]
    with LocalIssuer(keys) as found:
        yield found


@pytest.fixture(scope="session")
def acme(issuer: LocalIssuer) -> Trusting:
    """Trusts the issuer of the tests."""
    return trusting(issuer.name)
