"""KPIs in their place: whose they are, what they roll up to, which rest, and who owes the next measurement."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from application.ledger import Receipt
from domain.goal import GoalLevel
from domain.kpi import KPI
from domain.kpi_events import Direction, Frequency
from domain.kpi_place import Level
from domain.kpi_tree import KpiTree, RolledUp, kpi_tree
from domain.owed import Call
from domain.purpose import DataKind
from domain.scope import Scope, population
from tests.application.scenes import staffed
from tests.support.stage import Stage

MEASURABLE: dict[str, Any] = {
    "measure": "share",
    "method": "counted",
    "source": "books",
    "baseline": "62 %",
    "target": "95 %",
    "due": date(2026, 12, 31),
}


@pytest.fixture
def stage() -> Stage:
    """A criterion, a bet that supports it, a goal of sales under the bet, and one below that; another for service."""
    stage = staffed()
    stage.say("strategy.drafted", "2026-03-01", strategy="growth", title="Growth")
    for element, kind, supports in (
        ("loyal", "success_criterion", ()),
        ("quick", "success_criterion", ()),
        ("portal", "big_bet", ("loyal",)),
    ):
        stage.say(
            "strategy.revised",
            "2026-03-01",
            strategy="growth",
            element=element,
            kind=kind,
            text=element.title(),
            supports=supports,
            **(MEASURABLE if kind == "success_criterion" else {}),
        )
        stage.say("accountable.named", "2026-03-01", for_=element, strategy="growth", person="ann")
    stage.say("strategy.submitted", "2026-03-02", strategy="growth")
    stage.say("strategy.published", "2026-03-03", strategy="growth", material=True)
    stage.say("goal.proposed", "2026-03-04", strategy="growth", goal="g", title="G", supports=("portal",), unit="sales")
    stage.say("goal.proposed", "2026-03-04", strategy="growth", goal="h", title="H", supports=("g",), unit="service")
    stage.say("goal.proposed", "2026-03-04", strategy="growth", goal="lone", title="L", unit="service")
    return stage


def define(stage: Stage, kpi: str, at: str = "2026-03-05", **said: Any) -> Receipt:
    fields = {"title": kpi, "measured_in": "%", "direction": Direction.UP, "baseline": "0", "target": "100", **said}
    return stage.say("kpi.defined", at, kpi=kpi, **fields)


def measure(stage: Stage, kpi: str, value: str, at: str = "2026-03-31") -> Receipt:
    return stage.say("kpi.measured", at, kpi=kpi, value=value)


def tree(stage: Stage, at: str = "2026-03-31", known: str | None = None, unit: str | None = None) -> KpiTree:
    asked = stage.ask(at, known)
    situation = stage.questions.situation(asked, stage.strategy("growth"))
    assert situation is not None
    scope = Scope(unit=stage.unit(unit) if unit else None)
    inside = population(situation.organisation.chart, situation.people, scope, asked.valid_at)
    states = stage.questions.states.states(KPI, stage.organisation, asked.moment, strategy=stage.strategy("growth"))

    def day_of(instant: datetime) -> date:
        return instant.astimezone(stage.zone).date()

    return kpi_tree(situation, inside, states, day_of)


def keys(found: KpiTree, ids: RolledUp | tuple[UUID, ...]) -> set[str | None]:
    named = {each.id: each.kpi.key for each in found.placed}
    return {named[id] for id in (ids.kpis if isinstance(ids, RolledUp) else ids)}


class TestRollingUp:
    def test_goals_parents_bets_and_criteria(self, stage: Stage) -> None:
        define(stage, "a", goal="g")
        define(stage, "b", goal="h")
        define(stage, "c", strategy="growth", element="loyal")
        define(stage, "d", goal="lone")
        for kpi, value in (("a", "50"), ("b", "120"), ("c", "-10")):
            measure(stage, kpi, value)
        found = tree(stage)
        elements = {each.element: each for each in found.elements}
        assert keys(found, elements["loyal"].rolled_up) == {"a", "b", "c"}
        assert keys(found, elements["portal"].rolled_up) == {"a", "b"}
        assert keys(found, elements["loyal"].own) == {"c"}
        assert elements["quick"].rolled_up.kpis == ()
        goals = {each.title: each for each in found.goals}
        assert keys(found, goals["G"].rolled_up) == {"a", "b"}
        assert keys(found, goals["G"].own) == {"a"}
        assert keys(found, found.whole) == {"a", "b", "c", "d"}
        loyal = elements["loyal"].rolled_up
        assert (loyal.lowest_way, loyal.middle_way, keys(found, loyal.met)) == (-10.0, 50.0, {"b"})
        assert keys(found, found.without_measurement) == {"d"}

    def test_what_is_shown_is_rounded_once(self, stage: Stage) -> None:
        """Ways of 0.05 % and of nothing: the middle one is 0.025 %, which is 0.0; their rounded ones would give 0.1."""
        for kpi in "ab":
            define(stage, kpi, goal="g")
        for kpi, value in (("a", "0.05"), ("b", "0")):
            measure(stage, kpi, value)
        whole = tree(stage).whole
        assert (whole.lowest_way, whole.middle_way) == (0.0, 0.0)

    def test_goals_of_its_people_are_of_a_unit(self, stage: Stage) -> None:
        stage.say("goal.proposed", "2026-03-05", strategy="growth", goal="own", title="Own", person="bob")
        own = {goal.title for goal in tree(stage, unit="service").goals}
        assert own == {"H", "L", "Own"}
        assert len(tree(stage, unit="service").goals_without_kpi) == 3
        assert len(tree(stage, unit="sales").goals_without_kpi) == 1

    def test_it_stands_at_the_level_that_was_stated_for_its_goal(self, stage: Stage) -> None:
        stage.say("goal.changed", "2026-03-05", goal="g", level=GoalLevel.FUNCTION)
        define(stage, "a", goal="g")
        define(stage, "b", goal="g", unit="service")
        assert {each.kpi.key: each.level for each in tree(stage).placed} == {"a": Level.FUNCTION, "b": Level.TEAM}

    def test_each_counts_once_however_many_ways_lead_up(self, stage: Stage) -> None:
        stage.say("goal.changed", "2026-03-05", goal="h", supports=("g", "portal", "loyal"))
        define(stage, "b", goal="h")
        (loyal,) = [each for each in tree(stage).elements if each.element == "loyal"]
        assert len(loyal.rolled_up.kpis) == 1

    def test_criteria_and_goals_without_a_kpi(self, stage: Stage) -> None:
        define(stage, "a", goal="h")
        found = tree(stage)
        assert (found.criteria_without_kpi, found.criteria_without_any) == (("loyal", "quick"), ("quick",))
        titles = {each.goal: each.title for each in found.goals}
        assert {titles[id] for id in found.goals_without_kpi} == {"G", "L"}

    def test_those_of_given_up_goals_rest(self, stage: Stage) -> None:
        define(stage, "a", goal="g")
        define(stage, "b", goal="h")
        stage.say("goal.abandoned", "2026-03-20", goal="g")
        before, found = tree(stage, "2026-03-19"), tree(stage)
        assert keys(before, before.whole) == {"a", "b"}
        assert keys(found, found.whole) == {"b"}
        assert {each.kpi.key: each.rests for each in found.placed} == {"a": "its goal is abandoned", "b": None}
        # What supported it hangs loose, here as in the goal tree: nothing goes on to what it supported.
        for told, kpis in ((before, {"a", "b"}), (found, set[str]())):
            (portal,) = [each for each in told.elements if each.element == "portal"]
            assert keys(told, portal.rolled_up) == kpis
        assert found.criteria_without_any == ("loyal", "quick")

    def test_a_retired_one_is_there_no_more(self, stage: Stage) -> None:
        define(stage, "a", goal="g")
        stage.say("kpi.retired", "2026-03-20", kpi="a")
        assert len(tree(stage, "2026-03-19").placed) == 1
        assert tree(stage, "2026-03-20").placed == ()

    def test_one_of_an_element_that_is_no_longer_in_force_rests(self, stage: Stage) -> None:
        define(stage, "a", strategy="growth", element="quick")
        stage.say("strategy.revised", "2026-03-10", strategy="growth", element="quick", removed=True)
        stage.say("strategy.submitted", "2026-03-10", strategy="growth")
        stage.say("strategy.published", "2026-03-10", strategy="growth", material=True)
        assert [each.rests for each in tree(stage).placed] == ["its element is not in force"]


class TestPlaces:
    def test_levels(self, stage: Stage) -> None:
        stage.say("unit.formed", "2026-03-04", unit="west", name="West", kind="Business", parent="acme")
        stage.say("unit.formed", "2026-03-04", unit="finance", name="Finance", kind="function", parent="west")
        stage.say("unit.formed", "2026-03-04", unit="lab", name="Lab", kind="guild", parent="west")
        define(stage, "whole", strategy="growth", element="loyal")
        define(stage, "acme", strategy="growth", element="loyal", unit="acme")
        for unit in ("west", "finance", "lab"):
            define(stage, unit, goal="g", unit=unit)
        define(stage, "team", goal="g")
        define(stage, "own", goal="g", person="ann")
        levels = {each.kpi.key: each.level for each in tree(stage).placed}
        assert levels == {
            "whole": Level.ORGANISATION,
            "acme": Level.ORGANISATION,
            "west": Level.BUSINESS,
            "finance": Level.FUNCTION,
            "lab": Level.TEAM,
            "team": Level.TEAM,
            "own": Level.INDIVIDUAL,
        }

    def test_a_scope_has_its_units_and_its_people(self, stage: Stage) -> None:
        define(stage, "a", goal="g")
        define(stage, "b", goal="h")
        define(stage, "own", goal="h", person="ann")
        define(stage, "moved", goal="g", unit="service")
        found = tree(stage, unit="sales")
        assert keys(found, found.whole) == {"a", "own"}
        found = tree(stage, unit="service")
        assert keys(found, found.whole) == {"b", "moved"}

    def test_individual_ones_rest_while_they_are_switched_off_or_their_person_is_gone(self, stage: Stage) -> None:
        define(stage, "own", goal="g", person="ann")
        define(stage, "bobs", goal="g", person="bob")
        stage.say("person.left", "2026-03-10", person="bob")
        sides = ("the management", "the works council")
        stage.say("agreement.concluded", "2026-03-20", agreement="off", parties=sides, without=(DataKind.KPIS,))
        rests = {each.kpi.key: each.rests for each in tree(stage, "2026-03-19").placed}
        assert rests == {"own": None, "bobs": "its person is no longer there"}
        assert {each.rests for each in tree(stage).placed} == {"agreement off switches KPIs of individuals off"}

    def test_one_of_a_goal_that_was_not_proposed_by_then_has_no_effect(self, stage: Stage) -> None:
        define(stage, "early", "2026-03-03", goal="g")
        found = tree(stage)
        assert found.placed == ()
        assert [each.reason for each in found.unapplied] == ["its goal had not been proposed by then"]


def test_rewards_are_to_be_reviewed_by_their_day(stage: Stage) -> None:
    define(stage, "a", goal="g")
    assert len(tree(stage, "2026-03-09").without_rewards) == 1
    stage.say("kpi.rewards_stated", "2026-03-10", kpi="a", success="praise", review_by=date(2026, 3, 20))
    assert (tree(stage).without_rewards, len(tree(stage, "2026-03-20").rewards_to_review)) == ((), 0)
    assert len(tree(stage, "2026-03-21").rewards_to_review) == 1
    stage.say("kpi.rewards_reviewed", "2026-03-25", kpi="a", verdict="kept", reviewer="ann")
    assert tree(stage, "2026-03-25").rewards_to_review == ()


class TestOwed:
    def owed(self, stage: Stage, person: str, at: str, known: str | None = None) -> list[tuple[date | None, bool]]:
        found = stage.questions.owed(stage.ask(at, known), stage.person(person))
        return [(each.due, each.overdue) for each in found if each.call is Call.MEASURE]

    def test_the_measurer_owes_the_next_value(self, stage: Stage) -> None:
        define(stage, "a", goal="g", measurer="ann", frequency=Frequency.MONTHLY)
        assert self.owed(stage, "ann", "2026-04-05") == [(date(2026, 4, 5), False)]
        assert self.owed(stage, "ann", "2026-04-06") == [(date(2026, 4, 5), True)]
        measure(stage, "a", "50", "2026-04-06")
        assert self.owed(stage, "ann", "2026-04-06") == [(date(2026, 5, 6), False)]
        assert self.owed(stage, "bob", "2026-04-06") == []

    def test_one_entered_late_was_owed_as_it_was_known_then(self, stage: Stage) -> None:
        define(stage, "a", goal="g", measurer="ann", frequency=Frequency.MONTHLY)
        stage.say("kpi.measured", "2026-04-05", known="2026-04-20", kpi="a", value="50", reason="the books came late")
        assert self.owed(stage, "ann", "2026-04-10", "2026-04-19") == [(date(2026, 4, 5), True)]
        assert self.owed(stage, "ann", "2026-04-10", "2026-04-20") == [(date(2026, 5, 5), False)]

    def test_nobody_is_late_for_what_was_due_before_it_became_theirs(self, stage: Stage) -> None:
        define(stage, "a", goal="g", measurer="ann", frequency=Frequency.WEEKLY)
        stage.say("kpi.changed", "2026-04-01", kpi="a", measurer="bob")
        assert self.owed(stage, "bob", "2026-04-01") == [(date(2026, 4, 1), False)]
        assert self.owed(stage, "bob", "2026-04-02") == [(date(2026, 4, 1), True)]

    def test_what_rests_is_owed_by_nobody(self, stage: Stage) -> None:
        define(stage, "a", goal="g", measurer="ann", frequency=Frequency.WEEKLY)
        stage.say("goal.declined", "2026-03-20", goal="g")
        assert self.owed(stage, "ann", "2026-03-20") == []
