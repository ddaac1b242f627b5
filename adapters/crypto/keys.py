"""Where the keys live, each wrapped: one of the installation wraps one of each organisation, and that its data keys.

A data key is of one subject and one kind of text. Beside them each organisation has one secret, for digests.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.sealed import TextKind

KEY_BYTES = 32
NONCE_BYTES = 12
MARK_BYTES = 8
"""What a wrapped key begins with: it tells under which key it is wrapped."""
OTHER_KEY = (
    "a key is wrapped under another key-encryption key than the one configured; restore the newest copy of the keys "
    "and the file that belongs to it (AVOW_KEY_ENCRYPTION_KEY_FILE)"
)


class OrganisationKeysGone(Exception):  # noqa: N818 — a state of affairs
    """The organisation was closed: its key-encryption key is destroyed, and nothing of it is ever sealed again."""


class WrongKeyEncryptionKey(Exception):  # noqa: N818 — what is the matter, in words
    """A stored key is wrapped under another key-encryption key than the one at hand, or was moved or damaged."""


class KeyFileUnusable(ValueError):  # noqa: N818 — what is the matter, in words
    """The file of the key-encryption key holds none, or is gone although keys are wrapped under it."""


DataKey = tuple[UUID, TextKind]
"""Which key: whose, and for which kind of text."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a key store holds of one organisation, at one look.

    `wrapping` is the organisation's own key-encryption key, wrapped under the installation's; None before its first
    use. `keys` are data keys that were asked for, None for an erased one; unknown ones are absent. `changes` rises
    with every erasure and every re-wrapping: what was unwrapped before is then out of date. Of a closed organisation
    nothing is kept.
    """

    wrapping: bytes | None = None
    changes: int = 0
    closed: bool = False
    keys: Mapping[DataKey, bytes | None] = field(default_factory=dict[DataKey, bytes | None])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """All that a key store holds of one organisation in wrapped form, for re-wrapping. Erased keys are absent.

    `mark` is that of the organisation's own key, which is `wrapping` in wrapped form.
    """

    wrapping: bytes | None
    mark: bytes | None
    keys: Mapping[tuple[UUID, str], bytes]
    secret: bytes | None


class KeyStore(ABC):
    """Keeps wrapped keys; it never sees one in clear."""

    @abstractmethod
    def look_up(self, organisation: UUID, subjects: Collection[UUID]) -> Kept:
        """The organisation's own key, and the data keys of these subjects, in one look-up."""

    @abstractmethod
    def add_wrapping(self, organisation: UUID, mark: bytes, wrapped: bytes) -> bool:
        """Keep an organisation's own key, which has this mark, if there is none.

        False if it is wrapped under a key of the installation that is no longer, or not yet, the one in force.
        """

    @abstractmethod
    def add_data_keys(
        self, organisation: UUID, mark: bytes, offered: Mapping[DataKey, bytes]
    ) -> Mapping[DataKey, bytes | None]:
        """Keep the offered keys that there are none of; tells all present ones, None for an erased one.

        `mark` is that of the organisation's key under which they are wrapped: where it is another by now, nothing is
        kept, and the offered ones are absent from what is told.
        """

    @abstractmethod
    def erase(self, organisation: UUID, subject: UUID, kinds: Collection[TextKind]) -> None:
        """Destroy keys for good: what was sealed under them opens no more, and nothing can be sealed anew."""

    @abstractmethod
    def erased(self, organisation: UUID) -> dict[UUID, frozenset[TextKind]]:
        """Whose keys were destroyed, and which of them."""

    @abstractmethod
    def secret(self, organisation: UUID, mark: bytes, offered: bytes) -> bytes | None:
        """The organisation's wrapped secret; the offered one, if it had none; None if `mark` is out of date."""

    @abstractmethod
    def organisations(self) -> list[UUID]:
        """Which organisations have keys."""

    @abstractmethod
    def in_force(self, mark: bytes) -> None:
        """From now on only what is wrapped under the installation's key of this mark is taken as an organisation's."""

    @abstractmethod
    def rewrap(self, organisation: UUID, change: Callable[[Wrapped], Wrapped | None]) -> bool:
        """Replace all of an organisation's wrapped keys at once, while nobody adds one; None changes nothing."""

    @abstractmethod
    def destroy(self, organisation: UUID) -> None:
        """Destroy an organisation's own key and all that it wraps, for good."""


class Ring(Protocol):
    """The installation's key-encryption keys: one, or while they are being changed two."""

    def newest(self) -> list[KeyEncryptionKey]:
        """Those at hand, the newest first."""
        ...

    def marked(self, mark: bytes) -> KeyEncryptionKey | None:
        """The key of that mark, looked for anew if it is not at hand; None if there is none."""
        ...


def unwrapped(ring: Ring, wrapped: bytes, owner: str) -> bytes:
    """A key that is wrapped under one of the installation's. Raises WrongKeyEncryptionKey."""
    found = ring.marked(wrapped[:MARK_BYTES])
    if found is None:
        raise WrongKeyEncryptionKey(OTHER_KEY)
    return found.unwrap(wrapped, owner)


class KeyEncryptionKey:
    """Wraps other keys, bound to whose they are: AES-256-GCM, marked with which key-encryption key it was."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key-encryption key has {KEY_BYTES} bytes, not {len(key)}")
        self._cipher = AESGCM(key)
        self.mark = sha256(b"avow key-encryption key" + key).digest()[:MARK_BYTES]

    @classmethod
    def read(cls, path: Path) -> KeyEncryptionKey:
        """The key in a file: base64 of 32 bytes. Raises FileNotFoundError, KeyFileUnusable."""
        try:
            return cls(b64decode(path.read_text(encoding="ascii").strip(), validate=True))
        except ValueError as error:
            raise KeyFileUnusable(
                f"{path} holds no key-encryption key (base64 of {KEY_BYTES} bytes); put the right file back"
            ) from error

    @classmethod
    def read_or_make(cls, path: Path) -> KeyEncryptionKey:
        """The key in a file, made at first use and readable by its owner alone. Two starters agree on one.

        Raises KeyFileUnusable.
        """
        with suppress(FileNotFoundError):
            return cls.read(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(b64encode(os.urandom(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link is made or is there already; it never shows half a key and never replaces one.
            with suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink()
        return cls.read(path)

    def newest(self) -> list[KeyEncryptionKey]:
        """This one: alone it is a ring that never changes."""
        return [self]

    def marked(self, mark: bytes) -> KeyEncryptionKey | None:
        """This one, if it has that mark."""
        return self if mark == self.mark else None

    def wrap(self, key: bytes, owner: str) -> bytes:
        """The key, to be kept; it opens for this owner only."""
        nonce = os.urandom(NONCE_BYTES)
        return self.mark + nonce + self._cipher.encrypt(nonce, key, owner.encode())

    def unwrap(self, wrapped: bytes, owner: str) -> bytes:
        """The key that was kept. Raises WrongKeyEncryptionKey."""
        mark, nonce, ciphertext = (
            wrapped[:MARK_BYTES],
            wrapped[MARK_BYTES : MARK_BYTES + NONCE_BYTES],
            wrapped[MARK_BYTES + NONCE_BYTES :],
        )
        if mark != self.mark:
            raise WrongKeyEncryptionKey(OTHER_KEY)
        try:
            return self._cipher.decrypt(nonce, ciphertext, owner.encode())
        except InvalidTag as error:
            raise WrongKeyEncryptionKey(f"the key kept for {owner} belongs to somebody else or is damaged") from error
