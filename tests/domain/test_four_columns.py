"""The table of four columns: what stands in which cell, which are empty, and which tactics are in no row."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from domain.exception import ExceptionApproved, ExceptionEnded
from domain.four_columns import Cover, FourColumns, LooseTactic, four_columns
from domain.goal import GOAL, GoalAbandoned, GoalAchieved, GoalDeferred, GoalProposed
from domain.kernel import Actor
from domain.kpi import Kpi
from domain.situation import NOT_PROPOSED
from domain.strategy import STRATEGY
from domain.tactic import Serves, Tactic
from tests.support.specification import instant, some
from tests.support.story import STRATEGY_ID, Story

CLEO = Actor(person=some("Cleo"))


def service() -> Story:
    """Service has the goal faster; Ann one of her own. Cleo leads neither."""
    story = Story()
    for unit in ("Service", "Sales"):
        story.unit(unit)
    story.joins("Ann", home="Service")
    story.joins("Cleo", home="Sales")
    story.drafts(vision="Grow")
    for goal, said in (("faster", {"unit": some("Service")}), ("own", {"person": some("Ann"), "approach": "read"})):
        content = GoalProposed(strategy=STRATEGY_ID, title=goal, **said)
        story.say("2026-02-01", GOAL, some(goal), content)
    return story


def tactic(goal: str | None, at: str = "2026-02-05", dropped_at: datetime | None = None) -> Tactic:
    return Tactic(
        adopted_at=instant(at),
        author=some("Ann"),
        key="fair",
        strategy=STRATEGY_ID,
        title="Fair",
        serves=(Serves(some(goal) if goal else None, instant(at)),),
        dropped_at=dropped_at,
    )


def kpi(goal: str, at: str = "2026-02-05", retired_at: datetime | None = None) -> Kpi:
    return Kpi(defined_at=instant(at), strategy=STRATEGY_ID, goal=some(goal), title="K", retired_at=retired_at)


def table(
    story: Story,
    day: str,
    tactics: dict[UUID, Tactic] | None = None,
    kpis: dict[UUID, Kpi] | None = None,
    unit: str | None = None,
    person: str | None = None,
) -> FourColumns:
    found = story.alignment(day, unit)
    who = some(person) if person else None
    return four_columns(found.situation, tactics or {}, kpis or {}, found.population, who)


def empty(found: FourColumns) -> dict[UUID, tuple[str, ...]]:
    return {each.goal: each.empty for each in found.rows}


def test_cells_are_empty_until_something_stands_in_them() -> None:
    story = service()
    assert empty(table(story, "2026-02-10")) == {
        some("faster"): ("substantiation", "approach_and_tactics", "kpis"),
        some("own"): ("substantiation", "kpis"),
    }
    filled = table(story, "2026-02-10", {some("t"): tactic("faster")}, {some("k"): kpi("faster")})
    assert empty(filled)[some("faster")] == ("substantiation",)
    assert (filled.rows[0].tactics, filled.rows[0].kpis, filled.loose) == ((some("t"),), (some("k"),), ())


def test_what_was_dropped_or_retired_fills_no_cell() -> None:
    over = instant("2026-02-08")
    found = table(service(), "2026-02-10", {some("t"): tactic("faster", dropped_at=over)},
                  {some("k"): kpi("faster", retired_at=over)})  # fmt: skip
    assert empty(found)[some("faster")] == ("substantiation", "approach_and_tactics", "kpis")


def test_a_scope_has_its_own_rows_and_a_person_theirs_alone() -> None:
    story = service()
    assert list(empty(table(story, "2026-02-10", unit="Service"))) == [some("faster"), some("own")]
    assert table(story, "2026-02-10", unit="Sales").rows == ()
    assert list(empty(table(story, "2026-02-10", person="Ann"))) == [some("own")]


def test_only_pursued_goals_have_rows() -> None:
    story = service()
    story.about("faster", "2026-03-01", GoalAchieved())
    assert list(empty(table(story, "2026-03-01"))) == [some("own")]
    assert table(story, "2026-03-01", {some("t"): tactic("faster")}).loose == ()


def test_the_tactic_of_a_goal_that_was_put_off_stands_in_no_row_and_shows() -> None:
    story = service()
    story.about("faster", "2026-03-01", GoalDeferred())
    found = table(story, "2026-03-01", {some("t"): tactic("faster")})
    assert list(empty(found)) == [some("own")]
    assert [(each.tactic, each.goal, each.cover) for each in found.loose] == [(some("t"), some("faster"), Cover.NONE)]


def test_what_was_adopted_before_its_goal_was_proposed_has_no_effect() -> None:
    found = table(service(), "2026-02-10", {some("t"): tactic("faster", at="2026-01-31")})
    assert [(each.record, each.reason) for each in found.without_effect] == [(some("t"), NOT_PROPOSED)]
    assert "approach_and_tactics" in empty(found)[some("faster")]


def excepted(story: Story, *, element: str | None = "fair", by: Actor = CLEO) -> None:
    approved = ExceptionApproved(
        exception="e", objection="tactic-without-goal", element=element, expires=instant("2026-05-01")
    )
    story.say("2026-02-01", STRATEGY, STRATEGY_ID, approved, by)


def covers(story: Story, day: str) -> LooseTactic:
    (found,) = table(story, day, {some("t"): tactic(None)}).loose
    return found


@pytest.mark.parametrize("element", ["fair", None])
def test_a_tactic_without_a_goal_is_covered_until_its_exception_expires(element: str | None) -> None:
    story = service()
    assert covers(story, "2026-02-10").cover is Cover.NONE
    excepted(story, element=element)
    assert (covers(story, "2026-04-30").cover, covers(story, "2026-04-30").exception) == (Cover.EXCEPTION, "e")
    assert covers(story, "2026-05-01").cover is Cover.EXPIRED
    assert covers(story, "2026-05-01").expires == instant("2026-05-01")


def test_an_exception_that_ended_is_over() -> None:
    story = service()
    excepted(story)
    story.say("2026-03-01", STRATEGY, STRATEGY_ID, ExceptionEnded(exception="e"), CLEO)
    assert (covers(story, "2026-02-28").cover, covers(story, "2026-03-01").cover) == (Cover.EXCEPTION, Cover.EXPIRED)


def test_an_exception_for_another_tactic_or_by_its_own_author_covers_nothing() -> None:
    story = service()
    excepted(story, element="other")
    assert covers(story, "2026-02-10").cover is Cover.NONE
    own = service()
    excepted(own, by=Actor(person=some("Ann")))
    assert covers(own, "2026-02-10").cover is Cover.NONE


def test_a_tactic_of_a_goal_that_was_given_up_is_in_no_row() -> None:
    story = service()
    story.about("faster", "2026-03-01", GoalAbandoned())
    (found,) = table(story, "2026-03-01", {some("t"): tactic("faster")}).loose
    assert (found.goal, found.cover) == (some("faster"), Cover.NONE)
    assert table(story, "2026-03-01", {some("t"): tactic("faster")}, unit="Sales").loose == ()
