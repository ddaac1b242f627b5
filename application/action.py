"""Commands about actions: planned for a goal or to close a gap, moved, done with evidence; and who owes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.desk_rules import GapOfAnotherStrategy, GoalOfAnotherStrategy, MovesToAnotherStrategy
from application.owing import Owner, owes
from domain.action import (
    ACTION,
    Action,
    ActionChanged,
    ActionDone,
    ActionDropped,
    ActionPlanned,
    ActionReopened,
    DueBeforePlanned,
    lacks,
    stands,
)
from domain.gap import GAP
from domain.goal import GOAL
from domain.kernel import Content, Party, Refusal, RefusalKind
from domain.obligation import Due, present_day
from domain.owed import Call, Owed
from domain.person import PERSON


@dataclass(eq=False)
class OwnerNotThere(Refusal):
    """Work given to somebody who is not there to do it."""

    person: UUID
    kind = RefusalKind.INVALID
    where = "person"
    rule = "{person} does not belong to the organisation at that instant"
    way_out = "name somebody who does, or date this when they did"


@command("action.planned")
class PlanAction(Command):
    """Plan an action: a piece of work that one person does by a day, for a goal or to close a gap.

    The strategy is that of its goal, where it serves one.
    """

    title: str
    person: str
    by_when: date
    action: str | None = None
    strategy: str | None = None
    goal: str | None = None
    gap: str | None = None
    unit: str | None = None


@command("action.changed")
class ChangeAction(Command):
    """Give an action another title, owner or by-when. Its first by-when stays visible, and moves are counted."""

    action: str
    title: str | None = None
    person: str | None = None
    by_when: date | None = None


@command("action.done")
class CompleteAction(Command):
    """Say that an action is done, and what shows it."""

    action: str
    evidence: str | None = None


@command("action.reopened")
class ReopenAction(Command):
    """Say that an action is still to be done, whatever had become of it."""

    action: str


@command("action.dropped")
class DropAction(Command):
    """Say that an action is no longer asked for."""

    action: str


@handles(PlanAction)
def plan(asked: PlanAction, desk: Desk) -> AnyDraft:
    """A new action."""
    stream = desk.new("action", asked.action)
    goal = desk.find("goal", asked.goal) if asked.goal is not None else None
    content = ActionPlanned(
        key=desk.open_key("action", asked.action),
        strategy=_strategy(desk, asked, goal),
        title=asked.title,
        goal=goal,
        gap=desk.find("gap", asked.gap) if asked.gap is not None else None,
        unit=_unit(desk, asked, goal),
        person=_owner(desk, asked.person),
        by_when=_day(desk, asked.by_when),
    )
    return Draft[Action](aggregate=ACTION, stream=stream, content=content)


@handles(ChangeAction)
def change(asked: ChangeAction, desk: Desk) -> AnyDraft:
    """An action that says something else."""
    content = ActionChanged(
        title=asked.title,
        person=_owner(desk, asked.person) if asked.person is not None else None,
        by_when=_day(desk, asked.by_when) if asked.by_when is not None else None,
    )
    return _said(desk, asked.action, content)


@handles(CompleteAction)
def complete(asked: CompleteAction, desk: Desk) -> AnyDraft:
    """Done. What shows it is its owner's text."""
    owner = desk.before(ACTION, desk.find("action", asked.action)).person
    party = Party("person", owner) if owner is not None else None
    return _said(desk, asked.action, ActionDone(evidence=desk.own_words(asked.evidence, party)))


@handles(ReopenAction)
def reopen(asked: ReopenAction, desk: Desk) -> AnyDraft:
    """To be done after all."""
    return _said(desk, asked.action, ActionReopened())


@handles(DropAction)
def drop(asked: DropAction, desk: Desk) -> AnyDraft:
    """No longer asked for."""
    return _said(desk, asked.action, ActionDropped())


@owes
def actions_owed(owner: Owner) -> Iterator[Owed]:
    """The actions that are theirs to do."""
    own = owner.states(ACTION, subject=owner.person)
    goals = owner.states(GOAL, streams=sorted({each.goal for each in own.values() if each.goal is not None}))
    first = {tenure.person for each in own.values() for tenure in each.owners[:1] if tenure.person is not None}
    people = owner.states(PERSON, streams=sorted(first))
    for id, action in own.items():
        goal = goals.get(action.goal) if action.goal is not None else None
        due = stands(action, goal, owner.today)
        if due in {Due.OPEN, Due.OVERDUE} and lacks(action, goal, people) is None:
            by_when, overdue = present_day(action.by_whens), due is Due.OVERDUE
            yield Owed(call=Call.ACT, record=id, strategy=action.strategy, due=by_when, overdue=overdue)


def _said(desk: Desk, action: str, content: Content) -> AnyDraft:
    return Draft[Action](aggregate=ACTION, stream=desk.find("action", action), content=content)


def _strategy(desk: Desk, asked: PlanAction, goal: UUID | None) -> UUID | None:
    """The strategy that an action is under: its goal's, else its gap's, else the one named."""
    named = desk.find("strategy", asked.strategy) if asked.strategy is not None else None
    if goal is not None:
        own = desk.goal_whenever(goal).strategy
        if named is not None and named != own:
            raise GoalOfAnotherStrategy(asked.goal or "")
        named = own
    elif asked.gap is not None:
        own = desk.book.timeline(GAP, desk.find("gap", asked.gap)).state().strategy
        if named is not None and named != own:
            raise GapOfAnotherStrategy(asked.gap)
        named = own
    if isinstance(desk.corrected, ActionPlanned) and desk.corrected.strategy not in {None, named}:
        raise MovesToAnotherStrategy
    return named


def _unit(desk: Desk, asked: PlanAction, goal: UUID | None) -> UUID | None:
    """Whose work it is: the unit named; of an action for a gap alone, the unit in which the gap is."""
    if asked.unit is not None:
        return desk.find("unit", asked.unit)
    if goal is not None or asked.gap is None:
        return None
    return desk.book.timeline(GAP, desk.find("gap", asked.gap)).state().unit


def _owner(desk: Desk, reference: str) -> UUID:
    """Whose it is: somebody who is there. An import only records, and what has no effect is listed."""
    person = desk.find("person", reference)
    if desk.actor.imported is None and desk.person(person).presence(desk.at) is None:
        raise OwnerNotThere(person)
    return person


def _day(desk: Desk, by_when: date) -> date:
    said = desk.day(desk.at)
    if by_when < said:
        raise DueBeforePlanned(by_when, said)
    return by_when
