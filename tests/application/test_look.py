"""Looks through their commands: within a strategy check, by its participants, while it is open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from application.ledger import Receipt
from domain.access import AccessRole
from domain.look import LOOK, Progress, shares, spoke_in
from domain.owed import Call
from domain.review import REVIEW
from tests.application.scenes import Fields, publish, published, refused, state, words
from tests.support.stage import Stage

EFFORT: Fields = {"review": "april", "person": "ann", "by": "ann", "unit": "sales", "progress": Progress.PARTLY}


@pytest.fixture
def stage() -> Stage:
    stage = published()
    opened(stage)
    return stage


def opened(stage: Stage, review: str = "april", **said: Any) -> Receipt:
    """A regular look by Ann and Bob until the end of 15 April."""
    fields: Fields = {
        "review": review,
        "kind": "strategy_check",
        "title": "April",
        "strategy": "growth",
        "questionnaire": "regular-look",
        "participants": ("ann", "bob"),
        "closes": stage.day("2026-04-16"),
        **said,
    }
    return stage.say("review.opened", "2026-04-01", **fields)


def wanted(stage: Stage, at: str = "2026-04-02", *, still: bool = True, **said: Any) -> Receipt:
    """What Ann answers to the first question."""
    return stage.say("look.answered", at, review="april", person="ann", by="ann", wanted=still, **said)


def told(stage: Stage, *tenths: int, at: str = "2026-04-03", **said: Any) -> Receipt:
    """What Ann tells of the effort of sales."""
    goals, exceptions, fires = tenths
    return stage.say("look.told", at, goals=goals, exceptions=exceptions, fire_fighting=fires, **{**EFFORT, **said})


def test_each_team_tells_its_tenths_and_the_newest_counts(stage: Stage) -> None:
    wanted(stage)
    told(stage, 6, 1, 3)
    told(stage, 2, 2, 6, unit="service", person="bob", by="bob")
    found = state(stage, LOOK, told(stage, 7, 0, 3, at="2026-04-04"))
    assert [each.goals for each in found.efforts] == [2, 7]
    total = shares(found.efforts)
    assert (total.goals, total.exceptions, total.fire_fighting, total.of) == (9, 2, 9, 20)


@pytest.mark.parametrize("tenths", [(6, 1, 4), (0, 0, 0), (12, -1, -1)])
def test_tenths_come_to_ten(stage: Stage, tenths: tuple[int, int, int]) -> None:
    wanted(stage)
    with refused(stage, "effort-not-ten-tenths", "goals"):
        told(stage, *tenths)


def test_the_first_question_comes_first_and_is_answered_once(stage: Stage) -> None:
    with refused(stage, "first-question-open", "review"):
        told(stage, 6, 1, 3)
    wanted(stage)
    with refused(stage, "first-question-answered", "wanted"):
        wanted(stage, "2026-04-03")


def test_a_no_ends_it_and_asks_strategists_for_a_revision(stage: Stage) -> None:
    stage.say("access.granted", "2026-03-01", known="2026-04-01", reason="x", person="cy", role="strategist")
    made = wanted(stage, still=False, because="the market is gone")
    first = state(stage, LOOK, made).first
    assert first is not None
    assert words(stage, first.because) == "the market is gone"
    with refused(stage, "check-ended-by-no", "review"):
        told(stage, 6, 1, 3)
    assert [each.call for each in stage.questions.owed(stage.ask("2026-04-02"), stage.person("cy"))] == [Call.ACT]
    assert stage.questions.owed(stage.ask("2026-04-02"), stage.person("ann")) == []
    publish(stage, "2026-04-20")
    assert stage.questions.owed(stage.ask("2026-04-20"), stage.person("cy")) == []


def test_a_strategy_that_was_retired_instead_is_revised_by_nobody(stage: Stage) -> None:
    stage.say("access.granted", "2026-03-01", known="2026-04-01", reason="x", person="cy", role="strategist")
    wanted(stage, still=False)
    assert [each.call for each in stage.questions.owed(stage.ask("2026-04-02"), stage.person("cy"))] == [Call.ACT]
    stage.say("strategy.retired", "2026-04-10", strategy="growth")
    assert stage.questions.owed(stage.ask("2026-04-10"), stage.person("cy")) == []


def test_participants_owe_it_until_something_is_told(stage: Stage) -> None:
    def owed(at: str) -> list[tuple[Call, date | None]]:
        return [(each.call, each.due) for each in stage.questions.owed(stage.ask(at), stage.person("bob"))]

    assert owed("2026-04-01") == [(Call.JUDGE, date(2026, 4, 15))]
    wanted(stage)
    assert owed("2026-04-02") == [(Call.JUDGE, date(2026, 4, 15))]
    told(stage, 6, 1, 3)
    assert owed("2026-04-03") == []


def test_only_participants_of_a_regular_look_while_it_is_open(stage: Stage) -> None:
    with refused(stage, "not-a-participant", "person"):
        stage.say("look.answered", "2026-04-02", review="april", person="cy", by="cy", wanted=True)
    with refused(stage, "takes-no-answers", "at"):
        wanted(stage, "2026-04-16")
    opened(stage, "clear", kind="clarity_check", questionnaire="clear-believable-implementable")
    with refused(stage, "not-a-look", "review"):
        stage.say("look.answered", "2026-04-02", review="clear", person="ann", by="ann", wanted=True)


def test_an_action_follows_a_finding_that_there_is(stage: Stage) -> None:
    stage.say(
        "action.planned",
        "2026-04-01",
        action="desk",
        title="Desk",
        person="ann",
        goal="faster",
        by_when=date(2026, 5, 1),
    )
    with refused(stage, "finding-unknown", "finding"):
        stage.say("look.followed", "2026-04-05", review="april", finding="slow", action="desk")
    stage.say("review.found", "2026-04-04", review="april", finding="slow", text="Slow")
    made = stage.say("look.followed", "2026-04-05", review="april", finding="slow", action="desk")
    stage.say("look.followed", "2026-04-06", review="april", finding="slow", action="desk")
    assert [each.finding for each in state(stage, LOOK, made).followed] == ["slow"]


def test_a_team_tells_its_own_effort(stage: Stage) -> None:
    wanted(stage)
    with refused(stage, "effort-of-another-team", "unit"):
        told(stage, 6, 1, 3, unit="service")
    with refused(stage, "effort-of-another-team", "unit"):
        told(stage, 6, 1, 3, person="bob", by="bob")
    stage.say("access.granted", "2026-04-03", person="bob", role=AccessRole.LEAD, unit="sales")
    assert state(stage, LOOK, told(stage, 5, 1, 4, person="bob", by="bob", at="2026-04-04")).efforts[0].goals == 5


def test_no_effort_is_told_of_a_team_that_there_is_not(stage: Stage) -> None:
    wanted(stage)
    stage.say("unit.dissolved", "2026-04-05", unit="sales")
    with refused(stage, "unit-not-alive", "unit"):
        told(stage, 6, 1, 3, at="2026-04-06")


def test_an_editorial_revision_is_not_the_one_that_a_no_calls_for(stage: Stage) -> None:
    stage.say("access.granted", "2026-03-01", known="2026-04-01", reason="x", person="cy", role="strategist")
    wanted(stage, still=False)
    publish(stage, "2026-04-10", material=False)
    owed = stage.questions.owed(stage.ask("2026-04-11"), stage.person("cy"))
    assert Call.ACT in [each.call for each in owed]
    publish(stage, "2026-04-12")
    owed = stage.questions.owed(stage.ask("2026-04-13"), stage.person("cy"))
    assert Call.ACT not in [each.call for each in owed]


def test_who_took_part_is_who_said_anything_that_counts(stage: Stage) -> None:
    review = stage.questions.states.states(REVIEW, stage.organisation, stage.ask().moment).popitem()[1]
    assert spoke_in(None, review) == frozenset()
    first = state(stage, LOOK, wanted(stage))
    assert spoke_in(first, review) == {stage.person("ann")}
    made = told(stage, 6, 1, 3, unit="service", person="bob", by="bob")
    assert spoke_in(state(stage, LOOK, made), review) == {stage.person("ann"), stage.person("bob")}
