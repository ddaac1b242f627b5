"""Erasure: its commands, its receipt, and that keys are destroyed wherever the record says that they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.ledger import Ledger
from application.ports import LedgerRecorder
from application.sealing import private_texts
from domain.erasure import EVERY_KIND, Hold, PersonErased, PersonHeld, PersonReleased, refuse_erasure
from domain.kernel import Recorded
from domain.person import PERSON, Person
from domain.sealed import Private, TextKind

GONE_FROM_BACKUPS = timedelta(days=7)
"""How long after an erasure all keys have been re-wrapped, so that no backup of before opens the erased texts."""
PAGE = 5_000


@command("person.erased")
class ErasePerson(Command):
    """Erase what identifies a person, and their own words, for good. Needs a reason; nobody can take it back.

    Their keys are destroyed: from this instant on their texts show as erased, everywhere and as of every instant.
    What was recorded about them without words stays, and so does every figure.
    """

    person: str
    texts: tuple[TextKind, ...] = EVERY_KIND


@command("person.held")
class HoldPerson(Command):
    """Place a legal hold on a person: until it ends nothing of theirs is erased, by nobody and by no schedule."""

    person: str
    until: datetime | None = None


@command("person.released")
class ReleasePerson(Command):
    """Release a person from a legal hold. Needs a reason."""

    person: str


@handles(ErasePerson)
def erase(asked: ErasePerson, desk: Desk) -> AnyDraft:
    """Gone, unless it is held."""
    return _draft(asked.person, PersonErased(texts=tuple(sorted(set(asked.texts)))), desk)


@handles(HoldPerson)
def hold(asked: HoldPerson, desk: Desk) -> AnyDraft:
    """Kept until further notice."""
    return _draft(asked.person, PersonHeld(until=asked.until), desk)


@handles(ReleasePerson)
def release(asked: ReleasePerson, desk: Desk) -> AnyDraft:
    """No longer held."""
    return _draft(asked.person, PersonReleased(), desk)


def _draft(reference: str, content: PersonErased | PersonHeld | PersonReleased, desk: Desk) -> AnyDraft:
    person = desk.find("person", reference)
    desk.be_reasoned(content.TOPIC)
    if desk.correcting is None:
        # As all that is known tells: nobody gets past a hold by dating an erasure to before it.
        known = desk.book.timeline(PERSON, person).state()
        refuse_erasure(known.erasures, known.holds, content, desk.at)
    return Draft[Person](aggregate=PERSON, stream=person, content=content, impersonal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureMade:
    """One erasure of a person: which kinds of text, when, by whom and why. `actor` None is an import or a service."""

    position: int
    recorded_at: datetime
    at: datetime
    kinds: tuple[TextKind, ...]
    actor: UUID | None
    reason: Private | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedText:
    """A text that was erased: where it stood, and the commitment that proves it to whoever was shown it before."""

    position: int
    topic: str
    field: str
    kind: TextKind
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureReceipt:
    """What was erased of a person; by when backups lose it too; and what keeps the rest from being erased."""

    organisation: UUID
    person: UUID
    erasures: tuple[ErasureMade, ...]
    texts: tuple[ErasedText, ...]
    gone_from_backups_by: datetime | None
    holds: tuple[Hold, ...]


def receipt(ledger: Ledger, organisation: UUID, person: UUID) -> ErasureReceipt:
    """The receipt of all erasures of a person so far. Reads the whole history."""
    timeline = ledger.timeline(PERSON, organisation, person)
    made = tuple(_made(ledger, organisation, person))
    gone = ledger.vault.erased(organisation).get(person, frozenset())
    texts = tuple(each for each in texts_of(ledger, organisation, person) if each.kind in gone) if gone else ()
    return ErasureReceipt(
        organisation=organisation,
        person=person,
        erasures=made,
        texts=texts,
        gone_from_backups_by=made[-1].recorded_at + GONE_FROM_BACKUPS if made else None,
        holds=timeline.state().holds,
    )


def texts_of(ledger: Ledger, organisation: UUID, person: UUID) -> Iterator[ErasedText]:
    """Every text that is sealed under a person's keys, in the order in which they were recorded."""
    for recorded in mentioning(ledger, organisation, person):
        for text in private_texts(recorded.event):
            if text.subject == person:
                yield ErasedText(
                    position=recorded.position,
                    topic=recorded.event.topic,
                    field=text.place.rpartition("/")[2],
                    kind=text.kind,
                    commitment=text.commitment,
                )


def mentioning(ledger: Ledger, organisation: UUID, person: UUID) -> Iterator[Recorded]:
    """The events in which a person is named by id, or which are of their own stream."""
    after, name = 0, str(person).encode()
    while page := ledger.ledger_recorder.select_positions(organisation, after=after, limit=PAGE):
        for placed in page:
            if placed.originator_id == person or name in placed.state:
                yield ledger.recorded(placed)
        after = page[-1].position


def complete(ledger: Ledger, organisation: UUID) -> int:
    """Destroy every key that the record says was destroyed; tells of how many people.

    An erasure that was recorded is carried out at once. This one is for those that a crash, an import or a restored
    backup left undone.
    """
    if ledger.organisation(organisation).closed_at is not None:
        ledger.vault.destroy(organisation)
        return 0
    gone, done = ledger.vault.erased(organisation), set[UUID]()
    for recorded in _erasures(ledger.ledger_recorder, ledger, organisation):
        content, person = recorded.event.content, recorded.event.stream
        if isinstance(content, PersonErased) and not gone.get(person, frozenset()).issuperset(content.texts):
            ledger.carry_out(recorded.event)
            done.add(person)
    return len(done)


def _erasures(recorder: LedgerRecorder, ledger: Ledger, organisation: UUID) -> Iterator[Recorded]:
    after = 0
    while page := recorder.select_positions(organisation, after=after, limit=PAGE, topics=[PersonErased.TOPIC]):
        yield from (ledger.recorded(each) for each in page)
        after = page[-1].position


def _made(ledger: Ledger, organisation: UUID, person: UUID) -> Iterator[ErasureMade]:
    for placed in ledger.ledger_recorder.select_stream(organisation, person):
        recorded = ledger.recorded(placed)
        said = recorded.event
        if isinstance(said.content, PersonErased):
            yield ErasureMade(
                position=recorded.position,
                recorded_at=recorded.recorded_at,
                at=said.effective_at,
                kinds=said.content.texts,
                actor=said.actor.person,
                reason=said.reason,
            )
