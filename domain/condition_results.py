"""What condition reviews come to: judgements by unit, counts, what came to light afterwards. Never an average."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.condition import Assessment, Condition, Evidence, Pinned, Verdict, joint
from domain.questionnaire import GroupResult, QuestionResult
from domain.review import Review

SCORES = (Verdict.NOT_APPARENT, Verdict.PARTLY, Verdict.APPARENT)
"""The verdicts in the order of the questionnaire's scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One condition review of a strategy, with what is said of each unit in it.

    `as_closed` is what was known of each unit when the review closed; None while it is open, and where it was learned
    only afterwards that it had been held.
    """

    id: UUID
    review: Review
    units: Mapping[UUID, Assessment]
    as_closed: Mapping[UUID, Assessment] | None = None

    @property
    def closed_at(self) -> datetime | None:
        """The instant from which no judgement counts."""
        ends = [each for each in (self.review.closes, self.review.ended_at) if each is not None]
        return min(ends, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One condition of one unit: the joint judgement, or None where there is none.

    `as_closed` is the judgement as it was known at the close, and `restated` says that it differs; `unknown` is
    evidence that was in force before the close and was learned only after it.
    """

    condition: Condition
    judgement: Verdict | None
    since: datetime | None
    rests_on: tuple[Pinned, ...]
    as_closed: Verdict | None
    restated: bool
    unknown: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A unit's five conditions, by one review."""

    unit: UUID
    cycle: Cycle
    assessment: Assessment
    cells: tuple[Cell, ...]

    @property
    def aligned(self) -> bool:
        """Whether all five are apparent."""
        return all(each.judgement is Verdict.APPARENT for each in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many conditions of units were judged how, of how many. Gaps are partly or not apparent; critical: not."""

    apparent: int
    partly: int
    not_apparent: int
    not_judged: int
    of: int
    gaps: int
    critical: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The five conditions in a scope: of each unit by the newest closed review that assessed it."""

    rows: tuple[Row, ...]
    cycles: tuple[Cycle, ...] = field(default=())

    @property
    def aligned(self) -> int:
        """How many units are aligned."""
        return sum(each.aligned for each in self.rows)


def conditions(cycles: Iterable[Cycle], units: Collection[UUID], at: datetime) -> Conditions:
    """The conditions of these units at an instant. Where no review of a unit has closed yet, the open one tells."""
    ordered = in_order(cycles)
    chosen = dict[UUID, Cycle]()
    for closed in (False, True):
        for cycle in ordered:
            if cycle.review.has_closed(at) is closed:
                chosen.update(dict.fromkeys(cycle.units, cycle))
    rows = tuple(_row(unit, cycle) for unit, cycle in chosen.items() if unit in units)
    return Conditions(rows=rows, cycles=ordered)


def in_order(cycles: Iterable[Cycle]) -> tuple[Cycle, ...]:
    """Cycles by when they closed or will, the oldest first."""
    return tuple(sorted(cycles, key=lambda each: (each.closed_at is None, each.closed_at, str(each.id))))


def rows_of(cycle: Cycle) -> tuple[Row, ...]:
    """Every unit that a cycle assessed."""
    return tuple(_row(unit, cycle) for unit in cycle.units)


def counts(judgements: Iterable[Verdict | None]) -> Counts:
    """The counts of judgements, None being none."""
    found = Counter(judgements)
    partly, critical = found[Verdict.PARTLY], found[Verdict.NOT_APPARENT]
    return Counts(
        apparent=found[Verdict.APPARENT],
        partly=partly,
        not_apparent=critical,
        not_judged=found[None],
        of=found.total(),
        gaps=partly + critical,
        critical=critical,
    )


def counts_of(rows: Iterable[Row]) -> Counts:
    """The counts of all cells."""
    return counts(cell.judgement for row in rows for cell in row.cells)


def first_edition(cycle: Cycle) -> Counts | None:
    """The counts as they were known when the review closed: for ever so, whatever is learned later."""
    if cycle.as_closed is None:
        return None
    return counts(
        _judgement(each, cycle.review, condition) for each in cycle.as_closed.values() for condition in Condition
    )


def counts_published(results: Iterable[GroupResult]) -> Counts:
    """The counts that published results tell."""
    judged = list[Verdict | None]()
    for question in (question for result in results for question in result.questions):
        for verdict, count in zip(SCORES, question.distribution, strict=False):
            judged += [verdict] * count
        judged += [None] * question.skipped
    return counts(judged)


def _row(unit: UUID, cycle: Cycle) -> Row:
    assessment = cycle.units[unit]
    return Row(
        unit=unit, cycle=cycle, assessment=assessment, cells=tuple(_cell(unit, cycle, each) for each in Condition)
    )


def _cell(unit: UUID, cycle: Cycle, condition: Condition) -> Cell:
    state, review = cycle.units[unit], cycle.review
    found = joint(state, review, condition)
    judgement = found.judgement if found else None
    then = cycle.as_closed.get(unit, Assessment()) if cycle.as_closed is not None else None
    as_closed = _judgement(then, review, condition) if then is not None else None
    return Cell(
        condition=condition,
        judgement=judgement,
        since=found.since if found else None,
        rests_on=found.rests_on if found else (),
        as_closed=as_closed,
        restated=then is not None and as_closed is not judgement,
        unknown=_unknown(cycle, state, then, condition) if then is not None else (),
    )


def _judgement(state: Assessment, review: Review, condition: Condition) -> Verdict | None:
    found = joint(state, review, condition)
    return found.judgement if found else None


def _unknown(cycle: Cycle, state: Assessment, then: Assessment, condition: Condition) -> tuple[Evidence, ...]:
    known = {each.fact for each in then.evidence}
    return tuple(
        each
        for each in state.evidence
        if each.condition is condition
        and each.fact not in known
        and cycle.closed_at is not None
        and each.since < cycle.closed_at
    )


def condition_results(review: Review, assessments: Iterable[Assessment]) -> tuple[GroupResult, ...]:
    """What is published of a condition review: by condition how many units were judged not, partly, and apparent.

    Units take the place of people in each question; `answered` counts the participants who judged anything. There is
    no mean.
    """
    assessed = [each for each in assessments if each.assessors]
    questions = tuple(_question(review, each, assessed) for each in Condition)
    answered = len(spoke_in(review, assessed))
    return (GroupResult(invited=len(review.participants), answered=answered, questions=questions),)


def spoke_in(review: Review, assessments: Iterable[Assessment]) -> frozenset[UUID]:
    """Which participants judged anything, or agreed, while the review took answers."""
    words = (word for each in assessments if each.assessors for word in each.spoken)
    return frozenset(word.person for word in words if review.takes_answers(word.at)) & frozenset(review.participants)


def _question(review: Review, condition: Condition, assessed: list[Assessment]) -> QuestionResult:
    judged = [_judgement(each, review, condition) for each in assessed]
    return QuestionResult(
        question=condition.value,
        n=len(judged),
        rated=sum(each is not None for each in judged),
        unknown=0,
        skipped=judged.count(None),
        distribution=tuple(judged.count(each) for each in SCORES),
        mean=None,
    )
