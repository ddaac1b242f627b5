"""Packs made by the product: which events, with which proofs, and what is disclosed of their sealed texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from adapters.bootstrap import Installation
from adapters.evidence.packs import COMPLETE, EXTRACT, Disclosed, Growth, Item, Pack
from adapters.evidence.stating import figures
from application.answers import plain
from application.personal_record import person_record
from application.ports import PlacedEvent
from application.questions import Asked
from application.records import records_of
from application.sealing import private_texts
from application.transparency import Checkpoint, leaf_of
from domain.alignment import Alignment
from domain.kernel import Refusal, RefusalKind
from domain.scope import WHOLE, Scope

PAGE = 5_000
GROWN_FROM = 200
"""From how many of the newest checkpoints an extract shows that it grew."""


@dataclass(eq=False)
class NothingRecorded(Refusal):
    """There is nothing to make a pack of."""

    kind = RefusalKind.UNKNOWN
    rule = "nothing is recorded there, so there is nothing to give evidence of"
    way_out = "check what was asked for and its times"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a pack is to hold: everything, or the events behind a state, a figure, a person's record, a span.

    `asked` and `strategy` name a state that the verifier recomputes.
    """

    extract: bool = False
    asked: Asked | None = None
    strategy: UUID | None = None
    scope: Scope = WHOLE
    figure: str | None = None
    person: UUID | None = None
    span: tuple[int, int] | None = None
    disclose: bool = False


def make_pack(avow: Installation, organisation: UUID, wanted: Wanted) -> Pack:
    """The pack, under a checkpoint over all that is recorded by now. Raises NothingRecorded, HistoryAltered."""
    checkpoint = avow.log.checkpoint(organisation)
    if checkpoint is None:
        raise NothingRecorded
    found = _state(avow, wanted)
    chosen = _chosen(avow, organisation, wanted, found, checkpoint.size) if wanted.extract else None
    placed = list(_events(avow, organisation, checkpoint.size, chosen))
    if not placed:
        raise NothingRecorded
    recomputed = found is not None and wanted.figure is None and wanted.person is None and wanted.span is None
    return Pack(
        kind=EXTRACT if wanted.extract else COMPLETE,
        organisation=organisation,
        checkpoint=avow.log.note(checkpoint),
        items=tuple(_items(avow, checkpoint, placed, proven=wanted.extract)),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        selection=_selection(wanted),
        question=_question(wanted) if recomputed else None,
        claimed=figures(found) if recomputed else None,
        growth=tuple(_growth(avow, checkpoint)) if wanted.extract else (),
        disclosed=tuple(_disclosed(avow, organisation, placed)) if wanted.disclose else (),
    )


def _state(avow: Installation, wanted: Wanted) -> Alignment | None:
    if wanted.asked is None or wanted.strategy is None:
        return None
    found = avow.questions.comparable(wanted.asked, wanted.strategy, wanted.scope)
    if found is None:
        raise NothingRecorded
    return found


def _chosen(avow: Installation, organisation: UUID, wanted: Wanted, found: Alignment | None, size: int) -> set[int]:
    """The positions that an extract holds: whole records, so that each can be followed from its first event."""
    if wanted.span is not None:
        first, last = wanted.span
        return set(range(first, min(last, size) + 1))
    streams = set[UUID]()
    if wanted.person is not None and wanted.asked is not None:
        record = person_record(avow.questions, wanted.asked, wanted.person)
        if record is None:
            raise NothingRecorded
        parts = ("commitments", "acknowledgements", "duties")
        streams |= {wanted.person, *(UUID(each["id"]) for part in parts for each in record[part])}
    elif wanted.figure is not None and found is not None:
        streams |= {*records_of(found, wanted.figure)}
        if found.figures[wanted.figure].of == "units":
            streams = {organisation}
    elif found is not None:
        about = found.situation
        streams |= {
            organisation, about.id, *about.people, *about.goals, *about.commitments, *about.acknowledgements,
            *about.duties, *about.reviews, *about.responses,
        }  # fmt: skip
    until = wanted.asked.position if wanted.asked else size
    placed = avow.ledger.ledger_recorder.select_streams(organisation, sorted(streams), until=min(until, size))
    return {each.position for events in placed.values() for each in events}


def _events(avow: Installation, organisation: UUID, size: int, chosen: set[int] | None) -> Iterable[PlacedEvent]:
    recorder, after = avow.ledger.ledger_recorder, 0 if chosen is None else min(chosen, default=size) - 1
    last = size if chosen is None else max(chosen, default=0)
    for start in range(after, last, PAGE):
        page = recorder.select_positions(organisation, after=start, until=min(start + PAGE, last), limit=PAGE)
        yield from (each for each in page if chosen is None or each.position in chosen)


def _items(
    avow: Installation, checkpoint: Checkpoint, placed: Sequence[PlacedEvent], *, proven: bool
) -> Iterable[Item]:
    organisation = checkpoint.organisation
    if not proven:
        said = avow.log.recorder.leaves(organisation, 0, checkpoint.size)
        yield from (Item(leaf=leaf_of(each), said=leaf) for each, leaf in zip(placed, said, strict=False))
        return
    proofs = avow.log.inclusions(organisation, (each.position for each in placed), checkpoint.size)
    for each, found in zip(placed, proofs, strict=True):
        yield Item(leaf=leaf_of(each), said=found.leaf, proof=found.path)


def _growth(avow: Installation, checkpoint: Checkpoint) -> Iterable[Growth]:
    earlier = avow.log.store.checkpoints(checkpoint.organisation, checkpoint.key, until=checkpoint.size, limit=10**6)
    for each in earlier[-GROWN_FROM - 1 : -1]:
        found = avow.log.consistency(checkpoint.organisation, each.size, checkpoint.size)
        yield Growth(size=each.size, proof=found.path)


def _disclosed(avow: Installation, organisation: UUID, placed: Sequence[PlacedEvent]) -> Iterable[Disclosed]:
    sealed = [(each.position, text) for each in placed for text in private_texts(avow.ledger.recorded(each).event)]
    shown = avow.vault.disclose(organisation, [text for _, text in sealed])
    for (position, text), opened in zip(sealed, shown, strict=True):
        if opened is not None:
            salt, words = opened
            yield Disclosed(position=position, commitment=text.commitment, salt=salt, text=words)


def _question(wanted: Wanted) -> dict[str, Any] | None:
    if wanted.asked is None or wanted.strategy is None:
        return None
    return {
        "strategy": str(wanted.strategy),
        "unit": str(wanted.scope.unit) if wanted.scope.unit else None,
        "rank": wanted.scope.rank,
        "valid_at": plain(wanted.asked.valid_at),
        "position": wanted.asked.position,
    }


def _selection(wanted: Wanted) -> dict[str, Any]:
    told = {
        "figure": wanted.figure,
        "person": str(wanted.person) if wanted.person else None,
        "positions": list(wanted.span) if wanted.span else None,
        "state": _question(wanted),
        "disclosed": wanted.disclose,
    }
    return {name: value for name, value in told.items() if value}
