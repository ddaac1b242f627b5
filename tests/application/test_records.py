"""A figure can be opened: behind each count stand the records and events that make it up, under the labels of then."""

from __future__ import annotations

from typing import Any

import pytest

from application import answers, labels, records
from application.records import FigureUnknown
from domain.judgement import judge
from domain.owed import owed_by
from domain.questionnaire import Answer
from domain.scope import WHOLE
from tests.support.stage import Stage


@pytest.fixture(scope="module")
def stage() -> Stage:
    stage = Stage()
    stage.say("unit.formed", "2026-01-01", unit="sales", name="Sales", kind="team")
    stage.say("unit.formed", "2026-01-01", unit="lab", name="Lab", kind="team")
    for person in ("ann", "ben"):
        stage.say("person.joined", "2026-01-02", person=person, name=person.title())
        stage.say("membership.began", "2026-01-02", person=person, unit="sales", role="member", home=True)
    stage.say("strategy.drafted", "2026-01-03", strategy="growth", title="Growth")
    stage.say("strategy.revised", "2026-01-03", strategy="growth", element="vision", kind="vision", text="Grow well")
    stage.say("strategy.submitted", "2026-01-03", strategy="growth")
    stage.say("strategy.published", "2026-01-04", strategy="growth", material=True)
    stage.say("goal.proposed", "2026-01-05", strategy="growth", goal="faster", title="Answer faster", unit="sales")
    stage.say("acknowledgement.given", "2026-01-06", by="ann", person="ann", strategy="growth")
    stage.say(
        "commitment.made", "2026-01-07", by="ann", party_person="ann", strategy="growth", goal="faster",
        level="committed", result="every call within an hour",
    )  # fmt: skip
    stage.say("unit.renamed", "2026-02-01", unit="sales", name="Field")
    stage.say("goal.changed", "2026-02-01", goal="faster", title="Answer at once")
    stage.say("unit.merged", "2026-02-02", unit="lab", into="sales")
    return stage


def opened(stage: Stage, figure: str, day: str) -> list[Any]:
    asked = stage.ask(day)
    found = stage.questions.alignment(asked, stage.strategy("growth"), WHOLE)
    assert found is not None
    return records.opened(stage.questions, asked, found, figure, records.records_of(found, figure))


def topics(events: list[Any]) -> list[str]:
    return [each["topic"] for each in events]


def test_who_is_committed_rests_on_commitments(stage: Stage) -> None:
    (ann,) = opened(stage, "parties/people/committed", "2026-01-31")
    assert (ann["kind"], ann["id"]) == ("person", str(stage.person("ann")))
    assert topics(ann["events"]) == ["person.joined", "membership.began"]
    (commitment,) = ann["rests_on"]
    assert (commitment["kind"], commitment["level"], commitment["current"]) == ("commitment", "committed", True)
    assert topics(commitment["events"]) == ["commitment.made"]
    assert [each["name"] for each in commitment["said_in"]] == ["Sales"]


def test_who_acknowledged_rests_on_what_they_said(stage: Stage) -> None:
    (ann,) = opened(stage, "acknowledgement/current", "2026-01-31")
    (said,) = ann["rests_on"]
    assert said["kind"] == "acknowledgement"
    assert [each.revision for each in said["statements"]] == [1]
    assert topics(said["events"]) == ["acknowledgement.given"]
    (ben,) = opened(stage, "acknowledgement/none", "2026-01-31")
    assert ben["rests_on"] == []


def test_a_unit_shows_what_happened_to_it(stage: Stage) -> None:
    (unit,) = opened(stage, "population/units", "2026-02-02")
    assert topics(unit["events"]) == ["unit.formed", "unit.renamed", "unit.merged"]


def test_a_goal_that_nobody_answers_for_shows_its_own(stage: Stage) -> None:
    (goal,) = opened(stage, "accountable/goals_vacant", "2026-01-31")
    assert (goal["kind"], goal["title"], topics(goal["events"])) == ("goal", "Answer faster", ["goal.proposed"])


def test_that_somebody_answered_is_shown_and_not_what() -> None:
    stage = Stage()
    stage.say("person.joined", "2026-01-02", person="ann", name="Ann")
    stage.say("strategy.drafted", "2026-01-03", strategy="growth", title="Growth")
    review = stage.say(
        "review.opened", "2026-01-04", review="check", kind="clarity_check", title="Clear?", strategy="growth",
        participants=("ann",), closes=stage.day("2026-02-01"), questionnaire="clear-believable-implementable",
    )  # fmt: skip
    stage.say(
        "review.answered", "2026-01-05", by="ann", person="ann", review="check", answers={"clear": Answer(score=4)}
    )
    (ann,) = opened(stage, f"reviews/{review.stream}/answered", "2026-01-31")
    (response,) = ann["rests_on"]
    assert [(each["topic"], each["content"]) for each in response["events"]] == [("review.answered", None)]


def test_a_figure_that_is_none_is_refused(stage: Stage) -> None:
    found = stage.alignment("growth", "2026-01-31", "2026-02-02")
    with pytest.raises(FigureUnknown, match="no figure"):
        records.records_of(found, "population/horses")


def test_labels_are_what_they_were_with_the_present_ones_beside_them(stage: Stage) -> None:
    asked = stage.ask("2026-01-31")
    answer = answers.alignment(stage.alignment("growth", "2026-01-31", "2026-02-02"))
    (team,) = answer["teams"]
    assert (team["name"], team["target"]["goal_title"]) == ("Sales", "Answer faster")
    assert labels.now(stage.questions, asked, answer) == {
        "labels": {
            "units": {str(stage.unit("sales")): "Field"},
            "goals": {team["target"]["goal"]: "Answer at once"},
            "strategies": {str(stage.strategy("growth")): "Growth"},
        }
    }


def test_people_of_an_opened_figure_have_their_present_name_beside_them(stage: Stage) -> None:
    asked = stage.ask("2026-01-31")
    shown = labels.now(stage.questions, asked, opened(stage, "parties/people/committed", "2026-01-31"))
    assert list(shown["labels"]["people"]) == [str(stage.person("ann"))]
    assert list(shown["labels"]["units"].values()) == ["Field"]


def test_an_answer_that_mentions_nothing_has_no_labels(stage: Stage) -> None:
    assert labels.now(stage.questions, stage.ask("2026-01-31"), {"count": 1, "rows": [1, "a"]}) == {"labels": {}}


def test_a_goal_of_another_strategy_is_followed_upwards() -> None:
    stage = Stage()
    stage.say("person.joined", "2026-01-02", person="ann", name="Ann")
    for strategy in ("decade", "growth"):
        stage.say("strategy.drafted", "2026-01-03", strategy=strategy, title=strategy)
    stage.say("goal.proposed", "2026-01-04", strategy="decade", goal="first", title="Be first")
    stage.say("goal.proposed", "2026-01-05", strategy="growth", goal="faster", title="Faster", supports=("first",))
    stage.say("commitment.made", "2026-01-06", by="ann", party_person="ann", strategy="growth", goal="faster")
    stage.say("goal.changed", "2026-02-01", goal="first", title="Be the first of all")
    found = {day: stage.alignment("growth", day, "2026-02-01") for day in ("2026-01-31", "2026-02-01")}
    assert [each.figures["commitments/stale"].count for each in found.values()] == [0, 1]
    situation = found["2026-02-01"].situation
    assert [each.call for each in owed_by(situation, judge(situation), stage.person("ann"))] == ["renew"]
