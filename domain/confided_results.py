"""What is published of a confidential review: figures of groups and of unions of them, once, and never computed again.

All of it follows from `tally`, which is called inside the ballot box; only its result leaves. Whatever is read off the
result afterwards (shares, themes, what it decides, movement) is arithmetic on published figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from domain.ballot import Ballot
from domain.confidentiality import (
    FOR_COMMENTS,
    ROOT,
    ClassTooSmall,
    Part,
    Terms,
    TooFewAnswered,
    covers,
    merge,
    people_of,
    refuse_thin,
    with_unions,
)
from domain.questionnaire import Answers, QuestionKind, Questionnaire, QuestionResult
from domain.questionnaire import tally as counted
from domain.review_rules import ResultsOfAnotherReview

HIGH, LOW = (4, 5), (1, 2)
"""The scores that count as high, and as low, on the scale from 1 to 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """What the answers of one part of the tree come to: a reporting group, or a union of several; of `n` people."""

    part: Part
    union: bool
    n: int
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All that is ever published of a confidential review: the groups first, then unions of them, the whole last.

    Of `asked` participants `answered` did. `comments` are those of the whole, by question, in an order that follows
    from their words alone; there are none where fewer than ten answered.
    """

    asked: int
    answered: int
    parts: tuple[PartResult, ...]
    comments: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def of(self, part: Part) -> PartResult | None:
        """The figures of a part; None where none were published."""
        return next((each for each in self.parts if each.part == part), None)


def tally(terms: Terms, questionnaire: Questionnaire, ballots: Iterable[Ballot]) -> Results:
    """The results of these ballots; those of people who are no participants are left out.

    Raises TooFewAnswered where nothing can be published, and ClassTooSmall where the figures would single out somebody,
    which no answers bring about: it is checked again all the same, whatever the merging did.
    """
    participants = people_of(terms.leaves, ROOT)
    given = {ballot.person: ballot.answers for ballot in ballots if ballot.person in participants}
    groups = merge(terms.leaves, given.keys(), terms.k)
    if not groups:
        raise TooFewAnswered(terms.k)
    used = {part: people_of(terms.leaves, part) & given.keys() for part in with_unions(groups)}
    comments = _comments(questionnaire, given) if len(given) >= FOR_COMMENTS else {}
    refuse_thin([*used.values(), *(given.keys() for _ in comments)], terms.k)
    return Results(
        asked=len(participants),
        answered=len(given),
        parts=tuple(
            PartResult(
                part=part,
                union=part not in groups,
                n=len(people),
                questions=counted(questionnaire, [given[person] for person in people]),
            )
            for part, people in used.items()
        ),
        comments=comments,
    )


def refuse_stated(terms: Terms, questionnaire: Questionnaire, stated: Results) -> None:
    """Refuse results of a review held elsewhere that these terms would not have let out, whoever states them.

    Raises ClassTooSmall where the parts, or differences of them, are of fewer than k people, and comments of fewer than
    ten; ResultsOfAnotherReview where they do not fit the participants, the questions or each other.
    """
    leaves = {each.part: {leaf.path for leaf in terms.leaves if covers(each.part, leaf.path)} for each in stated.parts}
    groups = [each for each in stated.parts if not each.union]
    apart = sum(len(leaves[each.part]) for each in groups) == len(set().union(*(leaves[each.part] for each in groups)))
    if not apart or any(each.n < terms.k for each in groups) or (stated.comments and stated.answered < FOR_COMMENTS):
        raise ClassTooSmall(terms.k)
    for each in stated.parts:
        within = [group for group in groups if leaves[group.part] <= leaves[each.part]]
        if leaves[each.part] != set().union(*(leaves[group.part] for group in within)):
            raise ClassTooSmall(terms.k)
        fits = all(
            questionnaire.question(found.question) is not None
            and found.n == each.n == found.rated + found.unknown + found.skipped
            and found.rated == sum(found.distribution)
            for found in each.questions
        )
        if each.n != sum(group.n for group in within) or not fits:
            raise ResultsOfAnotherReview("/".join(each.part[0]) or "all participants")
    whole = stated.of(ROOT)
    once = len(leaves) == len(stated.parts)
    if whole is None or not once or whole.n != stated.answered:
        raise ResultsOfAnotherReview("all participants")


def _comments(questionnaire: Questionnaire, given: Mapping[UUID, Answers]) -> dict[str, tuple[str, ...]]:
    """Everybody's comments, undated, by question. An order that follows from the words alone tells of nobody."""
    found: dict[str, tuple[str, ...]] = {}
    for question in questionnaire.questions:
        answers = [each[question.id] for each in given.values() if question.id in each]
        said = [each.comment.text for each in answers if each.comment is not None and each.comment.text]
        if said or question.kind is QuestionKind.OPEN:
            found[question.id] = tuple(sorted(said, key=lambda words: sha256(words.encode()).digest()))
    return found


