"""The goal tree: every level turns what stands above it into goals of its own; what hangs loose shows.

Goals that are pursued, under what they support that has effect: elements in force (of the draft before anything is),
and goals proposed by then. Units without goals, goals that support nothing, and criteria and bets that nothing supports
are what the tree lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.action import GIVEN_UP
from domain.chart import Chart
from domain.element import BETS, CRITERIA
from domain.goal import Goal, GoalLevel
from domain.kpi_place import elements_in_force
from domain.scope import WHOLE, Population, seat_of
from domain.situation import Situation
from domain.vacancy import PURSUED

KINDS = {"enterprise": GoalLevel.ORGANISATION, "organisation": GoalLevel.ORGANISATION} | {
    str(each): each for each in (GoalLevel.BUSINESS, GoalLevel.FUNCTION, GoalLevel.TEAM)
}
"""At which level the goals of a unit of a kind stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A goal in the tree: at which level it stands, and what it supports that has effect.

    `loose` says that it supports nothing: neither an element that there is, nor a goal that is not given up.
    """

    goal: UUID
    state: Goal
    level: GoalLevel
    elements: tuple[str, ...]
    parent: UUID | None
    loose: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalTree:
    """The pursued goals of a scope, and what the tree lacks.

    `unsupported` are the criteria and bets that no pursued goal supports, by itself or through others, whatever the
    scope; `without_goals` the living units of the scope that have no pursued goal.
    """

    nodes: tuple[Node, ...]
    without_goals: tuple[UUID, ...]
    unsupported: tuple[str, ...]

    @property
    def loose(self) -> tuple[UUID, ...]:
        """The goals that support nothing."""
        return tuple(each.goal for each in self.nodes if each.loose)


def level_of(chart: Chart, goal: Goal, at: datetime) -> GoalLevel:
    """The level that was stated; else a person's, that of the unit's kind, or the organisation's.

    A unit of another kind than those named is the organisation on top of the chart, a function where it has units
    below it, else a team.
    """
    if goal.person is not None:
        return GoalLevel.PERSON
    if goal.stated_level is not None:
        return goal.stated_level
    unit = chart.unit(goal.unit) if goal.unit is not None else None
    if unit is None or goal.unit is None:
        return GoalLevel.ORGANISATION
    known = KINDS.get(unit.label(at).kind.casefold())
    if known is not None:
        return known
    if chart.parent(goal.unit, at) is None:
        return GoalLevel.ORGANISATION
    return GoalLevel.FUNCTION if len(chart.subtree(goal.unit, at)) > 1 else GoalLevel.TEAM


def goal_tree(situation: Situation, inside: Population) -> GoalTree:
    """The goal tree of a situation in a scope."""
    everything = {id: goal for id, goal in situation.goals.items() if goal.status in PURSUED}
    nodes = {id: _node(situation, id, goal) for id, goal in everything.items()}
    here = tuple(node for id, node in sorted(nodes.items()) if is_inside(situation, inside, node.state))
    chart = situation.organisation.chart
    having = {chart.carried_on_by(each.unit, situation.valid_at) for each in everything.values() if each.unit}
    return GoalTree(
        nodes=here,
        without_goals=tuple(sorted(inside.units - having)),
        unsupported=tuple(sorted(_measured(situation) - _reached(situation, nodes))),
    )


def is_inside(situation: Situation, inside: Population, goal: Goal) -> bool:
    """Whether a goal is of a scope: its person's, or its unit's, what carries that on, or where it last sat."""
    if inside.scope == WHOLE:
        return True
    if goal.person is not None:
        return goal.person in inside.people
    unit = goal.unit
    return unit is not None and seat_of(situation.organisation.chart, unit, situation.valid_at) in inside.units


def _measured(situation: Situation) -> set[str]:
    """The criteria and bets."""
    return {each.id for each in elements_in_force(situation) if each.kind in CRITERIA | BETS}


def _node(situation: Situation, id: UUID, goal: Goal) -> Node:
    known, support = {each.id for each in elements_in_force(situation)}, goal.supports[-1] if goal.supports else None
    elements = tuple(each for each in support.elements if each in known) if support is not None else ()
    parent, since = goal.supports_goal, support.since if support is not None else None
    above = situation.goals.get(parent) or situation.goals_beyond.get(parent) if parent is not None else None
    holds = above is not None and above.proposed_at is not None and since is not None and above.proposed_at <= since
    alive = holds and above is not None and above.status not in GIVEN_UP
    level = level_of(situation.organisation.chart, goal, situation.valid_at)
    return Node(
        goal=id,
        state=goal,
        level=level,
        elements=elements,
        parent=parent if holds else None,
        loose=not elements and not alive,
    )


def _reached(situation: Situation, nodes: dict[UUID, Node]) -> frozenset[str]:
    """The elements that pursued goals support: by themselves, through goals above, and through other elements."""
    found = set[str]()
    for node in nodes.values():
        here: Node | None = node
        passed = set[UUID]()
        while here is not None and here.goal not in passed:
            passed.add(here.goal)
            found.update(here.elements)
            above = situation.goals.get(here.parent) if here.parent is not None else None
            alive = above is not None and above.status not in GIVEN_UP
            here = _node(situation, here.parent, above) if alive and above and here.parent else None
    supports = {each.id: each.supports for each in elements_in_force(situation)}
    ahead = set(found)
    while ahead:
        ahead = {other for id in ahead for other in supports.get(id, ())} - found
        found |= ahead
    return frozenset(found)
