"""Outcomes of more and of less aligned units: grouped as the period began, compared, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from domain.kernel import Refusal
from domain.kpi import KPI
from domain.kpi_events import Direction, OutcomeKind
from domain.outcomes import (
    BEGAN_AT_NOTHING,
    NO_VALUE_BEFORE,
    NO_VALUE_WITHIN,
    NOBODY_THERE,
    NOT_FORMED_YET,
    OF_ANOTHER_KIND,
    OTHERS_BELOW,
    Compared,
    Comparison,
    Terms,
    compare,
    mean,
    rounded,
)
from domain.scope import WHOLE
from tests.support.stage import Stage

START, END = "2026-03-31", "2026-06-30"
TEAMS = [f"t{number:02}" for number in range(22)]
"""Of the first twelve two of two people are committed, of the others one of two."""


def _team(stage: Stage, team: str, committed: int, *, people: int = 2, kind: str = "team", at: str) -> None:
    stage.say("unit.formed", at, unit=team, name=team, kind=kind, parent="acme")
    for number in range(people):
        person = f"{team}-{number}"
        stage.say("person.joined", at, person=person)
        stage.say("membership.began", at, person=person, unit=team, role="member", home=True)
        if number < committed:
            stage.say("commitment.made", at, party_person=person, strategy="growth", level="committed", by=person)


def measure(
    stage: Stage, team: str, before: str | None, after: str | None, *, at: str = "2026-03-05", **said: Any
) -> None:
    """A KPI of growth of a team, with a value as the period began and one within it."""
    fields = {"title": team, "measured_in": "%", "direction": Direction.UP, "strategy": "growth", "element": "vision"}
    named = {"outcome": OutcomeKind.GROWTH, "unit": team, "kpi": f"growth of {team}", **said}
    stage.say("kpi.defined", at, reason="told late", **{**fields, **named})
    for day, value in (("2026-03-31", before), ("2026-06-30", after)):
        if value is not None:
            stage.say("kpi.measured", day, kpi=named["kpi"], value=value, reason="told late")


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    stage.say("unit.formed", "2026-01-01", unit="acme", name="Acme", kind="enterprise")
    stage.say("strategy.drafted", "2026-03-01", strategy="growth", title="Growth")
    stage.say("strategy.revised", "2026-03-01", strategy="growth", element="vision", kind="vision", text="First")
    stage.say("strategy.submitted", "2026-03-02", strategy="growth")
    stage.say("strategy.published", "2026-03-03", strategy="growth", material=True)
    for number, team in enumerate(TEAMS):
        _team(stage, team, 2 if number < 12 else 1, at="2026-03-04")
    return stage


@pytest.fixture
def measured(stage: Stage) -> Stage:
    """The more aligned ones grow from 10 to 16, 17 … 27, the others from 20 to 22, 23 … 31."""
    for number, team in enumerate(TEAMS):
        measure(stage, team, "10" if number < 12 else "20", str((16 if number < 12 else 10) + number))
    return stage


def compared(stage: Stage, figure: Compared = Compared.CHANGE, bar: str = "60", **more: Any) -> Comparison:
    start, end = stage.ask(START), stage.ask(END)
    strategy = stage.strategy("growth")
    began, ended = stage.questions.alignment(start, strategy, WHOLE), stage.questions.situation(end, strategy)
    assert began is not None
    assert ended is not None
    kpis = stage.questions.states.states(KPI, stage.organisation, end.moment, strategy=strategy)
    outcome = more.pop("outcome", OutcomeKind.GROWTH)
    return compare(began, ended, kpis, Terms(outcome=outcome, figure=figure, bar=Fraction(bar), **more))


@contextmanager
def refused(code: str, **data: object) -> Iterator[None]:
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code == code
    assert {name: getattr(caught.value, name) for name in data} == data
    assert str(caught.value)
    assert caught.value.advice


def left_out(stage: Stage, found: Comparison) -> dict[str, str]:
    names: dict[UUID, str] = {stage.unit(team): team for team in (*TEAMS, "acme", "new", "empty", "shop")}
    return {names[each.unit]: each.reason for each in found.left_out if each.unit is not None}


class TestFigures:
    def test_the_change_of_the_value(self, measured: Stage) -> None:
        found = compared(measured)
        assert (len(found.more), len(found.less)) == (12, 10)
        # 6 … 17 against 2 … 11.
        assert (mean(found.more), mean(found.less)) == (Fraction("11.5"), Fraction("6.5"))
        assert (found.difference, found.higher_is_better, found.measured_in) == (Fraction(5), True, "%")
        assert rounded(found.ratio or Fraction(0)) == 1.7692

    def test_the_level_at_the_end(self, measured: Stage) -> None:
        found = compared(measured, Compared.LEVEL)
        assert (mean(found.more), mean(found.less)) == (Fraction("21.5"), Fraction("26.5"))
        assert found.difference == -5

    def test_the_change_relative_to_the_start(self, measured: Stage) -> None:
        found = compared(measured, Compared.RELATIVE)
        assert (mean(found.more), mean(found.less)) == (Fraction(115), Fraction("32.5"))

    def test_no_ratio_where_a_mean_is_not_above_nothing(self, stage: Stage) -> None:
        for number, team in enumerate(TEAMS):
            measure(stage, team, "10", "15" if number < 12 else "9")
        found = compared(stage)
        assert (found.difference, found.ratio) == (Fraction(6), None)

    def test_less_is_better_where_it_goes_down(self, stage: Stage) -> None:
        for team in TEAMS:
            measure(stage, team, "10", "9", direction=Direction.DOWN)
        assert not compared(stage).higher_is_better

    def test_several_kpis_of_one_unit_count_by_their_mean(self, measured: Stage) -> None:
        measure(measured, "t00", "0", "10", kpi="another")
        (first,) = [each for each in compared(measured).more if each.unit == measured.unit("t00")]
        assert (first.figure, len(first.kpis)) == (Fraction(8), 2)


class TestGroups:
    def test_they_are_as_the_period_began(self, measured: Stage) -> None:
        for team in TEAMS[12:]:
            person = f"{team}-1"
            measured.say("commitment.made", "2026-07-01", party_person=person, strategy="growth", level="committed")
        assert len(compared(measured).more) == 12

    def test_the_bar_is_given_and_reaching_it_is_enough(self, measured: Stage) -> None:
        with refused("groups-too-small", more=22, less=0, least=10):
            compared(measured, bar="50")
        assert len(compared(measured, bar="50.01").more) == 12
        assert len(compared(measured, bar="100").more) == 12

    def test_below_ten_in_either_group_nothing_is_told(self, measured: Stage) -> None:
        measured.say("kpi.retired", "2026-06-30", kpi="growth of t12", reason="told late")
        with refused("groups-too-small", more=12, less=9, least=10):
            compared(measured)

    def test_only_units_of_a_scope_or_a_kind(self, measured: Stage) -> None:
        with refused("groups-too-small", more=1, less=0):
            compared(measured, units=frozenset({measured.unit("t00")}))
        with refused("groups-too-small", more=0, less=0):
            compared(measured, kind="function")
        assert len(compared(measured, kind="Team").more) == 12

    def test_another_outcome_has_no_kpis(self, measured: Stage) -> None:
        with refused("nothing-to-compare", outcome="engagement"):
            compared(measured, outcome=OutcomeKind.ENGAGEMENT)


class TestLeftOut:
    def test_whoever_has_no_value_then_or_none_to_relate_to(self, stage: Stage) -> None:
        _team(stage, "new", 1, at="2026-03-04")
        for number, team in enumerate(TEAMS):
            measure(stage, team, {0: "0", 1: None}.get(number, "10"), "12")
        measure(stage, "new", "10", None)
        assert left_out(stage, compared(stage, Compared.RELATIVE)) == {
            "t00": BEGAN_AT_NOTHING,
            "t01": NO_VALUE_BEFORE,
            "new": NO_VALUE_WITHIN,
        }

    def test_whoever_was_not_there(self, measured: Stage) -> None:
        _team(measured, "new", 2, at="2026-06-30")
        measure(measured, "new", None, "2", at="2026-06-30")
        assert left_out(measured, compared(measured)) == {"new": NOT_FORMED_YET}

    def test_a_unit_without_people(self, stage: Stage) -> None:
        _team(stage, "empty", 0, people=0, at="2026-03-04")
        for team in (*TEAMS, "empty"):
            measure(stage, team, "1", "2")
        assert left_out(stage, compared(stage)) == {"empty": NOBODY_THERE}

    def test_a_unit_above_others_and_one_of_another_kind(self, measured: Stage) -> None:
        measure(measured, "acme", "1", "2")
        assert left_out(measured, compared(measured)) == {"acme": OTHERS_BELOW}
        assert left_out(measured, compared(measured, kind="team")) == {"acme": OF_ANOTHER_KIND}


@pytest.mark.parametrize(
    "said", [{"measured_in": "EUR"}, {"direction": Direction.DOWN, "measured_in": "%"}], ids=["measure", "direction"]
)
def test_what_is_measured_differently_is_not_compared(stage: Stage, said: dict[str, Any]) -> None:
    for number, team in enumerate(TEAMS):
        measure(stage, team, "10", "12", **(said if number == 5 else {}))
    with refused("mixed-measures"):
        compared(stage)


def test_relative_changes_of_different_measures_are(stage: Stage) -> None:
    for number, team in enumerate(TEAMS):
        measure(stage, team, "10", "12", measured_in=f"unit {number}")
    assert compared(stage, Compared.RELATIVE).measured_in == "%"


def test_a_corrected_value_is_compared_as_corrected_and_before_as_it_was_known(measured: Stage) -> None:
    before = compared(measured).difference
    measured.say("kpi.measured", END, known="2026-08-01", kpi="growth of t00", value="76", reason="read wrong")
    assert compared(measured).difference == before + 5
