"""What a conversation says, what it refuses, and what a participant's own word does to it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.conversation import (
    CONVERSATION,
    ConversationAlreadyHeld,
    ConversationHeld,
    ConversationUnknown,
    EnrolmentStage,
    Mine,
    NobodyTookPart,
    NotOfThisStage,
    Outcome,
    OutcomeOfAnotherStage,
    OutcomeRestated,
    Pathway,
    PathwayPart,
    Told,
    TookNoPart,
    TookPartTwice,
    came_through,
)
from domain.kernel import Actor
from tests.support.specification import corrected, given, instant, on, some

ANN, BOB = Outcome(person=some("Ann"), mine=Mine.YES), Outcome(person=some("Bob"), mine=Mine.PARTLY)
HELD = ConversationHeld(
    strategy=some("growth"),
    stage=EnrolmentStage.POSSIBILITY,
    holder=some("Lena"),
    outcomes=(ANN, BOB),
    again_by=date(2026, 6, 30),
)


def test_it_was_held_with_what_came_of_it_for_each() -> None:
    stream = given(CONVERSATION, on("2026-01-26", HELD).by(Actor(person=some("Ann"))))
    state = stream.as_of("2026-01-26")
    assert (state.held_at, state.stage, state.again_by) == (instant("2026-01-26"), HELD.stage, HELD.again_by)
    assert state.told == (Told(outcome=ANN, themselves=True), Told(outcome=BOB, themselves=False))
    assert (state.participants, state.outcome(some("Cy"))) == ((some("Ann"), some("Bob")), None)
    assert stream.as_of("2026-01-25").held_at is None


def test_it_is_held_once_and_nothing_came_of_it_before() -> None:
    given(CONVERSATION, on("2026-01-26", HELD)).when(on("2026-01-27", HELD)).then(ConversationAlreadyHeld)
    given(CONVERSATION).when(on("2026-01-26", OutcomeRestated(outcome=ANN))).then(ConversationUnknown)


@pytest.mark.parametrize(
    ("held", "refusal"),
    [
        (replace(HELD, outcomes=()), NobodyTookPart),
        (replace(HELD, outcomes=(ANN, ANN)), TookPartTwice(some("Ann"))),
        (replace(HELD, stage=EnrolmentStage.PATHWAY), OutcomeOfAnotherStage("mine", "pathway")),
        (replace(HELD, pathway=Pathway()), NotOfThisStage("pathway", "pathway", "possibility")),
    ],
)
def test_what_it_says_fits_its_stage(held: ConversationHeld, refusal: type) -> None:
    given(CONVERSATION).when(on("2026-01-26", held)).then(refusal)


def test_a_participants_own_word_stands_in_the_place_of_what_was_recorded() -> None:
    own = OutcomeRestated(outcome=replace(BOB, mine=Mine.NO))
    stream = given(CONVERSATION, on("2026-01-26", HELD))
    after = stream.when(on("2026-01-28", own).by(Actor(person=some("Bob")))).then()
    assert after.as_of("2026-01-27").outcome(some("Bob")) == BOB
    assert after.as_of("2026-01-28").told[1] == Told(outcome=own.outcome, themselves=True)
    stream.when(on("2026-01-28", OutcomeRestated(outcome=Outcome(person=some("Cy"))))).then(TookNoPart(some("Cy")))


def test_who_took_part_can_be_corrected_as_long_as_they_said_nothing_themselves() -> None:
    only_ann = corrected(1, "2026-01-26", replace(HELD, outcomes=(ANN,)))
    stream = given(CONVERSATION, on("2026-01-26", HELD))
    stream.when(only_ann).then(participants=(some("Ann"),))
    spoken = stream.when(on("2026-01-28", OutcomeRestated(outcome=BOB))).then()
    assert spoken.when(only_ann).refusal is not None


@pytest.mark.parametrize(
    ("stage", "outcome", "through"),
    [
        (EnrolmentStage.RELATIONSHIP, {"knows": True}, True),
        (EnrolmentStage.RELATIONSHIP, {"knows": False}, False),
        (EnrolmentStage.RELATIONSHIP, {}, False),
        (EnrolmentStage.POSSIBILITY, {"mine": Mine.YES}, True),
        (EnrolmentStage.POSSIBILITY, {"mine": Mine.PARTLY}, False),
        (EnrolmentStage.PATHWAY, {"named": tuple(PathwayPart)}, True),
        (EnrolmentStage.PATHWAY, {"named": tuple(PathwayPart)[1:]}, False),
        (EnrolmentStage.ACTION, {}, True),
        (EnrolmentStage.COMPLETION, {"complete": True}, True),
        (EnrolmentStage.COMPLETION, {"complete": False}, False),
    ],
)
def test_a_stage_is_come_through_by_its_outcome(
    stage: EnrolmentStage, outcome: dict[str, object], through: bool
) -> None:
    assert came_through(stage, Outcome(person=some("Ann"), **outcome)) is through  # type: ignore[arg-type]  # by stage
