"""How a review is opened, answered, closed, and its results published."""

from dataclasses import replace

import pytest

from domain.kernel import Actor, Content, Party, Refusal
from domain.questionnaire import Answer, GroupResult, QuestionnaireFlawed, QuestionResult, QuestionUnknown
from domain.questionnaires import CLEAR_BELIEVABLE_IMPLEMENTABLE
from domain.response import RESPONSE, Response, ReviewAnswered, counted, counts, refuse_response, results
from domain.review import (
    REVIEW,
    Edition,
    Exclusion,
    Extension,
    Finding,
    Group,
    Review,
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
from domain.review_rules import (
    AnswersOfAnother,
    ClosesTooEarly,
    EditionOutOfOrder,
    EditionUnknown,
    ExtensionShortens,
    FindingAlreadyRecorded,
    NotAParticipant,
    ParticipantsUnclear,
    ResultsOfAnotherReview,
    ReviewAlreadyOpened,
    ReviewEnded,
    ReviewNotClosed,
    ReviewUnknown,
    TakesNoAnswers,
)
from domain.sealed import Private
from domain.temporal import ConflictsWithLaterFact
from tests.support.specification import Given, corrected, given, instant, on, retracted, some

ANNA, BO, CEM, EVE = some("Anna"), some("Bo"), some("Cem"), some("Eve")
OPENED = ReviewOpened(
    kind=ReviewKind.CLARITY_CHECK,
    title="Is it clear?",
    strategy=some("north"),
    content_hash="a",
    questionnaire=CLEAR_BELIEVABLE_IMPLEMENTABLE,
    participants=(ANNA, BO, CEM),
    groups=(Group(name="drivers", people=(ANNA, BO)),),
    readers=(EVE,),
    closes=instant("2026-03-21"),
)
EXTENDED = ReviewExtended(closes=instant("2026-03-25"))
NOBODY = (
    GroupResult(invited=3, answered=0, questions=()),
    GroupResult(group="drivers", invited=2, answered=0, questions=()),
)
PUBLISHED = ReviewPublished(edition=1, results=NOBODY)
FOUND = ReviewFound(
    finding="f-1", text="Nobody can say what a hub is", element="v", unit=some("fleet"), question="clear"
)


def opened(*contents: Content, at: str = "2026-03-10") -> Given[Review]:
    return given(REVIEW, on("2026-03-02", OPENED), *(on(at, each) for each in contents))


def answered(person: str, score: int, *, review: str = "check") -> ReviewAnswered:
    return ReviewAnswered(review=some(review), person=some(person), answers={"clear": Answer(score=score)})


def response(*days: tuple[str, int], person: str = "Anna") -> Response:
    return given(RESPONSE, *(on(at, answered(person, score)) for at, score in days)).as_of("2027-01-01")


def test_a_review_opens_with_all_that_decides_who_counts() -> None:
    given(REVIEW).when(on("2026-03-02", OPENED)).then(
        Review(
            standing=ReviewStanding.OPEN,
            kind=ReviewKind.CLARITY_CHECK,
            title="Is it clear?",
            strategy=some("north"),
            content_hash="a",
            questionnaire=CLEAR_BELIEVABLE_IMPLEMENTABLE,
            participants=(ANNA, BO, CEM),
            groups=(Group(name="drivers", people=(ANNA, BO)),),
            readers=(EVE,),
            opened_at=instant("2026-03-02"),
            closes=instant("2026-03-21"),
        )
    )


def test_nothing_can_be_said_before_it_is_opened() -> None:
    given(REVIEW).when(on("2026-03-02", ReviewClosed())).then(ReviewUnknown("closed"))


def test_a_review_is_opened_once() -> None:
    opened().when(on("2026-03-03", OPENED)).then(ReviewAlreadyOpened("Is it clear?"))


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (replace(OPENED, participants=(), groups=()), "there are none"),
        (replace(OPENED, participants=(ANNA, BO, ANNA)), "somebody is asked twice"),
        (
            replace(OPENED, exclusions=(Exclusion(person=BO, reason=Private(BO, "on leave")),)),
            "somebody is asked and excluded at once",
        ),
        (replace(OPENED, groups=(Group(name="drivers", people=(EVE,)),)), "somebody in a group is not asked"),
        (replace(OPENED, groups=(*OPENED.groups, Group(name="clerks", people=(BO,)))), "somebody is in two groups"),
        (replace(OPENED, groups=(*OPENED.groups, Group(name="drivers", people=(CEM,)))), "two groups have one name"),
    ],
)
def test_it_is_plain_who_takes_part(content: ReviewOpened, flaw: str) -> None:
    given(REVIEW).when(on("2026-03-02", content)).then(ParticipantsUnclear(flaw))


def test_who_is_left_out_is_named_with_the_reason() -> None:
    left_out = (Exclusion(person=EVE, reason=Private(EVE, "on leave")),)
    given(REVIEW).when(on("2026-03-02", replace(OPENED, exclusions=left_out))).then(exclusions=left_out)


