"""Five stages of enrolment, to the digit: late entries, corrections, joiners and a material revision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from application.conversation import OutcomeReference, PathwayWords, RecognitionReference
from domain.access import AccessRole
from domain.conversation import CONVERSATION, EnrolmentStage, Mine, PathwayPart
from domain.enrolment import Enrolment, Lack, Why, enrolment
from domain.owed import Call
from domain.scope import Scope, population
from tests.application.scenes import Fields, content, refused, words
from tests.support.stage import Stage

ALL_FIVE = tuple(PathwayPart)
OUTCOMES: dict[str, dict[str, Any]] = {
    "relationship": {"knows": True},
    "possibility": {"mine": Mine.YES},
    "pathway": {"named": ALL_FIVE},
    "action": {},
    "completion": {"complete": True},
}
"""What it takes to come through each stage."""


def everybody() -> Stage:
    """Members A to F of one team, and a strategy in force since 5 January."""
    stage = Stage()
    stage.say("unit.formed", "2026-01-01", unit="acme", name="Acme", kind="enterprise")
    stage.say("unit.formed", "2026-01-01", unit="team", name="Team", kind="team", parent="acme")
    for person in "abcdef":
        joins(stage, person, "2026-01-02")
    stage.say("strategy.drafted", "2026-01-03", strategy="growth", title="Growth")
    revise(stage, "2026-01-05", "First")
    return stage


def joins(stage: Stage, person: str, at: str, unit: str = "team") -> None:
    stage.say("person.joined", at, person=person)
    stage.say("membership.began", at, person=person, unit=unit, home=True)


def revise(stage: Stage, at: str, text: str, element: str = "vision") -> None:
    stage.say("strategy.revised", at, strategy="growth", element=element, kind=element, text=text)
    stage.say("strategy.submitted", at, strategy="growth")
    stage.say("strategy.published", at, strategy="growth", material=True)


def outcomes(stage: str, people: Iterable[str], **other: Any) -> tuple[OutcomeReference, ...]:
    said = {**OUTCOMES[stage], **other}
    return tuple(OutcomeReference(person=person, **said) for person in people)


def holds(scene: Stage, stage: str, at: str, people: str, known: str | None = None, **more: Any) -> Any:
    fields = {"stage": EnrolmentStage(stage), "outcomes": outcomes(stage, people), **more}
    reason = "the minutes came late" if known else None
    return scene.say("conversation.held", at, known=known, reason=reason, strategy="growth", **fields)


def commits(stage: Stage, person: str, at: str, **other: Any) -> Any:
    terms = {"level": "committed", "role": "seller", "result": "ten calls", "by_when": date(2026, 6, 30), **other}
    return stage.say("commitment.made", at, party_person=person, strategy="growth", by=person, **terms)


def enrolled(stage: Stage, valid: str, known: str, unit: str | None = None) -> Enrolment:
    asked = stage.ask(valid, known)
    situation = stage.questions.situation(asked, stage.strategy("growth"))
    assert situation is not None
    held = stage.questions.states.states(
        CONVERSATION, stage.organisation, asked.moment, strategy=stage.strategy("growth")
    )
    scope = Scope(unit=stage.unit(unit) if unit else None)
    return enrolment(situation, held, population(situation.organisation.chart, situation.people, scope, asked.valid_at))


def row(stage: Stage, valid: str, known: str) -> tuple[str, ...]:
    """Who has come through each stage, and how many of how many cells are filled."""
    found = enrolled(stage, valid, known)
    names = {stage.person(each): each.upper() for each in "abcdefg" if _is_known(stage, each)}
    each_stage = ["".join(sorted(names[id] for id in found.filled(each))) for each in EnrolmentStage]
    filled = sum(len(found.filled(each)) for each in EnrolmentStage)
    return (*each_stage, f"{filled} of {len(found.rows) * len(EnrolmentStage)}")


def _is_known(stage: Stage, person: str) -> bool:
    return stage.ledger.book(stage.organisation).find("person", person) is not None


def told() -> Stage:
    """The whole example: conversations, late entries, the correction, G, C's commitment, the material revision."""
    stage = everybody()
    holds(stage, "relationship", "2026-01-12", "abcdef")
    holds(stage, "possibility", "2026-01-26", "abcde")
    pathway = holds(stage, "pathway", "2026-02-09", "abcd")
    holds(stage, "action", "2026-02-16", "abc")
    commits(stage, "a", "2026-02-16")
    commits(stage, "b", "2026-02-16")
    holds(stage, "possibility", "2026-02-03", "f", known="2026-02-20")
    joins(stage, "g", "2026-03-01")
    stage.correct(
        pathway,
        "conversation.held",
        "2026-02-09",
        "2026-03-02",
        "E was there, D was not",
        strategy="growth",
        stage=EnrolmentStage.PATHWAY,
        outcomes=outcomes("pathway", "abce"),
    )
    commits(stage, "c", "2026-03-23")
    holds(stage, "completion", "2026-03-30", "ab")
    revise(stage, "2026-04-01", "Second")
    return stage


