"""Re-wrapping: every key under a new key-encryption key, after which nothing opens that was erased before.

A new key of the installation is made beside the one in force. From then on nothing is taken that is wrapped under the
old one. Organisation by organisation, and box by box, a new key wraps what is left; then the new file takes the old
one's place, and the old one is overwritten. Interrupted anywhere it goes on where it was, and nobody has to stop.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from adapters.crypto.box import BoxKeys, box_owner
from adapters.crypto.key_files import KeyFile
from adapters.crypto.keys import KEY_BYTES, MARK_BYTES, KeyEncryptionKey, KeyStore, Wrapped, unwrapped

SETTLED = 1.0
"""Seconds after which whoever read the old key's file has stored what they wrapped under it."""


class RewrappingElsewhere(Exception):  # noqa: N818 — a state of affairs
    """Another process is re-wrapping the keys at this moment. Nothing was changed."""


@dataclass(frozen=True)
class Rewrapping:
    """Re-wraps all keys of an installation; `progress` is told how many organisations are done, of how many."""

    keys: KeyStore
    box_keys: BoxKeys
    file: KeyFile
    progress: Callable[[int, int], None] = lambda _done, _all: None
    pause: Callable[[float], None] = time.sleep

    def run(self) -> int:
        """Re-wrap everything; tells of how many organisations. May be repeated.

        Raises RewrappingElsewhere; OSError where the key's folder cannot be written to; WrongKeyEncryptionKey for keys
        that belong to another file, in which case the keys stay as they are.
        """
        with self._alone():
            self._be_of_this_file()
            new = self.file.make_successor()
            self.keys.in_force(new.mark)
            organisations = self.keys.organisations()
            for done, each in enumerate(organisations):
                self.progress(done, len(organisations))
                self.keys.rewrap(each, partial(self._rewrapped, each, new))
            while self._boxes(new):
                # A box that was being made meanwhile may have its key under the old one: look again.
                self.pause(SETTLED)
            self.progress(len(organisations), len(organisations))
            self.file.succeed()
            return len(organisations)

    def _boxes(self, new: KeyEncryptionKey) -> int:
        """Re-wrap the keys of boxes that are not yet under the new key; tells how many there were."""
        return sum(
            self.box_keys.rewrap(each, partial(self._box_key, each, new)) for each in self.box_keys.organisations()
        )

    def _be_of_this_file(self) -> None:
        """Raise WrongKeyEncryptionKey before anything changes, where some key is under none of this file's keys."""
        for each in self.keys.organisations():
            wrapping = self.keys.look_up(each, ()).wrapping
            if wrapping is not None:
                self._unwrapped(wrapping, f"{each}/wrapping", None)

    def _rewrapped(self, organisation: UUID, new: KeyEncryptionKey, old: Wrapped) -> Wrapped | None:
        if old.wrapping is not None and old.wrapping[:MARK_BYTES] == new.mark:
            return None  # done before an interruption, or made since
        former = None
        if old.wrapping is not None:
            former = KeyEncryptionKey(self._unwrapped(old.wrapping, f"{organisation}/wrapping", None))
        own = os.urandom(KEY_BYTES)
        wrapping, secret = KeyEncryptionKey(own), f"{organisation}/secret"
        return Wrapped(
            wrapping=new.wrap(own, f"{organisation}/wrapping"),
            mark=wrapping.mark,
            keys={
                (subject, kind): wrapping.wrap(
                    self._unwrapped(kept, f"{organisation}/{subject}", former), f"{organisation}/{subject}"
                )
                for (subject, kind), kept in old.keys.items()
            },
            secret=wrapping.wrap(self._unwrapped(old.secret, secret, former), secret) if old.secret else None,
        )

    def _box_key(self, organisation: UUID, new: KeyEncryptionKey, review: UUID, kept: bytes) -> bytes | None:
        if kept[:MARK_BYTES] == new.mark:
            return None
        owner = box_owner(organisation, review)
        return new.wrap(self._unwrapped(kept, owner, None), owner)

    def _unwrapped(self, kept: bytes, owner: str, former: KeyEncryptionKey | None) -> bytes:
        mark = kept[:MARK_BYTES]
        if former is not None and former.mark == mark:
            return former.unwrap(kept, owner)
        return unwrapped(self.file, kept, owner)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self.file.path.open("rb") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise RewrappingElsewhere("the keys are being re-wrapped by another process") from error
            yield
