"""Resources through their commands: for one element or goal that was there, in one stream whichever way it is named."""

from __future__ import annotations

from datetime import date

import pytest

from domain.resource import RESOURCE
from tests.application.scenes import Fields, published, refused, state
from tests.support.stage import Stage

Q1: Fields = {"begins": date(2026, 1, 1), "ends": date(2026, 3, 31)}


@pytest.fixture
def stage() -> Stage:
    return published()


def test_what_goes_into_one_thing_stands_together(stage: Stage) -> None:
    said: Fields = {**Q1, "strategy": "growth", "element": "vision", "unit": "sales"}
    first = stage.say("resource.planned", "2026-03-05", **said, amount="10", currency="EUR")
    second = stage.say("resource.spent", "2026-03-06", **said, full_time="0.5")
    other = stage.say("resource.spent", "2026-03-06", **{**said, "element": "mission"}, full_time="0.5")
    assert first.stream == second.stream != other.stream
    found = state(stage, RESOURCE, second)
    assert [(str(each.amount), each.unit) for each in (*found.planned, *found.spent)] == [
        ("10", stage.unit("sales")),
        ("0.5", stage.unit("sales")),
    ]


def test_a_goal_tells_its_strategy(stage: Stage) -> None:
    first = stage.say("resource.spent", "2026-03-06", **Q1, goal="faster", full_time="1")
    named = stage.say("resource.spent", "2026-03-07", **Q1, goal="faster", strategy="growth", full_time="2")
    assert first.stream == named.stream
    assert state(stage, RESOURCE, named).strategy == stage.strategy("growth")


@pytest.mark.parametrize(
    ("said", "code", "where"),
    [
        ({}, "for-one-thing", "element"),
        ({"strategy": "growth"}, "for-one-thing", "element"),
        ({"element": "vision"}, "for-one-thing", "element"),
        ({"strategy": "growth", "element": "vision", "goal": "faster"}, "for-one-thing", "element"),
        ({"strategy": "growth", "element": "values"}, "target-element-unknown", "element"),
        ({"strategy": "other", "element": "vision"}, "target-element-unknown", "element"),
        ({"strategy": "other", "goal": "faster"}, "goal-of-another-strategy", "goal"),
        ({"goal": "slower"}, "unknown-reference", "goal"),
        ({"goal": "faster", "unit": "nowhere"}, "unknown-reference", "unit"),
    ],
)
def test_it_is_for_one_thing_that_was_there(stage: Stage, said: Fields, code: str, where: str) -> None:
    stage.say("strategy.drafted", "2026-03-05", strategy="other", title="Other")
    with refused(stage, code, where):
        stage.say("resource.planned", "2026-03-06", **Q1, **said, amount="1", currency="EUR")


def test_nothing_goes_into_a_goal_before_it_was_proposed(stage: Stage) -> None:
    with refused(stage, "goal-not-proposed-then", "at"):
        stage.say("resource.spent", "2026-03-03", known="2026-03-06", **Q1, goal="faster", full_time="1")
