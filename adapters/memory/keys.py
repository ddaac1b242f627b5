"""A key store in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from threading import RLock
from uuid import UUID

from adapters.crypto.keys import MARK_BYTES, DataKey, Kept, KeyStore, Wrapped
from domain.sealed import TextKind


class MemoryKeyStore(KeyStore):
    """Keeps to the contract of the one in PostgreSQL."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._mark: bytes | None = None
        self._wrapping: dict[UUID, bytes] = {}
        self._marks: dict[UUID, bytes] = {}
        self._closed: set[UUID] = set()
        self._changes = defaultdict[UUID, int](int)
        self._wrapped: dict[tuple[UUID, DataKey], bytes | None] = {}
        self._secrets: dict[UUID, bytes] = {}

    def look_up(self, organisation: UUID, subjects: Collection[UUID]) -> Kept:
        """The organisation's own key, and the data keys of these subjects."""
        with self._lock:
            wanted = [(subject, kind) for subject in subjects for kind in TextKind]
            found = {key: self._wrapped[organisation, key] for key in wanted if (organisation, key) in self._wrapped}
            return Kept(
                self._wrapping.get(organisation), self._changes[organisation], organisation in self._closed, found
            )

    def add_wrapping(self, organisation: UUID, mark: bytes, wrapped: bytes) -> bool:
        """Keep an organisation's own key if it has none."""
        with self._lock:
            if self._mark not in (None, wrapped[:MARK_BYTES]):
                return False
            if organisation not in self._closed and organisation not in self._wrapping:
                self._wrapping[organisation], self._marks[organisation] = wrapped, mark
            return True

    def add_data_keys(
        self, organisation: UUID, mark: bytes, offered: Mapping[DataKey, bytes]
    ) -> Mapping[DataKey, bytes | None]:
        """Keep the offered keys that there are none of."""
        with self._lock:
            if self._marks.get(organisation) == mark:
                for key, wrapped in offered.items():
                    self._wrapped.setdefault((organisation, key), wrapped)
            return {key: self._wrapped[organisation, key] for key in offered if (organisation, key) in self._wrapped}

    def erase(self, organisation: UUID, subject: UUID, kinds: Collection[TextKind]) -> None:
        """Destroy keys for good."""
        with self._lock:
            self._changes[organisation] += 1
            for kind in kinds:
                self._wrapped[organisation, (subject, kind)] = None

    def erased(self, organisation: UUID) -> dict[UUID, frozenset[TextKind]]:
        """Whose keys were destroyed, and which of them."""
        with self._lock:
            found = defaultdict[UUID, set[TextKind]](set)
            for (owner, (subject, kind)), wrapped in self._wrapped.items():
                if owner == organisation and wrapped is None:
                    found[subject].add(kind)
            return {subject: frozenset(kinds) for subject, kinds in found.items()}

    def secret(self, organisation: UUID, mark: bytes, offered: bytes) -> bytes | None:
        """The organisation's wrapped secret."""
        with self._lock:
            if organisation not in self._secrets and self._marks.get(organisation) != mark:
                return None
            return self._secrets.setdefault(organisation, offered)

    def organisations(self) -> list[UUID]:
        """Which organisations have keys."""
        with self._lock:
            return sorted({*self._wrapping, *(owner for owner, _ in self._wrapped), *self._secrets})

    def in_force(self, mark: bytes) -> None:
        """Take only what is wrapped under this key of the installation."""
        with self._lock:
            self._mark = mark

    def rewrap(self, organisation: UUID, change: Callable[[Wrapped], Wrapped | None]) -> bool:
        """Replace all wrapped keys at once."""
        with self._lock:
            keys = {
                (key[0], str(key[1])): wrapped
                for (owner, key), wrapped in self._wrapped.items()
                if owner == organisation and wrapped is not None
            }
            wrapping, mark = self._wrapping.get(organisation), self._marks.get(organisation)
            old = Wrapped(wrapping=wrapping, mark=mark, keys=keys, secret=self._secrets.get(organisation))
            new = change(old) if organisation not in self._closed else None
            if new is None:
                return False
            for (subject, kind), wrapped in new.keys.items():
                self._wrapped[organisation, (subject, TextKind(kind))] = wrapped
            if new.wrapping is not None and new.mark is not None:
                self._wrapping[organisation], self._marks[organisation] = new.wrapping, new.mark
            if new.secret is not None:
                self._secrets[organisation] = new.secret
            self._changes[organisation] += 1
            return True

    def destroy(self, organisation: UUID) -> None:
        """Destroy an organisation's own key and all that it wraps."""
        with self._lock:
            self._closed.add(organisation)
            self._changes[organisation] += 1
            self._wrapping.pop(organisation, None)
            self._marks.pop(organisation, None)
            self._secrets.pop(organisation, None)
            for owner, key in list(self._wrapped):
                if owner == organisation:
                    del self._wrapped[owner, key]