def test_a_review_asks_a_sound_questionnaire() -> None:
    flawed = replace(OPENED.questionnaire, questions=())
    given(REVIEW).when(on("2026-03-02", replace(OPENED, questionnaire=flawed))).then(QuestionnaireFlawed)


def test_a_review_closes_after_it_opens() -> None:
    content = replace(OPENED, closes=instant("2026-03-02"))
    given(REVIEW).when(on("2026-03-02", content)).then(ClosesTooEarly(instant("2026-03-02")))


# Until the close


def test_a_review_is_extended() -> None:
    opened().when(on("2026-03-20", EXTENDED)).then(
        closes=instant("2026-03-25"), extensions=(Extension(at=instant("2026-03-20"), closes=instant("2026-03-25")),)
    )


def test_a_review_whose_last_day_passed_can_still_be_extended() -> None:
    opened().when(on("2026-03-22", EXTENDED)).then(closes=instant("2026-03-25"))


def test_an_extension_is_to_a_later_instant() -> None:
    same = ReviewExtended(closes=instant("2026-03-21"))
    opened().when(on("2026-03-10", same)).then(ExtensionShortens(instant("2026-03-21"), instant("2026-03-21")))
    opened().when(on("2026-03-25", EXTENDED)).then(ClosesTooEarly(instant("2026-03-25")))


@pytest.mark.parametrize(
    ("end", "standing"), [(ReviewClosed(), ReviewStanding.CLOSED), (ReviewCancelled(), ReviewStanding.CANCELLED)]
)
def test_a_review_that_ended_does_not_go_on(end: Content, standing: ReviewStanding) -> None:
    stream = opened().when(on("2026-03-10", end)).then(standing=standing, ended_at=instant("2026-03-10"))
    for content, act in ((EXTENDED, "extended"), (ReviewClosed(), "closed"), (ReviewCancelled(), "cancelled")):
        stream.when(on("2026-03-11", content)).then(ReviewEnded(act, standing))


def test_nothing_comes_of_a_cancelled_review() -> None:
    stream = opened(ReviewCancelled())
    stream.when(on("2026-03-22", PUBLISHED)).then(ReviewEnded("published", "cancelled"))
    stream.when(on("2026-03-22", FOUND)).then(ReviewEnded("found", "cancelled"))
    state = stream.as_of("2026-03-22")
    assert not state.takes_answers(instant("2026-03-09"))
    assert not state.has_closed(instant("2026-03-22"))


@pytest.mark.parametrize(
    ("at", "open"), [("2026-03-01", False), ("2026-03-02", True), ("2026-03-20", True), ("2026-03-21", False)]
)
def test_a_review_takes_answers_from_its_opening_until_its_close(at: str, open: bool) -> None:
    assert opened().as_of("2026-04-01").takes_answers(instant(at)) is open


def test_a_review_closed_before_its_day_takes_answers_until_then() -> None:
    state = opened(ReviewClosed()).as_of("2026-04-01")
    assert state.takes_answers(instant("2026-03-09"))
    assert not state.takes_answers(instant("2026-03-10"))
    late = opened().when(on("2026-03-30", ReviewClosed())).then().as_of("2026-04-01")
    assert not late.takes_answers(instant("2026-03-21"))


def test_a_review_that_was_not_opened_takes_no_answers() -> None:
    assert not Review().takes_answers(instant("2026-03-09"))
    assert not Review().has_closed(instant("2026-03-09"))


def test_findings_are_recorded_while_it_is_open_and_after() -> None:
    stream = opened(FOUND).when(on("2026-03-22", replace(FOUND, finding="f-2"))).then()
    assert stream.as_of("2026-03-22").findings[0] == Finding(
        finding="f-1",
        text="Nobody can say what a hub is",
        found_at=instant("2026-03-10"),
        element="v",
        unit=some("fleet"),
        question="clear",
    )
    stream.when(on("2026-03-23", FOUND)).then(FindingAlreadyRecorded("f-1"))


# Results


def test_results_are_published_once_no_answer_can_change() -> None:
    opened().when(on("2026-03-20", PUBLISHED)).then(ReviewNotClosed(instant("2026-03-21")))
    opened().when(on("2026-03-21", PUBLISHED)).then(
        editions=(Edition(edition=1, published_at=instant("2026-03-21"), results=NOBODY),)
    )
    opened(ReviewClosed()).when(on("2026-03-11", PUBLISHED)).then()


def test_a_restated_edition_stands_beside_the_one_before() -> None:
    stream = opened(ReviewClosed(), at="2026-03-10").when(on("2026-03-11", PUBLISHED)).then()
    stream.when(on("2026-03-12", PUBLISHED)).then(EditionOutOfOrder(1, 2))
    stream.when(on("2026-03-12", replace(PUBLISHED, edition=3))).then(EditionOutOfOrder(3, 2))
    state = stream.when(on("2026-03-12", replace(PUBLISHED, edition=2))).then().as_of("2026-03-12")
    assert [each.edition for each in state.editions] == [1, 2]
    assert state.published == state.editions[1]


