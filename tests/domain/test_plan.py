"""When the next plan opens: once no action of the last one is still to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from domain.accountability import Accountable
from domain.action import Action, ActionStatus
from domain.goal import Goal, GoalStatus, StatusSince
from domain.kernel import Party
from domain.obligation import ByWhen
from domain.plan import last_open, party_of
from tests.support.specification import instant, some

AT = instant("2026-03-01")
FEBRUARY, APRIL, JULY = date(2026, 2, 1), date(2026, 4, 1), date(2026, 7, 1)
TODAY = date(2026, 6, 30)


def goal(start: date | None, unit: str = "service", status: GoalStatus = GoalStatus.ACCEPTED) -> Goal:
    statuses = (StatusSince(status, AT),)
    return Goal(proposed_at=AT, strategy=some("growth"), unit=some(unit), start=start, statuses=statuses)


def action(of: str, status: ActionStatus = ActionStatus.PLANNED, at: datetime = AT) -> Action:
    owner, by_when = Accountable(some("Ann"), at), ByWhen(date(2026, 5, 1), at)
    return Action(planned_at=at, goal=some(of), owners=(owner,), by_whens=(by_when,), status=status)


GOALS: dict[UUID, Goal] = {
    some("old"): goal(FEBRUARY),
    some("last"): goal(APRIL),
    some("next"): goal(JULY),
    some("undated"): goal(None),
    some("theirs"): goal(APRIL, "sales"),
    some("elsewhere"): replace(goal(APRIL), strategy=some("care")),
    some("gone"): goal(APRIL, status=GoalStatus.ABANDONED),
}


def open_of(*actions: Action, start: date = JULY) -> tuple[date, int] | None:
    found = last_open(GOALS, actions, goal(start), start, TODAY)
    return (found.start, found.open) if found is not None else None


def test_actions_that_are_still_to_be_done_keep_it_closed() -> None:
    assert open_of(action("last"), action("last"), action("last", ActionStatus.DONE)) == (APRIL, 2)


@pytest.mark.parametrize("status", [ActionStatus.DONE, ActionStatus.DROPPED])
def test_what_is_done_or_dropped_does_not(status: ActionStatus) -> None:
    assert open_of(action("last", status)) is None


@pytest.mark.parametrize("of", ["theirs", "elsewhere", "undated", "next", "gone", "nothing"])
def test_actions_of_another_party_strategy_or_plan_do_not(of: str) -> None:
    assert open_of(action(of)) is None


def test_the_latest_plan_that_is_open_is_named() -> None:
    assert open_of(action("old"), action("old"), action("last")) == (APRIL, 1)
    assert open_of(action("old"), action("last"), start=APRIL) == (FEBRUARY, 1)


def test_a_plan_is_a_persons_a_units_or_the_whole_organisations() -> None:
    assert party_of(goal(APRIL)) == Party("unit", some("service"))
    assert party_of(Goal(person=some("Ann"))) == Party("person", some("Ann"))
    assert party_of(Goal()) is None
