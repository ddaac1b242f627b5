"""The trail of reads: who opened what is sensitive, when, and as of which moment. Only ever added to.

It names people and records by id and holds no text. What somebody reads of themselves is theirs and leaves no trace.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One look at a sensitive view.

    `person` is who looked, None for an integration; `token` the token it was done with; `about` the person or record
    that it was about, None for a view of many; `asked` what else decided the answer, as ids and names of ours.
    """

    id: UUID
    organisation: UUID
    at: datetime
    person: UUID | None
    token: UUID
    roles: frozenset[str]
    view: str
    about: UUID | None
    asked: Mapping[str, str]
    valid_at: datetime
    position: int


class Trail(ABC):
    """Where reads are kept. The two implementations (PostgreSQL, memory) pass one contract suite."""

    @abstractmethod
    def add(self, read: Read) -> None:
        """Keep it, before the answer leaves. Raises StoreUnavailable, and then nothing may be shown."""

    @abstractmethod
    def reads(
        self,
        organisation: UUID,
        *,
        about: UUID | None = None,
        by: UUID | None = None,
        before: tuple[datetime, UUID] | None = None,
        limit: int = 100,
    ) -> Sequence[Read]:
        """The newest first; those about one person or record, by one person, and older than one that was told."""
