"""Bringing a history in: every line is decided against a staging area first, then all are recorded in batches.

Nothing is recorded unless every line held when it was checked (or the caller keeps going without those that did not).
Lines pass the same handlers, rules of time and guards as every other request. Killed anywhere and run again, an
import ends in the same state: what was recorded is passed over, by the line's id within its source.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from application.checking import Checking, Line
from application.erased_lines import LineOfErased
from application.erasure import complete
from application.history import Header, RefusedLine, Statement, Unreadable
from application.ledger import Ledger
from application.recording import Recording
from application.staging import Staging
from domain.kernel import Refusal, RefusalKind
from domain.organisation import refuse_closed

MOST_TIED = 1_000
"""How many lines may be tied together."""
ALLOCATIONS = 50_000
"""After how many more objects cycles are looked for while an import runs."""


@dataclass(eq=False)
class TiedToAnother(Refusal):
    """`with` names a line that is not the one directly before."""

    line: str
    kind = RefusalKind.INVALID
    where = "with"
    rule = "the line before is not {line!r}"
    way_out = "put lines that belong together one behind the other, each `with` the id of the line before"


@dataclass(eq=False)
class TooManyTied(Refusal):
    """More lines tied together than one request may hold."""

    most: int = MOST_TIED
    kind = RefusalKind.INVALID
    where = "with"
    rule = "more than {most} lines are tied together"
    way_out = "tie only what holds together"


@dataclass
class Report:
    """What came of an import, in numbers of lines. `position` is that of its last event, 0 if there is none.

    `passed_over` were imported before; `erased` are about somebody who was erased, and are not recorded either.
    """

    lines: int = 0
    passed_over: int = 0
    erased: int = 0
    refused: int = 0
    recorded: int = 0
    position: int = 0


@dataclass
class Import:
    """One import of a history into one organisation.

    `refused` is told every line that is refused, in the order of the file (those that were overtaken by other users
    come last); `erased` those that are passed over because somebody was erased; `progress` how many lines were
    checked, and recorded, so far.
    Memory holds `lines_a_batch` lines and `streams_kept` streams, however long the history is.
    """

    ledger: Ledger
    staging: Staging
    organisation: UUID
    header: Header
    by: UUID | None = None
    keep_going: bool = False
    refused: Callable[[RefusedLine], None] = lambda _: None
    erased: Callable[[RefusedLine], None] = lambda _: None
    progress: Callable[[str, int], None] = lambda _stage, _lines: None
    lines_a_batch: int = 1_000
    events_an_append: int = 1_500
    streams_kept: int = 5_000
    report: Report = field(default_factory=Report)

    def run(self, statements: Iterable[Line]) -> Report:
        """Check all, then record all. Raises ImportRunning, OrganisationUnknown, and what reading the file raises."""
        if self.ledger.ledger_recorder.head(self.organisation) is not None:
            refuse_closed(self.ledger.organisation(self.organisation))
        with self.staging.occupy(), _collecting_seldom():
            checking = Checking(self)
            for batch in _batches(statements, self.lines_a_batch):
                checking.check(batch)
                self.progress("check", self.report.lines)
            if self.report.refused and not self.keep_going:
                return self.report
            recording = Recording(self.ledger, self.organisation, self.header.source)
            for requests in self.staging.batches(self.events_an_append):
                for refused in recording.append(requests):
                    self.refuse(refused)
                self.report.recorded, self.report.position = recording.events, recording.position
                self.progress("record", self.report.recorded)
            if self.report.recorded:
                complete(self.ledger, self.organisation)
        return self.report

    def refuse(self, line: RefusedLine) -> None:
        """Count and tell a line that is not recorded."""
        self.report.refused += 1
        self.refused(line)

    def pass_over(self, group: Sequence[Line]) -> None:
        """Count and tell lines about somebody who was erased."""
        self.report.erased += len(group)
        for line in group:
            self.erased(RefusedLine.because(LineOfErased(), line.number, line.id))


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Let the collector of cycles look less often: lines make hardly any, and it would take a quarter of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(max(usual[0], ALLOCATIONS), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _batches(lines: Iterable[Line], size: int) -> Iterator[list[tuple[Line, ...]]]:
    batch, count = list[tuple[Line, ...]](), 0
    for group in _groups(lines):
        batch.append(group)
        count += len(group)
        if count >= size:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def _groups(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines that are to be recorded together, in their order."""
    group: list[Line] = []
    for line in lines:
        tied = line.tied_to if isinstance(line, Statement) else None
        if tied and group and group[-1].id == tied and len(group) < MOST_TIED:
            group.append(line)
            continue
        before = group[-1].id if group else None
        if group:
            yield tuple(group)
        group = [line]
        if tied:
            refusal = TooManyTied() if before == tied else TiedToAnother(tied)
            group = [Unreadable(number=line.number, id=line.id, refusal=refusal)]
    if group:
        yield tuple(group)
