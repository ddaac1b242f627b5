"""The one way in: a request is decided on the timeline of its stream, sealed, and appended exactly once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, IntegrityError, Mapper, Recording
from eventsourcing.utils import Environment

from application.command import AnyDraft, Command, Draft, handle
from application.desk import Book, Desk
from application.ports import Idempotency, LedgerRecorder, Outcome, Placed, PlacedEvent, SourceKey, Vault
from application.sealing import seal
from domain.catalogue import aggregate_of
from domain.kernel import Actor, Event, Recorded, Refusal, RefusalKind, Word
from domain.organisation import ORGANISATION, Organisation
from domain.temporal import Aggregate, Timeline

S = TypeVar("S")
PLANNED = frozenset(
    {
        "unit.formed", "unit.renamed", "unit.moved", "unit.merged", "unit.split", "unit.dissolved", "spokesperson.named",
        "person.joined", "person.left", "membership.began", "membership.ended", "rank.held", "manager.assigned",
        "clock.advanced",
    }
)  # fmt: skip
"""Topics that may lie in the future: planned changes of the chart (and the clock of a simulated organisation)."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Which recorded fact an entry speaks about, and whether it replaces or retracts it."""

    stream: UUID
    fact: int
    topic: str
    word: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact, or one word on a fact, that a request asks to be recorded. A retraction has no command."""

    command: Command | None
    at: datetime | None = None
    reason: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    correction: Correction | None = None
    known: datetime | None = None
    actor: Actor | None = None
    """Who acted, where it is not the request's actor (an imported line names its own)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Entries about one aggregate, recorded all or none.

    `expected_version` is that of the stream when its author last saw it; `id` becomes the events' command id.
    """

    organisation: UUID
    id: UUID
    actor: Actor
    entries: tuple[Entry, ...]
    expected_version: int | None = None
    idempotency: Idempotency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was recorded: the position to wait for, and the aggregate's version for the next change."""

    position: int
    recorded_at: datetime | None
    stream: UUID
    version: int
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A request decided but not yet recorded: sealed events, the keys they give out, and the timeline they lead to."""

    aggregate: Aggregate[Any]
    stream: UUID
    events: tuple[Event, ...]
    keys: tuple[SourceKey, ...]
    timeline: Timeline[Any]


@dataclass(eq=False)
class VersionMoved(Refusal):
    """Somebody else recorded something on this record since its author looked."""

    expected: int
    present: int
    where = "If-Match"
    rule = "this record is at version {present}, not {expected}"
    way_out = "read it again, decide again, and send the new version"


@dataclass(eq=False)
class SeveralAggregates(Refusal):
    """A request whose entries belong to different streams."""

    kind = RefusalKind.INVALID
    where = "with"
    rule = "one request records facts of one record only"
    way_out = "send one request for each record"


@dataclass(eq=False)
class LateWithoutReason(Refusal):
    """A fact entered beyond the grace period says why."""

    days: int
    grace: int
    kind = RefusalKind.INVALID
    where = "reason"
    rule = "this happened {days} days ago, more than the grace period of {grace} days, so a reason is required"
    way_out = "state the reason for the late entry"


@dataclass(eq=False)
class CorrectionWithoutReason(Refusal):
    """A newer word on a fact says why."""

    kind = RefusalKind.INVALID
    where = "reason"
    rule = "a correction needs a reason"
    way_out = "state why the fact is replaced or retracted"


@dataclass(eq=False)
class LiesInTheFuture(Refusal):
    """Only planned changes of the chart may be dated ahead."""

    topic: str
    kind = RefusalKind.INVALID
    where = "at"
    rule = "{topic} cannot be dated after the present instant"
    way_out = "only planned changes of units, memberships, ranks and managers may lie ahead"


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

    def __init__(self, recorder: LedgerRecorder, mapper: Mapper[UUID], vault: Vault,
                 fresh_id: Callable[[], UUID]) -> None:
        self._handed_in = recorder, mapper
        super().__init__()
        self.ledger_recorder = recorder
        self.vault = vault
        self.fresh_id = fresh_id
        self._timelines: OrderedDict[tuple[UUID, UUID], Timeline[Any]] = OrderedDict()
        self._lock = Lock()

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
        """A stream as known at present; empty if there is none."""
        with self._lock:
            known = self._timelines.get((organisation, stream)) or Timeline(aggregate)
        newer = self.ledger_recorder.select_stream(organisation, stream, after_version=known.version)
        if newer:
            known = known.learn(self.recorded(each).event for each in newer)
            self._remember(organisation, stream, known)
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
        head = self.ledger_recorder.head(organisation)
        if head is not None and self.organisation(organisation).simulated:
            return head.recorded_at
        return self.ledger_recorder.now(organisation)

    def execute(self, request: Request) -> Receipt:
        """Decide and record. Raises the `Refusal` of the rule that is not met; nothing is recorded then.

        A request whose idempotency key has an outcome is answered from it. When another request was recorded on the
        stream meanwhile, this one is decided again, unless it states the version it expects (VersionMoved).
        """
        for attempt in range(self.attempts):
            decision = self.decide(request)
            try:
                placed = self.save(
                    *decision.events,
                    organisation=request.organisation,
                    known=self._known(request),
                    idempotency=request.idempotency,
                    keys=decision.keys,
                )
            except IntegrityError:
                if attempt + 1 == self.attempts:
                    raise
                continue
            self._remember(request.organisation, decision.stream, decision.timeline)
            return _receipt(decision, placed)
        raise AssertionError("unreachable")  # pragma: no cover

    def decide(self, request: Request) -> Decision:
        """What the request would record, sealed, against the book as it stands."""
        return decide(request, self.book(request.organisation), self.vault, self.now_for(request))

    def now_for(self, request: Request) -> datetime:
        """The present instant that the request is decided at; a founding has only the machine's."""
        head = self.ledger_recorder.head(request.organisation)
        known = next((entry.known for entry in reversed(request.entries) if entry.known is not None), None)
        if head is None:
            return known or self.ledger_recorder.now(request.organisation)
        now = self.now(request.organisation)
        if known is None:
            return now
        if not self.organisation(request.organisation).simulated or known < head.recorded_at:
            raise KnownTimeNotYours
        return known

    def book(self, organisation: UUID) -> LiveBook:
        """The organisation's book as it stands at present."""
        return LiveBook(self, organisation)

    def outcome(self, organisation: UUID, idempotency: Idempotency) -> Outcome | None:
        """What an earlier request with this idempotency key came to."""
        return self.ledger_recorder.outcome(organisation, idempotency.actor, idempotency.key)

    def _known(self, request: Request) -> list[datetime] | None:
        known = [entry.known for entry in request.entries if entry.known is not None]
        if len(known) == len(request.entries):
            return known
        head = self.ledger_recorder.head(request.organisation)
        if head is None or not self.organisation(request.organisation).simulated:
            return None
        return [self.now_for(request)] * len(request.entries)

    def _remember(self, organisation: UUID, stream: UUID, timeline: Timeline[Any]) -> None:
        with self._lock:
            self._timelines[organisation, stream] = timeline
            self._timelines.move_to_end((organisation, stream))
            while len(self._timelines) > 2_000:
                self._timelines.popitem(last=False)


