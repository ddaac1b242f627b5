"""The alignment state as it is told: where nothing counts it says so, and where nobody answers for something."""

from __future__ import annotations

from uuid import uuid5

from application.answers import alignment
from tests.support.stage import Stage


def committed(*, ordered: bool) -> Stage:
    """Ann in Sales, committed to a strategy on a scale of two levels."""
    stage = Stage()
    stage.say("unit.formed", "2026-01-01", unit="sales", name="Sales", kind="team")
    stage.say("person.joined", "2026-01-02", person="ann", name="Ann")
    stage.say("membership.began", "2026-01-02", person="ann", unit="sales", home=True)
    stage.say(
        "scale.defined", "2026-02-01", scale="part", version=1, levels=("reviewer", "author"), ordered=ordered,
        counts_from="author" if ordered else None,
    )  # fmt: skip
    stage.say("strategy.drafted", "2026-02-02", strategy="growth", title="Growth", scale="part")
    stage.say("commitment.made", "2026-02-03", by="ann", party_person="ann", strategy="growth", level="author")
    return stage


def told(stage: Stage) -> dict[str, object]:
    return alignment(stage.alignment("growth", "2026-02-03", "2026-02-03"))


def test_on_an_ordered_scale_it_is_told_how_many_count_as_committed() -> None:
    assert told(committed(ordered=True))["people_committed"] == {"count": 1, "of": 1, "percent": 100.0}


def test_on_a_nominal_scale_nobody_counts_as_committed_and_nobody_as_not() -> None:
    assert told(committed(ordered=False))["people_committed"] == {"count": None, "of": 1, "percent": None}


def test_a_goal_that_nobody_answers_for_is_a_vacancy_of_an_age() -> None:
    stage = committed(ordered=True)
    stage.say("goal.proposed", "2026-02-03", strategy="growth", goal="faster", title="Faster", unit="sales")
    assert told(stage)["on_the_hook"] == [
        {
            "element": None,
            "goal": str(uuid5(stage.organisation, "goal:faster")),
            "goal_key": "faster",
            "goal_title": "Faster",
            "unit": str(stage.unit("sales")),
            "unit_name": "Sales",
            "person": None,
            "vacant": True,
            "since": "2026-02-02T23:00:00.000000Z",
        }
    ]
