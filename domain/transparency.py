"""A history that proves itself: the append-only Merkle tree of RFC 6962 (RFC 9162 §2.1) over an organisation's events.

One tree an organisation. Leaf n - 1 stands for the event at position n, and covers every byte of it as it is stored.
Who holds a root of the tree can tell whether any event up to it was changed, left out, added or moved since, and is
shown by a few hashes that one event is in it (inclusion), or that a later tree only added to it (consistency).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

LEAF, NODE = b"\x00", b"\x01"
"""What a leaf's and an inner node's bytes begin with, so that neither can be taken for the other."""
EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""
KEPT = 8
"""Of the inner nodes those at every eighth level are worth keeping: 256 leaves, 65,536, 16,777,216 …"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What the tree covers of one event: its place, and its bytes exactly as they are stored."""

    organisation: UUID
    position: int
    recorded_at: datetime
    stream: UUID
    version: int
    topic: str
    stored: bytes

    @property
    def data(self) -> bytes:
        """The leaf's bytes: numbers big-endian, the instant in microseconds since 1970, the topic after its length."""
        topic = self.topic.encode()
        return b"".join(
            (
                self.organisation.bytes,
                self.position.to_bytes(8, "big", signed=True),
                ((self.recorded_at - _EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True),
                self.stream.bytes,
                self.version.to_bytes(4, "big", signed=True),
                len(topic).to_bytes(4, "big"),
                topic,
                self.stored,
            )
        )

    @property
    def hash(self) -> bytes:
        """The leaf's hash in the tree."""
        return hash_leaf(self.data)


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """An inner node over whole 2^`level` leaves, the `index`-th of its level from the left."""

    level: int
    index: int


NodeHash = Callable[[Node], bytes]
"""Tells the hash of a node; a leaf is a node of level 0."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that is needed of a tree to add to it: its size, and the hashes of its largest whole subtrees, from the left.

    They are at most as many as the size has binary digits.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        return _folded(self.hashes) if self.hashes else EMPTY

    def extended(self, leaves: Iterable[bytes]) -> tuple[Frontier, dict[Node, bytes]]:
        """The tree with these leaf hashes added, and those of the nodes completed that are worth keeping."""
        size, hashes, kept = self.size, list(self.hashes), dict[Node, bytes]()
        for leaf in leaves:
            level, index = 0, size
            hash = leaf
            while index & 1:
                hash = hash_node(hashes.pop(), hash)
                level, index = level + 1, index >> 1
                if level % KEPT == 0:
                    kept[Node(level, index)] = hash
            hashes.append(hash)
            size += 1
        return Frontier(size, tuple(hashes)), kept


def hash_leaf(data: bytes) -> bytes:
    """The hash of a leaf's bytes."""
    return sha256(LEAF + data).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over its two children."""
    return sha256(NODE + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    return Frontier().extended(leaves)[0].root


def whole_subtrees(start: int, end: int) -> list[Node]:
    """The fewest whole subtrees that cover the leaves from `start` up to before `end`, from the left."""
    found = list[Node]()
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        found.append(Node(level, start >> level))
        start += 1 << level
    return found


def range_hash(start: int, end: int, node: NodeHash) -> bytes:
    """The hash over the leaves from `start` up to before `end`, where a tree of `end` leaves has such a node."""
    return _folded([node(each) for each in whole_subtrees(start, end)])


def inclusion_path(index: int, size: int) -> list[tuple[int, int]]:
    """The ranges of leaves whose hashes prove leaf `index` of a tree of `size`, from the leaf to the root.

    Raises ValueError for a leaf that the tree does not have.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    start, end, found = 0, size, list[tuple[int, int]]()
    while end - start > 1:
        middle = start + _half(end - start)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_path(old: int, new: int) -> list[tuple[int, int]]:
    """The ranges whose hashes prove that a tree of `new` leaves begins with that of `old`, in the order of RFC 6962.

    Raises ValueError unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves cannot begin with one of {old}")
    if old in (0, new):
        return []
    start, end, found = 0, new, list[tuple[int, int]]()
    while end != old:
        middle = start + _half(end - start)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    if start:
        found.append((start, end))
    return found[::-1]


def includes(root: bytes, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that leaf `index` of the tree of `size` with this root has this hash."""
    if not 0 <= index < size:
        return False
    hash, last, place = leaf, size - 1, index
    for each in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            hash = hash_node(each, hash)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hash = hash_node(hash, each)
        place, last = place >> 1, last >> 1
    return last == 0 and hash == root


def consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `new` leaves with this root begins with that of `old` with that root."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 <= old < new:
        return False
    if old == 0:
        return not proof and old_root == EMPTY
    hashes = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not hashes:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = hashes[0]
    for each in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = hash_node(each, before), hash_node(each, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = hash_node(after, each)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _half(count: int) -> int:
    """The greatest power of two below a count of at least 2: where RFC 6962 parts a tree."""
    return 1 << (count - 1).bit_length() - 1


def _folded(hashes: Sequence[bytes]) -> bytes:
    """Whole subtrees from the left, joined into the one node above them."""
    hash = hashes[-1]
    for left in reversed(hashes[:-1]):
        hash = hash_node(left, hash)
    return hash
