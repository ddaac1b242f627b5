"""The first phase of an import: every line is decided against the record as it was, and all lines before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from application.deciding import PLANNED, Correction, Decision, Entry, Request, decide
from application.desk import Desk, UnknownReference
from application.erased_lines import ErasedLines
from application.history import RefusedLine, Statement, Unreadable
from application.ledger import KnownTimeNotYours, OrganisationUnknown
from application.organisation import FoundOrganisation
from application.ports import LineRecord, Vault
from application.sealing import seal
from application.staging import StagedBook, StagedEvent, StagedLine, StagedRequest, SurelyNew, number
from application.states import subject_of
from domain.catalogue import aggregate_of
from domain.kernel import Actor, Event, Provenance, Refusal, RefusalKind, Word
from domain.organisation import ORGANISATION, ClockKind
from domain.person import PERSON
from domain.sealed import Private, TextKind
from domain.temporal import NothingToCorrect

if TYPE_CHECKING:
    from application.importing import Import

Line = Statement | Unreadable


@dataclass(eq=False)
class LineChanged(Refusal):
    """A line that was imported before comes again with other content."""

    line: str
    where = "id"
    rule = "the line {line!r} of this source was imported already, with other content"
    way_out = "give the new statement an id of its own; to correct the old one let it replace {line!r}"


@dataclass(eq=False)
class LineTwice(Refusal):
    """Two lines of one file have the same id."""

    line: str
    where = "id"
    rule = "an earlier line of this file has the id {line!r} too"
    way_out = "line ids are unique within a source: give this one another"


@dataclass(eq=False)
class LineUnknown(Refusal):
    """A correction of a line that is not among the earlier ones."""

    line: str
    word: str
    kind = RefusalKind.UNKNOWN
    rule = "there is no earlier line {line!r} of this source"
    way_out = "name the id of a line that comes before this one, here or in an earlier import of the same source"

    def __post_init__(self) -> None:
        self.where = self.word  # type: ignore[misc]  # replaces or retracts


@dataclass(eq=False)
class TiedToRefused(Refusal):
    """A line to be recorded together with one that was refused."""

    line: str
    where = "with"
    rule = "it is tied to {line!r}, which was refused"
    way_out = "mend that line"


@dataclass(eq=False)
class RestsOnRefused(Refusal):
    """A line about a record that an earlier line was to begin, which was refused."""

    what: str
    reference: str
    line: str
    named_in: str
    kind = RefusalKind.UNKNOWN
    rule = "there is no {what} {reference!r}: {line!r}, which was to begin it, was refused"
    way_out = "mend {line!r}, and import both again"

    def __post_init__(self) -> None:
        self.where = self.named_in  # type: ignore[misc]  # the field differs from command to command


MOST_REMEMBERED = 10_000
"""How many records that were not begun are remembered, to tell the lines about them why."""


class Checking:
    """Decides the lines of one import, batch by batch, and stages what holds."""

    def __init__(self, run: Import) -> None:
        self.run, self.ledger = run, run.ledger
        head = run.ledger.ledger_recorder.head(run.organisation)
        self.base = head.position if head else 0
        self.newest = head.recorded_at if head else None
        self.book = StagedBook(run.ledger, run.organisation, run.staging, self.base, run.streams_kept)
        self._lines: dict[bytes, StagedLine] = {}
        self._digests: dict[str, bytes] = {}
        self._unknown_lines = SurelyNew()
        self._at_fault: Line
        self._now = run.ledger.ledger_recorder.now(run.organisation)
        self._not_begun: dict[tuple[str, str], str] = {}
        self._erased = ErasedLines(run.ledger.vault.erased(run.organisation))

    def check(self, batch: list[tuple[Line, ...]]) -> None:
        """Decide a batch of groups, seal what holds, and stage it."""
        if self.base == 0 and self.run.report.lines == 0:
            _be_founded(batch)
        self._now = self.ledger.ledger_recorder.now(self.run.organisation)
        recorded = self._prepare(batch)
        decided: list[tuple[Decision, list[_Marked]]] = []
        for group in batch:
            self.run.report.lines += len(group)
            try:
                new = self._new_lines(group, recorded)
                if new:
                    decided.append((self._decide(new), new))
            except Refusal as refusal:
                if self._erased.takes(refusal, group):
                    self.run.pass_over(group)
                else:
                    self._refuse(group, refusal)
        self.run.staging.add(list(self._staged(decided)))
        self._lines.clear()
        self.book.settle()

    def _prepare(self, batch: list[tuple[Line, ...]]) -> dict[bytes, LineRecord]:
        statements = [line for group in batch for line in group if isinstance(line, Statement)]
        self._digests.clear()
        digests = {self._digest(each.id) for each in statements}
        digests |= {self._digest(each.corrects.line) for each in statements if each.corrects}
        recorded = self._recorded(digests)
        old = [each for each in digests if each not in recorded and number(each) not in self._unknown_lines]
        self._lines = self.run.staging.find_lines(old) if old else {}
        corrected = {line.stream for line in self._lines.values()} | {line.stream for line in recorded.values()}
        actors = {each.actor for each in statements if each.actor is not None}
        self.book.prepare((each.command for each in statements), actors, corrected)
        return recorded

    def _recorded(self, digests: set[bytes]) -> dict[bytes, LineRecord]:
        if self.base == 0:
            return {}
        return self.ledger.ledger_recorder.find_lines(self.run.organisation, self.run.header.source, list(digests))

    def _digest(self, line: str) -> bytes:
        """What a line's id is kept as."""
        known = self._digests.get(line)
        if known is None:
            named = f"line:{self.run.header.source}:{line}"
            known = self._digests[line] = self.ledger.vault.digest(self.run.organisation, named)
        return known

    def _new_lines(self, group: tuple[Line, ...], recorded: dict[bytes, LineRecord]) -> list[_Marked]:
        """The lines of a group that were not imported before. Raises the refusal of one that cannot be taken."""
        new = list[_Marked]()
        for line in group:
            self._at_fault = line
            if isinstance(line, Unreadable):
                raise line.refusal
            digest = self._digest(line.id)
            fingerprint = self.ledger.vault.digest(self.run.organisation, "content:" + line.canonical.decode())
            known = recorded.get(digest)
            if known is not None:
                if known.fingerprint != fingerprint:
                    raise LineChanged(line.id)
                self.run.report.passed_over += 1
                self._passed(line)
                continue
            if digest in self._lines or any(each.digest == digest for each in new):
                raise LineTwice(line.id)
            new.append(_Marked(line, digest, fingerprint, self._correction(line, recorded)))
        self._at_fault = group[0]  # behind here a request is decided as a whole
        return new

    def _passed(self, line: Statement) -> None:
        """Let a line that was imported before say how far known time has come."""
        # Not the store: to keep known times rising it may have stored a later one than the line's.
        if line.known is not None:
            self.newest = line.known
        elif line.at is not None and line.topic not in PLANNED:
            self.newest = max(self.newest or line.at, line.at)

    def _correction(self, line: Statement, recorded: dict[bytes, LineRecord]) -> Correction | None:
        if line.corrects is None:
            return None
        digest = self._digest(line.corrects.line)
        found = self._lines.get(digest)
        if found is None and digest in recorded:
            found = self._read(recorded[digest])
        if found is None:
            raise LineUnknown(line.corrects.line, line.corrects.word)
        if line.topic not in (None, found.topic):
            raise NothingToCorrect(found.fact, line.topic or "")
        word = Word.REPLACEMENT if line.corrects.word == "replaces" else Word.RETRACTION
        return Correction(found.stream, found.fact, found.topic, word)

    def _read(self, record: LineRecord) -> StagedLine:
        placed = self.ledger.ledger_recorder.select_stream(
            self.run.organisation, record.stream, after_version=record.version - 1
        )
        event = self.ledger.recorded(placed[0]).event
        return StagedLine(event.stream, event.fact, event.topic)

    def _decide(self, new: list[_Marked]) -> Decision:
        if self._erased.erased:
            self._erased.be_about_nobody(self._subject(each.line) for each in new)
        known = [self._known(each.line) for each in new]
        now = known[-1] or self._now
        entries = tuple(self._entry(each, when, now) for each, when in zip(new, known, strict=True))
        actor = entries[0].actor or Actor()
        request = Request(organisation=self.run.organisation, id=self.book.fresh_id(), actor=actor, entries=entries)
        decision = decide(request, self.book, self.ledger.vault, now, sealing=_later)
        self._erased.be_of_nobody(list(_line_ids_named(decision)), _owner_of(decision))
        self.book.learn(decision)
        self.newest = known[-1] or self.newest
        for each, event, when in zip(new, decision.events, known, strict=True):
            each.known = when
            self._lines[each.digest] = StagedLine(event.stream, event.fact, event.topic)
            self._unknown_lines.add(number(each.digest))
        return decision

    def _known(self, line: Statement) -> datetime | None:
        """The known time of a line in a simulated organisation; None in one with a real clock.

        Unstated, it is the newest so far, or the instant of the fact itself where that is later and not planned.
        """
        state = self.book.timeline(ORGANISATION, self.run.organisation).state()
        founds = state.founded_at is None and isinstance(line.command, FoundOrganisation)
        clock = line.command.clock if founds and isinstance(line.command, FoundOrganisation) else state.clock
        if clock is not ClockKind.SIMULATED:
            if line.known is not None:
                raise KnownTimeNotYours
            return None
        if line.known is not None:
            if self.newest is not None and line.known < self.newest:
                raise KnownTimeNotYours
            return line.known
        present = max(filter(None, (self.newest, state.advanced_to)), default=line.at)
        if line.at is not None and line.topic not in PLANNED and (present is None or line.at > present):
            return line.at
        return present

    def _entry(self, marked: _Marked, known: datetime | None, now: datetime) -> Entry:
        line = marked.line
        person = self._actor(line.actor) if line.actor is not None else None
        reason, impersonal = line.reason, line.reason is None
        if reason is None and (marked.correction is not None or self._may_be_late(line.at, now)):
            reason = self.run.header.reason
        owner = person or self._person_named(line) or self.run.organisation
        if self._erased.lacks(owner, TextKind.IDENTITY):
            owner = self.run.organisation
        own = Private(owner, line.id)
        origin = Provenance(source=self.run.header.source, line=line.number, by=self.run.by, id=own)
        return Entry(
            command=line.command,
            at=line.at,
            reason=reason,
            impersonal=impersonal,
            labels=line.labels,
            correction=marked.correction,
            known=known,
            actor=Actor(person=person, service=line.service, imported=origin),
        )

    def _subject(self, line: Statement) -> UUID | None:
        """The person whose own record a line is about."""
        own = line.topic is not None and aggregate_of(line.topic) is PERSON
        return self._person_named(line) if own else None

    def _person_named(self, line: Statement) -> UUID | None:
        named = getattr(line.command, "person", None)
        return self.book.find("person", named) if isinstance(named, str) else None

    def _actor(self, key: str) -> UUID:
        desk = Desk(self.book, Actor(), self._now)
        return desk.find("person", key, "actor")

    def _may_be_late(self, at: datetime | None, now: datetime) -> bool:
        """Whether the fact may be entered beyond the grace period; a day too many at most."""
        grace = self.book.timeline(ORGANISATION, self.run.organisation).state().grace_days
        return at is not None and now - at > timedelta(days=grace)

    def _refuse(self, group: tuple[Line, ...], refusal: Refusal) -> None:
        at_fault = self._at_fault
        if isinstance(refusal, UnknownReference):
            refusal = self._resting(refusal)
        for line in group:
            told = refusal if line is at_fault else TiedToRefused(at_fault.id or f"line {at_fault.number}")
            self._remember(line)
            self.run.refuse(RefusedLine.because(told, line.number, line.id))

    def _resting(self, unknown: UnknownReference) -> Refusal:
        """The refusal of a reference, naming the refused line that was to begin the record where there is one."""
        line = self._not_begun.get((unknown.what, unknown.reference))
        return unknown if line is None else RestsOnRefused(unknown.what, unknown.reference, line, unknown.named_in)

    def _remember(self, line: Line) -> None:
        """Keep the record that a refused line was to begin."""
        if line.begins is not None and line.id and len(self._not_begun) < MOST_REMEMBERED:
            self._not_begun.setdefault(line.begins, line.id)

    def _staged(self, decided: list[tuple[Decision, list[_Marked]]]) -> Iterator[StagedRequest]:
        """The decisions with all their private texts sealed, in one call to the vault."""
        named = [_line_ids_named(decision) for decision, _ in decided]
        sealed = iter(seal([event for events in named for event in events], self.ledger.vault))
        stored = self.ledger.mapper.to_stored_event
        for decision, lines in decided:
            yield StagedRequest(
                tuple(
                    StagedEvent(each.line.number, each.digest, each.fingerprint, event.fact, each.known, stored(event))
                    for each, event in zip(lines, sealed, strict=False)
                ),
                decision.keys,
            )


