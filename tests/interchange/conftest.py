"""Histories to bring in, and the places to bring them to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.bootstrap import Installation, in_memory, on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.interchange.exporting import Export
from adapters.interchange.reading import HistoryFile
from application.desk import organisation_id
from application.history import RefusedLine
from application.importing import Import, Report

Said = dict[str, Any]


def line(id: str, type: str, at: str, **said: object) -> Said:
    return {"id": id, "type": type, "at": at, **said}


def header(organisation: str = "acme", source: str = "files", reason: str | None = "taken over") -> Said:
    told = {"avow": 1, "organisation": organisation, "source": source, "reason": reason}
    return {name: value for name, value in told.items() if value is not None}


def founded(organisation: str = "acme", **said: object) -> Said:
    return line(
        "org",
        "organisation.founded",
        "2020-01-01",
        organisation=organisation,
        name="Acme",
        **{"zone": "Europe/Berlin", **said},
    )


def unit(key: str, at: str = "2020-01-02", **said: object) -> Said:
    return line(f"u-{key}", "unit.formed", at, **{"unit": key, "name": key.title(), "kind": "team", **said})


def joined(key: str, at: str = "2020-01-03", **said: object) -> Said:
    return line(f"p-{key}", "person.joined", at, person=key, name=key.title(), **said)


def small_history() -> list[Said]:
    """A year of one team: everything that a commitment needs, corrections, a tie and a retraction."""
    return [
        header(),
        founded(),
        unit("top"),
        unit("service", parent="top"),
        joined("anna"),
        line("m-anna", "membership.began", "2020-01-03", person="anna", unit="service", role="lead", home=True,
             **{"with": "p-anna"}),
        joined("ben"),
        line("m-ben", "membership.began", "2020-02-01", person="ben", unit="service"),
        line("s", "strategy.drafted", "2020-03-01", strategy="2020", title="Service first", actor="anna"),
        line("e", "strategy.revised", "2020-03-02", strategy="2020", element="vision", kind="vision", text="We answer.",
             actor="anna"),
        line("pub", "strategy.published", "2020-03-10T09:00:00+01:00", strategy="2020", material=True, actor="anna"),
        line("g", "goal.proposed", "2020-03-11", strategy="2020", goal="phones", title="Answer every call",
             supports="vision", due="2020-12-31"),
        line("c", "commitment.made", "2020-04-01", commitment="phones/anna", party={"person": "anna"}, strategy="2020",
             goal="phones", level="committed", result="All calls within a day", actor="anna"),
        line("c2", "commitment.made", "2020-04-02", commitment="phones/service", party={"unit": "service"},
             strategy="2020", goal="phones", level="committed", actor="ben", labels={"room": "2"}),
        line("c3", "commitment.changed", "2020-04-05", commitment="phones/anna", level="committed",
             by_when="2020-11-30", actor="anna", reason="holidays"),
        line("c3b", "commitment.changed", "2020-04-06", commitment="phones/anna", level="committed",
             by_when="2020-10-31", actor="anna", replaces="c3", reason="misread"),
        line("g2", "goal.changed", "2020-05-01", goal="phones", due=None),
        line("a", "acknowledgement.given", "2020-05-02", person="ben", strategy="2020", actor="ben"),
        {"id": "a-", "retracts": "a", "reason": "it was somebody else"},
        line("acc", "accountable.named", "2020-05-03", **{"for": "phones"}, person="anna"),
        line("acc2", "accountable.named", "2020-05-03", **{"for": {"unit": "service", "condition": "systems"}},
             strategy="2020", person="anna"),
        line("d", "duty.given", "2020-05-04", person="ben", kind="acknowledge", **{"for": {"strategy": "2020"}},
             unit="service", due="2020-06-01"),
    ]  # fmt: skip


@dataclass
class Place:
    """An installation to import into, and what was refused there. In a database `acme` has a key of the test's own."""

    avow: Installation
    folder: Path
    key: str = "acme"
    refused: list[RefusedLine] = field(default_factory=list[RefusedLine])
    erased: list[RefusedLine] = field(default_factory=list[RefusedLine])

    def write(self, lines: list[Said], name: str = "history.jsonl") -> Path:
        path = self.folder / name
        lines = [{**each, "organisation": self.key} if "organisation" in each else each for each in lines]
        path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines), encoding="utf-8")
        return path

    def bring_in(
        self,
        history: list[Said] | Path,
        *,
        keep_going: bool = False,
        lines_a_batch: int = 1_000,
        streams_kept: int = 5_000,
        progress: Callable[[str, int], None] = lambda _stage, _lines: None,
    ) -> Report:
        file = HistoryFile(history if isinstance(history, Path) else self.write(history))
        id = organisation_id(file.header.organisation)
        self.refused.clear()
        self.erased.clear()
        run = Import(
            self.avow.ledger,
            self.avow.staging(id),
            id,
            file.header,
            keep_going=keep_going,
            lines_a_batch=lines_a_batch,
            events_an_append=lines_a_batch,
            streams_kept=streams_kept,
            refused=self.refused.append,
            erased=self.erased.append,
            progress=progress,
        )
        return run.run(file.statements())

    def taken_out(self, known_as: str | None = None) -> list[bytes]:
        return list(Export(self.avow.ledger, self.organisation, known_as).lines())

    @property
    def organisation(self) -> UUID:
        return organisation_id(self.key)

    @property
    def position(self) -> int:
        head = self.avow.ledger.ledger_recorder.head(self.organisation)
        return head.position if head else 0


@pytest.fixture(params=["memory", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "memory":
        with in_memory() as avow:
            yield Place(avow, tmp_path)
    else:
        with on_postgres(request.getfixturevalue("postgres_dsn"), KeyEncryptionKey(b"k" * 32), pool=3) as avow:
            yield Place(avow, tmp_path, f"acme-{uuid4()}")