class TestTheExample:
    @pytest.mark.parametrize(
        ("valid", "known", "expected"),
        [
            ("2026-02-16", "2026-02-16", ("ABCDEF", "ABCDE", "ABCD", "AB", "", "17 of 30")),
            ("2026-02-16", "2026-02-20", ("ABCDEF", "ABCDEF", "ABCD", "AB", "", "18 of 30")),
            ("2026-02-16", "2026-03-02", ("ABCDEF", "ABCDEF", "ABCE", "AB", "", "18 of 30")),
            ("2026-03-31", "2026-03-31", ("ABCDEF", "ABCDEF", "ABCE", "ABC", "AB", "21 of 35")),
            ("2026-04-01", "2026-04-01", ("ABCDEF", "ABCDEF", "ABCE", "", "AB", "18 of 35")),
        ],
    )
    def test_reads_as_it_was_known(self, valid: str, known: str, expected: tuple[str, ...]) -> None:
        assert row(told(), valid, known) == expected

    def test_g_lacks_all_five_and_was_not_counted_before(self) -> None:
        stage = told()
        lacks = {each.lacks for each in enrolled(stage, "2026-03-31", "2026-03-31").rows[stage.person("g")].values()}
        assert lacks == {Lack.CONVERSATION}
        assert stage.person("g") not in enrolled(stage, "2026-02-28", "2026-03-31").rows

    def test_c_counts_from_the_day_of_the_commitment(self) -> None:
        stage = told()
        c = stage.person("c")
        before = enrolled(stage, "2026-03-22", "2026-03-31").rows[c][EnrolmentStage.ACTION]
        after = enrolled(stage, "2026-03-23", "2026-03-31").rows[c][EnrolmentStage.ACTION]
        assert (before.lacks, after.lacks, len(after.commitments)) == (Lack.COMMITMENT, None, 1)

    def test_three_are_stale_once_the_material_revision_is_in_force(self) -> None:
        stage = told()
        found = enrolled(stage, "2026-04-01", "2026-04-01")
        assert found.stale(EnrolmentStage.ACTION) == {stage.person(each) for each in "abc"}
        assert not enrolled(stage, "2026-03-31", "2026-04-01").stale(EnrolmentStage.ACTION)

    def test_what_was_held_before_it_still_counts_and_is_due_again(self) -> None:
        stage = told()
        found = enrolled(stage, "2026-04-01", "2026-04-01")
        again = {each.value: len(found.due_again(each)) for each in EnrolmentStage}
        assert again == {"relationship": 6, "possibility": 6, "pathway": 4, "action": 0, "completion": 2}
        assert not any(enrolled(stage, "2026-03-31", "2026-04-01").due_again(each) for each in EnrolmentStage)

    def test_a_renewed_commitment_fills_the_stage_again(self) -> None:
        stage = told()
        renewed = commits(stage, "d", "2026-04-02")
        holds(stage, "action", "2026-04-02", "d")
        found = enrolled(stage, "2026-04-02", "2026-04-02").rows[stage.person("d")][EnrolmentStage.ACTION]
        assert (found.filled, found.commitments, found.due_again) == (True, (renewed.stream,), False)


