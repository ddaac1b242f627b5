"""Turn the Rust project's team and goal repositories into a history file.

    python -m tests.real.rust_goals SOURCE_FOLDER HISTORY.jsonl [--report REPORT.jsonl] [--real-clock]

The rules for each wart of the source are in README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.real.asks import COUNTS_FROM, ORDERED_PERIOD, SIZES, asks_in
from tests.real.chart import Chart, by_file_name
from tests.real.documents import goals_among, handles_known, key_of, renamed
from tests.real.goals import Goals
from tests.real.lines import History, Line
from tests.real.source import (
    ASKS,
    CHANGES,
    FILES,
    GOALS,
    MEMBERS,
    TASKS,
    TEAMS,
    Landing,
    Report,
    Row,
    in_order,
    landings_of,
    rows_of,
)

HEADER: Line = {
    "avow": 1,
    "organisation": "rust",
    "source": "rust-goals",
    "reason": "taken over from the public repositories of the Rust project's teams and goals",
}
KINDS_OF_ASKS, SIZES_OF_ASKS = "kinds-of-team-asks", "sizes-of-team-asks"


@dataclass(frozen=True)
class Conversion:
    """A whole history and what became of the rows that were not taken as they stand."""

    lines: Sequence[Line]
    report: Report

    def by_type(self) -> dict[str, int]:
        """How many lines there are of each type."""
        return dict(sorted(Counter(str(line["type"]) for line in self.lines[1:]).items()))


def convert(folder: Path, *, simulated: bool = True) -> Conversion:
    """The history of the source in a folder. With a real clock the lines carry no known times."""
    rows = {file: rows_of(folder, file) for file in FILES}
    members, changes = landings_of(rows[MEMBERS]), landings_of(rows[CHANGES])
    report, history = Report(), History(simulated)
    teams = {row["team"]: row for row in rows[TEAMS]}
    aliases = by_file_name(rows[TEAMS])
    mentioned = {aliases.get(row["team"], row["team"]) for row in rows[MEMBERS]}
    are_goals = goals_among(rows[CHANGES])
    every_team = frozenset(mentioned | set(teams))
    stated = [row for row in rows[CHANGES] if row["field"] == "team_asks" and key_of(row) in are_goals]
    asks = [(row, ask) for row in stated for ask in asks_in(row["new"], row["period"], every_team)]
    chart = Chart(history, report, teams, aliases, mentioned | {ask.team for _, ask in asks})
    goals = Goals(
        history,
        report,
        chart,
        are_goals,
        renamed(changes, are_goals),
        handles_known(rows[MEMBERS], rows[CHANGES]),
        every_team,
    )
    kinds = sorted({ask.level for row, ask in asks if row["period"] != ORDERED_PERIOD and ask.level})
    _found(history, min(members[0].at, changes[0].at))
    opened: list[str] = []
    for landing in in_order(members, changes):
        if landing.rows[0].file == MEMBERS:
            chart.land(landing)
            continue
        for row in landing.rows:
            if row["period"] not in opened:
                _open_period(history, row, landing.at, None if opened else kinds)
                opened.append(row["period"])
        goals.land(landing)
    _end_units(history, chart, goals, members[-1])
    _left_out_whole(rows, report)
    return Conversion([HEADER, *sorted(history.lines, key=lambda line: str(line["at"]))], report)


def _found(history: History, at: str) -> None:
    clock = "simulated" if history.simulated else None
    history.say(
        "start", "organisation.founded", at, organisation="rust", name="The Rust project", zone="UTC", clock=clock
    )


def _open_period(history: History, row: Row, at: str, kinds: Sequence[str] | None) -> None:
    """A period is a strategy from the landing of its first document on: drafted and published at once.

    The first period on a scale defines it; `kinds` is None for one that finds its scale defined.
    """
    period = row["period"]
    ordered = period == ORDERED_PERIOD
    scale = SIZES_OF_ASKS if ordered else KINDS_OF_ASKS
    if ordered:
        history.say(
            row, "scale.defined", at, scale=scale, version=1, levels=SIZES, ordered=True, counts_from=COUNTS_FROM
        )
    elif kinds:
        history.say(row, "scale.defined", at, scale=scale, version=1, levels=kinds, ordered=False)
    history.say(row, "strategy.drafted", at, strategy=period, title=f"Rust project goals {period}", scale=scale)
    history.say(
        row,
        "strategy.revised",
        at,
        strategy=period,
        element="slate",
        kind="mission",
        text=f"The goals that the Rust project takes on in {period}",
    )
    history.say(row, "strategy.published", at, strategy=period, revision=1, material=True)


def _end_units(history: History, chart: Chart, goals: Goals, newest: Landing) -> None:
    """Dissolve the units that are no more, and form those that only teams.csv knows."""
    standing = {team for goal in goals.goals.values() for team, asks in goal.asks.items() if asks.terms}
    for team, left in chart.ends().items():
        if team not in standing:
            row, _ = chart.emptied[team]
            history.say(row, "unit.dissolved", max(left, goals.asked.get(team, left)), unit=team)
    for team, row in chart.teams.items():
        if team not in chart.formed:
            chart.report.mended(row, "team that no row speaks of", "formed with the newest landing of the team files")
            chart.form(team, row, newest.at)


def _left_out_whole(rows: dict[str, list[Row]], report: Report) -> None:
    """Say of each undated row why it is not a line of its own."""
    for row in rows[TASKS]:
        report.left_out(row, "task", "tasks have no dates in the source")
    for row in rows[GOALS]:
        if row["kind"] == "roadmap":
            report.left_out(row, "roadmap page", "a roadmap is an overview without status, contact or dated changes")
        else:
            report.left_out(row, "final state of a goal", "undated: the dated changes say the same, as the tests check")
    for row in rows[ASKS]:
        report.left_out(row, "final state of an ask", "undated: the dated changes say the same, as the tests check")


def main() -> None:
    """Write the history, the report if asked for, and the counts of both to the terminal."""
    parser = argparse.ArgumentParser(description="Turn the Rust project's goals into a history file.")
    parser.add_argument("source", type=Path, help="folder with the CSV files")
    parser.add_argument("history", type=Path, help="the JSON Lines file to write")
    parser.add_argument("--report", type=Path, help="where to write each row left out or mended, as JSON Lines")
    parser.add_argument("--real-clock", action="store_true", help="leave out the known times")
    asked = parser.parse_args()
    conversion = convert(asked.source, simulated=not asked.real_clock)
    _write(asked.history, conversion.lines)
    if asked.report:
        _write(asked.report, [asdict(note) for note in conversion.report.notes])
    lines = [f"{count:6} {type}" for type, count in conversion.by_type().items()]
    rules = sorted(conversion.report.counts().items())
    lines += [f"{count:6} rows {outcome}: {rule}" for (outcome, rule), count in rules]
    sys.stdout.write("\n".join([*lines, ""]))


def _write(file: Path, lines: Sequence[Line]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as text:
        text.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    main()
