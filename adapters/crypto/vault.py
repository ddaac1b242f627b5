"""The vault: seals and opens many private texts with at most one look-up of keys."""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from base64 import b64decode, b64encode
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from adapters.crypto.keys import KEY_BYTES, NONCE_BYTES, KeyEncryptionKey, KeyStore
from application.ports import Vault
from domain.sealed import Private

SALT_BYTES = 32
CACHED = 10_000
"""How many unwrapped keys are held at most."""
HELD = 60.0
"""Seconds an unwrapped key is held: how long after an erasure another process may still open a text."""


class KeyErased(Exception):  # noqa: N818 — a state of affairs
    """Nothing can be sealed for this subject any more: its key was erased."""

    def __init__(self, subject: UUID) -> None:
        super().__init__(f"the key of {subject} was erased; no text can be kept for them any more")
        self.subject = subject


class KeyVault(Vault):
    """Seals under data keys that a `KeyStore` keeps, wrapped by one key-encryption key.

    A sealed text is AES-256-GCM(salt ‖ text) with organisation and place as associated data, beside the commitment
    SHA-256(salt ‖ text); so it opens only where it was sealed, and who is shown salt and text can check it.
    """

    def __init__(
        self, keys: KeyStore, wrapping: KeyEncryptionKey, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._keys, self._wrapping, self._elapsed = keys, wrapping, elapsed
        self._held: OrderedDict[tuple[UUID, UUID], tuple[float, AESGCM]] = OrderedDict()
        self._secrets: dict[UUID, HMAC] = {}
        self._lock = Lock()

    def seal(self, organisation: UUID, texts: Sequence[Private]) -> list[Private]:
        """Each text sealed under its subject's key. Raises KeyErased, ValueError for a text without place or words."""
        ciphers = self._ciphers(organisation, {text.subject for text in texts}, make=True)
        whose = f"{organisation}/"
        return [_sealed(whose, text, ciphers.get(text.subject)) for text in texts]

    def open(self, organisation: UUID, texts: Sequence[Private]) -> list[str | None]:
        """Each text in clear, or None where its key was erased. Raises ValueError for one moved from its place."""
        return [shown[1] if shown is not None else None for shown in self.disclose(organisation, texts)]

    def disclose(self, organisation: UUID, texts: Sequence[Private]) -> list[tuple[bytes, str] | None]:
        """Salt and text of each, or None where its key was erased. Raises ValueError for one moved from its place."""
        ciphers = self._ciphers(organisation, {text.subject for text in texts}, make=False)
        whose = f"{organisation}/"
        return [_opened(whose, text, ciphers[text.subject]) if text.subject in ciphers else None for text in texts]

    def digest(self, organisation: UUID, text: str) -> bytes:
        """HMAC-SHA-256 of the text under the organisation's secret, made at first use."""
        keyed = self._secrets.get(organisation)
        if keyed is None:
            owner = f"{organisation}/secret"
            kept = self._keys.secret(organisation, self._wrapping.wrap(os.urandom(KEY_BYTES), owner))
            keyed = self._secrets[organisation] = HMAC(self._wrapping.unwrap(kept, owner), SHA256())
        # A copy has taken the secret in already: a third of the time, and an import asks for three digests a line.
        digest = keyed.copy()
        digest.update(text.encode())
        return digest.finalize()

    def erase(self, organisation: UUID, subject: UUID) -> None:
        """Destroy a subject's key. Other processes forget theirs within `HELD` seconds."""
        self._keys.erase(organisation, subject)
        with self._lock:
            self._held.pop((organisation, subject), None)

    def _ciphers(self, organisation: UUID, subjects: Iterable[UUID], *, make: bool) -> dict[UUID, AESGCM]:
        found, missing = {}, []
        now = self._elapsed()
        with self._lock:
            for subject in subjects:
                since, cipher = self._held.get((organisation, subject), (0.0, None))
                if cipher is not None and now - since < HELD:
                    found[subject] = cipher
                else:
                    missing.append(subject)
        if not missing:
            return found
        if make:
            offered = {
                subject: self._wrapping.wrap(AESGCM.generate_key(256), f"{organisation}/{subject}")
                for subject in missing
            }
            wrapped = self._keys.add_data_keys(organisation, offered)
        else:
            wrapped = self._keys.data_keys(organisation, missing)
        for subject, key in wrapped.items():
            found[subject] = AESGCM(self._wrapping.unwrap(key, f"{organisation}/{subject}"))
        with self._lock:
            for subject in wrapped:
                self._held[organisation, subject] = now, found[subject]
                self._held.move_to_end((organisation, subject))
            while len(self._held) > CACHED:
                self._held.popitem(last=False)
        return found


def _sealed(whose: str, text: Private, cipher: AESGCM | None) -> Private:
    if text.text is None or not text.place:
        raise ValueError(f"{text!r} has no words or no place to be sealed for")
    if cipher is None:
        raise KeyErased(text.subject)
    chance = os.urandom(SALT_BYTES + NONCE_BYTES)
    plain, nonce = chance[:SALT_BYTES] + text.text.encode(), chance[SALT_BYTES:]
    return Private(
        subject=text.subject,
        commitment=hashlib.sha256(plain).hexdigest(),
        ciphertext=b64encode(nonce + cipher.encrypt(nonce, plain, (whose + text.place).encode())).decode(),
        place=text.place,
    )


def _opened(whose: str, text: Private, cipher: AESGCM) -> tuple[bytes, str]:
    try:
        sealed = b64decode(text.ciphertext, validate=True)
        plain = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], (whose + text.place).encode())
    except (InvalidTag, ValueError) as error:
        raise ValueError(f"{text!r} was sealed for another place than {text.place}, or was changed") from error
    if not hmac.compare_digest(hashlib.sha256(plain).hexdigest(), text.commitment):
        raise ValueError(f"{text!r} at {text.place} does not hold what its commitment says")
    return plain[:SALT_BYTES], plain[SALT_BYTES:].decode()