class TestOutcomes:
    def test_attendance_fills_nothing(self) -> None:
        stage = everybody()
        for each, said in (
            ("relationship", {"knows": None}),
            ("possibility", {"mine": None}),
            ("pathway", {"named": ()}),
            ("completion", {"complete": None}),
        ):
            stage.say(
                "conversation.held",
                "2026-02-01",
                strategy="growth",
                stage=EnrolmentStage(each),
                outcomes=outcomes(each, "a", **said),
            )
        assert row(stage, "2026-02-01", "2026-02-01")[-1] == "0 of 30"
        found = enrolled(stage, "2026-02-01", "2026-02-01").rows[stage.person("a")]
        assert [each.lacks for each in found.values()] == [
            Lack.OUTCOME, Lack.OUTCOME, Lack.OUTCOME, Lack.CONVERSATION, Lack.OUTCOME,
        ]  # fmt: skip

    def test_partly_mine_is_shown_and_not_come_through(self) -> None:
        stage = everybody()
        said: Fields = {"stage": EnrolmentStage.POSSIBILITY, "outcomes": outcomes("possibility", "a", mine=Mine.PARTLY)}
        stage.say("conversation.held", "2026-02-01", strategy="growth", **said)
        found = enrolled(stage, "2026-02-01", "2026-02-01")
        assert (len(found.filled(EnrolmentStage.POSSIBILITY)), len(found.partly(EnrolmentStage.POSSIBILITY))) == (0, 1)

    def test_four_parts_are_no_pathway(self) -> None:
        stage = everybody()
        said: Fields = {"stage": EnrolmentStage.PATHWAY, "outcomes": outcomes("pathway", "a", named=ALL_FIVE[:4])}
        stage.say("conversation.held", "2026-02-01", strategy="growth", **said)
        assert row(stage, "2026-02-01", "2026-02-01")[2] == ""

    def test_the_newest_outcome_decides_and_who_only_sat_there_keeps_theirs(self) -> None:
        stage = everybody()
        holds(stage, "possibility", "2026-02-01", "ab")
        said: Fields = {"stage": EnrolmentStage.POSSIBILITY}
        no = (*outcomes("possibility", "a", mine=Mine.NO), *outcomes("possibility", "b", mine=None))
        stage.say("conversation.held", "2026-02-08", strategy="growth", outcomes=no, **said)
        assert row(stage, "2026-02-07", "2026-02-08")[1] == "AB"
        assert row(stage, "2026-02-08", "2026-02-08")[1] == "B"

    @pytest.mark.parametrize("missing", ["role", "result", "by_when"])
    def test_action_takes_role_result_and_by_when(self, missing: str) -> None:
        stage = everybody()
        holds(stage, "action", "2026-02-01", "a")
        commits(stage, "a", "2026-02-01", **{missing: None})
        assert row(stage, "2026-02-01", "2026-02-01")[3] == ""

    @pytest.mark.parametrize(("level", "counts"), [("not yet", ""), (None, "A"), ("committed", "A")])
    def test_a_stated_level_has_to_count(self, level: str | None, counts: str) -> None:
        stage = everybody()
        holds(stage, "action", "2026-02-01", "a")
        commits(stage, "a", "2026-02-01", level=level)
        assert row(stage, "2026-02-01", "2026-02-01")[3] == counts

    def test_nobody_commits_for_another(self) -> None:
        stage = everybody()
        holds(stage, "action", "2026-02-01", "a")
        terms: Fields = {"level": "committed", "role": "seller", "result": "calls", "by_when": date(2026, 6, 30)}
        made = stage.say("commitment.made", "2026-02-01", party_person="a", strategy="growth", by="b", **terms)
        assert row(stage, "2026-02-01", "2026-02-01")[3] == ""
        stage.say("commitment.confirmed", "2026-02-02", commitment=str(made.stream), by="a")
        assert row(stage, "2026-02-02", "2026-02-02")[3] == "A"

    def test_the_participants_own_word_stands_in_the_place_of_what_was_recorded_for_them(self) -> None:
        stage = everybody()
        held = holds(stage, "possibility", "2026-02-01", "ab", by="c")
        said = stage.say(
            "conversation.restated", "2026-02-03", conversation=str(held.stream), person="a", mine=Mine.NO, by="a"
        )
        assert row(stage, "2026-02-02", "2026-02-03")[1] == "AB"
        assert row(stage, "2026-02-03", "2026-02-03")[1] == "B"
        state = stage.ledger.timeline(CONVERSATION, stage.organisation, said.stream).state()
        assert [each.themselves for each in state.told] == [True, False]

    def test_a_day_that_was_set_asks_for_the_stage_again(self) -> None:
        stage = everybody()
        holds(stage, "relationship", "2026-02-01", "a", again_by=date(2026, 3, 31), by="c")
        for day, again in (("2026-03-31", 0), ("2026-04-01", 1)):
            found = enrolled(stage, day, "2026-02-01")
            assert (
                len(found.filled(EnrolmentStage.RELATIONSHIP)),
                len(found.due_again(EnrolmentStage.RELATIONSHIP)),
            ) == (1, again)
        asked = stage.ask("2026-04-01")
        (owed,) = stage.questions.owed(asked, stage.person("c"))
        assert (owed.call, owed.due, owed.overdue) == (Call.HOLD, date(2026, 3, 31), True)
        holds(stage, "relationship", "2026-04-02", "a", by="c")
        assert stage.questions.owed(stage.ask("2026-04-02"), stage.person("c")) == []
        assert not enrolled(stage, "2026-04-02", "2026-04-02").due_again(EnrolmentStage.RELATIONSHIP)


