"""The ballot box: where answers in confidential reviews are, apart from the log and from every backup of its keys.

Nothing of it reaches the log: no event, no position, no instant, no name. Each participant has a ballot of one size
from the opening on, so that neither rows nor bytes tell who answered what, or whether. See
docs/decisions/0009-ballot-box.md.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from application.ports import Idempotency
from domain.ballot import Ballot
from domain.kernel import Refusal, RefusalKind
from domain.questionnaire import Answers

T = TypeVar("T")


class BoxStanding(StrEnum):
    """What there is of a box: not made yet, whole, without the key that opens it, or ended."""

    ABSENT = "absent"
    WHOLE = "whole"
    VOID = "void"
    ENDED = "ended"


@dataclass(eq=False)
class BoxVoid(Refusal):
    """A box whose ballots came back from a backup without their key: nobody can read them."""

    where = "review"
    rule = "the ballots of this review were restored without their key: what was answered is lost"
    way_out = "the review has to be held again; nothing of it will be published"


@dataclass(eq=False)
class BoxEnded(Refusal):
    """A box that serves nothing any more: its key was destroyed and its ballots were deleted."""

    where = "review"
    rule = "the ballots of this review were destroyed"
    way_out = "what was published of them is what there is"


@dataclass(eq=False)
class BoxShut(Refusal):
    """A ballot that comes when the ballots are being counted, or have been."""

    where = "review"
    rule = "this review takes no more answers: they have been counted"
    way_out = "what was answered before counts"


@dataclass(eq=False)
class NotInTheBox(Refusal):
    """Somebody without a ballot: not among those asked, or erased."""

    kind = RefusalKind.FORBIDDEN
    where = "person"
    rule = "there is no ballot for you in this review"
    way_out = "only those who were asked when it opened can answer"


@dataclass(eq=False)
class BallotTooLong(Refusal):
    """Answers that do not fit on a ballot: all ballots have one size, so that theirs tells nothing."""

    bytes: int
    most: int
    kind = RefusalKind.INVALID
    where = "answers"
    rule = "the answers come to {bytes} bytes, and every ballot holds {most}, whatever is on it"
    way_out = "shorten the comments"


class RequestDiffers(Exception):  # noqa: N818 — a state of affairs
    """The ballot has taken another request under this idempotency key. Nothing was changed now."""


class BallotBox(ABC):
    """All boxes of all organisations, one for each confidential review.

    Every method may raise StoreUnavailable. One contract suite holds for the box in memory and for PostgreSQL's.
    """

    @abstractmethod
    def prepare(self, organisation: UUID, review: UUID, participants: Sequence[UUID]) -> None:
        """Make the box: its key, and an empty ballot for each participant. Does nothing where it is made, or ended."""

    @abstractmethod
    def standing(self, organisation: UUID, review: UUID) -> BoxStanding:
        """What there is of the box."""

    @abstractmethod
    def boxes(self, organisation: UUID) -> list[UUID]:
        """The reviews of which there are ballots, by id."""

    @abstractmethod
    def cast(
        self,
        organisation: UUID,
        review: UUID,
        person: UUID,
        answers: Answers,
        request: Idempotency | None = None,
        under: UUID | None = None,
    ) -> None:
        """Put these answers in the place of what the person answered before; a request repeated changes nothing.

        `under` is the token or sign-in that they are given under.

        Raises BallotTooLong, NotInTheBox, BoxShut, BoxVoid, BoxEnded, RequestDiffers, OutcomeUnknown.
        """

    @abstractmethod
    def own(self, organisation: UUID, review: UUID, person: UUID) -> Answers | None:
        """What the person answers, None before they did. Raises NotInTheBox, BoxVoid, BoxEnded."""

    @abstractmethod
    def was_given_under(self, organisation: UUID, review: UUID, person: UUID, under: UUID | None) -> bool:
        """Whether what the person answers was given under this token or sign-in. Raises what `own` does."""

    @abstractmethod
    def reminders(self, organisation: UUID, review: UUID, person: UUID) -> tuple[date, ...]:
        """The days on which the person was reminded. Raises NotInTheBox, BoxVoid, BoxEnded."""

    @abstractmethod
    def remind(self, organisation: UUID, review: UUID, on: date) -> None:
        """Remind everybody who has not answered; a day that was reminded of already changes nothing.

        All ballots are sealed anew, in random order: which of them had been written last is told by none any more.
        Raises BoxVoid, BoxEnded.
        """

    @abstractmethod
    def answered(self, organisation: UUID, review: UUID) -> int:
        """How many have answered so far. Raises BoxVoid, BoxEnded."""

    @abstractmethod
    def tally(self, organisation: UUID, review: UUID, count: Callable[[Sequence[Ballot]], T]) -> T:
        """What `count` makes of the ballots that were cast, by person; only its result may leave.

        From now on the box takes no more ballots: call it for a review that has closed. Of a box that was never made
        there are none. Raises BoxVoid, BoxEnded.
        """

    @abstractmethod
    def forget(self, organisation: UUID, review: UUID, person: UUID) -> None:
        """Delete one person's ballot; nothing where there is none to be found."""

    @abstractmethod
    def end(self, organisation: UUID, review: UUID) -> None:
        """Destroy the key, then delete the ballots. May be repeated, and is to be until it returns."""
