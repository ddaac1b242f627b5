"""The five conditions: two say the same or nothing is judged, and what that comes to, to the digit."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from domain.condition import (
    CONDITION,
    Assessment,
    AssessorsAssigned,
    Condition,
    ConditionEvidenced,
    ConditionJudged,
    JudgementAgreed,
    Pinned,
    Verdict,
    joint,
    unjudged,
)
from domain.condition_results import (
    Cycle,
    condition_results,
    conditions,
    counts,
    counts_of,
    counts_published,
    first_edition,
)
from domain.condition_rules import AssessorsUnclear, EvidenceUnclear, NotAnAssessor, NothingToAgreeTo
from domain.questionnaires import FIVE_CONDITIONS
from domain.review import Review, ReviewStanding
from tests.support.specification import Given, Said, corrected, given, instant, on, some

ANN, BOB, EVE = some("Ann"), some("Bob"), some("Eve")
GROUND = (Pinned(text="18 of 20 trained", source="course register", valid_at=instant("2026-05-12")),)
ASSIGNED = AssessorsAssigned(review=some("May"), strategy=some("growth"), unit=some("Sales"), assessors=(ANN, BOB))
MAY = Review(
    standing=ReviewStanding.OPEN,
    questionnaire=FIVE_CONDITIONS,
    participants=(ANN, BOB, EVE),
    opened_at=instant("2026-05-04"),
    closes=instant("2026-05-16"),
)
LETTERS = {"A": Verdict.APPARENT, "P": Verdict.PARTLY, "N": Verdict.NOT_APPARENT, "-": None}


def says(person: UUID, verdict: Verdict, condition: Condition = Condition.GOALS) -> ConditionJudged:
    """What somebody judges."""
    return ConditionJudged(
        review=some("May"), unit=some("Sales"), person=person, condition=condition, judgement=verdict, rests_on=GROUND
    )


def agrees(person: UUID, condition: Condition = Condition.GOALS) -> JudgementAgreed:
    """What somebody agrees to."""
    return JudgementAgreed(review=some("May"), unit=some("Sales"), person=person, condition=condition)


def assigned() -> Given[Assessment]:
    return given(CONDITION, on("2026-05-04", ASSIGNED))


def after(*said: Said) -> Assessment:
    """What is said of a unit whose assessors are Ann and Bob."""
    return given(CONDITION, on("2026-05-04", ASSIGNED), *said).timeline.state()


def judged(state: Assessment) -> Verdict | None:
    """The joint judgement of the goals."""
    found = joint(state, MAY, Condition.GOALS)
    return found.judgement if found else None


class TestJudging:
    def test_one_word_is_no_judgement_and_two_that_differ_are_none(self) -> None:
        one = after(on("2026-05-06", says(ANN, Verdict.PARTLY)))
        other = after(on("2026-05-06", says(ANN, Verdict.PARTLY)), on("2026-05-07", says(BOB, Verdict.NOT_APPARENT)))
        assert (judged(one), judged(other)) == (None, None)
        assert unjudged(other, MAY) == tuple(Condition)

    def test_it_is_joint_from_the_later_word_on(self) -> None:
        state = after(on("2026-05-06", says(ANN, Verdict.PARTLY)), on("2026-05-08", says(BOB, Verdict.PARTLY)))
        found = joint(state, MAY, Condition.GOALS)
        assert found is not None
        assert (found.judgement, found.since, found.rests_on) == (Verdict.PARTLY, instant("2026-05-08"), GROUND)

    def test_who_judges_again_opens_it_again_until_the_other_agrees(self) -> None:
        said = (
            on("2026-05-06", says(ANN, Verdict.PARTLY)),
            on("2026-05-07", agrees(BOB)),
            on("2026-05-08", says(ANN, Verdict.NOT_APPARENT)),
        )
        assert judged(after(*said)) is None
        assert judged(after(*said, on("2026-05-09", agrees(BOB)))) is Verdict.NOT_APPARENT

    def test_a_corrected_word_takes_the_agreement_to_it_along(self) -> None:
        said = on("2026-05-06", says(ANN, Verdict.APPARENT)), on("2026-05-07", agrees(BOB))
        mended = corrected(2, "2026-05-06", says(ANN, Verdict.NOT_APPARENT))
        assert judged(after(*said, mended)) is Verdict.NOT_APPARENT

    def test_words_after_the_close_count_for_nothing(self) -> None:
        said = on("2026-05-06", says(ANN, Verdict.APPARENT)), on("2026-05-16", agrees(BOB))
        assert judged(after(*said)) is None

    def test_an_assessor_in_anothers_place_says_it_anew(self) -> None:
        said = (
            on("2026-05-06", says(ANN, Verdict.PARTLY)),
            on("2026-05-07", agrees(BOB)),
            on("2026-05-08", replace(ASSIGNED, assessors=(ANN, EVE))),
        )
        assert judged(after(*said)) is None
        assert judged(after(*said, on("2026-05-09", agrees(EVE)))) is Verdict.PARTLY

    def test_only_the_two_named_say_anything(self) -> None:
        assigned().when(on("2026-05-06", says(EVE, Verdict.PARTLY))).then(NotAnAssessor)
        assigned().when(on("2026-05-06", agrees(EVE))).then(NotAnAssessor)
        given(CONDITION).when(on("2026-05-06", says(ANN, Verdict.PARTLY))).then(NotAnAssessor)

    def test_nobody_agrees_to_nothing_nor_to_themselves(self) -> None:
        assigned().when(on("2026-05-06", agrees(BOB))).then(NothingToAgreeTo)
        assigned().when(on("2026-05-06", says(ANN, Verdict.PARTLY)), on("2026-05-07", agrees(ANN))).then(
            NothingToAgreeTo
        )

    @pytest.mark.parametrize("assessors", [(), (ANN,), (ANN, ANN), (ANN, BOB, EVE)])
    def test_assessors_are_two(self, assessors: tuple[UUID, ...]) -> None:
        given(CONDITION).when(on("2026-05-04", replace(ASSIGNED, assessors=assessors))).then(AssessorsUnclear)

    @pytest.mark.parametrize("grounds", [(), (replace(GROUND[0], source=None),)])
    def test_it_says_what_it_rests_on(self, grounds: tuple[Pinned, ...]) -> None:
        assigned().when(on("2026-05-06", replace(says(ANN, Verdict.PARTLY), rests_on=grounds))).then(EvidenceUnclear)

    def test_evidence_may_be_older_than_the_review(self) -> None:
        evidence = ConditionEvidenced(
            review=some("May"),
            strategy=some("growth"),
            unit=some("Sales"),
            condition=Condition.SYSTEMS,
            text="a new bonus rule",
            source="works agreement",
        )
        state = after(on("2026-04-01", evidence))
        assert [(each.fact, each.since) for each in state.evidence] == [(2, instant("2026-04-01"))]
        assert state.assessors == (ANN, BOB)


def together(letters: str) -> Assessment:
    """A unit of which both said the same of each condition."""
    said = [on("2026-05-04", ASSIGNED)]
    for condition, letter in zip(Condition, letters, strict=True):
        if (verdict := LETTERS[letter]) is not None:
            said += [on("2026-05-12", says(ANN, verdict, condition)), on("2026-05-12", agrees(BOB, condition))]
    return given(CONDITION, *said).timeline.state()


UNITS = {name: some(name) for name in ("Enterprise", "Commercial", "Operations")}


def cycle(name: str, review: Review, *letters: str, then: tuple[str, ...] = ()) -> Cycle:
    """A review of the three units."""
    closed = {unit: together(each) for unit, each in zip(UNITS.values(), then or letters, strict=True)}
    units = {unit: together(each) for unit, each in zip(UNITS.values(), letters, strict=True)}
    return Cycle(id=some(name), review=review, units=units, as_closed=closed)


CLOSED = replace(MAY, standing=ReviewStanding.CLOSED, ended_at=instant("2026-05-15"))


class TestResults:
    def test_first_cycle_of_the_worked_example(self) -> None:
        found = conditions([cycle("May", CLOSED, "APAPN", "APPPN", "ANPAP")], UNITS.values(), instant("2026-05-20"))
        told = counts_of(found.rows)
        assert (told.apparent, told.partly, told.not_apparent, told.of) == (5, 7, 3, 15)
        assert (told.gaps, told.critical, found.aligned, len(found.rows)) == (10, 3, 0, 3)

    def test_restated_it_keeps_its_first_edition(self) -> None:
        may = cycle("May", CLOSED, "APAPN", "APPPN", "ANPNP", then=("APAPN", "APPPN", "ANPAP"))
        found = conditions([may], UNITS.values(), instant("2026-05-20"))
        told, first = counts_of(found.rows), first_edition(may)
        assert first is not None
        assert (told.apparent, told.partly, told.not_apparent, told.gaps, told.critical) == (4, 7, 4, 11, 4)
        assert (first.apparent, first.partly, first.not_apparent) == (5, 7, 3)
        assert [cell.condition for row in found.rows for cell in row.cells if cell.restated] == [Condition.CAPABILITIES]

    def test_the_newest_closed_review_of_a_unit_tells(self) -> None:
        later = replace(MAY, opened_at=instant("2026-11-02"), closes=instant("2026-11-14"))
        november = Cycle(id=some("November"), review=later, units={UNITS["Commercial"]: together("AAAAA")})
        may = cycle("May", CLOSED, "APAPN", "APPPN", "ANPAP")
        before = conditions([november, may], UNITS.values(), instant("2026-11-13"))
        after = conditions([november, may], UNITS.values(), instant("2026-11-14"))
        assert {row.unit: row.cycle.id for row in before.rows} == dict.fromkeys(UNITS.values(), some("May"))
        assert {row.unit: row.cycle.id for row in after.rows}[UNITS["Commercial"]] == some("November")

    def test_a_unit_that_is_not_asked_about_counts_nowhere(self) -> None:
        may = cycle("May", CLOSED, "APAPN", "APPPN", "ANPAP")
        assert counts_of(conditions([may], [UNITS["Enterprise"]], instant("2026-05-20")).rows).of == 5

    def test_published_results_tell_the_same_counts(self) -> None:
        may = cycle("May", CLOSED, "APAPN", "APP-N", "ANPAP")
        (result,) = condition_results(CLOSED, may.units.values())
        assert (result.invited, result.answered) == (3, 2)
        assert all(each.mean is None for each in result.questions)
        assert counts_published((result,)) == counts_of(conditions([may], UNITS.values(), instant("2026-05-20")).rows)

    def test_of_nothing_there_are_no_counts(self) -> None:
        assert counts([]).of == 0
        assert first_edition(replace(cycle("May", MAY, "APAPN", "APPPN", "ANPAP"), as_closed=None)) is None
