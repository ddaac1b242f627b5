"""The trail of reads in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from threading import Lock
from uuid import UUID

from application.reads import Read, Trail


class MemoryTrail(Trail):
    """Safe for several threads."""

    def __init__(self) -> None:
        self._reads: list[Read] = []
        self._lock = Lock()

    def add(self, read: Read) -> None:
        """Keep it."""
        with self._lock:
            self._reads.append(read)

    def reads(
        self,
        organisation: UUID,
        *,
        about: UUID | None = None,
        by: UUID | None = None,
        before: tuple[datetime, UUID] | None = None,
        limit: int = 100,
    ) -> Sequence[Read]:
        """The newest first."""
        with self._lock:
            mine = [
                each
                for each in self._reads
                if each.organisation == organisation
                and (about is None or each.about == about)
                and (by is None or each.person == by)
                and (before is None or (each.at, each.id) < before)
            ]
        return sorted(mine, key=lambda each: (each.at, each.id), reverse=True)[:limit]
