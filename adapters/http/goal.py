"""Goals over HTTP: proposed, changed, and whatever becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.permissions import About, NotPermitted
from domain.accountability import Tenures
from domain.goal import GOAL, Goal, GoalLevel, GoalStatus, StatusSince
from domain.goal_tree import level_of
from domain.kernel import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalAnswer:
    """One goal as of a moment, with its statuses since when, oldest first.

    `due` is its last day, stated or `within_days` (30, 60 or 90) after its `start`; `level` is the stated one, else
    that of the person or unit whose goal it is.
    """

    id: UUID
    key: str | None
    strategy: UUID | None
    title: str
    status: GoalStatus | None
    unit: UUID | None
    supports_elements: tuple[str, ...]
    supports_goal: UUID | None
    accountable: Tenures
    target: str | None
    due: date | None
    proposed_at: datetime | None
    statuses: tuple[StatusSince, ...]
    replaced_by: UUID | None
    person: UUID | None
    level: GoalLevel
    substantiation: str | None
    approach: str | None
    start: date | None
    within_days: int | None


def shaped(inquiry: Inquiry, id: UUID, state: Goal) -> GoalAnswer:
    """A goal's state as it is answered."""
    return GoalAnswer(
        id=id,
        key=state.key,
        strategy=state.strategy,
        title=state.title,
        status=state.status,
        unit=state.unit,
        supports_elements=state.supports_elements,
        supports_goal=state.supports_goal,
        accountable=state.accountable,
        target=state.target,
        due=state.due,
        proposed_at=state.proposed_at,
        statuses=state.statuses,
        replaced_by=state.replaced_by,
        person=state.person,
        level=level_of(inquiry.settings.chart, state, inquiry.asked.valid_at),
        substantiation=state.substantiation,
        approach=state.approach,
        start=state.start,
        within_days=state.within_days,
    )


def _concerned(inquiry: Inquiry, state: Goal) -> Callable[[], About]:
    party = Party("person", state.person) if state.person is not None else None
    return lambda: inquiry.about(party, (state.unit,) if state.unit is not None else ())


def listed(inquiry: Inquiry) -> Found:
    """Goals that the caller may see: of a strategy, of a unit, of one status, or all."""
    strategy, unit, status = inquiry.named("strategy"), inquiry.named("unit"), inquiry.arguments.get("status")

    def shape(_: str, entry: tuple[UUID, Goal]) -> GoalAnswer | None:
        id, state = entry
        if (status is not None and state.status != status) or (unit is not None and state.unit != unit):
            return None
        return shaped(inquiry, id, state) if inquiry.sees(_concerned(inquiry, state)) else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(GOAL, strategy=strategy).items())
    return inquiry.page(entries, shape, {"strategy": strategy, "unit": unit, "status": status})


def shown(inquiry: Inquiry) -> Found:
    """One goal. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("goal")
    state, version = inquiry.own(GOAL, id)
    if not inquiry.sees(_concerned(inquiry, state)):
        raise NotPermitted("goal", inquiry.session.caller.name)
    return Found(answer=shaped(inquiry, id, state), asks={"goal": id}, version=version)


def _on(sub_resource: str, topic: str) -> Act:
    return Act(path=f"goals/<path:goal>/{sub_resource}", topic=topic, leads_to="goals/{id}", changes=True)


GOALS = Noun(
    name="goals",
    description="Intended results that support a bet, a criterion or a parent goal.",
    acts=(
        Act(path="goals", topic="goal.proposed", leads_to="goals/{id}"),
        _on("changes", "goal.changed"),
        _on("acceptances", "goal.accepted"),
        _on("declines", "goal.declined"),
        _on("deferrals", "goal.deferred"),
        _on("reopenings", "goal.reopened"),
        _on("achievements", "goal.achieved"),
        _on("misses", "goal.missed"),
        _on("abandonments", "goal.abandoned"),
        _on("replacements", "goal.replaced"),
    ),
    asks=(
        Ask(
            path="goals",
            view="goal",
            find=listed,
            title="List goals.",
            answers=list[GoalAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those of this strategy, by key or id."),
                Argument(name="unit", meaning="Only those of this unit, by key or id."),
                Argument(
                    name="status",
                    meaning="Only those that stand so.",
                    schema={"type": "string", "enum": [each.value for each in GoalStatus]},
                ),
            ),
        ),
        Ask(path="goals/<path:goal>", view="goal", find=shown, title="Show a goal.", answers=GoalAnswer),
    ),
)
