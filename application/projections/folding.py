"""Folding a batch of events into the changes of the stored rows: no input but events, no output but changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from eventsourcing.persistence import Mapper

from application.ports import LedgerRecorder, PlacedEvent, StoreUnavailable
from application.projections.encoding import HEAVY, StateEncoding
from application.projections.rectangles import Changes, History
from domain.catalogue import aggregate_of
from domain.kernel import Event
from domain.temporal import Timeline


class Unprojectable(Exception):  # noqa: N818 — a state of affairs
    """An event that the projection cannot handle. It stops before it: a skipped event would falsify every answer."""

    def __init__(self, placed: PlacedEvent, why: Exception) -> None:
        super().__init__(
            f"event {placed.position} of organisation {placed.organisation} ({placed.topic}, cursor {placed.id}) "
            f"cannot be projected: {type(why).__name__}: {why}"
        )
        self.placed = placed


@dataclass(frozen=True)
class Folded:
    """What a batch came to: the changes of its events up to the first that could not be handled, if there was one."""

    changes: Changes
    stopped: Unprojectable | None


class Folder:
    """Keeps the histories of the streams it met last; the others it loads from the store."""

    def __init__(self, recorder: LedgerRecorder, mapper: Mapper[UUID], *, histories: int = 10_000) -> None:
        self.recorder, self.mapper, self.encoding = recorder, mapper, StateEncoding()
        self._kept: OrderedDict[tuple[UUID, UUID], History] = OrderedDict()
        self._limit = histories

    def forget(self) -> None:
        """Trust the store alone from here on: what was folded last may not have been stored."""
        self._kept.clear()

    def fold(self, batch: Sequence[PlacedEvent]) -> Folded:
        """The changes that a batch makes, given in the order of the store's cursor."""
        changes, next_one = Changes(), batch[0]
        try:
            self._load(batch)
            for placed in batch:
                next_one = placed
                self._fold(placed, changes)
                changes.positions[placed.organisation] = placed.position
                changes.cursor, changes.events = placed.id, changes.events + 1
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 — whatever it is: it must stop us, visibly, and nothing else
            self.forget()
            return Folded(changes, Unprojectable(next_one, error))
        while len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        return Folded(changes, None)

    def _fold(self, placed: PlacedEvent, changes: Changes) -> None:
        event = self._event(placed)
        history = self._history(placed.organisation, event)
        changes.note(history, placed.position, *history.learn(event))

    def _event(self, placed: PlacedEvent) -> Event:
        event = self.mapper.to_domain_event(placed)
        if not isinstance(event, Event):
            raise TypeError(event)
        return event

    def _history(self, organisation: UUID, event: Event) -> History:
        key, aggregate = (organisation, event.stream), aggregate_of(event.topic)
        history = self._kept.get(key)
        if history is None:
            face_of = self.encoding.heavy if aggregate.kind in HEAVY else self.encoding.light
            history = self._kept[key] = History(organisation, event.stream, Timeline(aggregate), face_of)
        self._kept.move_to_end(key)
        if history.aggregate is not aggregate or event.version != history.timeline.version + 1:
            raise ValueError(
                f"it does not continue a stream of kind {history.aggregate.kind} at version {history.timeline.version}"
            )
        return history

    def _load(self, batch: Sequence[PlacedEvent]) -> None:
        """Bring the histories of streams that began before this batch up to its first event."""
        missing: dict[UUID, dict[UUID, None]] = {}
        before: dict[UUID, int] = {}
        for placed in batch:
            before.setdefault(placed.organisation, placed.position - 1)
            stream = placed.originator_id
            if not isinstance(stream, UUID) or (placed.organisation, stream) in self._kept:
                continue
            if placed.originator_version > 1:
                missing.setdefault(placed.organisation, {})[stream] = None
        for organisation, streams in missing.items():
            found = self.recorder.select_streams(organisation, list(streams), until=before[organisation])
            for events in found.values():
                self._restore(organisation, [self._event(placed) for placed in events])

    def _restore(self, organisation: UUID, events: Sequence[Event]) -> None:
        aggregate = aggregate_of(events[0].topic)
        face_of = self.encoding.heavy if aggregate.kind in HEAVY else self.encoding.light
        history = History(organisation, events[0].stream, Timeline(aggregate), face_of)
        history.restore(events)
        self._kept[organisation, events[0].stream] = history
