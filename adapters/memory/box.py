"""A ballot box's two stores in memory."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from uuid import UUID

from adapters.crypto.box import BoxKeys, BoxStore, Sealed, ShutBox

Box = tuple[UUID, UUID]
"""Organisation and review."""


class MemoryBoxKeys(BoxKeys):
    """Keeps to the contract of those in PostgreSQL."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wrapped: dict[Box, bytes | None] = {}

    def key(self, organisation: UUID, review: UUID) -> tuple[bool, bytes | None]:
        """Whether there ever was a key, and the wrapped key."""
        with self._lock:
            box = organisation, review
            return box in self._wrapped, self._wrapped.get(box)

    def keep(self, organisation: UUID, review: UUID, offered: bytes) -> bytes | None:
        """Keep the offered key where there never was one."""
        with self._lock:
            return self._wrapped.setdefault((organisation, review), offered)

    def destroy(self, organisation: UUID, review: UUID) -> None:
        """Destroy the key for good."""
        with self._lock:
            self._wrapped[organisation, review] = None

    def organisations(self) -> list[UUID]:
        """Which organisations have keys of boxes."""
        with self._lock:
            return sorted({organisation for organisation, _ in self._wrapped})

    def rewrap(self, organisation: UUID, change: Callable[[UUID, bytes], bytes | None]) -> int:
        """Replace the organisation's wrapped keys."""
        with self._lock:
            new = {
                (owner, review): changed
                for (owner, review), key in self._wrapped.items()
                if owner == organisation and key is not None and (changed := change(review, key)) is not None
            }
            self._wrapped.update(new)
            return len(new)


class MemoryBoxStore(BoxStore):
    """Keeps to the contract of the one in PostgreSQL."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._boxes: dict[Box, dict[bytes, bytes]] = {}
        self._shut: set[Box] = set()

    def put(self, organisation: UUID, review: UUID, ballots: Sealed) -> None:
        """Make a box of these ballots, where there is none."""
        with self._lock:
            self._boxes.setdefault((organisation, review), dict(ballots))

    def has(self, organisation: UUID, review: UUID) -> bool:
        """Whether there is a box."""
        with self._lock:
            return (organisation, review) in self._boxes

    def is_shut(self, organisation: UUID, review: UUID) -> bool:
        """Whether the box takes no ballots any more."""
        with self._lock:
            return (organisation, review) in self._shut

    def boxes(self, organisation: UUID) -> list[UUID]:
        """The boxes there are."""
        with self._lock:
            return sorted(review for of, review in self._boxes if of == organisation)

    def ballot(self, organisation: UUID, review: UUID, id: bytes) -> bytes | None:
        """One ballot."""
        with self._lock:
            return self._boxes.get((organisation, review), {}).get(id)

    def ballots(self, organisation: UUID, review: UUID) -> Sealed:
        """All ballots of a box."""
        with self._lock:
            return dict(self._boxes.get((organisation, review), {}))

    def change(self, organisation: UUID, review: UUID, id: bytes, to: Callable[[bytes], bytes]) -> bool:
        """Change one ballot while nobody else does."""
        with self._lock:
            box = organisation, review
            if box in self._shut:
                raise ShutBox
            ballots = self._boxes.get(box, {})
            if id not in ballots:
                return False
            ballots[id] = to(ballots[id])
            return True

    def rewrite(self, organisation: UUID, review: UUID, to: Callable[[Sealed], Sealed], *, shut: bool) -> None:
        """Write all ballots anew."""
        with self._lock:
            box = organisation, review
            if box not in self._boxes:
                return
            self._boxes[box] = dict(to(self._boxes[box]))
            if shut:
                self._shut.add(box)

    def remove(self, organisation: UUID, review: UUID, id: bytes) -> None:
        """Delete one ballot."""
        with self._lock:
            self._boxes.get((organisation, review), {}).pop(id, None)

    def clear(self, organisation: UUID, review: UUID) -> None:
        """Delete the box and all its ballots."""
        with self._lock:
            self._boxes.pop((organisation, review), None)
            self._shut.discard((organisation, review))
