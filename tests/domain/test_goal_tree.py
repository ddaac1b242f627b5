"""What the goal tree lacks: units without goals, goals that support nothing, criteria and bets nothing supports."""

from __future__ import annotations

from datetime import date

import pytest

from domain.accountability import AccountableNamed
from domain.draft import StrategyRevised
from domain.goal import GOAL, Goal, GoalAbandoned, GoalAchieved, GoalChanged, GoalLevel, GoalProposed
from domain.goal_tree import GoalTree, goal_tree, level_of
from domain.kernel import Content
from domain.strategy import STRATEGY, StrategyDrafted
from domain.unit import UnitRenamed, UnitSplit
from tests.support.specification import some
from tests.support.story import STRATEGY_ID, Story

NAMES = ("first", "second", "third", "loose")


def company() -> Story:
    """The criterion renewals, which the bet on service supports, and the bet on price, in force; Service and Sales."""
    story = Story()
    for unit in ("Service", "Sales"):
        story.unit(unit)
    story.joins("Ann", home="Service")
    story.say("2026-01-02", STRATEGY, STRATEGY_ID, StrategyDrafted(title="Growth"))
    measured = {"measure": "share", "target": "90", "due": date(2026, 12, 31)}
    for revised in (
        StrategyRevised(element="renewals", kind="success_criterion", text="Clients renew", **measured),  # type: ignore[arg-type]
        StrategyRevised(element="service", kind="big_bet", text="Service first", supports=("renewals",)),
        StrategyRevised(element="price", kind="big_bet", text="The better price"),
    ):
        story.say("2026-01-02", STRATEGY, STRATEGY_ID, revised)
    for element in ("renewals", "service", "price"):
        named = AccountableNamed(element=element, person=some("Ann"))
        story.say("2026-01-02", STRATEGY, STRATEGY_ID, named)
    story.publishes("2026-01-10")
    return story


def propose(story: Story, goal: str, at: str = "2026-02-01", **said: object) -> None:
    content = GoalProposed(strategy=STRATEGY_ID, title=goal, **said)  # type: ignore[arg-type]  # fields of the content
    story.say(at, GOAL, some(goal), content)


def became(story: Story, goal: str, at: str, content: Content) -> None:
    story.say(at, GOAL, some(goal), content)


def tree(story: Story, day: str, unit: str | None = None) -> GoalTree:
    found = story.alignment(day, unit)
    return goal_tree(found.situation, found.population)


def loose(story: Story, day: str) -> set[str]:
    return {name for name in NAMES if some(name) in tree(story, day).loose}


def test_what_nothing_supports_is_what_no_goal_reaches_by_itself_or_through_others() -> None:
    story = company()
    assert tree(story, "2026-01-31").unsupported == ("price", "renewals", "service")
    propose(story, "first", supports_elements=("service",))
    assert tree(story, "2026-02-01").unsupported == ("price",)


def test_what_a_goal_above_supports_counts_while_something_is_pursued_below_it() -> None:
    story = company()
    propose(story, "first", supports_elements=("price",))
    propose(story, "second", supports_goal=some("first"))
    became(story, "first", "2026-03-01", GoalAchieved())
    assert "price" not in tree(story, "2026-03-01").unsupported
    became(story, "second", "2026-03-02", GoalAchieved())
    assert "price" in tree(story, "2026-03-02").unsupported


def test_a_goal_that_supports_nothing_is_loose_until_it_is_tied() -> None:
    story = company()
    propose(story, "loose")
    propose(story, "first", supports_elements=("renewals",))
    propose(story, "second", supports_goal=some("first"))
    assert loose(story, "2026-02-01") == {"loose"}
    became(story, "loose", "2026-02-10", GoalChanged(supports_goal=some("second")))
    assert loose(story, "2026-02-10") == set()
    became(story, "first", "2026-03-01", GoalAbandoned())
    assert loose(story, "2026-03-01") == {"second"}


