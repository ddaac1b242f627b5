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
    """How answers are given: attributed ones bear their author's name for the readers named at the opening.

    Confidential ones are kept apart, and only figures of groups are ever told of them (`domain.confidentiality`).
    """

    ATTRIBUTED = "attributed"
    CONFIDENTIAL = "confidential"


class QuestionKind(StrEnum):
    """How a question is answered: rated on the questionnaire's scale, or open, in own words only.

    In confidential reviews only: an attitude is one of the seven of `ATTITUDES`, from 1 for the first; a concern is
    had (1) or not (0), and its question's id is the kind of concern.
    """

    RATED = "rated"
    OPEN = "open"
    ATTITUDE = "attitude"
    CONCERN = "concern"


ATTITUDES = (
    "apathy", "non-compliance", "grudging compliance", "formal compliance", "genuine compliance", "enrolment",
    "commitment",
)  # fmt: skip
"""The attitudes that somebody can have to a vision, the weakest first. Source: P. Senge, The Fifth Discipline."""
CONFIDED_ONLY = frozenset({QuestionKind.ATTITUDE, QuestionKind.CONCERN})
"""Questions that nobody is asked under their name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; `id` is unique in its questionnaire and stays through its versions.

    Questions of one `theme` are read together, such as those of what is understood.
    """

    id: str
    text: str
    kind: QuestionKind = QuestionKind.RATED
    theme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What is enough: of those who rated a question, `percent` or more in a hundred gave it `score` or more."""

    score: int
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A version of a questionnaire. Rated questions are answered from `lowest` to `highest`.

    Without a `bar` nothing is judged to be enough. One that is `confidential_where_possible` is attributed only where
    too few people are asked for a confidential review.
    """

    name: str
    version: int
    modes: tuple[Mode, ...]
    questions: tuple[Question, ...]
    lowest: int = 1
    highest: int = 5
    bar: Bar | None = None
    confidential_where_possible: bool = False

    def question(self, id: str) -> Question | None:
        """The question of that id, if there is one."""
        return next((each for each in self.questions if each.id == id), None)

    def scores(self, question: Question) -> range:
        """The scores that a question is answered with, the lowest first; none for an open one."""
        match question.kind:
            case QuestionKind.RATED:
                return range(self.lowest, self.highest + 1)
            case QuestionKind.ATTITUDE:
                return range(1, len(ATTITUDES) + 1)
            case QuestionKind.CONCERN:
                return range(2)
            case QuestionKind.OPEN:
                return range(0)


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
    """Refuse a questionnaire without questions or modes, with one question twice, or with an upside-down scale.

    And one that could be attributed though it asks what is asked in confidence only, or confidential on a scale whose
    figures nobody could compare.
    """
    ids, bar = [each.id for each in asked.questions], asked.bar
    flaws = {
        "asks nothing": not ids,
        "asks one question twice": len(set(ids)) < len(ids),
        "states no mode": not asked.modes,
        "has a scale of fewer than two scores": asked.lowest >= asked.highest,
        "has a bar off its scale": bar is not None
        and not (asked.lowest <= bar.score <= asked.highest and 0 < bar.percent <= 100),
        "asks for an attitude or a concern in another mode than confidential": Mode.ATTRIBUTED in asked.modes
        and any(each.kind in CONFIDED_ONLY for each in asked.questions),
        "rates otherwise than from 1 to 5, though it may be confidential": Mode.CONFIDENTIAL in asked.modes
        and (asked.lowest, asked.highest) != (1, 5),
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
        if question.kind is not QuestionKind.OPEN:
            scores = asked.scores(question)
            if sum(said) != 1:
                raise AnswerUnclear(id, "a score, unknown, or a skip")
            if answer.score is not None and answer.score not in scores:
                raise ScoreOffScale(id, answer.score, scores[0], scores[-1])
        elif said != (False, False, answer.comment is None):
            raise AnswerUnclear(id, "a comment, or a skip")


def tally(asked: Questionnaire, answers: Collection[Answers]) -> tuple[QuestionResult, ...]:
    """What these people's answers come to, question by question. Own words are not tallied."""
    return tuple(_tally(asked, each, answers) for each in asked.questions if each.kind is not QuestionKind.OPEN)


def _tally(asked: Questionnaire, question: Question, answers: Collection[Answers]) -> QuestionResult:
    given = [each[question.id] for each in answers if question.id in each]
    scores = [each.score for each in given if each.score is not None]
    unknown, rated = sum(each.unknown for each in given), len(scores)
    bar = asked.bar if question.kind is QuestionKind.RATED else None
    reached = sum(score >= bar.score for score in scores) if bar else None
    return QuestionResult(
        question=question.id,
        n=len(answers),
        rated=rated,
        unknown=unknown,
        skipped=len(answers) - rated - unknown,
        distribution=tuple(scores.count(score) for score in asked.scores(question)),
        mean=mean(scores),
        reached=reached,
        enough=reached * 100 >= bar.percent * rated if bar and reached is not None and rated else None,
    )


def mean(scores: Collection[int]) -> str | None:
    """The mean of scores, rounded half up to one decimal; None of none."""
    return str((Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_UP)) if scores else None
