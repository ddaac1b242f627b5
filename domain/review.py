"""A review: a bounded period in which participants answer a questionnaire about a draft or a revision of a strategy.

Everything that decides who counts is frozen when it opens. Results are published once it closed and stay as they are;
a restated edition stands beside the one before. The answers themselves are in `domain.response`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.charter import (
    Charters,
    CharterTooLate,
    FacilitatorDischarged,
    ReviewChartered,
    ended,
    refuse_charter,
    refuse_discharge,
    with_charter,
)
from domain.kernel import Content, event
from domain.questionnaire import GroupResult, Mode, Questionnaire, refuse_questionnaire
from domain.review_rules import (
    ClosesTooEarly,
    EditionOutOfOrder,
    EditionUnknown,
    ExtensionShortens,
    FindingAlreadyRecorded,
    ParticipantsUnclear,
    ResultsOfAnotherReview,
    ReviewAlreadyOpened,
    ReviewEnded,
    ReviewNotClosed,
    ReviewUnknown,
)
from domain.sealed import Private
from domain.temporal import Aggregate, Fact


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
    """Participants whose answers are also shown apart, such as a group of stakeholders."""

    name: str
    people: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Somebody who would have been asked and is not, with the reason."""

    person: UUID
    reason: Private


@event("review.opened")
class ReviewOpened(Content):
    """Participants were asked, until the instant `closes`.

    The review is about a `revision` of the strategy, or (None) its draft, whose content had this hash. The
    questionnaire, participants, groups, exclusions and readers are frozen from here on; `readers` see who said what.
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


@event("review.published")
class ReviewPublished(Content):
    """Results were published: as edition 1, or restated as a later one beside those before."""

    edition: int
    results: tuple[GroupResult, ...]


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
class Review:
    """The state of a review at an instant.

    `closes` is the instant from which no answer counts, unless the review ended before, at `ended_at`.
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
    charters: Charters = ()

    def takes_answers(self, at: datetime) -> bool:
        """Whether answers of that instant count: from the opening until the close, and never of a cancelled review."""
        if self.standing is ReviewStanding.CANCELLED or self.opened_at is None or self.closes is None:
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


def guard(state: Review, fact: Fact) -> None:
    """Refuse what cannot be said about a review in this state."""
    at, content = fact.effective_at, fact.content
    act = content.TOPIC.partition(".")[2]
    match content:
        case ReviewOpened():
            if state.standing is not ReviewStanding.NONE:
                raise ReviewAlreadyOpened(state.title)
            _refuse_opening(content, at)
        case _ if state.standing is ReviewStanding.NONE:
            raise ReviewUnknown(act)
        case _ if state.standing is ReviewStanding.CANCELLED:
            raise ReviewEnded(act, state.standing)
        case ReviewExtended() | ReviewClosed() | ReviewCancelled() if state.standing is not ReviewStanding.OPEN:
            raise ReviewEnded(act, state.standing)
        case ReviewExtended(closes=closes):
            if closes <= at:
                raise ClosesTooEarly(closes)
            if state.closes is not None and closes <= state.closes:
                raise ExtensionShortens(closes, state.closes)
        case ReviewPublished():
            _refuse_results(state, content, at)
        case ReviewWithdrawn(edition=edition):
            if not any(each.edition == edition and each.withdrawn_at is None for each in state.editions):
                raise EditionUnknown(edition)
        case ReviewChartered() as charter:
            if state.published is not None:
                raise CharterTooLate
            refuse_charter(state.charters, charter, at, fact.actor, state.participants)
        case FacilitatorDischarged():
            refuse_discharge(state.charters, at)
        case ReviewFound(finding=finding):
            if any(each.finding == finding for each in state.findings):
                raise FindingAlreadyRecorded(finding)
        case _:
            pass


def _refuse_opening(content: ReviewOpened, at: datetime) -> None:
    refuse_questionnaire(content.questionnaire)
    if content.closes <= at:
        raise ClosesTooEarly(content.closes)
    asked, grouped = set(content.participants), [person for group in content.groups for person in group.people]
    names = [group.name for group in content.groups]
    flaws = {
        "there are none": not asked,
        "somebody is asked twice": len(asked) < len(content.participants),
        "somebody is asked and excluded at once": any(each.person in asked for each in content.exclusions),
        "somebody in a group is not asked": not asked.issuperset(grouped),
        "somebody is in two groups": len(set(grouped)) < len(grouped),
        "two groups have one name": len(set(names)) < len(names),
    }
    for flaw, found in flaws.items():
        if found:
            raise ParticipantsUnclear(flaw)


def _refuse_results(state: Review, content: ReviewPublished, at: datetime) -> None:
    if not state.has_closed(at):
        raise ReviewNotClosed(state.closes or at)
    following = len(state.editions) + 1
    if content.edition != following:
        raise EditionOutOfOrder(content.edition, following)
    invited: dict[str | None, int] = {group.name: len(group.people) for group in state.groups}
    invited[None] = len(state.participants)
    asked = {each.id for each in state.questionnaire.questions} if state.questionnaire else set[str]()
    for result in content.results:
        known = asked.issuperset(each.question for each in result.questions)
        if not known or invited.get(result.group) != result.invited or result.answered > result.invited:
            raise ResultsOfAnotherReview(result.group or "all participants")
    if [result.group for result in content.results].count(None) != 1:
        raise ResultsOfAnotherReview("all participants")


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
            )
        case ReviewExtended(closes=closes):
            return replace(state, closes=closes, extensions=(*state.extensions, Extension(at=at, closes=closes)))
        case ReviewClosed():
            return replace(state, standing=ReviewStanding.CLOSED, ended_at=at)
        case ReviewCancelled():
            return replace(state, standing=ReviewStanding.CANCELLED, ended_at=at, charters=ended(state.charters, at))
        case ReviewPublished(edition=edition, results=results):
            published = Edition(edition=edition, published_at=at, results=results)
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
    ),
    guard,
    evolve,
)
