"""What a plan comes to: by horizon, by party, and of actions whose planning has effect."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.accountability import Accountable
from domain.action import Action, ActionStatus
from domain.goal import GOAL, GoalProposed
from domain.kernel import Party
from domain.obligation import ByWhen
from domain.plan_figures import Plan, effective, plans
from domain.situation import NOT_JOINED, NOT_PROPOSED
from tests.support.specification import instant, some
from tests.support.story import STRATEGY_ID, Story

APRIL = date(2026, 4, 1)


def service(days: int | None = 90) -> Story:
    """Service has the goal faster from 1 April on; Ann has one of her own, undated."""
    story = Story()
    for unit in ("Service", "Sales"):
        story.unit(unit)
    story.joins("Ann", home="Service")
    story.drafts(vision="Grow")
    own = GoalProposed(strategy=STRATEGY_ID, title="own", person=some("Ann"))
    faster = GoalProposed(strategy=STRATEGY_ID, title="faster", unit=some("Service"), start=APRIL, within_days=days)
    story.say("2026-03-20", GOAL, some("faster"), faster)
    story.say("2026-03-20", GOAL, some("own"), own)
    return story


def action(
    by_when: date,
    *,
    goal: str | None = "faster",
    at: str = "2026-04-01",
    moved: date | None = None,
    status: ActionStatus = ActionStatus.PLANNED,
    unit: str | None = None,
    owner: str = "Ann",
) -> Action:
    days = (ByWhen(by_when, instant(at)), *((ByWhen(moved, instant(at)),) if moved else ()))
    return Action(
        planned_at=instant(at),
        goal=some(goal) if goal else None,
        gap=None if goal else some("gap"),
        unit=some(unit) if unit else None,
        owners=(Accountable(some(owner), instant(at)),),
        by_whens=days,
        status=status,
    )


def read(story: Story, day: str, unit: str | None = None, **actions: Action) -> tuple[Plan, ...]:
    found = story.alignment(day, unit)
    return plans(found.situation, {some(name): each for name, each in actions.items()}, found.population)


def ids(*names: str) -> tuple[UUID, ...]:
    return tuple(sorted(map(some, names)))


def test_actions_stand_in_the_horizon_of_their_first_day_and_later_ones_apart() -> None:
    (plan,) = read(
        service(),
        "2026-05-02",
        a=action(date(2026, 5, 1), moved=date(2026, 6, 1)),
        b=action(date(2026, 5, 1)),
        c=action(date(2026, 5, 2)),
        d=action(date(2026, 6, 30), status=ActionStatus.DONE),
        e=action(date(2026, 7, 1), status=ActionStatus.DROPPED),
    )
    horizons = {each.days: each for each in plan.horizons}
    assert {days: (each.ends, each.actions.reads) for days, each in horizons.items()} == {
        30: (date(2026, 5, 1), "0 of 2"),
        60: (date(2026, 5, 31), "0 of 1"),
        90: (date(2026, 6, 30), "1 of 1"),
        None: (None, "0 of 0"),
    }
    assert (horizons[30].actions.overdue, horizons[30].actions.open) == (ids("b"), ids("a"))
    assert (plan.actions.moved, plan.actions.ended, plan.actions.reads) == (ids("a"), ids("e"), "1 of 4")
    assert (plan.party, plan.start, plan.goals) == (Party("unit", some("Service")), APRIL, ids("faster"))


def test_a_plan_without_open_actions_is_closed_out() -> None:
    (empty,) = read(service(), "2026-05-02")
    assert empty.closed_out
    (plan,) = read(service(), "2026-05-02", a=action(date(2026, 5, 1), status=ActionStatus.DONE))
    assert plan.closed_out
    (plan,) = read(service(), "2026-05-02", a=action(date(2026, 6, 1)))
    assert not plan.closed_out


def test_an_action_is_of_its_own_unit_where_it_names_one_and_of_no_plan_without_a_start() -> None:
    found = read(
        service(),
        "2026-04-10",
        a=action(date(2026, 5, 1)),
        b=action(date(2026, 5, 1), unit="Sales"),
        c=action(date(2026, 5, 1), goal="own"),
        d=action(date(2026, 5, 1), goal=None),
    )
    assert {(each.party, each.start): each.actions.open for each in found} == {
        (None, None): ids("d"),
        (Party("person", some("Ann")), None): ids("c"),
        (Party("unit", some("Sales")), APRIL): ids("b"),
        (Party("unit", some("Service")), APRIL): ids("a"),
    }
    assert [
        each.party for each in read(service(), "2026-04-10", "Sales", b=action(date(2026, 5, 1), unit="Sales"))
    ] == [Party("unit", some("Sales"))]


def test_what_was_planned_for_a_goal_or_by_an_owner_not_there_yet_has_no_effect() -> None:
    story = service()
    found = story.alignment("2026-04-10").situation
    recorded = {
        some("a"): action(date(2026, 5, 1)),
        some("early"): action(date(2026, 5, 1), at="2026-03-19"),
        some("nobody"): action(date(2026, 5, 1), owner="Zoe"),
    }
    counted, without = effective(recorded, found.goals, found.people)
    assert set(counted) == {some("a")}
    assert {each.record: each.reason for each in without} == {some("early"): NOT_PROPOSED, some("nobody"): NOT_JOINED}
