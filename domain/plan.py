"""Plans of thirty, sixty and ninety days: the goals of one unit, or of one person, that start on the same day.

Their actions belong to it. The next plan opens when the last one is closed out: no action of it is open any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.action import Action, stands
from domain.goal import Goal
from domain.kernel import Party, Refusal
from domain.obligation import Due

STILL_TO_DO = frozenset({Due.OPEN, Due.OVERDUE})


@dataclass(eq=False)
class LastPlanNotClosedOut(Refusal):
    """A plan that would open while the last one still has open actions."""

    start: date
    open: int
    where = "start"
    rule = "the plan that started on {start} is not closed out: {open} of its actions are neither done nor dropped"
    way_out = "say that they are done or dropped, or move the goal's start to that of the last plan"


def party_of(goal: Goal) -> Party | None:
    """Whose plan a goal belongs to: its person's or its unit's; None for the whole organisation's."""
    if goal.person is not None:
        return Party("person", goal.person)
    return Party("unit", goal.unit) if goal.unit is not None else None


def last_open(
    goals: Mapping[UUID, Goal], actions: Iterable[Action], whose: Goal, start: date, today: date
) -> LastPlanNotClosedOut | None:
    """What stands against a plan from `start` on for the party whose goal this is; None where nothing does.

    That is the latest earlier plan of the party under the strategy with actions that are still to be done.
    """
    party = party_of(whose)
    earlier = {
        id: goal.start
        for id, goal in goals.items()
        if goal.start is not None and goal.start < start and goal.strategy == whose.strategy and party_of(goal) == party
    }
    open_since = [
        earlier[action.goal]
        for action in actions
        if action.goal in earlier and stands(action, goals[action.goal], today) in STILL_TO_DO
    ]
    if not open_since:
        return None
    last = max(open_since)
    return LastPlanNotClosedOut(last, open_since.count(last))
