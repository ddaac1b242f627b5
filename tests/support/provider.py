"""A real OpenID provider, started by the tests and spoken to over HTTP; and how a front end gets a token from it."""

from __future__ import annotations

import base64
import hashlib
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx

AUDIENCE, CLIENT, CALLBACK = "avow", "front-end", "http://127.0.0.1:9/callback"
PASSWORDS = {"anna": "correct horse battery staple", "bob": "four random words again"}
PROGRAM = Path(__file__).with_name("provider_process.py")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the provider gives for a code."""

    access: str
    identity: str


class Provider:
    """The provider's process, and the ways that lead to it."""

    def __enter__(self) -> Self:
        # Its own warnings are its own.
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.issuer = self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate(timeout=10)

    def rotate(self, kind: str = "rotate") -> None:
        """Sign with a new key from now on: `elliptic` makes it one on a curve, `retire` withdraws the old one."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{kind}\n")
        self._process.stdin.flush()
        assert self._answer() == "done"

    def sign_in(self, person: str) -> Tokens:
        """As a front end does: authorization code with PKCE. The person types name and password, and agrees."""
        verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        with httpx.Client(base_url=self.issuer, timeout=20, trust_env=False) as browser:
            found: Any = browser.get("/.well-known/openid-configuration").json()
            asked = {
                "response_type": "code", "client_id": CLIENT, "redirect_uri": CALLBACK, "scope": "openid",
                "state": state, "code_challenge": challenge, "code_challenge_method": "S256",
                "nonce": secrets.token_urlsafe(8),
            }  # fmt: skip
            page = _followed(browser, browser.get(found["authorization_endpoint"], params=asked))
            for typed in ({"login": person}, {"password": PASSWORDS[person]}, {"answer": "accept"}):
                page = _followed(browser, browser.post(page.url, data=typed))
                if page.is_redirect:
                    break
            told = parse_qs(urlsplit(page.headers["Location"]).query)
            assert told["state"] == [state]
            given: Any = browser.post(
                found["token_endpoint"],
                data={
                    "grant_type": "authorization_code", "code": told["code"][0], "redirect_uri": CALLBACK,
                    "client_id": CLIENT, "code_verifier": verifier,
                },
            ).json()  # fmt: skip
        return Tokens(given["access_token"], given["id_token"])

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def _followed(browser: httpx.Client, page: httpx.Response) -> httpx.Response:
    """The page that redirects lead to, short of the one that leads back to the front end."""
    while page.is_redirect and not page.headers["Location"].startswith(CALLBACK):
        page = browser.get(str(page.url.join(page.headers["Location"])))
    return page
