"""The ballot box, sealed: its stores hold ciphertext of one size, under names that only the key of a box explains."""

from __future__ import annotations

import hmac
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.crypto.keys import KEY_BYTES, NONCE_BYTES, Ring, unwrapped
from adapters.crypto.slips import SLIP_BYTES, Request, Slip, read_slip, write_slip
from application.box import BallotBox, BoxEnded, BoxShut, BoxStanding, BoxVoid, NotInTheBox, RequestDiffers
from application.ports import Idempotency
from domain.ballot import Ballot
from domain.questionnaire import Answers

T = TypeVar("T")
Sealed = Mapping[bytes, bytes]
"""Sealed ballots by their ids."""

TAG_BYTES = 16
SEALED_BYTES = NONCE_BYTES + SLIP_BYTES + TAG_BYTES
"""The size of every ballot. The database refuses any other."""


class ShutBox(Exception):  # noqa: N818 — a state of affairs
    """The ballots of this box have been counted: none is taken."""


class BoxKeys(ABC):
    """Keeps the boxes' wrapped keys, apart from the ballots. It never sees one in clear."""

    @abstractmethod
    def key(self, organisation: UUID, review: UUID) -> tuple[bool, bytes | None]:
        """Whether there ever was a key for this box, and the wrapped key; None once it was destroyed."""

    @abstractmethod
    def keep(self, organisation: UUID, review: UUID, offered: bytes) -> bytes | None:
        """Keep the offered key where there never was one; tells the present one, None where it was destroyed."""

    @abstractmethod
    def destroy(self, organisation: UUID, review: UUID) -> None:
        """Destroy the key for good: none can be kept for this box any more."""

    @abstractmethod
    def organisations(self) -> list[UUID]:
        """Which organisations have keys of boxes."""

    @abstractmethod
    def rewrap(self, organisation: UUID, change: Callable[[UUID, bytes], bytes | None]) -> int:
        """Replace the organisation's wrapped keys, by review, while none is added; tells how many were replaced."""


class BoxStore(ABC):
    """Keeps sealed ballots. It knows no person, no instant and no order."""

    @abstractmethod
    def put(self, organisation: UUID, review: UUID, ballots: Sealed) -> None:
        """Make a box of these ballots. Does nothing where there is one."""

    @abstractmethod
    def has(self, organisation: UUID, review: UUID) -> bool:
        """Whether there is a box."""

    @abstractmethod
    def is_shut(self, organisation: UUID, review: UUID) -> bool:
        """Whether the box takes no ballots any more."""

    @abstractmethod
    def boxes(self, organisation: UUID) -> list[UUID]:
        """The boxes there are, by the id of their review."""

    @abstractmethod
    def ballot(self, organisation: UUID, review: UUID, id: bytes) -> bytes | None:
        """One ballot, None where there is none."""

    @abstractmethod
    def ballots(self, organisation: UUID, review: UUID) -> Sealed:
        """All ballots of a box."""

    @abstractmethod
    def change(self, organisation: UUID, review: UUID, id: bytes, to: Callable[[bytes], bytes]) -> bool:
        """Change one ballot while nobody else does; False where there is none. Raises ShutBox, OutcomeUnknown."""

    @abstractmethod
    def rewrite(self, organisation: UUID, review: UUID, to: Callable[[Sealed], Sealed], *, shut: bool) -> None:
        """Write all ballots anew, in the order given, while nobody changes one; `shut` takes none from now on."""

    @abstractmethod
    def remove(self, organisation: UUID, review: UUID, id: bytes) -> None:
        """Delete one ballot."""

    @abstractmethod
    def clear(self, organisation: UUID, review: UUID) -> None:
        """Delete the box and all its ballots."""


