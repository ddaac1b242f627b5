"""What KPIs come to over HTTP: one by one, and rolled up over goals to criteria and bets, as of a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.alignment import STRATEGY_ARGUMENT, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.goal_tree import sees_goal
from adapters.http.kpi import sees, view_of
from adapters.http.noun import Noun
from adapters.http.papers import ElementsShown
from adapters.http.refusals import FieldsNotValid, NotOnRecordThen
from application.permissions import NotPermitted
from domain.kpi import KPI, Kpi
from domain.kpi_events import Direction, Frequency, OutcomeKind
from domain.kpi_place import Level
from domain.kpi_tree import Placed, RolledUp, kpi_tree, review_overdue
from domain.measuring import Forecast, Trend, Way
from domain.scope import WHOLE, Scope
from domain.situation import Situation, Unapplied


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardsAnswer:
    """Whether it is stated what follows from success and failure, since when, and who looked at it last.

    To be looked at by `review_by`; `overdue` where nobody did since it was stated.
    """

    stated_at: datetime | None
    review_by: date | None
    reviewed_at: datetime | None
    reviewer: UUID | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiFigures:
    """What one KPI comes to: its level, value, way to the target, trend and forecast, and when it is due again.

    `rests` tells why it counts nowhere at present.
    """

    id: UUID
    key: str | None
    title: str
    level: Level
    goal: UUID | None
    element: str | None
    unit: UUID | None
    person: UUID | None
    measured_in: str
    direction: Direction
    baseline: str | None
    target: str | None
    due: date | None
    frequency: Frequency | None
    outcome: OutcomeKind | None
    value: str | None
    day: date | None
    measurements: int
    way_to_target: Way
    trend: Trend
    forecast: Forecast
    measure_by: date | None
    overdue: bool
    rewards: RewardsAnswer
    rests: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountOfKpis:
    """How many KPIs, and which."""

    count: int
    records: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledUpAnswer:
    """What the KPIs of a place come to: how many, with which of them what, and the lowest and the middle way."""

    kpis: CountOfKpis
    with_target: CountOfKpis
    measured: CountOfKpis
    met: CountOfKpis
    overdue: CountOfKpis
    lowest_way: float | None
    middle_way: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementOfKpis:
    """A criterion, a bet, or another element with KPIs: its own, and what all that support it come to."""

    element: str
    kind: str
    text: str
    own: tuple[UUID, ...]
    rolled_up: RolledUpAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalOfKpis:
    """A goal with its own KPIs, and what they come to with those of all the goals that support it."""

    goal: UUID
    title: str
    unit: UUID | None
    status: str | None
    supports_goal: UUID | None
    supports_elements: tuple[str, ...]
    own: tuple[UUID, ...]
    rolled_up: RolledUpAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class KpisAnswer:
    """The KPIs of a strategy and scope. `withheld` are KPIs of individuals that the caller may not see.

    They are counted there alone. `criteria_without_kpi` have none of their own, `criteria_without_any` none below
    them either.
    """

    strategy: UUID
    unit: UUID | None
    whole: RolledUpAnswer
    levels: Mapping[str, RolledUpAnswer]
    elements: tuple[ElementOfKpis, ...]
    goals: tuple[GoalOfKpis, ...]
    kpis: tuple[KpiFigures, ...]
    withheld: int
    resting: CountOfKpis
    criteria_without_kpi: tuple[str, ...]
    criteria_without_any: tuple[str, ...]
    goals_without_kpi: tuple[UUID, ...]
    without_target: CountOfKpis
    without_measurement: CountOfKpis
    without_rewards: CountOfKpis
    rewards_to_review: CountOfKpis
    not_applied: tuple[Unapplied, ...]


def rolled_up(inquiry: Inquiry) -> Found:
    """The KPIs of a strategy, what each comes to, and how they roll up to goals, criteria and bets, by level.

    With a unit, those of that unit, of the units below it and of their people.
    """
    strategy, scope = strategy_of(inquiry), Scope(unit=inquiry.named("unit"))
    inquiry.check(concerned_by(inquiry, strategy, scope))
    level = _level(inquiry)
    situation = _situation(inquiry, strategy, inquiry.arguments["strategy"])
    inside = inquiry.population(scope)
    every = inquiry.states(KPI, strategy=strategy)
    # Who may see the figures of the scope sees its units' KPIs; a person's own opens to fewer.
    own = {id: kpi for id, kpi in every.items() if kpi.person is not None and not sees(inquiry, kpi)}
    withheld = kpi_tree(situation, inside, own, inquiry.day_of).placed
    shown = {id: kpi for id, kpi in every.items() if id not in own}
    found = kpi_tree(situation, inside, shown, inquiry.day_of)
    own_goals = {id for id, goal in situation.goals.items() if goal.person is not None and not sees_goal(inquiry, goal)}
    elements = ElementsShown(inquiry, strategy)
    answer = KpisAnswer(
        strategy=strategy,
        unit=scope.unit,
        whole=_rolled(found.whole),
        levels={each.value: _rolled(comes_to) for each, comes_to in found.by_level.items()},
        elements=tuple(
            ElementOfKpis(
                element=each.element,
                kind=each.kind,
                text=elements.text(each.element, each.text),
                own=each.own,
                rolled_up=_rolled(each.rolled_up),
            )
            for each in found.elements
            if elements.lists(each.element)
        ),
        goals=tuple(
            GoalOfKpis(
                goal=each.goal,
                title=each.title,
                unit=each.unit,
                status=each.status,
                supports_goal=each.supports_goal,
                supports_elements=each.supports_elements,
                own=each.own,
                rolled_up=_rolled(each.rolled_up),
            )
            for each in found.goals
            if each.goal not in own_goals
        ),
        kpis=tuple(_figures(each, inquiry) for each in found.placed if level in (None, each.level)),
        withheld=len(withheld),
        resting=_count(tuple(each.id for each in found.placed if each.rests is not None)),
        criteria_without_kpi=tuple(filter(elements.lists, found.criteria_without_kpi)),
        criteria_without_any=tuple(filter(elements.lists, found.criteria_without_any)),
        goals_without_kpi=found.goals_without_kpi,
        without_target=_count(found.without_target),
        without_measurement=_count(found.without_measurement),
        without_rewards=_count(found.without_rewards),
        rewards_to_review=_count(found.rewards_to_review),
        not_applied=found.unapplied,
    )
    asks = {"strategy": strategy, "unit": scope.unit, "level": level}
    return Found(answer=answer, asks=asks)


def figures(inquiry: Inquiry) -> Found:
    """What one KPI comes to at the moment: the way to its target, its trend and forecast, and when it is due again."""
    id = inquiry.find("kpi")
    state, _ = inquiry.own(KPI, id)
    if not sees(inquiry, state):
        raise NotPermitted(view_of(state), inquiry.session.caller.name)
    if state.strategy is None:
        raise NotOnRecordThen("kpi", inquiry.path["kpi"], "valid_at")
    situation = _situation(inquiry, state.strategy, str(state.strategy))
    found = kpi_tree(situation, inquiry.population(WHOLE), {id: state}, inquiry.day_of)
    if not found.placed:
        raise NotOnRecordThen("kpi", inquiry.path["kpi"], "valid_at")
    return Found(answer=_figures(found.placed[0], inquiry), asks={"kpi": id})


def _situation(inquiry: Inquiry, strategy: UUID, named: str) -> Situation:
    found = inquiry.services.questions.situation(inquiry.asked, strategy)
    if found is None:
        raise NotOnRecordThen("strategy", named, "valid_at")
    return found


def _level(inquiry: Inquiry) -> Level | None:
    text = inquiry.arguments.get("level")
    if text is None:
        return None
    try:
        return Level(text)
    except ValueError:
        problem = f"this has to be one of: {', '.join(Level)}"
        raise FieldsNotValid("level", problem, {"level": problem}) from None


def _figures(placed: Placed, inquiry: Inquiry) -> KpiFigures:
    kpi, comes_to = placed.kpi, placed.measured
    return KpiFigures(
        id=placed.id,
        key=kpi.key,
        title=kpi.title,
        level=placed.level,
        goal=kpi.goal,
        element=kpi.element,
        unit=placed.unit,
        person=kpi.person,
        measured_in=kpi.measured_in,
        direction=kpi.direction,
        baseline=kpi.baseline,
        target=kpi.target,
        due=kpi.due,
        frequency=kpi.frequency,
        outcome=kpi.outcome,
        value=comes_to.value,
        day=comes_to.day,
        measurements=comes_to.measurements,
        way_to_target=comes_to.way,
        trend=comes_to.trend,
        forecast=comes_to.forecast,
        measure_by=comes_to.measure_by,
        overdue=comes_to.overdue,
        rewards=_rewards(kpi, inquiry.today),
        rests=placed.rests,
    )


def _rewards(kpi: Kpi, today: date) -> RewardsAnswer:
    stated, looked = kpi.rewards[-1] if kpi.rewards else None, kpi.reviews[-1] if kpi.reviews else None
    return RewardsAnswer(
        stated_at=stated.since if stated else None,
        review_by=stated.review_by if stated else None,
        reviewed_at=looked.at if looked else None,
        reviewer=looked.reviewer if looked else None,
        overdue=review_overdue(kpi, today),
    )


def _rolled(found: RolledUp) -> RolledUpAnswer:
    return RolledUpAnswer(
        kpis=_count(found.kpis),
        with_target=_count(found.with_target),
        measured=_count(found.measured),
        met=_count(found.met),
        overdue=_count(found.overdue),
        lowest_way=found.lowest_way,
        middle_way=found.middle_way,
    )


def _count(records: tuple[UUID, ...]) -> CountOfKpis:
    return CountOfKpis(count=len(records), records=records)


KPI_FIGURES = Noun(
    name="kpi figures",
    description="What KPIs come to, and how they roll up to goals, criteria and bets.",
    asks=(
        Ask(
            path="alignment/kpis",
            view="alignment",
            find=rolled_up,
            title="Show what the KPIs come to.",
            answers=KpisAnswer,
            arguments=(
                STRATEGY_ARGUMENT,
                Argument(name="unit", meaning="Only this unit, by key or id, and those below it."),
                Argument(
                    name="level",
                    meaning="List only the KPIs of this level; what rolls up stays the same.",
                    schema={"type": "string", "enum": [each.value for each in Level]},
                ),
            ),
        ),
        Ask(
            path="kpis/<path:kpi>/figures",
            view="kpi",
            find=figures,
            title="Show what a KPI comes to.",
            answers=KpiFigures,
        ),
    ),
)