@dataclass(frozen=True)
class LiveBook:
    """The book of an organisation as the ledger holds it."""

    ledger: Ledger
    organisation: UUID

    def timeline(self, aggregate: Aggregate[S], stream: UUID) -> Timeline[S]:
        """The stream as known now; empty if there is none."""
        return self.ledger.timeline(aggregate, self.organisation, stream)

    def find(self, kind: str, key: str) -> UUID | None:
        """The record of this kind behind a source's key that may be personal."""
        digest = self.ledger.vault.digest(self.organisation, f"{kind}:{key}")
        return self.ledger.ledger_recorder.find_keys(self.organisation, [(kind, digest)]).get((kind, digest))

    def fresh_id(self) -> UUID:
        """A random id."""
        return self.ledger.fresh_id()


def decide(request: Request, book: Book, vault: Vault, now: datetime) -> Decision:
    """Decide a request against a book: its handlers, the rules of time, the aggregate's guard.

    Raises the `Refusal` of the rule that is not met.
    """
    events: list[Event] = []
    named: dict[tuple[str, str], UUID] = {}
    decided: AnyDraft | None = None
    timeline: Timeline[Any] | None = None
    for index, entry in enumerate(request.entries):
        actor, at = entry.actor or request.actor, entry.at or entry.known or now
        desk = Desk(book, actor, at, entry.correction.stream if entry.correction else None, named)
        draft = handle(entry.command, desk) if entry.command is not None else _retraction(entry)
        if decided is None or timeline is None:
            decided, timeline = draft, book.timeline(draft.aggregate, draft.stream)
        elif draft.stream != decided.stream:
            raise SeveralAggregates
        _be_in_time(entry, draft, at, now, book)
        events.append(_event(request, entry, draft, desk, timeline.version + index + 1, index))
    if decided is None or timeline is None:
        raise SeveralAggregates
    if request.expected_version not in (None, timeline.version):
        raise VersionMoved(request.expected_version or 0, timeline.version)
    sealed = seal(events, vault)
    return Decision(
        aggregate=decided.aggregate,
        stream=decided.stream,
        events=tuple(sealed),
        keys=tuple(
            SourceKey(kind, vault.digest(request.organisation, f"{kind}:{key}"), id) for (kind, key), id in named.items()
        ),
        timeline=timeline.admit(sealed),
    )


