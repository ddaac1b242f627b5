"""The book of an organisation as the ledger holds it, read in as few looks at the store as a decision needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid5

from application.command import Command
from application.desk import Desk
from application.ports import Head, Idempotency, News, Outcome, PlacedEvent
from application.references import as_id, references
from domain.access import AccessRole
from domain.catalogue import aggregate_of
from domain.person import PERSON
from domain.temporal import Aggregate, Timeline

if TYPE_CHECKING:
    from application.ledger import Ledger

S = TypeVar("S")

FEW = 200
"""How many events are learned one by one; where more were recorded meanwhile, the streams are read again."""


class LiveBook:
    """For one decision or one request: each stream, and the present, is as it was when first asked for here.

    Streams that the ledger remembers are brought up to date together, when the first of them is asked for. Raises
    StoreUnavailable.
    """

    def __init__(self, ledger: Ledger, organisation: UUID, request: tuple[str, str] | None = None) -> None:
        self.ledger, self.organisation, self._request = ledger, organisation, request
        self._news: News | None = None
        self._read: dict[UUID, Timeline[Any] | None] = {}
        self._keys: dict[tuple[str, bytes], UUID | None] = {}

    @property
    def head(self) -> Head | None:
        """The newest event; None before any."""
        return self._look().head

    @property
    def now(self) -> datetime:
        """The store's present."""
        return self._look().now

    def outcome(self, idempotency: Idempotency) -> Outcome | None:
        """What an earlier request with this idempotency key came to, if the book was opened for it."""
        if self._request == (idempotency.actor, idempotency.key):
            return self._look().outcome
        return self.ledger.outcome(self.organisation, idempotency)

    def prepare(self, asked: Iterable[Command | None]) -> None:
        """Ask the store, in one look, for all that these commands may refer to and that is not known yet."""
        named = {each for command in asked if command is not None for each in references(command)}
        # As `Desk.derived` does; a wrong guess here would cost time, not truth.
        ids = {uuid5(self.organisation, f"{kind}:{key}") for kind, key in named if kind in Desk.by_key}
        ids |= {id for _, key in named if (id := as_id(key)) is not None}
        digests = [self._digest(kind, key) for kind, key in named if kind not in Desk.by_key]
        wanted = [key for key in digests if key not in self._keys]
        since = self._brought_up_to_date()
        missing = [id for id in ids if id not in self._read and not self._remembered(id)]
        if not wanted and not missing:
            return
        found, events = self.ledger.ledger_recorder.look_up(self.organisation, wanted, missing)
        self._keys.update({key: found.get(key) for key in wanted})
        for id in {*missing, *found.values()}:
            if id not in self._read and not self._remembered(id):
                self._read[id] = self._learned(id, events.get(id, ()), since)

    def timeline(self, aggregate: Aggregate[S], stream: UUID) -> Timeline[S]:
        """The stream as known when it was first asked for here; empty if there is none of this kind."""
        if stream not in self._read:
            since = self._brought_up_to_date()
            if not self._remembered(stream):
                events = self.ledger.ledger_recorder.select_stream(self.organisation, stream)
                self._read[stream] = self._learned(stream, events, since)
        known = self._read[stream]
        return known if known is not None and known.aggregate is aggregate else Timeline(aggregate)

    def find(self, kind: str, key: str) -> UUID | None:
        """The record of this kind behind a source's key that may be personal."""
        wanted = self._digest(kind, key)
        if wanted not in self._keys:
            self._keys |= {wanted: None, **self.ledger.ledger_recorder.find_keys(self.organisation, [wanted])}
        return self._keys[wanted]

    def fresh_id(self) -> UUID:
        """A random id."""
        id = self.ledger.fresh_id()
        self._read[id] = None  # nothing can stand there yet, so nobody needs to look
        return id

    def holders(self, role: AccessRole, at: datetime) -> frozenset[UUID]:
        """The people who hold an access role at an instant."""
        return frozenset(
            id
            for id in self.begun("access.granted")
            if any(each.role == role for each in self.timeline(PERSON, id).state(at).roles(at))
        )

    def begun(self, topic: str) -> frozenset[UUID]:
        """The streams with a fact of this topic, as they are recorded."""
        placed = self.ledger.ledger_recorder.select_positions(self.organisation, topics=[topic], limit=100_000)
        return frozenset(each.originator_id for each in placed if isinstance(each.originator_id, UUID))

    def _digest(self, kind: str, key: str) -> tuple[str, bytes]:
        return kind, self.ledger.vault.digest(self.organisation, f"{kind}:{key}")

    def _look(self) -> News:
        if self._news is None:
            since = self.ledger.remembered.position(self.organisation)
            self._news = self.ledger.ledger_recorder.news(
                self.organisation, after=since, limit=FEW, request=self._request
            )
            self.ledger.remembered.catch_up(self.organisation, since, self._news)
        return self._news

    def _brought_up_to_date(self) -> int | None:
        """Let what is remembered be no older than this book; tells up to which position it is complete."""
        self._look()
        return self.ledger.remembered.position(self.organisation)

    def _remembered(self, stream: UUID) -> bool:
        known = self.ledger.remembered.find(self.organisation, stream)
        if known is not None:
            self._read[stream] = known
        return known is not None

    def _learned(self, stream: UUID, placed: Iterable[PlacedEvent], since: int | None) -> Timeline[Any] | None:
        events = [self.ledger.recorded(each).event for each in placed]
        if not events:
            return None
        timeline = Timeline.of(aggregate_of(events[0].topic), events)
        self.ledger.remembered.keep(self.organisation, stream, timeline, since)
        return timeline
