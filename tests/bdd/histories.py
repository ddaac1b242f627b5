"""Histories of another register, written as files: each line says a sentence of the features."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from application.importing import Report
from tests.bdd.driver import first_instant
from tests.bdd.grammar import Part, day, parts_of
from tests.bdd.world import World


@dataclass
class History:
    """A history to be brought in, and what came of it."""

    path: Path
    report: Report | None = None

    def write(self, world: World, rows: list[dict[str, str]]) -> None:
        """One line a statement: a sentence that says two things makes two lines, 1 and 1b. Known times never fall."""
        header = {"avow": 1, "organisation": world.driver.key, "source": "the old register", "reason": "taken over"}
        lines: list[dict[str, object]] = [{**header}]
        learned = date.min
        for row in rows:
            on = day(row["on"])
            learned = max(learned, on)
            for place, part in enumerate(parts_of(world, row["says"])):
                lines.append({"id": row["line"] + "b" * place, **_line(part, on, learned)})
        self.path.write_text("".join(json.dumps(each) + "\n" for each in lines))

    def mend(self, wrong: str, right: str) -> History:
        """The lines that were refused, with one name for another; they are learned when they are imported."""
        refused = self.path.with_name("refused.jsonl")
        header, *lines = refused.read_text().replace(wrong, right).splitlines()
        mended = [{name: each for name, each in json.loads(line).items() if name != "known"} for line in lines]
        refused.write_text("\n".join([header, *map(json.dumps, mended)]) + "\n")
        return History(refused)

    def cut_off(self) -> None:
        """The file loses its end."""
        self.path.write_text(self.path.read_text()[:-40])


def _line(part: Part, at: date, known: date) -> dict[str, object]:
    actor = {"actor": part.by} if part.by else {}
    times = {"at": at.isoformat(), "known": first_instant(known).isoformat()}
    return {"type": part.topic, **times, **actor, **part.fields}
