"""The compelling future over HTTP: the statement, its horizon, the need for it, and whether anybody could sign it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.papers import STRATEGY_ARGUMENT, Paper, paper_of
from application.permissions import About
from domain.element import Element
from domain.future import Future, futures, needs, stands_since
from domain.platitude import Opinion
from domain.sealed import Private


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedAnswer:
    """Whether a competitor could sign the statement, as one person says."""

    person: UUID
    could_sign: bool
    because: Private | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAnswer:
    """A compelling future: how long it is, until when, and what people say of it.

    `days_ahead` counts from the day on which these words and this horizon came into force, of a draft from today;
    `two_to_three_years` tells whether the horizon lay so far ahead. `could_sign` and `could_not_sign` count those who
    say that a competitor could sign these very words, or could not; it is a `platitude` where anybody says so, null
    where nobody answered. `answers` are one's own, and all for who may see drafts.
    """

    element: str
    statement: str
    words: int
    concise: bool
    horizon: date | None
    days_ahead: int | None
    two_to_three_years: bool | None
    days_left: int | None
    could_sign: int
    could_not_sign: int
    platitude: bool | None
    answers: tuple[SignedAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAnswer:
    """The truth about the need for the strategy."""

    element: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FutureAnswer:
    """What is being built, and why there is a need for it. `revision` null: as drafted."""

    revision: int | None
    futures: tuple[StatementAnswer, ...]
    case_for_change: tuple[NeedAnswer, ...]


def shown(inquiry: Inquiry) -> Found:
    """What is being built, until when, why, and whether a competitor could sign it: then it is a platitude."""
    paper = paper_of(inquiry)
    at = inquiry.asked.valid_at

    def since(element: Element) -> date:
        return inquiry.day_of(stands_since(paper.state.publications, element, at) or at)

    answer = FutureAnswer(
        revision=paper.revision,
        futures=tuple(
            _told(inquiry, paper, each) for each in futures(paper.elements, paper.state.tested, since, inquiry.today)
        ),
        case_for_change=tuple(NeedAnswer(element=each.id, text=each.text) for each in needs(paper.elements)),
    )
    return Found(answer=answer, asks={"strategy": paper.id})


def _told(inquiry: Inquiry, paper: Paper, future: Future) -> StatementAnswer:
    every = inquiry.sees(lambda: About(published=False, strategy=paper.id), "draft")
    me = inquiry.session.caller.person
    return StatementAnswer(
        element=future.element,
        statement=future.statement,
        words=future.words,
        concise=future.concise,
        horizon=future.horizon,
        days_ahead=future.days_ahead,
        two_to_three_years=future.two_to_three_years,
        days_left=future.days_left,
        could_sign=future.verdict.could,
        could_not_sign=future.verdict.could_not,
        platitude=future.verdict.platitude,
        answers=tuple(_signed(each) for each in future.answers if every or each.person == me),
    )


def _signed(answer: Opinion) -> SignedAnswer:
    return SignedAnswer(person=answer.person, could_sign=answer.could_sign, because=answer.because, at=answer.at)


FUTURES = Noun(
    name="compelling future",
    description="What is being built, and whether any competitor could say the same.",
    acts=(
        Act(
            path="strategies/<path:strategy>/tests",
            topic="strategy.tested",
            leads_to="strategies/{strategy}",
            title="Say whether a competitor could sign a statement.",
        ),
    ),
    asks=(
        Ask(
            path="alignment/future",
            view="evidence",
            find=shown,
            title="Show the compelling future.",
            answers=FutureAnswer,
            arguments=(STRATEGY_ARGUMENT,),
        ),
    ),
)
