"""Commands about evidence: recorded for a claim of a strategy, corrected by newer words, and withdrawn."""

from __future__ import annotations

from datetime import date

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk, has_element
from application.desk_rules import TargetElementUnknown
from domain.evidence import (
    EVIDENCE,
    Bearing,
    Evidence,
    EvidenceKind,
    EvidenceRecorded,
    EvidenceWithdrawn,
    ObservedLater,
)


@command("evidence.recorded")
class RecordEvidence(Command):
    """Record what shows whether a claim of the strategy holds: what an element of it says, or a `claim` in words.

    What was said is `stated`, what was done `behavioural`. A win rate is `count` won of `of` decided, or a percentage.
    """

    strategy: str
    element: str
    kind: EvidenceKind
    measure: str
    source: str
    piece: str | None = None
    claim: str | None = None
    bears: Bearing = Bearing.OPEN
    count: int | None = None
    of: int | None = None
    value: str | None = None
    text: str | None = None
    observed: date | None = None


@command("evidence.withdrawn")
class WithdrawEvidence(Command):
    """Let a piece of evidence count no more from here on: it went out of date, or shows something else."""

    piece: str


@handles(RecordEvidence)
def record(asked: RecordEvidence, desk: Desk) -> AnyDraft:
    """A piece of evidence."""
    strategy = desk.find("strategy", asked.strategy)
    if not has_element(desk.strategy(strategy), asked.element):
        raise TargetElementUnknown(asked.element)
    if asked.observed is not None and asked.observed > desk.day(desk.at):
        raise ObservedLater(asked.observed, desk.day(desk.at))
    content = EvidenceRecorded(
        key=desk.open_key("evidence", asked.piece),
        strategy=strategy,
        element=asked.element,
        claim=asked.claim,
        kind=asked.kind,
        measure=asked.measure,
        bears=asked.bears,
        count=asked.count,
        of=asked.of,
        value=asked.value,
        # What clients said is no word of whoever wrote it down: it stays when its recorder is erased.
        text=desk.own_words(asked.text, impersonal=True),
        source=asked.source,
        observed=asked.observed,
    )
    return Draft[Evidence](aggregate=EVIDENCE, stream=desk.new("evidence", asked.piece), content=content)


@handles(WithdrawEvidence)
def withdraw(asked: WithdrawEvidence, desk: Desk) -> AnyDraft:
    """Counts no more."""
    stream = desk.find("evidence", asked.piece, "piece")
    return Draft[Evidence](aggregate=EVIDENCE, stream=stream, content=EvidenceWithdrawn())
