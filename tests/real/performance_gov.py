"""Turn the goals and KPIs that United States agencies publish on performance.gov into a history file.

    python -m tests.real.performance_gov SOURCE_FOLDER HISTORY.jsonl [--report REPORT.jsonl]

The rules for each wart of the source are in README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

Row = dict[str, str]
Value = str | bool | None | list[str] | dict[str, str]
Line = dict[str, Value | int]

QUARTER_ENDS = {"1": "2021-12-31", "2": "2022-03-31", "3": "2022-06-30", "4": "2022-09-30"}
"""The last days of the quarters of the fiscal year 2022, which began on 1 October 2021."""
BEGUN, STRATEGY, GOVERNMENT = "2021-10-01", "FY2022-2023", "us-government"
NOTHING = {"", "#N/A", "#REF!"}
DOWN = {"Measurable decrease"}
FLOOR_OR_CEILING = {"Maintain at or above threshold": "up", "Maintain at or below threshold": "down"}
DECIMAL = re.compile(r"-?\d+(\.\d+)?")
LEADER = re.compile(r"(?P<name>.+)-(?P<agency>[A-Z]+)-(?P<id>rec\w+)")
TITLE = 480

HEADER: Line = {
    "avow": 1,
    "organisation": GOVERNMENT,
    "source": "performance.gov",
    "reason": "taken over from the data files of performance.gov",
}


class Measure(NamedTuple):
    """What makes one KPI of several rows: the source gives it no id."""

    goal: str
    target_text: str
    indicator: str
    start: str
    target: str


@dataclass(frozen=True)
class Note:
    """What became of a row that was not taken as it stands."""

    file: str
    row: int
    outcome: str
    rule: str


@dataclass
class Conversion:
    """The lines so far, in the order in which the facts became known, and the rows mended or left out."""

    lines: list[Line] = field(default_factory=lambda: [HEADER])
    notes: list[Note] = field(default_factory=list[Note])

    def say(self, id: str, type: str, at: str, **fields: Value) -> None:
        """Append one fact, known from the day it is about."""
        line: Line = {"id": id, "type": type, "at": at, "known": f"{at}T12:00:00Z"}
        line.update({name: value for name, value in fields.items() if value not in (None, {}, [])})
        self.lines.append(line)

    def by_type(self) -> dict[str, int]:
        """How many lines there are of each type."""
        return dict(sorted(Counter(str(line["type"]) for line in self.lines[1:]).items()))


def rows_of(folder: Path, file: str, needed: str) -> list[tuple[int, Row]]:
    """The rows of a file with their numbers, counted from 1; those without the needed field say nothing."""
    rows: list[Row] = json.loads((folder / file).read_text(encoding="utf-8"))
    return [(number, row) for number, row in enumerate(rows, 1) if row.get(needed, "") not in NOTHING]


def convert(folder: Path) -> Conversion:
    """The history of the source in a folder."""
    made = Conversion()
    goals, targets = rows_of(folder, "goals.json", "goal_id"), rows_of(folder, "target.json", "fiscal_qtr")
    _begin(made, goals)
    people = _people(made, goals)
    _goals(made, goals, people)
    _kpis(made, targets, {row["goal_id"]: row["organization_abbreviation"] for _, row in goals})
    return made


def _begin(made: Conversion, goals: list[tuple[int, Row]]) -> None:
    made.say(
        "start",
        "organisation.founded",
        BEGUN,
        organisation=GOVERNMENT,
        name="Government of the United States",
        zone="America/New_York",
        clock="simulated",
    )
    made.say("government", "unit.formed", BEGUN, unit=GOVERNMENT, name="Government", kind="enterprise")
    agencies = dict(sorted({row["organization_abbreviation"]: row["organization_name"] for _, row in goals}.items()))
    for key, name in agencies.items():
        made.say(f"unit-{key}", "unit.formed", BEGUN, unit=key, name=name, kind="business", parent=GOVERNMENT)
    made.say("strategy", "strategy.drafted", BEGUN, strategy=STRATEGY, title="Agency priority goals, FY 2022 and 2023")
    made.say(
        "mission",
        "strategy.revised",
        BEGUN,
        strategy=STRATEGY,
        element="goals",
        kind="mission",
        text="The goals that the agencies take on for the fiscal years 2022 and 2023",
    )
    made.say("published", "strategy.published", BEGUN, strategy=STRATEGY, material=True)


def _people(made: Conversion, goals: list[tuple[int, Row]]) -> dict[int, str]:
    """The first leader of each goal, who joins the goal's agency; several share one goal, and one answers for it."""
    leads, joined = dict[int, str](), set[str]()
    for number, row in goals:
        leaders = [found for each in row["leaders4"].split(",") if (found := LEADER.fullmatch(each.strip()))]
        if not leaders:
            if row["leaders4"].strip() not in NOTHING:
                made.notes.append(Note("goals.json", number, "left out", "a leader without a name, agency and id"))
            continue
        if len(leaders) > 1:
            made.notes.append(Note("goals.json", number, "mended", "of several leaders the first one answers for it"))
        first = leaders[0]
        leads[number] = first["id"]
        if first["id"] in joined:
            continue
        joined.add(first["id"])
        name, unit = first["name"].replace("-", " "), row["organization_abbreviation"]
        made.say(f"person-{first['id']}", "person.joined", BEGUN, person=first["id"], name=name)
        made.say(
            f"place-{first['id']}",
            "membership.began",
            BEGUN,
            person=first["id"],
            unit=unit,
            role="goal leader",
            home=True,
        )
    return leads


