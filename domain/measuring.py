"""What the measurements of one KPI come to at an instant: the way to its target, its trend, and when it is due next.

Everything is worked out in exact fractions of the decimals that were stated; only what is shown is rounded, half away
from zero. Days are those of the organisation's zone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from domain.kpi import Kpi
from domain.kpi_events import Direction, Frequency

DayOf = Callable[[datetime], date]
"""Tells the organisation's day of an instant."""

METHOD = "a straight line by least squares through all measurements, over days"
FEWEST = 3
"""How many measurements a line is drawn through at least."""

NOT_MEASURED = "it was not measured yet"
NO_TARGET = "it has no target"
NO_BASELINE = "it has no baseline"
HELD = "it is to be held: there is no way to go"
NO_DISTANCE = "baseline and target are the same"
TOO_FEW = f"it has fewer than {FEWEST} measurements"
ONE_DAY = "all its measurements are of one day"
NO_DUE_DAY = "it has no due day"
DUE_PASSED = "its due day has passed"

MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How much of the way from the baseline to the target lies behind, in percent; below 0 and above 100 as it is.

    `because` tells why there is none. `off_target` is the value less the target, or less what is to be held. `met`
    tells whether the target is reached, or what is to be held is held.
    """

    percent: float | None
    because: str | None
    off_target: str | None
    met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How the values go: by how much in 30 days, through `n` measurements of the days `since` to `until`.

    `towards_target` tells whether that is where the KPI is to go; None for one that is to be held, or on a level line.
    """

    method: str
    n: int
    since: date | None
    until: date | None
    in_30_days: str | None
    towards_target: bool | None
    because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Where the trend's line stands on the due day, and whether the target would be met; `because` tells why none."""

    method: str
    n: int
    day: date | None
    value: str | None
    meets_target: bool | None
    because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a KPI comes to at an instant. It is to be measured again by the day `measure_by`; overdue from the next."""

    value: str | None
    day: date | None
    measurements: int
    way: Way
    trend: Trend
    forecast: Forecast
    measure_by: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The line through points of (day, value)."""

    slope: Fraction
    at_origin: Fraction

    def at(self, day: date) -> Fraction:
        """Its value on a day."""
        return self.at_origin + self.slope * day.toordinal()


def measured(kpi: Kpi, today: date, day_of: DayOf) -> Measured:
    """What a KPI comes to on the organisation's day `today`, that of the instant its state is as of."""
    newest = kpi.measurements[-1] if kpi.measurements else None
    by = measure_by(kpi, day_of)
    trend, forecast = _trend(kpi, today, day_of)
    return Measured(
        value=newest.value if newest else None,
        day=day_of(newest.since) if newest else None,
        measurements=len(kpi.measurements),
        way=way(kpi),
        trend=trend,
        forecast=forecast,
        measure_by=by,
        overdue=by is not None and by < today,
    )


def way(kpi: Kpi) -> Way:
    """The way to the target: (value - baseline) / (target - baseline)."""
    value = Fraction(kpi.measurements[-1].value) if kpi.measurements else None
    goal, baseline = _goal(kpi), Fraction(kpi.baseline) if kpi.baseline is not None else None
    off = shown(value - goal, 60) if value is not None and goal is not None else None
    met = reaches(kpi, value) if value is not None else None
    because = (
        (HELD if kpi.direction is Direction.HOLD else None)
        or (NO_TARGET if goal is None else None)
        or (NO_BASELINE if baseline is None else None)
        or (NO_DISTANCE if goal == baseline else None)
        or (NOT_MEASURED if value is None else None)
    )
    if because is not None or value is None or goal is None or baseline is None:
        return Way(percent=None, because=because, off_target=off, met=met)
    share = (value - baseline) / (goal - baseline)
    return Way(percent=float(shown(100 * share, 1)), because=None, off_target=off, met=met)


def exact_way(kpi: Kpi) -> Fraction | None:
    """The way to the target in percent, not rounded; None where there is none."""
    if way(kpi).percent is None or kpi.baseline is None or kpi.target is None:
        return None
    baseline, target = Fraction(kpi.baseline), Fraction(kpi.target)
    return 100 * (Fraction(kpi.measurements[-1].value) - baseline) / (target - baseline)


def _goal(kpi: Kpi) -> Fraction | None:
    """Where the value is to stand: what is to be held stays at its target, or else its baseline."""
    text = kpi.target
    if text is None and kpi.direction is Direction.HOLD:
        text = kpi.baseline
    return Fraction(text) if text is not None else None