class TestEffect:
    def test_who_had_not_joined_by_then_is_not_counted(self) -> None:
        stage = everybody()
        joins(stage, "g", "2026-02-10")
        holds(stage, "possibility", "2026-02-01", "ag", known="2026-02-10")
        found = enrolled(stage, "2026-02-10", "2026-02-10")
        assert row(stage, "2026-02-10", "2026-02-10")[1] == "A"
        assert [(each.record is not None, each.reason) for each in found.unapplied] == [
            (True, "its person had not joined by then")
        ]

    def test_a_conversation_before_the_strategy_was_drafted_has_no_effect(self) -> None:
        stage = everybody()
        holds(stage, "possibility", "2026-01-02", "a", known="2026-02-10")
        assert row(stage, "2026-02-10", "2026-02-10")[1] == ""
        assert len(enrolled(stage, "2026-02-10", "2026-02-10").unapplied) == 1


class TestWhoCouldHoldIt:
    def test_leads_spokespeople_facilitators_and_who_came_through(self) -> None:
        stage = everybody()
        holds(stage, "possibility", "2026-02-01", "abc")
        unit = stage.unit("team")

        def could(at: str) -> dict[str, Why]:
            found = enrolled(stage, at, at).could_hold(unit, EnrolmentStage.POSSIBILITY)
            return {next(name for name in "abcdefg" if stage.person(name) == id): why for id, why in found.items()}

        stage.say("person.joined", "2026-02-01", person="g")
        assert could("2026-02-01") == dict.fromkeys("abc", Why.CAME_THROUGH)
        stage.say("access.granted", "2026-02-02", person="d", role=AccessRole.LEAD, unit="acme")
        stage.say("spokesperson.named", "2026-02-02", unit="team", person="a")
        assert could("2026-02-02") == {"d": Why.LEAD, "a": Why.SPOKESPERSON, **dict.fromkeys("bc", Why.CAME_THROUGH)}
        stage.say("person.left", "2026-02-03", person="a")
        assert could("2026-02-03") == {"d": Why.LEAD, **dict.fromkeys("bc", Why.CAME_THROUGH)}

    def test_somebody_who_moves_takes_their_stages_along(self) -> None:
        stage = everybody()
        holds(stage, "possibility", "2026-02-01", "a")
        stage.say("unit.formed", "2026-02-01", unit="other", name="Other", kind="team", parent="acme")
        stage.say("membership.ended", "2026-02-05", person="a", unit="team")
        stage.say("membership.began", "2026-02-05", person="a", unit="other", home=True)
        for day, unit, filled in (("2026-02-04", "team", 1), ("2026-02-05", "team", 0), ("2026-02-05", "other", 1)):
            assert len(enrolled(stage, day, "2026-02-05", unit).filled(EnrolmentStage.POSSIBILITY)) == filled


