"""The transparency log's key: in a file that no role of the database can reach."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.crypto.notes import ED25519, Checkpoint, Note, NoteMalformed, VerifierKey, signed_note

SEED_BYTES = 32


class LogKeyUnreadable(Exception):  # noqa: N818 — an answer with a way out
    """The file with the log's key cannot be used; the message says why and what to do."""


class LogKey:
    """Signs the checkpoints of every organisation of this installation, each log under a name of its own."""

    def __init__(self, name: str, seed: bytes) -> None:
        self.name = name
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = self._private.public_key().public_bytes_raw()
        self.key = VerifierKey(name, ED25519, self._public).id.hex()

    @classmethod
    def fresh(cls, name: str = "") -> LogKey:
        """A new key; without a name it is told apart by chance."""
        return cls(name or f"avow-{os.urandom(4).hex()}", os.urandom(SEED_BYTES))

    @classmethod
    def read(cls, path: Path) -> LogKey:
        """The key in a file: its name and base64 of 32 bytes. Raises FileNotFoundError, LogKeyUnreadable."""
        if path.stat().st_mode & 0o077:
            raise LogKeyUnreadable(f"others than its owner may read or write {path}; set its mode to 0600")
        try:
            name, encoded = path.read_text(encoding="utf-8").split()
            return cls(name, b64decode(encoded, validate=True))
        except ValueError as error:
            raise LogKeyUnreadable(
                f"{path} holds no key of a log (a name and base64 of {SEED_BYTES} bytes); restore it from your copy"
            ) from error

    @classmethod
    def read_or_make(cls, path: Path, name: str = "") -> LogKey:
        """The key in a file, made at first use and readable by its owner alone. Two starters agree on one."""
        with suppress(FileNotFoundError):
            return cls.read(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        made, draft = cls.fresh(name), path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(f"{made.name} ".encode() + b64encode(made._private.private_bytes_raw()) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            with suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink()
        return cls.read(path)

    def origin(self, organisation: UUID) -> str:
        """The name of an organisation's log."""
        return f"{self.name}/{organisation}"

    def public(self, organisation: UUID) -> str:
        """The key that an organisation's checkpoints are verified with, to be pinned by who verifies them."""
        return str(self._verifier(organisation))

    def sign(self, organisation: UUID, size: int, root: bytes) -> str:
        """The signed note of a tree."""
        origin = self.origin(organisation)
        return signed_note(Checkpoint(origin, size, root).text, origin, self._private)

    def signed(self, organisation: UUID, note: str) -> tuple[int, bytes] | None:
        """The size and the root in a note that this key signed; None for any other."""
        try:
            read = Note.read(note)
            found = read.checkpoint
        except NoteMalformed:
            return None
        if found.origin != self.origin(organisation) or not self._verifier(organisation).verifies(read):
            return None
        return found.size, found.root

    def _verifier(self, organisation: UUID) -> VerifierKey:
        return VerifierKey(self.origin(organisation), ED25519, self._public)
