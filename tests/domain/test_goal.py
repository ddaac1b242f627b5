"""What becomes of a goal, and when what it says became another."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.accountability import Accountable
from domain.goal import (
    GOAL,
    Goal,
    GoalAbandoned,
    GoalAccepted,
    GoalAchieved,
    GoalChanged,
    GoalDeclined,
    GoalDeferred,
    GoalField,
    GoalLevel,
    GoalMissed,
    GoalProposed,
    GoalReopened,
    GoalReplaced,
    GoalStatus,
    StatusSince,
    Supports,
)
from domain.goal_rules import (
    ChangesNothing,
    DueAndDays,
    DueBeforeStart,
    GivenAndCleared,
    GoalAlreadyProposed,
    GoalSupportsItself,
    GoalUnknown,
    HorizonUnknown,
    HorizonWithoutStart,
    LevelContradicted,
    PersonAndUnit,
    ReplacedByItself,
)
from domain.kernel import Content, Refusal
from tests.support.specification import HERE, Given, corrected, given, instant, on, some

PROPOSED = GoalProposed(
    key="vans",
    strategy=some("north"),
    title="Forty vans",
    unit=some("fleet"),
    supports_elements=("b-1",),
    supports_goal=some("parent"),
    accountable=some("Ada"),
    target="40",
    due=date(2026, 12, 31),
)
FOLLOWING = {
    GoalAccepted(): GoalStatus.ACCEPTED,
    GoalDeclined(): GoalStatus.DECLINED,
    GoalDeferred(): GoalStatus.DEFERRED,
    GoalReopened(): GoalStatus.PROPOSED,
    GoalAchieved(): GoalStatus.ACHIEVED,
    GoalMissed(): GoalStatus.MISSED,
    GoalAbandoned(): GoalStatus.ABANDONED,
    GoalReplaced(): GoalStatus.REPLACED,
}


def proposed() -> Given[Goal]:
    return given(GOAL, on("2026-01-01", PROPOSED))


def test_a_goal_is_proposed() -> None:
    given(GOAL).when(on("2026-01-01", PROPOSED)).then(
        Goal(
            proposed_at=instant("2026-01-01"),
            key="vans",
            strategy=some("north"),
            title="Forty vans",
            unit=some("fleet"),
            supports=(Supports(instant("2026-01-01"), ("b-1",), some("parent")),),
            target="40",
            due=date(2026, 12, 31),
            accountable=(Accountable(some("Ada"), instant("2026-01-01")),),
            statuses=(StatusSince(GoalStatus.PROPOSED, instant("2026-01-01")),),
        )
    )


def test_a_goal_nobody_answers_for_is_a_vacancy_from_its_proposal_on() -> None:
    stream = given(GOAL, on("2026-01-01", replace(PROPOSED, accountable=None)))
    assert stream.as_of("2026-01-01").accountable == (Accountable(None, instant("2026-01-01")),)


def test_nothing_can_be_said_before_it_is_proposed() -> None:
    given(GOAL).when(on("2026-01-01", GoalAccepted())).then(GoalUnknown("accepted"))
    assert Goal().status is None


def test_a_goal_is_proposed_once() -> None:
    proposed().when(on("2026-01-02", PROPOSED)).then(GoalAlreadyProposed("Forty vans"))


def test_a_goal_supports_something_else() -> None:
    given(GOAL).when(on("2026-01-01", replace(PROPOSED, supports_goal=HERE))).then(GoalSupportsItself)
    proposed().when(on("2026-01-02", GoalChanged(supports_goal=HERE))).then(GoalSupportsItself)


@pytest.mark.parametrize("then", FOLLOWING)
@pytest.mark.parametrize("first", FOLLOWING)
def test_any_status_follows_any_other(first: Content, then: Content) -> None:
    stream = proposed().when(on("2026-02-01", first)).then(status=FOLLOWING[first])
    stream.when(on("2026-03-01", then)).then(status=FOLLOWING[then])


def test_statuses_are_dated() -> None:
    stream = proposed().when(on("2026-02-01", GoalAccepted())).then().when(on("2026-03-01", GoalAccepted())).then()
    stream = stream.when(on("2026-02-15", GoalDeferred())).then()
    assert [(each.status, each.since) for each in stream.as_of("2026-03-01").statuses] == [
        (GoalStatus.PROPOSED, instant("2026-01-01")),
        (GoalStatus.ACCEPTED, instant("2026-02-01")),
        (GoalStatus.DEFERRED, instant("2026-02-15")),
        (GoalStatus.ACCEPTED, instant("2026-03-01")),
    ]
    assert stream.as_of("2026-02-01").status is GoalStatus.ACCEPTED


def test_a_status_said_twice_goes_on() -> None:
    stream = proposed().when(on("2026-02-01", GoalAccepted())).then().when(on("2026-03-01", GoalAccepted())).then()
    assert len(stream.as_of("2026-03-01").statuses) == 2


def test_a_goal_is_replaced_by_another() -> None:
    stream = proposed().when(on("2026-02-01", GoalReplaced(by=some("trains")))).then(replaced_by=some("trains"))
    stream.when(on("2026-03-01", GoalReopened())).then(replaced_by=None)
    proposed().when(on("2026-02-01", GoalReplaced(by=HERE))).then(ReplacedByItself)


# Changes


def test_what_is_not_given_stays() -> None:
    stream = proposed().when(on("2026-02-01", GoalChanged(title="Fifty vans"))).then(title="Fifty vans")
    expected = replace(proposed().as_of("2026-01-01"), title="Fifty vans", changes=(instant("2026-02-01"),))
    assert stream.as_of("2026-02-01") == expected


def test_what_is_given_is_different() -> None:
    proposed().when(
        on(
            "2026-02-01",
            GoalChanged(
                unit=some("depot"),
                supports_elements=("b-2",),
                accountable=some("Bo"),
                target="50",
                due=date(2027, 1, 31),
            ),
        )
    ).then(
        unit=some("depot"),
        supports_elements=("b-2",),
        supports_goal=None,
        target="50",
        due=date(2027, 1, 31),
        accountable=(Accountable(some("Ada"), instant("2026-01-01")), Accountable(some("Bo"), instant("2026-02-01"))),
    )


def test_what_is_cleared_is_gone() -> None:
    cleared = GoalChanged(cleared=("unit", "supports", "accountable", "target", "due"))
    proposed().when(on("2026-02-01", cleared)).then(
        title="Forty vans",
        unit=None,
        supports_elements=(),
        supports_goal=None,
        target=None,
        due=None,
        accountable=(Accountable(some("Ada"), instant("2026-01-01")), Accountable(None, instant("2026-02-01"))),
    )


def test_a_change_changes_something() -> None:
    proposed().when(on("2026-02-01", GoalChanged())).then(ChangesNothing)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (GoalChanged(target="50", cleared=("target",)), "target"),
        (GoalChanged(supports_elements=("x",), cleared=("supports",)), "supports"),
        (GoalChanged(supports_goal=some("other"), cleared=("due", "supports")), "supports"),
    ],
)
def test_a_field_is_given_or_cleared(change: GoalChanged, field: GoalField) -> None:
    proposed().when(on("2026-02-01", change)).then(GivenAndCleared(field))


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        (GoalChanged(title="Fifty vans"), True),
        (GoalChanged(target="50"), True),
        (GoalChanged(due=date(2027, 1, 1)), True),
        (GoalChanged(cleared=("due",)), True),
        (GoalChanged(cleared=("target",)), True),
        (GoalChanged(title="Forty vans"), False),
        (GoalChanged(unit=some("depot")), False),
        (GoalChanged(supports_goal=some("other")), False),
        (GoalChanged(accountable=some("Bo")), False),
    ],
)
def test_commitments_notice_another_title_target_or_due_date(change: GoalChanged, counts: bool) -> None:
    state = proposed().when(on("2026-02-01", change)).then().as_of("2026-02-01")
    assert state.changes == ((instant("2026-02-01"),) if counts else ())


def test_a_goal_that_changed_back_changed_all_the_same() -> None:
    stream = proposed().when(on("2026-02-01", GoalChanged(title="Fifty vans"))).then()
    state = stream.when(on("2026-03-01", GoalChanged(title="Forty vans"))).then().as_of("2026-03-01")
    assert state.changes == (instant("2026-02-01"), instant("2026-03-01"))


def test_what_a_goal_supports_is_dated() -> None:
    stream = proposed().when(on("2026-02-01", GoalChanged(supports_elements=("b-2",)))).then()
    state = stream.when(on("2026-03-01", GoalChanged(cleared=("supports",)))).then().as_of("2026-03-01")
    assert state.supports == (
        Supports(instant("2026-01-01"), ("b-1",), some("parent")),
        Supports(instant("2026-02-01"), ("b-2",)),
        Supports(instant("2026-03-01")),
    )


def test_a_corrected_proposal_is_no_change() -> None:
    stream = proposed().when(corrected(1, "2026-01-01", replace(PROPOSED, title="Fifty vans"))).then(title="Fifty vans")
    assert stream.as_of("2026-02-01").changes == ()


APRIL = date(2026, 4, 1)
PLAIN = replace(PROPOSED, due=None)


@pytest.mark.parametrize(("days", "last"), [(30, date(2026, 5, 1)), (60, date(2026, 5, 31)), (90, date(2026, 6, 30))])
def test_a_horizon_ends_so_many_days_after_its_start(days: int, last: date) -> None:
    given(GOAL).when(on("2026-03-20", replace(PLAIN, start=APRIL, within_days=days))).then(due=last, start=APRIL)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"start": APRIL, "within_days": 45}, HorizonUnknown(45)),
        ({"within_days": 30}, HorizonWithoutStart),
        ({"start": APRIL, "within_days": 30, "due": date(2026, 5, 1)}, DueAndDays),
        ({"start": APRIL, "due": date(2026, 3, 31)}, DueBeforeStart(APRIL, date(2026, 3, 31))),
        ({"person": some("Ada"), "unit": some("fleet")}, PersonAndUnit),
        ({"person": some("Ada"), "unit": None, "level": GoalLevel.TEAM}, LevelContradicted("team")),
        ({"level": GoalLevel.PERSON}, LevelContradicted("person")),
    ],
)
def test_what_a_goal_cannot_be(said: dict[str, Any], expected: Refusal | type[Refusal]) -> None:
    given(GOAL).when(on("2026-03-20", replace(PLAIN, **said))).then(expected)


def test_moving_the_start_moves_the_last_day_and_commitments_notice() -> None:
    goal = given(GOAL, on("2026-03-20", replace(PLAIN, start=APRIL, within_days=30)))
    moved = goal.when(on("2026-03-25", GoalChanged(start=date(2026, 4, 2)))).then(due=date(2026, 5, 2))
    assert moved.as_of("2026-03-25").changes == (instant("2026-03-25"),)
    moved.when(on("2026-03-26", GoalChanged(within_days=60))).then(due=date(2026, 6, 1), within_days=60)


def test_a_due_date_takes_the_place_of_days_and_days_that_of_a_due_date() -> None:
    goal = given(GOAL, on("2026-03-20", replace(PLAIN, start=APRIL, within_days=30)))
    dated = goal.when(on("2026-03-25", GoalChanged(due=date(2026, 12, 31)))).then(due=date(2026, 12, 31))
    assert dated.as_of("2026-03-25").within_days is None
    dated.when(on("2026-03-26", GoalChanged(within_days=90))).then(due=date(2026, 6, 30))
    goal.when(on("2026-03-25", GoalChanged(cleared=("start",)))).then(HorizonWithoutStart)
    goal.when(on("2026-03-25", GoalChanged(cleared=("start", "within_days")))).then(due=None, start=None)


def test_what_it_rests_on_and_how_it_is_to_be_reached_can_be_restated_or_cleared() -> None:
    said = replace(PLAIN, substantiation="two fleets did it", approach="lease first", level=GoalLevel.BUSINESS)
    goal = given(GOAL, on("2026-03-20", said))
    changed = goal.when(on("2026-03-21", GoalChanged(approach="buy", cleared=("substantiation", "level"))))
    changed.then(approach="buy", substantiation=None, stated_level=None, title="Forty vans", changes=())


def test_a_persons_own_goal_is_theirs_to_answer_for_unless_somebody_else_is_named() -> None:
    own = replace(PLAIN, unit=None, person=some("Bo"), accountable=None)
    at = instant("2026-03-20")
    goal = given(GOAL).when(on("2026-03-20", own)).then(person=some("Bo"), accountable=(Accountable(some("Bo"), at),))
    goal.when(on("2026-03-21", GoalChanged(unit=some("fleet")))).then(PersonAndUnit)
