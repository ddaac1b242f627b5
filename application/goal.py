"""Commands about goals: proposed under a strategy, changed, and what becomes of them; and who answers for what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from application.command import Answered, AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.desk_rules import MovesToAnotherStrategy
from application.gap import gap_meant
from application.subject import meant_by
from domain.accountability import AccountableNamed
from domain.action import ACTION, ActionPlanned
from domain.goal import (
    GOAL,
    Goal,
    GoalAbandoned,
    GoalAccepted,
    GoalAchieved,
    GoalChanged,
    GoalDeclined,
    GoalDeferred,
    GoalField,
    GoalLevel,
    GoalMissed,
    GoalProposed,
    GoalReopened,
    GoalReplaced,
)
from domain.kernel import Content, Refusal, RefusalKind
from domain.plan import last_open
from domain.strategy import STRATEGY, Strategy


@dataclass(eq=False)
class SupportsUnknown(Refusal):
    """A goal that supports what is neither an element of its strategy nor a goal."""

    reference: str
    kind = RefusalKind.UNKNOWN
    where = "supports"
    rule = "{reference!r} is neither an element of the strategy nor a goal"
    way_out = "name elements by their ids and goals by key or id"


@dataclass(eq=False)
class SupportsTwoGoals(Refusal):
    """A goal has one parent goal at most."""

    kind = RefusalKind.INVALID
    where = "supports"
    rule = "a goal supports one other goal at most"
    way_out = "name the one that it serves first; that one may support others"


@dataclass(eq=False)
class GoalsInCircle(Refusal):
    """A goal that would support itself through others."""

    reference: str
    where = "supports"
    rule = "goal {reference!r} itself rests on this one"
    way_out = "decide which of the two serves the other"


@dataclass(eq=False)
class SubjectWithoutStrategy(Refusal):
    """Somebody is accountable for an element of a strategy, or a goal under one."""

    kind = RefusalKind.INVALID
    where = "for"
    rule = "it is not said which strategy this belongs to"
    way_out = 'write {{"goal": key}}, or {{"strategy": key, "element": id}}'


@command("goal.proposed")
class ProposeGoal(Command):
    """Propose a goal for a strategy, by a unit, by or for one person, or for the whole organisation.

    `supports` names elements of the strategy by id, and one parent goal by key or id. Goals of one party that start on
    one day are its plan; the next plan opens when the last one is closed out. What a goal says is the organisation's,
    a person's own goal included, and stays when that person is erased: nothing private belongs in it.
    """

    strategy: str
    title: str
    goal: str | None = None
    unit: str | None = None
    supports: tuple[str, ...] = ()
    accountable: str | None = None
    target: str | None = None
    due: date | None = None
    person: str | None = None
    level: GoalLevel | None = None
    substantiation: str | None = None
    approach: str | None = None
    start: date | None = None
    within_days: int | None = None


@command("goal.changed")
class ChangeGoal(Command):
    """Change some of what a goal says: what is absent stays, what is null (or named in `cleared`) is gone."""

    goal: str
    title: str | None = None
    unit: str | None = None
    supports: tuple[str, ...] = ()
    accountable: str | None = None
    target: str | None = None
    due: date | None = None
    level: GoalLevel | None = None
    substantiation: str | None = None
    approach: str | None = None
    start: date | None = None
    within_days: int | None = None
    cleared: tuple[GoalField, ...] = ()


@command("goal.accepted")
class AcceptGoal(Command):
    """Take the goal up."""

    goal: str


@command("goal.declined")
class DeclineGoal(Command):
    """Decide not to take the goal up."""

    goal: str


@command("goal.deferred")
class DeferGoal(Command):
    """Put the goal off."""

    goal: str


@command("goal.reopened")
class ReopenGoal(Command):
    """Put the goal up for decision again, whatever had become of it."""

    goal: str


@command("goal.achieved")
class AchieveGoal(Command):
    """Say that the intended result is there."""

    goal: str


@command("goal.missed")
class MissGoal(Command):
    """Say that the intended result was not there when due."""

    goal: str


@command("goal.abandoned")
class AbandonGoal(Command):
    """Say that the goal is no longer pursued."""

    goal: str


@command("goal.replaced")
class ReplaceGoal(Command):
    """Say that another goal, `by`, is pursued in its place."""

    goal: str
    by: str | None = None


@command("accountable.named")
class NameAccountable(Command):
    """Say who answers for a goal, an element of a strategy, or a gap, from here on; without a person, it is vacant."""

    for_: str | Answered
    strategy: str | None = None
    person: str | None = None


@handles(ProposeGoal)
def propose(asked: ProposeGoal, desk: Desk) -> AnyDraft:
    """A new goal."""
    stream, strategy = desk.new("goal", asked.goal), desk.find("strategy", asked.strategy)
    if isinstance(desk.corrected, GoalProposed) and desk.corrected.strategy != strategy:
        raise MovesToAnotherStrategy
    elements, parent = _supports(desk, strategy, stream, asked.supports)
    content = GoalProposed(
        key=desk.open_key("goal", asked.goal),
        strategy=strategy,
        title=asked.title,
        unit=_optional(desk, "unit", asked.unit, "unit"),
        supports_elements=elements,
        supports_goal=parent,
        accountable=_optional(desk, "person", asked.accountable, "accountable"),
        target=asked.target,
        due=asked.due,
        person=_optional(desk, "person", asked.person, "person"),
        level=asked.level,
        substantiation=asked.substantiation,
        approach=asked.approach,
        start=asked.start,
        within_days=asked.within_days,
    )
    if asked.start is not None:
        whose = Goal(strategy=strategy, unit=content.unit, person=content.person)
        _close_out_first(desk, stream, whose, asked.start)
    return Draft[Goal](aggregate=GOAL, stream=stream, content=content)


@handles(ChangeGoal)
def change(asked: ChangeGoal, desk: Desk) -> AnyDraft:
    """A goal that says something else."""
    stream = desk.find("goal", asked.goal)
    strategy = desk.goal_whenever(stream).strategy
    elements, parent = _supports(desk, strategy, stream, asked.supports) if strategy else ((), None)
    content = GoalChanged(
        title=asked.title,
        unit=_optional(desk, "unit", asked.unit, "unit"),
        supports_elements=elements,
        supports_goal=parent,
        accountable=_optional(desk, "person", asked.accountable, "accountable"),
        target=asked.target,
        due=asked.due,
        level=asked.level,
        substantiation=asked.substantiation,
        approach=asked.approach,
        start=asked.start,
        within_days=asked.within_days,
        cleared=asked.cleared,
    )
    if asked.start is not None:
        whose = desk.goal(stream)
        _close_out_first(desk, stream, replace(whose, unit=content.unit or whose.unit), asked.start)
    return Draft[Goal](aggregate=GOAL, stream=stream, content=content)


@handles(AcceptGoal)
def accept(asked: AcceptGoal, desk: Desk) -> AnyDraft:
    """Taken up."""
    return _said(desk, asked.goal, GoalAccepted())


@handles(DeclineGoal)
def decline(asked: DeclineGoal, desk: Desk) -> AnyDraft:
    """Not taken up."""
    return _said(desk, asked.goal, GoalDeclined())


@handles(DeferGoal)
def defer(asked: DeferGoal, desk: Desk) -> AnyDraft:
    """Put off."""
    return _said(desk, asked.goal, GoalDeferred())


@handles(ReopenGoal)
def reopen(asked: ReopenGoal, desk: Desk) -> AnyDraft:
    """Up for decision again."""
    return _said(desk, asked.goal, GoalReopened())


@handles(AchieveGoal)
def achieve(asked: AchieveGoal, desk: Desk) -> AnyDraft:
    """The result is there."""
    return _said(desk, asked.goal, GoalAchieved())


@handles(MissGoal)
def miss(asked: MissGoal, desk: Desk) -> AnyDraft:
    """The result is not there."""
    return _said(desk, asked.goal, GoalMissed())


@handles(AbandonGoal)
def abandon(asked: AbandonGoal, desk: Desk) -> AnyDraft:
    """No longer pursued."""
    return _said(desk, asked.goal, GoalAbandoned())


@handles(ReplaceGoal)
def replace_goal(asked: ReplaceGoal, desk: Desk) -> AnyDraft:
    """Another one in its place."""
    return _said(desk, asked.goal, GoalReplaced(by=_optional(desk, "goal", asked.by, "by")))


@handles(NameAccountable)
def name_accountable(asked: NameAccountable, desk: Desk) -> AnyDraft:
    """Who answers for it, in the stream of the strategy it belongs to."""
    person = _optional(desk, "person", asked.person, "person")
    if (gap := gap_meant(desk, asked.for_, asked.strategy)) is not None:
        content = AccountableNamed(person=person, unit=gap.unit, condition=gap.condition)
        return Draft[Strategy](aggregate=STRATEGY, stream=gap.strategy, content=content)
    meant = meant_by(desk, asked.for_, asked.strategy)
    if meant.strategy is None or (meant.element is None) == (meant.goal is None):
        raise SubjectWithoutStrategy
    content = AccountableNamed(element=meant.element, goal=meant.goal, person=person)
    return Draft[Strategy](aggregate=STRATEGY, stream=meant.strategy, content=content)


def _close_out_first(desk: Desk, goal: UUID, whose: Goal, start: date) -> None:
    """Let the next plan of a party open only when the last one is closed out: a rule of conduct, not for imports."""
    if desk.actor.imported is not None:
        return
    goals = {id: desk.goal(id) for id in desk.book.begun(GoalProposed.TOPIC) if id != goal}
    actions = (desk.book.timeline(ACTION, id).state(desk.at) for id in desk.book.begun(ActionPlanned.TOPIC))
    refusal = last_open(goals, actions, whose, start, desk.day(desk.at))
    if refusal is not None:
        raise refusal


def _said(desk: Desk, goal: str, content: Content) -> AnyDraft:
    return Draft[Goal](aggregate=GOAL, stream=desk.find("goal", goal), content=content)


def _optional(desk: Desk, kind: str, reference: str | None, where: str) -> UUID | None:
    return desk.find(kind, reference, where) if reference is not None else None


def _supports(
    desk: Desk, strategy: UUID, goal: UUID, references: tuple[str, ...]
) -> tuple[tuple[str, ...], UUID | None]:
    """The elements and the parent goal among what a goal is said to support."""
    state = desk.strategy(strategy)
    known = {each.id for each in state.draft.elements} | {
        each.id for publication in state.publications for each in publication.elements
    }
    elements = tuple(sorted({each for each in references if each in known}))
    parents = [each for each in dict.fromkeys(references) if each not in known]
    if len(parents) > 1:
        raise SupportsTwoGoals
    for reference in parents:
        parent = desk.look_up("goal", reference)
        if parent is None:
            raise SupportsUnknown(reference)
        _refuse_circle(desk, goal, parent, reference)
        return elements, parent
    return elements, None


def _refuse_circle(desk: Desk, goal: UUID, parent: UUID, reference: str) -> None:
    ahead: UUID | None = parent
    seen = set[UUID]()
    while ahead is not None and ahead not in seen:
        if ahead == goal:
            raise GoalsInCircle(reference)
        seen.add(ahead)
        ahead = desk.goal_whenever(ahead).supports_goal
