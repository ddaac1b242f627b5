"""Commands about KPIs: defined for a goal or an element of a strategy, changed, measured, retired; their rewards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk, has_element
from application.desk_rules import GoalOfAnotherStrategy, MovesToAnotherStrategy, TargetElementUnknown
from application.owing import Owner, owes
from application.situations import Concerned, Gathering
from domain.agreement import switched_off
from domain.kernel import Content, Refusal, RefusalKind
from domain.kpi import KPI, Kpi
from domain.kpi_events import (
    Direction,
    Frequency,
    KpiChanged,
    KpiDefined,
    KpiField,
    KpiMeasured,
    KpiRetired,
    KpiRewardsReviewed,
    KpiRewardsStated,
    OutcomeKind,
    Verdict,
)
from domain.kpi_place import lacking, rests_because
from domain.kpi_rules import KpiOfAnothersGoal, KpiOfOneThing, KpiOfUnitAndPerson
from domain.measuring import measure_by
from domain.owed import Call, Owed
from domain.person import PERSON
from domain.purpose import DataKind
from domain.sealed import Private


@dataclass(eq=False)
class IndividualKpisOff(Refusal):
    """A KPI of a person, where it was agreed that there are none."""

    agreement: str
    kind = RefusalKind.FORBIDDEN
    where = "person"
    rule = "by agreement {agreement} no KPIs of individuals are kept at that instant"
    way_out = "measure the goal for a unit instead; GET …/purposes tells what was agreed, only its end changes that"


@dataclass(eq=False)
class NobodyReviewed(Refusal):
    """A review of which it is not said who did it."""

    kind = RefusalKind.INVALID
    where = "reviewer"
    rule = "it is not said who looked at what follows from success and failure"
    way_out = "name the person as reviewer, or act under a token of theirs"


@command("kpi.defined")
class DefineKpi(Command):
    """Define a measure of a goal, or of an element of a strategy: a unit's, a person's own, or else the goal's.

    Baseline, target and tolerance (how far a value that is to be held may be off) are exact decimals, written as text.
    """

    title: str
    measured_in: str
    direction: Direction
    kpi: str | None = None
    strategy: str | None = None
    goal: str | None = None
    element: str | None = None
    unit: str | None = None
    person: str | None = None
    baseline: str | None = None
    target: str | None = None
    tolerance: str | None = None
    due: date | None = None
    method: str | None = None
    source: str | None = None
    frequency: Frequency | None = None
    measurer: str | None = None
    outcome: OutcomeKind | None = None


@command("kpi.changed")
class ChangeKpi(Command):
    """Change some of what a KPI says: what is absent stays, what is null (or named in `cleared`) is gone."""

    kpi: str
    title: str | None = None
    unit: str | None = None
    measured_in: str | None = None
    direction: Direction | None = None
    baseline: str | None = None
    target: str | None = None
    tolerance: str | None = None
    due: date | None = None
    method: str | None = None
    source: str | None = None
    frequency: Frequency | None = None
    measurer: str | None = None
    outcome: OutcomeKind | None = None
    cleared: tuple[KpiField, ...] = ()


@command("kpi.measured")
class MeasureKpi(Command):
    """Record the value as of `at`, the day or the end of the period that it is about; late ones are dated back."""

    kpi: str
    value: str


@command("kpi.rewards_stated")
class StateRewards(Command):
    """State what follows from success and from failure, how both are communicated, and until when that is reviewed."""

    kpi: str
    success: str | None = None
    failure: str | None = None
    communicated: str | None = None
    review_by: date | None = None


@command("kpi.rewards_reviewed")
class ReviewRewards(Command):
    """Say that somebody looked at what follows from success and failure: it is kept, or is to change."""

    kpi: str
    verdict: Verdict
    reviewer: str | None = None
    comment: str | None = None


@command("kpi.retired")
class RetireKpi(Command):
    """Say that the KPI is measured no more."""

    kpi: str


@handles(DefineKpi)
def define(asked: DefineKpi, desk: Desk) -> AnyDraft:
    """A new KPI."""
    stream = desk.new("kpi", asked.kpi)
    strategy, goal = _measured(desk, asked)
    if isinstance(desk.corrected, KpiDefined) and desk.corrected.strategy != strategy:
        raise MovesToAnotherStrategy
    person = _whose(desk, asked, goal)
    _be_allowed(desk, person)
    content = KpiDefined(
        key=desk.open_key("kpi", asked.kpi),
        strategy=strategy,
        goal=goal,
        element=asked.element,
        unit=_optional(desk, "unit", asked.unit, "unit"),
        person=person,
        title=asked.title,
        measured_in=asked.measured_in,
        direction=asked.direction,
        baseline=asked.baseline,
        target=asked.target,
        tolerance=asked.tolerance,
        due=asked.due,
        method=asked.method,
        source=asked.source,
        frequency=asked.frequency,
        measurer=_optional(desk, "person", asked.measurer, "measurer"),
        outcome=asked.outcome,
    )
    return Draft[Kpi](aggregate=KPI, stream=stream, content=content)


@handles(ChangeKpi)
def change(asked: ChangeKpi, desk: Desk) -> AnyDraft:
    """A KPI that says something else."""
    content = KpiChanged(
        title=asked.title,
        unit=_optional(desk, "unit", asked.unit, "unit"),
        measured_in=asked.measured_in,
        direction=asked.direction,
        baseline=asked.baseline,
        target=asked.target,
        tolerance=asked.tolerance,
        due=asked.due,
        method=asked.method,
        source=asked.source,
        frequency=asked.frequency,
        measurer=_optional(desk, "person", asked.measurer, "measurer"),
        outcome=asked.outcome,
        cleared=asked.cleared,
    )
    return _said(desk, asked.kpi, content)


@handles(MeasureKpi)
def measure(asked: MeasureKpi, desk: Desk) -> AnyDraft:
    """One more value, as of its instant."""
    draft = _said(desk, asked.kpi, KpiMeasured(value=asked.value))
    _be_allowed(desk, desk.book.timeline(KPI, draft.stream).state().person)
    return draft


@handles(StateRewards)
def state_rewards(asked: StateRewards, desk: Desk) -> AnyDraft:
    """What follows from success and failure: the organisation's words, or on a KPI of one's own that person's."""
    stream = desk.find("kpi", asked.kpi)
    subject = desk.book.timeline(KPI, stream).state().person or desk.organisation
    content = KpiRewardsStated(
        success=_words(subject, asked.success),
        failure=_words(subject, asked.failure),
        communicated=_words(subject, asked.communicated),
        review_by=asked.review_by,
    )
    return Draft[Kpi](aggregate=KPI, stream=stream, content=content)


