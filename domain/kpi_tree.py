"""The KPIs of a strategy at an instant: whose they are, at which level, and how they roll up to criteria and bets.

KPIs roll up from goals to parent goals, and from goals and elements to the elements that these support. Each counts
once at every place, however many ways lead there. What a place comes to is told by counts, the lowest way and the
middle one; never by an average, which hides what is behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from domain.action import GIVEN_UP as NO_LONGER_THERE
from domain.element import BETS, CRITERIA, Element
from domain.goal import GoalStatus
from domain.goal_tree import is_inside
from domain.kernel import Party
from domain.kpi import Kpi
from domain.kpi_place import GIVEN_UP, Level, elements_in_force, lacking, level_of, rests_because, unit_of
from domain.measuring import DayOf, Measured, exact_way, measured, shown
from domain.scope import WHOLE, Population
from domain.situation import Situation, Unapplied
from domain.vacancy import PURSUED


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One KPI in its place. One that `rests` counts nowhere; the text tells why."""

    id: UUID
    kpi: Kpi
    level: Level
    unit: UUID | None
    measured: Measured
    rests: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledUp:
    """What the KPIs of a place come to: how many, with which of them what, and the lowest and the middle way."""

    kpis: tuple[UUID, ...]
    with_target: tuple[UUID, ...]
    measured: tuple[UUID, ...]
    met: tuple[UUID, ...]
    overdue: tuple[UUID, ...]
    lowest_way: float | None
    middle_way: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNode:
    """A goal with its own KPIs, and what they come to with those of all the goals that support it."""

    goal: UUID
    title: str
    unit: UUID | None
    status: GoalStatus | None
    supports_goal: UUID | None
    supports_elements: tuple[str, ...]
    own: tuple[UUID, ...]
    rolled_up: RolledUp


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementNode:
    """An element with its own KPIs, and what they come to with those of all that supports it."""

    element: str
    kind: str
    text: str
    own: tuple[UUID, ...]
    rolled_up: RolledUp


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiTree:
    """The KPIs of a strategy and scope, and what they come to.

    `criteria_without_kpi` have none of their own, `criteria_without_any` none below them either.
    """

    placed: tuple[Placed, ...]
    whole: RolledUp
    by_level: Mapping[Level, RolledUp]
    elements: tuple[ElementNode, ...]
    goals: tuple[GoalNode, ...]
    criteria_without_kpi: tuple[str, ...]
    criteria_without_any: tuple[str, ...]
    goals_without_kpi: tuple[UUID, ...]
    without_target: tuple[UUID, ...]
    without_measurement: tuple[UUID, ...]
    without_rewards: tuple[UUID, ...]
    rewards_to_review: tuple[UUID, ...]
    unapplied: tuple[Unapplied, ...]


def kpi_tree(situation: Situation, inside: Population, kpis: Mapping[UUID, Kpi], day_of: DayOf) -> KpiTree:
    """The tree of these KPIs, all of the situation's strategy, in a scope."""
    placed, unapplied = list[Placed](), list[Unapplied]()
    for id, kpi in sorted(kpis.items()):
        if kpi.defined_at is None or kpi.retired_at is not None:
            continue
        lacks = lacking(situation, kpi)
        unit = unit_of(situation, kpi)
        if not _inside(inside, kpi, unit):
            continue
        if lacks is not None:
            party = Party("person", kpi.person) if kpi.person else None
            unapplied.append(Unapplied(kind="kpi", record=id, at=kpi.defined_at, reason=lacks, party=party))
            continue
        comes_to, rests = measured(kpi, situation.today, day_of), rests_because(situation, kpi)
        level = level_of(situation, kpi, unit)
        placed.append(Placed(id=id, kpi=kpi, level=level, unit=unit, measured=comes_to, rests=rests))
    counting = {each.id: each for each in placed if each.rests is None}
    elements = elements_in_force(situation)
    under = _Under(situation, elements, counting.values())
    criteria = [each.id for each in elements if each.kind in CRITERIA]
    return KpiTree(
        placed=tuple(placed),
        whole=rolled_up(counting.values()),
        by_level={
            level: rolled_up(mine)
            for level in Level
            if (mine := [each for each in counting.values() if each.level is level])
        },
        elements=tuple(
            ElementNode(
                element=each.id,
                kind=each.kind,
                text=each.text,
                own=under.own_of_element(each.id),
                rolled_up=rolled_up(counting[id] for id in sorted(under.element(each.id))),
            )
            for each in elements
            if each.kind in CRITERIA | BETS or under.element(each.id)
        ),
        goals=tuple(
            GoalNode(
                goal=id,
                title=goal.title,
                unit=goal.unit,
                status=goal.status,
                supports_goal=goal.supports_goal,
                supports_elements=goal.supports_elements,
                own=under.own_of_goal(id),
                rolled_up=rolled_up(counting[each] for each in sorted(under.goal(id))),
            )
            for id, goal in sorted(situation.goals.items())
            if goal.status not in GIVEN_UP and (is_inside(situation, inside, goal) or under.goal(id))
        ),
        criteria_without_kpi=tuple(each for each in criteria if not under.own_of_element(each)),
        criteria_without_any=tuple(each for each in criteria if not under.element(each)),
        goals_without_kpi=tuple(
            id
            for id, goal in sorted(situation.goals.items())
            if goal.status in PURSUED and is_inside(situation, inside, goal) and not under.own_of_goal(id)
        ),
        without_target=tuple(id for id, each in counting.items() if each.kpi.target is None),
        without_measurement=tuple(id for id, each in counting.items() if not each.kpi.measurements),
        without_rewards=tuple(id for id, each in counting.items() if not each.kpi.rewards),
        rewards_to_review=tuple(id for id, each in counting.items() if review_overdue(each.kpi, situation.today)),
        unapplied=tuple(unapplied),
    )


