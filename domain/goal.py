"""A goal: an intended result under a strategy, at one level of the organisation, that supports something above it.

Its status is a series of dated facts; any may follow any other. What commitments refer to, its title, target and due
date, is dated too, so that they become stale when it changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal, TypeVar
from uuid import UUID

from domain.accountability import Tenures, handed_over
from domain.dated import followed_by
from domain.goal_rules import (
    HORIZONS,
    ChangesNothing,
    DueAndDays,
    DueBeforeStart,
    GivenAndCleared,
    GoalAlreadyProposed,
    GoalSupportsItself,
    GoalUnknown,
    HorizonUnknown,
    HorizonWithoutStart,
    LevelContradicted,
    PersonAndUnit,
    ReplacedByItself,
)
from domain.kernel import Content, event
from domain.temporal import Aggregate, Fact

GoalField = Literal[
    "unit", "supports", "accountable", "target", "due", "level", "substantiation", "approach", "start", "within_days"
]
"""What a goal can be without, and what a change can therefore clear."""


class GoalLevel(StrEnum):
    """At which level of the organisation a goal stands. Unstated, it follows from whose goal it is."""

    ORGANISATION = "organisation"
    BUSINESS = "business"
    FUNCTION = "function"
    TEAM = "team"
    PERSON = "person"


@event("goal.proposed", schema=2)
class GoalProposed(Content):
    """A goal was proposed for a strategy, by a unit, by or for one `person`, or for the whole organisation.

    It supports elements of the strategy (`supports_elements`), or a parent goal (`supports_goal`), or both.
    `substantiation` is what shows that it is realistic, `approach` how it is to be reached. Its horizon is dated
    (`due`) or `within_days` (30, 60 or 90) after `start`.
    """

    key: str | None = None
    strategy: UUID
    title: str
    unit: UUID | None = None
    supports_elements: tuple[str, ...] = ()
    supports_goal: UUID | None = None
    accountable: UUID | None = None
    target: str | None = None
    due: date | None = None
    person: UUID | None = None
    level: GoalLevel | None = None
    substantiation: str | None = None
    approach: str | None = None
    start: date | None = None
    within_days: int | None = None


@event("goal.changed", schema=2)
class GoalChanged(Content):
    """Some of what the goal says is different from here on. What is not given stays; `cleared` names what is gone.

    Both kinds of support are restated together.
    """

    title: str | None = None
    unit: UUID | None = None
    supports_elements: tuple[str, ...] = ()
    supports_goal: UUID | None = None
    accountable: UUID | None = None
    target: str | None = None
    due: date | None = None
    cleared: tuple[GoalField, ...] = ()
    level: GoalLevel | None = None
    substantiation: str | None = None
    approach: str | None = None
    start: date | None = None
    within_days: int | None = None


@event("goal.accepted")
class GoalAccepted(Content):
    """The goal was taken up."""


@event("goal.declined")
class GoalDeclined(Content):
    """The goal was not taken up."""


@event("goal.deferred")
class GoalDeferred(Content):
    """The goal was put off."""


@event("goal.reopened")
class GoalReopened(Content):
    """The goal is up for decision again, whatever had become of it: it stands as proposed."""


@event("goal.achieved")
class GoalAchieved(Content):
    """The intended result is there."""


@event("goal.missed")
class GoalMissed(Content):
    """The intended result is not there when it was due."""


@event("goal.abandoned")
class GoalAbandoned(Content):
    """The goal is no longer pursued."""


@event("goal.replaced")
class GoalReplaced(Content):
    """Another goal, `by`, is pursued in its place, where it is known which."""

    by: UUID | None = None


class GoalStatus(StrEnum):
    """Where a goal stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DEFERRED = "deferred"
    ACHIEVED = "achieved"
    MISSED = "missed"
    ABANDONED = "abandoned"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class StatusSince:
    """A status that a goal has from an instant on, until the next entry."""

    status: GoalStatus
    since: datetime


