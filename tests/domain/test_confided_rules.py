"""What a confidential review refuses, as far as it alone can tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.confided_rules import (
    BoxEndedBefore,
    BoxEndsOtherwise,
    ConfidentialIsPossible,
    ExtendedAfterItsClose,
    GroupingUnclear,
    ModeNotOffered,
    NotConfidential,
    ParticipationNotRisen,
    ParticipationTooSoon,
    PublishedOnce,
    ReportBackMissing,
)
from domain.confidentiality import Grouping, GroupSizeTooSmall, Leaf, Terms, TooFewParticipants
from domain.kernel import Actor, Content, Provenance, Refusal
from domain.questionnaire import Mode
from domain.questionnaires import CLEAR_BELIEVABLE_IMPLEMENTABLE, COMMITMENT_AUDIT
from domain.review import (
    REVIEW,
    BoxEnd,
    BoxEnded,
    ParticipationReported,
    Review,
    ReviewCancelled,
    ReviewClosed,
    ReviewExtended,
    ReviewKind,
    ReviewOpened,
    ReviewPublished,
    ReviewWithdrawn,
)
from domain.review_rules import ParticipantsUnclear, ResultsOfAnotherReview, ReviewEnded, ReviewNotClosed
from domain.sealed import Private
from tests.support.specification import Given, given, instant, on, some

PEOPLE = tuple(some(f"person {number}") for number in range(8))
OPENED = ReviewOpened(
    kind=ReviewKind.COMMITMENT_AUDIT,
    title="Audit",
    strategy=some("growth"),
    questionnaire=COMMITMENT_AUDIT,
    mode=Mode.CONFIDENTIAL,
    participants=PEOPLE,
    closes=instant("2026-03-21"),
    terms=Terms(k=5, leaves=(Leaf(path=("a",), people=PEOPLE[:5]), Leaf(path=("b",), people=PEOPLE[5:]))),
    reported_back=date(2026, 3, 31),
)
PUBLISHED = ReviewPublished(edition=1, results=(), confided=Private(some("results"), "{}"))
OTHERS = Terms(k=5, leaves=(Leaf(path=("a",), people=PEOPLE[:7]),))
ATTRIBUTED = replace(OPENED, mode=Mode.ATTRIBUTED, terms=None, participants=PEOPLE[:7])
IMPORTED = Actor(imported=Provenance(source="minutes", line=7))


def opened() -> Given[Review]:
    return given(REVIEW, on("2026-03-02", OPENED))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (replace(OPENED, questionnaire=CLEAR_BELIEVABLE_IMPLEMENTABLE), ModeNotOffered),
        (replace(OPENED, terms=None), ParticipantsUnclear),
        (replace(OPENED, terms=OTHERS), ParticipantsUnclear),
        (replace(OPENED, terms=replace(OPENED.terms or OTHERS, k=2)), GroupSizeTooSmall),
        (replace(OPENED, terms=replace(OPENED.terms or OTHERS, k=6)), TooFewParticipants),
        (replace(OPENED, terms=replace(OPENED.terms or OTHERS, by=(Grouping.RANKS, Grouping.RANKS))), GroupingUnclear),
        (replace(OPENED, reported_back=None), ReportBackMissing),
        (replace(ATTRIBUTED, terms=OPENED.terms), NotConfidential),
        (replace(ATTRIBUTED, participants=PEOPLE), ConfidentialIsPossible),
    ],
)
def test_an_opening_that_protects_nobody(content: ReviewOpened, refusal: type[Refusal]) -> None:
    given(REVIEW).when(on("2026-03-02", content)).then(refusal)


def test_what_a_source_held_by_name_it_may_say_so() -> None:
    content = replace(ATTRIBUTED, participants=PEOPLE)
    given(REVIEW).when(on("2026-03-02", content).by(IMPORTED)).then(terms=None)
    given(REVIEW).when(on("2026-03-02", replace(OPENED, reported_back=None)).by(IMPORTED)).then(reported_back=None)


@pytest.mark.parametrize(
    ("before", "at", "content", "refusal"),
    [
        ((), "2026-03-20", PUBLISHED, ReviewNotClosed),
        ((), "2026-03-21", replace(PUBLISHED, confided=None), ResultsOfAnotherReview),
        ((on("2026-03-22", PUBLISHED),), "2026-03-23", replace(PUBLISHED, edition=2), PublishedOnce),
        ((on("2026-03-22", PUBLISHED),), "2026-03-23", ReviewCancelled(), PublishedOnce),
        ((on("2026-03-22", BoxEnded(end=BoxEnd.REFUSED)),), "2026-03-23", PUBLISHED, PublishedOnce),
        ((), "2026-03-21", ReviewExtended(closes=instant("2026-04-01")), ExtendedAfterItsClose),
        ((), "2026-03-21", ParticipationReported(percent=10), BoxEndedBefore),
        ((), "2026-03-10", ParticipationReported(percent=0), ParticipationNotRisen),
        ((), "2026-03-10", BoxEnded(end=BoxEnd.REFUSED), BoxEndsOtherwise),
        ((), "2026-03-22", BoxEnded(end=BoxEnd.PUBLISHED), BoxEndsOtherwise),
        ((), "2026-03-22", BoxEnded(end=BoxEnd.CANCELLED), BoxEndsOtherwise),
        ((on("2026-03-10", ReviewCancelled()),), "2026-03-11", BoxEnded(end=BoxEnd.VOID), BoxEndsOtherwise),
        ((on("2026-03-10", ReviewCancelled()),), "2026-03-11", ReviewClosed(), ReviewEnded),
    ],
)  # fmt: skip
def test_what_is_refused_later(before: tuple[object, ...], at: str, content: Content, refusal: type[Refusal]) -> None:
    given(REVIEW, on("2026-03-02", OPENED), *before).when(on(at, content)).then(refusal)  # type: ignore[arg-type]


def test_reports_are_a_day_apart() -> None:
    first = on("2026-03-05T09:00", ParticipationReported(percent=20))
    reported = given(REVIEW, on("2026-03-02", OPENED), first)
    reported.when(on("2026-03-06T08:59", ParticipationReported(percent=40))).then(ParticipationTooSoon)
    reported.when(on("2026-03-06T09:00", ParticipationReported(percent=40))).then(reported_back=date(2026, 3, 31))


def test_attributed_reviews_have_neither_reports_nor_a_box_nor_confided_results() -> None:
    named = given(REVIEW, on("2026-03-02", ATTRIBUTED))
    for content in (ParticipationReported(percent=10), BoxEnded(end=BoxEnd.VOID)):
        named.when(on("2026-03-10", content)).then(NotConfidential)


@pytest.mark.parametrize("end", [BoxEnd.REFUSED, BoxEnd.UNPUBLISHED, BoxEnd.VOID])
def test_a_box_ends_after_the_close(end: BoxEnd) -> None:
    opened().when(on("2026-03-21", BoxEnded(end=end))).then(box=end)


def test_a_box_ends_with_the_publication_and_results_may_be_withdrawn_after_it() -> None:
    ended = on("2026-03-23", BoxEnded(end=BoxEnd.PUBLISHED))
    done = given(REVIEW, on("2026-03-02", OPENED), on("2026-03-22", PUBLISHED), ended)
    done.when(on("2026-04-02", ReviewWithdrawn(edition=1))).then(box=BoxEnd.PUBLISHED)
    done.when(on("2026-04-02", BoxEnded(end=BoxEnd.PUBLISHED))).then(BoxEndedBefore)


def test_once_the_box_has_ended_no_answer_is_taken() -> None:
    state = REVIEW.initial
    assert not state.takes_answers(OPENED.closes - timedelta(days=1))
    opened().when(on("2026-03-10", BoxEnded(end=BoxEnd.VOID))).then(box=BoxEnd.VOID)
