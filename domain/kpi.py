"""A KPI: a measure of a goal or of an element of a strategy, from a baseline to a target, and its dated measurements.

The measurements are a series: each is a fact of the day it is about, entered late or corrected like any other. What
they come to (the way to the target, a trend, whether measuring is overdue) is derived in `domain.measuring`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.accountability import Tenures, handed_over
from domain.kpi_events import (
    Direction,
    Frequency,
    KpiChanged,
    KpiDefined,
    KpiMeasured,
    KpiRetired,
    KpiRewardsReviewed,
    KpiRewardsStated,
    OutcomeKind,
    Verdict,
)
from domain.kpi_rules import (
    DirectionContradicted,
    KpiAlreadyDefined,
    KpiChangesNothing,
    KpiGivenAndCleared,
    KpiNoLongerMeasured,
    KpiOfOneThing,
    KpiOfUnitAndPerson,
    KpiUnknown,
    MeasuredInAnother,
    RewardsUnstated,
    ToleranceWithoutHold,
    exact,
)
from domain.sealed import Private
from domain.temporal import Aggregate, Fact


@dataclass(frozen=True, slots=True)
class Measurement:
    """The value from an instant on, until the next one. `word` is the version of the event that gave it."""

    value: str
    since: datetime
    word: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewards:
    """What follows from success and failure, from an instant on, until it is stated anew."""

    since: datetime
    success: Private | None = None
    failure: Private | None = None
    communicated: Private | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardsReview:
    """When somebody looked at the rewards, who, and what came of it."""

    at: datetime
    reviewer: UUID
    verdict: Verdict
    comment: Private | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """The state of a KPI at an instant; `defined_at` is None before it was defined.

    `measurements`, `rewards`, `reviews` and `measurer` are dated, oldest first. Of several measurements of one instant
    the newest word counts. `unit_since` is when its unit was named last.
    """

    defined_at: datetime | None = None
    key: str | None = None
    strategy: UUID | None = None
    goal: UUID | None = None
    element: str | None = None
    unit: UUID | None = None
    unit_since: datetime | None = None
    person: UUID | None = None
    title: str = ""
    measured_in: str = ""
    direction: Direction = Direction.UP
    baseline: str | None = None
    target: str | None = None
    tolerance: str | None = None
    due: date | None = None
    method: str | None = None
    source: str | None = None
    frequency: Frequency | None = None
    measurer: Tenures = ()
    outcome: OutcomeKind | None = None
    measurements: tuple[Measurement, ...] = ()
    rewards: tuple[Rewards, ...] = ()
    reviews: tuple[RewardsReview, ...] = ()
    retired_at: datetime | None = None

    @property
    def measured_by(self) -> UUID | None:
        """Who measures it; None where nobody is named."""
        return self.measurer[-1].person if self.measurer else None


PLAIN = (
    "title", "measured_in", "direction", "baseline", "target", "tolerance", "due", "method", "source", "frequency",
    "outcome", "unit",
)  # fmt: skip
"""What a change gives as it is; the measurer is dated."""


def guard(state: Kpi, fact: Fact) -> None:
    """Refuse what cannot be said about a KPI in this state."""
    content = fact.content
    act = content.TOPIC.partition(".")[2].replace("_", " ")
    if isinstance(content, KpiDefined):
        if state.defined_at:
            raise KpiAlreadyDefined(state.title)
        if (content.goal is None) == (content.element is None):
            raise KpiOfOneThing
        if content.unit is not None and content.person is not None:
            raise KpiOfUnitAndPerson
        _be_consistent(evolve(state, fact))
        return
    if state.defined_at is None:
        raise KpiUnknown(act)
    if state.retired_at is not None:
        raise KpiNoLongerMeasured(act)
    match content:
        case KpiChanged():
            _be_a_change(state, content)
            _be_consistent(evolve(state, fact))
        case KpiMeasured(value=value):
            exact("value", value)
        case KpiRewardsStated(success=success, failure=failure, communicated=communicated):
            if not (success or failure or communicated):
                raise RewardsUnstated("stated")
        case KpiRewardsReviewed() if not state.rewards:
            raise RewardsUnstated("reviewed")
        case _:
            pass


def _be_a_change(state: Kpi, content: KpiChanged) -> None:
    given = {name for name in (*PLAIN, "measurer") if getattr(content, name) is not None}
    if not given and not content.cleared:
        raise KpiChangesNothing
    for name in content.cleared:
        if name in given:
            raise KpiGivenAndCleared(name)
    if content.unit is not None and state.person is not None:
        raise KpiOfUnitAndPerson
    if content.measured_in not in {None, state.measured_in} and state.measurements:
        raise MeasuredInAnother(state.measured_in)


def _be_consistent(state: Kpi) -> None:
    baseline = exact("baseline", state.baseline) if state.baseline is not None else None
    target = exact("target", state.target) if state.target is not None else None
    if state.tolerance is not None and (exact("tolerance", state.tolerance) < 0 or state.direction != Direction.HOLD):
        raise ToleranceWithoutHold
    if baseline is None or target is None:
        return
    lies = {Direction.UP: target > baseline, Direction.DOWN: target < baseline, Direction.HOLD: target == baseline}
    if not lies[state.direction]:
        raise DirectionContradicted(state.direction, str(state.baseline), str(state.target))


def evolve(state: Kpi, fact: Fact) -> Kpi:
    """The KPI once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    match content:
        case KpiDefined():
            said = {name: getattr(content, name) for name in (*PLAIN, "key", "strategy", "goal", "element", "person")}
            since = at if content.unit is not None else None
            return Kpi(defined_at=at, unit_since=since, measurer=handed_over((), content.measurer, at), **said)
        case KpiChanged(cleared=cleared):
            given = {name: value for name in PLAIN if (value := getattr(content, name)) is not None}
            gone: dict[str, None] = dict.fromkeys((name for name in PLAIN if name in cleared), None)
            measurer = state.measurer
            if content.measurer is not None or "measurer" in cleared:
                measurer = handed_over(measurer, content.measurer, at)
            since = at if content.unit is not None else state.unit_since
            return replace(state, **{**given, **gone, "measurer": measurer, "unit_since": since})
        case KpiMeasured(value=value):
            return replace(state, measurements=_with(state.measurements, Measurement(value, at, fact.word)))
        case KpiRewardsStated():
            stated = Rewards(
                since=at,
                success=content.success,
                failure=content.failure,
                communicated=content.communicated,
                review_by=content.review_by,
            )
            return replace(state, rewards=(*state.rewards, stated))
        case KpiRewardsReviewed(reviewer=reviewer, verdict=verdict, comment=comment):
            looked = RewardsReview(at=at, reviewer=reviewer, verdict=verdict, comment=comment)
            return replace(state, reviews=(*state.reviews, looked))
        case KpiRetired():
            return replace(state, retired_at=at)
        case _:
            return state


def _with(measurements: tuple[Measurement, ...], measured: Measurement) -> tuple[Measurement, ...]:
    """The series with one more value; of those of one instant the newest word counts, whichever fact it is on."""
    if not measurements or measurements[-1].since != measured.since:
        return (*measurements, measured)
    return (*measurements[:-1], max(measurements[-1], measured, key=lambda each: each.word))


KPI: Aggregate[Kpi] = Aggregate(
    "kpi", Kpi(), (KpiDefined, KpiChanged, KpiMeasured, KpiRewardsStated, KpiRewardsReviewed, KpiRetired), guard, evolve
)