def _event(request: Request, entry: Entry, draft: AnyDraft, desk: Desk, version: int, index: int) -> Event:
    correction, actor = entry.correction, desk.actor
    if draft.on_behalf_of is not None and actor.on_behalf_of is None:
        actor = replace(actor, on_behalf_of=draft.on_behalf_of)
    return Event(
        organisation=request.organisation,
        stream=draft.stream,
        version=version,
        topic=draft.topic,
        word=correction.word if correction else Word.FACT,
        fact=correction.fact if correction else version,
        effective_at=desk.at,
        actor=actor,
        command=request.id,
        index=index,
        content=draft.content,
        reason=desk.own_words(entry.reason),
        labels=entry.labels,
    )


def _retraction(entry: Entry) -> AnyDraft:
    if entry.correction is None:
        raise SeveralAggregates
    return Draft(
        aggregate=aggregate_of(entry.correction.topic),
        stream=entry.correction.stream,
        content=None,
        topic=entry.correction.topic,
    )


def _be_in_time(entry: Entry, draft: AnyDraft, at: datetime, now: datetime, book: Book) -> None:
    if entry.correction is not None and entry.reason is None:
        raise CorrectionWithoutReason
    if at > now and draft.topic not in PLANNED:
        raise LiesInTheFuture(draft.topic)
    if entry.reason is not None or draft.topic == "organisation.founded":
        return
    settings = book.timeline(ORGANISATION, book.organisation).state()
    zone = ZoneInfo(settings.zone)
    days = (now.astimezone(zone).date() - at.astimezone(zone).date()).days
    if days > settings.grace_days:
        raise LateWithoutReason(days, settings.grace_days)


def _receipt(decision: Decision, recordings: Sequence[Recording[UUID]]) -> Receipt:
    last = recordings[-1].notification.id
    if not isinstance(last, Placed):  # a recorder that does not tell positions is none of ours
        raise TypeError(last)
    return Receipt(
        position=last.position,
        recorded_at=last.recorded_at,
        stream=decision.stream,
        version=decision.timeline.version,
    )
