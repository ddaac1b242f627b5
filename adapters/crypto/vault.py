"""The vault: seals and opens many private texts with at most one look-up of keys."""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from adapters.crypto.keys import (
    KEY_BYTES,
    NONCE_BYTES,
    OTHER_KEY,
    DataKey,
    KeyEncryptionKey,
    KeyStore,
    OrganisationKeysGone,
    Ring,
    WrongKeyEncryptionKey,
    unwrapped,
)
from application.ports import Vault
from domain.sealed import Private, TextKind

SALT_BYTES = 32
CACHED = 10_000
"""How many unwrapped keys of one organisation are held at most."""
ORGANISATIONS = 1_000
"""How many organisations' keys are held at most."""
ATTEMPTS = 5
"""How often a key is offered again when all keys were re-wrapped meanwhile."""


class KeyErased(Exception):  # noqa: N818 — a state of affairs
    """Nothing can be sealed for this subject any more: its key was erased."""

    def __init__(self, subject: UUID) -> None:
        super().__init__(f"the key of {subject} was erased; no text can be kept for them any more")
        self.subject = subject


@dataclass
class _Held:
    """What is unwrapped of one organisation's keys, as of a number of changes in the key store."""

    changes: int
    wrapping: KeyEncryptionKey | None = None
    ciphers: dict[DataKey, AESGCM] = field(default_factory=dict[DataKey, AESGCM])


