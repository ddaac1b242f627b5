"""A questionnaire: what is asked in a review, on which scale, in which modes, and what the answers come to.

Questionnaires are versioned, and a review keeps the whole of the one it was opened with: a newer version changes no
result.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.kernel import Refusal, RefusalKind
from domain.sealed import Private


class Mode(StrEnum):
    """How answers are given: attributed ones bear their author's name for the readers named at the opening."""

    ATTRIBUTED = "attributed"


class QuestionKind(StrEnum):
    """Whether a question is rated on the questionnaire's scale, or open, answered in own words only."""

    RATED = "rated"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; `id` is unique in its questionnaire and stays through its versions."""

    id: str
    text: str
    kind: QuestionKind = QuestionKind.RATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What is enough: of those who rated a question, `percent` or more in a hundred gave it `score` or more."""

    score: int
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A version of a questionnaire. Rated questions are answered from `lowest` to `highest`.

    Without a `bar` nothing is judged to be enough.
    """

    name: str
    version: int
    modes: tuple[Mode, ...]
    questions: tuple[Question, ...]
    lowest: int = 1
    highest: int = 5
    bar: Bar | None = None

    def question(self, id: str) -> Question | None:
        """The question of that id, if there is one."""
        return next((each for each in self.questions if each.id == id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to one question; to a rated one a `score`, or `unknown` (it is not known well enough), or a `skip`."""

    score: int | None = None
    unknown: bool = False
    skip: bool = False
    comment: Private | None = None


Answers = Mapping[str, Answer]
"""What one person answers, by question. A question that is not there counts as skipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """What a group's answers to one question come to.

    Of `n` people who answered at all `rated` gave a score; `distribution` counts them by score, lowest first.
    `mean` is rounded half up to one decimal. `reached` of them gave the bar's score or more, which is `enough` or not;
    both are None without a bar, as `mean` and `enough` are where nobody rated.
    """

    question: str
    n: int
    rated: int
    unknown: int
    skipped: int
    distribution: tuple[int, ...]
    mean: str | None
    reached: int | None = None
    enough: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """What a group's answers come to; `group` None is all participants. `answered` of `invited` people did answer."""

    group: str | None = None
    invited: int
    answered: int
    questions: tuple[QuestionResult, ...]


CLEAR_BELIEVABLE_IMPLEMENTABLE = Questionnaire(
    name="clear-believable-implementable",
    version=1,
    modes=(Mode.ATTRIBUTED,),
    bar=Bar(score=4, percent=70),
    questions=(
        Question(id="clear", text="The strategy is clear enough for me to say what it asks of us."),
        Question(id="believable", text="I believe that it can come true for us, as we are and where we stand."),
        Question(id="implementable", text="We can carry it out with the people, means and time that we have."),
        Question(id="missing", text="What would have to be different?", kind=QuestionKind.OPEN),
    ),
)
"""Whether a draft is clear, believable and implementable enough (S11). The bar is Avow's own: set another."""

BUILT_IN: Mapping[str, Questionnaire] = {each.name: each for each in (CLEAR_BELIEVABLE_IMPLEMENTABLE,)}
"""The questionnaires that come with Avow, by name."""


@dataclass(eq=False)
class QuestionnaireFlawed(Refusal):
    """A questionnaire that nobody could answer."""

    questionnaire: str
    flaw: str
    kind = RefusalKind.INVALID
    where = "questionnaire"
    rule = "questionnaire {questionnaire} {flaw}"
    way_out = "mend it before the review is opened; afterwards it is frozen"


@dataclass(eq=False)
class QuestionUnknown(Refusal):
    """An answer to what was not asked."""

    question: str
    kind = RefusalKind.UNKNOWN
    where = "answers"
    rule = "the questionnaire has no question {question}"
    way_out = "answer its questions by their ids"


@dataclass(eq=False)
class AnswerUnclear(Refusal):
    """An answer that says nothing, or several things at once."""

    question: str
    demand: str
    kind = RefusalKind.INVALID
    where = "answers"
    rule = "the answer to {question} has to be {demand}"
    way_out = "say one of them, or leave the question out"


@dataclass(eq=False)
class ScoreOffScale(Refusal):
    """A score that the scale does not have."""

    question: str
    score: int
    lowest: int
    highest: int
    kind = RefusalKind.INVALID
    where = "answers"
    rule = "{question} is answered from {lowest} to {highest}, not with {score}"
    way_out = "give a score on the scale, or say that you do not know it well enough"


def refuse_questionnaire(asked: Questionnaire) -> None:
    """Refuse a questionnaire without questions or modes, with one question twice, or with an upside-down scale."""
    ids, bar = [each.id for each in asked.questions], asked.bar
    flaws = {
        "asks nothing": not ids,
        "asks one question twice": len(set(ids)) < len(ids),
        "states no mode": not asked.modes,
        "has a scale of fewer than two scores": asked.lowest >= asked.highest,
        "has a bar off its scale": bar is not None
        and not (asked.lowest <= bar.score <= asked.highest and 0 < bar.percent <= 100),
    }
    for flaw, found in flaws.items():
        if found:
            raise QuestionnaireFlawed(asked.name, flaw)


def refuse_answers(asked: Questionnaire, answers: Answers) -> None:
    """Refuse answers that do not fit the questions. Not all need be answered: they can be revised until the close."""
    for id, answer in answers.items():
        question = asked.question(id)
        if question is None:
            raise QuestionUnknown(id)
        said = (answer.score is not None, answer.unknown, answer.skip)
        if question.kind is QuestionKind.RATED:
            if sum(said) != 1:
                raise AnswerUnclear(id, "a score, unknown, or a skip")
            if answer.score is not None and not asked.lowest <= answer.score <= asked.highest:
                raise ScoreOffScale(id, answer.score, asked.lowest, asked.highest)
        elif said != (False, False, answer.comment is None):
            raise AnswerUnclear(id, "a comment, or a skip")


def tally(asked: Questionnaire, answers: Collection[Answers]) -> tuple[QuestionResult, ...]:
    """What these people's answers come to, rated question by rated question. Own words are not tallied."""
    return tuple(_tally(asked, each.id, answers) for each in asked.questions if each.kind is QuestionKind.RATED)


def _tally(asked: Questionnaire, question: str, answers: Collection[Answers]) -> QuestionResult:
    given = [each[question] for each in answers if question in each]
    scores = [each.score for each in given if each.score is not None]
    unknown, rated = sum(each.unknown for each in given), len(scores)
    reached = sum(score >= asked.bar.score for score in scores) if asked.bar else None
    enough = reached * 100 >= asked.bar.percent * rated if asked.bar and reached is not None and rated else None
    return QuestionResult(
        question=question,
        n=len(answers),
        rated=rated,
        unknown=unknown,
        skipped=len(answers) - rated - unknown,
        distribution=tuple(scores.count(score) for score in range(asked.lowest, asked.highest + 1)),
        mean=_mean(scores),
        reached=reached,
        enough=enough,
    )


def _mean(scores: list[int]) -> str | None:
    if not scores:
        return None
    return str((Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_UP))
