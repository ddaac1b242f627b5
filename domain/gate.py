"""The gate before a strategy is published: clear enough, believable enough, implementable enough (S11).

A clarity check is held on a draft, whose content hash it keeps. It is passed where every group of stakeholders reaches
the organisation's bar on all three. What is published below the bar, after a change, or unchecked where a check is
demanded, needs an exception that somebody else approved of the draft as it was submitted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.bar import HIGHEST, LOWEST, Bars, bar_at
from domain.element import content_hash
from domain.exception import ApprovedException
from domain.kernel import Refusal
from domain.questionnaire import Bar, Mode, QuestionKind, QuestionResult
from domain.questionnaires import CLEAR_BELIEVABLE_IMPLEMENTABLE
from domain.review import Edition, Review, ReviewKind, ReviewStanding
from domain.strategy import Strategy

ASKED = ("clear", "believable", "implementable")
"""The questions that the gate reads, by id; on the scale from 1 to 5."""


class Verdict(StrEnum):
    """Where a draft stands at the gate. All but the first two need an exception to be published.

    A check whose results are not published yet is under way; one that is demanded and was not held is missing.
    """

    PASSED = "passed"
    NOT_ASKED = "not-asked"
    NOT_CHECKED = "not-checked"
    UNDER_WAY = "check-under-way"
    BELOW = "below-the-bar"
    CHANGED = "changed-after-check"


OPEN = frozenset({Verdict.PASSED, Verdict.NOT_ASKED})
"""Verdicts that let a draft pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How one group answered one question: `reached` of `rated` gave the bar's score or more; `n` answered at all.

    `percent` is that share, rounded down to a whole number; None where nobody rated, which is never `enough`.
    """

    group: str | None
    question: str
    n: int
    rated: int
    reached: int
    percent: int | None
    enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A clarity check of a draft, as far as its results were published: judged by `bar`, of the day it was opened.

    `enough` is None while no results are published.
    """

    review: UUID
    content_hash: str | None
    opened_at: datetime
    bar: Bar
    edition: int | None
    figures: tuple[Reached, ...]
    enough: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Where a draft or a publication of this hash stands, by which of its checks, and which exception lets it pass."""

    content_hash: str
    verdict: Verdict
    check: UUID | None
    exception: str | None
    checks: tuple[Check, ...]

    @property
    def is_open(self) -> bool:
        """Whether it may be published."""
        return self.verdict in OPEN or self.exception is not None


@dataclass(eq=False)
class GateClosed(Refusal):
    """What is not clear, believable and implementable enough is not published without an exception."""

    verdict: Verdict
    where = "strategy"
    rule = "the draft does not pass the gate: it is {verdict}"
    way_out = (
        "hold a clarity check on the draft as it stands and reach the bar, or, once the draft is submitted, have an "
        "exception for the objection {verdict} approved by somebody who did not work on it"
    )


def bar_for(bars: Bars, review: Review) -> Bar:
    """The bar that a check is judged by: the organisation's when it was opened, or else its own."""
    own = review.questionnaire.bar if review.questionnaire is not None else None
    at = bar_at(bars, review.opened_at) if review.opened_at is not None else None
    if at is not None:
        return Bar(score=at.score, percent=at.percent)
    return own or CLEAR_BELIEVABLE_IMPLEMENTABLE.bar or Bar(score=HIGHEST, percent=100)


def is_check(review: Review) -> bool:
    """Whether a review asks about a draft, by name, what the gate reads."""
    asked = review.questionnaire
    about = review.kind is ReviewKind.CLARITY_CHECK and review.revision is None and review.mode is Mode.ATTRIBUTED
    if not about or asked is None:
        return False
    rated = {each.id for each in asked.questions if each.kind is QuestionKind.RATED}
    return rated.issuperset(ASKED) and (asked.lowest, asked.highest) == (LOWEST, HIGHEST)


def judged(id: UUID, review: Review, bars: Bars, at: datetime) -> Check:
    """A check by what of it was published at that instant: of each group, or of all where there are no groups."""
    bar, edition = bar_for(bars, review), _shown(review, at)
    results = edition.results if edition is not None else ()
    groups = [each for each in results if each.group is not None] or results
    told = tuple(
        _reached(each.group, question, bar)
        for each in groups
        for question in each.questions
        if question.question in ASKED
    )
    return Check(
        review=id,
        content_hash=review.content_hash,
        opened_at=review.opened_at or at,
        bar=bar,
        edition=edition.edition if edition is not None else None,
        figures=told,
        enough=_enough(told) if edition is not None else None,
    )


