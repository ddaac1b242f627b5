"""The one way in: a request is decided on the timeline of its stream, sealed, and appended exactly once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, IntegrityError, Mapper, Recording
from eventsourcing.utils import Environment

from application.box import BallotBox
from application.confiding import results_key
from application.deciding import Decision, Request, decide
from application.live_book import LiveBook
from application.organisation import FoundOrganisation
from application.ports import (
    ErasedPeople,
    Forgets,
    Idempotency,
    LedgerRecorder,
    Outcome,
    Placed,
    PlacedEvent,
    Reporter,
    RequestAlreadyRecorded,
    Vault,
)
from application.remembering import Remembered
from domain.catalogue import aggregate_of
from domain.erasure import PersonErased
from domain.kernel import Event, Recorded, Refusal, RefusalKind
from domain.organisation import ORGANISATION, ClockKind, Organisation, OrganisationClosed, refuse_closed
from domain.review import ReviewWithdrawn
from domain.temporal import Aggregate, Timeline

S = TypeVar("S")

RISEN = timedelta(seconds=1)
"""How far the newest known time may have risen beyond what was told: of one instant, each is known a little later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was recorded: the position to wait for, and the aggregate's version for the next change."""

    position: int
    recorded_at: datetime | None
    stream: UUID
    version: int


@dataclass(eq=False)
class KnownTimeNotYours(Refusal):
    """Only a simulated organisation takes known times from outside, and they never decrease."""

    kind = RefusalKind.INVALID
    where = "known"
    rule = "known times can be stated only in an organisation with a simulated clock, and never before its newest one"
    way_out = "leave `known` out, or found the organisation with clock: simulated"


@dataclass(eq=False)
class OrganisationUnknown(Refusal):
    """There is no organisation under this id."""

    kind = RefusalKind.UNKNOWN
    where = "organisation"
    rule = "there is no such organisation"
    way_out = "found it first, or check its key"


