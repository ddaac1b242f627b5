"""Focus: what exceeds the limits, and how much of what was to be let go of is still being worked on.

All of it follows from the states at the moment. Goals count while they are still to be reached; what a goal serves is
what it supports, itself or through the goals above it. Whoever commits to a let-go itself takes on to let it go: that
is no work on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.action import Action, ActionStatus
from domain.allocation import Basis, Measures, StillGoing
from domain.commitment import Standing
from domain.draft_check import CRITERIA_COUNT
from domain.element import CRITERIA, LET_GO, Element
from domain.goal import Goal
from domain.judgement import Flag, Judged
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
        limit = allowed(limits, level, kind, who)
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

    `vacant` says that nobody answers for it; `past` that the day by which it was to be gone has passed. `commitments`
    are those to goals that work on it, `taken_on` those to let it go; `going` tells what money and people go into it
    after its day.
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
    taken_on: frozenset[UUID] = frozenset()
    going: StillGoing | None = None

    @property
    def spent_after(self) -> Measures:
        """What money and people went into it in periods after its day."""
        return self.going.after[Basis.ACTUAL] if self.going is not None else {}

    @property
    def still_worked_on(self) -> bool:
        """Whether anything still works on it, or anything was spent on it after its day."""
        return bool(self.goals or self.actions or self.commitments or any(self.spent_after.values()))


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

    def within(
        self, goals: Callable[[UUID], bool], actions: Callable[[UUID], bool], commitments: Callable[[UUID], bool]
    ) -> LettingGo:
        """The same of one part of the organisation: of the goals, actions and commitments that are of it."""

        def here(ids: frozenset[UUID], inside: Callable[[UUID], bool]) -> frozenset[UUID]:
            return frozenset(id for id in ids if inside(id))

        return LettingGo(
            let_go=tuple(
                replace(
                    each,
                    goals=here(each.goals, goals),
                    actions=here(each.actions, actions),
                    commitments=here(each.commitments, commitments),
                    taken_on=here(each.taken_on, commitments),
                )
                for each in self.let_go
            ),
            goals=here(self.goals, goals),
            actions=here(self.actions, actions),
            commitments=here(self.commitments, commitments),
        )


NOT_THEIRS = frozenset({Flag.UNOWNED, Flag.ON_BEHALF})
"""A commitment that is nobody's, or that its party did not make: it counts apart."""


def letting_go(
    elements: Iterable[Element],
    accountable: Mapping[str, UUID | None],
    goals: Mapping[UUID, Goal],
    actions: Mapping[UUID, Action],
    judged: Iterable[Judged],
    today: date,
    under: frozenset[UUID],
    going: Iterable[StillGoing] = (),
) -> LettingGo:
    """How much of what was to be let go of is still being worked on.

    `accountable` tells who answers for an element now. `goals` are those `under` the strategy with those of others that
    they rest on; `actions` and `judged` commitments are the strategy's, as far as they have effect; `going` tells what
    still goes into let-gos.
    """
    open_goals = frozenset(id for id in under if goals[id].status in OPEN_GOALS)
    planned = {id: each for id, each in actions.items() if each.status is ActionStatus.PLANNED}
    standing = {
        each.id: each.target for each in judged if each.state.standing is Standing.OPEN and not each.flags & NOT_THEIRS
    }
    still = {each.element: each for each in going}
    served = {id: _served(goals, id, under) for id in open_goals}
    found = list[LetGo]()
    for element in elements:
        if element.kind != LET_GO:
            continue
        person = accountable.get(element.id)
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
                commitments=frozenset(id for id, target in standing.items() if target.goal in serving),
                taken_on=frozenset(id for id, target in standing.items() if target.element == element.id),
                going=still.get(element.id),
            )
        )
    return LettingGo(let_go=tuple(found), goals=open_goals, actions=frozenset(planned), commitments=frozenset(standing))


def _served(goals: Mapping[UUID, Goal], goal: UUID, under: frozenset[UUID]) -> frozenset[str]:
    """The elements of the strategy that a goal supports, itself or through those above it.

    What a goal is said to support before that was proposed, it does not support.
    """
    reached, found, ahead = set[UUID](), set[str](), goals.get(goal)
    here: UUID | None = goal
    while ahead is not None and here is not None and here not in reached:
        reached.add(here)
        if here in under:
            found.update(ahead.supports_elements)
        here = ahead.supports_goal
        since = ahead.supports[-1].since if ahead.supports else None
        above = goals.get(here) if here is not None else None
        there = above.proposed_at if above is not None else None
        ahead = above if there is not None and since is not None and there <= since else None
    return frozenset(found)
