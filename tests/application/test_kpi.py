"""KPIs through their commands: what they measure, whose they are, and when those of individuals are switched off."""

from __future__ import annotations

from typing import Any

import pytest

from application.ledger import Receipt
from domain.kernel import Actor, Word
from domain.kpi import KPI
from domain.kpi_events import Direction
from domain.organisation import ORGANISATION
from domain.purpose import DataKind
from tests.application.scenes import (
    Fields,
    content,
    correction,
    entry,
    imported,
    published,
    refused,
    request,
    state,
    words,
)
from tests.support.stage import Stage

SIDES = ("the management", "the works council")


@pytest.fixture
def stage() -> Stage:
    return published()


def define(stage: Stage, kpi: str = "share", at: str = "2026-03-05", **said: Any) -> Receipt:
    fields: Fields = {"title": kpi.title(), "measured_in": "%", "direction": Direction.UP, "kpi": kpi, **said}
    if "element" not in said:
        fields.setdefault("goal", "faster")
    return stage.say("kpi.defined", at, **fields)


class TestWhatItMeasures:
    def test_a_goal_brings_its_strategy(self, stage: Stage) -> None:
        found = content(stage, define(stage))
        assert (found.strategy, found.element, found.key) == (stage.strategy("growth"), None, "share")

    def test_an_element_is_named_with_its_strategy(self, stage: Stage) -> None:
        found = content(stage, define(stage, strategy="growth", element="vision"))
        assert (found.strategy, found.goal, found.element) == (stage.strategy("growth"), None, "vision")

    @pytest.mark.parametrize(
        ("said", "code", "where"),
        [
            ({"goal": "faster", "strategy": "growth", "element": "vision"}, "kpi-of-one-thing", "goal"),
            ({"goal": None}, "kpi-of-one-thing", "goal"),
            ({"element": "vision"}, "kpi-of-one-thing", "goal"),
            ({"strategy": "growth", "element": "values"}, "target-element-unknown", "element"),
            ({"goal": "nothing"}, "unknown-reference", "goal"),
            ({"strategy": "other"}, "goal-of-another-strategy", "goal"),
            ({"strategy": "nothing"}, "unknown-reference", "strategy"),
            ({"unit": "nothing"}, "unknown-reference", "unit"),
            ({"person": "nobody"}, "unknown-reference", "person"),
            ({"measurer": "nobody"}, "unknown-reference", "measurer"),
            ({"baseline": "much"}, "not-a-decimal", "baseline"),
            ({"target": "much"}, "not-a-decimal", "target"),
        ],
    )
    def test_what_is_not_there_is_named(self, stage: Stage, said: Fields, code: str, where: str) -> None:
        stage.say("strategy.drafted", "2026-03-05", strategy="other", title="Other")
        with refused(stage, code, where):
            define(stage, **said)

    def test_one_of_somebodys_own_goal_is_theirs(self, stage: Stage) -> None:
        stage.say("goal.proposed", "2026-03-05", strategy="growth", goal="own", title="Own", person="cy")
        assert content(stage, define(stage, goal="own")).person == stage.person("cy")
        assert content(stage, define(stage, "named", goal="own", person="cy")).person == stage.person("cy")
        with refused(stage, "kpi-of-anothers-goal", "person", goal="own"):
            define(stage, "bobs", goal="own", person="bob")
        with refused(stage, "kpi-of-unit-and-person", "person"):
            define(stage, "sales", goal="own", unit="sales")

    def test_a_correction_stays_under_its_strategy(self, stage: Stage) -> None:
        stage.say("strategy.drafted", "2026-03-05", strategy="other", title="Other")
        stage.say("goal.proposed", "2026-03-05", strategy="other", goal="far", title="Far")
        first = define(stage)
        said: Fields = {"title": "S", "measured_in": "%", "direction": Direction.UP, "kpi": "share"}
        with refused(stage, "moves-to-another-strategy"):
            stage.correct(first, "kpi.defined", "2026-03-05", "2026-03-06", "wrong goal", goal="far", **said)
        stage.correct(first, "kpi.defined", "2026-03-05", "2026-03-06", "wrong title", goal="faster", **said)
        assert state(stage, KPI, first).title == "S"

    def test_a_key_is_given_once(self, stage: Stage) -> None:
        define(stage)
        with refused(stage, "kpi-already-defined", "kpi"):
            define(stage)


class TestMeasurements:
    def test_they_come_late_and_are_corrected(self, stage: Stage) -> None:
        kpi = define(stage)
        stage.say("kpi.measured", "2026-03-31", kpi="share", value="70")
        late = stage.say("kpi.measured", "2026-03-10", known="2026-04-20", kpi="share", value="60", reason="late books")
        stage.correct(late, "kpi.measured", "2026-03-10", "2026-04-21", "misread", kpi="share", value="61")
        assert [each.value for each in state(stage, KPI, kpi).measurements] == ["61", "70"]

    def test_late_beyond_grace_needs_a_reason(self, stage: Stage) -> None:
        define(stage)
        with refused(stage, "late-without-reason", "reason"):
            stage.say("kpi.measured", "2026-03-10", known="2026-04-20", kpi="share", value="60")


