"""The right answers about performance.gov's KPIs, straight from its JSON files and without the converter.

Only the standard library's own statistics are used, in floating point: nothing here is shared with what is tested.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from statistics import linear_regression
from typing import Any

ENDS = {"1": date(2021, 12, 31), "2": date(2022, 3, 31), "3": date(2022, 6, 30), "4": date(2022, 9, 30)}
ONE_WAY = ("Measurable increase", "Measurable decrease", "Complete milestone")
IDENTITY = ("related_goal_id", "target", "indicator", "value_start", "value_target")

Key = tuple[str, ...]
Row = dict[str, Any]


class PerformanceOracle:
    """Reads the files, and answers as of the end of a quarter."""

    def __init__(self, folder: Path) -> None:
        read = json.loads((folder / "target.json").read_text(encoding="utf-8"))
        self.rows: list[Row] = [row for row in read if row.get("fiscal_qtr")]
        goals = json.loads((folder / "goals.json").read_text(encoding="utf-8"))
        self.agency = {row["goal_id"]: row["organization_abbreviation"] for row in goals if row.get("goal_id")}

    def until(self, quarter: str) -> dict[Key, list[tuple[date, str]]]:
        """Every KPI that had been told of by the end of a quarter, with its values by day."""
        series = defaultdict[Key, dict[date, str]](dict)
        for row in self.rows:
            if row["fiscal_qtr"] <= quarter:
                values = series[tuple(row[name] for name in IDENTITY)]
                if row["value_current"]:
                    values[ENDS[row["fiscal_qtr"]]] = row["value_current"]
        return {key: sorted(values.items()) for key, values in series.items()}

    def counts(self, quarter: str) -> dict[str, int]:
        """How many KPIs there are, with a target, with a value, and with one of this very quarter."""
        known = self.until(quarter)
        return {
            "kpis": len(known),
            "with target": sum(key[4] != "" for key in known),
            "measured": sum(bool(values) for values in known.values()),
            "measured this quarter": sum(bool(v) and v[-1][0] == ENDS[quarter] for v in known.values()),
        }

    def newest(self, quarter: str) -> Counter[tuple[Key, str | None]]:
        """The newest value of each KPI."""
        return Counter((key, values[-1][1] if values else None) for key, values in self.until(quarter).items())

    def progress(self, quarter: str) -> dict[Key, float]:
        """The progress that the source itself states for the KPIs that were measured in the quarter, in percent."""
        return {
            tuple(row[name] for name in IDENTITY): round(100 * float(row["progress_pct"]), 4)
            for row in self.rows
            if row["fiscal_qtr"] == quarter and row["indicator_type"] in ONE_WAY and row["value_current"]
        }

    def met(self, quarter: str) -> set[Key]:
        """The KPIs that the source says have met their target in the quarter."""
        return {
            tuple(row[name] for name in IDENTITY)
            for row in self.rows
            if row["fiscal_qtr"] == quarter and row["progress_pct_target_status"] == "Target met"
        }

    def trends(self) -> dict[Key, float]:
        """By how much KPIs with three values or more go in 30 days, by the end of the year."""
        return {
            key: 30 * linear_regression([day.toordinal() for day, _ in v], [float(value) for _, value in v]).slope
            for key, v in self.until("4").items()
            if len(v) > 2
        }

    def by_agency(self, quarter: str) -> Counter[str]:
        """How many KPIs each agency has."""
        return Counter(self.agency[key[0]] for key in self.until(quarter))

    def by_goal(self, quarter: str) -> Counter[str]:
        """How many KPIs each goal has."""
        return Counter(key[0] for key in self.until(quarter))

    def overdue(self, at: date) -> set[Key]:
        """The KPIs that had no value of the quarter that ended last before a day, nor a later one.

        What was never measured is due a quarter after it was first told of.
        """
        first = defaultdict[Key, list[date]](list)
        for row in self.rows:
            first[tuple(row[name] for name in IDENTITY)].append(ENDS[row["fiscal_qtr"]])
        last = {key: values[-1][0] if values else min(first[key]) for key, values in self.until("4").items()}
        following = dict(zip(ENDS.values(), [*list(ENDS.values())[1:], date(2022, 12, 31)], strict=True))
        return {key for key, day in last.items() if following[day] < at}
