"""A tactic: one way in which a goal is to be reached. One that serves no goal needs an exception, which may expire."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.dated import followed_by
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Aggregate, Fact

WITHOUT_GOAL = "tactic-without-goal"
"""Under which name a tactic that serves no goal is objected to: what an exception has to cover (S19)."""


@event("tactic.adopted")
class TacticAdopted(Content):
    """A tactic was taken up under a strategy, to serve a goal; none only under an exception."""

    key: str | None = None
    strategy: UUID
    title: str
    goal: UUID | None = None


@event("tactic.changed")
class TacticChanged(Content):
    """The tactic is called otherwise, or serves another goal, from here on. What is not given stays."""

    title: str | None = None
    goal: UUID | None = None


@event("tactic.dropped")
class TacticDropped(Content):
    """The tactic is no longer followed."""


@dataclass(frozen=True, slots=True)
class Serves:
    """The goal that a tactic serves from an instant on, until the next entry; None: none."""

    goal: UUID | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tactic:
    """The state of a tactic at an instant; `adopted_at` is None before it was taken up. `serves` is dated."""

    adopted_at: datetime | None = None
    author: UUID | None = None
    key: str | None = None
    strategy: UUID | None = None
    title: str = ""
    serves: tuple[Serves, ...] = ()
    dropped_at: datetime | None = None

    @property
    def goal(self) -> UUID | None:
        """The goal that it serves."""
        return self.serves[-1].goal if self.serves else None


@dataclass(eq=False)
class TacticServesNoGoal(Refusal):
    """A tactic that is in no row of the table."""

    tactic: str
    where = "goal"
    rule = "{tactic!r} serves no goal, and no exception covers that"
    way_out = (
        "name the goal that it serves, or have an exception to the objection 'tactic-without-goal' approved by "
        "somebody else, for this tactic's key, with the day on which it expires"
    )


@dataclass(eq=False)
class TacticUnknown(Refusal):
    """Something was said about a tactic before it was taken up."""

    act: str
    where = "at"
    rule = "the tactic had not been adopted at that instant, so it cannot be {act}"
    way_out = "adopt it first, or date this after it was adopted"


@dataclass(eq=False)
class TacticAlreadyAdopted(Refusal):
    """A tactic is adopted once."""

    title: str
    where = "tactic"
    rule = "this tactic was adopted already, as {title!r}"
    way_out = "change it, or adopt another one under a key of its own"


@dataclass(eq=False)
class TacticOver(Refusal):
    """What was dropped is over."""

    where = "tactic"
    rule = "the tactic was dropped before"
    way_out = "adopt it anew under another key, or take back that it was dropped"


@dataclass(eq=False)
class TacticChangesNothing(Refusal):
    """A change that says nothing."""

    kind = RefusalKind.INVALID
    where = "title"
    rule = "nothing of the tactic is said to be different"
    way_out = "give another title or goal"


def guard(state: Tactic, fact: Fact) -> None:
    """Refuse what cannot be said about a tactic in this state."""
    content = fact.content
    match content:
        case TacticAdopted():
            if state.adopted_at is not None:
                raise TacticAlreadyAdopted(state.title)
        case _ if state.adopted_at is None:
            raise TacticUnknown(content.TOPIC.partition(".")[2])
        case _ if state.dropped_at is not None:
            raise TacticOver
        case TacticChanged(title=None, goal=None):
            raise TacticChangesNothing
        case _:
            pass


def evolve(state: Tactic, fact: Fact) -> Tactic:
    """The tactic once this fact is in its place."""
    at = fact.effective_at
    match fact.content:
        case TacticAdopted() as adopted:
            return Tactic(
                adopted_at=at,
                author=fact.actor.person,
                key=adopted.key,
                strategy=adopted.strategy,
                title=adopted.title,
                serves=(Serves(adopted.goal, at),),
            )
        case TacticChanged(title=title, goal=goal):
            return replace(
                state,
                title=state.title if title is None else title,
                serves=state.serves if goal is None else followed_by(state.serves, Serves(goal, at)),
            )
        case TacticDropped():
            return replace(state, dropped_at=at)
        case _:
            return state


TACTIC: Aggregate[Tactic] = Aggregate("tactic", Tactic(), (TacticAdopted, TacticChanged, TacticDropped), guard, evolve)
