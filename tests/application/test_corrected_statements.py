"""A corrected statement stays what it was about; what it says anew is decided as if it had been said then."""

from __future__ import annotations

from typing import Any

import pytest

from domain.acknowledgement import ACKNOWLEDGEMENT
from domain.commitment import COMMITMENT
from domain.duty import DUTY
from domain.organisation import ClockKind
from domain.response import RESPONSE
from domain.review import REVIEW
from tests.application.scenes import Fields, answer, content, publish, published, recorded, refused, state, words
from tests.support.stage import Stage

WHY = "it was entered wrongly"
FOUNDED: Fields = {"organisation": "acme", "zone": "Europe/Berlin", "clock": ClockKind.SIMULATED}
MADE: Fields = {"party_person": "ann", "strategy": "growth"}


def opened(stage: Stage, **said: Any) -> Fields:
    """The words of a review opened on 5 March."""
    return {
        "kind": "clarity_check",
        "title": "Clear?",
        "strategy": "growth",
        "participants": ("ann", "bob"),
        "questionnaire": "clear-believable-implementable",
        "closes": stage.day("2026-04-01"),
        **said,
    }


class TestCommitment:
    @pytest.mark.parametrize("named", ["c", "id", None])
    def test_a_commitment_keeps_its_key(self, named: str | None) -> None:
        stage = published()
        made = stage.say("commitment.made", "2026-03-05", commitment="c", **MADE)
        reference = str(made.stream) if named == "id" else named
        again = stage.correct(
            made, "commitment.made", "2026-03-05", "2026-03-06", WHY, commitment=reference, level="committed", **MADE
        )
        assert words(stage, content(stage, again).key) == "c"
        assert stage.say("commitment.withdrawn", "2026-03-07", commitment="c").stream == made.stream

    def test_it_may_turn_out_to_be_another_partys(self) -> None:
        """Entered for the wrong one: it is the other's from the start, and sealed under the other's key."""
        stage = published()
        made = stage.say("commitment.made", "2026-03-05", by="ann", commitment="c", result="10 calls", **MADE)
        stage.say("commitment.renewed", "2026-03-06", by="ann", commitment="c")
        again = stage.correct(
            made,
            "commitment.made",
            "2026-03-05",
            "2026-03-07",
            WHY,
            commitment="c",
            party_person="cy",
            strategy="growth",
            result="10 calls",
        )
        commitment = state(stage, COMMITMENT, made)
        assert commitment.party is not None
        assert commitment.party.id == stage.person("cy")
        assert {content(stage, again).key.subject, content(stage, again).terms.result.subject} == {stage.person("cy")}
        assert recorded(stage, again).actor.on_behalf_of == commitment.party

    def test_it_may_move_to_another_strategy_while_nothing_else_rests_on_it(self) -> None:
        stage = published()
        stage.say("strategy.drafted", "2026-03-05", strategy="other", title="Other")
        made = stage.say("commitment.made", "2026-03-05", commitment="c", **MADE)
        other: Fields = {"commitment": "c", "party_person": "ann", "strategy": "other"}
        stage.correct(made, "commitment.made", "2026-03-05", "2026-03-06", WHY, **other)
        target, seen = state(stage, COMMITMENT, made).target, state(stage, COMMITMENT, made).seen
        assert target is not None
        assert (target.strategy, seen) == (stage.strategy("other"), None)
        stage.say("commitment.renewed", "2026-03-07", commitment="c")
        with refused(stage, "bound-to-its-strategy", "strategy"):
            stage.correct(made, "commitment.made", "2026-03-05", "2026-03-08", WHY, commitment="c", **MADE)

    @pytest.mark.parametrize("other", ["d", "nothing"])
    def test_it_becomes_no_other_commitment(self, other: str) -> None:
        stage = published()
        made = stage.say("commitment.made", "2026-03-05", commitment="c", **MADE)
        stage.say("commitment.made", "2026-03-05", commitment="d", **MADE)
        with refused(stage, "corrects-another-record", what="commitment"):
            stage.correct(made, "commitment.made", "2026-03-05", "2026-03-06", WHY, commitment=other, **MADE)
        renewed = stage.say("commitment.renewed", "2026-03-06", commitment="c")
        with refused(stage, "corrects-another-record" if other == "d" else "unknown-reference"):
            stage.correct(renewed, "commitment.renewed", "2026-03-06", "2026-03-07", WHY, commitment=other)

    def test_an_acceptance_is_corrected_as_the_party_that_was_asked(self) -> None:
        """What it did itself is not in its own way: whoever accepted is still who had been asked."""
        stage = published()
        stage.say("commitment.made", "2026-03-05", commitment="c", by="ann", **MADE)
        stage.say("commitment.reassigned", "2026-03-06", commitment="c", party_person="cy", by="ann")
        accepted = stage.say("commitment.accepted", "2026-03-07", commitment="c", by="cy")
        corrected = stage.correct(accepted, "commitment.accepted", "2026-03-08", "2026-03-09", WHY, commitment="c")
        behalf = recorded(stage, corrected).actor.on_behalf_of
        assert behalf is not None
        assert behalf.id == stage.person("cy")

    def test_a_no_to_an_offer_is_corrected_without_saying_again_what_was_offered(self) -> None:
        stage = published()
        stage.say("commitment.made", "2026-03-05", commitment="c", by="ann", **MADE)
        stage.say("commitment.reassigned", "2026-03-06", commitment="c", party_person="cy", by="ann")
        no = stage.say("commitment.declined", "2026-03-07", commitment="c", by="cy", reason="no time")
        stage.correct(no, "commitment.declined", "2026-03-08", "2026-03-09", WHY, commitment="c")
        assert state(stage, COMMITMENT, no, "2026-03-07").offered_to is not None
        assert state(stage, COMMITMENT, no, "2026-03-08").offered_to is None

    def test_a_no_to_what_was_asked_for_keeps_its_key(self) -> None:
        stage = published()
        no = stage.say("commitment.declined", "2026-03-07", commitment="c", by="ann", reason="no time", **MADE)
        again = stage.correct(no, "commitment.declined", "2026-03-06", "2026-03-09", WHY, element="vision", **MADE)
        assert words(stage, content(stage, again).key) == "c"
        assert content(stage, again).target.element == "vision"


