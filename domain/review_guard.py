"""What cannot be said about a review, given how it stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from domain.charter import CharterTooLate, FacilitatorDischarged, ReviewChartered, refuse_charter, refuse_discharge
from domain.confided_rules import refuse_confided, refuse_opening_in_mode
from domain.questionnaire import refuse_questionnaire
from domain.questionnaires import TRUST
from domain.review_events import (
    BoxEnded,
    ParticipationReported,
    ReviewCancelled,
    ReviewClosed,
    ReviewExtended,
    ReviewFound,
    ReviewOpened,
    ReviewPublished,
    ReviewStanding,
    ReviewWithdrawn,
)
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
    TrustUnclear,
)
from domain.temporal import Fact

if TYPE_CHECKING:
    from domain.review import Review


def guard(state: Review, fact: Fact) -> None:
    """Refuse what cannot be said about a review in this state."""
    at, content = fact.effective_at, fact.content
    act = content.TOPIC.partition(".")[2]
    match content:
        case ReviewOpened():
            if state.standing is not ReviewStanding.NONE:
                raise ReviewAlreadyOpened(state.title)
            _refuse_opening(content, at)
            refuse_opening_in_mode(content, imported=fact.actor.imported is not None)
        case _ if state.standing is ReviewStanding.NONE:
            raise ReviewUnknown(act)
        case BoxEnded() | ParticipationReported():
            refuse_confided(state, content, at)
        case _ if state.standing is ReviewStanding.CANCELLED:
            raise ReviewEnded(act, state.standing)
        case ReviewExtended() | ReviewClosed() | ReviewCancelled() if state.standing is not ReviewStanding.OPEN:
            raise ReviewEnded(act, state.standing)
        case ReviewExtended(closes=closes):
            if closes <= at:
                raise ClosesTooEarly(closes)
            if state.closes is not None and closes <= state.closes:
                raise ExtensionShortens(closes, state.closes)
            refuse_confided(state, content, at)
        case ReviewCancelled():
            refuse_confided(state, content, at)
        case ReviewPublished():
            _refuse_results(state, content, at)
            refuse_confided(state, content, at, imported=fact.actor.imported is not None)
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
    about, trust = content.trusted_units, [each for each in content.questionnaire.questions if each.theme == TRUST]
    if about and (len(about) != len(trust) or len(set(about)) < len(about)):
        raise TrustUnclear(len(about))
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
    if state.terms is not None:
        return
    invited: dict[str | None, int] = {group.name: len(group.people) for group in state.groups}
    invited[None] = len(state.participants)
    asked = {each.id for each in state.questionnaire.questions} if state.questionnaire else set[str]()
    for result in content.results:
        known = asked.issuperset(each.question for each in result.questions)
        if not known or invited.get(result.group) != result.invited or result.answered > result.invited:
            raise ResultsOfAnotherReview(result.group or "all participants")
    if [result.group for result in content.results].count(None) != 1:
        raise ResultsOfAnotherReview("all participants")