@handles(ReviewRewards)
def review_rewards(asked: ReviewRewards, desk: Desk) -> AnyDraft:
    """Looked at, by somebody."""
    reviewer = _optional(desk, "person", asked.reviewer, "reviewer") or desk.actor.person
    if reviewer is None:
        raise NobodyReviewed
    content = KpiRewardsReviewed(reviewer=reviewer, verdict=asked.verdict, comment=_words(reviewer, asked.comment))
    return _said(desk, asked.kpi, content)


@handles(RetireKpi)
def retire(asked: RetireKpi, desk: Desk) -> AnyDraft:
    """Measured no more."""
    return _said(desk, asked.kpi, KpiRetired())


@owes
def measurements_owed(owner: Owner) -> Iterator[Owed]:
    """What they are to measure next: due no earlier than the day on which that became theirs."""
    own = {id: kpi for id, kpi in owner.states(KPI).items() if kpi.measured_by == owner.person}
    people = owner.states(PERSON, streams=sorted({each.person for each in own.values() if each.person is not None}))
    for strategy in sorted({each.strategy for each in own.values() if each.strategy is not None}):
        gathering = Gathering(owner.source, owner.organisation, owner.moment, strategy)
        situation = gathering.situation(Concerned(people, frozenset()))
        if situation is None:
            continue
        for id, kpi in own.items():
            if kpi.strategy != strategy or lacking(situation, kpi) or rests_because(situation, kpi):
                continue
            due = measure_by(kpi, owner.day)
            if due is not None:
                due = max(due, owner.day(kpi.measurer[-1].since))
                overdue = due < owner.today
                yield Owed(call=Call.MEASURE, record=id, strategy=strategy, due=due, overdue=overdue)


def _said(desk: Desk, kpi: str, content: Content) -> Draft[Kpi]:
    return Draft[Kpi](aggregate=KPI, stream=desk.find("kpi", kpi), content=content)


def _words(subject: UUID, text: str | None) -> Private | None:
    return Private(subject, text) if text is not None else None


def _optional(desk: Desk, kind: str, reference: str | None, where: str) -> UUID | None:
    return desk.find(kind, reference, where) if reference is not None else None


def _measured(desk: Desk, asked: DefineKpi) -> tuple[UUID, UUID | None]:
    """The strategy, and the goal if it is one, that a KPI measures.

    Raises KpiOfOneThing, UnknownReference, GoalOfAnotherStrategy, TargetElementUnknown.
    """
    strategy = _optional(desk, "strategy", asked.strategy, "strategy")
    if (asked.goal is None) == (asked.element is None) or (asked.goal is None and strategy is None):
        raise KpiOfOneThing
    if asked.goal is not None:
        goal = desk.find("goal", asked.goal)
        of_goal = desk.goal_whenever(goal).strategy
        if of_goal is None or (strategy is not None and strategy != of_goal):
            raise GoalOfAnotherStrategy(asked.goal)
        return of_goal, goal
    if strategy is None or asked.element is None or not has_element(desk.strategy_whenever(strategy), asked.element):
        raise TargetElementUnknown(asked.element or "")
    return strategy, None


def _whose(desk: Desk, asked: DefineKpi, goal: UUID | None) -> UUID | None:
    """The person whose own KPI it is: one of somebody's own goal is theirs, named so or not.

    Raises KpiOfUnitAndPerson, KpiOfAnothersGoal.
    """
    person = _optional(desk, "person", asked.person, "person")
    owner = desk.goal_whenever(goal).person if goal is not None else None
    if owner is None:
        return person
    if asked.unit is not None:
        raise KpiOfUnitAndPerson
    if person not in {None, owner}:
        raise KpiOfAnothersGoal(asked.goal or "")
    return owner


def _be_allowed(desk: Desk, person: UUID | None) -> None:
    """Raises IndividualKpisOff for a KPI of a person where an agreement that holds rules such KPIs out."""
    if person is None:
        return
    agreement = switched_off(desk.chart(desk.at).agreements, desk.at).get(DataKind.KPIS)
    if agreement is not None:
        raise IndividualKpisOff(agreement)
