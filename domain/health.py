"""The health check read over its cycles (S14): own trend, trust between units, comparison with reference values.

Only what was asked in the same words on the same scale is put side by side; everything else is named with the reason.
All of it is read off published results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from domain.benchmark import Benchmark, ReferenceMeasure, ReferenceValue
from domain.confided_results import percent
from domain.questionnaire import Question, QuestionKind, Questionnaire, QuestionResult
from domain.questionnaires import TRUST

UNVERIFIED = "unverified vendor figures"
"""How values are marked that nobody verified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTold:
    """What was published of one group of a check; `group` None is all who were asked, `unit` the unit it consists of.

    A group of several parts is of no single unit.
    """

    group: str | None
    unit: UUID | None
    n: int
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One health check with published results. The n-th question of trust is about the n-th of `trusted_units`."""

    review: UUID
    title: str
    opened_at: datetime
    published_at: datetime
    questionnaire: Questionnaire
    groups: tuple[GroupTold, ...]
    trusted_units: tuple[UUID, ...] = ()

    @property
    def rated(self) -> Iterator[Question]:
        """The questions that are rated, in their order."""
        return (each for each in self.questionnaire.questions if each.kind is QuestionKind.RATED)

    @property
    def trust(self) -> dict[str, UUID]:
        """The units that are asked about, by the id of the question."""
        asked = [each.id for each in self.rated if each.theme == TRUST]
        return dict(zip(asked, self.trusted_units, strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """How one group answered one question in one check: `n` answered at all, `rated` of them gave a score.

    `high_share` is the percentage, of those who rated, that gave one of the two highest scores.
    """

    review: UUID
    opened_at: datetime
    group: str | None
    n: int
    rated: int
    mean: str | None
    high_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotComparable:
    """A check that stands in no line with the newest one, or a value that nothing is compared with, and why."""

    review: UUID | None
    reason: str
    wording: str | None
    lowest: int | None
    highest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How one question was answered over the checks, oldest first: those that asked it in the words of the newest."""

    question: str
    wording: str
    lowest: int
    highest: int
    points: tuple[Point, ...]
    left_out: tuple[NotComparable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How far those of one group trust one unit; of a group's own unit nothing is told."""

    group: str
    unit: UUID | None
    trusts: UUID
    n: int
    rated: int
    mean: str | None
    high_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One reference value beside one's own newest figure. Where `reason` says why not, nothing is compared."""

    benchmark: UUID
    title: str
    source: str
    dated: date | None
    mark: str | None
    question: str
    wording: str
    measure: ReferenceMeasure
    from_score: int | None
    reference: str
    reference_n: int | None
    review: UUID | None
    own: str | None
    own_rated: int
    difference: str | None
    reason: str | None


def trends(checks: Iterable[Held]) -> tuple[Trend, ...]:
    """The trend of every question of the newest check but those of trust, in its order; none without a check."""
    held = sorted(checks, key=_order)
    if not held:
        return ()
    newest = held[-1]
    return tuple(_trend(held, newest, each) for each in newest.rated if each.theme != TRUST)


def _order(check: Held) -> tuple[datetime, UUID]:
    return check.opened_at, check.review


def _trend(held: Iterable[Held], newest: Held, question: Question) -> Trend:
    points, left_out = list[Point](), list[NotComparable]()
    scale = newest.questionnaire.lowest, newest.questionnaire.highest
    for check in held:
        asked = check.questionnaire.question(question.id)
        reason = _differs(asked, check.questionnaire, question.text, *scale)
        if reason is None:
            points += _points(check, question.id)
            continue
        left_out.append(
            NotComparable(
                review=check.review,
                reason=reason,
                wording=asked.text if asked is not None else None,
                lowest=check.questionnaire.lowest,
                highest=check.questionnaire.highest,
            )
        )
    return Trend(
        question=question.id,
        wording=question.text,
        lowest=scale[0],
        highest=scale[1],
        points=tuple(points),
        left_out=tuple(left_out),
    )


def _differs(asked: Question | None, on: Questionnaire, wording: str, lowest: int, highest: int) -> str | None:
    """Why what was asked is not what is compared with; None where it is."""
    if asked is None or asked.kind is not QuestionKind.RATED:
        return "it was not asked"
    if (on.lowest, on.highest) != (lowest, highest):
        return f"the scale differs: {on.lowest} to {on.highest}, and {lowest} to {highest}"
    if _plain(asked.text) != _plain(wording):
        return "the wording differs"
    return None


def _plain(text: str) -> str:
    """The words alone: how they are spaced changes no question."""
    return " ".join(text.split())


def _points(check: Held, question: str) -> Iterator[Point]:
    for group in check.groups:
        for each in group.questions:
            if each.question == question:
                yield Point(
                    review=check.review,
                    opened_at=check.opened_at,
                    group=group.group,
                    n=each.n,
                    rated=each.rated,
                    mean=each.mean,
                    high_share=_share(each, len(each.distribution) - 2),
                )


def _share(result: QuestionResult, place: int) -> float | None:
    """The percentage that gave the score at this place of the scale, or a higher one."""
    return percent(sum(result.distribution[place:]), result.rated)


def trust_between(check: Held) -> tuple[Trust, ...]:
    """How far each group of a check trusts each unit but its own."""
    asked = check.trust
    return tuple(
        Trust(
            group=group.group,
            unit=group.unit,
            trusts=asked[each.question],
            n=each.n,
            rated=each.rated,
            mean=each.mean,
            high_share=_share(each, len(each.distribution) - 2),
        )
        for group in check.groups
        for each in group.questions
        if group.group is not None and each.question in asked and asked[each.question] != group.unit
    )


def compared(check: Held | None, benchmarks: Mapping[UUID, Benchmark]) -> tuple[Comparison, ...]:
    """Every reference value that stands, beside the newest check's figure of all who were asked."""
    return tuple(
        _compared(check, id, benchmark, value)
        for id, benchmark in sorted(benchmarks.items())
        if benchmark.loaded_at is not None and benchmark.withdrawn_at is None
        for value in benchmark.values
    )


def _compared(check: Held | None, id: UUID, benchmark: Benchmark, value: ReferenceValue) -> Comparison:
    result, reason = None, "no health check has published results"
    if check is not None:
        asked, on = check.questionnaire.question(value.question), check.questionnaire
        whole = (each for group in check.groups if group.group is None for each in group.questions)
        result = next((each for each in whole if each.question == value.question), None)
        reason = _differs(asked, on, value.wording, benchmark.lowest, benchmark.highest) or ""
        if not reason and (result is None or not result.rated):
            reason = "nobody rated it"
    own = _own(result, benchmark, value) if result is not None and not reason else None
    return Comparison(
        benchmark=id,
        title=benchmark.title,
        source=benchmark.source,
        dated=benchmark.dated,
        mark=None if benchmark.verified else UNVERIFIED,
        question=value.question,
        wording=value.wording,
        measure=value.measure,
        from_score=value.from_score,
        reference=value.value,
        reference_n=value.n,
        review=check.review if check is not None else None,
        own=str(own) if own is not None else None,
        own_rated=result.rated if result is not None and not reason else 0,
        difference=str(own - value.number) if own is not None else None,
        reason=reason or None,
    )


def _own(result: QuestionResult, benchmark: Benchmark, value: ReferenceValue) -> Decimal:
    """One's own figure of the same kind, rounded half up to one decimal."""
    if value.measure is ReferenceMeasure.MEAN or value.from_score is None:
        return Decimal(result.mean or "NaN")
    high = sum(result.distribution[value.from_score - benchmark.lowest :])
    return (Decimal(100 * high) / result.rated).quantize(Decimal("0.1"), ROUND_HALF_UP)
