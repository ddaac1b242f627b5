"""What may be asked and answered, and what answers come to."""

from collections import Counter
from dataclasses import replace

import pytest

from domain.kernel import Refusal
from domain.questionnaire import (
    Answer,
    Answers,
    AnswerUnclear,
    Bar,
    Mode,
    Question,
    QuestionKind,
    Questionnaire,
    QuestionnaireFlawed,
    QuestionResult,
    QuestionUnknown,
    ScoreOffScale,
    refuse_answers,
    refuse_questionnaire,
    tally,
)
from domain.questionnaires import (
    ATTITUDE_TO_THE_VISION,
    BUILT_IN,
    CLEAR_BELIEVABLE_IMPLEMENTABLE,
    COMMITMENT_AUDIT,
    CONFIDED_CONCERNS,
)
from domain.sealed import Private
from tests.support.specification import some

ASKED = Questionnaire(
    name="pulse",
    version=1,
    modes=(Mode.ATTRIBUTED,),
    bar=Bar(score=4, percent=70),
    questions=(Question(id="clear", text="Clear?"), Question(id="why", text="Why?", kind=QuestionKind.OPEN)),
)
WORDS = Private(some("Anna"), "because")


def scores(*given: int) -> list[Answers]:
    return [{"clear": Answer(score=score)} for score in given]


@pytest.mark.parametrize("asked", [ASKED, replace(ASKED, bar=None), *BUILT_IN.values()])
def test_a_questionnaire_is_sound(asked: Questionnaire) -> None:
    refuse_questionnaire(asked)


@pytest.mark.parametrize(
    ("asked", "flaw"),
    [
        (replace(ASKED, questions=()), "asks nothing"),
        (replace(ASKED, questions=ASKED.questions * 2), "asks one question twice"),
        (replace(ASKED, modes=()), "states no mode"),
        (replace(ASKED, lowest=5), "has a scale of fewer than two scores"),
        (replace(ASKED, bar=Bar(score=0, percent=70)), "has a bar off its scale"),
        (replace(ASKED, bar=Bar(score=6, percent=70)), "has a bar off its scale"),
        (replace(ASKED, bar=Bar(score=4, percent=0)), "has a bar off its scale"),
        (replace(ASKED, bar=Bar(score=4, percent=101)), "has a bar off its scale"),
        (replace(ATTITUDE_TO_THE_VISION, modes=tuple(Mode)), "asks for an attitude or a concern in another mode"),
        (replace(CONFIDED_CONCERNS, modes=(Mode.ATTRIBUTED,)), "asks for an attitude or a concern in another mode"),
        (replace(ASKED, modes=(Mode.CONFIDENTIAL,), highest=7, bar=None), "rates otherwise than from 1 to 5"),
    ],
)
def test_a_flawed_questionnaire_is_refused(asked: Questionnaire, flaw: str) -> None:
    with pytest.raises(QuestionnaireFlawed, match=flaw):
        refuse_questionnaire(asked)


def test_the_gate_before_the_cascade_asks_for_three_things() -> None:
    asked = CLEAR_BELIEVABLE_IMPLEMENTABLE
    assert [each.id for each in asked.questions] == ["clear", "believable", "implementable", "missing"]
    assert (asked.lowest, asked.highest, asked.bar) == (1, 5, Bar(score=4, percent=70))


def test_the_commitment_audit_leads_from_understanding_to_the_hook_and_is_confidential_where_it_can_be() -> None:
    asked = COMMITMENT_AUDIT
    assert Counter(each.theme for each in asked.questions) == {
        "understand": 3, "believe": 2, "own": 1, "committed": 1, "accountable": 2, "leaders": 4, None: 1,
    }  # fmt: skip
    assert asked.questions[-1].kind is QuestionKind.OPEN
    assert (asked.modes, asked.confidential_where_possible) == ((Mode.CONFIDENTIAL, Mode.ATTRIBUTED), True)


