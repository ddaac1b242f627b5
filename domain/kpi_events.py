"""What is said of a KPI, fact by fact, and the words that it is said in."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from domain.kernel import Content, event
from domain.sealed import Private


class Direction(StrEnum):
    """Where a measure is to go: up or down to its target, or to stay where it is."""

    UP = "up"
    DOWN = "down"
    HOLD = "hold"


class Frequency(StrEnum):
    """How often a KPI is measured."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class OutcomeKind(StrEnum):
    """Which of the outcomes that alignment is said to pay in a KPI measures."""

    GROWTH = "growth"
    PROFITABILITY = "profitability"
    RETENTION = "retention"
    SATISFACTION = "satisfaction"
    LEADERSHIP_EFFECTIVENESS = "leadership_effectiveness"
    ENGAGEMENT = "engagement"
    TEAM_SPIRIT = "team_spirit"
    COLLABORATION = "collaboration"
    DECENTRALISATION = "decentralisation"
    EMPOWERMENT = "empowerment"
    FULFILMENT = "fulfilment"


KpiField = Literal[
    "unit", "baseline", "target", "tolerance", "due", "method", "source", "frequency", "measurer", "outcome"
]
"""What a KPI can be without, and what a change can therefore clear."""

Verdict = Literal["kept", "to_change"]
"""What a review of the rewards comes to."""


@event("kpi.defined")
class KpiDefined(Content):
    """A measure of a goal, or of an element of a strategy: a unit's, a person's own, or else its goal's.

    `measured_in` is the unit of measure; `baseline`, `target` and `tolerance` are exact decimals in it.
    """

    key: str | None = None
    strategy: UUID
    goal: UUID | None = None
    element: str | None = None
    unit: UUID | None = None
    person: UUID | None = None
    title: str
    measured_in: str
    direction: Direction
    baseline: str | None = None
    target: str | None = None
    tolerance: str | None = None
    due: date | None = None
    method: str | None = None
    source: str | None = None
    frequency: Frequency | None = None
    measurer: UUID | None = None
    outcome: OutcomeKind | None = None


@event("kpi.changed")
class KpiChanged(Content):
    """Some of what the KPI says is different from here on. What is not given stays; `cleared` names what is gone."""

    unit: UUID | None = None
    title: str | None = None
    measured_in: str | None = None
    direction: Direction | None = None
    baseline: str | None = None
    target: str | None = None
    tolerance: str | None = None
    due: date | None = None
    method: str | None = None
    source: str | None = None
    frequency: Frequency | None = None
    measurer: UUID | None = None
    outcome: OutcomeKind | None = None
    cleared: tuple[KpiField, ...] = ()


@event("kpi.measured")
class KpiMeasured(Content):
    """The value as of this instant, as an exact decimal in the KPI's unit of measure."""

    value: str


@event("kpi.rewards_stated")
class KpiRewardsStated(Content):
    """What follows from success and from failure, and how both are communicated; all of it is restated together.

    `review_by` is the day by which somebody looks at whether it works.
    """

    success: Private | None = None
    failure: Private | None = None
    communicated: Private | None = None
    review_by: date | None = None


@event("kpi.rewards_reviewed")
class KpiRewardsReviewed(Content):
    """Somebody looked at what follows from success and failure: it is kept, or is to change, with a comment."""

    reviewer: UUID
    verdict: Verdict
    comment: Private | None = None


@event("kpi.retired")
class KpiRetired(Content):
    """The KPI is measured no more; why stands in the envelope."""
