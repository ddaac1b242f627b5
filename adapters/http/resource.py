"""Resources over HTTP: planned for and spent on a bet, a let-go, another element or a goal, as they were said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.permissions import NotPermitted
from domain.resource import RESOURCE, Given, Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """What was said to go in: so much of one measure, a currency or `people` (full-time equivalents), in a period."""

    said_at: datetime
    begins: date
    ends: date
    measure: str
    amount: str
    unit: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceAnswer:
    """What was said to go into one element or goal: the plans that stand, and all that was spent.

    A caller who may see some units alone sees what these give.
    """

    id: UUID
    strategy: UUID | None
    element: str | None
    goal: UUID | None
    planned: tuple[GivenAnswer, ...]
    spent: tuple[GivenAnswer, ...]


def _sees(inquiry: Inquiry, state: Resource, given: Given) -> bool:
    units = {given.unit}
    if given.unit is None and state.goal is not None:
        units = {inquiry.desk.unit_of("goal", state.goal)}
    return inquiry.sees(lambda: inquiry.about(units=[unit for unit in units if unit is not None]))


def shaped(inquiry: Inquiry, id: UUID, state: Resource) -> ResourceAnswer | None:
    """What the caller sees of it; None where that is nothing."""

    def told(given: tuple[Given, ...]) -> tuple[GivenAnswer, ...]:
        return tuple(
            GivenAnswer(
                said_at=each.since,
                begins=each.begins,
                ends=each.ends,
                measure=each.measure,
                amount=format(each.amount, "f"),
                unit=each.unit,
            )
            for each in given
            if _sees(inquiry, state, each)
        )

    planned, spent = told(state.planned), told(state.spent)
    if not (planned or spent):
        return None
    return ResourceAnswer(
        id=id, strategy=state.strategy, element=state.element, goal=state.goal, planned=planned, spent=spent
    )


def listed(inquiry: Inquiry) -> Found:
    """What goes into which element and goal, as far as the caller may see it."""
    strategy = inquiry.named("strategy")
    entries = ((str(id), (id, state)) for id, state in inquiry.states(RESOURCE, strategy=strategy).items())
    return inquiry.page(entries, lambda _, entry: shaped(inquiry, *entry), {"strategy": strategy})


def shown(inquiry: Inquiry) -> Found:
    """What goes into one element or goal, by the id that its first statement led to."""
    id = inquiry.find("resource")
    state, version = inquiry.own(RESOURCE, id)
    answer = shaped(inquiry, id, state)
    if answer is None:
        raise NotPermitted("resource", inquiry.session.caller.name)
    return Found(answer=answer, asks={"resource": id}, version=version)


RESOURCES = Noun(
    name="resources",
    description="Money and people, planned and actual, per bet, goal and let-go.",
    acts=(
        Act(path="resources/plans", topic="resource.planned", leads_to="resources/{id}"),
        Act(path="resources/spendings", topic="resource.spent", leads_to="resources/{id}"),
    ),
    asks=(
        Ask(
            path="resources",
            view="resource",
            find=listed,
            title="List what goes into what.",
            answers=list[ResourceAnswer],
            pages=True,
            arguments=(Argument(name="strategy", meaning="Only under this strategy, by key or id."),),
        ),
        Ask(
            path="resources/<resource>",
            view="resource",
            find=shown,
            title="Show what goes into one element or goal.",
            answers=ResourceAnswer,
        ),
    ),
)