@pytest.mark.parametrize(
    ("asked", "question", "scores"),
    [
        (COMMITMENT_AUDIT, "own-unasked", (1, 5)),
        (ATTITUDE_TO_THE_VISION, "attitude", (1, 7)),
        (CONFIDED_CONCERNS, "courage", (0, 1)),
    ],
)
def test_each_kind_of_question_has_its_scale(asked: Questionnaire, question: str, scores: tuple[int, int]) -> None:
    for score in scores:
        refuse_answers(asked, {question: Answer(score=score)})
    for score in (scores[0] - 1, scores[1] + 1):
        with pytest.raises(ScoreOffScale):
            refuse_answers(asked, {question: Answer(score=score)})


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"clear": Answer(score=1)},
        {"clear": Answer(score=5)},
        {"clear": Answer(unknown=True)},
        {"clear": Answer(skip=True)},
        {"clear": Answer(score=3, comment=WORDS)},
        {"why": Answer(comment=WORDS)},
        {"why": Answer(skip=True)},
    ],
)
def test_answers_fit_the_questions(answers: Answers) -> None:
    refuse_answers(ASKED, answers)


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"other": Answer(score=1)}, QuestionUnknown),
        ({"clear": Answer()}, AnswerUnclear),
        ({"clear": Answer(comment=WORDS)}, AnswerUnclear),
        ({"clear": Answer(score=3, skip=True)}, AnswerUnclear),
        ({"clear": Answer(unknown=True, skip=True)}, AnswerUnclear),
        ({"clear": Answer(score=0)}, ScoreOffScale),
        ({"clear": Answer(score=6)}, ScoreOffScale),
        ({"why": Answer()}, AnswerUnclear),
        ({"why": Answer(score=3, comment=WORDS)}, AnswerUnclear),
        ({"why": Answer(unknown=True)}, AnswerUnclear),
        ({"why": Answer(skip=True, comment=WORDS)}, AnswerUnclear),
    ],
)
def test_answers_that_do_not_fit_are_refused(answers: Answers, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        refuse_answers(ASKED, answers)
    assert all((str(refused.value), refused.value.advice))


def test_answers_are_tallied_question_by_question() -> None:
    answers: list[Answers] = [
        *scores(1, 3, 4, 4, 4, 5),
        {"clear": Answer(unknown=True)},
        {"clear": Answer(skip=True)},
        {},
    ]
    # 1 + 3 + 3 × 4 + 5 = 21 over 6 is 3.5; four of six gave 4 or 5, 66.7 %
    assert tally(ASKED, answers) == (
        QuestionResult(
            question="clear",
            n=9,
            rated=6,
            unknown=1,
            skipped=2,
            distribution=(1, 0, 1, 3, 1),
            mean="3.5",
            reached=4,
            enough=False,
        ),
    )


def test_means_are_rounded_half_up() -> None:
    # 45 / 20 = 2.25, and the executives' 22 / 6 = 3.67 of the worked example
    assert tally(ASKED, scores(*[2] * 15, *[3] * 5))[0].mean == "2.3"
    assert tally(ASKED, scores(2, 3, 4, 4, 4, 5))[0].mean == "3.7"


@pytest.mark.parametrize(
    ("given", "enough"), [((4, 4, 4, 4, 4, 4, 5, 1, 1, 1), True), ((4, 4, 4, 4, 4, 4, 3, 3, 3, 3), False), ((), None)]
)
def test_enough_is_what_reaches_the_bar(given: tuple[int, ...], enough: bool | None) -> None:
    assert tally(ASKED, scores(*given))[0].enough is enough


def test_without_a_bar_nothing_is_enough() -> None:
    (result,) = tally(replace(ASKED, bar=None), scores(5, 5))
    assert (result.reached, result.enough, result.mean) == (None, None, "5.0")


def test_who_answered_nothing_has_no_mean() -> None:
    (result,) = tally(ASKED, [])
    assert (result.n, result.mean, result.reached, result.distribution) == (0, None, 0, (0, 0, 0, 0, 0))