@dataclass(frozen=True, slots=True)
class Supports:
    """What a goal supports from an instant on, until the next entry: elements of its strategy, a parent goal."""

    since: datetime
    elements: tuple[str, ...] = ()
    goal: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The state of a goal at an instant; `proposed_at` is None before it was proposed.

    `supports`, `statuses` and `accountable` are dated, oldest first; for who answers for it see also the strategy's
    `accountable_for_goals`. `changes` are the instants at which its title, target or due date became another. `due` is
    its last day, however the horizon was stated; `stated_level` the level that somebody stated.
    """

    proposed_at: datetime | None = None
    key: str | None = None
    strategy: UUID | None = None
    title: str = ""
    unit: UUID | None = None
    supports: tuple[Supports, ...] = ()
    accountable: Tenures = ()
    target: str | None = None
    due: date | None = None
    statuses: tuple[StatusSince, ...] = ()
    changes: tuple[datetime, ...] = ()
    replaced_by: UUID | None = None
    person: UUID | None = None
    stated_level: GoalLevel | None = None
    substantiation: str | None = None
    approach: str | None = None
    start: date | None = None
    within_days: int | None = None

    @property
    def supports_elements(self) -> tuple[str, ...]:
        """The elements that it supports."""
        return self.supports[-1].elements if self.supports else ()

    @property
    def supports_goal(self) -> UUID | None:
        """The goal that it supports."""
        return self.supports[-1].goal if self.supports else None

    @property
    def status(self) -> GoalStatus | None:
        """Where it stands; None before it was proposed."""
        return self.statuses[-1].status if self.statuses else None


def guard(state: Goal, fact: Fact) -> None:
    """Refuse what cannot be said about a goal in this state."""
    content = fact.content
    match content:
        case GoalProposed(supports_goal=parent):
            if state.proposed_at:
                raise GoalAlreadyProposed(state.title)
            if parent == fact.stream:
                raise GoalSupportsItself
            _be_one_partys(content.person, content.unit, content.level)
            _be_a_horizon(content.start, content.within_days, content.due)
        case _ if state.proposed_at is None:
            raise GoalUnknown(content.TOPIC.partition(".")[2])
        case GoalChanged():
            _be_a_change(content)
            if content.supports_goal == fact.stream:
                raise GoalSupportsItself
            _be_one_partys(state.person, content.unit, content.level)
            _be_a_horizon(*_horizon(state, content))
        case GoalReplaced(by=by):
            if by == fact.stream:
                raise ReplacedByItself
        case _:
            pass


def _be_one_partys(person: UUID | None, unit: UUID | None, level: GoalLevel | None) -> None:
    if person is not None and unit is not None:
        raise PersonAndUnit
    if level is not None and (level is GoalLevel.PERSON) != (person is not None):
        raise LevelContradicted(level)


def _be_a_horizon(start: date | None, days: int | None, due: date | None) -> None:
    if days is not None:
        if days not in HORIZONS:
            raise HorizonUnknown(days)
        if due is not None:
            raise DueAndDays
        if start is None:
            raise HorizonWithoutStart
    if start is not None and due is not None and due < start:
        raise DueBeforeStart(start, due)


def _horizon(state: Goal, content: GoalChanged) -> tuple[date | None, int | None, date | None]:
    """Start, days and stated due date once the change is made: days take a former due date's place, and it theirs."""
    cleared = content.cleared
    start = None if "start" in cleared else content.start or state.start
    days = None if "within_days" in cleared or content.due else state.within_days
    days = days if content.within_days is None else content.within_days
    stated = state.due if state.within_days is None and content.within_days is None and "due" not in cleared else None
    return start, days, content.due or stated


def last_day(start: date | None, days: int | None, due: date | None) -> date | None:
    """The last day of a horizon: `days` after the start, or the due date."""
    return start + timedelta(days) if start is not None and days is not None else due


def _be_a_change(content: GoalChanged) -> None:
    given = _given(content)
    if not given and not content.cleared:
        raise ChangesNothing
    for name in content.cleared:
        if name in given or (name == "supports" and given & {"supports_elements", "supports_goal"}):
            raise GivenAndCleared(name)


