"""The transparency log of each organisation: signed checkpoints over its history, and the proofs that belong to them.

Whoever signs recomputes every leaf from the event's own bytes, and goes on from the last tree that it signed itself:
what the database says of a hash is compared and never believed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from application.ports import LedgerRecorder, PlacedEvent
from domain.kernel import Refusal, RefusalKind
from domain.transparency import (
    KEPT,
    Frontier,
    Leaf,
    Node,
    NodeHash,
    consistency_path,
    inclusion_path,
    range_hash,
    root_of,
)

BEHIND = timedelta(seconds=60)
"""For how long an event may be without a checkpoint over it."""
BLOCKS = 512
"""How many blocks of 256 hashes are remembered while proofs are made: at most about 8 MB."""
PAGE = 5_000


class HistoryAltered(Exception):  # noqa: N818 — a state of affairs
    """An event is not what its leaf said when it was recorded; `position` is the first such one. Nothing is signed."""

    def __init__(self, organisation: UUID, position: int) -> None:
        super().__init__(
            f"organisation {organisation}: the event at position {position} is not the one that was recorded there; "
            "nothing is signed until it is restored"
        )
        self.organisation, self.position = organisation, position


@dataclass(eq=False)
class HistoryNotSigned(Refusal):
    """An event is not the one that was recorded: nothing is signed over it."""

    position: int
    kind = RefusalKind.CONFLICT
    where = "position"
    rule = "the event at position {position} is not the one that was recorded there, so no checkpoint covers it"
    way_out = "tell whoever runs this installation, and keep the checkpoints that you have"


@dataclass(eq=False)
class NothingToProve(Refusal):
    """A position or a size that no signed checkpoint covers."""

    asked: int
    size: int
    kind = RefusalKind.UNKNOWN
    where = "position"
    rule = "the newest checkpoint covers positions 1 to {size}, and {asked} is not among them"
    way_out = "name a position that it covers; a new event is covered within a minute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A signed tree: its size (the last position it covers), its root, and the note that says so.

    `key` is the id of the key that signed it, `frontier` what the next one goes on from.
    """

    organisation: UUID
    key: str
    size: int
    root: bytes
    frontier: tuple[bytes, ...]
    note: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """A witness's word, as a line of a signed note, that it saw this checkpoint grow out of those before."""

    size: int
    witness: str
    signed_at: datetime
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """That the event at `position` is in the tree of the checkpoint."""

    position: int
    leaf: bytes
    path: tuple[bytes, ...]
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """That the tree of `new` leaves begins with the tree of `old`."""

    old: int
    old_root: bytes
    new: int
    new_root: bytes
    path: tuple[bytes, ...]


class Signer(Protocol):
    """Holds the log's key, out of the database's reach."""

    @property
    def key(self) -> str:
        """The key's id, the same for all organisations."""
        ...

    def public(self, organisation: UUID) -> str:
        """The key that checkpoints of this organisation are verified with."""
        ...

    def sign(self, organisation: UUID, size: int, root: bytes) -> str:
        """The signed note of a tree."""
        ...

    def signed(self, organisation: UUID, note: str) -> tuple[int, bytes] | None:
        """The size and the root in a note that this key signed; None for any other."""
        ...


class LogStore(ABC):
    """Keeps checkpoints, inner nodes and cosignatures; nothing in it is ever changed."""

    @abstractmethod
    def checkpoints(
        self, organisation: UUID, key: str, *, after: int = 0, until: int | None = None, limit: int = 100
    ) -> list[Checkpoint]:
        """Those signed by this key over more than `after` leaves and no more than `until`, the smallest first."""

    @abstractmethod
    def newest(self, organisation: UUID, key: str) -> Checkpoint | None:
        """The one over the most leaves."""

    @abstractmethod
    def keys(self, organisation: UUID) -> frozenset[str]:
        """The keys that signed checkpoints."""

    @abstractmethod
    def add(self, checkpoint: Checkpoint, nodes: Mapping[Node, bytes]) -> None:
        """Keep a checkpoint and the nodes completed since the one before; what is there already stays."""

    @abstractmethod
    def nodes(self, organisation: UUID, level: int, start: int, end: int) -> list[bytes]:
        """The hashes of the nodes from `start` up to before `end` of a level worth keeping, from the left."""

    @abstractmethod
    def add_cosignatures(self, organisation: UUID, key: str, given: Sequence[Cosignature]) -> None:
        """Keep what witnesses signed."""

    @abstractmethod
    def cosignatures(self, organisation: UUID, key: str, sizes: Sequence[int]) -> list[Cosignature]:
        """What witnesses signed of the checkpoints of these sizes."""

    @abstractmethod
    def newest_cosignatures(self, organisation: UUID, key: str) -> list[Cosignature]:
        """Of each witness what it signed over the most leaves."""


