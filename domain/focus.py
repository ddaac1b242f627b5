"""Focus: what exceeds the limits, and how much of what was to be let go of is still being worked on.

All of it follows from the states at the moment. Goals count while they are still to be reached; what a goal serves is
what it supports, itself or through the goals above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.accountability import Tenures
from domain.action import Action, ActionStatus
from domain.commitment import Standing, Target
from domain.draft_check import CRITERIA_COUNT
from domain.element import CRITERIA, LET_GO, Element
from domain.goal import Goal
from domain.judgement import Judged
from domain.limit import LimitKind, LimitLevel, Limits, allowed
from domain.strategy_map import OPEN_GOALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How many of a kind somebody has, and the most there should be; `things` are the ids of what was counted.

    `who` is a unit, a person or a strategy; None is the organisation. `least` is stated where too few is amiss, too.
    """

    level: LimitLevel
    kind: str
    who: UUID | None
    found: int
    least: int | None
    most: int
    since: datetime | None
    exceeds: bool
    things: tuple[str, ...]


def held(
    limits: Limits, level: LimitLevel, kind: LimitKind, things: Mapping[UUID | None, Iterable[str]]
) -> tuple[Held, ...]:
    """Against its limit, what each has of a kind; those who exceed it first, by how much."""
    found = list[Held]()
    for who, each in things.items():
        own = tuple(dict.fromkeys(each))
        limit = allowed(limits, level, kind, who if level is LimitLevel.UNIT else None)
        found.append(
            Held(
                level=level,
                kind=kind,
                who=who,
                found=len(own),
                least=None,
                most=limit.most,
                since=limit.since,
                exceeds=len(own) > limit.most,
                things=own,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.most - each.found, str(each.who))))


def criteria_held(strategy: UUID, elements: Iterable[Element]) -> Held:
    """How many success criteria a strategy has: three, four or five."""
    things = tuple(each.id for each in elements if each.kind in CRITERIA)
    least, most = CRITERIA_COUNT
    return Held(
        level=LimitLevel.ORGANISATION,
        kind="success_criterion",
        who=strategy,
        found=len(things),
        least=least,
        most=most,
        since=None,
        exceeds=len(things) > most,
        things=things,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """Something to be let go of, who answers for that, by when, and what still works on it.

    `vacant` says that nobody answers for it; `past` that the day by which it was to be gone has passed.
    """

    element: str
    text: str
    accountable: UUID | None
    vacant: bool
    due: date | None
    past: bool
    goals: frozenset[UUID]
    actions: frozenset[UUID]
    commitments: frozenset[UUID]

    @property
    def still_worked_on(self) -> bool:
        """Whether anything still works on it."""
        return bool(self.goals or self.actions or self.commitments)


@dataclass(frozen=True, slots=True, kw_only=True)
class LettingGo:
    """The let-go list, and all open work of the strategy, so that its part in it can be told."""

    let_go: tuple[LetGo, ...]
    goals: frozenset[UUID]
    actions: frozenset[UUID]
    commitments: frozenset[UUID]

    def part(self, kind: str) -> frozenset[UUID]:
        """The open work of a kind that goes into what was to be let go of, each counted once."""
        return frozenset(id for each in self.let_go for id in getattr(each, kind))


def letting_go(
    elements: Iterable[Element],
    accountable: Mapping[str, Tenures],
    goals: Mapping[UUID, Goal],
    actions: Mapping[UUID, Action],
    judged: Iterable[Judged],
    today: date,
    under: frozenset[UUID],
) -> LettingGo:
    """How much of what was to be let go of is still being worked on.

    `goals` are those `under` the strategy with those of others that they rest on; `actions` and `judged` commitments
    are the strategy's.
    """
    open_goals = frozenset(id for id in under if goals[id].status in OPEN_GOALS)
    planned = {id: each for id, each in actions.items() if each.status is ActionStatus.PLANNED}
    standing = {each.id: each.target for each in judged if each.state.standing is Standing.OPEN}
    served = {id: _served(goals, id, under) for id in open_goals}
    found = list[LetGo]()
    for element in elements:
        if element.kind != LET_GO:
            continue
        tenures = accountable.get(element.id, ())
        person = tenures[-1].person if tenures else None
        serving = frozenset(id for id, elements_served in served.items() if element.id in elements_served)
        found.append(
            LetGo(
                element=element.id,
                text=element.text,
                accountable=person,
                vacant=person is None,
                due=element.due,
                past=element.due is not None and element.due < today,
                goals=serving,
                actions=frozenset(id for id, each in planned.items() if each.goal in serving),
                commitments=frozenset(id for id, target in standing.items() if _to(target, element.id, serving)),
            )
        )
    return LettingGo(let_go=tuple(found), goals=open_goals, actions=frozenset(planned), commitments=frozenset(standing))


def _to(target: Target, element: str, goals: frozenset[UUID]) -> bool:
    return target.element == element or (target.goal is not None and target.goal in goals)


def _served(goals: Mapping[UUID, Goal], goal: UUID, under: frozenset[UUID]) -> frozenset[str]:
    """The elements of the strategy that a goal supports, itself or through those above it."""
    reached, found, ahead = set[UUID](), set[str](), goals.get(goal)
    here: UUID | None = goal
    while ahead is not None and here is not None and here not in reached:
        reached.add(here)
        if here in under:
            found.update(ahead.supports_elements)
        here = ahead.supports_goal
        ahead = goals.get(here) if here is not None else None
    return frozenset(found)