class TestIndividualKpis:
    def agree(self, stage: Stage, at: str = "2026-03-10", **said: Any) -> Receipt:
        fields: Fields = {"agreement": "no-scores", "parties": SIDES, "without": (DataKind.KPIS,), **said}
        return stage.say("agreement.concluded", at, **fields)

    def test_they_are_refused_while_an_agreement_switches_them_off(self, stage: Stage) -> None:
        define(stage, "before", person="ann")
        self.agree(stage)
        with refused(stage, "individual-kpis-off", "person", agreement="no-scores"):
            define(stage, "after", "2026-03-11", person="ann")
        with refused(stage, "individual-kpis-off", "person"):
            stage.say("kpi.measured", "2026-03-11", kpi="before", value="5")
        define(stage, "team", "2026-03-11", unit="sales")
        stage.say("agreement.ended", "2026-03-20", agreement="no-scores", reason="not prolonged")
        define(stage, "again", "2026-03-20", person="ann")

    def test_an_import_keeps_to_it_as_well(self, stage: Stage) -> None:
        self.agree(stage)
        said: Fields = {"title": "S", "measured_in": "%", "direction": Direction.UP, "goal": "faster", "person": "ann"}
        with refused(stage, "individual-kpis-off"):
            stage.ledger.execute(request(stage, entry(stage, "kpi.defined", "2026-03-11", actor=imported(), **said)))

    def test_no_other_kind_of_data_can_be_switched_off(self, stage: Stage) -> None:
        with refused(stage, "not-switched-off", "without"):
            self.agree(stage, without=(DataKind.COMMITMENTS,))

    def test_one_agreement_names_a_kind_once_and_one_at_least(self, stage: Stage) -> None:
        with refused(stage, "nothing-agreed", "kinds"):
            self.agree(stage, without=())
        with refused(stage, "nothing-agreed", "kinds"):
            self.agree(stage, kinds=(DataKind.KPIS,))
        self.agree(stage, kinds=(DataKind.DUTIES,))
        (agreement,) = state(stage, ORGANISATION, stage.organisation).agreements
        assert (agreement.kinds, agreement.without) == ((DataKind.DUTIES,), (DataKind.KPIS,))


class TestRewards:
    def test_they_are_the_organisations_words_and_on_a_kpi_of_ones_own_that_persons(self, stage: Stage) -> None:
        define(stage, "team")
        define(stage, "own", person="ann")
        subjects = []
        for kpi in ("team", "own"):
            stated = content(stage, stage.say("kpi.rewards_stated", "2026-03-06", kpi=kpi, success="praise"))
            assert words(stage, stated.success) == "praise"
            subjects.append(stated.success.subject)
        assert subjects == [stage.organisation, stage.person("ann")]

    def test_whoever_acts_is_the_reviewer_unless_another_is_named(self, stage: Stage) -> None:
        kpi = define(stage)
        stage.say("kpi.rewards_stated", "2026-03-06", kpi="share", success="praise")
        stage.say("kpi.rewards_reviewed", "2026-03-07", kpi="share", verdict="kept", by="bob")
        stage.say("kpi.rewards_reviewed", "2026-03-08", kpi="share", verdict="to_change", reviewer="ann", comment="no")
        reviews = state(stage, KPI, kpi).reviews
        assert [each.reviewer for each in reviews] == [stage.person("bob"), stage.person("ann")]
        assert words(stage, reviews[-1].comment) == "no"
        with refused(stage, "nobody-reviewed", "reviewer"):
            stage.ledger.execute(
                request(
                    stage,
                    entry(stage, "kpi.rewards_reviewed", "2026-03-09", kpi="share", verdict="kept"),
                    actor=Actor(service="robot"),
                )
            )


def test_what_was_taken_back_never_was(stage: Stage) -> None:
    define(stage)
    measured = stage.say("kpi.measured", "2026-03-06", kpi="share", value="70")
    taken_back = entry(
        stage, "kpi.measured", None, reason="slip", correction=correction(stage, measured, Word.RETRACTION)
    )
    stage.ledger.execute(request(stage, taken_back))
    assert state(stage, KPI, measured).measurements == ()


def test_it_changes_and_is_retired(stage: Stage) -> None:
    kpi = define(stage, baseline="10", target="20", measurer="ann")
    stage.say(
        "kpi.changed", "2026-03-06", kpi="share", target="30", measurer="bob", unit="sales", cleared=("baseline",)
    )
    stage.say("kpi.retired", "2026-03-07", kpi="share")
    found = state(stage, KPI, kpi)
    assert (found.target, found.baseline, found.measured_by) == ("30", None, stage.person("bob"))
    assert found.retired_at == stage.day("2026-03-07")
    with refused(stage, "kpi-no-longer-measured", "at"):
        stage.say("kpi.measured", "2026-03-08", kpi="share", value="70")
