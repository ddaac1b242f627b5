"""A response: what one participant answers in one review, revised as often as they like until it closes.

Each participant has a stream of their own, so that nobody waits for anybody. Whether an answer counts lies between this
stream and the review's, and is decided by the functions at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.condition_rules import AnsweredTogether
from domain.kernel import Content, event
from domain.questionnaire import Answers, GroupResult, Mode, refuse_answers, tally
from domain.questionnaires import TOGETHER
from domain.review import Review
from domain.review_rules import AnswersAreConfided, AnswersOfAnother, NotAParticipant, TakesNoAnswers
from domain.temporal import Aggregate, Fact


@event("review.answered")
class ReviewAnswered(Content):
    """A participant answered. All answers are restated, by the ids of their questions."""

    review: UUID
    person: UUID
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was answered at one time. `on_behalf` when somebody else entered it."""

    at: datetime
    answers: Answers
    on_behalf: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The state of a response at an instant: all that was answered so far, oldest first."""

    review: UUID | None = None
    person: UUID | None = None
    given: tuple[Given, ...] = ()


def guard(state: Response, fact: Fact) -> None:
    """Refuse answers of another person or in another review."""
    match fact.content:
        case ReviewAnswered(review=review, person=person):
            if state.person is not None and (review, person) != (state.review, state.person):
                raise AnswersOfAnother
        case _:
            pass


def evolve(state: Response, fact: Fact) -> Response:
    """The response once this fact is in its place."""
    match fact.content:
        case ReviewAnswered(review=review, person=person, answers=answers):
            given = Given(at=fact.effective_at, answers=answers, on_behalf=fact.actor.on_behalf_of is not None)
            return replace(state, review=review, person=person, given=(*state.given, given))
        case _:
            return state


RESPONSE: Aggregate[Response] = Aggregate("response", Response(), (ReviewAnswered,), guard, evolve)


def refuse_response(review: Review, content: ReviewAnswered, at: datetime) -> None:
    """Refuse answers, given at that instant, that the review does not take.

    Raises AnswersAreConfided, NotAParticipant, TakesNoAnswers, AnsweredTogether, or what
    `domain.questionnaire.refuse_answers` does.
    """
    if review.mode is Mode.CONFIDENTIAL:
        raise AnswersAreConfided
    if review.opened_at is not None and content.person not in review.participants:
        raise NotAParticipant
    if not review.takes_answers(at) or review.questionnaire is None:
        raise TakesNoAnswers
    if review.questionnaire.name in TOGETHER:
        raise AnsweredTogether(review.questionnaire.name)
    refuse_answers(review.questionnaire, content.answers)


def counted(review: Review, response: Response) -> Given | None:
    """What of a response counts: the last that was answered, by a participant, while the review took answers."""
    if response.person not in review.participants:
        return None
    return next((each for each in reversed(response.given) if review.takes_answers(each.at)), None)


def counts(review: Review, response: Response) -> bool:
    """Whether a participant is among those who answered."""
    return counted(review, response) is not None


def results(review: Review, responses: Iterable[Response]) -> tuple[GroupResult, ...]:
    """What the responses to a review come to: for all participants, and for each of its groups."""
    answers = {
        response.person: given.answers
        for response in responses
        if response.person is not None and (given := counted(review, response))
    }
    groups = ((None, review.participants), *((group.name, group.people) for group in review.groups))
    return tuple(
        _result(review, name, people, [answers[person] for person in people if person in answers])
        for name, people in groups
    )


def _result(review: Review, group: str | None, people: tuple[UUID, ...], answers: list[Answers]) -> GroupResult:
    questions = tally(review.questionnaire, answers) if review.questionnaire else ()
    return GroupResult(group=group, invited=len(people), answered=len(answers), questions=questions)
