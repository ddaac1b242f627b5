"""A ledger of given events, recorded as they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from adapters.crypto.keys import KeyEncryptionKey
from adapters.crypto.vault import KeyVault
from adapters.mapper import EventMapper
from adapters.memory.keys import MemoryKeyStore
from adapters.memory.recorder import MemoryRecorder
from application.ledger import Ledger
from application.ports import LedgerRecorder, Placed
from domain.commitment import CommitmentChanged, CommitmentMade, Target, Terms
from domain.kernel import Actor, Content, Event, Party, Word


def ledger(recorder: LedgerRecorder | None = None) -> Ledger:
    """A ledger in memory, or on this recorder."""
    vault = KeyVault(MemoryKeyStore(), KeyEncryptionKey(bytes(32)))
    return Ledger(recorder or MemoryRecorder(), EventMapper(), vault, uuid4)


def record(keeping: Ledger, *events: Event) -> Placed:
    """Record events of one organisation as they are, without deciding; tells where the last one stands."""
    stored = [keeping.mapper.to_stored_event(event) for event in events]
    return keeping.ledger_recorder.insert_events(stored, organisation=events[0].organisation)[-1]


START = datetime(2023, 1, 2, tzinfo=UTC)
ANNA, STRATEGY = UUID(int=1), UUID(int=2)
MADE = CommitmentMade(
    party=Party("person", ANNA), target=Target(strategy=STRATEGY), seen=None, terms=Terms(level="committed")
)
CHANGED = CommitmentChanged(seen=None, terms=Terms(level="on condition"))


def event(
    organisation: UUID,
    version: int,
    content: Content | None,
    at: datetime,
    *,
    stream: UUID = UUID(int=7),
    word: Word = Word.FACT,
    fact: int | None = None,
    topic: str = "",
) -> Event:
    """An event of a commitment, or of whichever content."""
    return Event(
        organisation=organisation,
        stream=stream,
        version=version,
        topic=content.TOPIC if content else topic,
        word=word,
        fact=fact or version,
        effective_at=at,
        actor=Actor(person=ANNA),
        command=UUID(int=99),
        content=content,
    )


def commitments(organisation: UUID, first: int, last: int) -> list[Event]:
    """Two events each of so many commitments: made, and changed a day later."""
    return [
        each
        for number in range(first, last)
        for each in (
            event(organisation, 1, MADE, START, stream=UUID(int=100 + number)),
            event(organisation, 2, CHANGED, START + timedelta(days=1), stream=UUID(int=100 + number)),
        )
    ]
