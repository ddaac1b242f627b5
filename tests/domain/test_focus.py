"""Limits as they were set, what exceeds them, and what still works on what was to be let go of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.action import Action, ActionStatus
from domain.allocation import Basis, StillGoing
from domain.commitment import Commitment, Standing, Target
from domain.element import Element
from domain.focus import LettingGo, criteria_held, held, letting_go
from domain.goal import Goal, GoalStatus, StatusSince, Supports
from domain.judgement import Flag, Judged
from domain.kernel import Party
from domain.limit import (
    DEFAULTS,
    LimitImpossible,
    LimitKind,
    LimitLevel,
    LimitOfOnePerson,
    LimitOfOneUnit,
    Limits,
    LimitSet,
    allowed,
    with_limit,
)
from domain.organisation import ORGANISATION, OrganisationFounded
from tests.support.specification import given, instant, on, some

FOUNDED = OrganisationFounded(name="Acme", zone="Europe/Berlin")
UNIT, PRIORITY = LimitLevel.UNIT, LimitKind.PRIORITY


def limits(*said: LimitSet) -> Limits:
    found: Limits = ()
    for day, each in enumerate(said, 1):
        found = with_limit(found, each, instant(f"2026-01-{day:02}"))
    return found


class TestLimits:
    def test_avows_own_hold_where_nothing_was_set(self) -> None:
        for (level, kind), most in DEFAULTS.items():
            found = allowed((), level, kind)
            assert (found.most, found.since) == (most, None)

    def test_the_newest_word_holds_and_one_units_own_goes_first(self) -> None:
        service = LimitSet(level=UNIT, kind=PRIORITY, unit=some("service"), most=9)
        set_ = limits(LimitSet(level=UNIT, kind=PRIORITY, most=4), service, LimitSet(level=UNIT, kind=PRIORITY, most=2))
        assert allowed(set_, UNIT, PRIORITY).most == 2
        assert allowed(set_, UNIT, PRIORITY, some("service")).most == 9
        assert allowed(set_, UNIT, PRIORITY, some("sales")).most == 2
        assert allowed(set_, UNIT, PRIORITY).since == instant("2026-01-03")
        assert allowed(set_, UNIT, LimitKind.KPI).most == DEFAULTS[UNIT, LimitKind.KPI]

    def test_one_persons_own_goes_first_too(self) -> None:
        level = LimitLevel.PERSON
        ann, all_ = (
            LimitSet(level=level, kind=PRIORITY, person=who, most=most) for who, most in ((some("Ann"), 5), (None, 2))
        )
        assert allowed(limits(ann, all_), level, PRIORITY, some("Ann")).most == 5
        assert allowed(limits(ann, all_), level, PRIORITY, some("Ben")).most == 2
        gone = LimitSet(level=level, kind=PRIORITY, person=some("Ann"))
        assert allowed(limits(ann, all_, gone), level, PRIORITY, some("Ann")).most == 2
        found = held(limits(ann, all_), level, PRIORITY, {some("Ann"): "123", some("Ben"): "123"})
        assert [(each.who, each.exceeds) for each in found] == [(some("Ben"), True), (some("Ann"), False)]

    def test_one_person_is_named_for_a_limit_of_people_alone(self) -> None:
        said = LimitSet(level=UNIT, kind=PRIORITY, person=some("Ann"), most=2)
        given(ORGANISATION, on("2026-01-01", FOUNDED)).when(on("2026-01-02", said)).then(LimitOfOnePerson(UNIT))

    def test_one_that_is_taken_back_leaves_what_holds_without_it(self) -> None:
        gone = LimitSet(level=UNIT, kind=PRIORITY, unit=some("service"))
        own = LimitSet(level=UNIT, kind=PRIORITY, unit=some("service"), most=9)
        set_ = limits(LimitSet(level=UNIT, kind=PRIORITY, most=4), own, gone)
        assert allowed(set_, UNIT, PRIORITY, some("service")).most == 4
        assert allowed(limits(own, gone), UNIT, PRIORITY, some("service")).most == 5

    @pytest.mark.parametrize("most", [-1, 1001])
    def test_what_limits_nothing_is_refused(self, most: int) -> None:
        said = LimitSet(level=UNIT, kind=PRIORITY, most=most)
        given(ORGANISATION, on("2026-01-01", FOUNDED)).when(on("2026-01-02", said)).then(LimitImpossible(most))

    @pytest.mark.parametrize("most", [0, 1000, None])
    def test_it_is_a_dated_fact_of_the_organisation(self, most: int | None) -> None:
        said = LimitSet(level=UNIT, kind=PRIORITY, unit=some("service"), most=most)
        made = given(ORGANISATION, on("2026-01-01", FOUNDED), on("2026-01-02", said))
        assert made.as_of("2026-01-01").limits == ()
        assert [each.most for each in made.as_of("2026-01-02").limits] == [most]

    def test_one_unit_is_named_for_a_limit_of_units_alone(self) -> None:
        said = LimitSet(level=LimitLevel.PERSON, kind=PRIORITY, unit=some("service"), most=2)
        given(ORGANISATION, on("2026-01-01", FOUNDED)).when(on("2026-01-02", said)).then(
            LimitOfOneUnit(LimitLevel.PERSON)
        )


class TestHeld:
    def test_those_who_exceed_it_come_first_and_nothing_counts_twice(self) -> None:
        things: dict[UUID | None, list[str]] = {some("a"): ["1"], some("b"): ["1", "2", "3", "3"], None: ["1", "2"]}
        found = held(limits(LimitSet(level=UNIT, kind=PRIORITY, most=2)), UNIT, PRIORITY, things)
        assert [(each.found, each.exceeds) for each in found] == [(3, True), (2, False), (1, False)]
        assert (found[0].who, found[0].things, found[0].most) == (some("b"), ("1", "2", "3"), 2)

    @pytest.mark.parametrize(("count", "exceeds"), [(2, False), (5, False), (6, True)])
    def test_three_to_five_criteria(self, count: int, exceeds: bool) -> None:
        found = criteria_held(some("s"), [Element(id=str(n), kind="criterion", text="c") for n in range(count)])
        assert (found.found, found.least, found.most, found.exceeds) == (count, 3, 5, exceeds)


LET_GO = Element(id="lines", kind="let_go", text="New lines", due=date(2026, 6, 30))
ANN = Party("person", some("Ann"))


def goal(*elements: str, above: str | None = None, status: GoalStatus = GoalStatus.ACCEPTED) -> Goal:
    at = instant("2026-01-01")
    support = Supports(at, elements, some(above) if above else None)
    return Goal(title="g", proposed_at=at, statuses=(StatusSince(status, at),), supports=(support,))


def committed(name: str, standing: Standing = Standing.OPEN, *flags: Flag, **to: Any) -> Judged:
    target = Target(strategy=some("growth"), **to)
    state = Commitment(target=target, party=ANN, standing=standing)
    return Judged(id=some(name), party=ANN, target=target, state=state, flags=frozenset(flags))


def told(today: str = "2026-07-01", **said: Any) -> LettingGo:
    goals = said.get("goals", {})
    return letting_go(
        said.get("elements", (LET_GO, Element(id="v", kind="vision", text="v"))),
        said.get("accountable", {}),
        goals,
        said.get("actions", {}),
        said.get("judged", ()),
        date.fromisoformat(today),
        under=frozenset(said.get("under", goals)),
        going=said.get("going", ()),
    )


class TestLettingGo:
    def test_what_works_on_it_itself_or_through_goals_above(self) -> None:
        goals = {
            some("direct"): goal("lines"),
            some("below"): goal(above="direct"),
            some("other"): goal("v"),
            some("done"): goal("lines", status=GoalStatus.ACHIEVED),
        }
        actions = {
            some("a1"): Action(goal=some("below")),
            some("a2"): Action(goal=some("other")),
            some("a3"): Action(goal=some("direct"), status=ActionStatus.DONE),
            some("a4"): Action(goal=some("done")),
        }
        judged = [
            committed("c1", element="lines"),
            committed("c2", goal=some("below")),
            committed("c3", goal=some("other")),
            committed("c4"),
            committed("c5", Standing.WITHDRAWN, element="lines"),
        ]
        found = told(goals=goals, actions=actions, judged=judged)
        (one,) = found.let_go
        assert one.goals == {some("direct"), some("below")}
        assert one.actions == {some("a1")}
        assert one.commitments == {some("c2")}
        assert one.taken_on == {some("c1")}, "whoever commits to a let-go takes on to let it go"
        assert one.still_worked_on
        parts = {
            kind: (len(found.part(kind)), len(getattr(found, kind))) for kind in ("goals", "actions", "commitments")
        }
        assert parts == {"goals": (2, 3), "actions": (1, 3), "commitments": (1, 4)}

    def test_goals_above_it_may_be_reached_already_and_stand_in_a_circle(self) -> None:
        goals = {
            some("top"): goal("lines", status=GoalStatus.ACHIEVED),
            some("below"): goal(above="top"),
            some("x"): goal(above="y"),
            some("y"): goal(above="x"),
        }
        assert told(goals=goals).let_go[0].goals == {some("below")}

    def test_an_element_of_another_strategy_by_the_same_name_is_another(self) -> None:
        goals = {some("elsewhere"): goal("lines"), some("here"): goal(above="elsewhere")}
        found = told(goals=goals, under=[some("here")])
        assert not found.let_go[0].goals
        assert found.goals == {some("here")}

    def test_its_day_has_passed_the_day_after(self) -> None:
        assert [told(day).let_go[0].past for day in ("2026-06-30", "2026-07-01")] == [False, True]
        assert not told(elements=(Element(id="x", kind="let_go", text="x"),)).let_go[0].past

    def test_who_answers_for_it(self) -> None:
        (one,) = told(accountable={"lines": some("Ann")}).let_go
        assert (one.accountable, one.vacant, one.still_worked_on) == (some("Ann"), False, False)
        (one,) = told(accountable={"lines": None}).let_go
        assert (one.accountable, one.vacant) == (None, True)

    @pytest.mark.parametrize("flag", [Flag.UNOWNED, Flag.ON_BEHALF])
    def test_what_is_nobodys_own_word_works_on_nothing(self, flag: Flag) -> None:
        judged = [committed("c1", Standing.OPEN, flag, goal=some("g")), committed("c2", goal=some("g"))]
        found = told(goals={some("g"): goal("lines")}, judged=judged)
        assert found.let_go[0].commitments == found.commitments == {some("c2")}

    def test_a_goal_above_that_was_proposed_only_later_is_not_supported(self) -> None:
        late = replace(goal("lines"), proposed_at=instant("2026-01-02"))
        found = told(goals={some("late"): late, some("below"): goal(above="late")})
        assert found.let_go[0].goals == {some("late")}

    @pytest.mark.parametrize(
        ("spent", "planned", "still"),
        [({"EUR": "70"}, {}, True), ({"EUR": "0"}, {}, False), ({}, {"EUR": "70"}, False)],
    )
    def test_what_is_spent_on_it_after_its_day_works_on_it_too(
        self, spent: dict[str, str], planned: dict[str, str], still: bool
    ) -> None:
        after = {
            basis: {measure: Decimal(amount) for measure, amount in each.items()}
            for basis, each in ((Basis.ACTUAL, spent), (Basis.PLANNED, planned))
        }
        going = StillGoing(element="lines", day=LET_GO.due, after=after, across={Basis.ACTUAL: {"EUR": Decimal(9)}})
        (one,) = told(going=(going,)).let_go
        assert (one.still_worked_on, one.spent_after) == (still, after[Basis.ACTUAL])

    def test_of_one_part_of_the_organisation(self) -> None:
        goals = {some("mine"): goal("lines"), some("theirs"): goal("lines"), some("other"): goal("v")}
        actions = {some("a1"): Action(goal=some("mine")), some("a2"): Action(goal=some("theirs"))}
        judged = [committed("c1", goal=some("mine")), committed("c2", element="lines")]
        whole = told(goals=goals, actions=actions, judged=judged)
        part = whole.within(some("mine").__eq__, some("a2").__eq__, some("c2").__eq__)
        (one,) = part.let_go
        assert [set(each) for each in (one.goals, one.actions, one.commitments, one.taken_on)] == [
            {some("mine")}, {some("a2")}, set(), {some("c2")},
        ]  # fmt: skip
        assert part.goals | part.actions | part.commitments == {some("mine"), some("a2"), some("c2")}
