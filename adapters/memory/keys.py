"""A key store in memory."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from uuid import UUID

from adapters.crypto.keys import KeyStore


class MemoryKeyStore(KeyStore):
    """Keeps to the contract of the one in PostgreSQL."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wrapped: dict[tuple[UUID, UUID], bytes | None] = {}
        self._secrets: dict[UUID, bytes] = {}

    def data_keys(self, organisation: UUID, subjects: list[UUID]) -> dict[UUID, bytes]:
        """The wrapped keys of these subjects."""
        with self._lock:
            found = ((subject, self._wrapped.get((organisation, subject))) for subject in subjects)
            return {subject: wrapped for subject, wrapped in found if wrapped is not None}

    def add_data_keys(self, organisation: UUID, offered: Mapping[UUID, bytes]) -> dict[UUID, bytes]:
        """Keep the offered keys of subjects that have none."""
        with self._lock:
            for subject, wrapped in offered.items():
                self._wrapped.setdefault((organisation, subject), wrapped)
        return self.data_keys(organisation, list(offered))

    def erase(self, organisation: UUID, subject: UUID) -> None:
        """Destroy a subject's key."""
        with self._lock:
            self._wrapped[organisation, subject] = None

    def secret(self, organisation: UUID, offered: bytes) -> bytes:
        """The organisation's wrapped secret."""
        with self._lock:
            return self._secrets.setdefault(organisation, offered)