class TestWords:
    def test_feedback_recognition_and_pathway_are_sealed(self) -> None:
        stage = everybody()
        held = holds(
            stage,
            "completion",
            "2026-02-01",
            "",
            outcomes=outcomes("completion", "a", feedback="too many calls"),
            recognition=(RecognitionReference(person="b", completed="the price list"),),
            by="c",
        )
        said = content(stage, held)
        assert words(stage, said.outcomes[0].feedback) == "too many calls"
        assert said.outcomes[0].feedback.subject == stage.person("a")
        assert words(stage, said.recognition[0].completed) == "the price list"
        assert said.recognition[0].completed.subject == stage.person("c")
        way = PathwayWords(who="two", what="calls")
        said = content(stage, holds(stage, "pathway", "2026-02-02", "a", pathway=way))
        assert (words(stage, said.pathway.who), said.pathway.how) == ("two", None)


class TestRefusals:
    def test_a_conversation_is_held_for_somebody_once(self) -> None:
        stage = everybody()
        with refused(stage, "nobody-took-part", "outcomes"):
            holds(stage, "possibility", "2026-02-01", "")
        with refused(stage, "took-part-twice", "outcomes"):
            holds(stage, "possibility", "2026-02-01", "aa")
        with refused(stage, "unknown-reference", "outcomes"):
            holds(stage, "possibility", "2026-02-01", "x")

    @pytest.mark.parametrize(
        ("stage", "other"),
        [("relationship", {"mine": Mine.YES}), ("action", {"complete": True}), ("completion", {"named": ALL_FIVE})],
    )
    def test_an_outcome_belongs_to_its_stage(self, stage: str, other: dict[str, Any]) -> None:
        scene = everybody()
        with refused(scene, "outcome-of-another-stage", "outcomes"):
            holds(scene, stage, "2026-02-01", "", outcomes=outcomes(stage, "a", **other))

    def test_pathway_and_recognition_too(self) -> None:
        stage = everybody()
        with refused(stage, "not-of-this-stage", "pathway"):
            holds(stage, "action", "2026-02-01", "a", pathway=PathwayWords(who="we"))
        with refused(stage, "not-of-this-stage", "recognition"):
            holds(stage, "action", "2026-02-01", "a", recognition=(RecognitionReference(person="a", completed="it"),))

    def test_only_participants_restate_and_only_after_it_was_held(self) -> None:
        stage = everybody()
        held = str(holds(stage, "possibility", "2026-02-01", "a").stream)
        with refused(stage, "took-no-part", "person"):
            stage.say("conversation.restated", "2026-02-02", conversation=held, person="b", mine=Mine.YES, by="b")
        with refused(stage, "conversation-unknown", "at"):
            stage.say("conversation.restated", "2026-01-31", conversation=held, person="a", mine=Mine.YES, by="a")

    def test_it_is_due_again_later(self) -> None:
        stage = everybody()
        with refused(stage, "again-before-held", "again_by"):
            holds(stage, "possibility", "2026-02-01", "a", again_by=date(2026, 2, 1))
