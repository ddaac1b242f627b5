"""Who is on the hook for each criterion, bet and goal, and for how long nobody has been."""

from __future__ import annotations

from datetime import date

from domain.accountability import AccountableNamed
from domain.draft import StrategyRevised
from domain.goal import GoalAchieved, GoalChanged
from domain.strategy import STRATEGY, StrategyDrafted
from domain.unit import UnitDissolved, UnitMerged
from domain.vacancy import on_the_hook
from tests.support.specification import instant, some
from tests.support.story import STRATEGY_ID, Story


def company() -> Story:
    """A draft with the criterion renewals, the bet on service, and a value; Ann of Service, Ben of Sales."""
    story = Story()
    story.unit("Service")
    story.unit("Sales")
    story.joins("Ann", home="Service")
    story.joins("Ben", home="Sales")
    story.say("2026-01-02", STRATEGY, STRATEGY_ID, StrategyDrafted(title="Growth"))
    renewals = StrategyRevised(
        element="renewals",
        kind="success_criterion",
        text="Clients renew",
        measure="share",
        target="90",
        due=date(2026, 12, 31),
    )
    for revised in (
        renewals,
        StrategyRevised(element="service", kind="big_bet", text="Service first"),
        StrategyRevised(element="honesty", kind="value", text="We say it"),
    ):
        story.say("2026-01-02", STRATEGY, STRATEGY_ID, revised)
    return story


def named(story: Story, what: str, who: str | None, at: str, *, goal: bool = False) -> None:
    content = AccountableNamed(
        element=None if goal else what, goal=some(what) if goal else None, person=some(who) if who else None
    )
    story.say(at, STRATEGY, STRATEGY_ID, content)


def hooked(story: Story, day: str, unit: str | None = None) -> dict[str, tuple[str | None, str]]:
    """By element or goal: who answers for it, and since which day that, or a vacancy, has been so."""
    names = {some(name): name for name in ("Ann", "Ben", "faster")}
    return {
        each.element or names[each.goal or some("")]: (
            names[each.person] if each.person else None,
            f"{each.since:%Y-%m-%d}",
        )
        for each in story.alignment(day, unit).on_the_hook
    }


def published(story: Story) -> Story:
    named(story, "renewals", "Ann", "2026-01-05")
    named(story, "service", "Ben", "2026-01-05")
    story.publishes("2026-01-10")
    return story


def test_nobody_is_a_vacancy_as_old_as_the_draft() -> None:
    story = company()
    named(story, "renewals", "Ann", "2026-01-05")
    assert hooked(story, "2026-01-04") == {"renewals": (None, "2026-01-02"), "service": (None, "2026-01-02")}
    assert hooked(story, "2026-01-05") == {"renewals": ("Ann", "2026-01-05"), "service": (None, "2026-01-02")}


def test_criteria_and_bets_in_force_are_answered_for_by_whom_was_named_last() -> None:
    story = published(company())
    named(story, "renewals", "Ben", "2026-02-01")
    named(story, "service", None, "2026-02-01")
    assert hooked(story, "2026-01-31") == {"renewals": ("Ann", "2026-01-05"), "service": ("Ben", "2026-01-05")}
    assert hooked(story, "2026-02-01") == {"renewals": ("Ben", "2026-02-01"), "service": (None, "2026-02-01")}


def test_who_leaves_leaves_a_vacancy_and_coming_back_does_not_fill_it() -> None:
    story = published(company())
    story.leaves("Ann", "2026-03-01")
    story.joins("Ann", home="Service", at="2026-04-01")
    named(story, "service", "Ann", "2026-04-02")
    named(story, "renewals", None, "2026-04-02")
    named(story, "renewals", "Ann", "2026-04-03")
    assert hooked(story, "2026-02-28")["renewals"] == ("Ann", "2026-01-05")
    assert hooked(story, "2026-03-01")["renewals"] == hooked(story, "2026-04-01")["renewals"] == (None, "2026-03-01")
    assert hooked(story, "2026-04-03")["renewals"] == ("Ann", "2026-04-03")


def test_somebody_named_before_they_joined_answers_for_nothing() -> None:
    story = company()
    named(story, "renewals", "Eve", "2026-01-05")
    story.joins("Eve", at="2026-02-01")
    assert hooked(story, "2026-02-01")["renewals"] == (None, "2026-01-05")


def test_a_vacancy_of_an_element_that_came_later_is_as_old_as_its_revision() -> None:
    story = published(company())
    story.say("2026-02-01", STRATEGY, STRATEGY_ID, StrategyRevised(element="speed", kind="bet", text="Faster"))
    named(story, "speed", "Ann", "2026-02-01")
    story.publishes("2026-02-02", in_force_from="2026-03-01")
    assert "speed" not in hooked(story, "2026-02-28")
    assert hooked(story, "2026-03-01")["speed"] == ("Ann", "2026-02-01")
    story.leaves("Ann", "2026-02-15")
    assert hooked(story, "2026-03-01")["speed"] == (None, "2026-03-01")


def test_a_goal_is_answered_for_as_long_as_it_is_pursued() -> None:
    story = published(company())
    story.proposes("faster", "2026-02-01", unit="Service")
    story.about("faster", "2026-02-10", GoalChanged(accountable=some("Ann")))
    named(story, "faster", "Ben", "2026-02-20", goal=True)
    story.about("faster", "2026-03-01", GoalAchieved())
    days = {
        "2026-02-01": (None, "2026-02-01"),
        "2026-02-10": ("Ann", "2026-02-10"),
        "2026-02-20": ("Ben", "2026-02-20"),
        "2026-03-01": None,
    }
    assert {day: hooked(story, day).get("faster") for day in days} == days
    assert story.count("accountable/goals_vacant", "2026-02-01") == 1
    assert story.count("accountable/goals_vacant", "2026-02-10") == 0


def test_a_unit_sees_its_goals_and_what_its_people_answer_for() -> None:
    story = published(company())
    story.proposes("faster", "2026-02-01", unit="Sales")
    assert set(hooked(story, "2026-02-01", "Service")) == {"renewals"}
    assert set(hooked(story, "2026-02-01", "Sales")) == {"service", "faster"}
    assert set(hooked(story, "2026-02-01")) == {"renewals", "service", "faster"}
    assert story.who("accountable/people", "2026-02-01", "Sales") == {"Ben"}


def test_what_a_draft_alone_adds_needs_nobody_yet() -> None:
    story = published(company())
    story.say("2026-02-01", STRATEGY, STRATEGY_ID, StrategyRevised(element="speed", kind="bet", text="Faster"))
    assert set(hooked(story, "2026-02-01")) == {"renewals", "service"}
    assert story.alignment("2026-02-01").on_the_hook[0].since == instant("2026-01-05")


def test_goals_of_units_that_ended_are_vacant_where_these_are_carried_on_or_last_were() -> None:
    story = Story()
    for unit, parent in (("Top", None), ("Old", "Top"), ("Other", "Top"), ("New", "Top")):
        story.unit(unit, parent=parent)
    story.drafts(vision="Grow")
    story.proposes("merged", unit="Old")
    story.proposes("split", unit="Other")
    story.chart("2026-05-01", UnitMerged(unit=some("Old"), into=some("New")))
    story.chart("2026-05-01", UnitDissolved(unit=some("Other")))
    for unit, vacant in (("Top", {"merged", "split"}), ("New", {"merged"})):
        found = story.alignment("2026-05-02", unit)
        hooks = on_the_hook(found.situation, found.population, followed=True)
        assert {each.goal for each in hooks} == {some(goal) for goal in vacant}
