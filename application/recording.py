"""The second phase of an import: decisions are appended, and decided again only where a stream has moved since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from application.history import RefusedLine
from application.ledger import Ledger
from application.ports import ImportedLine, KeyTaken
from application.staging import StagedRequest, read_event
from domain.catalogue import aggregate_of
from domain.kernel import Event, Refusal
from domain.temporal import Timeline

ATTEMPTS = 50
"""How often a batch is sent again because other users were recording on its streams."""


@dataclass(eq=False)
class KeyTakenMeanwhile(Refusal):
    """Another user gave the line's key to a record of theirs while the import ran."""

    what: str
    where = "id"
    rule = "the {what} key of this line was given to another {what} while the import was running"
    way_out = "leave the line out to speak about that {what}, or choose another key"


@dataclass(eq=False)
class BeginningRefused(Refusal):
    """The record, or the fact, that a line speaks about was refused because other users were there first."""

    where = "line"
    rule = "it speaks about something whose own line was refused while the import was recorded"
    way_out = "mend that line first"


@dataclass
class _Moved:
    """A stream that others recorded on since its lines were decided.

    `versions` tells which version the staged facts got instead of the one they were decided for; `timeline` is the
    stream with what the batch in hand adds to it.
    """

    base: int
    timeline: Timeline[Any]
    versions: dict[int, int]


class Recording:
    """Appends staged requests of one source; `events` and `position` tell how far it got."""

    def __init__(self, ledger: Ledger, organisation: UUID, source: str) -> None:
        self.ledger, self.organisation, self.source = ledger, organisation, source
        self.events = self.position = 0
        self._moved: dict[UUID, _Moved] = {}
        self._drafts: dict[UUID, _Moved] = {}
        self._never_begun: set[UUID] = set()

    def append(self, staged: Sequence[StagedRequest]) -> list[RefusedLine]:
        """Record a batch, all of it that still holds; the lines that do not hold any more are told.

        Raises OutcomeUnknown, StoreUnavailable: then it is not known how much of the import was recorded, and running
        it again completes it.
        """
        refused: dict[int, Refusal] = {}
        for _ in range(ATTEMPTS):
            requests = self._decided_again(staged, refused)
            if not requests:
                break
            try:
                self._insert([request for _, request in requests])
            except KeyTaken as taken:
                place = next(place for place, request in requests if taken.key in request.keys)
                refused[place] = KeyTakenMeanwhile(taken.key.kind)
                self._never_begun.add(taken.key.id)
            except IntegrityError:
                if not self._find_moved(requests):
                    raise
            else:
                self._moved = self._drafts
                break
        else:
            raise IntegrityError(f"a batch was overtaken {ATTEMPTS} times by other users")
        return [
            RefusedLine.because(refusal, event.line, None)
            for place, refusal in sorted(refused.items())
            for event in staged[place].events
        ]

    def _decided_again(
        self, staged: Sequence[StagedRequest], refused: dict[int, Refusal]
    ) -> list[tuple[int, StagedRequest]]:
        """The requests to be sent, each with its place; those of moved streams are decided on them as they are now."""
        held = list[tuple[int, StagedRequest]]()
        self._drafts = {stream: replace(moved, versions=dict(moved.versions)) for stream, moved in self._moved.items()}
        for place, request in enumerate(staged):
            if place in refused:
                continue
            stream = _stream(request)
            try:
                self._be_grounded(request)
                held.append((place, self._on(self._drafts[stream], request) if stream in self._drafts else request))
            except Refusal as refusal:
                refused[place] = refusal
                if request.events[0].stored.originator_version == 1:
                    self._never_begun.add(stream)
                elif stream not in self._drafts:
                    # The lines behind it on its stream have to close the gap.
                    self._mark_moved([(stream, _first(staged, stream))])
                    return self._decided_again(staged, refused)
        return held

    def _be_grounded(self, request: StagedRequest) -> None:
        """Refuse what speaks about a record whose beginning was refused."""
        for gone in self._never_begun:
            text = str(gone).encode()
            if any(text in event.stored.state or event.stored.originator_id == gone for event in request.events):
                raise BeginningRefused

    def _on(self, moved: _Moved, request: StagedRequest) -> StagedRequest:
        mapper, versions = self.ledger.mapper, dict(moved.versions)
        events = list[Event]()
        for version, staged in enumerate(request.events, start=moved.timeline.version + 1):
            event = read_event(self.ledger, staged.stored)
            versions[event.version] = version
            fact = versions.get(event.fact) if event.fact > moved.base else event.fact
            if fact is None:
                raise BeginningRefused
            events.append(replace(event, version=version, fact=fact))
        moved.timeline, moved.versions = moved.timeline.admit(events), versions
        again = tuple(
            replace(staged, fact=event.fact, stored=mapper.to_stored_event(event))
            for staged, event in zip(request.events, events, strict=True)
        )
        return replace(request, events=again)

    def _insert(self, requests: Sequence[StagedRequest]) -> None:
        events = [event for request in requests for event in request.events]
        known = [event.known for event in events if event.known is not None]
        placed = self.ledger.ledger_recorder.insert_events(
            [event.stored for event in events],
            organisation=self.organisation,
            known=known or None,
            keys=[key for request in requests for key in request.keys],
            lines=[
                ImportedLine(self.source, event.digest, event.fingerprint, place) for place, event in enumerate(events)
            ],
        )
        self.events += len(events)
        self.position = placed[-1].position

    def _find_moved(self, requests: Sequence[tuple[int, StagedRequest]]) -> bool:
        """Find the streams that are no longer as the requests expect them; whether there are any."""
        first: dict[UUID, int] = {}
        for _, request in requests:
            first.setdefault(_stream(request), request.events[0].stored.originator_version)
        present = self.ledger.ledger_recorder.select_streams(self.organisation, list(first))
        moved = [
            (stream, version)
            for stream, version in first.items()
            if version != len(present.get(stream, [])) + 1
        ]  # fmt: skip
        self._mark_moved(moved)
        return bool(moved)

    def _mark_moved(self, streams: Sequence[tuple[UUID, int]]) -> None:
        """Read these streams as they are now; with each comes the version that its first event of the batch expects."""
        present = self.ledger.ledger_recorder.select_streams(self.organisation, [stream for stream, _ in streams])
        for stream, version in streams:
            known = [self.ledger.recorded(each).event for each in present.get(stream, [])]
            timeline = Timeline.of(aggregate_of(known[0].topic), known) if known else None
            older = self._moved.get(stream)
            if timeline is not None:
                self._moved[stream] = replace(older, timeline=timeline) if older else _Moved(version - 1, timeline, {})


def _stream(request: StagedRequest) -> UUID:
    stream = request.events[0].stored.originator_id
    if not isinstance(stream, UUID):
        raise TypeError(stream)
    return stream


def _first(staged: Sequence[StagedRequest], stream: UUID) -> int:
    return next(each.events[0].stored.originator_version for each in staged if _stream(each) == stream)