def test_support_for_what_was_not_there_yet_has_no_effect() -> None:
    story = company()
    propose(story, "second", "2026-02-01", supports_goal=some("first"))
    propose(story, "first", "2026-02-05", supports_elements=("price",))
    assert loose(story, "2026-02-05") == {"second"}


def test_an_element_taken_out_supports_nothing() -> None:
    story = company()
    propose(story, "first", supports_elements=("price",))
    story.say("2026-03-01", STRATEGY, STRATEGY_ID, StrategyRevised(element="price", removed=True))
    story.publishes("2026-03-02")
    assert (loose(story, "2026-03-01"), loose(story, "2026-03-02")) == (set(), {"first"})


def test_units_without_a_goal_of_their_own_show_and_a_scope_has_its_own_branch() -> None:
    story = company()
    propose(story, "first", unit=some("Service"), supports_elements=("price",))
    propose(story, "third", person=some("Ann"), supports_goal=some("first"))
    assert tree(story, "2026-02-01").without_goals == (some("Sales"),)
    inside = tree(story, "2026-02-01", "Service")
    assert ({each.goal for each in inside.nodes}, inside.without_goals) == ({some("first"), some("third")}, ())
    outside = tree(story, "2026-02-01", "Sales")
    assert (outside.nodes, outside.without_goals) == ((), (some("Sales"),))
    became(story, "first", "2026-03-01", GoalAchieved())
    assert set(tree(story, "2026-03-01").without_goals) == {some("Sales"), some("Service")}


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("enterprise", GoalLevel.ORGANISATION),
        ("business", GoalLevel.BUSINESS),
        ("Function", GoalLevel.FUNCTION),
        ("team", GoalLevel.TEAM),
        ("chapter", GoalLevel.ORGANISATION),
    ],
)
def test_the_level_follows_from_the_units_kind(kind: str, level: GoalLevel) -> None:
    story = company()
    story.chart("2026-01-03", UnitRenamed(unit=some("Service"), kind=kind))
    assert level_in(story, "Service") is level


def test_a_unit_of_another_kind_is_what_it_is_in_the_chart() -> None:
    story = company()
    for name, parent in (("Care", "Service"), ("Care North", "Care")):
        story.unit(name, parent=parent)
    for name in ("Service", "Care", "Care North"):
        story.chart("2026-01-03", UnitRenamed(unit=some(name), kind="chapter"))
    found = [level_in(story, name) for name in ("Service", "Care", "Care North")]
    assert found == [GoalLevel.ORGANISATION, GoalLevel.FUNCTION, GoalLevel.TEAM]


def level_in(story: Story, unit: str) -> GoalLevel:
    found = story.alignment("2026-02-01").situation
    return level_of(found.organisation.chart, Goal(unit=some(unit)), found.valid_at)


def test_a_stated_level_counts_but_a_persons_goal_is_a_persons() -> None:
    found = company().alignment("2026-02-01")
    chart, at = found.situation.organisation.chart, found.situation.valid_at
    assert level_of(chart, Goal(), at) is GoalLevel.ORGANISATION
    assert level_of(chart, Goal(stated_level=GoalLevel.FUNCTION), at) is GoalLevel.FUNCTION
    assert level_of(chart, Goal(person=some("Ann")), at) is GoalLevel.PERSON


def test_a_goal_of_a_unit_that_was_split_stays_in_the_scopes_above_it() -> None:
    story = Story()
    for unit, parent in (("Top", None), ("Old", "Top"), ("One", "Top"), ("Two", "Top")):
        story.unit(unit, parent=parent)
    story.drafts(vision="Grow")
    story.proposes("faster", unit="Old", supports=("vision",))
    story.chart("2026-05-01", UnitSplit(unit=some("Old"), into=(some("One"), some("Two"))))
    for unit, goals in (("Top", 1), ("One", 0)):
        found = story.alignment("2026-05-02", unit)
        tree = goal_tree(found.situation, found.population)
        assert len(tree.nodes) == goals
        assert some(unit) in tree.without_goals
