"""Rankings: who gives one, when the others' are shown, how much they agree to the digit, and what was dropped."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest

from domain.concordance import Concordance, concordance, midranks
from domain.element import Element
from domain.kernel import Content, Refusal
from domain.publication import Publication
from domain.ranking import (
    RANKING,
    NobodyToRank,
    NotAskedToRank,
    NothingRanked,
    NothingToRank,
    NotToBeRanked,
    Order,
    OrderAlreadyGiven,
    PlaceImpossible,
    Ranking,
    RankingAlreadyOpened,
    RankingClosed,
    RankingGiven,
    RankingIsClosed,
    RankingKind,
    RankingOpened,
    RankingUnknown,
    dropped,
    reveals,
)
from tests.support.specification import Given, given, instant, on, some

ANN, BEN = some("Ann"), some("Ben")
OPENED = RankingOpened(
    key="bets", strategy=some("north"), kind=RankingKind.BETS, elements=("a", "b", "c"), participants=(ANN, BEN)
)
ANNS = RankingGiven(person=ANN, ranks={"a": 1, "b": 2, "c": 3})


def opened(*more: Content) -> Given[Ranking]:
    said = [on(f"2026-03-{day:02}", content) for day, content in enumerate((OPENED, *more), 1)]
    return given(RANKING, *said)


class TestARound:
    def test_each_gives_their_own_order(self) -> None:
        state = opened(ANNS).as_of("2026-03-02")
        assert state.orders == (Order(person=ANN, ranks=ANNS.ranks, given_at=instant("2026-03-02")),)
        assert (state.opened_at, state.closed_at, state.elements) == (instant("2026-03-01"), None, ("a", "b", "c"))

    @pytest.mark.parametrize(
        ("said", "refusal"),
        [
            (OPENED, RankingAlreadyOpened()),
            (replace(ANNS, person=some("Cy")), NotAskedToRank()),
            (replace(ANNS, ranks={}), NothingRanked()),
            (replace(ANNS, ranks={"a": 1, "x": 2}), NotToBeRanked("x")),
            (replace(ANNS, ranks={"a": 0}), PlaceImpossible(0)),
        ],
    )
    def test_what_is_no_order_is_refused(self, said: Content, refusal: Refusal) -> None:
        opened().when(on("2026-03-09", said)).then(refusal)

    def test_nobody_gives_a_second_one(self) -> None:
        opened(ANNS).when(on("2026-03-09", replace(ANNS, ranks={"a": 2}))).then(
            OrderAlreadyGiven(instant("2026-03-02"))
        )

    @pytest.mark.parametrize("said", [replace(ANNS, person=BEN), RankingClosed()])
    def test_after_the_closing_nothing_is_said(self, said: Content) -> None:
        closed = opened(ANNS, RankingClosed())
        closed.when(on("2026-03-09", said)).then(RankingIsClosed(instant("2026-03-03")))

    def test_before_the_opening_neither(self) -> None:
        given(RANKING).when(on("2026-03-01", ANNS)).then(RankingUnknown())

    def test_there_is_something_to_rank_and_somebody_asked(self) -> None:
        few, nobody = replace(OPENED, elements=("a",)), replace(OPENED, participants=())
        given(RANKING).when(on("2026-03-01", few)).then(NothingToRank(RankingKind.BETS, 1))
        given(RANKING).when(on("2026-03-01", nobody)).then(NobodyToRank())

    def test_the_others_are_seen_once_ones_own_is_given_or_the_round_is_over(self) -> None:
        open_, closed = opened(ANNS).as_of("2026-03-09"), opened(ANNS, RankingClosed()).as_of("2026-03-09")
        assert [reveals(open_, who) for who in (ANN, BEN, some("Cy"), None)] == [True, False, True, True]
        assert reveals(closed, BEN)
        assert (open_.owed_by(BEN), open_.owed_by(ANN), closed.owed_by(BEN)) == (True, False, False)

    def test_an_order_is_whole_that_places_everything(self) -> None:
        state = opened().as_of("2026-03-09")
        at = instant("2026-03-02")
        assert state.is_whole(Order(person=ANN, ranks={"c": 1, "b": 1, "a": 1}, given_at=at))
        assert not state.is_whole(Order(person=ANN, ranks={"c": 1, "b": 1}, given_at=at))


def agreed(things: str, *rankings: tuple[int, ...]) -> Concordance:
    return concordance([dict(zip(things, each, strict=True)) for each in rankings], list(things))


class TestConcordance:
    @pytest.mark.parametrize(
        ("things", "rankings", "exact", "rounded"),
        [
            ("abcd", [(1, 2, 3, 4), (1, 3, 2, 4), (2, 1, 3, 4)], "7/9", 0.778),
            ("abc", [(1, 1, 3), (1, 2, 3)], "13/14", 0.929),
            ("abc", [(1, 2, 3), (3, 2, 1)], "0", 0.0),
            ("abc", [(1, 2, 3), (10, 20, 30), (2, 3, 5)], "1", 1.0),
            ("abcd", [(1, 1, 2, 2), (1, 1, 2, 2)], "1", 1.0),
            ("ab", [(1, 2), (1, 2), (2, 1)], "1/9", 0.111),
            ("abcde", [(1, 2, 3, 4, 5), (2, 1, 4, 3, 5), (1, 3, 2, 5, 4), (5, 4, 3, 2, 1)], "13/80", 0.163),
        ],
    )
    def test_it_is_exact(self, things: str, rankings: list[tuple[int, ...]], exact: str, rounded: float) -> None:
        found = agreed(things, *rankings)
        assert (found.n, found.m, found.exact, found.w, found.because) == (
            len(rankings),
            len(things),
            exact,
            rounded,
            None,
        )

    @pytest.mark.parametrize(
        ("things", "rankings", "because"),
        [
            ("abc", [], "fewer-than-two-rankings"),
            ("abc", [(1, 2, 3)], "fewer-than-two-rankings"),
            ("a", [(1,), (1,)], "fewer-than-two-things"),
            ("abc", [(1, 1, 1), (2, 2, 2)], "everything-tied"),
        ],
    )
    def test_where_it_is_not_defined_it_says_why(
        self, things: str, rankings: list[tuple[int, ...]], because: str
    ) -> None:
        found = agreed(things, *rankings)
        assert (found.w, found.exact, found.because) == (None, None, because)

    def test_it_lies_between_none_and_all(self) -> None:
        for one in permutations((1, 2, 3)):
            for other in [*permutations((1, 2, 3)), (1, 1, 2), (1, 2, 2)]:
                exact = agreed("abc", one, tuple(other)).exact
                assert exact is not None
                assert 0 <= Fraction(exact) <= 1

    def test_the_order_is_by_mean_rank(self) -> None:
        found = agreed("abc", (3, 1, 2), (2, 1, 2), (3, 2, 1))
        assert [(each.thing, each.exact, each.mean) for each in found.order] == [
            ("b", "4/3", 1.333),
            ("c", "11/6", 1.833),
            ("a", "17/6", 2.833),
        ]
        assert agreed("abc").order == ()

    def test_tied_ones_share_their_ranks(self) -> None:
        assert midranks({"a": 7, "b": 2, "c": 7, "d": 9}) == {"b": 1, "a": Fraction(5, 2), "c": Fraction(5, 2), "d": 4}


class TestDropped:
    def test_what_a_revision_no_longer_has_is_told_and_where_it_came_back(self) -> None:
        a, b, c = (
            Element(id=id, kind=kind, text=id, rank=1) for id, kind in (("a", "bet"), ("b", "priority"), ("c", "value"))
        )
        history = (revision(1, a, b, c), revision(2, b), revision(3, a), revision(4))
        found = dropped(history, instant("2026-03-03"), None)
        assert [(each.element, each.last_in, each.by, each.back_in) for each in found] == [
            ("a", 1, 2, 3),
            ("b", 2, 3, None),
        ]
        assert (found[0].kind, found[0].text, found[0].rank, found[0].since) == ("bet", "a", 1, instant("2026-03-02"))
        assert dropped(history, instant("2026-03-01"), None) == ()

    def test_a_bet_that_became_something_else_is_no_bet_any_more(self) -> None:
        a = Element(id="a", kind="bet", text="a")
        assert len(dropped((revision(1, a), revision(2, replace(a, kind="value"))), instant("2026-03-09"), None)) == 1
        assert not dropped((revision(1, a), revision(2, replace(a, kind="big_bet"))), instant("2026-03-09"), None)

    def test_the_draft_may_drop_it_too(self) -> None:
        a = Element(id="a", kind="bet", text="a")
        (found,) = dropped((revision(1, a),), instant("2026-03-09"), ())
        assert (found.last_in, found.by, found.since) == (1, None, None)
        assert dropped((), instant("2026-03-09"), ()) == ()


def revision(number: int, *elements: Element, **said: Any) -> Publication:
    at = instant(f"2026-03-{number:02}")
    return Publication(
        revision=number,
        material=True,
        published_at=at,
        in_force_from=at,
        published_by=None,
        elements=elements,
        content_hash="",
        touches=(),
        submitted=True,
        **said,
    )
