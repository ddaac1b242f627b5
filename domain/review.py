"""A review: a bounded period in which participants answer a questionnaire about a draft or a revision of a strategy.

Everything that decides who counts is frozen when it opens. Results are published once it closed and stay as they are;
a restated edition stands beside the one before. Attributed answers are in `domain.response`; those of a confidential
review in a ballot box, and its results are published once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.charter import Charters, FacilitatorDischarged, ReviewChartered, ended, with_charter
from domain.confidentiality import Terms
from domain.questionnaire import GroupResult, Mode, Questionnaire
from domain.review_events import (
    BoxEnd,
    BoxEnded,
    Exclusion,
    Group,
    ParticipationReported,
    ReviewCancelled,
    ReviewClosed,
    ReviewExtended,
    ReviewFound,
    ReviewKind,
    ReviewOpened,
    ReviewPublished,
    ReviewStanding,
    ReviewWithdrawn,
)
from domain.review_guard import guard
from domain.sealed import Private
from domain.temporal import Aggregate, Fact

__all__ = [
    "REVIEW",
    "BoxEnd",
    "BoxEnded",
    "Edition",
    "Exclusion",
    "Extension",
    "Finding",
    "Group",
    "ParticipationReported",
    "Report",
    "Review",
    "ReviewCancelled",
    "ReviewClosed",
    "ReviewExtended",
    "ReviewFound",
    "ReviewKind",
    "ReviewOpened",
    "ReviewPublished",
    "ReviewStanding",
    "ReviewWithdrawn",
    "guard",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An extension: when it was granted, and until when."""

    at: datetime
    closes: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Published results, for ever as they were, unless withdrawn."""

    edition: int
    published_at: datetime
    results: tuple[GroupResult, ...]
    withdrawn_at: datetime | None = None
    confided: Private | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the review established, and when."""

    finding: str
    text: str
    found_at: datetime
    element: str | None = None
    unit: UUID | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How many of those asked had answered a confidential review, in percent, as it was told at an instant."""

    at: datetime
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The state of a review at an instant.

    `closes` is the instant from which no answer counts, unless the review ended before, at `ended_at`. A confidential
    one has `terms`; its ballot box came to an end as `box` says, if it did.
    """

    standing: ReviewStanding = ReviewStanding.NONE
    kind: ReviewKind | None = None
    title: str = ""
    strategy: UUID | None = None
    revision: int | None = None
    content_hash: str | None = None
    questionnaire: Questionnaire | None = None
    mode: Mode = Mode.ATTRIBUTED
    participants: tuple[UUID, ...] = ()
    groups: tuple[Group, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    readers: tuple[UUID, ...] = ()
    opened_at: datetime | None = None
    closes: datetime | None = None
    ended_at: datetime | None = None
    extensions: tuple[Extension, ...] = ()
    editions: tuple[Edition, ...] = ()
    findings: tuple[Finding, ...] = ()
    terms: Terms | None = None
    reported_back: date | None = None
    reports: tuple[Report, ...] = ()
    box: BoxEnd | None = None
    charters: Charters = ()
    trusted_units: tuple[UUID, ...] = ()
    schedule: UUID | None = None
    occurrence: datetime | None = None

    def takes_answers(self, at: datetime) -> bool:
        """Whether answers of that instant count: from the opening until the close.

        Never those of a cancelled review, or of one whose ballot box ended.
        """
        if self.standing is ReviewStanding.CANCELLED or self.box or self.opened_at is None or self.closes is None:
            return False
        end = self.closes if self.ended_at is None else min(self.closes, self.ended_at)
        return self.opened_at <= at < end

    def has_closed(self, at: datetime) -> bool:
        """Whether no more answers are to come: it was closed, or its last instant has passed."""
        passed = self.closes is not None and self.closes <= at
        return self.standing is ReviewStanding.CLOSED or (self.standing is ReviewStanding.OPEN and passed)

    @property
    def published(self) -> Edition | None:
        """The newest edition of the results that was not withdrawn."""
        return next((each for each in reversed(self.editions) if each.withdrawn_at is None), None)


def evolve(state: Review, fact: Fact) -> Review:
    """The review once this fact is in its place."""
    at = fact.effective_at
    match fact.content:
        case ReviewOpened() as opened:
            return Review(
                standing=ReviewStanding.OPEN,
                kind=opened.kind,
                title=opened.title,
                strategy=opened.strategy,
                revision=opened.revision,
                content_hash=opened.content_hash,
                questionnaire=opened.questionnaire,
                mode=opened.mode,
                participants=opened.participants,
                groups=opened.groups,
                exclusions=opened.exclusions,
                readers=opened.readers,
                opened_at=at,
                closes=opened.closes,
                terms=opened.terms,
                reported_back=opened.reported_back,
                trusted_units=opened.trusted_units,
                schedule=opened.schedule,
                occurrence=opened.occurrence,
            )
        case ReviewExtended(closes=closes):
            return replace(state, closes=closes, extensions=(*state.extensions, Extension(at=at, closes=closes)))
        case ReviewClosed():
            return replace(state, standing=ReviewStanding.CLOSED, ended_at=at)
        case ReviewCancelled():
            return replace(state, standing=ReviewStanding.CANCELLED, ended_at=at, charters=ended(state.charters, at))
        case ParticipationReported(percent=percent):
            return replace(state, reports=(*state.reports, Report(at=at, percent=percent)))
        case BoxEnded(end=end):
            return replace(state, box=end)
        case ReviewPublished(edition=edition, results=results, confided=confided):
            published = Edition(edition=edition, published_at=at, results=results, confided=confided)
            return replace(state, editions=(*state.editions, published), charters=ended(state.charters, at))
        case ReviewChartered() as charter:
            return replace(state, charters=with_charter(state.charters, charter, at, fact.actor))
        case FacilitatorDischarged():
            return replace(state, charters=ended(state.charters, at))
        case ReviewWithdrawn(edition=edition):
            return replace(
                state,
                editions=tuple(
                    replace(each, withdrawn_at=at) if each.edition == edition else each for each in state.editions
                ),
            )
        case ReviewFound() as found:
            finding = Finding(
                finding=found.finding,
                text=found.text,
                found_at=at,
                element=found.element,
                unit=found.unit,
                question=found.question,
            )
            return replace(state, findings=(*state.findings, finding))
        case _:
            return state


REVIEW: Aggregate[Review] = Aggregate(
    "review",
    Review(),
    (
        ReviewOpened,
        ReviewExtended,
        ReviewClosed,
        ReviewCancelled,
        ReviewPublished,
        ReviewWithdrawn,
        ReviewFound,
        ReviewChartered,
        FacilitatorDischarged,
        ParticipationReported,
        BoxEnded,
    ),
    guard,
    evolve,
)
