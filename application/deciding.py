"""Deciding a request: handlers, the rules of time, the aggregate's own guard. The same live, staged and in tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from application.book import AheadBook, Book
from application.box import BallotBox
from application.command import AnyDraft, Command, Draft, handle
from application.confiding import refuse_correction
from application.desk import Desk, unit_id
from application.desk_rules import CorrectsAnotherRecord
from application.ports import Idempotency, Reporter, SourceKey, Vault
from application.sealing import seal
from domain.catalogue import aggregate_of
from domain.erasure import ErasureIsForGood, PersonErased
from domain.kernel import Actor, Event, Refusal, RefusalKind, Word
from domain.report import ReportIsForGood, ReportPublished
from domain.review import REVIEW
from domain.sealed import Private
from domain.temporal import Aggregate, Timeline

PLANNED = frozenset(
    {
        "unit.formed", "unit.renamed", "unit.moved", "unit.merged", "unit.split", "unit.dissolved",
        "spokesperson.named", "person.joined", "person.left", "membership.began", "membership.ended", "rank.held",
        "manager.assigned", "clock.advanced",
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
    impersonal: bool = False
    """Whether the reason is that of a whole source, and nobody's own words."""
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


Sealing = Callable[[Sequence[Event], Vault], Sequence[Event]]
"""What is done to the private texts of a decision's events."""


def decide(
    request: Request,
    book: Book,
    vault: Vault,
    now: datetime,
    sealing: Sealing = seal,
    box: BallotBox | None = None,
    reporter: Reporter | None = None,
) -> Decision:
    """Decide a request against a book: its handlers, the rules of time, the aggregate's guard.

    Raises the `Refusal` of the rule that is not met; it calls units as the request does. An import leaves the `sealing`
    for a whole batch of decisions, counts no ballots of a `box`, and asks no `reporter`.
    """
    try:
        return _decided(request, book, vault, now, sealing, box, reporter)
    except Refusal as refusal:
        refusal.called = _called(request)  # type: ignore[misc]  # each request calls them by names of its own
        raise


def _called(request: Request) -> dict[UUID, str]:
    said: set[str] = set()
    for entry in request.entries:
        for value in vars(entry.command).values() if entry.command is not None else ():
            said.update(each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, str))
    return {unit_id(request.organisation, each): each for each in said}


def _decided(
    request: Request,
    book: Book,
    vault: Vault,
    now: datetime,
    sealing: Sealing,
    box: BallotBox | None,
    reporter: Reporter | None,
) -> Decision:
    events: list[Event] = []
    named: dict[tuple[str, str], UUID] = {}
    decided: AnyDraft | None = None
    timeline: Timeline[Any] | None = None
    ahead = book
    for index, entry in enumerate(request.entries):
        desk = _desk(request, entry, ahead, vault, now, named)
        desk.box, desk.reporter, desk.present = box, reporter, now
        draft = handle(entry.command, desk) if entry.command is not None else _retraction(entry)
        if entry.correction is not None and draft.stream != entry.correction.stream:
            raise CorrectsAnotherRecord(draft.aggregate.kind)
        if entry.correction is not None and draft.aggregate is REVIEW:
            refuse_correction(draft.topic, book.timeline(REVIEW, draft.stream).state())
        if decided is None or timeline is None:
            decided, timeline = draft, book.timeline(draft.aggregate, draft.stream)
        elif draft.stream != decided.stream:
            raise SeveralAggregates
        _be_in_time(entry, desk, draft, now)
        events.append(_event(request, entry, draft, desk, timeline.version + index + 1, index))
        if index + 1 < len(request.entries):
            ahead = AheadBook(book, ahead.timeline(draft.aggregate, draft.stream).learn(events[-1:]), draft.stream)
    if decided is None or timeline is None:
        raise SeveralAggregates
    if request.expected_version not in (None, timeline.version):
        raise VersionMoved(request.expected_version or 0, timeline.version)
    sealed = sealing(events, vault)
    return Decision(
        aggregate=decided.aggregate,
        stream=decided.stream,
        events=tuple(sealed),
        keys=tuple(
            SourceKey(kind, vault.digest(request.organisation, f"{kind}:{key}"), id)
            for (kind, key), id in named.items()
        ),
        timeline=timeline.admit(sealed),
    )


def _desk(
    request: Request, entry: Entry, book: Book, vault: Vault, now: datetime, named: dict[tuple[str, str], UUID]
) -> Desk:
    desk = Desk(
        book,
        entry.actor or request.actor,
        entry.at or entry.known or now,
        named=named,
        reason=entry.reason if entry.reason is not None and entry.reason.strip() else None,
    )
    correction = entry.correction
    if correction is not None:
        if correction.topic == PersonErased.TOPIC:
            raise ErasureIsForGood
        if correction.topic == ReportPublished.TOPIC:
            raise ReportIsForGood
        facts = book.timeline(aggregate_of(correction.topic), correction.stream).facts
        desk.correcting, desk.fact = correction.stream, correction.fact
        desk.corrected = next((fact.content for fact in facts if fact.version == correction.fact), None)
        desk.opening = _opening(request.organisation, vault)
    return desk


def _opening(organisation: UUID, vault: Vault) -> Callable[[Private], str | None]:
    def opened(private: Private) -> str | None:
        # What an import has decided but not yet recorded is not sealed yet.
        return private.text if private.text is not None else vault.open(organisation, [private])[0]

    return opened


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
        reason=desk.own_words(desk.reason, impersonal=draft.impersonal or entry.impersonal),
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


def _be_in_time(entry: Entry, desk: Desk, draft: AnyDraft, now: datetime) -> None:
    if entry.correction is not None and desk.reason is None:
        raise CorrectionWithoutReason
    if desk.at > now and draft.topic not in PLANNED:
        raise LiesInTheFuture(draft.topic)
    if desk.reason is not None or draft.topic == "organisation.founded":
        return
    grace = desk.chart().grace_days
    if now - desk.at <= timedelta(days=grace - 1):
        return  # no calendar counts more days than that
    days = (desk.day(now) - desk.day(desk.at)).days
    if days > grace:
        raise LateWithoutReason(days, grace)