def _given(content: GoalChanged) -> frozenset[str]:
    names = (
        "title", "unit", "supports_elements", "supports_goal", "accountable", "target", "due", "level",
        "substantiation", "approach", "start", "within_days",
    )  # fmt: skip
    return frozenset(name for name in names if getattr(content, name) not in {None, ()})


STATUS_OF: dict[type[Content], GoalStatus] = {
    GoalAccepted: GoalStatus.ACCEPTED,
    GoalDeclined: GoalStatus.DECLINED,
    GoalDeferred: GoalStatus.DEFERRED,
    GoalReopened: GoalStatus.PROPOSED,
    GoalAchieved: GoalStatus.ACHIEVED,
    GoalMissed: GoalStatus.MISSED,
    GoalAbandoned: GoalStatus.ABANDONED,
    GoalReplaced: GoalStatus.REPLACED,
}
"""What status each fact gives a goal."""


def evolve(state: Goal, fact: Fact) -> Goal:
    """The goal once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    match content:
        case GoalProposed():
            return Goal(
                proposed_at=at,
                key=content.key,
                strategy=content.strategy,
                title=content.title,
                unit=content.unit,
                supports=(Supports(at, content.supports_elements, content.supports_goal),),
                accountable=handed_over((), content.accountable or content.person, at),
                target=content.target,
                due=last_day(content.start, content.within_days, content.due),
                statuses=(StatusSince(GoalStatus.PROPOSED, at),),
                person=content.person,
                stated_level=content.level,
                substantiation=content.substantiation,
                approach=content.approach,
                start=content.start,
                within_days=content.within_days,
            )
        case GoalChanged():
            return _changed(state, content, at)
        case _ if type(content) in STATUS_OF:
            by = content.by if isinstance(content, GoalReplaced) else None
            return replace(state, statuses=_with_status(state, STATUS_OF[type(content)], at), replaced_by=by)
        case _:
            return state


def _with_status(state: Goal, status: GoalStatus, at: datetime) -> tuple[StatusSince, ...]:
    """The statuses with this one too; one that the goal has already goes on."""
    return state.statuses if state.status is status else (*state.statuses, StatusSince(status, at))


def _changed(state: Goal, content: GoalChanged, at: datetime) -> Goal:
    given, cleared = _given(content), content.cleared
    supported = "supports" in cleared or bool(given & {"supports_elements", "supports_goal"})
    support = Supports(at, content.supports_elements, content.supports_goal)
    handed = "accountable" in cleared or "accountable" in given
    start, days, due = _horizon(state, content)
    after = replace(
        state,
        title=content.title if content.title is not None else state.title,
        unit=None if "unit" in cleared else content.unit or state.unit,
        supports=followed_by(state.supports, support) if supported else state.supports,
        accountable=handed_over(state.accountable, content.accountable, at) if handed else state.accountable,
        target=None if "target" in cleared else state.target if content.target is None else content.target,
        due=last_day(start, days, due),
        stated_level=_now("level", state.stated_level, content.level, cleared),
        substantiation=_now("substantiation", state.substantiation, content.substantiation, cleared),
        approach=_now("approach", state.approach, content.approach, cleared),
        start=start,
        within_days=days,
    )
    if (after.title, after.target, after.due) == (state.title, state.target, state.due):
        return after
    return replace(after, changes=(*state.changes, at))


V = TypeVar("V")


def _now(name: GoalField, was: V | None, given: V | None, cleared: tuple[GoalField, ...]) -> V | None:
    """What a field says once the change is made."""
    return None if name in cleared else was if given is None else given


GOAL: Aggregate[Goal] = Aggregate(
    "goal",
    Goal(),
    (
        GoalProposed,
        GoalChanged,
        GoalAccepted,
        GoalDeclined,
        GoalDeferred,
        GoalReopened,
        GoalAchieved,
        GoalMissed,
        GoalAbandoned,
        GoalReplaced,
    ),
    guard,
    evolve,
)
