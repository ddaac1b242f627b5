"""The file of the installation's key-encryption key, and its successor's while all keys are re-wrapped under it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

from adapters.crypto.keys import KeyEncryptionKey


class KeyFile:
    """A ring of the key in a file, and of the one in the file `….next` beside it, if one is there.

    Raises KeyFileUnusable, FileNotFoundError when the file is not as it should be.
    """

    def __init__(self, path: Path) -> None:
        self.path, self._lock = path, Lock()
        self._known: dict[bytes, KeyEncryptionKey] = {}
        KeyEncryptionKey.read(path)

    @property
    def successor(self) -> Path:
        """Where the next key stands while keys are re-wrapped."""
        return self.path.with_name(f"{self.path.name}.next")

    def newest(self) -> list[KeyEncryptionKey]:
        """The successor, if there is one, and the key."""
        found = list[KeyEncryptionKey]()
        for path in (self.successor, self.path):
            with suppress(FileNotFoundError):
                found.append(KeyEncryptionKey.read(path))
        with self._lock:
            self._known = {each.mark: each for each in found}
        return found

    def marked(self, mark: bytes) -> KeyEncryptionKey | None:
        """The key of that mark; the files are read again when it is not known."""
        with self._lock:
            known = self._known.get(mark)
        if known is not None:
            return known
        return next((each for each in self.newest() if each.mark == mark), None)

    def make_successor(self) -> KeyEncryptionKey:
        """The next key: the one in its file, or a new one."""
        return KeyEncryptionKey.read_or_make(self.successor)

    def succeed(self) -> None:
        """Let the successor take the key's place; the old key is overwritten and removed. May be repeated."""
        old = self.path.with_name(f"{self.path.name}.old")
        if self.successor.exists():
            with suppress(FileExistsError):
                os.link(self.path, old)
            self.successor.replace(self.path)
            _keep_names(self.path.parent)
        _destroy(old)
        with self._lock:
            self._known.clear()


def _destroy(path: Path) -> None:
    """Overwrite a file and remove it."""
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(os.urandom(max(64, path.stat().st_size)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
