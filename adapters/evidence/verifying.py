"""Verifying a pack: what it proves, what it disproves and from which position on, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from adapters.crypto.notes import Checkpoint, Note, NoteMalformed, VerifierKey
from adapters.evidence.packs import COMPLETE, Pack
from adapters.evidence.reading import EventUnreadable, read_event
from adapters.evidence.stating import alignment, figures
from domain.alignment import RULES
from domain.scope import Scope
from domain.transparency import Frontier, consistent, includes


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at, and whether it holds; None where it cannot be told.

    `first` and `last` bound the first position that is not as it was, where something does not hold.
    """

    about: str
    holds: bool | None
    says: str
    first: int | None = None
    last: int | None = None


@dataclass(kw_only=True)
class Report:
    """All that was found, and the state recomputed from the pack's events."""

    kind: str
    organisation: UUID
    size: int = 0
    events: int = 0
    findings: list[Finding] = field(default_factory=list[Finding])
    state: dict[str, list[str]] | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing was disproved."""
        return all(each.holds is not False for each in self.findings)

    @property
    def altered_from(self) -> tuple[int, int] | None:
        """Between which positions the first one lies that is not as it was; None where nothing shows that."""
        bounds = [(each.first, each.last or each.first) for each in self.findings if each.first is not None]
        if not bounds:
            return None
        # Every finding bounds the same first altered position from its own side.
        first = max(first for first, _ in bounds if first <= min(last for _, last in bounds))
        return first, min(last for _, last in bounds)

    def plain(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "holds": self.holds,
            "kind": self.kind,
            "organisation": str(self.organisation),
            "size": self.size,
            "events": self.events,
            "altered_from": self.altered_from,
            "findings": [{"about": each.about, "holds": each.holds, "says": each.says} for each in self.findings],
            "rules": RULES,
            "state": self.state,
        }


def verify(pack: Pack, key: VerifierKey, held: Sequence[str] = (), witnesses: Sequence[VerifierKey] = ()) -> Report:
    """Verify a pack by the log's key, the checkpoints that the reader holds, and the witnesses that the reader trusts.

    Nothing that the pack says of itself is believed: the key is the reader's own.
    """
    report = Report(kind=pack.kind, organisation=pack.organisation, events=len(pack.items))
    tree = _checkpoint(report, pack, key, witnesses)
    known = list[Checkpoint]()
    for number, written in enumerate(held, start=1):
        checkpoint = _signed(written, key)
        if checkpoint is None:
            report.findings.append(
                Finding(about="held", holds=False, says=f"held checkpoint {number} is not signed by the pinned key")
            )
        else:
            known.append(checkpoint)
    if tree is not None:
        report.size = tree.size
    if pack.kind == COMPLETE:
        _complete(report, pack, tree, known)
    else:
        _extract(report, pack, tree, known)
    _disclosures(report, pack)
    _state(report, pack)
    return report


def _signed(written: str, key: VerifierKey) -> Checkpoint | None:
    try:
        note = Note.read(written)
        checkpoint = note.checkpoint
    except NoteMalformed:
        return None
    return checkpoint if checkpoint.origin == key.name and key.verifies(note) else None


def _checkpoint(report: Report, pack: Pack, key: VerifierKey, witnesses: Sequence[VerifierKey]) -> Checkpoint | None:
    """The pack's own checkpoint, if the pinned key signed it."""
    found = _signed(pack.checkpoint, key)
    if found is None or not key.name.endswith(f"/{pack.organisation}"):
        says = f"the pack's checkpoint is not one of the log {key.name}, signed by the key that you pinned"
        report.findings.append(Finding(about="signature", holds=False, says=says))
        return None
    says = f"the checkpoint over positions 1 to {found.size} is signed by the key that you pinned"
    report.findings.append(Finding(about="signature", holds=True, says=says))
    note = Note.read(pack.checkpoint)
    signed = [
        (each.name, datetime.fromtimestamp(at, UTC))
        for each in witnesses
        for line in note.signatures
        if (at := each.cosigned_at(line, note.text)) is not None
    ]
    for name, instant in signed:
        says = f"the witness {name} signed it too, on {instant:%Y-%m-%d at %H:%M:%S} UTC"
        report.findings.append(Finding(about="witness", holds=True, says=says))
    if witnesses and not signed:
        report.findings.append(Finding(about="witness", holds=False, says="none of the witnesses you named signed it"))
    return found


