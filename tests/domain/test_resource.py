"""Money and people, planned and spent: exact, period by period; and where they go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest

from domain.allocation import (
    NO_ELEMENT,
    NO_GOAL,
    Basis,
    OutOfOrder,
    Received,
    Unfounded,
    Window,
    allocation,
    leaders_order,
    out_of_order,
    summed,
)
from domain.draft import Draft
from domain.element import Element
from domain.goal import Goal
from domain.kernel import Refusal
from domain.publication import Publication
from domain.ranking import Order, Ranking, RankingKind
from domain.resource import (
    RESOURCE,
    Given,
    NotACurrency,
    NotAnAmount,
    NothingGiven,
    PeriodEndsBeforeItBegins,
    PlansCross,
    Resource,
    ResourcePlanned,
    ResourceSpent,
)
from domain.strategy import Strategy
from tests.support.specification import corrected, given, instant, on, some

Q1, Q2, YEAR = (
    (date(2026, 1, 1), date(2026, 3, 31)),
    (date(2026, 4, 1), date(2026, 6, 30)),
    (date(2026, 1, 1), date(2026, 12, 31)),
)
NORTH = some("north")


def planned(period: tuple[date, date] = Q1, amount: str | None = "1000", **more: object) -> ResourcePlanned:
    said = ResourcePlanned(
        strategy=NORTH,
        element="depots",
        begins=period[0],
        ends=period[1],
        amount=amount,
        currency="EUR" if amount is not None else None,
    )
    return replace(said, **more)  # type: ignore[arg-type]  # fields of the content


def spent(period: tuple[date, date] = Q1, amount: str | None = "1000", **more: object) -> ResourceSpent:
    said = planned(period, amount)
    return replace(
        ResourceSpent(
            strategy=said.strategy,
            element=said.element,
            begins=said.begins,
            ends=said.ends,
            amount=amount,
            currency=said.currency,
        ),
        **more,  # type: ignore[arg-type]
    )


def eur(
    amount: str, since: str, period: tuple[date, date] = Q1, measure: str = "EUR", unit: UUID | None = None
) -> Given:
    return Given(
        since=instant(since), begins=period[0], ends=period[1], measure=measure, amount=Decimal(amount), unit=unit
    )


def test_a_plan_takes_the_place_of_the_one_for_the_same_period() -> None:
    stream = given(RESOURCE, on("2026-01-01", planned()), on("2026-01-02", planned(Q2, "500")))
    after = stream.when(on("2026-02-15", planned(Q1, "1200.50", full_time="2.5"))).then()
    assert after.as_of("2026-02-14").planned == (eur("1000", "2026-01-01"), eur("500", "2026-01-02", Q2))
    assert after.as_of("2026-02-15").planned == (
        eur("500", "2026-01-02", Q2),
        eur("1200.50", "2026-02-15"),
        eur("2.5", "2026-02-15", measure="people"),
    )


def test_two_units_and_two_currencies_plan_beside_each_other() -> None:
    sales = some("sales")
    stream = given(RESOURCE, on("2026-01-01", planned()), on("2026-01-01", planned(unit=sales)))
    stream.when(on("2026-01-02", planned(YEAR, "9", currency="CHF"))).then(
        planned=(eur("1000", "2026-01-01"), eur("1000", "2026-01-01", unit=sales), eur("9", "2026-01-02", YEAR, "CHF"))
    )


def test_what_was_spent_adds_up() -> None:
    stream = given(RESOURCE, on("2026-02-10", spent(amount="40.10")), on("2026-03-10", spent(amount="60.05")))
    state = stream.when(on("2026-03-11", spent(amount=None, full_time="1.5"))).then().as_of("2026-03-11")
    assert summed(state.spent) == {"EUR": Decimal("100.15"), "people": Decimal("135.0")}
    assert summed(stream.as_of("2026-02-10").spent) == {"EUR": Decimal("40.10")}


def test_a_corrected_amount_counts_from_where_it_was_said() -> None:
    stream = given(RESOURCE, on("2026-02-10", spent(amount="400")))
    after = stream.when(corrected(1, "2026-02-10", spent(amount="40"))).then()
    assert summed(after.as_of("2026-02-10").spent) == {"EUR": Decimal(40)}


def test_a_plan_of_nothing_makes_room_for_plans_of_other_periods() -> None:
    stream = given(RESOURCE, on("2026-01-01", planned(YEAR)))
    stream.when(on("2026-01-02", planned(Q1))).then(PlansCross(*YEAR))
    stream.when(on("2026-01-02", planned(YEAR, "0")), on("2026-01-02", planned(Q1, "7"))).then(
        planned=(eur("0", "2026-01-02", YEAR), eur("7", "2026-01-02"))
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (planned(amount=None), NothingGiven()),
        (planned(amount="-5"), NotAnAmount("amount", "-5")),
        (planned(amount="1,000"), NotAnAmount("amount", "1,000")),
        (planned(amount="1e3"), NotAnAmount("amount", "1e3")),
        (planned(amount="1.1234567"), NotAnAmount("amount", "1.1234567")),
        (planned(amount="NaN"), NotAnAmount("amount", "NaN")),
        (planned(amount="\N{ARABIC-INDIC DIGIT FIVE}"), NotAnAmount("amount", "\N{ARABIC-INDIC DIGIT FIVE}")),
        (planned(full_time="half"), NotAnAmount("full_time", "half")),
        (planned(currency=None), NotACurrency("")),
        (planned(currency="eur"), NotACurrency("eur")),
        (planned(amount=None, full_time="1", currency="EUR"), NotACurrency("EUR")),
        (planned((Q1[1], Q1[0])), PeriodEndsBeforeItBegins(Q1[1], Q1[0])),
        (spent(amount="-1"), NotAnAmount("amount", "-1")),
    ],
)
def test_what_is_no_statement_of_resources(content: ResourcePlanned | ResourceSpent, refusal: Refusal) -> None:
    given(RESOURCE).when(on("2026-01-01", content)).then(refusal)


def strategy(*elements: Element) -> Strategy:
    """Published on 3 January."""
    publication = Publication(
        revision=1,
        material=True,
        published_at=instant("2026-01-03"),
        in_force_from=instant("2026-01-03"),
        published_by=None,
        elements=elements,
        content_hash="0" * 64,
        touches=(),
        submitted=True,
    )
    return Strategy(
        drafted_at=instant("2026-01-01"), title="North", draft=Draft(elements=elements), publications=(publication,)
    )


def bet(id: str, rank: int | None = None) -> Element:
    return Element(id=id, kind="big_bet", text=id.title(), rank=rank)


DEPOTS, PORTAL, VANS = bet("depots", 1), bet("portal", 2), Element(id="vans", kind="let_go", text="Vans")
WHOLE = strategy(DEPOTS, PORTAL, VANS)
NOBODY = dict[UUID, Goal]()
AT = instant("2026-12-31")


def goes(element: str, *, planned: tuple[Given, ...] = (), spent: tuple[Given, ...] = ()) -> Resource:
    return Resource(strategy=NORTH, element=element, planned=planned, spent=spent)


def day_of(at: datetime) -> date:
    return at.date()


def then(at: datetime) -> Strategy:
    return WHOLE if at >= instant("2026-01-03") else Strategy()


def test_every_bet_and_let_go_shows_and_what_was_said_too_early_has_no_effect() -> None:
    resources = {
        some("d"): goes("depots", planned=(eur("10", "2026-01-02"), eur("5", "2026-01-03", Q2))),
        some("g"): Resource(strategy=NORTH, goal=some("faster"), spent=(eur("3", "2026-01-04"),)),
        some("h"): Resource(strategy=NORTH, goal=some("later"), spent=(eur("4", "2026-01-04"),)),
    }
    goals = {
        some("faster"): Goal(proposed_at=instant("2026-01-04")),
        some("later"): Goal(proposed_at=instant("2026-01-05")),
    }
    found = allocation(WHOLE, resources, goals, then, AT, day_of=day_of)
    assert [(each.element and each.element.id, each.sums(Basis.PLANNED)) for each in found.elements] == [
        ("depots", {"EUR": Decimal(5)}),
        ("portal", {}),
        ("vans", {}),
    ]
    assert [(each.goal, each.sums(Basis.ACTUAL)) for each in found.goals] == [(some("faster"), {"EUR": Decimal(3)})]
    assert found.without_effect == (
        Unfounded(record=some("d"), element="depots", goal=None, at=instant("2026-01-02"), reason=NO_ELEMENT),
        Unfounded(record=some("h"), element=None, goal=some("later"), at=instant("2026-01-04"), reason=NO_GOAL),
    )


def test_a_window_takes_periods_that_lie_within_and_counts_those_it_cuts() -> None:
    said = (eur("1", "2026-02-01", Q1), eur("2", "2026-02-01", Q2), eur("4", "2026-02-01", YEAR, "CHF"))
    window = Window(begins=Q1[0], ends=Q1[1])
    found = allocation(WHOLE, {some("d"): goes("depots", spent=said)}, NOBODY, then, AT, day_of=day_of, window=window)
    assert found.elements[0].sums(Basis.ACTUAL) == {"EUR": Decimal(1)}
    assert found.cut == 1


def test_only_what_a_unit_gives_is_told_of_it() -> None:
    said = (eur("1", "2026-02-01"), eur("2", "2026-02-01", unit=some("sales")))
    found = allocation(
        WHOLE,
        {some("d"): goes("depots", spent=said)},
        NOBODY,
        then,
        AT,
        day_of=day_of,
        of_unit=lambda unit: unit == some("sales"),
    )
    assert found.elements[0].sums(Basis.ACTUAL) == {"EUR": Decimal(2)}


def test_what_still_goes_into_a_let_go_is_what_begins_after_its_day() -> None:
    said = (eur("1", "2026-02-01", Q1), eur("2", "2026-02-01", Q2), eur("4", "2026-02-01", (Q2[1], Q2[1])))
    resources = {some("v"): goes("vans", planned=said, spent=said[1:])}
    for due, day in ((date(2026, 3, 31), date(2026, 3, 31)), (None, date(2026, 1, 3))):
        told = strategy(DEPOTS, replace(VANS, due=due))
        (still,) = allocation(told, resources, NOBODY, then, AT, day_of=day_of).still_going
        assert still.day == day
        assert still.after == {Basis.PLANNED: {"EUR": Decimal(6)}, Basis.ACTUAL: {"EUR": Decimal(6)}}
        across = {"EUR": Decimal(1)} if due is None else {}
        assert still.across == {Basis.PLANNED: across, Basis.ACTUAL: {}}


def received(element: Element, *amounts: Given) -> Received:
    return Received(record=some(element.id), element=element, spent=amounts)


def test_a_bet_ranked_lower_that_gets_more_is_told_measure_by_measure() -> None:
    bets = [
        received(DEPOTS, eur("10", "2026-02-01"), eur("5", "2026-02-01", measure="CHF")),
        received(PORTAL, eur("11", "2026-02-01"), eur("5", "2026-02-01", measure="CHF")),
        received(bet("third"), eur("99", "2026-02-01")),
        received(bet("fourth", 4), eur("0.1", "2026-02-01", measure="people")),
    ]
    ranks = {each.element.id: Fraction(each.element.rank) for each in bets if each.element and each.element.rank}
    found = out_of_order(bets, ranks)
    assert [(each.measure, each.higher, each.lower) for each in found] == [
        ("EUR", "depots", "portal"),
        ("people", "depots", "fourth"),
        ("people", "portal", "fourth"),
    ]
    assert found[0] == OutOfOrder(
        basis=Basis.ACTUAL,
        measure="EUR",
        higher="depots",
        higher_rank=Fraction(1),
        higher_gets=Decimal(10),
        lower="portal",
        lower_rank=Fraction(2),
        lower_gets=Decimal(11),
    )


def test_two_bets_at_one_place_are_never_out_of_order() -> None:
    bets = [received(DEPOTS, eur("1", "2026-02-01")), received(PORTAL, eur("2", "2026-02-01"))]
    assert out_of_order(bets, {"depots": Fraction(1), "portal": Fraction(1)}) == ()


def test_the_leaders_order_is_the_mean_of_the_newest_closed_round() -> None:
    def order(name: str, **ranks: int) -> Order:
        return Order(person=some(name), ranks=ranks, given_at=instant("2026-02-02"))

    closed = Ranking(
        opened_at=instant("2026-02-01"),
        kind=RankingKind.BETS,
        elements=("depots", "portal"),
        orders=(
            order("a", depots=1, portal=2),
            order("b", depots=2, portal=1),
            order("c", depots=2, portal=1),
            order("d", depots=1),
        ),
        closed_at=instant("2026-02-05"),
    )
    rounds = {
        some("newest"): closed,
        some("older"): replace(closed, closed_at=instant("2026-02-04"), orders=closed.orders[:1]),
        some("open"): replace(closed, closed_at=None),
        some("priorities"): replace(closed, kind=RankingKind.PRIORITIES, closed_at=instant("2026-02-06")),
        some("early"): replace(closed, opened_at=instant("2025-12-31"), closed_at=instant("2026-02-07")),
    }
    found = leaders_order(WHOLE, rounds)
    assert found is not None
    assert (found.ranking, found.n) == (some("newest"), 3)
    assert found.places == {"portal": Fraction(4, 3), "depots": Fraction(5, 3)}
    assert leaders_order(WHOLE, {some("open"): rounds[some("open")]}) is None
