"""Rectangles: for how long, in valid and in known time, a stream was in one state.

A row says: from `valid_from` until `valid_to` the stream was so, as it was known from position `known_from` until
`known_to`. A fact at the end opens one row and closes one; a late fact or a correction closes the rows from its
instant on and opens new ones beside them. The rows open at a position tile the stream's valid time without overlap,
so a point in both times meets one of them at most.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.kernel import Event, Word
from domain.temporal import Aggregate, Timeline

_END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is searched of a state: a title and a text in a language."""

    language: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Face:
    """What a row shows of a state: whom and what it is about, and the state itself unless its kind is heavy.

    `concerns` are the people and units that it concerns beside its subject; `text` is what is searched of it.
    """

    strategy: UUID | None
    subject: UUID | None
    state: bytes | None
    concerns: frozenset[UUID] = frozenset()
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of valid time with one face; open ended where `valid_to` is None."""

    valid_from: datetime
    valid_to: datetime | None
    face: Face


@dataclass(slots=True)
class Rectangle:
    """A row: a span of one stream, known from one position until another. None: known to this day."""

    organisation: UUID
    kind: str
    stream: UUID
    span: Span
    known_from: int
    known_to: int | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A stored row of this stream, open from `valid_from`, is no longer what is known from position `known_to` on."""

    organisation: UUID
    stream: UUID
    valid_from: datetime
    known_to: int
    searched: bool = False
    """Whether its text is stored to be searched."""


@dataclass(slots=True)
class Changes:
    """What one batch of events makes of the stored rows: rows to add, rows to close, and how far it goes.

    `cursor` is the store's id of the last event, `positions` the last position of each organisation in the batch.
    """

    rows: list[Rectangle] = field(default_factory=list[Rectangle])
    closings: list[Closing] = field(default_factory=list[Closing])
    positions: dict[UUID, int] = field(default_factory=dict[UUID, int])
    cursor: int = 0
    events: int = 0
    _open: dict[tuple[UUID, UUID, datetime], Rectangle] = field(
        default_factory=dict[tuple[UUID, UUID, datetime], Rectangle]
    )

    def note(self, history: History, position: int, closed: list[Span], opened: list[Span]) -> None:
        """At `position` these spans of a stream ended being known, and those began."""
        for span in closed:
            key = (history.organisation, history.stream, span.valid_from)
            row = self._open.pop(key, None)
            if row is None:
                self.closings.append(Closing(*key, position, span.face.text is not None))
            else:
                row.known_to = position
        for span in opened:
            row = Rectangle(history.organisation, history.aggregate.kind, history.stream, span, position)
            self.rows.append(row)
            self._open[history.organisation, history.stream, span.valid_from] = row


@dataclass(slots=True)
class History:
    """One stream as far as it is projected: its timeline, and the spans that are known at present, in order."""

    organisation: UUID
    stream: UUID
    timeline: Timeline[Any]
    face_of: Callable[[Any], Face]
    spans: list[Span] = field(default_factory=list[Span])

    @property
    def aggregate(self) -> Aggregate[Any]:
        """The kind of stream this is."""
        return self.timeline.aggregate

    def restore(self, events: Sequence[Event]) -> None:
        """Know the events that were projected before, all at once."""
        self.timeline = self.timeline.learn(events)
        if self.timeline.facts:
            self._lay_from(self.timeline.facts[0].effective_at)

    def learn(self, event: Event) -> tuple[list[Span], list[Span]]:
        """Know one event more: returns the spans that are no longer known, and those that are from now on."""
        changed = [event.effective_at] if event.content is not None else []
        if event.word is not Word.FACT:
            changed += [fact.effective_at for fact in self.timeline.facts if fact.version == event.fact]
        self.timeline = self.timeline.learn([event])
        return self._lay_from(min(changed)) if changed else ([], [])

    def _lay_from(self, since: datetime) -> tuple[list[Span], list[Span]]:
        # What ended before `since` stays as it is. A span that reaches it may grow, shrink or be cut.
        first = bisect_left(self.spans, since, key=lambda span: span.valid_to or _END)
        old = self.spans[first:]
        new = self._spans_from(since, old[0] if old and old[0].valid_from < since else None)
        self.spans[first:] = new
        kept = {span.valid_from: span for span in new}.get
        were = {span.valid_from: span for span in old}.get
        return [each for each in old if kept(each.valid_from) != each], [
            each for each in new if were(each.valid_from) != each
        ]

    def _spans_from(self, since: datetime, before: Span | None) -> list[Span]:
        facts, states = self.timeline.facts, self.timeline.states
        starts = [(before.valid_from, before.face)] if before else []
        for place in range(bisect_left(facts, since, key=lambda fact: fact.effective_at), len(facts)):
            at = facts[place].effective_at
            if place + 1 < len(facts) and facts[place + 1].effective_at == at:
                continue  # of facts at one instant only the state after the last can be asked for
            face = self.face_of(states[place])
            if not starts or starts[-1][1] != face:
                starts.append((at, face))
        ends = [*(at for at, _ in starts[1:]), None]
        return [Span(at, end, face) for (at, face), end in zip(starts, ends, strict=False)]
