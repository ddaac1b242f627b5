"""Sign-ins in memory. They keep to the same contract as those in PostgreSQL: tests/contracts holds both to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from uuid import UUID

from application.signing_in import SignIn, SignInStore


class MemorySignIns(SignInStore):
    """Every sign-in behind one lock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[UUID, SignIn] = {}

    def add(self, sign_in: SignIn) -> bool:
        """Keep a new one, unless its subject is somebody already."""
        with self._lock:
            if self._open(sign_in.organisation, sign_in.digest) is not None:
                return False
            self._kept[sign_in.id] = sign_in
            return True

    def find(self, organisation: UUID, digest: bytes) -> SignIn | None:
        """The one of this digest that is not ended."""
        with self._lock:
            return self._open(organisation, digest)

    def listed(self, organisation: UUID) -> Sequence[SignIn]:
        """Every one of an organisation, oldest first."""
        with self._lock:
            mine = [each for each in self._kept.values() if each.organisation == organisation]
        return sorted(mine, key=lambda each: (each.bound_at, each.id))

    def end(self, organisation: UUID, id: UUID, at: datetime, by: UUID | None) -> bool:
        """Let it open nothing from now on; the first end counts."""
        with self._lock:
            found = self._kept.get(id)
            if found is None or found.organisation != organisation:
                return False
            if found.ended_at is None:
                self._kept[id] = replace(found, ended_at=at, ended_by=by)
            return True

    def _open(self, organisation: UUID, digest: bytes) -> SignIn | None:
        return next(
            (
                each
                for each in self._kept.values()
                if (each.organisation, each.digest, each.ended_at) == (organisation, digest, None)
            ),
            None,
        )
