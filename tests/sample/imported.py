"""The sample, brought in as every history is, and asked in the words of docs/sample.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from adapters.bootstrap import Installation, in_memory
from adapters.interchange.reading import HistoryFile
from adapters.sample import ORGANISATION, sample_history
from adapters.sample.history import ZONE
from application.desk import organisation_id
from application.history import RefusedLine
from application.importing import Import, Report
from domain.alignment import Alignment
from domain.scope import Scope
from domain.strategy import open_objections


@dataclass
class Imported:
    """An installation with the sample in it, and what its import reported."""

    installation: Installation
    report: Report
    refused: list[RefusedLine]
    organisation: UUID = organisation_id(ORGANISATION)

    @classmethod
    def into_memory(cls, folder: Path) -> Imported:
        """The sample written to a file in the folder, and imported from there."""
        path = folder / "sample.jsonl"
        path.write_text("".join(sample_history()), encoding="utf-8")
        history, installation, refused = HistoryFile(path), in_memory(), list[RefusedLine]()
        organisation = organisation_id(ORGANISATION)
        staging = installation.staging(organisation)
        run = Import(installation.ledger, staging, organisation, history.header, refused=refused.append)
        return cls(installation, run.run(history.statements()), refused)

    def alignment(self, valid: str, known: str, strategy: str, scope: str = "whole") -> Alignment:
        """The alignment state at the end of two days."""
        questions = self.installation.questions
        asked = questions.ask(self.organisation, _end(valid), _end(known))
        found = questions.alignment(asked, self.id("strategy", strategy), self._scope(scope))
        assert found is not None
        return found

    def answer(self, valid: str, known: str, strategy: str, scope: str, figure: str) -> str:
        """One row of docs/sample.md."""
        found, at = self.alignment(valid, known, strategy, scope), _end(valid)
        match figure.split():
            case ["team", goal]:
                unit, target = self.id("unit", scope), self.id("goal", goal)
                team = next(each for each in found.teams if each.unit == unit and each.target.goal == target)
                return f"{len(team.committed)} of {len(team.members)}"
            case ["objections"]:
                open_ones = open_objections(found.situation.strategy, at)
                return ", ".join(f"{each.name} {each.element}" for each in open_ones) or "none"
            case ["revision", *_]:
                return str(found.situation.revision and found.situation.revision.revision)
            case _:
                return str(found.figures[figure].count)

    def id(self, kind: str, key: str) -> UUID:
        """Avow's id behind a key that names no person."""
        return uuid5(self.organisation, f"{kind}:{key}")

    def _scope(self, scope: str) -> Scope:
        match scope.split():
            case ["whole"]:
                return Scope()
            case ["rank", rank]:
                return Scope(rank=rank)
            case _:
                return Scope(unit=self.id("unit", scope))


def _end(day: str) -> datetime:
    midnight = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), ZONE)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)
