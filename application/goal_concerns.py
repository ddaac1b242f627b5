"""Whose concern goals are, and the actions and tactics that serve them: the units', or one person's."""

from __future__ import annotations

from uuid import UUID

from application.desk import Desk
from domain.action import ACTION, Action
from domain.goal import Goal
from domain.kernel import Party
from domain.tactic import TACTIC

OWNERS_TO_SAY = frozenset({"action.done", "action.reopened"})
"""What the owner of an action says of it, or their lead."""

Concern = tuple[Party | None, tuple[UUID, ...]]
"""Whose it is, and the units that it concerns."""


def of_action(desk: Desk, topic: str, action: UUID) -> Concern:
    """What is said of an action concerns those whose work it is; that it is done is its owner's to say."""
    timeline = desk.book.timeline(ACTION, action)
    state = timeline.state(desk.at if timeline.until(desk.at) else None)
    goal = _whenever(desk, state.goal)
    who = state.person if topic in OWNERS_TO_SAY else goal.person
    return _person(who), units_of_action(desk, state)


def units_of_action(desk: Desk, action: Action) -> tuple[UUID, ...]:
    """Whose work an action is: its own unit's, else its goal's."""
    unit = action.unit or _whenever(desk, action.goal).unit
    return (unit,) if unit is not None else ()


def of_tactic(desk: Desk, tactic: UUID, moved_to: UUID | None = None) -> Concern:
    """A tactic is of its goal; who moves one from their own goal to another's has no say in it by that."""
    state = desk.book.timeline(TACTIC, tactic).state()
    goal = _whenever(desk, state.goal)
    moves = moved_to is not None and _whenever(desk, moved_to).person != goal.person
    return None if moves else _person(goal.person), (goal.unit,) if goal.unit is not None else ()


def of_goal(desk: Desk, goal: UUID | None) -> Concern:
    """A goal is its unit's, or its person's."""
    state = _whenever(desk, goal)
    return _person(state.person), (state.unit,) if state.unit is not None else ()


def _whenever(desk: Desk, goal: UUID | None) -> Goal:
    return desk.goal_whenever(goal) if goal is not None else Goal()


def _person(person: UUID | None) -> Party | None:
    return Party("person", person) if person is not None else None
