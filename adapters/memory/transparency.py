"""Checkpoints, nodes and cosignatures in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import RLock
from uuid import UUID

from application.transparency import Checkpoint, Cosignature, LogStore
from domain.transparency import Node


class MemoryLog(LogStore):
    """Everything behind one lock."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._nodes: dict[tuple[UUID, Node], bytes] = {}
        self._checkpoints: dict[tuple[UUID, str], dict[int, Checkpoint]] = {}
        self._cosignatures: dict[tuple[UUID, str], dict[tuple[int, str], Cosignature]] = {}

    def checkpoints(
        self, organisation: UUID, key: str, *, after: int = 0, until: int | None = None, limit: int = 100
    ) -> list[Checkpoint]:
        """Those signed by this key over more than `after` leaves, the smallest first."""
        with self._lock:
            found = self._checkpoints.get((organisation, key), {})
            sizes = sorted(size for size in found if size > after and (until is None or size <= until))
            return [found[size] for size in sizes[:limit]]

    def newest(self, organisation: UUID, key: str) -> Checkpoint | None:
        """The one over the most leaves."""
        with self._lock:
            found = self._checkpoints.get((organisation, key), {})
            return found[max(found)] if found else None

    def keys(self, organisation: UUID) -> frozenset[str]:
        """The keys that signed checkpoints."""
        with self._lock:
            return frozenset(key for signed, key in self._checkpoints if signed == organisation)

    def add(self, checkpoint: Checkpoint, nodes: Mapping[Node, bytes]) -> None:
        """Keep a checkpoint and the nodes completed since the one before."""
        with self._lock:
            mine = self._checkpoints.setdefault((checkpoint.organisation, checkpoint.key), {})
            mine.setdefault(checkpoint.size, checkpoint)
            for node, hash in nodes.items():
                self._nodes.setdefault((checkpoint.organisation, node), hash)

    def nodes(self, organisation: UUID, level: int, start: int, end: int) -> list[bytes]:
        """The hashes of the nodes from `start` up to before `end` of a level."""
        with self._lock:
            return [self._nodes[organisation, Node(level, index)] for index in range(start, end)]

    def add_cosignatures(self, organisation: UUID, key: str, given: Sequence[Cosignature]) -> None:
        """Keep what witnesses signed."""
        with self._lock:
            mine = self._cosignatures.setdefault((organisation, key), {})
            for each in given:
                mine.setdefault((each.size, each.witness), each)

    def cosignatures(self, organisation: UUID, key: str, sizes: Sequence[int]) -> list[Cosignature]:
        """What witnesses signed of the checkpoints of these sizes."""
        with self._lock:
            mine = self._cosignatures.get((organisation, key), {})
            return [mine[each] for each in sorted(mine) if each[0] in sizes]

    def newest_cosignatures(self, organisation: UUID, key: str) -> list[Cosignature]:
        """Of each witness what it signed over the most leaves."""
        with self._lock:
            mine = self._cosignatures.get((organisation, key), {})
            return [
                mine[each] for each in sorted({witness: (size, witness) for size, witness in sorted(mine)}.values())
            ]
