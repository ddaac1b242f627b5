"""Commands about tactics: how goals are to be reached. One that serves none stands under an exception."""

from __future__ import annotations

from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.desk_rules import GoalOfAnotherStrategy, MovesToAnotherStrategy
from domain.kernel import Content
from domain.tactic import TACTIC, WITHOUT_GOAL, Tactic, TacticAdopted, TacticChanged, TacticDropped, TacticServesNoGoal


@command("tactic.adopted")
class AdoptTactic(Command):
    """Take up a tactic that serves a goal. Without one it needs an exception to `tactic-without-goal` for its key."""

    strategy: str
    title: str
    tactic: str | None = None
    goal: str | None = None


@command("tactic.changed")
class ChangeTactic(Command):
    """Call a tactic otherwise, or let it serve another goal of its strategy."""

    tactic: str
    title: str | None = None
    goal: str | None = None


@command("tactic.dropped")
class DropTactic(Command):
    """Say that a tactic is no longer followed."""

    tactic: str


@handles(AdoptTactic)
def adopt(asked: AdoptTactic, desk: Desk) -> AnyDraft:
    """A new tactic. Whether it serves a goal is a rule of conduct: an import records what was done."""
    strategy = desk.find("strategy", asked.strategy)
    if isinstance(desk.corrected, TacticAdopted) and desk.corrected.strategy != strategy:
        raise MovesToAnotherStrategy
    stream, key = desk.new("tactic", asked.tactic), desk.open_key("tactic", asked.tactic)
    goal = _goal(desk, asked.goal, strategy)
    if goal is None and desk.actor.imported is None:
        authors = [desk.actor.person] if desk.actor.person is not None else []
        exceptions = desk.strategy(strategy).exceptions
        if not any(each.passes(WITHOUT_GOAL, key, desk.at, authors) for each in exceptions):
            raise TacticServesNoGoal(key or asked.title)
    content = TacticAdopted(key=key, strategy=strategy, title=asked.title, goal=goal)
    return Draft[Tactic](aggregate=TACTIC, stream=stream, content=content)


@handles(ChangeTactic)
def change(asked: ChangeTactic, desk: Desk) -> AnyDraft:
    """A tactic that says something else."""
    stream = desk.find("tactic", asked.tactic)
    strategy = desk.book.timeline(TACTIC, stream).state().strategy
    return _said(stream, TacticChanged(title=asked.title, goal=_goal(desk, asked.goal, strategy)))


@handles(DropTactic)
def drop(asked: DropTactic, desk: Desk) -> AnyDraft:
    """No longer followed."""
    return _said(desk.find("tactic", asked.tactic), TacticDropped())


def _said(stream: UUID, content: Content) -> AnyDraft:
    return Draft[Tactic](aggregate=TACTIC, stream=stream, content=content)


def _goal(desk: Desk, reference: str | None, strategy: UUID | None) -> UUID | None:
    if reference is None:
        return None
    goal = desk.find("goal", reference)
    if desk.goal_whenever(goal).strategy != strategy:
        raise GoalOfAnotherStrategy(reference)
    return goal
