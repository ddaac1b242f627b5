"""KPIs over HTTP: defined, changed, measured, retired, and what follows from success and failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.concerns import about_kpi
from application.permissions import About, NotPermitted
from domain.accountability import Tenures
from domain.kpi import KPI, Kpi, Measurement, Rewards, RewardsReview
from domain.kpi_events import Direction, Frequency, OutcomeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiAnswer:
    """One KPI as of a moment: what it measures, from where to where, and the value that counts then."""

    id: UUID
    key: str | None
    strategy: UUID | None
    goal: UUID | None
    element: str | None
    unit: UUID | None
    person: UUID | None
    title: str
    measured_in: str
    direction: Direction
    baseline: str | None
    target: str | None
    tolerance: str | None
    due: date | None
    method: str | None
    source: str | None
    frequency: Frequency | None
    measurer: Tenures
    outcome: OutcomeKind | None
    value: str | None
    measured_at: datetime | None
    measurements: int
    rewards: tuple[Rewards, ...]
    reviews: tuple[RewardsReview, ...]
    defined_at: datetime | None
    retired_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementAnswer:
    """One value of a KPI, as of an instant and the organisation's day of it."""

    at: datetime
    day: date
    value: str


def shaped(id: UUID, state: Kpi) -> KpiAnswer:
    """A KPI's state as it is answered."""
    newest = state.measurements[-1] if state.measurements else None
    return KpiAnswer(
        id=id,
        key=state.key,
        strategy=state.strategy,
        goal=state.goal,
        element=state.element,
        unit=state.unit,
        person=state.person,
        title=state.title,
        measured_in=state.measured_in,
        direction=state.direction,
        baseline=state.baseline,
        target=state.target,
        tolerance=state.tolerance,
        due=state.due,
        method=state.method,
        source=state.source,
        frequency=state.frequency,
        measurer=state.measurer,
        outcome=state.outcome,
        value=newest.value if newest else None,
        measured_at=newest.since if newest else None,
        measurements=len(state.measurements),
        rewards=state.rewards,
        reviews=state.reviews,
        defined_at=state.defined_at,
        retired_at=state.retired_at,
    )


def sees(inquiry: Inquiry, state: Kpi) -> bool:
    """Whether the caller may see a KPI: a person's own opens to fewer than a unit's."""
    concerned: Callable[[], About] = lambda: about_kpi(inquiry.desk, inquiry.session.caller, state)  # noqa: E731
    return inquiry.sees(concerned, view_of(state))


def view_of(state: Kpi) -> str:
    """The view that opens a KPI."""
    return "kpi" if state.person is None else "individual-kpi"


def listed(inquiry: Inquiry) -> Found:
    """KPIs that the caller may see: of a strategy, a goal, an element, a unit, a person, or all."""
    strategy, goal, unit, person = (inquiry.named(kind) for kind in ("strategy", "goal", "unit", "person"))
    element = inquiry.arguments.get("element")

    def shape(_: str, entry: tuple[UUID, Kpi]) -> KpiAnswer | None:
        id, state = entry
        wanted = all(
            asked is None or asked == has
            for asked, has in ((goal, state.goal), (unit, state.unit), (element, state.element))
        )
        return shaped(id, state) if wanted and sees(inquiry, state) else None

    states = inquiry.states(KPI, strategy=strategy, subject=person)
    asks = {"strategy": strategy, "goal": goal, "element": element, "unit": unit, "person": person}
    return inquiry.page(((str(id), (id, state)) for id, state in states.items()), shape, asks)


def shown(inquiry: Inquiry) -> Found:
    """One KPI. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id, state, version = _seen(inquiry)
    return Found(answer=shaped(id, state), asks={"kpi": id}, version=version)


def measurements(inquiry: Inquiry) -> Found:
    """The measurements of one KPI, oldest first, as they stand at the moment: corrected ones as they were corrected."""
    id, state, _ = _seen(inquiry)

    def shape(_: str, each: Measurement) -> MeasurementAnswer:
        return MeasurementAnswer(at=each.since, day=inquiry.day_of(each.since), value=each.value)

    entries = ((each.since.isoformat(timespec="microseconds"), each) for each in state.measurements)
    return inquiry.page(entries, shape, {"kpi": id})


def _seen(inquiry: Inquiry) -> tuple[UUID, Kpi, int | None]:
    id = inquiry.find("kpi")
    state, version = inquiry.own(KPI, id)
    if not sees(inquiry, state):
        raise NotPermitted(view_of(state), inquiry.session.caller.name)
    return id, state, version


def _on(sub_resource: str, topic: str, *, changes: bool = True) -> Act:
    return Act(path=f"kpis/<path:kpi>/{sub_resource}", topic=topic, leads_to="kpis/{id}", changes=changes)


KPIS = Noun(
    name="kpis",
    description="Measures of goals and criteria, from a baseline to a target, with their dated measurements.",
    acts=(
        Act(path="kpis", topic="kpi.defined", leads_to="kpis/{id}"),
        _on("changes", "kpi.changed"),
        # Each measurement is of a day of its own: two that are made at once are no conflict.
        _on("measurements", "kpi.measured", changes=False),
        _on("rewards", "kpi.rewards_stated"),
        _on("reward-reviews", "kpi.rewards_reviewed", changes=False),
        _on("retirements", "kpi.retired"),
    ),
    asks=(
        Ask(
            path="kpis",
            view="kpi",
            find=listed,
            title="List KPIs.",
            answers=list[KpiAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those under this strategy, by key or id."),
                Argument(name="goal", meaning="Only those of this goal, by key or id."),
                Argument(name="element", meaning="Only those of this element, by its id."),
                Argument(name="unit", meaning="Only those said to be this unit's, by key or id."),
                Argument(name="person", meaning="Only this person's own, by key or id."),
            ),
        ),
        Ask(path="kpis/<path:kpi>", view="kpi", find=shown, title="Show a KPI.", answers=KpiAnswer),
        Ask(
            path="kpis/<path:kpi>/measurements",
            view="kpi",
            find=measurements,
            title="List the measurements of a KPI.",
            answers=list[MeasurementAnswer],
            pages=True,
        ),
    ),
)
