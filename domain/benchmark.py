"""A benchmark: reference values from outside, loaded as a data set with where they come from and how they were asked.

A value says in which words and on which scale it was asked, for whoever compares: figures of other words or of another
scale are not comparable. What nobody verified is marked so, for ever.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Aggregate, Fact


class ReferenceMeasure(StrEnum):
    """What a reference value is: the mean of the scores, or the share in percent that gave `from_score` or more."""

    MEAN = "mean"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceValue:
    """What others answered to one question, asked in this wording. `value` is a decimal number; `n` people, if told."""

    question: str
    wording: str
    measure: ReferenceMeasure
    value: str
    from_score: int | None = None
    n: int | None = None

    @property
    def number(self) -> Decimal:
        """The value; what is no number counts as none (NaN)."""
        try:
            return Decimal(self.value)
        except InvalidOperation:
            return Decimal("NaN")


@event("benchmark.loaded")
class BenchmarkLoaded(Content):
    """Reference values were loaded: of this `source`, of the day `dated`, on a scale from `lowest` to `highest`.

    Unless `verified`, they are what a vendor says.
    """

    key: str | None = None
    title: str
    source: str
    dated: date
    lowest: int
    highest: int
    verified: bool = False
    values: tuple[ReferenceValue, ...]


@event("benchmark.withdrawn")
class BenchmarkWithdrawn(Content):
    """Nothing is compared with these values from here on; why stands in the envelope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """The state of a benchmark; `loaded_at` is None before it was loaded."""

    loaded_at: datetime | None = None
    withdrawn_at: datetime | None = None
    key: str | None = None
    title: str = ""
    source: str = ""
    dated: date | None = None
    lowest: int = 1
    highest: int = 5
    verified: bool = False
    values: tuple[ReferenceValue, ...] = ()


@dataclass(eq=False)
class BenchmarkAlreadyLoaded(Refusal):
    """A benchmark is loaded once."""

    title: str
    where = "benchmark"
    rule = "this benchmark was loaded already, as {title}"
    way_out = "correct it, or load the newer values under a key of their own"


@dataclass(eq=False)
class BenchmarkNotLoaded(Refusal):
    """A benchmark withdrawn before there was one, or twice."""

    where = "at"
    rule = "no such benchmark stands at that instant"
    way_out = "date this after its loading; a benchmark is withdrawn once"


@dataclass(eq=False)
class BenchmarkFlawed(Refusal):
    """Reference values that nothing could be compared with."""

    flaw: str
    kind = RefusalKind.INVALID
    where = "values"
    rule = "with these values nothing can be compared: {flaw}"
    way_out = "give each question once, its wording, a number on the scale, and of a share the score that it begins at"


def refuse_values(content: BenchmarkLoaded) -> None:
    """Refuse values that are none."""
    questions = [(each.question, each.measure) for each in content.values]
    shares = [each for each in content.values if each.measure is ReferenceMeasure.SHARE]
    means = [each for each in content.values if each.measure is ReferenceMeasure.MEAN]
    flaws = {
        "there are none": not content.values,
        "the scale has fewer than two scores": content.lowest >= content.highest,
        "the source is not said": not content.source.strip(),
        "a wording is not said": any(not each.wording.strip() or not each.question.strip() for each in content.values),
        "a question has two values of one kind": len(set(questions)) < len(questions),
        "a value is no number": any(not each.number.is_finite() for each in content.values),
        "a mean is off the scale": any(not _within(each, content.lowest, content.highest) for each in means),
        "a share is not from 0 to 100": any(not _within(each, 0, 100) for each in shares),
        "a share does not say from which score on it counts": any(
            each.from_score is None or not content.lowest < each.from_score <= content.highest for each in shares
        ),
        "a mean counts from no score": any(each.from_score is not None for each in means),
        "fewer than one person answered": any(each.n is not None and each.n < 1 for each in content.values),
    }
    for flaw, found in flaws.items():
        if found:
            raise BenchmarkFlawed(flaw)


def _within(value: ReferenceValue, lowest: int, highest: int) -> bool:
    return value.number.is_finite() and lowest <= value.number <= highest


def guard(state: Benchmark, fact: Fact) -> None:
    """Refuse what cannot be said about a benchmark in this state."""
    match fact.content:
        case BenchmarkLoaded() as loaded:
            if state.loaded_at is not None:
                raise BenchmarkAlreadyLoaded(state.title)
            refuse_values(loaded)
        case BenchmarkWithdrawn():
            if state.loaded_at is None or state.withdrawn_at is not None:
                raise BenchmarkNotLoaded
        case _:
            pass


def evolve(state: Benchmark, fact: Fact) -> Benchmark:
    """The benchmark once this fact is in its place."""
    match fact.content:
        case BenchmarkLoaded() as loaded:
            return Benchmark(
                loaded_at=fact.effective_at,
                key=loaded.key,
                title=loaded.title,
                source=loaded.source,
                dated=loaded.dated,
                lowest=loaded.lowest,
                highest=loaded.highest,
                verified=loaded.verified,
                values=loaded.values,
            )
        case BenchmarkWithdrawn():
            return replace(state, withdrawn_at=fact.effective_at)
        case _:
            return state


BENCHMARK: Aggregate[Benchmark] = Aggregate(
    "benchmark", Benchmark(), (BenchmarkLoaded, BenchmarkWithdrawn), guard, evolve
)
