"""An issuer: found by its discovery document, its keys held for a while and read anew when they change."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from adapters.oidc.fetching import PATIENCE, Fetched, IssuerUnreachable, fetch, unsafe
from adapters.oidc.keys import KeySet, SigningKey, read_keys
from adapters.oidc.refusals import IssuerUnavailable, SigningKeyUnfit, SigningKeyUnknown
from adapters.plain_json import NotPlainJson, parse

DISCOVERY = "/.well-known/openid-configuration"
PAUSE = 10.0
"""Seconds between two tries to read the keys, whatever made them necessary and however they ended."""
FRESH = 600.0
"""Seconds after which the keys are read anew, so that one that was withdrawn is not believed much longer."""
STALE = 3600.0
"""Seconds for which keys that were read are used while the issuer does not answer."""
WAIT = 1.0
"""Seconds that a request waits for another one that is reading the keys already."""

LOG = logging.getLogger("avow.oidc")


@dataclass(frozen=True, slots=True)
class Held:
    """Keys, and when they were read."""

    keys: KeySet
    since: float


class Issuer:
    """One issuer, safe for several threads. `fetch` reads an address, `elapsed` tells seconds that never go back."""

    def __init__(
        self, name: str, *, fetch: Callable[[str], Fetched] = fetch, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self.name, self._fetch, self._elapsed = name, fetch, elapsed
        self._held: Held | None = None
        self._tried: float | None = None
        self._failed = False
        self._reading = Lock()

    def key(self, id: str) -> SigningKey:
        """The key of this id. Raises SigningKeyUnknown, SigningKeyUnfit, IssuerUnavailable.

        An id that is not known has the keys read anew, but not more often than every `PAUSE` seconds.
        """
        self._read_if_needed(id)
        held = self._held
        if held is None or self._elapsed() - held.since >= STALE:
            raise IssuerUnavailable(int(PAUSE))
        found = held.keys.fit.get(id)
        if found is not None:
            return found
        if id in held.keys.unfit:
            raise SigningKeyUnfit(held.keys.unfit[id])
        if self._failed:
            # It may have been published since.
            raise IssuerUnavailable(int(PAUSE))
        raise SigningKeyUnknown

    def discover(self) -> Fetched:
        """Its discovery document, as `avow doctor` looks at it. Raises IssuerUnreachable."""
        fetched = self._fetch(self.name.rstrip("/") + DISCOVERY)
        self._keys_address(fetched)
        return fetched

    def read(self) -> KeySet:
        """Its keys as they are published now. Raises IssuerUnreachable."""
        address = self._keys_address(self._fetch(self.name.rstrip("/") + DISCOVERY))
        try:
            return read_keys(_parsed(self._fetch(address), address))
        except ValueError as error:
            raise IssuerUnreachable(f"{address}: {error}") from error

    def _keys_address(self, fetched: Fetched) -> str:
        address = self.name.rstrip("/") + DISCOVERY
        document = _parsed(fetched, address)
        if not isinstance(document, dict) or document.get("issuer") != self.name:
            raise IssuerUnreachable(f"{address} is not of the issuer {self.name}, written exactly so")
        keys = document.get("jwks_uri")
        why = unsafe(keys) if isinstance(keys, str) else "it names none"
        if why is None and self.name.startswith("https:") and not str(keys).startswith("https:"):
            why = "it is not reached by https"
        if why is not None:
            raise IssuerUnreachable(f"the address of the keys in {address}: {why}")
        return str(keys)

    def _read_if_needed(self, id: str) -> None:
        if not self._due(id):
            return
        cold = self._held is None
        # Whose key is known need not wait for whoever reads: its own are still good.
        patience = PATIENCE * 2 if cold else 0.0 if self._held is not None and id in self._held.keys else WAIT
        if not self._reading.acquire(timeout=patience):
            return
        try:
            if self._due(id):
                self._tried = self._elapsed()
                self._held, self._failed = Held(self.read(), self._tried), False
        except IssuerUnreachable as why:
            self._failed = True
            LOG.warning("issuer", extra={"facts": {"issuer": self.name, "why": str(why)}})
        finally:
            self._reading.release()

    def _due(self, id: str) -> bool:
        """Whether the keys should be read, and may be."""
        now, held = self._elapsed(), self._held
        if self._tried is not None and now - self._tried < PAUSE:
            return False
        return held is None or now - held.since >= FRESH or id not in held.keys


def _parsed(fetched: Fetched, address: str) -> object:
    try:
        found: object = parse(fetched.body)
    except NotPlainJson as error:
        raise IssuerUnreachable(f"{address} is no JSON: {error}") from error
    return found
