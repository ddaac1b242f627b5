"""Commands about decisions: taken between alternatives, and reversed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from domain.decision import DECISION, DRIVERS, Alternative, Decision, DecisionReversed, DecisionTaken
from domain.drivers import elements_by_then
from domain.element import BETS
from domain.kernel import Refusal, RefusalKind


@dataclass(eq=False)
class DeciderUnsaid(Refusal):
    """A decision of which nobody knows who took it."""

    kind = RefusalKind.INVALID
    where = "decider"
    rule = "it is not said who decided, and nobody stands behind the token"
    way_out = "name the person who decided"


@dataclass(eq=False)
class NoElementThen(Refusal):
    """An element that the strategy did not have when it was decided."""

    element: str
    named_in: str
    kind = RefusalKind.UNKNOWN
    rule = "the strategy had no element {element!r} by then"
    way_out = "name the id of an element that the draft or a published revision had at that instant"

    def __post_init__(self) -> None:
        self.where = self.named_in  # type: ignore[misc]  # a driver or a bet


@dataclass(eq=False)
class NoDriver(Refusal):
    """An element applied in a decision that is nothing which decisions follow."""

    element: str
    element_kind: str
    kind = RefusalKind.INVALID
    where = "applies"
    rule = "{element!r} is a {element_kind}, and decisions follow values, principles, the mission or the vision"
    way_out = "name an element of one of these kinds; a big bet stands under bet"


@dataclass(eq=False)
class NoBet(Refusal):
    """Another element where a big bet is meant."""

    element: str
    element_kind: str
    kind = RefusalKind.INVALID
    where = "bet"
    rule = "{element!r} is a {element_kind}, no big bet"
    way_out = "name the big bet that it is about, or none"


@command("decision.taken")
class TakeDecision(Command):
    """Decide in a matter between alternatives, and name the values or other drivers of the strategy that it follows.

    Whoever records it decided, unless another `decider` is named.
    """

    matter: str
    alternatives: tuple[Alternative, ...]
    chosen: str
    decision: str | None = None
    decider: str | None = None
    strategy: str | None = None
    applies: tuple[str, ...] = ()
    bet: str | None = None
    unit: str | None = None
    because: str | None = None


@command("decision.reversed")
class ReverseDecision(Command):
    """Let a decision hold no more, with the reason; name the decision that was taken instead, if one was."""

    decision: str
    by: str | None = None


@handles(TakeDecision)
def take(asked: TakeDecision, desk: Desk) -> AnyDraft:
    """A decision, from its instant on."""
    stream = desk.new("decision", asked.decision)
    strategy = desk.find("strategy", asked.strategy) if asked.strategy is not None else None
    if strategy is not None:
        _be_elements(asked, desk, strategy)
    content = DecisionTaken(
        key=desk.open_key("decision", asked.decision),
        matter=asked.matter,
        alternatives=asked.alternatives,
        chosen=asked.chosen,
        decider=_decider(asked.decider, desk),
        strategy=strategy,
        applies=tuple(sorted(set(asked.applies))),
        bet=asked.bet,
        unit=desk.find("unit", asked.unit) if asked.unit is not None else None,
        because=desk.own_words(asked.because),
    )
    return Draft[Decision](aggregate=DECISION, stream=stream, content=content)


@handles(ReverseDecision)
def undo(asked: ReverseDecision, desk: Desk) -> AnyDraft:
    """A decision that holds no more."""
    desk.be_reasoned(asked.TOPIC)
    by = desk.find("decision", asked.by, "by") if asked.by is not None else None
    stream = desk.find("decision", asked.decision)
    return Draft[Decision](aggregate=DECISION, stream=stream, content=DecisionReversed(by=by))


def _decider(named: str | None, desk: Desk) -> UUID:
    found = desk.find("person", named, "decider") if named is not None else desk.actor.person
    if found is None:
        raise DeciderUnsaid
    return found


def _be_elements(asked: TakeDecision, desk: Desk, strategy: UUID) -> None:
    """Refuse what the strategy did not have at that instant, and elements of other kinds than these."""
    known = elements_by_then(desk.strategy(strategy))
    for name, where in [*((each, "applies") for each in asked.applies), *(((asked.bet, "bet"),) if asked.bet else ())]:
        element = known.get(name)
        if element is None:
            raise NoElementThen(name, where)
        if where == "applies" and element.kind not in DRIVERS:
            raise NoDriver(name, element.kind)
        if where == "bet" and element.kind not in BETS:
            raise NoBet(name, element.kind)