def _shown(review: Review, at: datetime) -> Edition | None:
    """The newest edition published and not withdrawn at that instant."""
    return next(
        (
            each
            for each in reversed(review.editions)
            if each.published_at <= at and (each.withdrawn_at is None or at < each.withdrawn_at)
        ),
        None,
    )


def _reached(group: str | None, question: QuestionResult, bar: Bar) -> Reached:
    reached = sum(question.distribution[bar.score - LOWEST :])
    return Reached(
        group=group,
        question=question.question,
        n=question.n,
        rated=question.rated,
        reached=reached,
        percent=100 * reached // question.rated if question.rated else None,
        enough=bool(question.rated) and 100 * reached >= bar.percent * question.rated,
    )


def _enough(figures: Collection[Reached]) -> bool:
    asked = {each.group: set[str]() for each in figures}
    for each in figures:
        asked[each.group].add(each.question)
    whole = all(questions == set(ASKED) for questions in asked.values())
    return bool(figures) and whole and all(each.enough for each in figures)


def at_publication(strategy: Strategy, revision: int, reviews: Mapping[UUID, Review], bars: Bars) -> Gate:
    """How a published revision stood at the gate when it was published."""
    found = next(each for each in strategy.publications if each.revision == revision)
    before = next((each for each in strategy.publications if each.revision == revision - 1), None)
    return _gate(
        found.content_hash,
        _between(reviews, before.published_at if before else None, found.published_at),
        found.published_at,
        bars,
        lambda name: _excepting(strategy.exceptions, name, found.submitted_at, found.published_at, found.authors),
        material=found.material,
    )


def at_the_draft(
    strategy: Strategy, reviews: Mapping[UUID, Review], bars: Bars, at: datetime, *, material: bool = True
) -> Gate:
    """How the draft stands at the gate at that instant, if it were published as a material revision, or not."""
    before, draft = strategy.publications[-1] if strategy.publications else None, strategy.draft
    return _gate(
        content_hash(draft.elements),
        _between(reviews, before.published_at if before else None, at),
        at,
        bars,
        lambda name: _excepting(strategy.exceptions, name, draft.submitted_at, at, draft.authors),
        material=material,
    )


def _between(reviews: Mapping[UUID, Review], after: datetime | None, until: datetime) -> dict[UUID, Review]:
    """The checks opened on a draft since the revision before it was published, oldest first; no cancelled ones."""
    found = [
        (each.opened_at, id, each)
        for id, each in reviews.items()
        if is_check(each)
        and each.opened_at is not None
        and (after is None or each.opened_at > after)
        and each.opened_at <= until
        and not (each.standing is ReviewStanding.CANCELLED and each.ended_at is not None and each.ended_at <= until)
    ]
    return {id: each for _, id, each in sorted(found, key=lambda entry: entry[:2])}


def _gate(
    hashed: str,
    reviews: Mapping[UUID, Review],
    at: datetime,
    bars: Bars,
    excepting: Callable[[str], ApprovedException | None],
    *,
    material: bool,
) -> Gate:
    checks = tuple(judged(id, review, bars, at) for id, review in reviews.items())
    same = [each for each in checks if each.content_hash == hashed]
    told = [each for each in same if each.enough is not None]
    bar, check = bar_at(bars, at), None
    if told:
        check = told[-1]
        verdict = Verdict.PASSED if check.enough else Verdict.BELOW
    elif same:
        check, verdict = same[-1], Verdict.UNDER_WAY
    elif checks:
        check, verdict = checks[-1], Verdict.CHANGED
    else:
        verdict = Verdict.NOT_CHECKED if bar is not None and bar.demanded and material else Verdict.NOT_ASKED
    exception = excepting(verdict) if verdict not in OPEN else None
    return Gate(
        content_hash=hashed,
        verdict=verdict,
        check=check.review if check is not None else None,
        exception=exception.exception if exception is not None else None,
        checks=checks,
    )


def _excepting(
    exceptions: Iterable[ApprovedException],
    name: str,
    submitted_at: datetime | None,
    at: datetime,
    authors: Collection[UUID],
) -> ApprovedException | None:
    """The exception that lets this very draft pass: approved by somebody else since it was submitted as it stands."""
    return next(
        (
            each
            for each in exceptions
            if submitted_at is not None and each.approved_at >= submitted_at and each.passes(name, None, at, authors)
        ),
        None,
    )
