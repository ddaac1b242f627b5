"""Where resources go: sums per bet, goal and let-go, and where they do not follow the ranking of the bets.

Money is summed currency by currency, people in full-time days: full-time equivalents times the days of the period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from domain.concordance import concordance
from domain.drivers import document_of, elements_by_then
from domain.element import BETS, Element
from domain.goal import Goal
from domain.ranking import Ranking, RankingKind
from domain.resource import PEOPLE, Given, Resource
from domain.strategy import Strategy

LET_GOS = frozenset({"let_go"})
NO_ELEMENT = "the strategy did not have this element by then"
NO_GOAL = "its goal had not been proposed by then"

Measures = Mapping[str, Decimal]
"""How much, by measure: a currency, or `people` in full-time days."""


class Basis(StrEnum):
    """Which amounts a figure is about: those planned, or those spent."""

    PLANNED = "planned"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days that are asked about; periods that lie wholly within count."""

    begins: date | None = None
    ends: date | None = None

    def holds(self, given: Given) -> bool:
        """Whether a period lies within."""
        early = self.begins is not None and given.begins < self.begins
        return not early and (self.ends is None or given.ends <= self.ends)

    def touches(self, given: Given) -> bool:
        """Whether a period shares a day with it."""
        after = self.ends is not None and given.begins > self.ends
        return not after and (self.begins is None or given.ends >= self.begins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What one element or goal receives; the sums of all periods, and the statements behind them.

    `record` is the stream that they stand in, None where nothing was said.
    """

    record: UUID | None
    element: Element | None = None
    goal: UUID | None = None
    in_force: bool = True
    planned: tuple[Given, ...] = ()
    spent: tuple[Given, ...] = ()

    def sums(self, basis: Basis) -> Measures:
        """How much in all, by measure."""
        return summed(self.planned if basis is Basis.PLANNED else self.spent)


@dataclass(frozen=True, slots=True, kw_only=True)
class StillGoing:
    """What still goes into a let-go: of periods that begin after `day`, and of the ones that it lies in.

    The day is the one by which it was to be gone; where none is named, that from which on the strategy in force lets
    it go; None where neither is there.
    """

    element: str
    day: date | None
    after: Mapping[Basis, Measures]
    across: Mapping[Basis, Measures]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfOrder:
    """Two bets of which the one that is ranked lower gets more, by one measure."""

    basis: Basis
    measure: str
    higher: str
    higher_rank: Fraction
    higher_gets: Decimal
    lower: str
    lower_rank: Fraction
    lower_gets: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfounded:
    """A statement without effect: about what, since when it was said, and what did not exist by then."""

    record: UUID
    element: str | None
    goal: UUID | None
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """Where the resources of a strategy go.

    `elements` are the bets and let-gos of the document, what of another kind received something, and what received
    something and is no longer in the document; `goals` those that received something. `cut` counts the statements that
    share days with the window and do not lie within: they are in no sum.
    """

    elements: tuple[Received, ...]
    goals: tuple[Received, ...]
    still_going: tuple[StillGoing, ...]
    cut: int
    without_effect: tuple[Unfounded, ...]


def summed(given: Iterable[Given]) -> Measures:
    """How much in all, by measure, currencies in order of their codes and people last."""
    sums = defaultdict[str, Decimal](Decimal)
    for each in given:
        days = (each.ends - each.begins).days + 1 if each.measure == PEOPLE else 1
        sums[each.measure] += each.amount * days
    return {measure: sums[measure] for measure in sorted(sums, key=lambda name: (name == PEOPLE, name))}


def added(measures: Iterable[Measures]) -> Measures:
    """Several sums together, measure by measure, in the same order."""
    sums = defaultdict[str, Decimal](Decimal)
    for each in measures:
        for measure, amount in each.items():
            sums[measure] += amount
    return {measure: sums[measure] for measure in sorted(sums, key=lambda name: (name == PEOPLE, name))}


def allocation(
    strategy: Strategy,
    resources: Mapping[UUID, Resource],
    goals: Mapping[UUID, Goal],
    then: Callable[[datetime], Strategy],
    at: datetime,
    *,
    day_of: Callable[[datetime], date],
    window: Window = Window(),
    of_unit: Callable[[UUID | None], bool] = lambda _: True,
) -> Allocation:
    """Where the resources under one strategy go, from the states of the instant `at`.

    `then` tells the strategy at other instants, `day_of` the organisation's day of an instant; statements count whose
    unit is one `of_unit`.
    """
    unfounded, cut = list[Unfounded](), 0
    found = dict[str | UUID, Received]()
    known = elements_by_then(strategy)
    document = {each.id: each for each in document_of(strategy, at)}
    for id, each in resources.items():
        about: str | UUID | None = each.element if each.goal is None else each.goal
        if about is None:
            continue
        planned, spent = (
            [one for one in given if of_unit(one.unit) and window.touches(one)] for given in (each.planned, each.spent)
        )
        for one in (*planned, *spent):
            if (reason := _unfounded(each, one, goals, then)) is not None:
                unfounded.append(
                    Unfounded(record=id, element=each.element, goal=each.goal, at=one.since, reason=reason)
                )
            else:
                cut += not window.holds(one)
        counted = [
            _in_order(one for one in given if window.holds(one) and _unfounded(each, one, goals, then) is None)
            for given in (planned, spent)
        ]
        element = (document.get(about) or known.get(about)) if isinstance(about, str) else None
        if any(counted) and (element is not None or each.goal is not None):
            found[about] = Received(
                record=id,
                element=element,
                goal=each.goal,
                in_force=each.goal is not None or about in document,
                planned=counted[0],
                spent=counted[1],
            )
    named = [each.id for each in document.values() if each.kind in BETS | LET_GOS]
    rest = sorted(name for name in found if isinstance(name, str))
    elements = tuple(
        found.get(name) or Received(record=None, element=document[name]) for name in dict.fromkeys([*named, *rest])
    )
    return Allocation(
        elements=elements,
        goals=tuple(each for each in found.values() if each.goal is not None),
        still_going=tuple(_still_going(strategy, each, at, day_of) for each in elements if _let_go(each)),
        cut=cut,
        without_effect=tuple(sorted(unfounded, key=lambda one: (one.at, one.record))),
    )


def _in_order(given: Iterable[Given]) -> tuple[Given, ...]:
    return tuple(sorted(given, key=lambda one: (one.begins, one.ends, one.since)))


def _unfounded(
    state: Resource, given: Given, goals: Mapping[UUID, Goal], then: Callable[[datetime], Strategy]
) -> str | None:
    if state.goal is not None:
        goal = goals.get(state.goal)
        proposed = goal.proposed_at if goal is not None else None
        return None if proposed is not None and proposed <= given.since else NO_GOAL
    return None if state.element in elements_by_then(then(given.since)) else NO_ELEMENT


def _let_go(received: Received) -> bool:
    return received.element is not None and received.element.kind in LET_GOS


def _still_going(
    strategy: Strategy, received: Received, at: datetime, day_of: Callable[[datetime], date]
) -> StillGoing:
    element = received.element
    if element is None:
        raise ValueError(received)
    day = element.due or _let_go_since(strategy, element.id, at, day_of)
    by_basis = {Basis.PLANNED: received.planned, Basis.ACTUAL: received.spent}
    return StillGoing(
        element=element.id,
        day=day,
        after={
            basis: summed(each for each in given if day is not None and each.begins > day)
            for basis, given in by_basis.items()
        },
        across={
            basis: summed(each for each in given if day is not None and each.begins <= day < each.ends)
            for basis, given in by_basis.items()
        },
    )


def _let_go_since(strategy: Strategy, element: str, at: datetime, day_of: Callable[[datetime], date]) -> date | None:
    """The first day of the first revision in force that lets it go."""
    starts = (
        publication.in_force_from
        for publication in strategy.publications
        if publication.in_force_from <= at
        and any(each.id == element and each.kind in LET_GOS for each in publication.elements)
    )
    first = min(starts, default=None)
    return day_of(first) if first is not None else None


def out_of_order(elements: Iterable[Received], ranks: Mapping[str, Fraction]) -> tuple[OutOfOrder, ...]:
    """The pairs of bets of which the one ranked lower gets more: planned, then actual, measure by measure.

    `ranks` are the bets' places, 1 for the first, or their means; one without a place, and two at the same, are in no
    pair.
    """
    bets = [each for each in elements if each.element is not None and each.element.id in ranks]
    return tuple(pair for basis in Basis for pair in _pairs(bets, ranks, basis))


def _pairs(bets: list[Received], ranks: Mapping[str, Fraction], basis: Basis) -> Iterator[OutOfOrder]:
    gets = {each.element.id: each.sums(basis) for each in bets if each.element is not None}
    ordered = sorted(gets, key=lambda element: (ranks[element], element))
    measures = {measure for sums in gets.values() for measure in sums}
    for measure in sorted(measures, key=lambda name: (name == PEOPLE, name)):
        for place, higher in enumerate(ordered):
            for lower in ordered[place + 1 :]:
                more, less = (gets[id].get(measure, Decimal(0)) for id in (lower, higher))
                if ranks[higher] < ranks[lower] and more > less:
                    yield OutOfOrder(
                        basis=basis,
                        measure=measure,
                        higher=higher,
                        higher_rank=ranks[higher],
                        higher_gets=less,
                        lower=lower,
                        lower_rank=ranks[lower],
                        lower_gets=more,
                    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadersOrder:
    """The newest round of the leaders' own rankings of the bets that was closed, and the mean place of each bet in it.

    `n` are the leaders whose orders place every bet.
    """

    ranking: UUID
    closed_at: datetime
    n: int
    places: Mapping[str, Fraction]


def leaders_order(strategy: Strategy, rankings: Mapping[UUID, Ranking]) -> LeadersOrder | None:
    """How the leaders ranked the bets of a strategy when they were asked last; None before a round was closed."""
    closed = [
        (each.closed_at, id, each)
        for id, each in rankings.items()
        if each.kind is RankingKind.BETS and each.closed_at is not None and each.opened_at is not None
        # One that a correction left before the strategy's drafting has no effect.
        if strategy.drafted_at is not None and strategy.drafted_at <= each.opened_at
    ]
    if not closed:
        return None
    closed_at, id, newest = max(closed, key=lambda found: found[:2])
    whole = [each.ranks for each in newest.orders if newest.is_whole(each)]
    placed = concordance(whole, newest.elements).order
    return LeadersOrder(
        ranking=id, closed_at=closed_at, n=len(whole), places={each.thing: Fraction(each.exact) for each in placed}
    )