def _complete(report: Report, pack: Pack, own: Checkpoint | None, held: Sequence[Checkpoint]) -> None:
    """Recompute the tree, and hold it against every checkpoint that is known to be genuine."""
    whole = _whole(report, pack)
    hashes = [each.leaf.hash for each in pack.items[:whole]]
    said = [each.said for each in pack.items[:whole]]
    broken = whole < len(pack.items)
    # One that disproves nothing is still needed: it says up to where all is as it was.
    checkpoints = sorted({*held, *([own] if own else [])}, key=lambda each: each.size)
    for size in sorted({each.size for each in checkpoints if sum(one.size == each.size for one in checkpoints) > 1}):
        says = f"two checkpoints over {size} positions, both signed by the pinned key, differ: a fork"
        report.findings.append(Finding(about="fork", holds=False, says=says))
    agreed = below = 0
    grown, told, reached = Frontier(), Frontier(), 0
    failed = list[Checkpoint]()
    for each in checkpoints:
        if each.size > whole:
            failed.append(each)
            continue
        if each.size > reached:
            below = agreed
            grown, _ = grown.extended(hashes[reached : each.size])
            told, _ = told.extended(said[reached : each.size])
            reached = each.size
        if grown.root == each.root:
            agreed = max(agreed, each.size)
            continue
        failed.append(each)
        exact = None
        if told.root == each.root:
            exact = next(number for number, pair in enumerate(zip(hashes, said, strict=True), 1) if pair[0] != pair[1])
        # Of two that differ over one size, a fork, what agrees with the other one says nothing here.
        first, last = (exact, exact) if exact else (below + 1, each.size)
        where = f"position {exact}" if exact else f"a position from {first} to {last}"
        says = f"the events do not make up the checkpoint over {each.size} positions: altered from {where} on"
        report.findings.append(Finding(about="root", holds=False, says=says, first=first, last=last))
    for each in failed:
        if each.size > whole and not broken:
            says = f"a checkpoint covers {each.size} positions and the pack ends at {whole}: cut off after {whole}"
            report.findings.append(Finding(about="root", holds=False, says=says, first=whole + 1, last=whole + 1))
    if agreed:
        says = f"the events from position 1 to {agreed} make up a checkpoint that the pinned key signed"
        report.findings.append(Finding(about="root", holds=True, says=says))
    if own is not None and len(pack.items) > own.size:
        says = f"the pack holds {len(pack.items)} events, and its checkpoint covers {own.size}"
        report.findings.append(Finding(about="size", holds=False, says=says))
    if not held:
        says = (
            "you hold no checkpoint of your own: an operator with the log's key could have written this history anew "
            "before you were given it"
        )
        report.findings.append(Finding(about="held", holds=None, says=says))


def _whole(report: Report, pack: Pack) -> int:
    """How many events from the first on follow one another without a gap."""
    for place, each in enumerate(pack.items, start=1):
        if each.leaf.position != place:
            says = f"position {place} is missing or out of its order: position {each.leaf.position} stands there"
            report.findings.append(Finding(about="order", holds=False, says=says, first=place, last=place))
            return place - 1
    report.findings.append(Finding(about="order", holds=True, says="no position is missing, none is doubled"))
    return len(pack.items)


def _extract(report: Report, pack: Pack, own: Checkpoint | None, held: Sequence[Checkpoint]) -> None:
    """Prove every event by itself, and that the tree grew out of what the reader holds."""
    if own is not None:
        for each in pack.items:
            position = each.leaf.position
            if each.proof is None or not includes(own.root, own.size, position - 1, each.leaf.hash, each.proof):
                says = f"the event at position {position} is not the one that the checkpoint covers"
                report.findings.append(Finding(about="inclusion", holds=False, says=says, first=None))
        if report.holds:
            says = f"each of the {len(pack.items)} events is in the checkpoint, byte for byte"
            report.findings.append(Finding(about="inclusion", holds=True, says=says))
        growth = {each.size: each.proof for each in pack.growth}
        report.findings.extend(_grew(own, known, growth.get(known.size)) for known in held)
    says = "omissions are not excluded: the pack holds chosen events, and there may be others"
    report.findings.append(Finding(about="omissions", holds=None, says=says))


def _grew(own: Checkpoint, held: Checkpoint, proof: tuple[bytes, ...] | None) -> Finding:
    if held.size > own.size:
        says = f"the checkpoint over {held.size} positions that you hold is newer than the pack; ask for a newer pack"
        return Finding(about="growth", holds=None, says=says)
    if held.size == own.size:
        proof = ()
    if proof is None:
        says = f"the pack does not show how it grew out of the checkpoint over {held.size} positions that you hold"
        return Finding(about="growth", holds=None, says=says)
    if consistent(held.size, held.root, own.size, own.root, proof):
        says = f"the history only grew since the checkpoint over {held.size} positions that you hold"
        return Finding(about="growth", holds=True, says=says)
    says = f"the history up to position {held.size} is another one than in the checkpoint that you hold"
    return Finding(about="growth", holds=False, says=says, first=1, last=held.size)


def _disclosures(report: Report, pack: Pack) -> None:
    stored = {each.leaf.position: each.leaf.stored for each in pack.items}
    for each in pack.disclosed:
        commitment = sha256(each.salt + each.text.encode()).hexdigest()
        holds = commitment == each.commitment and f'"{commitment}"'.encode() in stored.get(each.position, b"")
        says = (
            f"a text disclosed for position {each.position} {'is' if holds else 'is not'} the one that was sealed there"
        )
        report.findings.append(Finding(about="disclosure", holds=holds, says=says))


def _state(report: Report, pack: Pack) -> None:
    """Recompute what was asked, and hold it against the maker's own answer."""
    asked = pack.question
    if asked is None:
        return
    try:
        scope = Scope(unit=UUID(asked["unit"]) if asked["unit"] else None, rank=asked["rank"])
        events = [read_event(each.leaf) for each in pack.items if each.leaf.position <= asked["position"]]
        found = alignment(
            events, pack.organisation, UUID(asked["strategy"]), scope, datetime.fromisoformat(asked["valid_at"])
        )
    except (EventUnreadable, KeyError, TypeError, ValueError, AttributeError) as error:
        says = f"the state cannot be recomputed: {error}"
        report.findings.append(Finding(about="state", holds=False, says=says))
        return
    report.state = figures(found)
    if pack.claimed is None:
        return
    claimed = {name: list(ids) for name, ids in pack.claimed.items()}
    unlike = sorted(name for name in {*claimed, *report.state} if claimed.get(name) != report.state.get(name))
    says = (
        f"the state recomputed from the events is not the one that the maker claims: {', '.join(unlike[:5])}"
        if unlike
        else f"the state recomputed from the events is the one that the maker claims, in all {len(claimed)} figures"
    )
    report.findings.append(Finding(about="state", holds=not unlike, says=says))
