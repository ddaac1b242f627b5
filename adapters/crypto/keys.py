"""Where the keys live: wrapped data keys, one a subject, and one secret an organisation."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
MARK_BYTES = 8


class WrongKeyEncryptionKey(Exception):  # noqa: N818 — what is the matter, in words
    """A stored key is wrapped under another key-encryption key than the one at hand, or was moved or damaged."""


class KeyFileUnusable(ValueError):  # noqa: N818 — what is the matter, in words
    """The file of the key-encryption key holds none, or is gone although keys are wrapped under it."""


class KeyStore(ABC):
    """Keeps wrapped keys; it never sees one in clear."""

    @abstractmethod
    def data_keys(self, organisation: UUID, subjects: list[UUID]) -> dict[UUID, bytes]:
        """The wrapped keys of these subjects, in one look-up. Erased and unknown ones are absent."""

    @abstractmethod
    def add_data_keys(self, organisation: UUID, offered: Mapping[UUID, bytes]) -> dict[UUID, bytes]:
        """Keep the offered keys of subjects that have none; tells everyone's present key. Erased ones are absent."""

    @abstractmethod
    def erase(self, organisation: UUID, subject: UUID) -> None:
        """Destroy a subject's key for good: what was sealed under it opens no more, and nothing can be sealed anew."""

    @abstractmethod
    def secret(self, organisation: UUID, offered: bytes) -> bytes:
        """The organisation's wrapped secret; the offered one, if it had none."""


class KeyEncryptionKey:
    """Wraps other keys, bound to whose they are: AES-256-GCM, marked with which key-encryption key it was."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key-encryption key has {KEY_BYTES} bytes, not {len(key)}")
        self._cipher = AESGCM(key)
        self._mark = sha256(b"avow key-encryption key" + key).digest()[:MARK_BYTES]

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

    def wrap(self, key: bytes, owner: str) -> bytes:
        """The key, to be kept; it opens for this owner only."""
        nonce = os.urandom(NONCE_BYTES)
        return self._mark + nonce + self._cipher.encrypt(nonce, key, owner.encode())

    def unwrap(self, wrapped: bytes, owner: str) -> bytes:
        """The key that was kept. Raises WrongKeyEncryptionKey."""
        mark, nonce, ciphertext = (
            wrapped[:MARK_BYTES],
            wrapped[MARK_BYTES : MARK_BYTES + NONCE_BYTES],
            wrapped[MARK_BYTES + NONCE_BYTES :],
        )
        if mark != self._mark:
            raise WrongKeyEncryptionKey(
                "a key is wrapped under another key-encryption key than the one configured; restore the file that "
                "belongs to these keys (AVOW_KEY_ENCRYPTION_KEY_FILE)"
            )
        try:
            return self._cipher.decrypt(nonce, ciphertext, owner.encode())
        except InvalidTag as error:
            raise WrongKeyEncryptionKey(f"the key kept for {owner} belongs to somebody else or is damaged") from error
