"""The history being told: facts in any order of telling, written in the order in which they became known."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
OFFICE_HOUR = time(9)
"""When what is dated by its day alone is entered."""

Value = str | int | bool | None | Sequence["Value"] | Mapping[str, "Value"]
When = str
"""A day, `2025-10-09`, or a day and a local time, `2025-10-09 10:15`."""


@dataclass(eq=False)
class Line:
    """One fact, or one word on a fact: what it says and who said it, when it happened, when it was entered."""

    type: str
    at: When | None
    known: datetime
    fields: Mapping[str, Value]
    replaces: Line | None = None
    retracts: Line | None = None
    tied: bool = False
    """Recorded together with the line told before it."""

    @property
    def days_late(self) -> int:
        """How many local days lie between the fact and its entry; below zero for a plan."""
        return (self.known.date() - date.fromisoformat(self.at[:10])).days if self.at else 0


@dataclass
class History:
    """The lines told so far."""

    header: Mapping[str, Value]
    told: list[Line] = field(default_factory=list[Line])

    def say(self, type: str, at: When, /, **said: Value) -> Line:
        """Tell a fact in the fields of the format; those that are None stay out.

        Two more say how it was told: `entered`, when (unstated: when it happened), and `tied`, recorded together with
        the line told before it.
        """
        entered, tied = said.pop("entered", None), bool(said.pop("tied", None))
        fields: dict[str, Value] = {name.rstrip("_"): value for name, value in said.items() if value is not None}
        return self._tell(Line(type, at, instant(str(entered) if entered else at), fields, tied=tied))

    def restate(
        self,
        line: Line,
        entered: When,
        at: When | None = None,
        /,
        *,
        actor: str,
        reason: str,
        tied: bool = False,
        level: str | None = None,
    ) -> Line:
        """Correct a fact: it happened at another time, or was of another level."""
        changed: dict[str, Value] = {"level": level} if level else {}
        fields: dict[str, Value] = {**line.fields, **changed, "actor": actor, "reason": reason}
        return self._tell(Line(line.type, at or line.at, instant(entered), fields, replaces=line, tied=tied))

    def correct(
        self, line: Line, entered: When, /, *, actor: str, reason: str, tied: bool = False, **said: Value
    ) -> Line:
        """Correct what a fact says."""
        fields: dict[str, Value] = {**line.fields, **said, "actor": actor, "reason": reason}
        return self._tell(Line(line.type, line.at, instant(entered), fields, replaces=line, tied=tied))

    def take_back(self, line: Line, entered: When, *, actor: str, reason: str) -> Line:
        """Retract a fact."""
        fields: dict[str, Value] = {"actor": actor, "reason": reason}
        return self._tell(Line(line.type, None, instant(entered), fields, retracts=line))

    def lines(self) -> list[Line]:
        """All lines in the order in which they became known; of one instant, in the order of telling."""
        return sorted(self.told, key=lambda line: line.known)

    def written(self) -> Iterator[str]:
        """The lines of the history file, each with its end."""
        yield _written(self.header)
        lines = self.lines()
        ids = {line: f"f{number:04}" for number, line in enumerate(lines, start=1)}
        before = ""
        for line in lines:
            yield _written({name: value for name, value in _spelt(line, ids, before).items() if value is not None})
            before = ids[line]

    def _tell(self, line: Line) -> Line:
        self.told.append(line)
        return line


def instant(when: When) -> datetime:
    """The instant that is meant, in the organisation's zone; of a day alone, the office hour."""
    day, _, hour = when.partition(" ")
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour) if hour else OFFICE_HOUR, ZONE)


def _spelt(line: Line, ids: Mapping[Line, str], before: str) -> dict[str, Value]:
    at = instant(line.at).isoformat() if line.at and " " in line.at else line.at
    return {
        "id": ids[line],
        "type": line.type,
        "at": at,
        "known": line.known.isoformat(),
        **line.fields,
        "replaces": ids[line.replaces] if line.replaces else None,
        "retracts": ids[line.retracts] if line.retracts else None,
        "with": before if line.tied else None,
    }


def _written(document: Mapping[str, Value]) -> str:
    return json.dumps(document, ensure_ascii=False) + "\n"