def percent(part: int, whole: int) -> float | None:
    """A part of a whole in percent, rounded half up to one decimal; None of nothing."""
    return float((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)) if whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """Published ratings on the scale from 1 to 5, of one question or of several that are read together."""

    distribution: tuple[int, ...]
    unknown: int

    @property
    def rated(self) -> int:
        """How many ratings there are."""
        return sum(self.distribution)

    @property
    def high(self) -> int:
        """How many of them are high."""
        return sum(self.distribution[score - 1] for score in HIGH)

    @property
    def low(self) -> int:
        """How many of them are low."""
        return sum(self.distribution[score - 1] for score in LOW)

    @property
    def share(self) -> float | None:
        """The percentage of high ones, over those who rated."""
        return percent(self.high, self.rated)

    @property
    def unknown_share(self) -> float | None:
        """The percentage of those who do not know it well enough, over all but those who skipped."""
        return percent(self.unknown, self.rated + self.unknown)


def ratings(result: QuestionResult) -> Ratings:
    """The ratings of one question."""
    return Ratings(distribution=result.distribution, unknown=result.unknown)


def themes(questionnaire: Questionnaire, result: PartResult) -> dict[str, Ratings]:
    """The ratings of the questions of each theme taken together, in the order of the questionnaire."""
    found: dict[str, Ratings] = {}
    for each in result.questions:
        question = questionnaire.question(each.question)
        if question is not None and question.theme is not None and question.kind is QuestionKind.RATED:
            before = found.get(question.theme, Ratings(distribution=(0,) * len(each.distribution), unknown=0))
            summed = tuple(map(sum, zip(before.distribution, each.distribution, strict=True)))
            found[question.theme] = Ratings(distribution=summed, unknown=before.unknown + each.unknown)
    return found


def difference(share: float | None, other: float | None) -> float | None:
    """How many points one share is above another, to one decimal; None where either is missing."""
    return round(share - other, 1) if share is not None and other is not None else None


class Step(StrEnum):
    """What a commitment audit decides for a group."""

    LEADERS_FIRST = "leaders_first"
    COMMUNICATE = "communicate"
    REOPEN_THE_CONTENT = "reopen_the_content"
    INVITE_SHAPING = "invite_shaping"
    NAME_SOMEBODY_ACCOUNTABLE = "name_somebody_accountable"


CHAIN: Mapping[str, Step] = {
    "understand": Step.COMMUNICATE,
    "believe": Step.REOPEN_THE_CONTENT,
    "own": Step.INVITE_SHAPING,
    "accountable": Step.NAME_SOMEBODY_ACCOUNTABLE,
}
"""From understanding to being on the hook: what to do where the chain breaks at a theme."""


def decides(found: Mapping[str, Ratings]) -> Iterator[Step]:
    """What the ratings of these themes decide (S1): leaders first where they are low, and where the chain breaks first.

    A theme is low where more gave it 1 or 2 than 4 or 5.
    """
    low = {theme for theme, each in found.items() if each.low > each.high}
    if "leaders" in low:
        yield Step.LEADERS_FIRST
    yield from [step for theme, step in CHAIN.items() if theme in low][:1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """How a published figure of one part differs from the one of the review before: in points of share, and in mean."""

    part: Part
    question: str
    share: float | None
    mean: str | None


def movement(before: Results, after: Results) -> Iterator[Movement]:
    """What moved between two published results: of the parts that both were published of, and the questions of both.

    Nothing is computed from the answers of two reviews together: each figure is the difference of two that stand.
    """
    for now in after.parts:
        then = before.of(now.part)
        earlier = {each.question: each for each in then.questions} if then is not None else {}
        for each in now.questions:
            if each.question in earlier and len(each.distribution) == len(earlier[each.question].distribution):
                yield _moved(now.part, earlier[each.question], each)


def _moved(part: Part, then: QuestionResult, now: QuestionResult) -> Movement:
    on_scale = len(now.distribution) == max(HIGH)
    return Movement(
        part=part,
        question=now.question,
        share=difference(ratings(now).share, ratings(then).share) if on_scale else None,
        mean=str(Decimal(now.mean) - Decimal(then.mean)) if now.mean and then.mean else None,
    )