class SealedBox(BallotBox):
    """Ballots under a key for each box, wrapped by the key-encryption key.

    A ballot's id is HMAC-SHA-256 of the person, and its content AES-256-GCM with organisation, review and id as
    associated data, under two keys that follow from the box's. Keys are held no longer than one call takes.
    """

    def __init__(self, ballots: BoxStore, keys: BoxKeys, ring: Ring) -> None:
        self._ballots, self._keys, self._ring = ballots, keys, ring

    def prepare(self, organisation: UUID, review: UUID, participants: Sequence[UUID]) -> None:
        """Make the box."""
        if self.standing(organisation, review) is not BoxStanding.ABSENT:
            return
        owner = box_owner(organisation, review)
        kept = self._keys.keep(organisation, review, self._ring.newest()[0].wrap(os.urandom(KEY_BYTES), owner))
        if kept is None:
            return
        press = _Press(organisation, review, unwrapped(self._ring, kept, owner))
        empty = {press.id(person): press.sealed(Slip(person=person)) for person in participants}
        self._ballots.put(organisation, review, _shuffled(empty))

    def standing(self, organisation: UUID, review: UUID) -> BoxStanding:
        """What there is of the box."""
        known, key = self._keys.key(organisation, review)
        there = self._ballots.has(organisation, review)
        if there:
            return BoxStanding.WHOLE if key is not None else BoxStanding.VOID
        return BoxStanding.ENDED if known and key is None else BoxStanding.ABSENT

    def boxes(self, organisation: UUID) -> list[UUID]:
        """The reviews of which there are ballots."""
        return self._ballots.boxes(organisation)

    def cast(
        self,
        organisation: UUID,
        review: UUID,
        person: UUID,
        answers: Answers,
        request: Idempotency | None = None,
        under: UUID | None = None,
    ) -> None:
        """Put these answers in the place of what the person answered before."""
        press = self._press(organisation, review)
        own = press.request(request, under) if request is not None else None

        def cast(sealed: bytes) -> bytes:
            slip = press.opened(press.id(person), sealed)
            earlier = next((each for each in slip.requests if own is not None and each.key == own.key), None)
            if earlier is None:
                return press.sealed(slip.answering(answers, own, press.under(under)))
            if own is None or earlier.fingerprint != own.fingerprint:
                raise RequestDiffers
            # Sealed anew all the same: that a request came a second time must not be told by what is written.
            return press.sealed(slip)

        try:
            if not self._ballots.change(organisation, review, press.id(person), cast):
                raise NotInTheBox
        except ShutBox as shut:
            raise BoxShut from shut

    def own(self, organisation: UUID, review: UUID, person: UUID) -> Answers | None:
        """What the person answers."""
        return self._slip(organisation, review, person).answers_for(person)

    def was_given_under(self, organisation: UUID, review: UUID, person: UUID, under: UUID | None) -> bool:
        """Whether what the person answers was given under this token or sign-in."""
        own = self._press(organisation, review).under(under)
        return self._slip(organisation, review, person).under == own

    def reminders(self, organisation: UUID, review: UUID, person: UUID) -> tuple[date, ...]:
        """The days on which the person was reminded."""
        return self._slip(organisation, review, person).reminders

    def remind(self, organisation: UUID, review: UUID, on: date) -> None:
        """Remind everybody who has not answered, and seal all ballots anew in random order."""
        press = self._press(organisation, review)
        self._ballots.rewrite(
            organisation, review, lambda all_: press.anew(all_, lambda slip: slip.reminded(on)), shut=False
        )

    def answered(self, organisation: UUID, review: UUID) -> int:
        """How many have answered so far."""
        return len(self._cast(self._press(organisation, review)))

    def tally(self, organisation: UUID, review: UUID, count: Callable[[Sequence[Ballot]], T]) -> T:
        """What `count` makes of the ballots that were cast."""
        if self.standing(organisation, review) is BoxStanding.ABSENT:
            return count(())
        press = self._press(organisation, review)
        if not self._ballots.is_shut(organisation, review):
            self._ballots.rewrite(organisation, review, lambda all_: press.anew(all_, lambda slip: slip), shut=True)
        return count(sorted(self._cast(press), key=lambda ballot: ballot.person))

    def forget(self, organisation: UUID, review: UUID, person: UUID) -> None:
        """Delete one person's ballot."""
        if self.standing(organisation, review) is BoxStanding.WHOLE:
            self._ballots.remove(organisation, review, self._press(organisation, review).id(person))

    def end(self, organisation: UUID, review: UUID) -> None:
        """Destroy the key, then delete the ballots."""
        self._keys.destroy(organisation, review)
        self._ballots.clear(organisation, review)

    def _press(self, organisation: UUID, review: UUID) -> _Press:
        """The box's key at work. Raises BoxVoid, BoxEnded."""
        known, key = self._keys.key(organisation, review)
        if key is not None:
            return _Press(organisation, review, unwrapped(self._ring, key, box_owner(organisation, review)))
        if self._ballots.has(organisation, review):
            raise BoxVoid
        if known:
            raise BoxEnded
        raise NotInTheBox

    def _slip(self, organisation: UUID, review: UUID, person: UUID) -> Slip:
        press = self._press(organisation, review)
        sealed = self._ballots.ballot(organisation, review, press.id(person))
        if sealed is None:
            raise NotInTheBox
        return press.opened(press.id(person), sealed)

    def _cast(self, press: _Press) -> list[Ballot]:
        slips = (press.opened(*each) for each in self._ballots.ballots(press.organisation, press.review).items())
        return [
            Ballot(person=slip.person, answers=answers)
            for slip in slips
            if (answers := slip.answers_for(slip.person)) is not None
        ]


class _Press:
    """One box's key at work, for one call: names ballots, seals and opens them."""

    def __init__(self, organisation: UUID, review: UUID, key: bytes) -> None:
        self.organisation, self.review = organisation, review
        self._naming = hmac.digest(key, b"avow ballot id", "sha256")
        self._cipher = AESGCM(hmac.digest(key, b"avow ballot", "sha256"))

    def id(self, person: UUID) -> bytes:
        return hmac.digest(self._naming, b"person" + person.bytes, "sha256")

    def request(self, request: Idempotency, under: UUID | None) -> Request:
        def digest(what: bytes) -> bytes:
            return hmac.digest(self._naming, b"request" + what, "sha256")[:16]

        # A repeat counts under the same token alone: under another it would tell whether one guessed what was answered.
        own = f"{under}/{request.actor}/{request.key}"
        return Request(key=digest(own.encode()), fingerprint=digest(request.fingerprint))

    def under(self, credential: UUID | None) -> bytes | None:
        return hmac.digest(self._naming, b"under" + credential.bytes, "sha256")[:16] if credential is not None else None

    def sealed(self, slip: Slip) -> bytes:
        nonce, id = os.urandom(NONCE_BYTES), self.id(slip.person)
        return nonce + self._cipher.encrypt(nonce, write_slip(slip), self._bound(id))

    def opened(self, id: bytes, sealed: bytes) -> Slip:
        return read_slip(self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self._bound(id)))

    def anew(self, ballots: Sealed, change: Callable[[Slip], Slip]) -> Sealed:
        return _shuffled({id: self.sealed(change(self.opened(id, sealed))) for id, sealed in ballots.items()})

    def _bound(self, id: bytes) -> bytes:
        return f"{self.organisation}/{self.review}/".encode() + id


def box_owner(organisation: UUID, review: UUID) -> str:
    """Whose the key of a box is, for its wrapping."""
    return f"{organisation}/box/{review}"


def _shuffled(ballots: Sealed) -> Sealed:
    """In an order that has nothing to do with people or instants."""
    return dict(sorted(ballots.items(), key=lambda _: os.urandom(8)))
