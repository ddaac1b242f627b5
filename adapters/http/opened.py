"""Counts that can be opened: how many records stand behind one, and those of them that the caller may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """How many records there are, and the ids of those that the caller may see, in order."""

    count: int
    records: tuple[UUID, ...]


def opened(records: Iterable[UUID], sees: Callable[[UUID], bool]) -> Opened:
    """The count of these records, opened as far as the caller sees them."""
    found = sorted(set(records))
    return Opened(count=len(found), records=tuple(id for id in found if sees(id)))
