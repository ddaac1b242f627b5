"""What a confidential review refuses, rule by rule: trust.md §3 as far as one review alone can tell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.confidentiality import (
    REPORTED_EVERY,
    SMALLEST_K,
    Grouping,
    GroupSizeTooSmall,
    TooFewParticipants,
    can_be_confidential,
    needed_participants,
)
from domain.kernel import Content, Refusal, RefusalKind
from domain.questionnaire import Mode
from domain.review_events import (
    BoxEnd,
    BoxEnded,
    ParticipationReported,
    ReviewCancelled,
    ReviewExtended,
    ReviewOpened,
    ReviewPublished,
    ReviewStanding,
)
from domain.review_rules import ParticipantsUnclear, ResultsOfAnotherReview

if TYPE_CHECKING:
    from domain.review import Review


@dataclass(eq=False)
class ModeNotOffered(Refusal):
    """A questionnaire is answered in the modes that it states, and in no other."""

    questionnaire: str
    mode: str
    kind = RefusalKind.INVALID
    where = "mode"
    rule = "questionnaire {questionnaire} is not offered for {mode} reviews"
    way_out = "open the review in a mode that the questionnaire states, or ask with another questionnaire"


@dataclass(eq=False)
class ConfidentialIsPossible(Refusal):
    """What can be asked in confidence is not asked under people's names."""

    questionnaire: str
    participants: int
    where = "mode"
    rule = (
        "{participants} participants are enough for a confidential review, "
        "and questionnaire {questionnaire} is attributed only where there are too few"
    )
    way_out = "open the review with mode confidential"


@dataclass(eq=False)
class GroupingUnclear(Refusal):
    """The answers of a confidential review are cut one way, and that is plain when it opens."""

    flaw: str
    kind = RefusalKind.INVALID
    where = "grouping"
    rule = "it is not plain how these answers are grouped: {flaw}"
    way_out = "name one or two of units, ranks, groups, each once; name groups only where they are among these"


@dataclass(eq=False)
class ReportBackMissing(Refusal):
    """Whoever confides is told by when they hear what came of it."""

    kind = RefusalKind.INVALID
    where = "reported_back"
    rule = "it is not said by when the results of this confidential review are reported back to those asked"
    way_out = "name the day by which they are"


@dataclass(eq=False)
class NotConfidential(Refusal):
    """Something that only confidential reviews have."""

    act: str
    where = "review"
    rule = "the review is attributed, so it has no ballot box and nothing of it is {act}"
    way_out = "see who answered in the attributed answers"


@dataclass(eq=False)
class ExtendedAfterItsClose(Refusal):
    """What was confided may be counted from the close on, so that nothing can be added to it."""

    closes: datetime
    where = "at"
    rule = "this confidential review closed at {closes:%Y-%m-%d %H:%M} and takes no answers any more"
    way_out = "publish its results, and ask again in another review"


@dataclass(eq=False)
class ParticipationTooSoon(Refusal):
    """Two reports close to each other would tell when somebody answered."""

    before: datetime
    where = "at"
    rule = "participation was reported at {before:%Y-%m-%d %H:%M}, less than a day before"
    way_out = "report it again a day after that"


@dataclass(eq=False)
class ParticipationNotRisen(Refusal):
    """Participation is reported when a step was passed, and never falls."""

    percent: int
    before: int
    where = "percent"
    rule = "{before} percent were reported already, and {percent} is not more"
    way_out = "report it again when more have answered"


@dataclass(eq=False)
class PublishedOnce(Refusal):
    """The results of a confidential review are published once; another cut of the same answers would tell of people."""

    where = "review"
    rule = "the results of this confidential review were published already, or are not to be had any more"
    way_out = "read them as they were published, or withdraw them; to learn more, ask again in another review"


@dataclass(eq=False)
class BoxEndedBefore(Refusal):
    """A ballot box ends once."""

    end: str
    where = "review"
    rule = "the ballot box of this review ended before: {end}"
    way_out = "nothing is left to be done"


@dataclass(eq=False)
class BoxEndsOtherwise(Refusal):
    """The end of a ballot box that does not fit how the review stands."""

    end: str
    kind = RefusalKind.INVALID
    where = "end"
    rule = "as the review stands, its ballot box cannot have ended as {end}"
    way_out = "close or cancel the review first, and say what became of it"


