"""If-Match and Idempotency-Key: which version the author saw, and whether this request came before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import msgspec
from flask import request

from adapters.http.outages import StillRunning
from adapters.http.refusals import HeaderMalformed, IdempotencyKeyReused, VersionNotStated
from adapters.http.session import Session
from application.ports import Idempotency, Outcome, Vault

TAG = re.compile(r'"v(\d{1,9})"', re.ASCII)
KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)


def version_seen() -> int:
    """The version that the header `If-Match` names. Raises VersionNotStated, HeaderMalformed."""
    text = request.headers.get("If-Match")
    if text is None:
        raise VersionNotStated
    found = TAG.fullmatch(text.strip())
    if found is None:
        raise HeaderMalformed("If-Match", 'has to be one strong tag of the record, such as "v3"')
    return int(found.group(1))


def idempotency_of(session: Session, body: object, vault: Vault) -> Idempotency | None:
    """The caller's own name for this request, with its fingerprint. Raises HeaderMalformed."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not KEY.fullmatch(key):
        raise HeaderMalformed("Idempotency-Key", "has to be 1 to 200 visible characters without spaces")
    asked = [request.method, request.path, request.headers.get("If-Match"), body]
    text = msgspec.json.encode(asked, order="sorted").decode()
    return Idempotency(
        actor=session.known_as, key=key, fingerprint=vault.digest(session.organisation, f"request:{text}")
    )


def same_request(outcome: Outcome, idempotency: Idempotency) -> Outcome:
    """The stored outcome, if it is that of this very request. Raises IdempotencyKeyReused."""
    if outcome.fingerprint != idempotency.fingerprint:
        raise IdempotencyKeyReused
    return outcome


class Running:
    """The requests with a key that are being decided in this process.

    Between processes the store's lock lets the second one wait, and then answers it from the first one's outcome.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._keys: set[tuple[object, str, str]] = set()

    @contextmanager
    def one(self, session: Session, idempotency: Idempotency | None) -> Iterator[None]:
        """Within, no other request of this caller has the key. Raises StillRunning."""
        if idempotency is None:
            yield
            return
        key = session.organisation, idempotency.actor, idempotency.key
        with self._lock:
            if key in self._keys:
                raise StillRunning
            self._keys.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard(key)
