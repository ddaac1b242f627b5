"""The rows of the source, the landings they came in, and the report of what became of them.

A *landing* is one commit of the source: what it changed became so, and became known, at one instant.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

MEMBERS = "team_member_events.csv"
CHANGES = "goal_events.csv"
TEAMS = "teams.csv"
GOALS = "goals.csv"
ASKS = "team_asks.csv"
TASKS = "tasks.csv"
FILES = (MEMBERS, CHANGES, TEAMS, GOALS, ASKS, TASKS)


@dataclass(frozen=True)
class Row:
    """One record of a file. `number` counts records, the heading being 1."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True)
class Landing:
    """The rows of one file that came in one commit."""

    at: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Note:
    """What became of one row that was not taken as it stands: left out, or mended, by which rule."""

    file: str
    row: int
    outcome: str
    rule: str
    why: str


@dataclass
class Report:
    """Every row that was left out or mended, and why."""

    notes: dict[Note, None] = field(default_factory=dict)
    rows: set[tuple[str, int]] = field(default_factory=set)

    def left_out(self, row: Row, rule: str, why: str) -> None:
        """The row says nothing in the history."""
        self._note(row, "left out", rule, why)

    def mended(self, row: Row, rule: str, why: str) -> None:
        """The row was taken, but not to the letter."""
        self._note(row, "mended", rule, why)

    def speaks_of(self, row: Row) -> bool:
        """Whether anything was noted about the row."""
        return (row.file, row.number) in self.rows

    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many rows each rule left out or mended, by (outcome, rule)."""
        return Counter(key for key, _ in {((note.outcome, note.rule), (note.file, note.row)) for note in self.notes})

    def _note(self, row: Row, outcome: str, rule: str, why: str) -> None:
        self.notes[Note(row.file, row.number, outcome, rule, why)] = None
        self.rows.add((row.file, row.number))


def rows_of(folder: Path, file: str) -> list[Row]:
    """All records of a file, in its order."""
    with (folder / file).open(newline="", encoding="utf-8") as text:
        return [Row(file, number, cells) for number, cells in enumerate(csv.DictReader(text), start=2)]


def landings_of(rows: Sequence[Row]) -> list[Landing]:
    """The rows by commit, in the order in which the commits landed; within one, in the file's order."""
    landed = [(instant(row["date"]), row) for row in rows]
    landed.sort(key=lambda each: each[0])
    found = groupby(landed, key=lambda each: (each[0], each[1]["commit"]))
    return [Landing(at, [row for _, row in group]) for (at, _), group in found]


def instant(text: str) -> str:
    """A time with a zone's offset as the same instant in UTC, in the spelling of the history format."""
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_order(*files: Sequence[Landing]) -> Iterator[Landing]:
    """The landings of several files by time; at one instant, those of the file named first come first."""
    yield from sorted((landing for file in files for landing in file), key=lambda landing: landing.at)