class TestAcknowledgement:
    @pytest.mark.parametrize("topic", ["acknowledgement.given", "acknowledgement.declined"])
    def test_it_stays_with_its_person_and_strategy(self, topic: str) -> None:
        stage = published()
        stage.say("strategy.drafted", "2026-03-03", strategy="other", title="Other")
        stage.say("strategy.revised", "2026-03-03", strategy="other", element="v", kind="vision", text="V")
        stage.say("strategy.submitted", "2026-03-03", strategy="other")
        stage.say("strategy.published", "2026-03-03", strategy="other", material=True)
        given = stage.say(topic, "2026-03-05", person="ann", strategy="growth", by="ann", reason="as asked")
        for person, strategy in (("cy", "growth"), ("ann", "other")):
            with refused(stage, "corrects-another-record", "replaces", what="acknowledgement"):
                stage.correct(given, topic, "2026-03-05", "2026-03-06", WHY, person=person, strategy=strategy)
        again = stage.correct(
            given, topic, "2026-03-04", "2026-03-06", WHY, person="ann", strategy="growth", method="signed"
        )
        assert again.stream == given.stream
        (statement,) = state(stage, ACKNOWLEDGEMENT, given).statements
        assert (statement.method, statement.at) == ("signed", stage.day("2026-03-04"))


def test_a_duty_may_turn_out_to_be_somebody_elses() -> None:
    stage = published()
    given = stage.say("duty.given", "2026-03-05", person="ann", kind="decide", for_="faster")
    stage.correct(given, "duty.given", "2026-03-05", "2026-03-06", WHY, person="cy", kind="decide", for_="faster")
    duty = state(stage, DUTY, given)
    assert (duty.person, duty.given_at) == (stage.person("cy"), stage.day("2026-03-05"))


class TestReview:
    def test_an_opening_keeps_review_and_key(self) -> None:
        stage = published()
        first = stage.say("review.opened", "2026-03-05", **opened(stage, review="spring"))
        again = stage.correct(
            first, "review.opened", "2026-03-05", "2026-03-06", WHY, **opened(stage, title="Is it clear?")
        )
        assert (state(stage, REVIEW, first).title, words(stage, content(stage, again).key)) == (
            "Is it clear?",
            "spring",
        )
        with refused(stage, "corrects-another-record", what="review"):
            stage.correct(first, "review.opened", "2026-03-05", "2026-03-06", WHY, **opened(stage, review="summer"))

    def test_answers_stay_with_their_person_and_review(self) -> None:
        stage = published()
        for review in ("spring", "summer"):
            stage.say("review.opened", "2026-03-05", **opened(stage, review=review))
        answers = {"clear": answer(4)}
        given = stage.say("review.answered", "2026-03-06", review="spring", person="ann", answers=answers, by="ann")
        for review, person in (("summer", "ann"), ("spring", "bob")):
            with refused(stage, "corrects-another-record", "replaces", what="response"):
                stage.correct(
                    given,
                    "review.answered",
                    "2026-03-06",
                    "2026-03-07",
                    WHY,
                    review=review,
                    person=person,
                    answers=answers,
                )
        stage.correct(
            given,
            "review.answered",
            "2026-03-06",
            "2026-03-07",
            WHY,
            review="spring",
            person="ann",
            answers={"clear": answer(2)},
        )
        (said,) = state(stage, RESPONSE, given).given
        assert said.answers["clear"].score == 2

    def test_a_publication_of_results_is_corrected_with_its_number(self) -> None:
        stage = published()
        stage.say("review.opened", "2026-03-05", **opened(stage, review="spring"))
        stage.say("review.closed", "2026-03-06", review="spring")
        first = stage.say("review.published", "2026-03-07", review="spring")
        stage.say("review.published", "2026-03-08", review="spring", reason="a late sheet")
        stage.correct(first, "review.published", "2026-03-06", "2026-03-09", WHY, review="spring")
        editions = state(stage, REVIEW, first).editions
        assert [(each.edition, each.published_at) for each in editions] == [
            (1, stage.day("2026-03-06")),
            (2, stage.day("2026-03-08")),
        ]

    def test_what_is_said_of_one_review_is_never_moved_to_another(self) -> None:
        stage = published()
        for review in ("spring", "summer"):
            stage.say("review.opened", "2026-03-05", **opened(stage, review=review))
        closed = stage.say("review.closed", "2026-03-06", review="spring")
        with refused(stage, "corrects-another-record", what="review"):
            stage.correct(closed, "review.closed", "2026-03-06", "2026-03-07", WHY, review="summer")


def test_a_correction_is_decided_at_the_instant_it_names() -> None:
    """Ann's promise moves to before revision 2 was in force, and is bound to what she can have seen then."""
    stage = published()
    publish(stage, "2026-03-10")
    made = stage.say("commitment.made", "2026-03-12", commitment="c", **MADE)
    assert content(stage, made).seen.revision == 2
    again = stage.correct(made, "commitment.made", "2026-03-05", "2026-03-13", WHY, commitment="c", **MADE)
    assert content(stage, again).seen.revision == 1
