"""What is refused of a goal, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.kernel import Refusal, RefusalKind

HORIZONS = (30, 60, 90)
"""How many days after its start a goal's horizon may end (S10). Any other day is a due date."""


@dataclass(eq=False)
class GoalUnknown(Refusal):
    """Something was said about a goal before it was proposed."""

    act: str
    where = "at"
    rule = "the goal had not been proposed at that instant, so it cannot be {act}"
    way_out = "propose it first, or date this after its proposal"


@dataclass(eq=False)
class GoalAlreadyProposed(Refusal):
    """A goal is proposed once."""

    title: str
    where = "goal"
    rule = "this goal was proposed already, as {title}"
    way_out = "change or reopen it, or propose another one under a key of its own"


@dataclass(eq=False)
class GoalSupportsItself(Refusal):
    """A goal that would be its own parent."""

    kind = RefusalKind.INVALID
    where = "supports"
    rule = "a goal cannot support itself"
    way_out = "name what it serves: an element of the strategy, or another goal"


@dataclass(eq=False)
class ReplacedByItself(Refusal):
    """A goal that would take its own place."""

    kind = RefusalKind.INVALID
    where = "by"
    rule = "a goal cannot be replaced by itself"
    way_out = "name the goal that is pursued in its place, or none"


@dataclass(eq=False)
class ChangesNothing(Refusal):
    """A change that says nothing."""

    kind = RefusalKind.INVALID
    where = "title"
    rule = "nothing of the goal is said to be different"
    way_out = "give at least one field that is different, or clear one"


@dataclass(eq=False)
class GivenAndCleared(Refusal):
    """A field that would be both there and gone."""

    field: str
    kind = RefusalKind.INVALID
    where = "cleared"
    rule = "{field} is given and cleared at once"
    way_out = "do one of the two"


@dataclass(eq=False)
class HorizonUnknown(Refusal):
    """A horizon that is neither of thirty, sixty nor ninety days."""

    days: int
    kind = RefusalKind.INVALID
    where = "within_days"
    rule = "a horizon of {days} days is none of the three: 30, 60 or 90 days after the start"
    way_out = "name 30, 60 or 90, or give a due date instead"


@dataclass(eq=False)
class HorizonWithoutStart(Refusal):
    """A horizon in days, counted from no day."""

    kind = RefusalKind.INVALID
    where = "start"
    rule = "it is not said from which day the horizon is counted"
    way_out = "name the start day, or give a due date instead of days"


@dataclass(eq=False)
class DueAndDays(Refusal):
    """A goal whose last day would be said twice."""

    kind = RefusalKind.INVALID
    where = "due"
    rule = "the last day is given twice: as a due date, and in days from the start"
    way_out = "give one of the two"


@dataclass(eq=False)
class DueBeforeStart(Refusal):
    """A goal that ends before it starts."""

    start: date
    due: date
    kind = RefusalKind.INVALID
    where = "due"
    rule = "a goal that starts on {start} cannot be due on {due}, before it"
    way_out = "name a later due day or an earlier start"


@dataclass(eq=False)
class PersonAndUnit(Refusal):
    """A goal that would be a person's and a unit's at once."""

    kind = RefusalKind.INVALID
    where = "unit"
    rule = "a goal is one person's or a unit's, and this one would be both"
    way_out = "leave one of the two out; the other's goal can support it"


@dataclass(eq=False)
class LevelContradicted(Refusal):
    """A goal stated to be at a level at which it is not."""

    level: str
    kind = RefusalKind.INVALID
    where = "level"
    rule = "a goal of one person is at the level of a person, and no other is: {level} contradicts that"
    way_out = "leave the level out: it follows from the person or the unit"
