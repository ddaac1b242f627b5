"""What can be said of a KPI, and the series that its measurements make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.accountability import Accountable
from domain.kernel import Refusal
from domain.kpi import KPI, Kpi, Measurement
from domain.kpi_events import (
    Direction,
    Frequency,
    KpiChanged,
    KpiDefined,
    KpiMeasured,
    KpiRetired,
    KpiRewardsReviewed,
    KpiRewardsStated,
    OutcomeKind,
)
from domain.kpi_rules import (
    DirectionContradicted,
    KpiAlreadyDefined,
    KpiChangesNothing,
    KpiGivenAndCleared,
    KpiNoLongerMeasured,
    KpiOfOneThing,
    KpiOfUnitAndPerson,
    KpiUnknown,
    MeasuredInAnother,
    NotADecimal,
    RewardsUnstated,
    ToleranceWithoutHold,
)
from domain.sealed import Private
from tests.support.specification import Given, corrected, given, instant, on, retracted, some

DEFINED = KpiDefined(
    key="quotes",
    strategy=some("growth"),
    goal=some("faster"),
    title="Quotes within a day",
    measured_in="%",
    direction=Direction.UP,
    baseline="62",
    target="95",
    due=date(2026, 12, 31),
    method="counted",
    source="quoting system",
    frequency=Frequency.MONTHLY,
    measurer=some("Ada"),
    outcome=OutcomeKind.SATISFACTION,
)


def defined(**said: Any) -> Given[Kpi]:
    return given(KPI, on("2026-01-01", replace(DEFINED, **said)))


def values(kpi: Kpi) -> list[str]:
    return [each.value for each in kpi.measurements]


def test_a_kpi_is_defined() -> None:
    given(KPI).when(on("2026-01-01", DEFINED)).then(
        Kpi(
            defined_at=instant("2026-01-01"),
            key="quotes",
            strategy=some("growth"),
            goal=some("faster"),
            title="Quotes within a day",
            measured_in="%",
            direction=Direction.UP,
            baseline="62",
            target="95",
            due=date(2026, 12, 31),
            method="counted",
            source="quoting system",
            frequency=Frequency.MONTHLY,
            measurer=(Accountable(some("Ada"), instant("2026-01-01")),),
            outcome=OutcomeKind.SATISFACTION,
        )
    )


def test_it_is_defined_once_and_nothing_is_said_before() -> None:
    defined().when(on("2026-01-02", DEFINED)).then(KpiAlreadyDefined)
    given(KPI).when(on("2026-01-01", KpiMeasured(value="1"))).then(KpiUnknown("measured"))


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"element": "c-1"}, KpiOfOneThing),
        ({"goal": None}, KpiOfOneThing),
        ({"unit": some("fleet"), "person": some("Ada")}, KpiOfUnitAndPerson),
        ({"baseline": "62 %"}, NotADecimal),
        ({"target": "1e3"}, NotADecimal),
        ({"target": "١٢"}, NotADecimal),
        ({"target": "62"}, DirectionContradicted),
        ({"target": "61.99"}, DirectionContradicted),
        ({"direction": Direction.DOWN}, DirectionContradicted),
        ({"direction": Direction.HOLD}, DirectionContradicted),
        ({"tolerance": "1"}, ToleranceWithoutHold),
        ({"direction": Direction.HOLD, "target": "62", "tolerance": "-1"}, ToleranceWithoutHold),
    ],
)
def test_it_says_one_thing_that_holds_together(said: dict[str, Any], refusal: type[Refusal]) -> None:
    given(KPI).when(on("2026-01-01", replace(DEFINED, **said))).then(refusal)


@pytest.mark.parametrize(
    "said",
    [
        {"direction": Direction.DOWN, "target": "10.5"},
        {"direction": Direction.HOLD, "target": "62.0", "tolerance": "0.5"},
        {"baseline": None},
        {"target": None, "direction": Direction.DOWN},
        {"baseline": "-0.5"},
    ],
)
def test_down_and_hold_and_what_is_not_known_yet_hold_too(said: dict[str, Any]) -> None:
    given(KPI).when(on("2026-01-01", replace(DEFINED, **said))).then(**said)


class TestMeasurements:
    def test_each_is_of_its_own_instant_whenever_it_was_entered(self) -> None:
        stream = defined().when(on("2026-03-31", KpiMeasured(value="70"))).then()
        stream = stream.when(on("2026-02-28", KpiMeasured(value="65.5"))).then()
        assert values(stream.as_of("2026-03-31")) == ["65.5", "70"]
        assert values(stream.as_of("2026-03-30")) == ["65.5"]

    def test_a_corrected_one_is_as_it_was_corrected(self) -> None:
        stream = defined().when(on("2026-03-31", KpiMeasured(value="70"))).then()
        stream = stream.when(corrected(2, "2026-03-31", KpiMeasured(value="71"))).then()
        assert values(stream.as_of("2026-03-31")) == ["71"]
        assert values(stream.when(retracted(2)).then().as_of("2026-03-31")) == []

    def test_of_several_at_one_instant_the_newest_word_counts(self) -> None:
        stream = defined().when(on("2026-03-31", KpiMeasured(value="70"))).then()
        stream = stream.when(on("2026-03-31", KpiMeasured(value="72"))).then()
        assert values(stream.as_of("2026-03-31")) == ["72"]
        # The first of the two is the second in the order of what was learned, once it is corrected.
        stream = stream.when(corrected(2, "2026-03-31", KpiMeasured(value="71"))).then()
        assert stream.as_of("2026-03-31").measurements == (Measurement("71", instant("2026-03-31"), 4),)

    def test_a_value_is_an_exact_decimal(self) -> None:
        for text in ("", "70 %", "7,5", "1e5", "NaN", " 7", ".5", "5.", "+5", "1" * 31, "0x10"):
            defined().when(on("2026-03-31", KpiMeasured(value=text))).then(NotADecimal("value", text))
        for text in ("0", "-12.50", "007", "1" * 30 + "." + "2" * 30):
            stream = defined().when(on("2026-03-31", KpiMeasured(value=text))).then()
            assert values(stream.as_of("2026-03-31")) == [text]

    def test_none_follows_once_it_was_retired_but_one_of_before_may_come_late(self) -> None:
        stream = defined().when(on("2026-06-30", KpiRetired())).then(retired_at=instant("2026-06-30"))
        stream.when(on("2026-07-01", KpiMeasured(value="70"))).then(KpiNoLongerMeasured("measured"))
        stream.when(on("2026-06-01", KpiMeasured(value="70"))).then()


class TestChanges:
    def test_what_is_not_given_stays_and_what_is_cleared_is_gone(self) -> None:
        stream = defined().when(on("2026-02-01", KpiChanged(target="90", cleared=("due", "measurer")))).then()
        kpi = stream.as_of("2026-02-01")
        assert (kpi.target, kpi.baseline, kpi.due, kpi.measured_by) == ("90", "62", None, None)
        assert [each.person for each in kpi.measurer] == [some("Ada"), None]
        assert stream.as_of("2026-01-31").target == "95"

    def test_it_says_something_and_nothing_twice(self) -> None:
        defined().when(on("2026-02-01", KpiChanged())).then(KpiChangesNothing)
        defined().when(on("2026-02-01", KpiChanged(due=date(2026, 1, 1), cleared=("due",)))).then(KpiGivenAndCleared)

    def test_it_holds_together_afterwards(self) -> None:
        defined().when(on("2026-02-01", KpiChanged(target="50"))).then(DirectionContradicted("up", "62", "50"))
        defined().when(on("2026-02-01", KpiChanged(target="50", direction=Direction.DOWN))).then(target="50")
        own = defined(person=some("Ada"))
        own.when(on("2026-02-01", KpiChanged(unit=some("fleet")))).then(KpiOfUnitAndPerson)

    def test_values_stay_in_the_unit_of_measure_that_they_were_measured_in(self) -> None:
        defined().when(on("2026-02-01", KpiChanged(measured_in="days"))).then(measured_in="days")
        stream = defined().when(on("2026-02-01", KpiMeasured(value="70"))).then()
        stream.when(on("2026-03-01", KpiChanged(measured_in="days"))).then(MeasuredInAnother("%"))
        stream.when(on("2026-03-01", KpiChanged(measured_in="%"))).then()


class TestRewards:
    def test_they_are_stated_anew_and_reviewed_on_a_day_by_somebody(self) -> None:
        praise, party = Private(some("acme"), "praise"), Private(some("acme"), "a party")
        stream = defined().when(on("2026-02-01", KpiRewardsStated(success=praise, review_by=date(2026, 5, 1)))).then()
        stream = stream.when(on("2026-04-30", KpiRewardsReviewed(reviewer=some("Bo"), verdict="to_change"))).then()
        stream = stream.when(on("2026-05-01", KpiRewardsStated(success=party))).then()
        kpi = stream.as_of("2026-05-01")
        assert [(each.success, each.review_by) for each in kpi.rewards] == [(praise, date(2026, 5, 1)), (party, None)]
        assert [(each.at, each.reviewer, each.verdict) for each in kpi.reviews] == [
            (instant("2026-04-30"), some("Bo"), "to_change")
        ]

    def test_nothing_is_neither_stated_nor_reviewed(self) -> None:
        defined().when(on("2026-02-01", KpiRewardsStated(review_by=date(2026, 5, 1)))).then(RewardsUnstated("stated"))
        reviewed = KpiRewardsReviewed(reviewer=some("Bo"), verdict="kept")
        defined().when(on("2026-02-01", reviewed)).then(RewardsUnstated("reviewed"))
