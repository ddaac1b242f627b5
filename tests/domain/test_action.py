"""Actions: what becomes of them, what moving their day leaves behind, and when nobody asks for them any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.accountability import Accountable
from domain.action import (
    ACTION,
    Action,
    ActionAlreadyPlanned,
    ActionChanged,
    ActionChangesNothing,
    ActionDone,
    ActionDropped,
    ActionEnded,
    ActionForNothing,
    ActionNotEnded,
    ActionPlanned,
    ActionReopened,
    ActionStatus,
    ActionUnknown,
    lacks,
    stands,
)
from domain.goal import Goal, GoalStatus, StatusSince
from domain.kernel import Content
from domain.obligation import ByWhen, Due
from domain.person import Person, Presence
from domain.sealed import Private
from domain.situation import NOT_JOINED, NOT_PROPOSED
from tests.support.specification import Given, given, instant, on, retracted, some

PLANNED = ActionPlanned(
    key="desk",
    strategy=some("growth"),
    title="Set up a quote desk",
    goal=some("faster"),
    unit=some("sales"),
    person=some("Ann"),
    by_when=date(2026, 5, 1),
)
SHOWN = ActionDone(evidence=Private(some("Ann"), "the log"))


def planned() -> Given[Action]:
    return given(ACTION, on("2026-04-01", PLANNED))


def test_it_says_whose_it_is_and_until_when() -> None:
    planned().when(on("2026-04-02", ActionChanged(title="A desk for quotes"))).then(
        planned_at=instant("2026-04-01"),
        key="desk",
        title="A desk for quotes",
        goal=some("faster"),
        person=some("Ann"),
        by_whens=(ByWhen(date(2026, 5, 1), instant("2026-04-01")),),
        status=ActionStatus.PLANNED,
    )


def test_its_first_day_stays_when_it_is_moved_and_its_first_owner_when_it_is_handed_over() -> None:
    moved = planned().when(on("2026-04-20", ActionChanged(by_when=date(2026, 5, 20), person=some("Bob"))))
    moved.then(
        by_whens=(ByWhen(date(2026, 5, 1), instant("2026-04-01")), ByWhen(date(2026, 5, 20), instant("2026-04-20"))),
        owners=(Accountable(some("Ann"), instant("2026-04-01")), Accountable(some("Bob"), instant("2026-04-20"))),
        person=some("Bob"),
    )


def test_it_is_done_with_evidence_and_can_be_reopened() -> None:
    done = planned().when(on("2026-04-24", SHOWN)).then(status=ActionStatus.DONE, evidence=SHOWN.evidence)
    assert done.as_of("2026-04-24").ended_at == instant("2026-04-24")
    again = done.when(on("2026-04-25", ActionReopened())).then(status=ActionStatus.PLANNED, evidence=None)
    assert again.as_of("2026-04-25").ended_at is None
    again.when(on("2026-04-26", ActionDropped())).then(status=ActionStatus.DROPPED)


@pytest.mark.parametrize("content", [ActionChanged(title="x"), SHOWN, ActionDropped(), ActionReopened()])
def test_nothing_is_said_of_it_before_it_was_planned(content: Content) -> None:
    given(ACTION).when(on("2026-04-02", content)).then(ActionUnknown)
    planned().when(on("2026-03-31", content)).then(ActionUnknown)


@pytest.mark.parametrize("end", [SHOWN, ActionDropped()])
@pytest.mark.parametrize("content", [ActionChanged(title="x"), SHOWN, ActionDropped()])
def test_what_ended_is_over_until_it_is_reopened(end: Content, content: Content) -> None:
    planned().when(on("2026-04-24", end), on("2026-04-25", content)).then(ActionEnded)
    planned().when(on("2026-04-24", end), on("2026-04-25", ActionReopened()), on("2026-04-26", content)).then()


def test_it_is_planned_once_for_something() -> None:
    planned().when(on("2026-04-02", PLANNED)).then(ActionAlreadyPlanned)
    given(ACTION).when(on("2026-04-02", replace(PLANNED, goal=None))).then(ActionForNothing)
    given(ACTION).when(on("2026-04-02", replace(PLANNED, goal=None, gap=some("gap")))).then(gap=some("gap"))


def test_a_change_that_says_nothing_is_refused() -> None:
    planned().when(on("2026-04-02", ActionChanged())).then(ActionChangesNothing)


def test_what_is_still_to_be_done_is_not_reopened() -> None:
    planned().when(on("2026-04-02", ActionReopened())).then(ActionNotEnded)


def test_taking_back_that_it_was_done_leaves_it_open() -> None:
    planned().when(on("2026-04-24", SHOWN)).when(retracted(2)).then(status=ActionStatus.PLANNED, evidence=None)


def goal(*statuses: GoalStatus, at: str = "2026-03-01") -> Goal:
    since = instant(at)
    return Goal(proposed_at=since, statuses=tuple(StatusSince(each, since) for each in statuses))


@pytest.mark.parametrize(
    ("day", "status", "expected"),
    [
        (date(2026, 5, 1), GoalStatus.ACCEPTED, Due.OPEN),
        (date(2026, 5, 2), GoalStatus.ACCEPTED, Due.OVERDUE),
        (date(2026, 5, 2), GoalStatus.DEFERRED, Due.OVERDUE),
        (date(2026, 5, 2), GoalStatus.ACHIEVED, Due.OVERDUE),
        (date(2026, 5, 2), GoalStatus.ABANDONED, Due.ENDED),
        (date(2026, 5, 2), GoalStatus.DECLINED, Due.ENDED),
        (date(2026, 5, 2), GoalStatus.REPLACED, Due.ENDED),
    ],
)
def test_nobody_asks_for_it_once_its_goal_is_given_up(day: date, status: GoalStatus, expected: Due) -> None:
    assert stands(planned().as_of("2026-04-01"), goal(GoalStatus.PROPOSED, status), day) is expected


def test_what_closes_a_gap_too_is_still_asked_for() -> None:
    both = replace(planned().as_of("2026-04-01"), gap=some("gap"))
    assert stands(both, goal(GoalStatus.ABANDONED), date(2026, 5, 2)) is Due.OVERDUE


def test_what_was_done_stays_done_whatever_becomes_of_the_goal() -> None:
    done = planned().when(on("2026-04-24", SHOWN)).as_of("2026-04-24")
    assert stands(done, goal(GoalStatus.ABANDONED), date(2026, 5, 2)) is Due.DONE


def test_it_has_no_effect_where_its_goal_or_its_owner_was_not_there_yet() -> None:
    action, people = (
        planned().as_of("2026-04-01"),
        {some("Ann"): Person(presences=(Presence(since=instant("2026-01-01")),))},
    )
    assert lacks(action, goal(GoalStatus.PROPOSED), people) is None
    assert lacks(action, goal(GoalStatus.PROPOSED, at="2026-04-02"), people) == NOT_PROPOSED
    assert lacks(action, None, people) == NOT_PROPOSED
    assert lacks(action, goal(GoalStatus.PROPOSED), {}) == NOT_JOINED
    assert lacks(Action(), None, {}) is not None
