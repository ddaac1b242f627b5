"""The book: what is known of one organisation while commands are decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from domain.access import AccessRole
from domain.temporal import Aggregate, Timeline

S = TypeVar("S")


class Book(Protocol):
    """What is known of one organisation while commands are decided, live or staged."""

    @property
    def organisation(self) -> UUID:
        """The organisation's id."""
        ...

    def timeline(self, aggregate: Aggregate[S], stream: UUID) -> Timeline[S]:
        """The stream as known now; empty if there is none of this kind."""
        ...

    def find(self, kind: str, key: str) -> UUID | None:
        """The record of this kind behind a source's key that may be personal."""
        ...

    def fresh_id(self) -> UUID:
        """A random id."""
        ...

    def holders(self, role: AccessRole, at: datetime) -> frozenset[UUID]:
        """The people who hold an access role at an instant."""
        ...

    def begun(self, topic: str) -> frozenset[UUID]:
        """The streams with a fact of this topic, as they are recorded."""
        ...


@dataclass(frozen=True, slots=True)
class AheadBook:
    """A book in which the earlier entries of the same request are known already, on the stream they go to."""

    book: Book
    ahead: Timeline[Any]  # of whichever aggregate the request is about
    stream: UUID

    @property
    def organisation(self) -> UUID:
        """The organisation's id."""
        return self.book.organisation

    def timeline(self, aggregate: Aggregate[S], stream: UUID) -> Timeline[S]:
        """The stream as known now; empty if there is none of this kind."""
        if stream == self.stream and aggregate is self.ahead.aggregate:
            return self.ahead
        return self.book.timeline(aggregate, stream)

    def find(self, kind: str, key: str) -> UUID | None:
        """The record of this kind behind a source's key that may be personal."""
        return self.book.find(kind, key)

    def fresh_id(self) -> UUID:
        """A random id."""
        return self.book.fresh_id()

    def holders(self, role: AccessRole, at: datetime) -> frozenset[UUID]:
        """The people who hold an access role at an instant."""
        return self.book.holders(role, at)

    def begun(self, topic: str) -> frozenset[UUID]:
        """The streams with a fact of this topic, as they are recorded."""
        return self.book.begun(topic)


def on_record(book: Book) -> Book:
    """The book as it is recorded: without what earlier entries of the same request are about to add."""
    return book.book if isinstance(book, AheadBook) else book