@dataclass
class _Marked:
    """A line to be decided: how it will be known again, what it corrects, its known time."""

    line: Statement
    digest: bytes
    fingerprint: bytes
    correction: Correction | None
    known: datetime | None = None


def _later(events: Sequence[Event], _: Vault) -> Sequence[Event]:
    return events


def _line_ids_named(decision: Decision) -> Iterable[Event]:
    """The events, with the line's id sealed under the person the record is about: erasing them erases it."""
    subject = _owner_of(decision)
    for event in decision.events:
        actor = event.actor
        origin = actor.imported
        if subject is None or origin is None or origin.id is None or origin.id.subject == subject:
            yield event
        else:
            own = Provenance(source=origin.source, line=origin.line, by=origin.by, id=Private(subject, origin.id.text))
            named = Actor(person=actor.person, on_behalf_of=actor.on_behalf_of, service=actor.service, imported=own)
            yield replace(event, actor=named)


def _owner_of(decision: Decision) -> UUID | None:
    """The person whose record a decision is about."""
    return decision.stream if decision.aggregate is PERSON else _person_of(decision.timeline.state())


def _person_of(state: object) -> UUID | None:
    party = getattr(state, "party", None)
    return None if party is not None and party.kind != "person" else subject_of(state)


def _be_founded(batch: list[tuple[Line, ...]]) -> None:
    first = batch[0][0]
    if isinstance(first, Statement) and not isinstance(first.command, FoundOrganisation):
        raise OrganisationUnknown
