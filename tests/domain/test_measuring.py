"""The way to a target, trend and forecast, and when a KPI is due to be measured: to the digit."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as tried
from hypothesis import strategies as st

from domain.kpi import Kpi, Measurement
from domain.kpi_events import Direction, Frequency
from domain.measuring import (
    DUE_PASSED,
    HELD,
    METHOD,
    NO_BASELINE,
    NO_DISTANCE,
    NO_DUE_DAY,
    NO_TARGET,
    NOT_MEASURED,
    ONE_DAY,
    TOO_FEW,
    a_period_after,
    measure_by,
    measured,
    shown,
    way,
)
from tests.support.specification import instant


def day_of(at: datetime) -> date:
    return at.date()


def kpi(*values: tuple[str, str], **said: Any) -> Kpi:
    """From 60 to 90, with these values of these days."""
    series = tuple(Measurement(value, instant(day), number) for number, (day, value) in enumerate(values))
    fields = {"defined_at": instant("2026-01-01"), "baseline": "60", "target": "90", "measurements": series, **said}
    return Kpi(**fields)


class TestWay:
    @pytest.mark.parametrize(
        ("baseline", "target", "value", "percent", "off", "met"),
        [
            ("60", "90", "75", 50.0, "-15", False),
            ("60", "90", "90", 100.0, "0", True),
            ("60", "90", "93", 110.0, "3", True),
            ("60", "90", "57", -10.0, "-33", False),
            ("60", "90", "60.01", 0.0, "-29.99", False),
            ("0", "3", "1", 33.3, "-2", False),
            ("0", "16", "0.01", 0.1, "-15.99", False),
            ("0", "1000", "-0.5", -0.1, "-1000.5", False),
        ],
    )
    def test_up_and_beyond(self, baseline: str, target: str, value: str, percent: float, off: str, met: bool) -> None:
        found = way(kpi(("2026-02-01", value), baseline=baseline, target=target))
        assert (found.percent, found.off_target, found.met, found.because) == (percent, off, met, None)

    @pytest.mark.parametrize(
        ("value", "percent", "met"), [("14", 60.0, False), ("9", 110.0, True), ("21", -10.0, False)]
    )
    def test_down_is_the_same_way(self, value: str, percent: float, met: bool) -> None:
        found = way(kpi(("2026-02-01", value), baseline="20", target="10", direction=Direction.DOWN))
        assert (found.percent, found.met) == (percent, met)

    @pytest.mark.parametrize(("value", "met"), [("97.5", True), ("98.5", True), ("97.49", False), ("99", False)])
    def test_what_is_to_be_held_has_no_way_and_is_held_or_not(self, value: str, met: bool) -> None:
        held = {"baseline": None, "target": "98", "direction": Direction.HOLD, "tolerance": "0.5"}
        found = way(kpi(("2026-02-01", value), **held))
        assert (found.percent, found.because, found.met) == (None, HELD, met)

    def test_what_is_to_be_held_stays_at_its_baseline_where_it_has_no_target(self) -> None:
        found = way(kpi(("2026-02-01", "7"), baseline="7.00", target=None, direction=Direction.HOLD))
        assert (found.off_target, found.met) == ("0", True)

    @pytest.mark.parametrize(
        ("said", "because", "met"),
        [
            ({"target": None}, NO_TARGET, None),
            ({"baseline": None}, NO_BASELINE, True),
            ({"baseline": "90"}, NO_DISTANCE, True),
            ({"measurements": ()}, NOT_MEASURED, None),
        ],
    )
    def test_where_there_is_none_it_says_why(self, said: dict[str, Any], because: str, met: bool | None) -> None:
        found = way(kpi(("2026-02-01", "90"), **said))
        assert (found.percent, found.because, found.met) == (None, because, met)

    @tried(*(st.decimals(-1000, 1000, places=3) for _ in range(3)))
    def test_it_is_the_fraction_whatever_the_numbers(self, baseline: Any, target: Any, value: Any) -> None:
        found = way(kpi(("2026-02-01", str(value)), baseline=str(baseline), target=str(target)))
        if baseline == target:
            assert found.because == NO_DISTANCE
        else:
            exact = 100 * Fraction(value - baseline) / Fraction(target - baseline)
            assert found.percent is not None
            assert abs(Fraction(str(found.percent)) - exact) <= Fraction(1, 20) + Fraction(1, 10**6)


class TestTrendAndForecast:
    SERIES = (("2026-01-31", "62"), ("2026-03-02", "64"), ("2026-04-01", "66"))
    """Thirty days apart: a line of 2 in 30 days."""

    def test_a_line_by_least_squares(self) -> None:
        found = measured(kpi(*self.SERIES, due=date(2026, 7, 30)), date(2026, 4, 1), day_of)
        assert (found.trend.method, found.trend.n, found.trend.in_30_days) == (METHOD, 3, "2")
        assert (found.trend.since, found.trend.until) == (date(2026, 1, 31), date(2026, 4, 1))
        assert (found.trend.towards_target, found.trend.because) == (True, None)
        assert (found.forecast.value, found.forecast.meets_target) == ("74", False)

    def test_a_line_that_meets_no_point(self) -> None:
        series = (("2026-01-01", "1.0"), ("2026-01-02", "3.0"), ("2026-01-04", "4.5"))
        found = measured(kpi(*series, due=date(2026, 1, 11), target="9", baseline="0"), date(2026, 1, 4), day_of)
        # Days 0, 1, 3: the slope is (3 * 16.5 - 4 * 8.5) / (3 * 10 - 16) = 15.5 / 14, the level (8.5 - 4 * slope) / 3.
        slope = Fraction(31, 28)
        assert found.trend.in_30_days == shown(30 * slope, 3) == "33.214"
        ahead = (Fraction("8.5") - 4 * slope) / 3 + 10 * slope
        assert (found.forecast.value, found.forecast.meets_target) == (shown(ahead, 3), True)
        assert found.forecast.value == "12.429"

    def test_down_goes_towards_a_target_below(self) -> None:
        series = (("2026-01-01", "20"), ("2026-01-11", "18"), ("2026-01-21", "16"))
        down = {"direction": Direction.DOWN, "baseline": "20", "target": "10", "due": date(2026, 3, 2)}
        found = measured(kpi(*series, **down), date(2026, 1, 21), day_of)
        assert (found.trend.in_30_days, found.trend.towards_target) == ("-6", True)
        assert (found.forecast.value, found.forecast.meets_target) == ("8", True)

    def test_a_level_line_goes_nowhere(self) -> None:
        series = (("2026-01-01", "20"), ("2026-01-11", "20"), ("2026-01-21", "20"))
        found = measured(kpi(*series), date(2026, 1, 21), day_of)
        assert (found.trend.in_30_days, found.trend.towards_target) == ("0", None)

    @pytest.mark.parametrize(
        ("values", "said", "today", "because"),
        [
            (SERIES[:2], {"due": date(2026, 7, 30)}, date(2026, 4, 1), TOO_FEW),
            ((), {"due": date(2026, 7, 30)}, date(2026, 4, 1), TOO_FEW),
            (SERIES, {}, date(2026, 4, 1), NO_DUE_DAY),
            (SERIES, {"due": date(2026, 4, 1)}, date(2026, 4, 2), DUE_PASSED),
            (
                (("2026-01-01T08:00", "1"), ("2026-01-01T09:00", "2"), ("2026-01-01T10:00", "3")),
                {"due": date(2026, 7, 30)},
                date(2026, 4, 1),
                ONE_DAY,
            ),
        ],
    )
    def test_where_there_is_no_forecast_it_says_why(
        self, values: tuple[tuple[str, str], ...], said: dict[str, Any], today: date, because: str
    ) -> None:
        found = measured(kpi(*values, **said), today, day_of)
        assert (found.forecast.value, found.forecast.because, found.forecast.n) == (None, because, len(values))
        assert (found.trend.in_30_days is None) is (because in {TOO_FEW, ONE_DAY})

    def test_one_on_the_due_day_itself_is_forecast_still(self) -> None:
        found = measured(kpi(*self.SERIES, due=date(2026, 4, 1)), date(2026, 4, 1), day_of)
        assert found.forecast.value == "66"


class TestMeasuring:
    @pytest.mark.parametrize(
        ("day", "frequency", "following"),
        [
            ("2026-01-31", Frequency.WEEKLY, "2026-02-07"),
            ("2026-01-15", Frequency.MONTHLY, "2026-02-15"),
            ("2026-01-31", Frequency.MONTHLY, "2026-02-28"),
            ("2028-01-30", Frequency.MONTHLY, "2028-02-29"),
            ("2026-02-28", Frequency.MONTHLY, "2026-03-31"),
            ("2026-09-30", Frequency.QUARTERLY, "2026-12-31"),
            ("2026-12-31", Frequency.HALF_YEARLY, "2027-06-30"),
            ("2028-02-29", Frequency.YEARLY, "2029-02-28"),
        ],
    )
    def test_a_period_on(self, day: str, frequency: Frequency, following: str) -> None:
        assert a_period_after(date.fromisoformat(day), frequency) == date.fromisoformat(following)

    def test_it_is_due_a_period_after_the_last_one_and_overdue_the_day_after(self) -> None:
        series = kpi(("2026-03-31", "70"), frequency=Frequency.MONTHLY)
        assert measure_by(series, day_of) == date(2026, 4, 30)
        assert not measured(series, date(2026, 4, 30), day_of).overdue
        assert measured(series, date(2026, 5, 1), day_of).overdue

    def test_the_first_one_is_due_a_period_after_the_definition(self) -> None:
        assert measure_by(kpi(frequency=Frequency.QUARTERLY), day_of) == date(2026, 4, 1)

    def test_the_last_one_is_due_on_the_due_day_and_none_after(self) -> None:
        due = {"frequency": Frequency.QUARTERLY, "due": date(2026, 5, 15)}
        assert measure_by(kpi(("2026-03-31", "70"), **due), day_of) == date(2026, 5, 15)
        assert measure_by(kpi(("2026-05-15", "70"), **due), day_of) is None

    def test_without_a_frequency_it_is_measured_on_its_due_day(self) -> None:
        assert measure_by(kpi(), day_of) is None
        assert measure_by(kpi(("2026-03-31", "70"), due=date(2026, 5, 15)), day_of) == date(2026, 5, 15)

    def test_a_retired_one_is_due_no_more(self) -> None:
        retired = kpi(frequency=Frequency.WEEKLY, retired_at=instant("2026-02-01"))
        assert measure_by(retired, day_of) is None


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(-1, 3), 2, "-0.33"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(-1, 1000), 1, "0"),
        (Fraction(1250, 100), 3, "12.5"),
        (Fraction(100), 2, "100"),
        (Fraction(0), 1, "0"),
    ],
)
def test_numbers_are_rounded_half_away_from_zero(number: Fraction, places: int, text: str) -> None:
    assert shown(number, places) == text
