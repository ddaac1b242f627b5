"""What happens to a review, as it is recorded; confided answers are never among it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.confidentiality import Terms
from domain.kernel import Content, event
from domain.questionnaire import GroupResult, Mode, Questionnaire
from domain.sealed import Private


class ReviewKind(StrEnum):
    """What a review is held for."""

    COMMITMENT_AUDIT = "commitment_audit"
    CLARITY_CHECK = "clarity_check"
    HEALTH_CHECK = "health_check"
    CONDITION_REVIEW = "condition_review"
    BUSINESS_REVIEW = "business_review"
    STRATEGY_CHECK = "strategy_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Participants whose answers are also shown apart, such as a group of stakeholders, or those of one `unit`."""

    name: str
    people: tuple[UUID, ...]
    unit: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Somebody who would have been asked and is not, with the reason."""

    person: UUID
    reason: Private


@event("review.opened", schema=3)
class ReviewOpened(Content):
    """Participants were asked, until the instant `closes`.

    The review is about a `revision` of the strategy, or (None) its draft, whose content had this hash. The
    questionnaire, participants, groups, exclusions and readers are frozen from here on; `readers` see who said what,
    and of a confidential review the published results. Such a one has `terms`, on which participants confide. The
    results are reported back to those asked by the end of the day `reported_back`, where one is named. The n-th
    question of the theme `trust` is about the n-th of `trusted_units`. One that a `schedule` opened names the
    `occurrence` too.
    """

    key: Private | None = None
    kind: ReviewKind
    title: str
    strategy: UUID
    revision: int | None = None
    content_hash: str | None = None
    questionnaire: Questionnaire
    mode: Mode = Mode.ATTRIBUTED
    participants: tuple[UUID, ...]
    groups: tuple[Group, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    readers: tuple[UUID, ...] = ()
    closes: datetime
    terms: Terms | None = None
    reported_back: date | None = None
    trusted_units: tuple[UUID, ...] = ()
    schedule: UUID | None = None
    occurrence: datetime | None = None


@event("review.extended")
class ReviewExtended(Content):
    """Answers are taken for longer, until `closes`; why stands in the envelope."""

    closes: datetime


@event("review.closed")
class ReviewClosed(Content):
    """No more answers are taken, whatever day was named before."""


@event("review.cancelled")
class ReviewCancelled(Content):
    """The review was given up: its answers count for nothing."""


@event("review.published", schema=2)
class ReviewPublished(Content):
    """Results were published: as edition 1, or restated as a later one beside those before.

    Those of a confidential review are `confided`, once: sealed under a key of their own, which a withdrawal destroys.
    """

    edition: int
    results: tuple[GroupResult, ...]
    confided: Private | None = None


@event("review.participation_reported")
class ParticipationReported(Content):
    """So many of those asked had answered a confidential review, in percent and in coarse steps."""

    percent: int


class BoxEnd(StrEnum):
    """Why the ballot box of a confidential review came to its end.

    Its results were published; they could not be, as too few answered; it was cancelled; nobody published them within
    thirty days; or it was found without its keys, so that what was in it cannot be read by anybody.
    """

    PUBLISHED = "published"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    UNPUBLISHED = "unpublished"
    VOID = "void"


@event("review.box_ended")
class BoxEnded(Content):
    """The ballot box of a confidential review ended: its keys were destroyed, and its rows deleted."""

    end: BoxEnd


@event("review.withdrawn")
class ReviewWithdrawn(Content):
    """An edition of the results is no longer shown; why stands in the envelope."""

    edition: int


@event("review.found")
class ReviewFound(Content):
    """The review established something about the strategy, in the organisation's words."""

    finding: str
    text: str
    element: str | None = None
    unit: UUID | None = None
    question: str | None = None


class ReviewStanding(StrEnum):
    """What became of a review so far. One whose last instant passed takes no answers, though nobody said `closed`."""

    NONE = "none"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