class TransparencyLog:
    """Signs, proves and tells how old the newest checkpoint is that somebody outside holds."""

    def __init__(
        self, recorder: LedgerRecorder, store: LogStore, signer: Signer, clock: Callable[[], datetime]
    ) -> None:
        self.recorder, self.store, self.signer, self._clock = recorder, store, signer, clock

    def checkpoint(self, organisation: UUID) -> Checkpoint | None:
        """A checkpoint over all that is recorded by now; None before any event. Raises HistoryAltered."""
        head = self.recorder.head(organisation)
        newest = self.store.newest(organisation, self.signer.key)
        if head is None or (newest is not None and newest.size >= head.position):
            return newest
        frontier, nodes = self._start(organisation, newest), dict[Node, bytes]()
        while frontier.size < head.position:
            # A bound on both sides: before statistics are gathered the database would sort all that follows.
            until = min(frontier.size + PAGE, head.position)
            placed = self.recorder.select_positions(organisation, after=frontier.size, until=until, limit=PAGE)
            frontier, completed = frontier.extended(self._leaves(organisation, frontier.size, placed))
            nodes |= completed
        checkpoint = Checkpoint(
            organisation=organisation,
            key=self.signer.key,
            size=frontier.size,
            root=frontier.root,
            frontier=frontier.hashes,
            note=self.signer.sign(organisation, frontier.size, frontier.root),
            made_at=self._clock(),
        )
        self.store.add(checkpoint, nodes)
        return checkpoint

    def current(self, organisation: UUID) -> Checkpoint | None:
        """The newest checkpoint, made now where there is none yet or it was made longer than `BEHIND` ago.

        Raises HistoryAltered.
        """
        newest = self.store.newest(organisation, self.signer.key)
        if newest is None or self._clock() - newest.made_at >= BEHIND:
            return self.checkpoint(organisation)
        return newest

    def note(self, checkpoint: Checkpoint) -> str:
        """The checkpoint's note with the lines of its witnesses."""
        given = self.store.cosignatures(checkpoint.organisation, checkpoint.key, [checkpoint.size])
        return checkpoint.note + "".join(each.line for each in given)

    def held(self, organisation: UUID) -> Cosignature | None:
        """The newest checkpoint's signature that a witness holds, which is what tampering is measured against."""
        found = self.store.newest_cosignatures(organisation, self.signer.key)
        return max(found, key=lambda each: (each.size, each.signed_at), default=None)

    def age(self, held: Cosignature) -> timedelta:
        """How long ago a witness signed."""
        return self._clock() - held.signed_at

    def at(self, organisation: UUID, size: int | None) -> Checkpoint:
        """The checkpoint of this size, or the newest one. Raises NothingToProve."""
        newest = self.current(organisation)
        if newest is None:
            raise NothingToProve(size or 0, 0)
        if size is None or size == newest.size:
            return newest
        found = self.store.checkpoints(organisation, self.signer.key, after=size - 1, until=size, limit=1)
        if not found:
            raise NothingToProve(size, newest.size)
        return found[0]

    def inclusion(self, organisation: UUID, position: int, size: int | None = None) -> Inclusion:
        """The proof that the event at a position is in the tree of a checkpoint. Raises NothingToProve."""
        return next(self.inclusions(organisation, [position], size))

    def inclusions(self, organisation: UUID, positions: Iterable[int], size: int | None = None) -> Iterator[Inclusion]:
        """The same for many events in one tree: neighbours share what has to be read. Raises NothingToProve."""
        checkpoint = self.at(organisation, size)
        node = self._nodes(checkpoint)
        for position in positions:
            if not 0 < position <= checkpoint.size:
                raise NothingToProve(position, checkpoint.size)
            path = [range_hash(*each, node) for each in inclusion_path(position - 1, checkpoint.size)]
            leaf = node(Node(0, position - 1))
            yield Inclusion(position=position, leaf=leaf, path=tuple(path), checkpoint=checkpoint)

    def consistency(self, organisation: UUID, old: int, new: int | None = None) -> Consistency:
        """The proof that a checkpoint's tree begins with an earlier one, of any size. Raises NothingToProve."""
        later = self.at(organisation, new)
        if not 0 <= old <= later.size:
            raise NothingToProve(old, later.size)
        node = self._nodes(later)
        root = range_hash(0, old, node) if old else root_of(())
        path = [range_hash(*each, node) for each in consistency_path(old, later.size)]
        return Consistency(old=old, old_root=root, new=later.size, new_root=later.root, path=tuple(path))

    def _start(self, organisation: UUID, newest: Checkpoint | None) -> Frontier:
        """What this key signed last; the beginning where it has signed nothing that can be gone on from."""
        if newest is None:
            return Frontier()
        frontier = Frontier(newest.size, newest.frontier)
        return (
            frontier if self.signer.signed(organisation, newest.note) == (frontier.size, frontier.root) else Frontier()
        )

    def _leaves(self, organisation: UUID, after: int, placed: Sequence[PlacedEvent]) -> list[bytes]:
        stored = self.recorder.leaves(organisation, after, after + len(placed))
        found = [leaf_of(each).hash for each in placed]
        for number, (event, leaf) in enumerate(zip(placed, found, strict=True)):
            if event.position != after + number + 1 or number >= len(stored) or stored[number] != leaf:
                raise HistoryAltered(organisation, after + number + 1)
        if not found:
            raise HistoryAltered(organisation, after + 1)
        return found

    def _nodes(self, tree: Checkpoint) -> NodeHash:
        """Tells a node's hash, from those of the level below it that are kept, read in blocks and remembered."""

        @lru_cache(BLOCKS)
        def block(level: int, index: int) -> list[bytes]:
            start = index << KEPT
            end = min(start + (1 << KEPT), tree.size >> level)  # only whole subtrees are kept
            if level:
                return self.store.nodes(tree.organisation, level, start, end)
            return self.recorder.leaves(tree.organisation, start, end)

        def node(each: Node) -> bytes:
            kept = each.level - each.level % KEPT
            start, end = each.index << each.level - kept, each.index + 1 << each.level - kept
            first = start >> KEPT << KEPT
            return root_of(block(kept, start >> KEPT)[start - first : end - first])

        return node


def leaf_of(event: PlacedEvent) -> Leaf:
    """The leaf of a stored event."""
    stream = event.originator_id
    return Leaf(
        organisation=event.organisation,
        position=event.position,
        recorded_at=event.recorded_at,
        stream=stream if isinstance(stream, UUID) else UUID(stream),
        version=event.originator_version,
        topic=event.topic,
        stored=event.state,
    )
