"""What evidence says, what it refuses, and what pieces of it come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.element import Element
from domain.evidence import (
    EVIDENCE,
    Bearing,
    CountImpossible,
    Evidence,
    EvidenceAlreadyRecorded,
    EvidenceAlreadyWithdrawn,
    EvidenceKind,
    EvidenceOfOtherKind,
    EvidenceRecorded,
    EvidenceUnknown,
    EvidenceWithdrawn,
    MeasureMalformed,
    RateUnknown,
    ShowsNothing,
    ValueIsNoNumber,
)
from domain.kernel import Refusal
from domain.proof import Piece, clients, differences, pieces_of, shown_by
from domain.sealed import Private
from tests.support.specification import Given, given, instant, on, some

WON = EvidenceRecorded(
    key="crm",
    strategy=some("north"),
    element="plants",
    kind=EvidenceKind.BEHAVIOURAL,
    measure="win_rate",
    bears=Bearing.FOR,
    count=18,
    of=24,
    source="CRM",
    observed=date(2026, 3, 31),
)
PLANTS = Element(id="plants", kind="client_profile", text="Plants", seen_as="the first call")
FIRST = Element(id="first", kind="differentiator", text="First", edge="faster", apart_from=("maker",))


def recorded() -> Given[Evidence]:
    return given(EVIDENCE, on("2026-04-01", WON))


def test_evidence_is_recorded_with_all_that_it_says() -> None:
    found = given(EVIDENCE).when(on("2026-04-01", WON)).then().timeline.state()
    assert (found.recorded_at, found.measure, found.count, found.of) == (instant("2026-04-01"), "win_rate", 18, 24)
    assert (found.rate, found.times) == (Decimal(75), 18)


def test_a_rate_as_counted_goes_before_one_as_told() -> None:
    assert given(EVIDENCE).when(on("2026-04-01", replace(WON, value="12.5"))).then().timeline.state().rate == 75
    told = replace(WON, count=None, of=None, value="12.5")
    assert str(given(EVIDENCE).when(on("2026-04-01", told)).then().timeline.state().rate) == "12.5"


def test_what_is_no_rate_has_none() -> None:
    assert Evidence(measure="referrals", count=3, of=4).rate is None
    assert Evidence(measure="win_rate").rate is None
    assert Evidence(measure="referrals").times == 1


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"measure": "Win rate"}, MeasureMalformed("Win rate")),
        ({"kind": EvidenceKind.STATED}, EvidenceOfOtherKind("win_rate", EvidenceKind.BEHAVIOURAL)),
        ({"measure": "testimonials"}, EvidenceOfOtherKind("testimonials", EvidenceKind.STATED)),
        ({"measure": "spread", "count": None, "of": None}, ShowsNothing()),
        ({"count": 25}, CountImpossible(25, 24)),
        ({"count": -1, "of": None}, CountImpossible(-1, None)),
        ({"count": 0, "of": 0}, CountImpossible(0, 0)),
        ({"count": None, "value": "75"}, CountImpossible(None, 24)),
        ({"of": None}, RateUnknown("win_rate")),
        ({"count": None, "of": None, "value": "100.1"}, RateUnknown("win_rate")),
        ({"count": None, "of": None, "value": "-1"}, RateUnknown("win_rate")),
        ({"value": "three"}, ValueIsNoNumber("three")),
        ({"value": "1e5"}, ValueIsNoNumber("1e5")),
        ({"value": "NaN"}, ValueIsNoNumber("NaN")),
    ],
)
def test_what_shows_nothing_is_refused(said: dict[str, Any], refusal: Refusal) -> None:
    given(EVIDENCE).when(on("2026-04-01", replace(WON, **said))).then(refusal)


@pytest.mark.parametrize(
    "said",
    [
        {"count": 0},
        {"count": 24},
        {"count": None, "of": None, "value": "0"},
        {"count": None, "of": None, "value": "100"},
        {"measure": "spread", "count": None, "of": None, "text": Private(some("acme"), "Seen")},
        {"measure": "spread", "count": None, "of": None, "value": "-2.5"},
        {"measure": "spread", "kind": EvidenceKind.STATED, "of": None},
    ],
)
def test_what_shows_something_is_taken(said: dict[str, Any]) -> None:
    given(EVIDENCE).when(on("2026-04-01", replace(WON, **said))).then()


def test_it_is_recorded_and_withdrawn_once() -> None:
    recorded().when(on("2026-04-02", WON)).then(EvidenceAlreadyRecorded())
    recorded().when(on("2026-04-02", EvidenceWithdrawn())).then(withdrawn_at=instant("2026-04-02"))
    given(EVIDENCE, on("2026-04-01", WON), on("2026-04-02", EvidenceWithdrawn())).when(
        on("2026-04-03", EvidenceWithdrawn())
    ).then(EvidenceAlreadyWithdrawn(instant("2026-04-02")))
    given(EVIDENCE).when(on("2026-04-01", EvidenceWithdrawn())).then(EvidenceUnknown())


def piece(name: str, element: str = "plants", at: str = "2026-04-01", **said: Any) -> tuple[UUID, Evidence]:
    said.setdefault("kind", EvidenceKind.BEHAVIOURAL)
    return some(name), Evidence(recorded_at=instant(at), element=element, **said)


def pieces(
    *told: tuple[UUID, Evidence], today: str = "2026-06-01", old_after: int = 365
) -> dict[str, tuple[Piece, ...]]:
    days = {id: each.recorded_at.date() for id, each in told if each.recorded_at is not None}
    return dict(pieces_of(dict(told), days, date(2026, 6, 1), old_after))


class TestPieces:
    def test_the_one_seen_last_comes_first_whenever_it_was_recorded(self) -> None:
        late = piece("late", at="2026-05-01", observed=date(2026, 1, 31))
        found = pieces(late, piece("b", at="2026-04-01"), piece("c", at="2026-04-01T09:00"))
        assert [each.id for each in found["plants"]] == [some("c"), some("b"), some("late")]
        assert [each.age_days for each in found["plants"]] == [61, 61, 121]

    def test_it_is_old_the_day_after_its_days(self) -> None:
        found = pieces(piece("a", observed=date(2026, 5, 22)), piece("b", observed=date(2026, 5, 21)), old_after=10)
        assert [each.old for each in found["plants"]] == [False, True]

    def test_what_was_withdrawn_or_never_recorded_does_not_count(self) -> None:
        assert pieces((some("a"), Evidence()), piece("b", withdrawn_at=instant("2026-05-01"))) == {}


class TestShown:
    def test_stated_and_behavioural_are_counted_apart(self) -> None:
        told = [
            piece("a", kind=EvidenceKind.STATED, bears=Bearing.FOR),
            piece("b", kind=EvidenceKind.STATED, bears=Bearing.FOR, observed=date(2024, 1, 1)),
            piece("c", bears=Bearing.AGAINST),
            piece("d"),
        ]
        found = shown_by(pieces(*told)["plants"])
        stated, behavioural = found.stated, found.behavioural
        assert (stated.pieces, stated.speaks_for, stated.speaks_against, stated.open, stated.fresh) == (2, 2, 0, 0, 1)
        assert (behavioural.speaks_for, behavioural.speaks_against, behavioural.open) == (0, 1, 1)
        assert (found.at_odds, found.stated_only, found.all_old) == (True, False, False)
        assert found.newest == date(2026, 4, 1)

    def test_without_evidence_nothing_is_at_odds_or_old(self) -> None:
        found = shown_by(())
        assert (found.at_odds, found.stated_only, found.all_old, found.newest) == (False, False, False, None)

    def test_only_what_was_said_and_only_what_is_old(self) -> None:
        old = piece("a", kind=EvidenceKind.STATED, observed=date(2024, 1, 1))
        found = shown_by(pieces(old)["plants"])
        assert (found.stated_only, found.all_old, found.at_odds) == (True, True, False)


class TestClients:
    def test_the_newest_rate_beside_the_newest_of_the_majority(self) -> None:
        told = pieces(
            piece("a", measure="win_rate", count=18, of=24, at="2026-04-01"),
            piece("b", measure="win_rate", count=5, of=9, at="2026-05-01"),
            piece("m", measure="majority_win_rate", value="33.35"),
        )
        (found,) = clients([FIRST, PLANTS], told)
        assert found.win_rate is not None
        assert (found.win_rate.percent, found.win_rate.count, found.win_rate.of) == (55.6, 5, 9)
        assert found.majority_win_rate is not None
        assert (found.majority_win_rate.percent, found.majority_win_rate.count) == (33.4, None)
        # Of the unrounded rates: 55.555… − 33.35.
        assert (found.ahead_by, found.wins_majority) == (22.2, True)

    def test_half_is_no_majority(self) -> None:
        (found,) = clients([PLANTS], pieces(piece("a", measure="win_rate", count=12, of=24)))
        assert (found.wins_majority, found.ahead_by, found.majority_win_rate) == (False, None, None)

    def test_referrals_and_testimonials_are_counted_as_told_else_one_each(self) -> None:
        told = pieces(
            piece("a", measure="referrals", count=3),
            piece("b", measure="referrals"),
            piece("c", measure="testimonials", kind=EvidenceKind.STATED, count=0),
        )
        (found,) = clients([PLANTS], told)
        assert (found.referrals.count, set(found.referrals.evidence)) == (4, {some("a"), some("b")})
        assert (found.testimonials.count, found.testimonials.evidence) == (0, (some("c"),))

    def test_the_own_view_names_what_is_not_known(self) -> None:
        told = pieces(piece("a", measure="conduct"))
        (found,) = clients([PLANTS], told)
        own = found.own_view
        assert (own.wanted, own.done, own.missing) == ("the first call", (some("a"),), ("perceived",))
        (bare,) = clients([replace(PLANTS, seen_as=None)], {})
        assert bare.own_view.missing == ("wanted", "done", "perceived")
        assert (bare.win_rate, bare.wins_majority) == (None, None)


def test_a_differentiator_names_what_it_does_not_say() -> None:
    (found,) = differences([PLANTS, FIRST], {})
    assert found.missing == ("profiles", "evidence")
    whole = replace(FIRST, profiles=("plants",))
    (found,) = differences([whole], pieces(piece("a", "first")))
    assert found.missing == ()
    (bare,) = differences([Element(id="x", kind="differentiator", text="X")], {})
    assert bare.missing == ("edge", "apart_from", "profiles", "evidence")
