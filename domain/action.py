"""An action: a dated, owned piece of work that serves a goal or closes a gap; done with evidence.

Its first by-when stays; moving it is counted. Whether it is overdue, or no longer asked for, is derived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.accountability import Tenures, handed_over
from domain.goal import Goal, GoalStatus
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.obligation import ByWhens, Due, moved, present_day, standing
from domain.person import Person
from domain.sealed import Private
from domain.situation import NOT_JOINED, NOT_PROPOSED
from domain.temporal import Aggregate, Fact


@event("action.planned")
class ActionPlanned(Content):
    """A person took on, or was given, a piece of work, due by the end of the day `by_when`.

    It serves a `goal`, or closes a `gap`, or both; `unit` is whose work it is where that is not the goal's own unit.
    """

    key: str | None = None
    strategy: UUID | None = None
    title: str
    goal: UUID | None = None
    gap: UUID | None = None
    unit: UUID | None = None
    person: UUID
    by_when: date


@event("action.changed")
class ActionChanged(Content):
    """Some of what the action says is different from here on. What is not given stays."""

    title: str | None = None
    person: UUID | None = None
    by_when: date | None = None


@event("action.done")
class ActionDone(Content):
    """The work was done; what shows it, in own words."""

    evidence: Private | None = None


@event("action.reopened")
class ActionReopened(Content):
    """The work is to be done after all, or again: it stands as planned."""


@event("action.dropped")
class ActionDropped(Content):
    """The work is no longer asked for."""


class ActionStatus(StrEnum):
    """What became of an action so far."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """The state of an action at an instant; `planned_at` is None before it was planned.

    `owners` are dated, oldest first; `by_whens` too, of which the first stays for ever. `ended_at` is when it was done
    or dropped.
    """

    planned_at: datetime | None = None
    key: str | None = None
    strategy: UUID | None = None
    title: str = ""
    goal: UUID | None = None
    gap: UUID | None = None
    unit: UUID | None = None
    owners: Tenures = ()
    by_whens: ByWhens = ()
    status: ActionStatus = ActionStatus.PLANNED
    evidence: Private | None = None
    ended_at: datetime | None = None

    @property
    def person(self) -> UUID | None:
        """Whose it is to do."""
        return self.owners[-1].person if self.owners else None


@dataclass(eq=False)
class ActionUnknown(Refusal):
    """Something was said about an action before it was planned."""

    act: str
    where = "at"
    rule = "the action had not been planned at that instant, so it cannot be {act}"
    way_out = "plan it first, or date this after it was planned"


@dataclass(eq=False)
class ActionAlreadyPlanned(Refusal):
    """An action is planned once."""

    title: str
    where = "action"
    rule = "this action was planned already, as {title!r}"
    way_out = "change or reopen it, or plan another one under a key of its own"


@dataclass(eq=False)
class ActionForNothing(Refusal):
    """An action that serves no goal and closes no gap."""

    kind = RefusalKind.INVALID
    where = "goal"
    rule = "an action serves a goal or closes a gap, and this one names neither"
    way_out = "name the goal that it serves, or the gap that it is to close"


@dataclass(eq=False)
class DueBeforePlanned(Refusal):
    """An action that would have been overdue when that was said."""

    by_when: date
    said: date
    kind = RefusalKind.INVALID
    where = "by_when"
    rule = "what is said on {said} cannot be due on {by_when}, before it"
    way_out = "name that day or a later one; what was planned earlier can be entered late, dated when it was"


@dataclass(eq=False)
class ActionEnded(Refusal):
    """What was done or dropped is over, until it is reopened."""

    status: ActionStatus
    where = "action"
    rule = "the action is {status} already"
    way_out = "reopen it first, or correct what was said"


@dataclass(eq=False)
class ActionNotEnded(Refusal):
    """What is still to be done cannot be reopened."""

    where = "action"
    rule = "the action is still to be done: there is nothing to reopen"
    way_out = "change it, or say that it is done or dropped"


@dataclass(eq=False)
class ActionChangesNothing(Refusal):
    """A change that says nothing."""

    kind = RefusalKind.INVALID
    where = "title"
    rule = "nothing of the action is said to be different"
    way_out = "give another title, owner or by-when"


def guard(state: Action, fact: Fact) -> None:
    """Refuse what cannot be said about an action in this state."""
    content = fact.content
    match content:
        case ActionPlanned():
            if state.planned_at is not None:
                raise ActionAlreadyPlanned(state.title)
            if content.goal is None and content.gap is None:
                raise ActionForNothing
        case _ if state.planned_at is None:
            raise ActionUnknown(content.TOPIC.partition(".")[2])
        case ActionReopened():
            if state.status is ActionStatus.PLANNED:
                raise ActionNotEnded
        case _ if state.status is not ActionStatus.PLANNED:
            raise ActionEnded(state.status)
        case ActionChanged(title=None, person=None, by_when=None):
            raise ActionChangesNothing
        case _:
            pass


def evolve(state: Action, fact: Fact) -> Action:
    """The action once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    match content:
        case ActionPlanned():
            return Action(
                planned_at=at,
                key=content.key,
                strategy=content.strategy,
                title=content.title,
                goal=content.goal,
                gap=content.gap,
                unit=content.unit,
                owners=handed_over((), content.person, at),
                by_whens=moved((), content.by_when, at),
            )
        case ActionChanged(title=title, person=person, by_when=by_when):
            return replace(
                state,
                title=state.title if title is None else title,
                owners=state.owners if person is None else handed_over(state.owners, person, at),
                by_whens=moved(state.by_whens, by_when, at),
            )
        case ActionDone(evidence=evidence):
            return replace(state, status=ActionStatus.DONE, evidence=evidence, ended_at=at)
        case ActionDropped():
            return replace(state, status=ActionStatus.DROPPED, evidence=None, ended_at=at)
        case ActionReopened():
            return replace(state, status=ActionStatus.PLANNED, evidence=None, ended_at=None)
        case _:
            return state


ACTION: Aggregate[Action] = Aggregate(
    "action", Action(), (ActionPlanned, ActionChanged, ActionDone, ActionReopened, ActionDropped), guard, evolve
)

GIVEN_UP = frozenset({GoalStatus.DECLINED, GoalStatus.ABANDONED, GoalStatus.REPLACED})
"""Where a goal stands whose actions nobody asks for any more."""

NOT_PLANNED = "it had not been planned by then"


def stands(action: Action, goal: Goal | None, today: date) -> Due:
    """Where an action stands on the day `today`; `goal` is the one that it serves, as of then.

    One whose goal was given up is no longer asked for, unless it is to close a gap too.
    """
    given_up = goal is not None and goal.status in GIVEN_UP and action.gap is None
    ended = action.status is ActionStatus.DROPPED or given_up
    return standing(present_day(action.by_whens), today, done=action.status is ActionStatus.DONE, ended=ended)


def lacks(action: Action, goal: Goal | None, people: Mapping[UUID, Person]) -> str | None:
    """What did not exist when the action was planned, so that its planning has no effect; None where it has."""
    at = action.planned_at
    if at is None:
        return NOT_PLANNED
    if action.goal is not None and (goal is None or goal.proposed_at is None or goal.proposed_at > at):
        return NOT_PROPOSED
    first = people.get(action.owners[0].person) if action.owners and action.owners[0].person else None
    return None if first is not None and first.known_as(at) is not None else NOT_JOINED
