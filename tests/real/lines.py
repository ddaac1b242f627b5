"""The lines of a history file as they are written: each with a stable id that says which row caused it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.real.source import MEMBERS, Row

Value = str | int | bool | None | Sequence["Value"] | Mapping[str, "Value"]
Line = dict[str, Value]

PREFIXES = {MEMBERS: "member", "goal_events.csv": "goal", "teams.csv": "team"}


@dataclass
class History:
    """The lines so far, in the order in which the facts became known.

    A line's id is the row that caused it and a running number: the same file gives the same ids, and rows appended
    to it change none of them. In a simulated organisation a fact is known from its landing on.
    """

    simulated: bool
    lines: list[Line] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)

    def say(self, cause: Row | str, type: str, at: str, **fields: Value) -> None:
        """Append one fact. Fields that are None stay out; what a vacancy or a clearing means is for the caller."""
        stem = cause if isinstance(cause, str) else f"{PREFIXES[cause.file]}-{cause.number}"
        self.used[stem] += 1
        line: Line = {"id": f"{stem}.{self.used[stem]}", "type": type, "at": at}
        if self.simulated:
            line["known"] = at
        line.update({name.rstrip("_"): value for name, value in fields.items() if value not in (None, {})})
        self.lines.append(line)