class Ledger(Application[UUID]):
    """The event-sourced application: one store for all organisations.

    Built by `adapters.bootstrap` from a recorder, a mapper and a vault; tests hand in the in-memory ones.
    """

    name = "avow"
    attempts = 20
    """How often a request is decided again when another one was recorded on its stream meanwhile."""
    timelines_kept = 2_000
    """How many streams' timelines are held in memory; those not asked for lately are read again."""

    def __init__(
        self,
        recorder: LedgerRecorder,
        mapper: Mapper[UUID],
        vault: Vault,
        fresh_id: Callable[[], UUID],
        box: BallotBox | None = None,
    ) -> None:
        self._handed_in = recorder, mapper
        super().__init__()
        self.ledger_recorder = recorder
        self.vault = vault
        self.fresh_id = fresh_id
        self.box = box
        self.erased_people: ErasedPeople | None = None
        self.reporter: Reporter | None = None
        """Asks what a report tells; set when Avow is put together, for it asks this ledger."""
        self.keepers: Sequence[Forgets] = ()
        """Who keeps something of people beside the history, and is told of erasures; set when Avow is put together."""
        self.remembered = Remembered(self.timelines_kept, lambda placed: self.recorded(placed).event)

    def construct_env(self, name: str, env: Mapping[str, str] | None = None) -> Environment:
        """Nothing of the process's environment reaches the library: its unsafe switches stay off."""
        return Environment(name, dict(env or {}))

    def construct_factory(self, env: Environment) -> InfrastructureFactory:
        """The library's own in-memory factory; recorder and mapper are handed in."""
        return InfrastructureFactory.construct(env)

    def construct_mapper(self) -> Mapper[UUID]:
        """The mapper that was handed in."""
        return self._handed_in[1]

    def construct_recorder(self) -> LedgerRecorder:
        """The recorder that was handed in."""
        return self._handed_in[0]

    def timeline(self, aggregate: Aggregate[S], organisation: UUID, stream: UUID) -> Timeline[S]:
        """A stream as known at present; empty if there is none of this kind."""
        since = self.remembered.position(organisation)
        known = self.remembered.find(organisation, stream) or Timeline(aggregate)
        if known.aggregate is not aggregate:
            return Timeline(aggregate)
        newer = self.ledger_recorder.select_stream(organisation, stream, after_version=known.version)
        if newer:
            if aggregate_of(newer[0].topic) is not aggregate:
                return Timeline(aggregate)
            known = known.learn(self.recorded(each).event for each in newer)
            self.remembered.keep(organisation, stream, known, since)
        return known

    def timeline_until(self, aggregate: Aggregate[S], organisation: UUID, stream: UUID, position: int) -> Timeline[S]:
        """A stream as known at a position."""
        placed = self.ledger_recorder.select_stream(organisation, stream, until=position)
        return Timeline.of(aggregate, (self.recorded(each).event for each in placed))

    def recorded(self, placed: PlacedEvent) -> Recorded:
        """A stored event, read."""
        event = self.mapper.to_domain_event(placed)
        return Recorded(event, placed.position, placed.recorded_at)  # type: ignore[arg-type]  # our mapper reads Event

    def organisation(self, organisation: UUID) -> Organisation:
        """The organisation as it is known at present, plans included. Raises OrganisationUnknown."""
        timeline = self.timeline(ORGANISATION, organisation, organisation)
        if timeline.version == 0:
            raise OrganisationUnknown
        return timeline.state()

    def now(self, organisation: UUID) -> datetime:
        """The organisation's present: the store's, or the newest known time of a simulated one."""
        return self.present(self.book(organisation))

    def present(self, book: LiveBook) -> datetime:
        """The present of an organisation as its book tells it."""
        head = book.head
        if head is None:
            return book.now
        settings = book.timeline(ORGANISATION, book.organisation).state()
        if settings.clock is not ClockKind.SIMULATED:
            return book.now
        return max(head.recorded_at, settings.advanced_to or head.recorded_at)

    def is_simulated(self, organisation: UUID) -> bool:
        """Whether the organisation takes its known times from outside."""
        return self.organisation(organisation).clock is ClockKind.SIMULATED

    def execute(self, request: Request, book: LiveBook | None = None) -> Receipt:
        """Decide and record. Raises the `Refusal` of the rule that is not met; nothing is recorded then.

        `book` is one that was opened for this request, if there is one: what it read need not be read again.

        Raises RequestAlreadyRecorded, with the outcome, for a request whose idempotency key has one. When another
        request was recorded on the stream meanwhile, this one is decided again, unless it states the version it
        expects (VersionMoved).
        """
        attempt = 0
        while True:
            if book is None:
                book = self.book(request.organisation)
                if book.head is not None:
                    refuse_closed(book.timeline(ORGANISATION, request.organisation).state())
                book.prepare(entry.command for entry in request.entries)
            try:
                present = self._present(request, book)
                decision = decide(request, book, self.vault, present.now, box=self.box, reporter=self.reporter)
            except Refusal:
                # What was recorded by this very request may be what stands in its way now.
                self._tell_if_recorded(request)
                raise
            try:
                placed = self.save(
                    *decision.events,
                    organisation=request.organisation,
                    known=present.known,
                    idempotency=request.idempotency,
                    keys=decision.keys,
                )
            except IntegrityError:
                attempt += 1
                if attempt >= self.attempts:
                    raise
                if attempt > 1:  # not one that was faster: what is remembered may not be what is stored
                    self.remembered.forget(request.organisation)
                book = None
                continue
            receipt = _receipt(decision, placed)
            first = receipt.position - len(decision.events) + 1
            self.remembered.recorded(request.organisation, decision.stream, decision.timeline, first, receipt.position)
            for event in decision.events:
                self.carry_out(event)
            return receipt

    def carry_out(self, event: Event) -> None:
        """Destroy the keys that a recorded event says are destroyed, and all else that is kept of whom it erased."""
        if isinstance(event.content, OrganisationClosed):
            if self.box is not None:
                for review in self.box.boxes(event.organisation):
                    self.box.end(event.organisation, review)
            self.vault.destroy(event.organisation)
        if isinstance(event.content, PersonErased):
            if self.erased_people is not None:
                self.erased_people.enter(event.organisation, event.stream, event.content.texts)
            for each in self.keepers:
                each.forget(event.organisation, event.stream)
            self.vault.erase(event.organisation, event.stream, event.content.texts)
        elif isinstance(event.content, ReviewWithdrawn):
            self.vault.erase(event.organisation, results_key(event.stream))

    def _tell_if_recorded(self, request: Request) -> None:
        if request.idempotency is None:
            return
        recorded = self.outcome(request.organisation, request.idempotency)
        if recorded is not None:
            raise RequestAlreadyRecorded(recorded)

    def decide(self, request: Request) -> Decision:
        """What the request would record, sealed, against the book as it stands."""
        book = self.book(request.organisation)
        now = self._present(request, book).now
        return decide(request, book, self.vault, now, box=self.box, reporter=self.reporter)

    def _present(self, request: Request, book: LiveBook) -> _Present:
        """The present instant that a request is decided at; a founding has only the machine's.

        Raises KnownTimeNotYours, and OrganisationUnknown where there is none and none is being founded.
        """
        head = book.head
        stated = [entry.known for entry in request.entries if entry.known is not None]
        if head is None:
            founding = next((entry.command for entry in request.entries), None)
            if not isinstance(founding, FoundOrganisation):
                raise OrganisationUnknown
            simulated, latest = founding.clock is ClockKind.SIMULATED, None
        else:
            settings = book.timeline(ORGANISATION, request.organisation).state()
            refuse_closed(settings)
            simulated = settings.clock is ClockKind.SIMULATED
            latest = max(head.recorded_at, settings.advanced_to or head.recorded_at) if simulated else None
        if stated:
            if not simulated or stated != sorted(stated) or (head is not None and stated[0] + RISEN < head.recorded_at):
                raise KnownTimeNotYours
            now = stated[-1]
        else:
            now = latest or book.now
        if len(stated) == len(request.entries):
            return _Present(now, stated)
        return _Present(now, [now] * len(request.entries) if latest is not None else None)

    def book(self, organisation: UUID, request: tuple[str, str] | None = None) -> LiveBook:
        """The organisation's book as it stands at present; `request` is the actor and key of one it is opened for."""
        return LiveBook(self, organisation, request)

    def outcome(self, organisation: UUID, idempotency: Idempotency) -> Outcome | None:
        """What an earlier request with this idempotency key came to."""
        return self.ledger_recorder.outcome(organisation, idempotency.actor, idempotency.key)


@dataclass(frozen=True, slots=True)
class _Present:
    """The instant a request is decided at, and the known times it is recorded with: None for the store's own."""

    now: datetime
    known: list[datetime] | None


def _receipt(decision: Decision, recordings: Sequence[Recording[UUID]]) -> Receipt:
    last = recordings[-1].notification.id
    if not isinstance(last, Placed):  # a recorder that does not tell positions is none of ours
        raise TypeError(last)
    return Receipt(
        position=last.position, recorded_at=last.recorded_at, stream=decision.stream, version=decision.timeline.version
    )