def reaches(kpi: Kpi, value: Fraction) -> bool | None:
    """Whether a value reaches the target, or is held within the tolerance; None where there is no target."""
    goal = _goal(kpi)
    if goal is None:
        return None
    match kpi.direction:
        case Direction.UP:
            return value >= goal
        case Direction.DOWN:
            return value <= goal
        case Direction.HOLD:
            return abs(value - goal) <= Fraction(kpi.tolerance or "0")


def _trend(kpi: Kpi, today: date, day_of: DayOf) -> tuple[Trend, Forecast]:
    points = [(day_of(each.since), Fraction(each.value)) for each in kpi.measurements]
    line, n = line_through(points), len(points)
    because = TOO_FEW if n < FEWEST else ONE_DAY if line is None else None
    places = max((len(each.value.partition(".")[2]) for each in kpi.measurements), default=0) + 2
    trend = Trend(
        method=METHOD,
        n=n,
        since=points[0][0] if points else None,
        until=points[-1][0] if points else None,
        in_30_days=shown(30 * line.slope, places) if line else None,
        towards_target=_towards(kpi, line.slope) if line else None,
        because=because,
    )
    because = (
        because or (NO_DUE_DAY if kpi.due is None else None) or (DUE_PASSED if kpi.due and kpi.due < today else None)
    )
    if because is not None or line is None or kpi.due is None:
        return trend, Forecast(method=METHOD, n=n, day=kpi.due, value=None, meets_target=None, because=because)
    ahead = line.at(kpi.due)
    return trend, Forecast(
        method=METHOD, n=n, day=kpi.due, value=shown(ahead, places), meets_target=reaches(kpi, ahead), because=None
    )


def _towards(kpi: Kpi, slope: Fraction) -> bool | None:
    if slope == 0 or kpi.direction is Direction.HOLD:
        return None
    return (slope > 0) is (kpi.direction is Direction.UP)


def line_through(points: Sequence[tuple[date, Fraction]]) -> Line | None:
    """The line by least squares; None through fewer than three points, or points of one day."""
    n = len(points)
    if n < FEWEST or points[0][0] == points[-1][0]:
        return None
    # Days are counted from the first one, which keeps the numbers small.
    origin = points[0][0].toordinal()
    days = [day.toordinal() - origin for day, _ in points]
    values = [value for _, value in points]
    spread = n * sum(day * day for day in days) - sum(days) ** 2
    together = sum((day * value for day, value in zip(days, values, strict=True)), Fraction(0))
    slope = (n * together - sum(days) * sum(values, Fraction(0))) / spread
    level = (sum(values, Fraction(0)) - slope * sum(days)) / n
    return Line(slope, level - slope * origin)


def measure_by(kpi: Kpi, day_of: DayOf) -> date | None:
    """The day by which the next measurement is due: one period after the last one, or after the definition.

    No later than the KPI's due day, after whose measurement none is due. Without a frequency only that day counts.
    """
    if kpi.defined_at is None or kpi.retired_at is not None:
        return None
    last = day_of(kpi.measurements[-1].since) if kpi.measurements else None
    if kpi.due is not None and last is not None and last >= kpi.due:
        return None
    if kpi.frequency is None:
        return kpi.due
    begun = last or day_of(kpi.defined_at)
    following = a_period_after(begun, kpi.frequency)
    return min(following, kpi.due) if kpi.due is not None and kpi.due > begun else following


def a_period_after(day: date, frequency: Frequency) -> date:
    """The day one period on. The last day of a month is followed by the last day of another."""
    if frequency is Frequency.WEEKLY:
        return day + timedelta(days=7)
    year, month = divmod(day.year * 12 + day.month - 1 + MONTHS[frequency], 12)
    length = _length_of_month(year, month + 1)
    at_end = day.day == _length_of_month(day.year, day.month)
    return date(year, month + 1, length if at_end else min(day.day, length))


def _length_of_month(year: int, month: int) -> int:
    """How many days a month has; February is found by its own last day, so that the year 9999 has one, too."""
    if month == 2:
        return (date(year, 3, 1) - timedelta(days=1)).day
    return 30 if month in {4, 6, 9, 11} else 31


def shown(number: Fraction, places: int) -> str:
    """A number as a decimal with at most so many places, rounded half away from zero, without noughts at its end."""
    scaled = abs(number) * 10**places
    digits = str(int(scaled + Fraction(1, 2))).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    text = f"{whole}.{part}" if part else whole
    return f"-{text}" if number < 0 and text != "0" else text