class KeyVault(Vault):
    """Seals under data keys that a `KeyStore` keeps, wrapped by the organisation's key, which the installation's wraps.

    A sealed text is AES-256-GCM(salt ‖ text) with organisation and place as associated data, beside the commitment
    SHA-256(salt ‖ text); so it opens only where it was sealed, and who is shown salt and text can check it. The store
    is looked at in every call: what was erased by anybody opens for nobody from that instant on.
    """

    def __init__(self, keys: KeyStore, ring: Ring) -> None:
        self._keys, self._ring = keys, ring
        self._held: OrderedDict[UUID, _Held] = OrderedDict()
        self._secrets: dict[UUID, HMAC] = {}
        self._lock = Lock()

    def seal(self, organisation: UUID, texts: Sequence[Private]) -> list[Private]:
        """Each text sealed under its subject's key. Raises KeyErased, ValueError for a text without place or words."""
        if not texts:
            return []
        ciphers, whose = self._made(organisation, {(text.subject, text.kind) for text in texts}), f"{organisation}/"
        return [_sealed(whose, text, ciphers.get((text.subject, text.kind))) for text in texts]

    def open(self, organisation: UUID, texts: Sequence[Private]) -> list[str | None]:
        """Each text in clear, or None where its key was erased. Raises ValueError for one moved from its place."""
        return [shown[1] if shown is not None else None for shown in self.disclose(organisation, texts)]

    def disclose(self, organisation: UUID, texts: Sequence[Private]) -> list[tuple[bytes, str] | None]:
        """Salt and text of each, or None where its key was erased. Raises ValueError for one moved from its place."""
        if not texts:
            return []
        ciphers, _, _ = self._ciphers(organisation, {(text.subject, text.kind) for text in texts})
        found, whose = (ciphers.get((text.subject, text.kind)) for text in texts), f"{organisation}/"
        return [
            _opened(whose, text, cipher) if cipher is not None else None
            for text, cipher in zip(texts, found, strict=True)
        ]

    def digest(self, organisation: UUID, text: str) -> bytes:
        """HMAC-SHA-256 of the text under the organisation's secret, made at first use."""
        keyed = self._secrets.get(organisation)
        if keyed is None:
            keyed = self._secrets[organisation] = HMAC(self._secret(organisation), SHA256())
        # A copy has taken the secret in already: a third of the time, and an import asks for three digests a line.
        digest = keyed.copy()
        digest.update(text.encode())
        return digest.finalize()

    def erase(self, organisation: UUID, subject: UUID, kinds: Collection[TextKind] = tuple(TextKind)) -> None:
        """Destroy a subject's keys. No process opens anything with them from now on."""
        self._keys.erase(organisation, subject, kinds)

    def erased(self, organisation: UUID) -> dict[UUID, frozenset[TextKind]]:
        """Whose keys were destroyed, and for which kinds of text."""
        return self._keys.erased(organisation)

    def destroy(self, organisation: UUID) -> None:
        """Destroy the organisation's own key and all that it wraps."""
        self._keys.destroy(organisation)
        with self._lock:
            self._held.pop(organisation, None)
            self._secrets.pop(organisation, None)

    def _secret(self, organisation: UUID) -> bytes:
        owner = f"{organisation}/secret"
        for _ in range(ATTEMPTS):
            wrapping = self._wrapping(organisation)
            kept = self._keys.secret(organisation, wrapping.mark, wrapping.wrap(os.urandom(KEY_BYTES), owner))
            if kept is not None:
                return self._opened_by(kept, owner, wrapping)
        raise WrongKeyEncryptionKey(OTHER_KEY)

    def _made(self, organisation: UUID, wanted: set[DataKey]) -> Mapping[DataKey, AESGCM]:
        """The keys that there are of those wanted, and new ones where there were none; erased ones are absent."""
        for _ in range(ATTEMPTS):
            found, known, wrapping = self._ciphers(organisation, wanted)
            missing = wanted - known
            if not missing:
                return found
            wrapping = wrapping or self._wrapping(organisation)
            offered = {
                key: wrapping.wrap(AESGCM.generate_key(256), f"{organisation}/{key[0]}") for key in sorted(missing)
            }
            present = self._keys.add_data_keys(organisation, wrapping.mark, offered)
            if present.keys() >= missing:
                new = {key: self._unwrapped(organisation, key, kept, wrapping) for key, kept in present.items() if kept}
                with self._lock:
                    held = self._held.get(organisation)
                    if held is not None and held.wrapping is wrapping:
                        held.ciphers.update(new)
                return {**found, **new}
        raise WrongKeyEncryptionKey(OTHER_KEY)

    def _ciphers(
        self, organisation: UUID, wanted: set[DataKey]
    ) -> tuple[dict[DataKey, AESGCM], set[DataKey], KeyEncryptionKey | None]:
        """The keys that open of those wanted, which of them are known (erased or not), and what wraps new ones."""
        with self._lock:
            held = self._held.get(organisation)
            ciphers = dict(held.ciphers) if held is not None else {}
        missing = {key for key in wanted if key not in ciphers}
        kept = self._keys.look_up(organisation, {subject for subject, _ in missing})
        if held is None or held.changes != kept.changes:
            if ciphers:  # something was erased or re-wrapped since: nothing of what is held can be relied upon
                kept = self._keys.look_up(organisation, {subject for subject, _ in wanted})
            held, ciphers = _Held(kept.changes), {}
        if held.wrapping is None and kept.wrapping is not None:
            held.wrapping = self._organisations(organisation, kept.wrapping)
        new = {
            key: self._unwrapped(organisation, key, wrapped, held.wrapping)
            for key, wrapped in kept.keys.items()
            if wrapped is not None and key in wanted
        }
        with self._lock:
            held.ciphers.update(new)
            if len(held.ciphers) > CACHED:
                held.ciphers = dict(new)
            self._held[organisation] = held
            self._held.move_to_end(organisation)
            while len(self._held) > ORGANISATIONS:
                self._held.popitem(last=False)
        found = {key: cipher for key, cipher in {**ciphers, **new}.items() if key in wanted}
        return found, wanted & {*found, *kept.keys}, held.wrapping

    def _wrapping(self, organisation: UUID) -> KeyEncryptionKey:
        """The organisation's own key, made at first use. Raises OrganisationKeysGone."""
        for _ in range(ATTEMPTS):
            kept = self._keys.look_up(organisation, ())
            if kept.closed:
                raise OrganisationKeysGone(organisation)
            if kept.wrapping is not None:
                return self._organisations(organisation, kept.wrapping)
            own = os.urandom(KEY_BYTES)
            mark = KeyEncryptionKey(own).mark
            for each in self._ring.newest():
                if self._keys.add_wrapping(organisation, mark, each.wrap(own, f"{organisation}/wrapping")):
                    break
        raise WrongKeyEncryptionKey(OTHER_KEY)

    def _organisations(self, organisation: UUID, wrapped: bytes) -> KeyEncryptionKey:
        return KeyEncryptionKey(unwrapped(self._ring, wrapped, f"{organisation}/wrapping"))

    def _unwrapped(self, organisation: UUID, key: DataKey, wrapped: bytes, wrapping: KeyEncryptionKey | None) -> AESGCM:
        return AESGCM(self._opened_by(wrapped, f"{organisation}/{key[0]}", wrapping))

    def _opened_by(self, wrapped: bytes, owner: str, wrapping: KeyEncryptionKey | None) -> bytes:
        """A key that the organisation's wraps, or, as it was at first, the installation's."""
        if wrapping is not None and wrapped.startswith(wrapping.mark):
            return wrapping.unwrap(wrapped, owner)
        return unwrapped(self._ring, wrapped, owner)


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
