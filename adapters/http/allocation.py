"""Where the resources of a strategy go, over HTTP: sums, what still goes into let-gos, what is out of order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import UUID

from adapters.http.alignment import STRATEGY_ARGUMENT, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.decision import strategy_then
from adapters.http.noun import Noun
from adapters.http.papers import ElementsShown
from adapters.http.refusals import FieldsNotValid, NotOnRecordThen
from adapters.instants import read_date
from domain.allocation import (
    LET_GOS,
    Allocation,
    Basis,
    LeadersOrder,
    Measures,
    Received,
    Unfounded,
    Window,
    allocation,
    leaders_order,
    out_of_order,
)
from domain.concordance import THOUSANDTH
from domain.element import BETS
from domain.goal import GOAL, GoalStatus
from domain.ranking import RANKING
from domain.resource import PEOPLE, RESOURCE, Given
from domain.scope import Scope
from domain.strategy import STRATEGY

DAY_SCHEMA = {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over periods: money by currency, never added up; people as full-time equivalents times days."""

    money: Mapping[str, str]
    full_time_days: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InPeriod:
    """What goes in in one period: money by currency, and people in full-time equivalents."""

    money: Mapping[str, str]
    full_time_equivalents: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodAnswer:
    """One period, both days included: what is planned for it, and what went in."""

    begins: date
    ends: date
    planned: InPeriod
    actual: InPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivesAnswer:
    """An element or a goal and what it receives; `record` opens the statements, None where there is none.

    `rank` is a bet's place in the document, `status` a goal's.
    """

    element: str | None
    goal: UUID | None
    kind: str
    text: str
    rank: int | None
    status: GoalStatus | None
    in_force: bool
    record: UUID | None
    planned: Totals
    actual: Totals
    periods: tuple[PeriodAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGoAnswer:
    """What still goes into a let-go, of periods that begin after `day`, and of the ones that it lies in (`across`).

    The day is the one by which it was to be gone, else that from which on the strategy in force lets it go.
    """

    element: str
    day: date | None
    planned_after: Totals
    actual_after: Totals
    planned_across: Totals
    actual_across: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfOrderAnswer:
    """Two bets of which the one ranked lower gets more of a measure: a currency, or people in full-time days."""

    basis: Basis
    measure: str
    higher: str
    higher_rank: str
    higher_gets: str
    lower: str
    lower_rank: str
    lower_gets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadersAnswer:
    """The same by the mean places that `n` leaders gave the bets, each alone, in the newest closed round."""

    ranking: UUID
    closed_at: datetime
    n: int
    out_of_order: tuple[OutOfOrderAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcesAnswer:
    """Where the money and the people of a strategy go, planned and actual.

    `cut` counts statements whose period shares days with `from` … `to` and does not lie within; they are in no sum.
    What `without_effect` names did not exist by then.
    """

    strategy: UUID
    unit: UUID | None
    bets: tuple[ReceivesAnswer, ...]
    let_gos: tuple[ReceivesAnswer, ...]
    other_elements: tuple[ReceivesAnswer, ...]
    goals: tuple[ReceivesAnswer, ...]
    still_going_into_let_gos: tuple[LetGoAnswer, ...]
    out_of_order: tuple[OutOfOrderAnswer, ...]
    by_leaders: LeadersAnswer | None
    cut: int
    without_effect: tuple[Unfounded, ...]


EVER = Window()


def allocated(inquiry: Inquiry, strategy: UUID, unit: UUID | None, window: Window = EVER) -> Allocation:
    """Where the resources of a strategy that was there go: all, or those that a unit and those below it give."""
    at, chart = inquiry.asked.valid_at, inquiry.settings.chart
    tree = chart.subtree(unit, at) if unit is not None else None

    def of_unit(id: UUID | None) -> bool:
        return tree is None or (id is not None and (chart.carried_on_by(id, at) or id) in tree)

    return allocation(
        inquiry.states(STRATEGY, streams=[strategy])[strategy],
        inquiry.states(RESOURCE, strategy=strategy),
        inquiry.states(GOAL, strategy=strategy),
        strategy_then(inquiry, strategy),
        at,
        day_of=inquiry.day_of,
        window=window,
        of_unit=of_unit,
    )


def _text(amount: Decimal) -> str:
    return format(amount, "f")


def totals(measures: Measures) -> Totals:
    """Sums as they are answered."""
    money = {name: _text(amount) for name, amount in measures.items() if name != PEOPLE}
    return Totals(money=money, full_time_days=_text(measures.get(PEOPLE, Decimal(0))))


def _in_period(given: Iterable[Given]) -> InPeriod:
    sums = defaultdict[str, Decimal](Decimal)
    for each in given:
        sums[each.measure] += each.amount
    money = {name: _text(sums[name]) for name in sorted(sums) if name != PEOPLE}
    return InPeriod(money=money, full_time_equivalents=_text(sums.get(PEOPLE, Decimal(0))))


def _pairs(bets: Sequence[Received], ranks: Mapping[str, Fraction]) -> tuple[OutOfOrderAnswer, ...]:
    return tuple(
        OutOfOrderAnswer(
            basis=each.basis,
            measure=each.measure,
            higher=each.higher,
            higher_rank=_place(each.higher_rank),
            higher_gets=_text(each.higher_gets),
            lower=each.lower,
            lower_rank=_place(each.lower_rank),
            lower_gets=_text(each.lower_gets),
        )
        for each in out_of_order(bets, ranks)
    )


def _place(rank: Fraction) -> str:
    """A place, or a mean of places with three decimals."""
    if rank.denominator == 1:
        return str(rank.numerator)
    return _text((Decimal(rank.numerator) / rank.denominator).quantize(THOUSANDTH, ROUND_HALF_UP))


def _by_leaders(order: LeadersOrder | None, bets: Sequence[Received]) -> LeadersAnswer | None:
    if order is None:
        return None
    pairs = _pairs(bets, order.places)
    return LeadersAnswer(ranking=order.ranking, closed_at=order.closed_at, n=order.n, out_of_order=pairs)


def _periods(received: Received) -> tuple[PeriodAnswer, ...]:
    periods = sorted({(each.begins, each.ends) for each in (*received.planned, *received.spent)})
    return tuple(
        PeriodAnswer(
            begins=begins,
            ends=ends,
            planned=_in_period(each for each in received.planned if (each.begins, each.ends) == (begins, ends)),
            actual=_in_period(each for each in received.spent if (each.begins, each.ends) == (begins, ends)),
        )
        for begins, ends in periods
    )


def _day(inquiry: Inquiry, name: str) -> date | None:
    text = inquiry.arguments.get(name)
    return read_date(text, name) if text is not None else None


def resources_shown(inquiry: Inquiry) -> Found:
    """Where the money and the people go: per bet, let-go, other element and goal, planned and actual.

    It tells which bets get more than one ranked above them, and what still goes into what was let go. Amounts in two
    currencies are never added up.
    """
    strategy, unit = strategy_of(inquiry), inquiry.named("unit")
    inquiry.check(concerned_by(inquiry, strategy, Scope(unit=unit)))
    state = inquiry.states(STRATEGY, streams=[strategy]).get(strategy)
    if state is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    window = Window(begins=_day(inquiry, "from"), ends=_day(inquiry, "to"))
    if window.begins is not None and window.ends is not None and window.ends < window.begins:
        problem = "this is before the day that it is asked from"
        raise FieldsNotValid("to", problem, {"to": problem})
    goals = inquiry.states(GOAL, strategy=strategy)
    found = allocated(inquiry, strategy, unit, window)

    elements = ElementsShown(inquiry, strategy)

    def receives(each: Received) -> ReceivesAnswer:
        goal = goals[each.goal] if each.goal is not None else None
        return ReceivesAnswer(
            element=each.element.id if each.element else None,
            goal=each.goal,
            kind=each.element.kind if each.element else "goal",
            text=elements.text(each.element.id, each.element.text) if each.element else goal.title if goal else "",
            rank=each.element.rank if each.element else None,
            status=goal.status if goal else None,
            in_force=each.in_force,
            record=each.record,
            planned=totals(each.sums(Basis.PLANNED)),
            actual=totals(each.sums(Basis.ACTUAL)),
            periods=_periods(each),
        )

    shown = [
        (each.element.kind if each.element else "goal", receives(each))
        for each in found.elements
        if each.element is None or elements.lists(each.element.id)
    ]
    bets = [each for each in found.elements if each.in_force and each.element and each.element.kind in BETS]
    ranks = {
        each.element.id: Fraction(each.element.rank) for each in bets if each.element and each.element.rank is not None
    }
    answer = ResourcesAnswer(
        strategy=strategy,
        unit=unit,
        bets=tuple(each for kind, each in shown if kind in BETS),
        let_gos=tuple(each for kind, each in shown if kind in LET_GOS),
        other_elements=tuple(each for kind, each in shown if kind not in BETS | LET_GOS),
        goals=tuple(receives(each) for each in found.goals),
        still_going_into_let_gos=tuple(
            LetGoAnswer(
                element=each.element,
                day=each.day,
                planned_after=totals(each.after[Basis.PLANNED]),
                actual_after=totals(each.after[Basis.ACTUAL]),
                planned_across=totals(each.across[Basis.PLANNED]),
                actual_across=totals(each.across[Basis.ACTUAL]),
            )
            for each in found.still_going
        ),
        out_of_order=_pairs(bets, ranks),
        by_leaders=_by_leaders(leaders_order(state, inquiry.states(RANKING, strategy=strategy)), bets),
        cut=found.cut,
        without_effect=found.without_effect,
    )
    asks = {"strategy": strategy, "unit": unit, "from": window.begins, "to": window.ends}
    return Found(answer=answer, asks=asks)


ALLOCATION = Noun(
    name="allocation",
    description="Where the resources of a strategy go.",
    asks=(
        Ask(
            path="alignment/resources",
            view="alignment",
            find=resources_shown,
            title="Show where money and people go.",
            answers=ResourcesAnswer,
            arguments=(
                STRATEGY_ARGUMENT,
                Argument(name="unit", meaning="Only what this unit gives, by key or id, and those below it."),
                Argument(name="from", meaning="Only periods that begin on this day or later.", schema=DAY_SCHEMA),
                Argument(name="to", meaning="Only periods that end on this day or earlier.", schema=DAY_SCHEMA),
            ),
        ),
    ),
)