def _goals(made: Conversion, goals: list[tuple[int, Row]], leads: dict[int, str]) -> None:
    """Every row is a goal; objectives of one strategic goal of an agency support it, which no row of its own names."""
    strategic = dict[tuple[str, str], str]()
    for number, row in goals:
        agency, supports = row["organization_abbreviation"], None
        title = row["goal_name"]
        if row["goal_type"] == "SG":
            above = agency, row["goal_name"]
            if above not in strategic:
                strategic[above] = f"{agency}/strategic-goal-{len(strategic) + 1}"
                made.say(
                    f"goals-{number}.above",
                    "goal.proposed",
                    BEGUN,
                    goal=strategic[above],
                    strategy=STRATEGY,
                    unit=agency,
                    title=row["goal_name"][:TITLE],
                    supports=["goals"],
                )
            supports, title = strategic[above], row["goal_description"] or row["goal_name"]
        made.say(
            f"goals-{number}",
            "goal.proposed",
            BEGUN,
            goal=row["goal_id"],
            strategy=STRATEGY,
            unit=agency,
            title=title[:TITLE],
            supports=[supports or "goals"],
            accountable=leads.get(number),
            labels=_labels(row, ("goal_type", "goal_status", "sg_id", "so_id", "organization_abbreviation")),
        )


def _kpis(made: Conversion, targets: list[tuple[int, Row]], units: dict[str, str]) -> None:
    """A KPI is defined with the first quarter that tells of it; a quarter's value is as of the quarter's last day."""
    known, told = dict[Measure, str](), dict[tuple[Measure, str], str]()
    for number, row in sorted(targets, key=lambda each: (each[1]["fiscal_qtr"], each[0])):
        measure = measure_of(row)
        day = QUARTER_ENDS[row["fiscal_qtr"]]
        if row["related_goal_id"] not in units:
            made.notes.append(Note("target.json", number, "left out", "its goal is not among the goals"))
            continue
        if measure not in known:
            known[measure] = f"{measure.goal}/{len(known) + 1}"
            made.say(f"target-{number}.kpi", "kpi.defined", day, kpi=known[measure], **_defined(row))
        value = row["value_current"]
        if (measure, day) in told:
            made.notes.append(Note("target.json", number, "left out", "the row is there twice for the quarter"))
        if value in NOTHING or told.get((measure, day)) == value:
            told.setdefault((measure, day), "")
            continue
        told[measure, day] = value
        if DECIMAL.fullmatch(value):
            made.say(f"target-{number}", "kpi.measured", day, kpi=known[measure], value=value)
        else:
            made.notes.append(Note("target.json", number, "left out", "the value is no number"))


def measure_of(row: Row) -> Measure:
    """Which KPI a row is about."""
    names = ("related_goal_id", "target", "indicator", "value_start", "value_target")
    return Measure(*(row[name] for name in names))


def _defined(row: Row) -> dict[str, Value]:
    kind, start, target = row["indicator_type"], row["value_start"], row["value_target"]
    baseline = start if start not in NOTHING else None
    direction = "down" if kind in DOWN else "up"
    if kind in FLOOR_OR_CEILING:
        # The target is a floor or a ceiling on the other side of the start: there is no way from one to the other.
        direction, baseline = FLOOR_OR_CEILING[kind], None
    return {
        "goal": row["related_goal_id"],
        "title": (row["indicator"] or row["target"])[:TITLE],
        "measured_in": "as the source says",
        "direction": direction,
        "baseline": baseline,
        "target": target if target not in NOTHING else None,
        "frequency": "quarterly",
        "labels": _labels(row, ("indicator_type", "related_owner", "value_start")),
    }


def _labels(row: Row, names: tuple[str, ...]) -> dict[str, str]:
    return {name: row[name][:400] for name in names if row[name] not in NOTHING}


def main() -> None:
    """Write the history, the report if asked for, and the counts of both to the terminal."""
    parser = argparse.ArgumentParser(description="Turn performance.gov's goals and KPIs into a history file.")
    parser.add_argument("source", type=Path, help="folder with the JSON files")
    parser.add_argument("history", type=Path, help="the JSON Lines file to write")
    parser.add_argument("--report", type=Path, help="where to write each row left out or mended, as JSON Lines")
    asked = parser.parse_args()
    made = convert(asked.source)
    write(asked.history, made.lines)
    if asked.report:
        write(asked.report, [asdict(note) for note in made.notes])
    counts = [f"{count:6} {type}" for type, count in made.by_type().items()]
    noted = sorted(Counter((each.outcome, each.rule) for each in made.notes).items())
    counts += [f"{count:6} rows {outcome}: {rule}" for (outcome, rule), count in noted]
    sys.stdout.write("\n".join([*counts, ""]))


def write(file: Path, lines: list[Line] | list[dict[str, object]]) -> None:
    """Write one JSON object a line."""
    with file.open("w", encoding="utf-8", newline="\n") as text:
        text.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    main()
