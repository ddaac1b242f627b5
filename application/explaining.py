"""Why a figure for one instant was restated: what was learned between two known times that made it another one.

Each event is judged by the definition alone: the figures as known just before it and as known with it. Where they are
alike at both ends of a span of events, nothing within it tells in the end, and the span is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from application.ledger import Ledger
from application.questions import Asked, Questions
from domain.alignment import Alignment
from domain.kernel import Recorded, Word
from domain.scope import Scope

MOST = 100
"""How many events one explanation names at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """A figure before and after: its values, and the records that came into it and left it."""

    figure: str
    of: str
    before: int
    after: int
    entered: frozenset[UUID]
    left: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """An event that was learned between, what its kind of cause is, and the figures that it restated."""

    recorded: Recorded
    corrects: int | None
    figures: tuple[Restated, ...]

    @property
    def kind(self) -> str:
        """A fact that was entered late, or a newer word on one."""
        return {Word.FACT: "late fact", Word.REPLACEMENT: "replacement", Word.RETRACTION: "retraction"}[
            self.recorded.event.word
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What differs between two known times, and the causes in the order in which they were learned.

    `complete` tells that all of them are named; else the walk ended at the position `up_to`.
    """

    figures: tuple[Restated, ...]
    causes: tuple[Cause, ...]
    up_to: int
    complete: bool


Records = Mapping[str, tuple[str, frozenset[UUID]]]
"""By figure: of what kind its records are, and which."""


@dataclass
class _Walk:
    """One walk from the first known time to the second."""

    questions: Questions
    first: Asked
    strategy: UUID
    scope: Scope
    figure: str | None
    known: dict[int, Records] = field(default_factory=dict[int, Records])

    def at(self, position: int) -> Records:
        """The figures of the instant as known at a position."""
        if position not in self.known:
            asked = self.questions.ask(self.first.organisation, self.first.valid_at, position)
            self.known[position] = records_in(self.questions.comparable(asked, self.strategy, self.scope), self.figure)
        return self.known[position]

    def restating(self, events: list[Recorded], before: int, after: int) -> Iterator[tuple[Recorded, int]]:
        """Those of the events learned between two positions that restate a figure, each with the position before it."""
        if not events or self.at(before) == self.at(after):
            return
        if len(events) == 1:
            yield events[0], before
            return
        half = len(events) // 2
        middle = events[half].position - 1
        yield from self.restating(events[:half], before, middle)
        yield from self.restating(events[half:], middle, after)


def explain(
    questions: Questions, first: Asked, last: int, strategy: UUID, scope: Scope, figure: str | None = None
) -> Explanation:
    """Why the figures of `first`'s valid time, or the one named, are others as known at the position `last`."""
    walk = _Walk(questions, first, strategy, scope, figure)
    whole = compared(walk.at(first.position), walk.at(last))
    causes, complete = list[Cause](), True
    for recorded, before in walk.restating(_candidates(questions.ledger, first, last), first.position, last):
        if len(causes) == MOST:
            complete = False
            break
        figures = compared(walk.at(before), walk.at(recorded.position))
        causes.append(Cause(recorded=recorded, corrects=_corrected(questions.ledger, recorded), figures=figures))
    up_to = last if complete else causes[-1].recorded.position
    return Explanation(figures=whole, causes=tuple(causes), up_to=up_to, complete=complete)


def records_in(found: Alignment | None, figure: str | None) -> Records:
    """The records behind each figure, or behind the one named."""
    if found is None:
        return {}
    return {
        name: (each.of, each.records)
        for name, each in found.figures.items()
        if each.records and (figure is None or name == figure)
    }


def compared(before: Records, after: Records) -> tuple[Restated, ...]:
    """The figures that differ, by name."""
    found = list[Restated]()
    for name in sorted({*before, *after}):
        of = (before.get(name) or after[name])[0]
        had, has = (each[name][1] if name in each else frozenset[UUID]() for each in (before, after))
        if had != has:
            found.append(
                Restated(figure=name, of=of, before=len(had), after=len(has), entered=has - had, left=had - has)
            )
    return tuple(found)


def _candidates(ledger: Ledger, first: Asked, last: int) -> list[Recorded]:
    """What was learned between and can tell at the instant: what is so by then, and every word on an earlier fact."""
    found, after = list[Recorded](), first.position
    while True:
        placed = ledger.ledger_recorder.select_positions(first.organisation, after=after, until=last, limit=1_000)
        if not placed:
            return found
        learned = map(ledger.recorded, placed)
        found += (
            each for each in learned if each.event.word is not Word.FACT or each.event.effective_at <= first.valid_at
        )
        after = placed[-1].position


def _corrected(ledger: Ledger, recorded: Recorded) -> int | None:
    """The position of the fact that a word is on."""
    event = recorded.event
    if event.word is Word.FACT:
        return None
    placed = ledger.ledger_recorder.select_stream(event.organisation, event.stream, until=recorded.position)
    return next((each.position for each in placed if each.originator_version == event.fact), None)