def refuse_grouping(by: Collection[Grouping], *, grouped: bool) -> None:
    """Refuse a tree by none or three kinds or by one twice, and groups without a tree of them, or the other way round.

    Raises GroupingUnclear.
    """
    flaws = {
        "by one kind, or by two nested": not 1 <= len(by) <= 2,
        "by one kind twice": len(set(by)) < len(by),
        "there are groups beside the tree": grouped and Grouping.GROUPS not in by,
        "there are no groups": not grouped and Grouping.GROUPS in by,
    }
    for flaw, found in flaws.items():
        if found:
            raise GroupingUnclear(flaw)


def refuse_opening_in_mode(content: ReviewOpened, *, imported: bool) -> None:
    """Refuse an opening that its mode does not allow. What a source held otherwise is none of conduct's business."""
    asked = content.questionnaire
    if content.mode not in asked.modes:
        raise ModeNotOffered(asked.name, content.mode)
    count, terms = len(content.participants), content.terms
    if content.mode is Mode.ATTRIBUTED:
        if terms is not None:
            raise NotConfidential("confided")
        if asked.confidential_where_possible and can_be_confidential(count) and not imported:
            raise ConfidentialIsPossible(asked.name, count)
        return
    if terms is None or sorted(content.participants) != sorted(each for leaf in terms.leaves for each in leaf.people):
        raise ParticipantsUnclear("not everybody stands in exactly one leaf of the grouping tree")
    refuse_grouping(terms.by, grouped=bool(content.groups))
    if terms.k < SMALLEST_K:
        raise GroupSizeTooSmall(terms.k)
    if not can_be_confidential(count, terms.k):
        raise TooFewParticipants(count, needed_participants(terms.k), terms.k)
    if content.reported_back is None and not imported:
        raise ReportBackMissing


def refuse_confided(state: Review, content: Content, at: datetime, *, imported: bool = False) -> None:
    """Refuse what a confidential review does not allow beyond the rules for all, and what only such a one has."""
    match content:
        case ParticipationReported() | BoxEnded() if state.terms is None:
            raise NotConfidential(content.TOPIC.partition(".")[2])
        case ParticipationReported(percent=percent):
            _refuse_report(state, percent, at)
        case BoxEnded(end=end):
            _refuse_end(state, end, at)
        case ReviewPublished(confided=confided) if state.terms is None:
            if confided is not None:
                raise ResultsOfAnotherReview("confided answers")
        case ReviewPublished(results=results, confided=confided):
            if state.editions or state.box is not None:
                raise PublishedOnce
            # An import brings no figures of results that were withdrawn where it comes from.
            if results or (confided is None and not imported):
                raise ResultsOfAnotherReview("all participants")
        case ReviewCancelled() if state.terms is not None and (state.editions or state.box):
            raise PublishedOnce
        case ReviewExtended() if state.terms is not None and state.closes is not None and state.closes <= at:
            raise ExtendedAfterItsClose(state.closes)
        case _:
            pass


def _refuse_report(state: Review, percent: int, at: datetime) -> None:
    if not state.takes_answers(at):
        raise BoxEndedBefore(state.box or state.standing)
    last = state.reports[-1] if state.reports else None
    if last is not None and at < last.at + REPORTED_EVERY:
        raise ParticipationTooSoon(last.at)
    if percent <= (last.percent if last is not None else 0):
        raise ParticipationNotRisen(percent, last.percent if last is not None else 0)


def _refuse_end(state: Review, end: BoxEnd, at: datetime) -> None:
    if state.box is not None:
        raise BoxEndedBefore(state.box)
    cancelled, published = state.standing is ReviewStanding.CANCELLED, bool(state.editions)
    closed = state.has_closed(at) and not published
    fits = {
        BoxEnd.PUBLISHED: published,
        BoxEnd.CANCELLED: cancelled,
        BoxEnd.REFUSED: closed,
        BoxEnd.UNPUBLISHED: closed,
        BoxEnd.VOID: not published and not cancelled,
    }
    if not fits[end]:
        raise BoxEndsOtherwise(end)
