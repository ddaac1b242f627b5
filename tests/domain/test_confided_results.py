"""The figures of a confidential review: those of S1 to the digit, and the same whoever of a class said what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ballot import Ballot
from domain.confided_results import (
    Movement,
    Ratings,
    Results,
    Step,
    decides,
    difference,
    movement,
    percent,
    ratings,
    tally,
    themes,
)
from domain.confidentiality import ROOT, ClassTooSmall, Leaf, Part, Path, Terms, TooFewAnswered, merge, people_of
from domain.questionnaire import Answer, Mode, Question, QuestionKind, Questionnaire
from domain.questionnaires import COMMITMENT_AUDIT, CONFIDED_CONCERNS
from domain.sealed import Private
from tests.support.confiding import ORGANISATION, answering

ASKED = Questionnaire(
    name="audit",
    version=1,
    modes=(Mode.CONFIDENTIAL,),
    questions=(
        Question(id="understand", text="?", theme="understand"),
        Question(id="believe", text="?", theme="believe"),
        Question(id="unsaid", text="?", kind=QuestionKind.OPEN),
    ),
)

BELIEVE: Mapping[Path, tuple[int, ...]] = {
    ("executive",): (0, 1, 1, 3, 1, 0),
    ("commercial", "field_sales"): (2, 4, 2, 2, 0, 1),
    ("commercial", "marketing"): (0, 1, 0, 1, 1, 0),
    ("commercial", "service"): (1, 1, 2, 2, 0, 0),
    ("operations", "plant"): (0, 2, 1, 2, 0, 1),
    ("operations", "supply"): (0, 0, 1, 1, 0, 0),
}
"""How often each score from 1 to 5 was given, and how many skipped, by leaf; within the groups of S1."""
UNDERSTOOD: Mapping[Path, tuple[int, int]] = {
    ("executive",): (5, 6),
    ("commercial", "field_sales"): (8, 11),
    ("commercial", "marketing"): (2, 3),
    ("commercial", "service"): (4, 6),
    ("operations", "plant"): (3, 6),
    ("operations", "supply"): (1, 2),
}
EXECUTIVE, FIELD_SALES, OPERATIONS = ((("executive",),), (("commercial", "field_sales"),), (("operations",),))
MARKETING_AND_SERVICE: Part = (("commercial", "marketing"), ("commercial", "service"))
COMMERCIAL: Part = (("commercial",),)

LEAVES, ANSWERED = answering(ORGANISATION)
TERMS = Terms(k=5, leaves=LEAVES)


def scored(counts: tuple[int, ...]) -> Iterator[Answer]:
    """Answers with scores from 1 on, as often as is said; the last count is of skips."""
    for score, count in enumerate(counts[:-1], 1):
        yield from [Answer(score=score)] * count
    yield from [Answer(skip=True)] * counts[-1]


def ballots() -> list[Ballot]:
    """Those of S1."""
    given = list[Ballot]()
    for leaf in LEAVES:
        high, asked = UNDERSTOOD[leaf.path]
        understood = [Answer(score=5)] * high + [Answer(score=2)] * (asked - high)
        people = [person for person in leaf.people if person in ANSWERED]
        for person, understand, believe in zip(people, understood, scored(BELIEVE[leaf.path]), strict=True):
            given.append(Ballot(person=person, answers={"understand": understand, "believe": believe}))
    return given


@pytest.fixture(scope="module")
def results() -> Results:
    return tally(TERMS, ASKED, ballots())


class TestTheCommitmentAuditOfS1:
    @pytest.mark.parametrize(
        ("part", "distribution", "skipped", "rated", "share", "mean"),
        [
            (EXECUTIVE, (0, 1, 1, 3, 1), 0, 6, 66.7, "3.7"),
            (FIELD_SALES, (2, 4, 2, 2, 0), 1, 10, 20.0, "2.4"),
            (MARKETING_AND_SERVICE, (1, 2, 2, 3, 1), 0, 9, 44.4, "3.1"),
            (OPERATIONS, (0, 2, 2, 3, 0), 1, 7, 42.9, "3.1"),
            (COMMERCIAL, (3, 6, 4, 5, 1), 1, 19, 31.6, "2.7"),
            (ROOT, (3, 9, 7, 11, 2), 2, 32, 40.6, "3.0"),
        ],
    )
    def test_believe(
        self, results: Results, part: Part, distribution: tuple[int, ...], skipped: int, rated: int, share: float,
        mean: str,
    ) -> None:  # fmt: skip
        found = results.of(part)
        assert found is not None
        believe = found.questions[1]
        assert (believe.distribution, believe.skipped, believe.rated, believe.mean) == (
            distribution, skipped, rated, mean,
        )  # fmt: skip
        assert ratings(believe).share == share

    @pytest.mark.parametrize(
        ("part", "share", "of", "less_believed"),
        [
            (EXECUTIVE, 83.3, (5, 6), 16.6),
            (FIELD_SALES, 72.7, (8, 11), 52.7),
            (MARKETING_AND_SERVICE, 66.7, (6, 9), 22.3),
            (OPERATIONS, 50.0, (4, 8), 7.1),
            (COMMERCIAL, 70.0, (14, 20), 38.4),
            (ROOT, 67.6, (23, 34), 27.0),
        ],
    )
    def test_understand_and_how_much_more_than_believed(
        self, results: Results, part: Part, share: float, of: tuple[int, int], less_believed: float
    ) -> None:
        found = results.of(part)
        assert found is not None
        read = themes(ASKED, found)
        assert (read["understand"].share, (read["understand"].high, read["understand"].rated)) == (share, of)
        assert difference(read["understand"].share, read["believe"].share) == less_believed

    def test_it_decides_to_reopen_the_content_with_field_sales_and_nothing_else(self, results: Results) -> None:
        found = {each.part: tuple(decides(themes(ASKED, each))) for each in results.parts if not each.union}
        assert found == {
            MARKETING_AND_SERVICE: (),
            FIELD_SALES: (Step.REOPEN_THE_CONTENT,),
            EXECUTIVE: (),
            OPERATIONS: (),
        }

    def test_thirty_four_of_all_answered_and_every_group_says_how_many(self, results: Results) -> None:
        assert (results.answered, {each.part: each.n for each in results.parts}) == (
            34,
            {MARKETING_AND_SERVICE: 9, FIELD_SALES: 11, EXECUTIVE: 6, OPERATIONS: 8, COMMERCIAL: 20, ROOT: 34},
        )
        assert [each.part for each in results.parts if each.union] == [COMMERCIAL, ROOT]


class TestWhatIsPublished:
    @given(st.data())
    def test_whoever_of_a_class_said_what_changes_nothing(self, data: st.DataObject) -> None:
        given = [
            Ballot(person=each.person, answers={**each.answers, "unsaid": Answer(comment=words(each.person))})
            for each in ballots()
        ]
        before = tally(TERMS, ASKED, given)
        said = {each.person: each.answers for each in given}
        for group in merge(LEAVES, ANSWERED, 5):
            people = sorted(people_of(LEAVES, group) & ANSWERED)
            shuffled = data.draw(st.permutations(people))
            said |= dict(zip(people, [said[each] for each in shuffled], strict=True))
        after = [Ballot(person=person, answers=answers) for person, answers in said.items()]
        assert tally(TERMS, ASKED, data.draw(st.permutations(after))) == before

    @given(st.lists(st.integers(0, 6), min_size=34, max_size=34))
    def test_which_groups_there_are_does_not_depend_on_what_was_answered(self, scores: list[int]) -> None:
        options = [*(Answer(score=score) for score in range(1, 6)), Answer(unknown=True), Answer(skip=True)]
        given = [
            Ballot(person=person, answers={"believe": options[score]})
            for person, score in zip(sorted(ANSWERED), scores, strict=True)
        ]
        found = tally(TERMS, ASKED, given)
        assert [(each.part, each.n) for each in found.parts] == [
            (each.part, each.n) for each in tally(TERMS, ASKED, ballots()).parts
        ]

    def test_who_does_not_take_part_is_not_counted(self) -> None:
        stranger = Ballot(person=UUID(int=10**6), answers={"believe": Answer(score=5)})
        assert tally(TERMS, ASKED, [*ballots(), stranger]) == tally(TERMS, ASKED, ballots())

    def test_under_k_nothing_is(self) -> None:
        with pytest.raises(TooFewAnswered):
            tally(TERMS, ASKED, ballots()[:4])

    def test_a_tree_that_would_single_somebody_out_is_found_before_anything_is_published(self) -> None:
        people = [UUID(int=number) for number in range(9)]
        overlapping = (Leaf(path=("a",), people=tuple(people[:5])), Leaf(path=("b",), people=tuple(people[4:])))
        given = [Ballot(person=person, answers={}) for person in people]
        with pytest.raises(ClassTooSmall):
            tally(Terms(k=5, leaves=overlapping), ASKED, given)

    def test_who_answered_no_question_counts_as_having_skipped_all(self) -> None:
        given = [Ballot(person=person, answers={}) for person in ANSWERED]
        found = tally(TERMS, ASKED, given).parts[-1].questions[0]
        assert (found.n, found.rated, found.skipped, found.mean) == (34, 0, 34, None)

    def test_those_who_do_not_know_are_a_share_of_all_but_those_who_skipped(self) -> None:
        assert Ratings(distribution=(0, 0, 1, 2, 0), unknown=1).unknown_share == 25.0
        assert Ratings(distribution=(0, 0, 1, 2, 0), unknown=1).share == 66.7
        assert (Ratings(distribution=(0,) * 5, unknown=0).share, percent(1, 8)) == (None, 12.5)

    def test_concerns_are_counted_by_kind(self) -> None:
        given = [
            Ballot(person=person, answers={"courage": Answer(score=number % 2), "care": Answer(skip=True)})
            for number, person in enumerate(sorted(ANSWERED))
        ]
        whole = tally(TERMS, CONFIDED_CONCERNS, given).of(ROOT)
        assert whole is not None
        by_kind = {each.question: each.distribution for each in whole.questions}
        assert (by_kind["courage"], by_kind["care"], by_kind["addressed"]) == ((17, 17), (0, 0), (0, 0, 0, 0, 0))


def words(person: UUID) -> Private:
    """Something that one person says."""
    return Private(person, f"said by {person.int % 7}")


class TestComments:
    def commented(self, count: int) -> Results:
        people = sorted(ANSWERED)[:count]
        given = [Ballot(person=person, answers={"unsaid": Answer(comment=words(person))}) for person in people]
        return tally(TERMS, ASKED, given)

    def test_they_are_shown_for_the_whole_in_an_order_that_tells_of_nobody(self) -> None:
        shown = self.commented(34).comments["unsaid"]
        assert len(shown) == 34
        assert list(shown) != sorted(shown)
        assert self.commented(34).comments == self.commented(34).comments

    def test_ten_have_to_answer(self) -> None:
        assert (len(self.commented(10).comments["unsaid"]), self.commented(9).comments) == (10, {})

    def test_blank_ones_are_none(self) -> None:
        given = [Ballot(person=person, answers={"unsaid": Answer(skip=True)}) for person in ANSWERED]
        assert tally(TERMS, ASKED, given).comments == {"unsaid": ()}


class TestMovement:
    def test_it_is_the_difference_of_published_figures_of_the_same_part(self, results: Results) -> None:
        better = [
            Ballot(person=each.person, answers={**each.answers, "believe": Answer(score=4)}) for each in ballots()
        ]
        moved = {(each.part, each.question): each for each in movement(results, tally(TERMS, ASKED, better))}
        assert moved[FIELD_SALES, "believe"] == Movement(part=FIELD_SALES, question="believe", share=80.0, mean="1.6")
        assert moved[ROOT, "understand"] == Movement(part=ROOT, question="understand", share=0.0, mean="0.0")

    def test_where_groups_differ_only_what_both_published_is_compared(self, results: Results) -> None:
        others = Terms(k=5, leaves=tuple(leaf for leaf in LEAVES if leaf.path != ("commercial", "marketing")))
        parts = {each.part for each in movement(results, tally(others, ASKED, ballots()))}
        assert parts == {FIELD_SALES, EXECUTIVE, OPERATIONS, COMMERCIAL, ROOT}


class TestWhatItDecides:
    LOW, HIGH = Ratings(distribution=(3, 0, 0, 1, 0), unknown=0), Ratings(distribution=(0, 1, 0, 2, 0), unknown=0)

    @pytest.mark.parametrize(
        ("low", "steps"),
        [
            ((), []),
            (("understand", "believe"), [Step.COMMUNICATE]),
            (("believe", "own"), [Step.REOPEN_THE_CONTENT]),
            (("own", "accountable"), [Step.INVITE_SHAPING]),
            (("accountable",), [Step.NAME_SOMEBODY_ACCOUNTABLE]),
            (("leaders", "own"), [Step.LEADERS_FIRST, Step.INVITE_SHAPING]),
            (("committed",), []),
        ],
    )
    def test_where_the_chain_breaks_first_decides_and_leaders_come_before_all(
        self, low: tuple[str, ...], steps: list[Step]
    ) -> None:
        all_themes = {each.theme for each in COMMITMENT_AUDIT.questions if each.theme}
        found = {theme: self.LOW if theme in low else self.HIGH for theme in all_themes}
        assert list(decides(found)) == steps
