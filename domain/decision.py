"""A decision: what was decided, by whom, between which alternatives, and which value or other driver it follows.

Values are meant as filters for decisions (strategic drivers): a decision names the ones that it applied, or none, and
both show.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.kernel import Content, Refusal, RefusalKind, event
from domain.sealed import Private
from domain.temporal import Aggregate, Fact

DRIVERS = frozenset({"vision", "mission", "value", "principle"})
"""The kinds of elements that decisions follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One of the ways that could have been gone; to do nothing is one, too."""

    id: str
    text: str


@event("decision.taken")
class DecisionTaken(Content):
    """It was decided in a matter: between these alternatives the `chosen` one, by `decider`.

    `applies` are the drivers of `strategy` that it follows, `bet` is the big bet that it is about, `unit` the one that
    it was taken in, none for the whole organisation. `because` says why, in own words; all else is organisational text.
    """

    key: str | None = None
    matter: str
    alternatives: tuple[Alternative, ...]
    chosen: str
    decider: UUID
    strategy: UUID | None = None
    applies: tuple[str, ...] = ()
    bet: str | None = None
    unit: UUID | None = None
    because: Private | None = None


@event("decision.reversed")
class DecisionReversed(Content):
    """The decision holds no more; why stands in the envelope. Another one, `by`, was taken in its place, if any."""

    by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The state of a decision; `taken_at` is None before it was taken, `reversed_at` while it holds."""

    taken_at: datetime | None = None
    reversed_at: datetime | None = None
    reversed_by: UUID | None = None
    key: str | None = None
    matter: str = ""
    alternatives: tuple[Alternative, ...] = ()
    chosen: str = ""
    decider: UUID | None = None
    strategy: UUID | None = None
    applies: tuple[str, ...] = ()
    bet: str | None = None
    unit: UUID | None = None
    because: Private | None = None


@dataclass(eq=False)
class DecisionAlreadyTaken(Refusal):
    """A decision is taken once."""

    matter: str
    where = "decision"
    rule = "this decision was taken already, in the matter {matter!r}"
    way_out = "reverse it and take another one; what was recorded wrongly is corrected"


@dataclass(eq=False)
class DecisionNotTaken(Refusal):
    """A decision reversed before there was one."""

    where = "at"
    rule = "the decision had not been taken at that instant"
    way_out = "date this after it was taken"


@dataclass(eq=False)
class DecisionAlreadyReversed(Refusal):
    """A decision is reversed once."""

    where = "decision"
    rule = "this decision was reversed already"
    way_out = "nothing is left to be done; to let it hold again, retract the reversal"


@dataclass(eq=False)
class ReversedByItself(Refusal):
    """A decision that would take its own place."""

    kind = RefusalKind.INVALID
    where = "by"
    rule = "a decision cannot take its own place"
    way_out = "name the decision that was taken instead, or none"


@dataclass(eq=False)
class NothingToChoose(Refusal):
    """A decision between fewer than two alternatives."""

    count: int
    kind = RefusalKind.INVALID
    where = "alternatives"
    rule = "who decides has a choice: two alternatives at least, not {count}"
    way_out = "name what else could have been done; to do nothing is an alternative, too"


@dataclass(eq=False)
class AlternativeTwice(Refusal):
    """Two alternatives under one id."""

    alternative: str
    kind = RefusalKind.INVALID
    where = "alternatives"
    rule = "the alternative {alternative!r} is named twice"
    way_out = "give each alternative an id of its own"


@dataclass(eq=False)
class AlternativeSaysNothing(Refusal):
    """An alternative without a text, or without an id."""

    kind = RefusalKind.INVALID
    where = "alternatives"
    rule = "each alternative has an id and says what would be done"
    way_out = "write {{'id': 'nothing', 'text': 'We leave it as it is'}}, for one"


@dataclass(eq=False)
class ChosenIsNoAlternative(Refusal):
    """What was chosen is none of the alternatives."""

    chosen: str
    alternatives: str
    kind = RefusalKind.INVALID
    where = "chosen"
    rule = "{chosen!r} is none of the alternatives"
    way_out = "choose one of: {alternatives}"


@dataclass(eq=False)
class DriversOfNoStrategy(Refusal):
    """Elements are named, and not of which strategy."""

    kind = RefusalKind.INVALID
    where = "strategy"
    rule = "it is not said of which strategy the value or the bet is an element"
    way_out = "name the strategy, or no element"


def guard(state: Decision, fact: Fact) -> None:
    """Refuse a second decision, one without a choice, and the reversal of nothing."""
    match fact.content:
        case DecisionTaken() as content:
            if state.taken_at is not None:
                raise DecisionAlreadyTaken(state.matter)
            _refuse_choice(content)
        case DecisionReversed(by=by):
            if state.taken_at is None:
                raise DecisionNotTaken
            if state.reversed_at is not None:
                raise DecisionAlreadyReversed
            if by == fact.stream:
                raise ReversedByItself
        case _:
            pass


def _refuse_choice(content: DecisionTaken) -> None:
    if len(content.alternatives) < 2:
        raise NothingToChoose(len(content.alternatives))
    if not all(each.id.strip() and each.text.strip() for each in content.alternatives):
        raise AlternativeSaysNothing
    (most, count), *_ = Counter(each.id for each in content.alternatives).most_common(1)
    if count > 1:
        raise AlternativeTwice(most)
    ids = [each.id for each in content.alternatives]
    if content.chosen not in ids:
        raise ChosenIsNoAlternative(content.chosen, ", ".join(ids))
    if (content.applies or content.bet) and content.strategy is None:
        raise DriversOfNoStrategy


def evolve(state: Decision, fact: Fact) -> Decision:
    """The decision once this fact is in its place."""
    match fact.content:
        case DecisionTaken() as content:
            return Decision(
                taken_at=fact.effective_at,
                key=content.key,
                matter=content.matter,
                alternatives=content.alternatives,
                chosen=content.chosen,
                decider=content.decider,
                strategy=content.strategy,
                applies=content.applies,
                bet=content.bet,
                unit=content.unit,
                because=content.because,
            )
        case DecisionReversed(by=by):
            return replace(state, reversed_at=fact.effective_at, reversed_by=by)
        case _:
            return state


DECISION: Aggregate[Decision] = Aggregate("decision", Decision(), (DecisionTaken, DecisionReversed), guard, evolve)
