"""Commitments through their commands: targets, levels, terms, and what becomes of them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.commitment import COMMITMENT, Standing
from domain.kernel import Party
from tests.application.scenes import (
    Fields,
    content,
    drafted,
    publish,
    published,
    recorded,
    refused,
    staffed,
    state,
    words,
)
from tests.support.stage import Stage

ANN: Fields = {"party_person": "ann", "strategy": "growth", "by": "ann"}


def scaled(scale: str = "size", *levels: str, ordered: bool = True) -> Stage:
    """An organisation whose strategy, growth, is committed to on a scale of its own."""
    stage = staffed()
    levels = levels or ("small", "large")
    counts: Fields = {"counts_from": levels[-1]} if ordered else {}
    stage.say("scale.defined", "2026-02-01", scale=scale, version=1, levels=levels, ordered=ordered, **counts)
    stage.say("strategy.drafted", "2026-03-01", strategy="growth", title="Growth", scale=scale)
    return stage


class TestTargets:
    @pytest.mark.parametrize("target", [{}, {"element": "vision"}, {"goal": "faster"}])
    def test_it_is_to_a_strategy_an_element_or_a_goal(self, target: Fields) -> None:
        stage = published()
        made = stage.say("commitment.made", "2026-03-05", **ANN, **target)
        found = content(stage, made).target
        assert (found.element, found.goal is not None) == (target.get("element"), "goal" in target)

    def test_never_to_both(self) -> None:
        stage = published()
        with refused(stage, "element-or-goal", "goal"):
            stage.say("commitment.made", "2026-03-05", element="vision", goal="faster", **ANN)

    def test_the_element_is_one_of_the_strategy_then(self) -> None:
        stage = published()
        with refused(stage, "target-element-unknown", "element", element="values"):
            stage.say("commitment.made", "2026-03-05", element="values", **ANN)
        stage.say("strategy.revised", "2026-03-06", strategy="growth", element="values", kind="value", text="Care")
        stage.say("commitment.made", "2026-03-06", element="values", **ANN)
        with refused(stage, "target-element-unknown", "element"):
            stage.say("commitment.made", "2026-03-05", element="values", **ANN)

    def test_one_taken_out_of_the_draft_stands_in_what_was_published(self) -> None:
        stage = published()
        stage.say("strategy.revised", "2026-03-06", strategy="growth", element="vision", removed=True)
        stage.say("commitment.made", "2026-03-07", element="vision", **ANN)
        stage.say("strategy.submitted", "2026-03-08", strategy="growth")
        stage.say("strategy.published", "2026-03-08", strategy="growth", material=True, by="bob")
        late = stage.say("commitment.made", "2026-03-07", element="vision", revision=1, **ANN)
        assert content(stage, late).target.element == "vision"

    def test_the_goal_is_one_of_the_strategy(self) -> None:
        stage = published()
        stage.say("strategy.drafted", "2026-03-05", strategy="other", title="Other")
        stage.say("goal.proposed", "2026-03-05", strategy="other", goal="theirs", title="Theirs")
        with refused(stage, "goal-of-another-strategy", "goal", goal="theirs"):
            stage.say("commitment.made", "2026-03-05", goal="theirs", **ANN)

    def test_several_to_one_target_are_told_apart_by_key(self) -> None:
        stage = published()
        streams = {
            stage.say("commitment.made", "2026-03-05", goal="faster", commitment=key, **ANN).stream
            for key in ("a", "b")
        }
        assert len(streams) == 2


class TestLevels:
    @pytest.mark.parametrize("level", ["not yet", "on condition", "committed", None])
    def test_the_built_in_scale_is_that_of_a_strategy_that_chose_none(self, level: str | None) -> None:
        stage = published()
        made = stage.say("commitment.made", "2026-03-05", level=level, **ANN)
        assert content(stage, made).terms.level == level

    @pytest.mark.parametrize("topic", ["commitment.made", "commitment.changed"])
    def test_another_level_is_refused_with_those_there_are(self, topic: str) -> None:
        stage = published()
        stage.say("commitment.made", "2026-03-05", commitment="c", **ANN)
        said = ANN if topic == "commitment.made" else {"commitment": "c"}
        with refused(
            stage,
            "level-not-on-scale",
            "level",
            level="Large",
            scale="default",
            levels="not yet, on condition, committed",
        ):
            stage.say(topic, "2026-03-06", level="Large", **said)

    def test_a_strategys_own_scale_takes_its_place(self) -> None:
        stage = scaled()
        stage.say("commitment.made", "2026-03-05", level="large", **ANN)
        with refused(stage, "level-not-on-scale", scale="size"):
            stage.say("commitment.made", "2026-03-05", level="committed", **ANN)

    def test_a_nominal_scale_has_levels_too(self) -> None:
        stage = scaled("team", "Champion", "Invited", ordered=False)
        stage.say("commitment.made", "2026-03-05", level="Invited", **ANN)
        with refused(stage, "level-not-on-scale", level="Observer"):
            stage.say("commitment.made", "2026-03-05", level="Observer", **ANN)

    def test_the_version_of_the_statements_instant_counts(self) -> None:
        stage = scaled()
        stage.say(
            "scale.defined",
            "2026-04-01",
            scale="size",
            version=2,
            levels=("small", "medium", "large"),
            ordered=True,
            counts_from="medium",
        )
        stage.say("commitment.made", "2026-04-01", level="medium", **ANN)
        with refused(stage, "level-not-on-scale", levels="small, large"):
            stage.say("commitment.made", "2026-03-31", level="medium", **ANN)

    def test_before_anything_was_defined_the_first_version_counts(self) -> None:
        """What was said on paper before the strategy was drafted here is of its scale, not of the built-in one."""
        stage = scaled()
        early: Fields = {"known": "2026-03-05", "reason": "on paper", **ANN}
        stage.say("commitment.made", "2026-01-10", level="large", **early)
        with refused(stage, "level-not-on-scale", scale="size"):
            stage.say("commitment.made", "2026-01-10", level="committed", **early)

    def test_a_scale_has_to_be_defined_before_a_strategy_chooses_it(self) -> None:
        stage = scaled()
        for scale, at in (("none", "2026-03-05"), ("size", "2026-01-20")):
            with refused(stage, "scale-unknown", "scale", scale=scale):
                stage.say(
                    "strategy.drafted", at, known="2026-03-05", reason="late", strategy="x", title="X", scale=scale
                )


class TestTerms:
    def test_they_are_kept_and_own_words_are_sealed_under_their_party(self) -> None:
        stage = published()
        made = stage.say(
            "commitment.made",
            "2026-03-05",
            level="committed",
            role="reviewer",
            result="ten calls a week",
            by_when=date(2026, 6, 30),
            champion="bob",
            **ANN,
        )
        terms = content(stage, made).terms
        assert (terms.level, terms.role, terms.by_when) == ("committed", "reviewer", date(2026, 6, 30))
        assert terms.champion == stage.person("bob")
        assert (terms.result.subject, terms.result.text) == (stage.person("ann"), None)
        assert words(stage, terms.result) == "ten calls a week"

    def test_a_units_words_are_sealed_under_their_author(self) -> None:
        stage = published()
        unit: Fields = {"party_unit": "sales", "strategy": "growth", "result": "ten calls", "commitment": "u"}
        by_ann = stage.say("commitment.made", "2026-03-05", by="ann", **unit)
        assert content(stage, by_ann).terms.result.subject == stage.person("ann")
        assert content(stage, by_ann).key.subject == stage.organisation
        nobody = stage.say("commitment.made", "2026-03-05", **{**unit, "commitment": "v"})
        assert content(stage, nobody).terms.result.subject == stage.organisation

    def test_a_change_restates_all_of_them(self) -> None:
        stage = published()
        made = stage.say("commitment.made", "2026-03-05", commitment="c", level="committed", role="reviewer", **ANN)
        stage.say("commitment.changed", "2026-03-06", commitment="c", level="not yet", result="less", by="ann")
        terms = state(stage, COMMITMENT, made).terms
        assert (terms.level, terms.role, words(stage, terms.result)) == ("not yet", None, "less")


class TestWhatBecomesOfIt:
    @pytest.fixture
    def stage(self) -> Stage:
        stage = published()
        stage.say("commitment.made", "2026-03-05", commitment="c", **ANN)
        return stage

    @pytest.mark.parametrize(
        ("act", "said", "standing"),
        [
            ("renewed", {}, Standing.OPEN),
            ("confirmed", {}, Standing.OPEN),
            ("withdrawn", {}, Standing.WITHDRAWN),
            ("fulfilled", {"evidence": "the list of calls"}, Standing.FULFILLED),
            ("fulfilled", {}, Standing.FULFILLED),
            ("missed", {}, Standing.MISSED),
        ],
    )
    def test_it_is_said(self, stage: Stage, act: str, said: Fields, standing: Standing) -> None:
        receipt = stage.say(f"commitment.{act}", "2026-03-06", commitment="c", by="ann", **said)
        assert state(stage, COMMITMENT, receipt).standing is standing
        evidence = getattr(content(stage, receipt), "evidence", None)
        assert words(stage, evidence) == said.get("evidence")

    @pytest.mark.parametrize(
        "act",
        ["changed", "renewed", "reassigned", "accepted", "declined", "withdrawn", "confirmed", "fulfilled", "missed"],
    )
    def test_nothing_is_said_before_it_was_made(self, stage: Stage, act: str) -> None:
        said: Fields = {"party_person": "cy"} if act == "reassigned" else {}
        with refused(stage, "commitment-unknown", "at", act=act):
            stage.say(f"commitment.{act}", "2026-03-04", commitment="c", by="ann", reason="why", **said)

    @pytest.mark.parametrize(
        "act",
        ["changed", "renewed", "reassigned", "accepted", "declined", "withdrawn", "confirmed", "fulfilled", "missed"],
    )
    def test_nothing_is_said_after_it_ended(self, stage: Stage, act: str) -> None:
        stage.say("commitment.withdrawn", "2026-03-06", commitment="c", by="ann")
        said: Fields = {"party_person": "cy"} if act == "reassigned" else {}
        with refused(stage, "commitment-ended", "at", standing="withdrawn"):
            stage.say(f"commitment.{act}", "2026-03-07", commitment="c", by="ann", reason="why", **said)

    def test_a_late_withdrawal_names_the_change_it_would_undo(self, stage: Stage) -> None:
        stage.say("commitment.changed", "2026-03-08", commitment="c", level="committed", by="ann")
        with refused(stage, "conflicts-with-later-fact", "at", topic="commitment.changed", version=2):
            stage.say("commitment.withdrawn", "2026-03-07", known="2026-03-09", commitment="c", by="ann")

    def test_it_is_handed_over_to_whom_accepts(self, stage: Stage) -> None:
        stage.say("commitment.reassigned", "2026-03-06", commitment="c", party_unit="service", by="ann")
        accepted = stage.say("commitment.accepted", "2026-03-07", commitment="c", by="bob")
        assert state(stage, COMMITMENT, accepted).party == Party("unit", stage.unit("service"))
        assert recorded(stage, accepted).actor.on_behalf_of is None

    def test_who_is_asked_may_say_no(self, stage: Stage) -> None:
        stage.say("commitment.reassigned", "2026-03-06", commitment="c", party_person="cy", by="ann")
        parties: list[Fields] = [{}, {"party_person": "cy"}]
        for party in parties:
            no = stage.say("commitment.declined", "2026-03-07", commitment="c", by="cy", reason="no time", **party)
            assert content(stage, no).party == Party("person", stage.person("cy"))
            assert recorded(stage, no).actor.on_behalf_of is None
            assert state(stage, COMMITMENT, no).party == Party("person", stage.person("ann"))
            stage.say("commitment.reassigned", "2026-03-07", commitment="c", party_person="cy", by="ann")

    def test_nobody_else_may(self, stage: Stage) -> None:
        with refused(stage, "declined-by-another", "party"):
            stage.say("commitment.declined", "2026-03-06", commitment="c", by="ann", reason="no")
        with refused(stage, "nobody-asked-to-take-over"):
            stage.say("commitment.accepted", "2026-03-06", commitment="c", by="cy")
        stage.say("commitment.reassigned", "2026-03-06", commitment="c", party_person="cy", by="ann")
        with refused(stage, "declined-by-another"):
            stage.say("commitment.declined", "2026-03-07", commitment="c", party_person="bob", by="bob", reason="no")

    def test_it_is_not_handed_to_whose_it_is(self, stage: Stage) -> None:
        with refused(stage, "owner-already", "party"):
            stage.say("commitment.reassigned", "2026-03-06", commitment="c", party_person="ann", by="ann")


class TestANo:
    def test_it_is_on_the_record(self) -> None:
        stage = published()
        no = stage.say("commitment.declined", "2026-03-05", commitment="n", goal="faster", reason="planned out", **ANN)
        assert state(stage, COMMITMENT, no).standing is Standing.DECLINED
        assert words(stage, recorded(stage, no).reason) == "planned out"
        with refused(stage, "commitment-ended"):
            stage.say("commitment.renewed", "2026-03-06", commitment="n", by="ann")

    def test_it_says_to_what_and_whose(self) -> None:
        stage = published()
        with refused(stage, "strategy-not-named", "strategy"):
            stage.say("commitment.declined", "2026-03-05", party_person="ann", reason="no", by="ann")
        with refused(stage, "name-one-party", "party"):
            stage.say("commitment.declined", "2026-03-05", strategy="growth", reason="no", by="ann")


def test_one_made_before_the_first_publication_binds_to_none() -> None:
    stage = drafted()
    made = stage.say("commitment.made", "2026-03-02", **ANN)
    stage.say("strategy.published", "2026-03-03", strategy="growth", material=True, by="bob")
    publish(stage, "2026-03-10")
    assert content(stage, made).seen is None
