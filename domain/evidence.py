"""Evidence: what shows whether a claim of the strategy holds, dated, sourced, stated or behavioural.

What somebody says is *stated*, what they do is *behavioural*, and the two are never added up: clients may praise what
they do not buy. Whether it speaks for or against the claim is said with it, by whoever records it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.sealed import Private
from domain.temporal import Aggregate, Fact


class EvidenceKind(StrEnum):
    """Whether it is something that was said, or something that was done."""

    STATED = "stated"
    BEHAVIOURAL = "behavioural"


class Bearing(StrEnum):
    """What it says about the claim."""

    FOR = "for"
    AGAINST = "against"
    OPEN = "open"


WIN_RATE = "win_rate"
MAJORITY_WIN_RATE = "majority_win_rate"
REFERRALS = "referrals"
TESTIMONIALS = "testimonials"
REPEAT_BUSINESS = "repeat_business"
CONDUCT = "conduct"
PERCEPTION = "perception"

RATES = frozenset({WIN_RATE, MAJORITY_WIN_RATE})
"""What is told in percent: of the decided offers to these clients, or to the majority, the share that was won."""

KIND_OF = {
    WIN_RATE: EvidenceKind.BEHAVIOURAL,
    MAJORITY_WIN_RATE: EvidenceKind.BEHAVIOURAL,
    REFERRALS: EvidenceKind.BEHAVIOURAL,
    REPEAT_BUSINESS: EvidenceKind.BEHAVIOURAL,
    CONDUCT: EvidenceKind.BEHAVIOURAL,
    TESTIMONIALS: EvidenceKind.STATED,
    PERCEPTION: EvidenceKind.STATED,
}
"""What the source documents name, and what it is; an organisation may use any other measure, of either kind."""

MEASURE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")
HUNDRED = Decimal(100)


@event("evidence.recorded")
class EvidenceRecorded(Content):
    """Something shows whether a claim of the strategy holds: what an element says, or `claim` in words.

    It was seen on the day `observed`, unstated that of the fact, at `source`. `count` of `of` is what was counted;
    `value` a decimal number in its measure's own unit, of a rate in percent.
    """

    key: str | None = None
    strategy: UUID
    element: str
    claim: str | None = None
    kind: EvidenceKind
    measure: str
    bears: Bearing = Bearing.OPEN
    count: int | None = None
    of: int | None = None
    value: str | None = None
    text: Private | None = None
    source: str
    observed: date | None = None


@event("evidence.withdrawn")
class EvidenceWithdrawn(Content):
    """From here on it counts no more: it turned out to show something else, or to have gone out of date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The state of a piece of evidence at an instant; `recorded_at` is None before it was recorded."""

    recorded_at: datetime | None = None
    key: str | None = None
    strategy: UUID | None = None
    element: str = ""
    claim: str | None = None
    kind: EvidenceKind = EvidenceKind.STATED
    measure: str = ""
    bears: Bearing = Bearing.OPEN
    count: int | None = None
    of: int | None = None
    value: str | None = None
    text: Private | None = None
    source: str = ""
    observed: date | None = None
    withdrawn_at: datetime | None = None

    @property
    def rate(self) -> Decimal | None:
        """Of a rate, the percentage, unrounded: as counted, else as told."""
        if self.measure not in RATES:
            return None
        if self.count is not None and self.of:
            return HUNDRED * self.count / self.of
        return Decimal(self.value) if self.value is not None else None

    @property
    def times(self) -> int:
        """How many things it tells of: as counted, else one."""
        return 1 if self.count is None else self.count


@dataclass(eq=False)
class EvidenceUnknown(Refusal):
    """Something was said about evidence before it was recorded."""

    where = "at"
    rule = "this evidence had not been recorded at that instant, so it cannot be withdrawn"
    way_out = "date this after it was recorded"


@dataclass(eq=False)
class EvidenceAlreadyRecorded(Refusal):
    """Evidence is recorded once, and corrected from then on."""

    where = "evidence"
    rule = "this evidence was recorded already"
    way_out = "correct it, or record another under a key of its own"


@dataclass(eq=False)
class EvidenceAlreadyWithdrawn(Refusal):
    """Evidence that counts no more already."""

    withdrawn_at: datetime
    where = "at"
    rule = "this evidence was withdrawn on {withdrawn_at:%Y-%m-%d}"
    way_out = "to let it count again, retract its withdrawal"


@dataclass(eq=False)
class MeasureMalformed(Refusal):
    """A measure that is no plain lower-case token."""

    measure: str
    kind = RefusalKind.INVALID
    where = "measure"
    rule = "{measure!r} is no measure"
    way_out = "name it in lower-case letters and digits, such as win_rate or testimonials"


@dataclass(eq=False)
class EvidenceOfOtherKind(Refusal):
    """A measure that is stated was told as behaviour, or the other way about."""

    measure: str
    is_: EvidenceKind
    kind = RefusalKind.INVALID
    where = "kind"
    rule = "{measure} is {is_} evidence"
    way_out = "say {is_}, or name another measure: what is said and what is done are kept apart"


@dataclass(eq=False)
class ShowsNothing(Refusal):
    """Evidence without anything in it."""

    kind = RefusalKind.INVALID
    where = "text"
    rule = "it is not said what this evidence shows"
    way_out = "give what was counted, a value, or what was said or seen in words"


@dataclass(eq=False)
class CountImpossible(Refusal):
    """A part that is larger than its whole, or less than nothing."""

    count: int | None
    of: int | None
    kind = RefusalKind.INVALID
    where = "count"
    rule = "{count} of {of} cannot be counted"
    way_out = "give a count from 0 on, and with `of`, a whole from 1 on, no larger count than that"


@dataclass(eq=False)
class RateUnknown(Refusal):
    """A rate that tells no share."""

    measure: str
    kind = RefusalKind.INVALID
    where = "count"
    rule = "a {measure} is a share"
    way_out = "give `count` won of `of` decided, or the percentage as `value`, from 0 to 100"


@dataclass(eq=False)
class ValueIsNoNumber(Refusal):
    """A value that nobody could compare."""

    value: str
    kind = RefusalKind.INVALID
    where = "value"
    rule = "{value!r} is no decimal number"
    way_out = "write digits with a point, such as 62.5; the unit is the measure's"


@dataclass(eq=False)
class ObservedLater(Refusal):
    """Evidence of a day that was still to come."""

    observed: date
    day: date
    kind = RefusalKind.INVALID
    where = "observed"
    rule = "on {day} nobody had seen what was observed on {observed}"
    way_out = "name a day up to that of the statement"


def guard(state: Evidence, fact: Fact) -> None:
    """Refuse what cannot be said about a piece of evidence in this state."""
    match fact.content:
        case EvidenceRecorded() as content:
            if state.recorded_at:
                raise EvidenceAlreadyRecorded
            _refuse_measure(content)
            _refuse_figures(content)
        case _ if state.recorded_at is None:
            raise EvidenceUnknown
        case EvidenceWithdrawn() if state.withdrawn_at is not None:
            raise EvidenceAlreadyWithdrawn(state.withdrawn_at)
        case _:
            pass


def _refuse_measure(content: EvidenceRecorded) -> None:
    if not MEASURE.fullmatch(content.measure):
        raise MeasureMalformed(content.measure)
    expected = KIND_OF.get(content.measure, content.kind)
    if content.kind is not expected:
        raise EvidenceOfOtherKind(content.measure, expected)


def _refuse_figures(content: EvidenceRecorded) -> None:
    count, of, value = content.count, content.of, content.value
    if count is None and value is None and content.text is None:
        raise ShowsNothing
    if (of is not None and (count is None or of < 1 or count > of)) or (count is not None and count < 0):
        raise CountImpossible(count, of)
    number = _number(value) if value is not None else None
    if content.measure in RATES:
        counted = count is not None and of is not None
        if not counted and (number is None or not 0 <= number <= HUNDRED):
            raise RateUnknown(content.measure)


def _number(value: str) -> Decimal:
    if not NUMBER.fullmatch(value):
        raise ValueIsNoNumber(value)
    return Decimal(value)


def evolve(state: Evidence, fact: Fact) -> Evidence:
    """The evidence once this fact is in its place."""
    match fact.content:
        case EvidenceRecorded() as content:
            return Evidence(
                recorded_at=fact.effective_at,
                key=content.key,
                strategy=content.strategy,
                element=content.element,
                claim=content.claim,
                kind=content.kind,
                measure=content.measure,
                bears=content.bears,
                count=content.count,
                of=content.of,
                value=content.value,
                text=content.text,
                source=content.source,
                observed=content.observed,
            )
        case EvidenceWithdrawn():
            return replace(state, withdrawn_at=fact.effective_at)
        case _:
            return state


EVIDENCE: Aggregate[Evidence] = Aggregate("evidence", Evidence(), (EvidenceRecorded, EvidenceWithdrawn), guard, evolve)
