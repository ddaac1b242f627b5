"""What Tidewater measures: its three criteria by quarter, three goals, and how each unit feels, twice a year."""

from __future__ import annotations

from adapters.sample.history import History, Line
from adapters.sample.people import ADMINISTRATOR, SPONSOR
from adapters.sample.tidewater.people import PLACES, STRATEGIST
from adapters.sample.tidewater.strategy import CURRENT

QUARTERS = ("2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30", "2026-09-30")
LEAKS = ("184", "171", "166", "140", "118", "97", "82")
READINGS = ("91.4", "92.6", "92.1", "95.0", "96.2", "97.4", "98.1")
RETURNS = ("14.2", "14.6", "13.9", "12.1", "10.4", "9.8", "9.0")
"""The values of each quarter: hours, per cent, meters of a thousand."""
NOON = (
    ("2026-03-31", "71"), ("2026-04-30", "80"), ("2026-05-31", "88"), ("2026-06-30", "91"), ("2026-07-31", "94"),
    ("2026-08-31", "96"),
)  # fmt: skip
OF_GOALS = (
    ("streets-named", "leak-finder", "Leaks whose street was named by morning", "tw-software", "nils-ottar", "0", "80",
     ("0", "12", "31", "44", "58", "66", "71")),
    ("read-in-time", "night-reading", "Meters read between midnight and four", "tw-night", "karl-voss", "71.0", "99.5",
     ("71.0", "74.5", "79.0", "83.0", "85.5", "86.0", "86.0")),
)  # fmt: skip
"""KPIs of goals, by quarter, in per cent: key, goal, title, unit, who measures, baseline, target, values."""
ELSEWHERE = ("optics", "assembly", "calibration", "field-south", "service-desk", "repair", "training")
"""Teams of the other businesses, asked the same; Deep Current is not their strategy."""
HALVES = ("2025-01-31", "2025-07-31", "2026-01-31", "2026-07-31")


def tell(history: History) -> None:
    """Criteria first; then a goal; then how engaged people are, unit by unit."""
    _criterion(history, "leak-hours", "c-leaks", "Hours until a leak is reported", "hours", "190", "24", LEAKS)
    returns = _criterion(
        history, "returned", "c-returns", "Meters returned within two years", "of 1,000", "14.0", "4.0", RETURNS
    )
    history.correct(returns[3], "2026-02-16 10:00", actor=STRATEGIST, reason="a pallet was counted twice", value="11.6")
    _criterion(history, "read-by-night", "c-readings", "Meters read every night", "%", "91.0", "99.5", READINGS)
    _noon(history)
    for goal in OF_GOALS:
        _of_goal(history, *goal)
    _engagement(history)


def _criterion(
    history: History,
    key: str,
    element: str,
    title: str,
    measured_in: str,
    baseline: str,
    target: str,
    values: tuple[str, ...],
) -> list[Line]:
    """A KPI of a criterion, measured a few days after each quarter; the spring of 2026 was entered weeks late."""
    history.say(
        "kpi.defined",
        "2025-01-20 11:00",
        kpi=key,
        title=title,
        strategy=CURRENT,
        element=element,
        measured_in=measured_in,
        direction="up" if float(target) > float(baseline) else "down",
        baseline=baseline,
        target=target,
        due="2026-12-31",
        frequency="quarterly",
        measurer=STRATEGIST,
        actor=STRATEGIST,
    )
    lines = list[Line]()
    for day, value in zip(QUARTERS, values, strict=True):
        late = day == "2026-03-31"
        year, month, _ = day.split("-")
        soon = f"{year}-{int(month) + 1:02}-06 10:00" if month != "12" else f"{int(year) + 1}-01-06 10:00"
        lines.append(
            history.say(
                "kpi.measured",
                day,
                entered="2026-04-27 10:00" if late else soon,
                reason="the reading centre was moving" if late else None,
                kpi=key,
                value=value,
                actor=STRATEGIST,
            )
        )
    return lines


def _of_goal(
    history: History,
    key: str,
    goal: str,
    title: str,
    unit: str,
    measurer: str,
    baseline: str,
    target: str,
    values: tuple[str, ...],
) -> None:
    history.say(
        "kpi.defined",
        "2025-02-10 12:00",
        kpi=key,
        title=title,
        goal=goal,
        unit=unit,
        measured_in="%",
        direction="up",
        baseline=baseline,
        target=target,
        due="2026-12-31",
        frequency="quarterly",
        measurer=measurer,
        actor=STRATEGIST,
    )
    for day, value in zip(QUARTERS, values, strict=True):
        history.say("kpi.measured", day, entered=f"{day} 17:30", kpi=key, value=value, actor=measurer)


def _noon(history: History) -> None:
    say = history.say
    say(
        "kpi.defined",
        "2026-03-02 11:00",
        kpi="answered-by-noon",
        title="Reports answered by noon",
        goal="care-by-noon",
        unit="tw-care",
        measured_in="%",
        direction="up",
        baseline="64",
        target="95",
        due="2026-09-30",
        frequency="monthly",
        measurer="asta-brim",
        outcome="satisfaction",
        actor=STRATEGIST,
    )
    for day, value in NOON:
        say("kpi.measured", day, entered=f"{day} 17:00", kpi="answered-by-noon", value=value, actor="asta-brim")
    say(
        "kpi.rewards_stated",
        "2026-03-09 10:00",
        kpi="answered-by-noon",
        success="a free Friday for the whole team",
        failure="the team says at the works assembly what it would need",
        communicated="on the wall, and at the works assembly",
        actor=SPONSOR,
    )
    say(
        "kpi.rewards_reviewed",
        "2026-09-14 10:00",
        kpi="answered-by-noon",
        verdict="kept",
        reviewer="vala-restad",
        comment="the Friday was taken by all sixteen",
        actor="vala-restad",
    )


def _engagement(history: History) -> None:
    """One value a unit and half-year: those who stand behind the strategy have grown more content, on the whole."""
    tidewater = [place.key for place in PLACES if place.key != "tw-west"]
    for number, unit in enumerate((*tidewater, *ELSEWHERE)):
        key = f"engaged-{unit}"
        history.say(
            "kpi.defined",
            "2025-01-20 11:00",
            kpi=key,
            title="Would work here again",
            strategy=CURRENT,
            element="vision",
            unit=unit,
            measured_in="%",
            direction="up",
            target="80",
            due="2026-12-31",
            frequency="half_yearly",
            outcome="engagement",
            measurer=ADMINISTRATOR,
            actor=STRATEGIST,
        )
        gain = -3 if unit == "tw-night" else 1 if unit in ELSEWHERE else (number * 7) % 5 + 1
        for half, day in enumerate(HALVES):
            value = 55 + (number * 11) % 14 + half * gain
            history.say("kpi.measured", day, entered=f"{day} 17:00", kpi=key, value=f"{value}", actor=ADMINISTRATOR)
