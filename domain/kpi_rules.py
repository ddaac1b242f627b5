"""What cannot be said about a KPI, rule by rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from domain.kernel import Refusal, RefusalKind

DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)


@dataclass(eq=False)
class NotADecimal(Refusal):
    """A value that is no exact decimal."""

    field: str
    text: str
    kind = RefusalKind.INVALID
    rule = "{field} has to be an exact decimal, which {text!r} is not"
    way_out = 'write digits with a point, such as "62", "-0.5" or "1250.75"; the unit of measure stands in measured_in'

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # several fields are decimals


@dataclass(eq=False)
class KpiUnknown(Refusal):
    """Something was said about a KPI before it was defined."""

    act: str
    where = "at"
    rule = "the KPI had not been defined at that instant, so it cannot be {act}"
    way_out = "define it first, or date this after its definition"


@dataclass(eq=False)
class KpiAlreadyDefined(Refusal):
    """A KPI is defined once."""

    title: str
    where = "kpi"
    rule = "this KPI was defined already, as {title}"
    way_out = "change it, or define another one under a key of its own"


@dataclass(eq=False)
class KpiNoLongerMeasured(Refusal):
    """Nothing is said of a KPI after it was retired."""

    act: str
    where = "at"
    rule = "the KPI was retired before that instant, so it cannot be {act}"
    way_out = "date this before it was retired, or define another KPI"


@dataclass(eq=False)
class KpiOfOneThing(Refusal):
    """A KPI measures one goal, or one element of a strategy."""

    kind = RefusalKind.INVALID
    where = "goal"
    rule = "it has to be said of one goal, or of one element of a strategy, what the KPI measures"
    way_out = "name either the goal, or the strategy and the element"


@dataclass(eq=False)
class KpiOfUnitAndPerson(Refusal):
    """A KPI is a unit's, a person's, or its goal's."""

    kind = RefusalKind.INVALID
    where = "person"
    rule = "a KPI cannot be a unit's and a person's own at once"
    way_out = "name the unit or the person; where neither is named, it is the goal's unit's"


@dataclass(eq=False)
class KpiOfAnothersGoal(Refusal):
    """A KPI of one person for the own goal of another."""

    goal: str
    kind = RefusalKind.INVALID
    where = "person"
    rule = "goal {goal!r} is another person's own, and so are its KPIs"
    way_out = "leave the person out, or let the KPI measure a goal of theirs, of a unit, or of all"


@dataclass(eq=False)
class KpiChangesNothing(Refusal):
    """A change that says nothing."""

    kind = RefusalKind.INVALID
    where = "title"
    rule = "nothing of the KPI is said to be different"
    way_out = "give at least one field that is different, or clear one"


@dataclass(eq=False)
class KpiGivenAndCleared(Refusal):
    """A field that would be both there and gone."""

    field: str
    kind = RefusalKind.INVALID
    where = "cleared"
    rule = "{field} is given and cleared at once"
    way_out = "do one of the two"


@dataclass(eq=False)
class DirectionContradicted(Refusal):
    """A target that lies the other way."""

    direction: str
    baseline: str
    target: str
    kind = RefusalKind.INVALID
    where = "target"
    rule = "from {baseline} to {target} is not {direction}"
    way_out = "let the target lie above the baseline for up, below it for down, and be the same for hold"


@dataclass(eq=False)
class ToleranceWithoutHold(Refusal):
    """Only what is to be held has a tolerance, and none is below nothing."""

    kind = RefusalKind.INVALID
    where = "tolerance"
    rule = "a tolerance says how far a value that is to be held may be off: nothing less than 0, and for hold alone"
    way_out = "leave it out, or let the direction be hold"


@dataclass(eq=False)
class MeasuredInAnother(Refusal):
    """Values in two units of measure cannot be compared."""

    measured_in: str
    where = "measured_in"
    rule = "the KPI has values measured in {measured_in}, which in another unit of measure would mean something else"
    way_out = "retire it and define another KPI, or correct its definition if it was wrong from the start"


@dataclass(eq=False)
class RewardsUnstated(Refusal):
    """What was not stated cannot be reviewed, nor is nothing a statement."""

    act: str
    kind = RefusalKind.INVALID
    where = "success"
    rule = "it is not stated what follows from success or failure, so it cannot be {act}"
    way_out = "state what follows from success, from failure, or how it is communicated"


def exact(field: str, text: str) -> Fraction:
    """The number that a text spells out. Raises NotADecimal."""
    if not DECIMAL.fullmatch(text):
        raise NotADecimal(field, text[:80])
    return Fraction(text)
