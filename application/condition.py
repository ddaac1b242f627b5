"""Commands about the five conditions: assessors named, conditions judged by both, evidence that came to light."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from application.owing import Owner, owes
from domain.condition import (
    CONDITION,
    Assessment,
    AssessorsAssigned,
    Condition,
    ConditionEvidenced,
    ConditionJudged,
    JudgementAgreed,
    Pinned,
    Verdict,
    unjudged,
)
from domain.condition_rules import AssessorNotAsked, NotAConditionReview, ReadAheadOfTime
from domain.kernel import Content, Party
from domain.owed import Call, Owed
from domain.questionnaires import FIVE_CONDITIONS
from domain.review import REVIEW, Review
from domain.review_rules import TakesNoAnswers
from domain.scope import INSTANT


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a judgement rests on: a text with its source, or a `figure` of the unit's alignment state, by name.

    It was read as of `valid_at`, unstated the statement's instant; as known at `known_at`, unstated now.
    """

    text: str
    source: str | None = None
    figure: str | None = None
    valid_at: datetime | None = None
    known_at: datetime | None = None


@command("condition.assigned")
class AssignAssessors(Command):
    """Name the two people who judge the conditions of a unit in a condition review."""

    review: str
    unit: str
    assessors: tuple[str, ...]


@command("condition.judged")
class JudgeCondition(Command):
    """Judge a condition of a unit as one of its two assessors; it counts once the other agrees, or says the same."""

    review: str
    unit: str
    person: str
    condition: Condition
    judgement: Verdict
    rests_on: tuple[Ground, ...]


@command("condition.agreed")
class AgreeToJudgement(Command):
    """Make the other assessor's newest judgement of a condition yours, too: from here on it is joint."""

    review: str
    unit: str
    person: str
    condition: Condition


@command("condition.evidenced")
class BringEvidence(Command):
    """Say what bears on a condition of a unit, dated to when it came into force."""

    review: str
    unit: str
    condition: Condition
    text: str
    source: str


@handles(AssignAssessors)
def assign(asked: AssignAssessors, desk: Desk) -> AnyDraft:
    """Two assessors, who are participants."""
    review, state = _review(desk, asked.review)
    _be_taken(state, desk.at)
    assessors = tuple(desk.find("person", each, "assessors") for each in asked.assessors)
    if any(each not in state.participants for each in assessors):
        raise AssessorNotAsked
    unit = desk.find("unit", asked.unit)
    content = AssessorsAssigned(review=review, strategy=_strategy(state), unit=unit, assessors=assessors)
    return _said(desk, review, unit, content)


@handles(JudgeCondition)
def judge(asked: JudgeCondition, desk: Desk) -> AnyDraft:
    """One assessor's judgement."""
    review, state = _review(desk, asked.review)
    _be_taken(state, desk.at)
    unit, person = desk.find("unit", asked.unit), desk.find("person", asked.person)
    content = ConditionJudged(
        review=review,
        unit=unit,
        person=person,
        condition=asked.condition,
        judgement=asked.judgement,
        rests_on=tuple(_pinned(desk, each) for each in asked.rests_on),
    )
    return _said(desk, review, unit, content, person)


@handles(AgreeToJudgement)
def agree(asked: AgreeToJudgement, desk: Desk) -> AnyDraft:
    """The other assessor's yes."""
    review, state = _review(desk, asked.review)
    _be_taken(state, desk.at)
    unit, person = desk.find("unit", asked.unit), desk.find("person", asked.person)
    content = JudgementAgreed(review=review, unit=unit, person=person, condition=asked.condition)
    return _said(desk, review, unit, content, person)


@handles(BringEvidence)
def bring_evidence(asked: BringEvidence, desk: Desk) -> AnyDraft:
    """Evidence, which may have been in force before the review was opened."""
    review = desk.find("review", asked.review)
    state = desk.book.timeline(REVIEW, review).state()
    _be_on_conditions(state)
    unit = desk.find("unit", asked.unit)
    content = ConditionEvidenced(
        review=review,
        strategy=_strategy(state),
        unit=unit,
        condition=asked.condition,
        text=asked.text,
        source=asked.source,
    )
    return _said(desk, review, unit, content)


def stream_of(desk: Desk, review: UUID, unit: UUID) -> UUID:
    """Where all is kept that is said of one unit in one review."""
    return desk.derived("condition", review, unit)


@owes
def judgements_owed(owner: Owner) -> Iterator[Owed]:
    """Assessors owe their judgement until the review closes, or both have judged all five conditions alike."""
    reviews = owner.states(REVIEW)
    owing = dict[UUID, Review]()
    for state in owner.states(CONDITION).values():
        review = reviews.get(state.review) if state.review else None
        if review is None or state.review is None or owner.person not in state.assessors:
            continue
        if review.takes_answers(owner.moment.valid_at) and unjudged(state, review):
            owing[state.review] = review
    for id, review in owing.items():
        zone = ZoneInfo(owner.settings.zone)
        due = (review.closes - INSTANT).astimezone(zone).date() if review.closes else None
        yield Owed(call=Call.JUDGE, record=id, strategy=review.strategy, due=due)


def _review(desk: Desk, reference: str) -> tuple[UUID, Review]:
    review = desk.find("review", reference)
    state = desk.before(REVIEW, review)
    _be_on_conditions(state if state.opened_at else desk.book.timeline(REVIEW, review).state())
    return review, state


def _be_on_conditions(state: Review) -> None:
    if state.questionnaire is None or state.questionnaire.name != FIVE_CONDITIONS.name:
        raise NotAConditionReview


def _be_taken(state: Review, at: datetime) -> None:
    if not state.takes_answers(at):
        raise TakesNoAnswers


def _strategy(state: Review) -> UUID:
    if state.strategy is None:
        raise NotAConditionReview
    return state.strategy


def _pinned(desk: Desk, asked: Ground) -> Pinned:
    read, present = (asked.valid_at, asked.known_at), desk.present
    if present is not None and desk.actor.imported is None and any(each and each > present for each in read):
        raise ReadAheadOfTime
    return Pinned(
        text=asked.text,
        source=asked.source,
        figure=asked.figure,
        valid_at=asked.valid_at if asked.valid_at is not None else desk.at,
        known_at=asked.known_at if asked.known_at is not None else desk.present,
    )


def _said(desk: Desk, review: UUID, unit: UUID, content: Content, person: UUID | None = None) -> AnyDraft:
    return Draft[Assessment](
        aggregate=CONDITION,
        stream=stream_of(desk, review, unit),
        content=content,
        on_behalf_of=desk.on_behalf_of(Party("person", person)) if person is not None else None,
    )
