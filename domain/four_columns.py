"""The table of four columns: goals, what substantiates them, approach and tactics, and KPIs; empty cells are counted.

A tactic in no row of the table stands beside it: it serves no goal, or one that was given up or put off. An exception
covers it until that expires.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from domain.goal import Goal, GoalLevel
from domain.goal_tree import is_inside, level_of
from domain.kpi import Kpi
from domain.kpi_place import GIVEN_UP, lacking, rests_because
from domain.scope import WHOLE, Population
from domain.situation import NOT_PROPOSED, Situation, Unapplied
from domain.tactic import WITHOUT_GOAL, Tactic
from domain.vacancy import PURSUED


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A goal that is pursued, with what stands in its cells."""

    goal: UUID
    state: Goal
    level: GoalLevel
    tactics: tuple[UUID, ...]
    kpis: tuple[UUID, ...]

    @property
    def empty(self) -> tuple[str, ...]:
        """The columns whose cell is empty."""
        cells = {
            "substantiation": bool(self.state.substantiation),
            "approach_and_tactics": bool(self.state.approach or self.tactics),
            "kpis": bool(self.kpis),
        }
        return tuple(name for name, filled in cells.items() if not filled)


class Cover(StrEnum):
    """Whether an exception covers a tactic that is in no row."""

    EXCEPTION = "exception"
    EXPIRED = "expired"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseTactic:
    """A tactic in no row: it serves no goal, or one that was given up or put off (`goal`).

    `exception` is the newest one that covers it, or did, until `expires` or for ever.
    """

    tactic: UUID
    goal: UUID | None
    cover: Cover
    exception: str | None
    expires: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FourColumns:
    """The table of a scope or a person, the tactics in no row of it, and those whose adoption has no effect."""

    rows: tuple[Row, ...]
    loose: tuple[LooseTactic, ...]
    without_effect: tuple[Unapplied, ...]


def four_columns(
    situation: Situation,
    tactics: Mapping[UUID, Tactic],
    kpis: Mapping[UUID, Kpi],
    inside: Population,
    person: UUID | None = None,
) -> FourColumns:
    """The table of the goals of a scope, or of one person's own."""
    followed, without = dict[UUID, Tactic](), list[Unapplied]()
    for id, tactic in tactics.items():
        if tactic.adopted_at is None or tactic.dropped_at is not None:
            continue
        if _was_there(situation, tactic):
            followed[id] = tactic
        else:
            without.append(Unapplied(kind="tactic", record=id, at=tactic.serves[-1].since, reason=NOT_PROPOSED))
    counting = {
        id: kpi
        for id, kpi in kpis.items()
        if kpi.retired_at is None and lacking(situation, kpi) is None and rests_because(situation, kpi) is None
    }

    def belongs(goal: Goal) -> bool:
        return goal.person == person if person is not None else is_inside(situation, inside, goal)

    rows = tuple(
        Row(
            goal=id,
            state=goal,
            level=level_of(situation.organisation.chart, goal, situation.valid_at),
            tactics=tuple(each for each, tactic in _by_title(followed) if tactic.goal == id),
            kpis=tuple(each for each, kpi in _by_title(counting) if kpi.goal == id),
        )
        for id, goal in sorted(situation.goals.items(), key=lambda each: _in_order(situation, *each))
        if goal.status in PURSUED and belongs(goal)
    )
    whole = inside.scope == WHOLE and person is None
    loose = tuple(
        _loose(situation, id, tactic)
        for id, tactic in _by_title(followed)
        if (goal := situation.goals.get(tactic.goal) if tactic.goal is not None else None) is None
        or (goal.status in GIVEN_UP and belongs(goal))
    )
    mine = tuple(each for each in loose if whole or each.goal is not None or _by(tactics[each.tactic], person))
    return FourColumns(rows=rows, loose=mine, without_effect=tuple(without))


T = TypeVar("T", Tactic, Kpi)


def _by_title(records: Mapping[UUID, T]) -> list[tuple[UUID, T]]:
    return sorted(records.items(), key=lambda each: (each[1].title, str(each[0])))


def _by(tactic: Tactic, person: UUID | None) -> bool:
    return person is not None and tactic.author == person


def _was_there(situation: Situation, tactic: Tactic) -> bool:
    """Whether the goal that a tactic serves had been proposed when it was said to serve it."""
    serves = tactic.serves[-1]
    if serves.goal is None:
        return True
    goal = situation.goals.get(serves.goal)
    return goal is not None and goal.proposed_at is not None and goal.proposed_at <= serves.since


def _in_order(situation: Situation, id: UUID, goal: Goal) -> tuple[int, str, str]:
    level = level_of(situation.organisation.chart, goal, situation.valid_at)
    return list(GoalLevel).index(level), goal.title, str(id)


def _loose(situation: Situation, id: UUID, tactic: Tactic) -> LooseTactic:
    at, authors = situation.valid_at, [tactic.author] if tactic.author is not None else []
    meant = [
        each
        for each in situation.strategy.exceptions
        if each.objection == WITHOUT_GOAL and each.element in {None, tactic.key}
    ]
    holding = [each for each in meant if each.passes(WITHOUT_GOAL, tactic.key, at, authors)]
    over = [each for each in meant if not each.holds(at)]
    found = next(reversed(holding or over), None)
    return LooseTactic(
        tactic=id,
        goal=tactic.goal,
        cover=Cover.EXCEPTION if holding else Cover.EXPIRED if over else Cover.NONE,
        exception=found.exception if found is not None else None,
        expires=found.expires if found is not None else None,
    )
