"""Whose concern goals are, and the actions and tactics that serve them: the units', or one person's."""

from __future__ import annotations

from uuid import UUID

from application.command import Command
from application.desk import Desk
from domain.action import ACTION, Action
from domain.goal import Goal
from domain.kernel import Content, Party
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


def of_fact(desk: Desk, content: Content | None, goal: UUID) -> Concern:
    """What was said of a goal concerns whose it is, and the unit that was named then."""
    party, units = of_goal(desk, goal)
    said = getattr(content, "unit", None)
    return party, (*units, said) if isinstance(said, UUID) else units


def burdens_another(asked: Command, topic: str, party: Party | None, desk: Desk) -> bool:
    """Whether an act on somebody's own goal makes another person answer for it, or do something for it."""
    fields = {"goal": ("accountable",), "action": ("person",)}.get(topic.partition(".")[0], ())
    given = [getattr(asked, field, None) for field in fields]
    people = [desk.look_up("person", key) for key in given if isinstance(key, str)]
    return any(party is None or each != party.id for each in people)


def of_work(asked: Command, topic: str, desk: Desk) -> Concern | None:
    """What an act on a goal, an action or a tactic that is there concerns; None for every other act."""
    goal = named(asked, "goal", "goal", desk)
    match topic.partition("."):
        case "goal", _, "proposed":
            person, unit = named(asked, "person", "person", desk), named(asked, "unit", "unit", desk)
            party = Party("person", person) if person is not None else None
            return party, (unit,) if unit is not None else ()
        case "goal", _, _:
            party, units = of_goal(desk, goal)
            unit = named(asked, "unit", "unit", desk)
            return party, (*units, *((unit,) if unit is not None else ()))
        case "action", _, "planned":
            party, units = of_goal(desk, goal)
            unit = named(asked, "unit", "unit", desk)
            return party, units if unit is None else (unit,)
        case "tactic", _, "adopted":
            return of_goal(desk, goal)
        case "action", _, _ if (action := named(asked, "action", "action", desk)) is not None:
            return of_action(desk, topic, action)
        case "tactic", _, _ if (tactic := named(asked, "tactic", "tactic", desk)) is not None:
            return of_tactic(desk, tactic, goal)
        case _:
            return None


def named(asked: Command, kind: str, field: str, desk: Desk) -> UUID | None:
    """The record that a command names in a field."""
    reference = getattr(asked, field, None)
    return desk.look_up(kind, reference) if isinstance(reference, str) else None


def _whenever(desk: Desk, goal: UUID | None) -> Goal:
    return desk.goal_whenever(goal) if goal is not None else Goal()


def _person(person: UUID | None) -> Party | None:
    return Party("person", person) if person is not None else None
