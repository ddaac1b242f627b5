"""The words every aggregate shares: the envelope of an event, who acted, and how a rule says no.

An event is a *fact*, or a newer *word* on one: a replacement or a retraction. Its content is a frozen dataclass
declared with `@event(topic)`; everything else about it is the envelope, the same for every topic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal, Protocol, TypeVar, dataclass_transform
from uuid import UUID

from domain.sealed import Private

PartyKind = Literal["person", "unit", "constituency"]


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """Who can take something on: a person, or a unit through its members."""

    kind: PartyKind
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an imported fact comes from: the line of a source, and the person who brought it in."""

    source: str
    line: int
    by: UUID | None = None
    id: Private | None = None
    """The line's own id in the source: sealed, for it may be personal; export gives it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acted: a person, a service of Avow or an integration, or an import that states who did.

    `on_behalf_of` is set when the statement is another party's; such a statement awaits its owner's confirmation.
    """

    person: UUID | None = None
    on_behalf_of: Party | None = None
    service: str | None = None
    imported: Provenance | None = None


class Content:
    """What an event says beside its envelope. Subclasses are declared with `@event`."""

    TOPIC: ClassVar[str]
    SCHEMA: ClassVar[int]
    __slots__ = ()


C = TypeVar("C", bound=Content)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(topic: str, *, schema: int = 1) -> Callable[[type[C]], type[C]]:
    """Declare the content of events under a stable `topic`, independent of module paths.

    `schema` rises by one with every change of shape; an upcaster in `domain.catalogue` lifts each older one.
    """

    def declare(cls: type[C]) -> type[C]:
        cls.TOPIC, cls.SCHEMA = topic, schema
        return dataclass(frozen=True, kw_only=True)(cls)

    return declare


class Word(StrEnum):
    """What an event is to its fact: the fact itself, or a newer word on it."""

    FACT = "fact"
    REPLACEMENT = "replacement"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as it is recorded: envelope and content. Never edited.

    `version` is its place in its stream (1, 2, 3 …); `fact` the version of the fact it speaks about, its own for a
    fact; `effective_at` (UTC, microseconds) the valid time; `command` and `index` name its cause. A retraction has no
    content. Position and known time are the store's and stand beside it in `Recorded`.
    """

    organisation: UUID
    stream: UUID
    version: int
    topic: str
    word: Word = Word.FACT
    fact: int
    effective_at: datetime
    actor: Actor
    command: UUID
    index: int = 0
    content: Content | None
    reason: Private | None = None
    labels: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def originator_id(self) -> UUID:
        """The stream, under the name that the event-sourcing library asks for."""
        return self.stream

    @property
    def originator_version(self) -> int:
        """The version, under the name that the event-sourcing library asks for."""
        return self.version


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with what the store alone assigns: its place in the organisation's order of commit, its known time."""

    event: Event
    position: int
    recorded_at: datetime


class RefusalKind(StrEnum):
    """What went wrong, for whoever translates a refusal into a status."""

    INVALID = "invalid"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"
    FORBIDDEN = "forbidden"


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 — a refusal is an answer, not an error of the program
    """A rule's no. One subclass a rule, with the data that explains it as its fields.

    `rule` and `way_out` are format strings over those fields; `where` names the field of the request at fault. A
    subclass is declared `@dataclass(eq=False)`.
    """

    kind: ClassVar[RefusalKind] = RefusalKind.CONFLICT
    where: ClassVar[str] = ""
    rule: ClassVar[str]
    way_out: ClassVar[str]
    called: ClassVar[Mapping[UUID, str]] = {}
    """What whoever is refused calls the records that the refusal names; others are told by their id."""

    def __str__(self) -> str:
        return self.rule.format_map(self._told)

    @property
    def _told(self) -> Mapping[str, object]:
        if not self.called:
            return vars(self)
        return {
            name: repr(self.called[value]) if isinstance(value, UUID) and value in self.called else value
            for name, value in vars(self).items()
        }

    @property
    def code(self) -> str:
        """The rule's stable name, `already-published` for `AlreadyPublished`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", type(self).__name__).lower()

    @property
    def advice(self) -> str:
        """What the caller can do about it."""
        return self.way_out.format_map(self._told)


class Clock(Protocol):
    """Tells *now*; handed in from outside, never read by the domain."""

    def __call__(self) -> datetime:
        """The present instant, in UTC."""
        ...
