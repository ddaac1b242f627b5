"""What plans of thirty, sixty and ninety days come to: actions done, open and overdue, by horizon and by party.

An action belongs to the plan of its goal and whose work it is, and to the horizon of the day that was named first for
it: moving a day moves no action out of its horizon.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.action import Action, lacks, stands
from domain.goal import Goal
from domain.goal_rules import HORIZONS
from domain.kernel import Party
from domain.obligation import Due, first_day, moves
from domain.person import Person
from domain.plan import party_of
from domain.scope import WHOLE, Population, seat_of
from domain.situation import Situation, Unapplied


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """Actions by where they stand. Those no longer asked for count in no total."""

    done: tuple[UUID, ...] = ()
    open: tuple[UUID, ...] = ()
    overdue: tuple[UUID, ...] = ()
    ended: tuple[UUID, ...] = ()
    moved: tuple[UUID, ...] = ()

    @property
    def total(self) -> int:
        """How many are asked for."""
        return len(self.done) + len(self.open) + len(self.overdue)

    @property
    def reads(self) -> str:
        """So many done of so many asked for, such as `2 of 3`."""
        return f"{len(self.done)} of {self.total}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """The actions whose first day lies in one horizon: `days` after the start, by the day `ends`.

    Both are None for what is due later, and for what is in no plan.
    """

    days: int | None
    ends: date | None
    actions: Standings


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The goals of one party that start on one day, and the actions that serve them, or the rest, without a start.

    `party` is None for the whole organisation's. It is closed out when no action of it is still to be done: then the
    next one opens.
    """

    party: Party | None
    start: date | None
    goals: tuple[UUID, ...]
    horizons: tuple[Horizon, ...]
    actions: Standings

    @property
    def closed_out(self) -> bool:
        """Whether no action is still to be done."""
        return not self.actions.open and not self.actions.overdue


def effective(
    actions: Mapping[UUID, Action], goals: Mapping[UUID, Goal], people: Mapping[UUID, Person]
) -> tuple[dict[UUID, Action], tuple[Unapplied, ...]]:
    """The actions whose planning has effect, and those whose planning has none, with the reason."""
    found, without = dict[UUID, Action](), list[Unapplied]()
    for id, action in actions.items():
        lacking = lacks(action, goals.get(action.goal) if action.goal is not None else None, people)
        if lacking is None:
            found[id] = action
        elif action.planned_at is not None:
            without.append(Unapplied(kind="action", record=id, at=action.planned_at, reason=lacking))
    return found, tuple(without)


def plans(situation: Situation, actions: Mapping[UUID, Action], inside: Population) -> tuple[Plan, ...]:
    """The plans of the parties of a scope, by party and start, from actions that have effect."""
    of_goals, of_actions = defaultdict[_Key, list[UUID]](list), defaultdict[_Key, list[UUID]](list)
    for id, goal in sorted(situation.goals.items()):
        if goal.start is not None:
            of_goals[party_of(goal), goal.start].append(id)
    for id, action in sorted(actions.items()):
        goal_of = situation.goals.get(action.goal) if action.goal is not None else None
        of_actions[_whose(action, goal_of), goal_of.start if goal_of is not None else None].append(id)
    keys = sorted(of_goals.keys() | of_actions.keys(), key=_in_order)
    return tuple(
        _plan(situation, party, start, of_goals[party, start], {id: actions[id] for id in of_actions[party, start]})
        for party, start in keys
        if _is_inside(situation, inside, party)
    )


_Key = tuple[Party | None, date | None]


def _in_order(key: _Key) -> tuple[str, str, str]:
    party, start = key
    return party.kind if party else "", str(party.id) if party else "", start.isoformat() if start else "9999"


def _whose(action: Action, goal: Goal | None) -> Party | None:
    if action.unit is not None:
        return Party("unit", action.unit)
    return party_of(goal) if goal is not None else None


def _is_inside(situation: Situation, inside: Population, party: Party | None) -> bool:
    if inside.scope == WHOLE:
        return True
    if party is None:
        return False
    if party.kind == "person":
        return party.id in inside.people
    return seat_of(situation.organisation.chart, party.id, situation.valid_at) in inside.units


def _plan(
    situation: Situation, party: Party | None, start: date | None, goals: list[UUID], actions: Mapping[UUID, Action]
) -> Plan:
    by_horizon = defaultdict[int | None, dict[UUID, Action]](dict)
    for id, action in actions.items():
        by_horizon[_horizon(start, first_day(action.by_whens))][id] = action
    days = [*(HORIZONS if start is not None else ()), *((None,) if start is None or None in by_horizon else ())]
    horizons = tuple(
        Horizon(
            days=each,
            ends=start + timedelta(each) if start is not None and each is not None else None,
            actions=_standings(situation, by_horizon[each]),
        )
        for each in days
    )
    whole = _standings(situation, actions)
    return Plan(party=party, start=start, goals=tuple(goals), horizons=horizons, actions=whole)


def _horizon(start: date | None, due: date | None) -> int | None:
    if start is None or due is None:
        return None
    return next((days for days in HORIZONS if due <= start + timedelta(days)), None)


def _standings(situation: Situation, actions: Mapping[UUID, Action]) -> Standings:
    by_due = defaultdict[Due, list[UUID]](list)
    for id, action in actions.items():
        goal = situation.goals.get(action.goal) if action.goal is not None else None
        by_due[stands(action, goal, situation.today)].append(id)
    return Standings(
        done=tuple(by_due[Due.DONE]),
        open=tuple(by_due[Due.OPEN]),
        overdue=tuple(by_due[Due.OVERDUE]),
        ended=tuple(by_due[Due.ENDED]),
        moved=tuple(id for id, action in actions.items() if moves(action.by_whens)),
    )
