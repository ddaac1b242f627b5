"""Outcomes that were asked in confidence: of published groups, grouped by what was avowed as the period began."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from domain.confided_results import PartResult, Results
from domain.confidentiality import ROOT, Leaf, Part, Terms
from domain.kernel import Refusal
from domain.outcomes import NOBODY_THERE, Comparison, GroupsTooSmall, mean
from domain.outcomes_published import QuestionNotRated, compare_published
from domain.questionnaire import Mode, Question, QuestionKind, Questionnaire, QuestionResult
from tests.support.specification import some
from tests.support.story import Story

TOP = str(some("top"))
TEAMS = [f"t{number:02}" for number in range(20)]
"""In the first ten both people are committed in February, in the others one of two is, and the other from April on."""
ASKED = Questionnaire(
    name="pulse",
    version=1,
    modes=(Mode.CONFIDENTIAL,),
    questions=(Question(id="engaged", text="I give it my best"), Question(id="said", text="?", kind=QuestionKind.OPEN)),
)


def part(team: str) -> Part:
    return ((TOP, str(some(team))),)


@pytest.fixture(scope="module")
def story() -> Story:
    told = Story()
    told.unit("top")
    for team in TEAMS:
        told.unit(team, parent="top")
        for number in range(2):
            told.joins(f"{team}-{number}", home=team)
    told.publishes("2026-01-10")
    for number, team in enumerate(TEAMS):
        told.commits(f"{team}-0", "2026-02-01")
        told.commits(f"{team}-1", "2026-02-01" if number < 10 else "2026-04-01")
    return told


def result(at: Part, scores: tuple[int, ...], *, union: bool = False) -> PartResult:
    """Published ratings of the question, by score."""
    n = sum(scores) or 5
    given = QuestionResult(
        question="engaged", n=n, rated=sum(scores), unknown=0, skipped=n - sum(scores), distribution=scores, mean=None
    )
    return PartResult(part=at, union=union, n=n, questions=(given,))


def published(**scores: tuple[int, ...]) -> Results:
    """Of the more aligned teams four of five gave 4 or 5, of the others two of five; and the whole, a union."""
    usual = {team: (0, 0, 1, 2, 2) if number < 10 else (1, 1, 1, 1, 1) for number, team in enumerate(TEAMS)}
    parts = tuple(result(part(team), counts) for team, counts in {**usual, **scores}.items())
    return Results(asked=40, answered=100, parts=(*parts, result(ROOT, (10, 10, 20, 30, 30), union=True)))


def compared(story: Story, results: Results, at: str = "2026-03-01", **more: Any) -> Comparison:
    leaves = tuple(Leaf(path=part(team)[0], people=(some(f"{team}-0"), some(f"{team}-1"))) for team in TEAMS)
    stranger = Leaf(path=part("gone")[0], people=(some("nobody"),))
    terms, question = Terms(leaves=(*leaves, stranger)), more.pop("question", "engaged")
    return compare_published(story.alignment(at), terms, ASKED, results, question, Fraction(60), **more)


def test_each_published_group_counts_once_and_unions_do_not(story: Story) -> None:
    found = compared(story, published())
    assert (len(found.more), len(found.less), found.left_out) == (10, 10, ())
    figures = mean(found.more), mean(found.less), found.difference, found.ratio or Fraction(0)
    assert [float(each) for each in figures] == [80.0, 40.0, 40.0, 2.0]
    assert (found.measured_in, found.higher_is_better) == ("% at 4 and 5", True)
    first = found.more[0]
    assert (first.unit, first.part, first.people, first.committed, first.kpis) == (None, part("t00"), 2, 2, ())


def test_groups_are_by_what_was_avowed_as_the_period_began(story: Story) -> None:
    with pytest.raises(GroupsTooSmall) as refused:
        compared(story, published(), "2026-04-02")
    assert (refused.value.more, refused.value.less) == (20, 0)


def test_what_is_of_nobody_or_rated_by_nobody_is_left_out_and_below_ten_it_is_refused(story: Story) -> None:
    found = compared(story, published(gone=(0, 0, 0, 0, 5)))
    assert [(each.part, each.reason) for each in found.left_out] == [(part("gone"), NOBODY_THERE)]
    with pytest.raises(GroupsTooSmall) as refused:
        compared(story, published(t19=(0, 0, 0, 0, 0)))
    assert (refused.value.more, refused.value.less) == (10, 9)


def test_a_scope_holds_groups_that_lie_in_it_as_a_whole(story: Story) -> None:
    assert len(compared(story, published(), below=TOP).more) == 10
    with pytest.raises(GroupsTooSmall) as refused:
        compared(story, published(), below=str(some("t00")))
    assert (refused.value.more, refused.value.less) == (1, 0)


@pytest.mark.parametrize("question", ["said", "other"])
def test_the_question_is_a_rated_one(story: Story, question: str) -> None:
    with pytest.raises(QuestionNotRated) as refused:
        compared(story, published(), question=question)
    assert isinstance(refused.value, Refusal)
    assert refused.value.where == "question"
    assert question in str(refused.value)