def rolled_up(placed: Iterable[Placed]) -> RolledUp:
    """What some KPIs come to together."""
    every = tuple(placed)
    # What is shown rounded is not worked on with: a middle of rounded ways would be rounded twice.
    ways = [exact for each in every if (exact := exact_way(each.kpi)) is not None]
    return RolledUp(
        kpis=tuple(each.id for each in every),
        with_target=tuple(each.id for each in every if each.kpi.target is not None),
        measured=tuple(each.id for each in every if each.kpi.measurements),
        met=tuple(each.id for each in every if each.measured.way.met),
        overdue=tuple(each.id for each in every if each.measured.overdue),
        lowest_way=float(shown(min(ways), 1)) if ways else None,
        middle_way=float(shown(median(ways), 1)) if ways else None,
    )


def review_overdue(kpi: Kpi, today: date) -> bool:
    """Whether what follows from success and failure should have been looked at by now, and was not since stated."""
    stated = kpi.rewards[-1] if kpi.rewards else None
    if stated is None or stated.review_by is None or stated.review_by >= today:
        return False
    return all(each.at < stated.since for each in kpi.reviews)


def _inside(inside: Population, kpi: Kpi, unit: UUID | None) -> bool:
    if inside.scope == WHOLE:
        return True
    return kpi.person in inside.people if kpi.person is not None else unit in inside.units


class _Under:
    """Which KPIs stand under which goal and element; a circle is gone round once."""

    def __init__(self, situation: Situation, elements: Iterable[Element], counting: Iterable[Placed]) -> None:
        self._of_goal, self._of_element = defaultdict[UUID, set[UUID]](set), defaultdict[str, set[UUID]](set)
        for each in counting:
            if each.kpi.goal is not None:
                self._of_goal[each.kpi.goal].add(each.id)
            elif each.kpi.element is not None:
                self._of_element[each.kpi.element].add(each.id)
        self._goals_below, self._goals_of = defaultdict[UUID, set[UUID]](set), defaultdict[str, set[UUID]](set)
        for id, goal in situation.goals.items():
            if goal.status in NO_LONGER_THERE:
                continue  # what supported it hangs loose, and leads nowhere
            parent = situation.goals.get(goal.supports_goal) if goal.supports_goal else None
            # What a goal is said to support before that was proposed, it does not support.
            if parent is not None and parent.proposed_at and parent.proposed_at <= goal.supports[-1].since:
                self._goals_below[goal.supports_goal or id].add(id)
            for element in goal.supports_elements:
                self._goals_of[element].add(id)
        self._elements_below = defaultdict[str, set[str]](set)
        for supporting in elements:
            for supported in supporting.supports:
                self._elements_below[supported].add(supporting.id)

    def own_of_goal(self, goal: UUID) -> tuple[UUID, ...]:
        return tuple(sorted(self._of_goal.get(goal, ())))

    def own_of_element(self, element: str) -> tuple[UUID, ...]:
        return tuple(sorted(self._of_element.get(element, ())))

    def goal(self, goal: UUID) -> frozenset[UUID]:
        return self._through({goal}, set())

    def element(self, element: str) -> frozenset[UUID]:
        ahead, seen = {element}, set[str]()
        while ahead:
            seen |= ahead
            ahead = set[str]().union(*(self._elements_below.get(each, ()) for each in ahead)) - seen
        goals = set[UUID]().union(*(self._goals_of.get(each, ()) for each in seen))
        own = set[UUID]().union(*(self._of_element.get(each, ()) for each in seen))
        return self._through(goals, own)

    def _through(self, goals: set[UUID], found: set[UUID]) -> frozenset[UUID]:
        ahead, seen = goals, set[UUID]()
        while ahead:
            seen |= ahead
            ahead = set[UUID]().union(*(self._goals_below.get(each, ()) for each in ahead)) - seen
        return frozenset(found.union(*(self._of_goal.get(each, ()) for each in seen)))
