"""What held from an instant on: dated entries, kept in order, of which the newest one counts.

An entry that began at an instant includes it; one that ended at an instant excludes it. Entries can be asked about any
instant up to that of the state that holds them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, TypeVar


class Since(Protocol):
    """An entry that holds until the next one."""

    @property
    def since(self) -> datetime:
        """The first instant."""


class Span(Since, Protocol):
    """An entry with an end of its own; None while it is open."""

    @property
    def until(self) -> datetime | None:
        """The first instant after it."""


E = TypeVar("E", bound=Since)


def latest(entries: tuple[E, ...], at: datetime) -> E | None:
    """The entry that holds at that instant; None before the first."""
    for entry in reversed(entries):
        if entry.since <= at:
            return entry
    return None


def followed_by(entries: tuple[E, ...], entry: E) -> tuple[E, ...]:
    """The entries with one more at their end; of two from the same instant only the newer one ever held."""
    if entries and entries[-1].since == entry.since:
        return (*entries[:-1], entry)
    return (*entries, entry)


def holds(span: Span, at: datetime) -> bool:
    """Whether the span includes that instant."""
    return span.since <= at and (span.until is None or at < span.until)
