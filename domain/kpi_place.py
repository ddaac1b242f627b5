"""Whose a KPI is at an instant, at which level, and whether it counts there.

A fact whose reference did not exist at its own instant has no effect, as everywhere. A KPI *rests* where what it
measures is given up or not in force, where its person is gone, or where it was agreed that there are none of
individuals.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.agreement import switched_off
from domain.chart import Chart
from domain.element import Element
from domain.goal import GoalStatus
from domain.kpi import Kpi
from domain.purpose import DataKind
from domain.scope import seat_of
from domain.situation import NOT_DRAFTED, NOT_FORMED, NOT_JOINED, NOT_PROPOSED, Situation

GIVEN_UP = frozenset({GoalStatus.DECLINED, GoalStatus.DEFERRED, GoalStatus.ABANDONED, GoalStatus.REPLACED})
"""Where a goal stands whose KPIs rest."""


class Level(StrEnum):
    """At which level of the organisation a KPI is."""

    ORGANISATION = "organisation"
    BUSINESS = "business"
    FUNCTION = "function"
    TEAM = "team"
    INDIVIDUAL = "individual"


LEVELS = {"enterprise": Level.ORGANISATION, "organisation": Level.ORGANISATION} | {
    each.value: each for each in (Level.BUSINESS, Level.FUNCTION, Level.TEAM)
}
"""The levels of the kinds of units that have one by name."""


def unit_of(situation: Situation, kpi: Kpi) -> UUID | None:
    """The unit whose KPI it is: its own, or else its goal's, or what carries that on. A person's own has none."""
    if kpi.person is not None:
        return None
    goal = situation.goals.get(kpi.goal) if kpi.goal else None
    unit = kpi.unit or (goal.unit if goal else None)
    return seat_of(situation.organisation.chart, unit, situation.valid_at) if unit is not None else None


def level_of(situation: Situation, kpi: Kpi, unit: UUID | None) -> Level:
    """At which level a KPI is: a person's own is individual, and a unit's at that of the unit.

    Without a unit of its own it is where its goal was said to be. A unit of another kind than those named is at the
    organisation's level on top of the chart, a function where it has units below it, else a team.
    """
    if kpi.person is not None:
        return Level.INDIVIDUAL
    goal = situation.goals.get(kpi.goal) if kpi.goal is not None and kpi.unit is None else None
    if goal is not None and goal.stated_level is not None:
        return Level(goal.stated_level)
    chart, at = situation.organisation.chart, situation.valid_at
    if unit is None:
        return Level.ORGANISATION
    known = LEVELS.get(_kind(chart, unit, at))
    if known is not None:
        return known
    if chart.parent(unit, at) is None:
        return Level.ORGANISATION
    return Level.FUNCTION if len(chart.subtree(unit, at)) > 1 else Level.TEAM


def lacking(situation: Situation, kpi: Kpi) -> str | None:
    """What a KPI refers to that was not there at its own instant; None where it has effect."""
    at = kpi.defined_at or situation.valid_at
    drafted = situation.strategy.drafted_at
    if drafted is None or drafted > at:
        return NOT_DRAFTED
    if kpi.goal is not None:
        goal = situation.goals.get(kpi.goal)
        if goal is None or goal.proposed_at is None or goal.proposed_at > at:
            return NOT_PROPOSED
    if kpi.unit is not None:
        unit = situation.organisation.chart.unit(kpi.unit)
        if unit is None or unit.since > (kpi.unit_since or at):
            return NOT_FORMED
    if kpi.person is not None:
        person = situation.people.get(kpi.person)
        if person is None or person.known_as(at) is None:
            return NOT_JOINED
    return None


def rests_because(situation: Situation, kpi: Kpi) -> str | None:
    """Why a KPI counts nowhere at present; None for one that counts."""
    if kpi.person is not None:
        agreement = switched_off(situation.organisation.agreements, situation.valid_at).get(DataKind.KPIS)
        if agreement is not None:
            return f"agreement {agreement} switches KPIs of individuals off"
        person = situation.people.get(kpi.person)
        if person is None or not person.present(situation.valid_at):
            return "its person is no longer there"
    goal = situation.goals.get(kpi.goal) if kpi.goal else None
    if goal is not None and goal.status in GIVEN_UP:
        return f"its goal is {goal.status}"
    if kpi.element is not None and all(each.id != kpi.element for each in elements_in_force(situation)):
        return "its element is not in force"
    return None


def elements_in_force(situation: Situation) -> tuple[Element, ...]:
    """The elements in force; those of the draft before anything is."""
    revision = situation.revision
    return tuple(revision.elements if revision else situation.strategy.draft.elements)


def _kind(chart: Chart, unit: UUID, at: datetime) -> str:
    found = chart.unit(unit)
    return found.label(at).kind.casefold() if found is not None else ""