def test_an_edition_is_withdrawn_and_stays_on_record_as_such() -> None:
    stream = opened(ReviewClosed()).when(on("2026-03-11", PUBLISHED)).then()
    stream = stream.when(on("2026-03-12", replace(PUBLISHED, edition=2))).then()
    stream = stream.when(on("2026-03-13", ReviewWithdrawn(edition=2))).then()
    state = stream.as_of("2026-03-13")
    assert [each.withdrawn_at for each in state.editions] == [None, instant("2026-03-13")]
    assert state.published == state.editions[0]
    stream.when(on("2026-03-14", ReviewWithdrawn(edition=2))).then(EditionUnknown(2))
    stream.when(on("2026-03-14", ReviewWithdrawn(edition=3))).then(EditionUnknown(3))
    assert opened().as_of("2026-03-14").published is None


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        NOBODY[1:],
        (NOBODY[0], NOBODY[0]),
        (replace(NOBODY[0], invited=4),),
        (replace(NOBODY[0], answered=4),),
        (NOBODY[0], replace(NOBODY[1], group="clerks")),
        (
            replace(
                NOBODY[0],
                questions=(
                    QuestionResult(question="other", n=0, rated=0, unknown=0, skipped=0, distribution=(), mean=None),
                ),
            ),
        ),
    ],
)
def test_results_are_those_of_the_review(wrong: tuple[GroupResult, ...]) -> None:
    content = replace(PUBLISHED, results=wrong)
    opened(ReviewClosed()).when(on("2026-03-11", content)).then(ResultsOfAnotherReview)


def test_what_results_rest_on_cannot_be_taken_back_alone() -> None:
    stream = opened(ReviewClosed()).when(on("2026-03-11", PUBLISHED)).then()
    stream.when(retracted(2)).then(ConflictsWithLaterFact)
    stream.when(corrected(2, "2026-03-12", ReviewClosed())).then(ConflictsWithLaterFact)


# Responses


def test_a_participant_answers_and_revises() -> None:
    stream = given(RESPONSE, on("2026-03-03", answered("Anna", 2)))
    revised = stream.when(on("2026-03-04", answered("Anna", 4))).then(review=some("check"), person=ANNA)
    state = revised.as_of("2026-03-04")
    assert [each.answers["clear"].score for each in state.given] == [2, 4]
    assert not state.given[0].on_behalf


def test_an_answer_entered_for_somebody_is_marked() -> None:
    for_anna = Actor(person=BO, on_behalf_of=Party("person", ANNA))
    state = given(RESPONSE, on("2026-03-03", answered("Anna", 2)).by(for_anna)).as_of("2026-03-03")
    assert state.given[0].on_behalf


def test_nobody_elses_answers_are_kept_here() -> None:
    stream = given(RESPONSE, on("2026-03-03", answered("Anna", 2)))
    stream.when(on("2026-03-04", answered("Bo", 4))).then(AnswersOfAnother)
    stream.when(on("2026-03-04", answered("Anna", 4, review="other"))).then(AnswersOfAnother)


def test_a_participant_may_answer_while_the_review_is_open() -> None:
    refuse_response(opened().as_of("2026-03-05"), answered("Anna", 4), instant("2026-03-05"))


@pytest.mark.parametrize(
    ("review", "content", "at", "refusal"),
    [
        (opened(), answered("Eve", 4), "2026-03-05", NotAParticipant),
        (opened(), answered("Anna", 4), "2026-03-21", TakesNoAnswers),
        (opened(ReviewClosed()), answered("Anna", 4), "2026-03-10", TakesNoAnswers),
        (opened(), replace(answered("Anna", 4), answers={"other": Answer(score=1)}), "2026-03-05", QuestionUnknown),
    ],
)
def test_other_answers_are_refused(
    review: Given[Review], content: ReviewAnswered, at: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        refuse_response(review.as_of(at), content, instant(at))
    assert all((str(refused.value), refused.value.advice))


def test_the_last_answer_before_the_close_counts() -> None:
    state = opened().as_of("2026-04-01")
    anna = response(("2026-03-03", 2), ("2026-03-20", 4), ("2026-03-21", 5))
    given_last = counted(state, anna)
    assert given_last is not None
    assert given_last.answers["clear"].score == 4
    assert counts(state, anna)


def test_answers_outside_the_review_do_not_count() -> None:
    state = opened().as_of("2026-04-01")
    assert not counts(state, response(("2026-03-01", 2), ("2026-03-21", 2)))
    assert not counts(state, response(("2026-03-03", 2), person="Eve"))
    assert not counts(state, Response())


def test_results_are_told_for_all_and_for_each_group() -> None:
    state = opened().as_of("2026-04-01")
    found = results(
        state,
        [
            response(("2026-03-03", 4)),
            response(("2026-03-04", 2), person="Cem"),
            response(("2026-03-04", 5), person="Eve"),
        ],
    )
    assert [(each.group, each.invited, each.answered) for each in found] == [(None, 3, 2), ("drivers", 2, 1)]
    assert [each.questions[0].mean for each in found] == ["3.0", "4.0"]
    opened().when(on("2026-03-21", ReviewPublished(edition=1, results=found))).then()


def test_a_review_that_was_not_opened_has_no_results() -> None:
    assert results(Review(), []) == (GroupResult(invited=0, answered=0, questions=()),)
