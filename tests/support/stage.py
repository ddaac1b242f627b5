"""A simulated organisation in memory, spoken to in commands: what the application's specifications play on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from adapters.crypto.box import SealedBox
from adapters.crypto.keys import KeyEncryptionKey
from adapters.crypto.log_key import LogKey
from adapters.crypto.vault import KeyVault
from adapters.mapper import EventMapper
from adapters.memory.box import MemoryBoxKeys, MemoryBoxStore
from adapters.memory.keys import MemoryKeyStore
from adapters.memory.recorder import MemoryRecorder
from adapters.memory.transparency import MemoryLog
from application.catalogue import commands
from application.command import Command, PartyReference
from application.deciding import Correction, Entry, Request
from application.desk import organisation_id
from application.ledger import Ledger, Receipt
from application.ports import LedgerRecorder
from application.questions import Asked, Questions
from application.reporting import Reporting
from application.states import Definition
from application.transparency import TransparencyLog
from domain.alignment import Alignment
from domain.kernel import Actor, Word
from domain.organisation import ClockKind
from domain.scope import Scope


class Stage:
    """One organisation, `Europe/Berlin`, whose time is what each statement says."""

    def __init__(
        self,
        key: str = "acme",
        founded: str = "2026-01-01",
        zone: str = "Europe/Berlin",
        recorder: LedgerRecorder | None = None,
    ) -> None:
        wrapping = KeyEncryptionKey(bytes(32))
        vault = KeyVault(MemoryKeyStore(), wrapping)
        self.box = SealedBox(MemoryBoxStore(), MemoryBoxKeys(), wrapping)
        self.ledger = Ledger(recorder or MemoryRecorder(), EventMapper(), vault, uuid4, self.box)
        self.questions = Questions(self.ledger, Definition(self.ledger))
        self.log = TransparencyLog(
            self.ledger.ledger_recorder, MemoryLog(), LogKey.fresh(), lambda: self.ledger.now(self.organisation)
        )
        self.ledger.reporter = self.reports = Reporting(self.questions, self.log)
        self.organisation = organisation_id(key)
        self.zone = ZoneInfo(zone)
        self.say(
            "organisation.founded", founded, organisation=key, name=key.title(), zone=zone, clock=ClockKind.SIMULATED
        )

    def day(self, text: str, *, end: bool = False) -> datetime:
        """The first instant of a day, or its last, or the instant that a text with a `T` names, in the zone."""
        if "T" in text:
            return datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC)
        midnight = datetime.combine(date.fromisoformat(text), time(), self.zone)
        if end:
            return (midnight + timedelta(days=1)).astimezone(UTC) - timedelta(microseconds=1)
        return midnight.astimezone(UTC)

    def say(
        self,
        topic: str,
        at: str,
        *,
        known: str | None = None,
        by: str | None = None,
        reason: str | None = None,
        correction: Correction | None = None,
        expected_version: int | None = None,
        **said: object,
    ) -> Receipt:
        """Record a statement of the day `at`, learned on the day `known` (the same day unless stated)."""
        known_at = self.day(at if known is None else known)
        head = self.ledger.ledger_recorder.head(self.organisation)
        if head is not None:
            known_at = max(known_at, head.recorded_at)
        return self.ledger.execute(
            Request(
                organisation=self.organisation,
                id=uuid4(),
                actor=Actor(person=self.person(by) if by else None),
                entries=(
                    Entry(
                        command=self.command(topic, **said) if said or correction is None else None,
                        at=self.day(at),
                        known=known_at,
                        reason=reason,
                        correction=correction,
                    ),
                ),
                expected_version=expected_version,
            )
        )

    @staticmethod
    def command(topic: str, **said: object) -> Command:
        """The command of a topic; a `person` or `unit` party is written as that keyword with `party_` before."""
        for kind in ("person", "unit"):
            if f"party_{kind}" in said:
                said["party"] = PartyReference(**{kind: str(said.pop(f"party_{kind}"))})
        return commands()[topic](**said)

    def correct(self, receipt: Receipt, topic: str, at: str, known: str, reason: str, **said: Any) -> Receipt:
        """Replace what was recorded; with nothing said, retract it."""
        word = Word.REPLACEMENT if said else Word.RETRACTION
        correction = Correction(receipt.stream, self._fact(receipt), topic, word)
        return self.say(topic, at, known=known, reason=reason, correction=correction, **said)

    def _fact(self, receipt: Receipt) -> int:
        placed = self.ledger.ledger_recorder.select_positions(
            self.organisation, after=receipt.position - 1, until=receipt.position
        )
        return self.ledger.recorded(placed[0]).event.fact

    def person(self, key: str) -> UUID:
        """The id of a person by key."""
        found = self.ledger.book(self.organisation).find("person", key)
        if found is None:
            raise KeyError(key)
        return found

    def unit(self, key: str) -> UUID:
        """The id of a unit by key."""
        return uuid5(self.organisation, f"unit:{key}")

    def ask(self, valid: str | None = None, known: str | None = None) -> Asked:
        """The moment of the ends of two days."""
        return self.questions.ask(
            self.organisation,
            self.day(valid, end=True) if valid else None,
            min(self.day(known, end=True), self.ledger.now(self.organisation)) if known else None,
        )

    def alignment(self, strategy: str, valid: str, known: str, unit: str | None = None) -> Alignment:
        """The alignment state as of the ends of two days."""
        found = self.questions.alignment(
            self.ask(valid, known), self.strategy(strategy), Scope(unit=self.unit(unit) if unit else None)
        )
        if found is None:
            raise KeyError(strategy)
        return found

    def strategy(self, key: str) -> UUID:
        """The id of a strategy by key."""
        return uuid5(self.organisation, f"strategy:{key}")
