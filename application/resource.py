"""Commands about resources: money and people planned for an element or a goal of a strategy, and spent on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.desk_rules import GoalOfAnotherStrategy, TargetElementUnknown
from domain.drivers import elements_by_then
from domain.kernel import Refusal, RefusalKind
from domain.resource import RESOURCE, Resource, ResourcePlanned, ResourceSpent


@dataclass(eq=False)
class ForOneThing(Refusal):
    """Resources that go into nothing, or into two things at once."""

    kind = RefusalKind.INVALID
    where = "element"
    rule = "it has to be said for one element of a strategy, or for one goal, what it is for"
    way_out = "name strategy and element, or a goal; split what is for several"


@dataclass(eq=False)
class GoalNotProposedThen(Refusal):
    """Resources for a goal that was not there yet."""

    goal: str
    where = "at"
    rule = "goal {goal!r} had not been proposed at that instant"
    way_out = "date this after its proposal; the period may begin earlier"


@command("resource.planned")
class PlanResource(Command):
    """Plan money or people for a bet, a let-go, another element or a goal, for a period of whole days.

    It takes the place of what was planned for the same period by the same unit. Amounts are texts of digits, such as
    `125000.50`; people are full-time equivalents (`full_time`) over the period.
    """

    begins: date
    ends: date
    strategy: str | None = None
    element: str | None = None
    goal: str | None = None
    unit: str | None = None
    amount: str | None = None
    currency: str | None = None
    full_time: str | None = None


@command("resource.spent")
class SpendResource(Command):
    """Say what money or people went into a bet, a let-go, another element or a goal, in a period of whole days.

    It adds to what was said before; what was said wrongly is corrected. Amounts are texts of digits, such as
    `125000.50`; people are full-time equivalents (`full_time`) over the period.
    """

    begins: date
    ends: date
    strategy: str | None = None
    element: str | None = None
    goal: str | None = None
    unit: str | None = None
    amount: str | None = None
    currency: str | None = None
    full_time: str | None = None


@handles(PlanResource)
def plan(asked: PlanResource, desk: Desk) -> AnyDraft:
    """A plan, from its instant on."""
    return _said(asked, desk, ResourcePlanned)


@handles(SpendResource)
def spend(asked: SpendResource, desk: Desk) -> AnyDraft:
    """What went in."""
    return _said(asked, desk, ResourceSpent)


def _said(asked: PlanResource | SpendResource, desk: Desk, content: type[ResourcePlanned | ResourceSpent]) -> AnyDraft:
    if (asked.element is None) == (asked.goal is None):
        raise ForOneThing
    strategy, goal = _under(asked, desk)
    # What goes into one thing stands in one stream, whichever way it is named.
    stream = desk.derived("resource", strategy, "element" if goal is None else "goal", goal or asked.element)
    said = content(
        strategy=strategy,
        element=asked.element,
        goal=goal,
        unit=desk.find("unit", asked.unit) if asked.unit is not None else None,
        begins=asked.begins,
        ends=asked.ends,
        amount=asked.amount,
        currency=asked.currency,
        full_time=asked.full_time,
    )
    return Draft[Resource](aggregate=RESOURCE, stream=stream, content=said)


def _under(asked: PlanResource | SpendResource, desk: Desk) -> tuple[UUID, UUID | None]:
    """The strategy, and the goal if it is for one. Raises what says that either was not there."""
    strategy = desk.find("strategy", asked.strategy) if asked.strategy is not None else None
    if asked.goal is not None:
        goal = desk.find("goal", asked.goal)
        state = desk.goal(goal)
        if state.strategy is None:
            raise GoalNotProposedThen(asked.goal)
        if strategy is not None and state.strategy != strategy:
            raise GoalOfAnotherStrategy(asked.goal)
        return state.strategy, goal
    if strategy is None or asked.element is None:
        raise ForOneThing
    if asked.element not in elements_by_then(desk.strategy(strategy)):
        raise TargetElementUnknown(asked.element)
    return strategy, None
