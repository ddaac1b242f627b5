"""What the features need of Avow: to say something, to correct it, to ask. Two drivers give it, in memory and HTTP."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import Flask

from adapters.bootstrap import Installation
from adapters.cli.history import write_refused
from adapters.interchange.reading import HistoryFile
from application.catalogue import commands
from application.deciding import Entry, Request
from application.desk import organisation_id
from application.history import RefusedLine
from application.importing import Import, Report
from domain.catalogue import aggregate_of
from domain.kernel import Actor
from domain.organisation import ClockKind

Json = Any  # JSON is of any shape
ZONE = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement: the fields of its type as in the history format, dated `at`, learned on the day `known`.

    `by` is the person who says it, None the office that keeps the record; `seen` the version of an element of the
    draft that its author read before.
    """

    topic: str
    fields: Mapping[str, Json]
    at: date
    known: date
    by: str | None = None
    reason: str | None = None
    seen: int | None = None


@dataclass(frozen=True, kw_only=True)
class Made:
    """A recorded statement: where it stands in the order of the record, and the id of what it is about."""

    said: Said
    position: int
    id: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class As:
    """As of the end of the day `of`, as it was known at the end of the day `known`; unstated: now."""

    of: date
    known: date | None = None


class Refused(Exception):  # noqa: N818 — an answer
    """Avow said no."""

    def __init__(self, rule: str, way_out: str) -> None:
        super().__init__(rule)
        self.rule, self.way_out = rule, way_out


@dataclass
class Driver(ABC):
    """One simulated organisation, whose clock is what the statements say."""

    installation: Installation
    app: Flask
    key: str = field(default_factory=lambda: f"acme-{uuid4().hex[:8]}")
    people: dict[str, str] = field(default_factory=dict[str, str])
    newest: datetime = datetime.min.replace(tzinfo=UTC)
    position: int = 1
    """What has to be in an answer: all that was recorded up to here."""
    imported: list[RefusedLine] = field(default_factory=list[RefusedLine])

    @property
    def organisation(self) -> UUID:
        """The organisation's id."""
        return organisation_id(self.key)

    def found(self, on: date, grace_days: int) -> None:
        """Begin the organisation's record. The command line does this, so it is the same for both drivers."""
        founding: Json = commands()["organisation.founded"]
        asked = founding(
            organisation=self.key, name="Acme", zone=ZONE.key, clock=ClockKind.SIMULATED, grace_days=grace_days
        )
        entry = Entry(command=asked, at=first_instant(on), known=first_instant(on))
        self.installation.ledger.execute(
            Request(organisation=self.organisation, id=uuid4(), actor=Actor(service="office"), entries=(entry,))
        )
        self.newest = first_instant(on)

    def say(self, said: Said) -> Made:
        """Record a statement. Raises Refused."""
        return self._noted(self.record(said))

    def correct(self, made: Made, said: Said) -> Made:
        """Let a newer word replace what was recorded; one without fields retracts it. Raises Refused."""
        return self._noted(self.replace(made, said) if said.fields else self.retract(made, said))

    def bring_in(self, path: Path, *, keep_going: bool = False) -> Report:
        """Import a history, as the command line does; keeping going, what is refused stands beside it afterwards."""
        history = HistoryFile(path)
        self.imported = []
        run = Import(
            self.installation.ledger,
            self.installation.staging(self.organisation),
            self.organisation,
            history.header,
            keep_going=keep_going,
            refused=self.imported.append,
        )
        report = run.run(history.statements(ZONE))
        if keep_going:
            head = self.installation.ledger.ledger_recorder.head(self.organisation)
            newest = head.recorded_at if head else None
            write_refused(history, self.imported, path.with_name("refused.jsonl"), newest)
        return report

    def known(self, said: Said) -> datetime:
        """The known time of a statement: the first instant of its day, or just now if more was learned that day."""
        return max(first_instant(said.known), self.newest)

    def _noted(self, made: Made) -> Made:
        self.newest = made.recorded_at
        if made.said.topic in {"person.joined", "guest.invited"} and "person" in made.said.fields:
            self.people[made.said.fields["person"]] = made.id
        return made

    @abstractmethod
    def confide(self, person: str, review: str, answers: Json) -> None:
        """Let somebody answer in a confidential review. Raises Refused."""

    @abstractmethod
    def beside(self) -> Driver:
        """Another organisation on the same installation."""

    @abstractmethod
    def record(self, said: Said) -> Made:
        """Record a statement. Raises Refused."""

    @abstractmethod
    def replace(self, made: Made, said: Said) -> Made:
        """Let a newer word replace what was recorded. Raises Refused."""

    @abstractmethod
    def retract(self, made: Made, said: Said) -> Made:
        """Let a newer word take back what was recorded. Raises Refused."""

    @abstractmethod
    def element_version(self, strategy: str, element: str) -> int:
        """The version of an element of the draft as it stands."""

    @abstractmethod
    def alignment(self, strategy: str, when: As, unit: str | None = None, rank: str | None = None) -> Json:
        """The alignment state of all, or of a unit, or of a rank. Raises Refused."""

    @abstractmethod
    def behind(self, strategy: str, figure: str, when: As, unit: str | None = None) -> list[Json]:
        """The records behind a figure: each with its kind, its id and what it says."""

    @abstractmethod
    def changes(self, strategy: str, before: As, after: As, unit: str | None = None) -> list[Json]:
        """The bridge of every figure between two moments."""

    @abstractmethod
    def explained(self, strategy: str, figure: str, when: As, later: date) -> Json:
        """Why a figure was restated: as known then, and as known at the end of a later day."""

    @abstractmethod
    def owed(self, person: str, when: As) -> list[Json]:
        """What a person owes, told to that person."""

    @abstractmethod
    def everything_about(self, person: str, when: As) -> Json:
        """A person's record: commitments, acknowledgements and duties."""

    @abstractmethod
    def chart(self, when: As) -> list[Json]:
        """The units that there were."""

    @abstractmethod
    def document(self, strategy: str, revision: int) -> list[Json]:
        """The elements of a published revision."""

    @abstractmethod
    def differences(self, strategy: str, before: str, after: str) -> list[Json]:
        """What differs between two revisions, or a revision and the draft, element by element."""

    @abstractmethod
    def words(self, made: Made) -> list[Json]:
        """Every word on a recorded fact, in the order in which they were learned."""

    @abstractmethod
    def replied(self, person: str, address: str) -> Json:
        """All that an address below the organisation's replies to a person. Raises Refused where it is not for them."""

    def shown(self, person: str, address: str) -> Json:
        """What such an address answers. Raises Refused where it is not for them."""
        return self.replied(person, address)["answer"]

    @abstractmethod
    def read(self, person: str, address: str) -> str:
        """The text that an address below the organisation's answers to a person."""

    @abstractmethod
    def log_key(self) -> str:
        """The key that the log's checkpoints are verified with."""

    @abstractmethod
    def checkpoint(self) -> str:
        """The newest checkpoint of the log."""

    def name(self, id: str) -> str:
        """Whose id this is."""
        return next(name for name, each in self.people.items() if each == id)


def first_instant(day: date) -> datetime:
    """A day's first instant in the organisation's zone."""
    return datetime(day.year, day.month, day.day, tzinfo=ZONE).astimezone(UTC)


def last_instant(day: date) -> datetime:
    """A day's last instant in the organisation's zone."""
    return first_instant(day + timedelta(days=1)) - timedelta(microseconds=1)


def kind_of(topic: str) -> str:
    """The kind of record that events of a topic are about."""
    return aggregate_of(topic).kind
