"""Actions through their commands: for a goal that is there, by somebody who is, and owed until done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from application.ledger import Receipt
from domain.action import ACTION, ActionStatus
from domain.owed import Call
from domain.sealed import Private
from tests.application.scenes import Fields, content, entry, imported, published, refused, request, state, words
from tests.support.stage import Stage

MAY = date(2026, 5, 1)


@pytest.fixture
def stage() -> Stage:
    return published()


def plan(stage: Stage, at: str = "2026-04-01", **said: Any) -> Receipt:
    fields: Fields = {"action": "desk", "title": "A desk", "goal": "faster", "person": "ann", "by_when": MAY}
    return stage.say("action.planned", at, **(fields | said))


def owed(stage: Stage, valid: str, known: str | None = None, person: str = "ann") -> list[tuple[date | None, bool]]:
    found = stage.questions.owed(stage.ask(valid, known or valid), stage.person(person))
    return [(each.due, each.overdue) for each in found if each.call is Call.ACT]


def test_its_strategy_is_that_of_its_goal(stage: Stage) -> None:
    made = content(stage, stage.say("action.planned", "2026-04-01", title="X", goal="faster", person="ann",
                                    by_when=MAY, unit="sales"))  # fmt: skip
    assert (made.strategy, made.unit, made.person) == (
        stage.strategy("growth"),
        stage.unit("sales"),
        stage.person("ann"),
    )


def test_the_goal_of_another_strategy_is_refused(stage: Stage) -> None:
    stage.say("strategy.drafted", "2026-03-05", strategy="other", title="Other", by="ann")
    with refused(stage, "goal-of-another-strategy", "goal"):
        plan(stage, strategy="other")


def test_it_is_for_something_that_is_there(stage: Stage) -> None:
    with refused(stage, "action-for-nothing", "goal"):
        plan(stage, goal=None, strategy="growth")
    with refused(stage, "unknown-reference", "goal"):
        plan(stage, goal="nothing")
    with refused(stage, "unknown-reference", "person"):
        plan(stage, person="nobody")


def test_it_is_not_due_before_it_is_planned_or_moved(stage: Stage) -> None:
    with refused(stage, "due-before-planned", "by_when", by_when=date(2026, 3, 31), said=date(2026, 4, 1)):
        plan(stage, by_when=date(2026, 3, 31))
    plan(stage, by_when=date(2026, 4, 1))
    with refused(stage, "due-before-planned", "by_when"):
        stage.say("action.changed", "2026-04-10", action="desk", by_when=date(2026, 4, 9))


def test_who_is_not_there_is_given_no_work_but_an_import_records_what_was_said(stage: Stage) -> None:
    stage.say("person.left", "2026-03-20", person="bob")
    with refused(stage, "owner-not-there", "person"):
        plan(stage, person="bob")
    plan(stage)
    with refused(stage, "owner-not-there", "person"):
        stage.say("action.changed", "2026-04-02", action="desk", person="bob")
    told = entry(stage, "action.planned", "2026-04-03", title="X", goal="faster", person="bob", by_when=MAY)
    assert stage.ledger.execute(request(stage, told, actor=imported())).position


def test_what_shows_that_it_is_done_is_its_owners_text(stage: Stage) -> None:
    plan(stage)
    done = stage.say("action.done", "2026-04-24", action="desk", evidence="the log of April", by="bob")
    evidence = content(stage, done).evidence
    assert isinstance(evidence, Private)
    assert evidence.subject == stage.person("ann")
    assert words(stage, evidence) == "the log of April"
    assert state(stage, ACTION, done).status is ActionStatus.DONE


def test_it_is_owed_until_it_is_done_and_overdue_from_the_day_after(stage: Stage) -> None:
    plan(stage)
    assert owed(stage, "2026-05-01") == [(MAY, False)]
    assert owed(stage, "2026-05-02") == [(MAY, True)]
    stage.say("action.done", "2026-04-29", action="desk", known="2026-05-06")
    assert owed(stage, "2026-05-02", "2026-05-05") == [(MAY, True)]
    assert owed(stage, "2026-05-02", "2026-05-06") == []


def test_it_is_owed_by_whoever_has_it_and_not_once_its_goal_is_given_up(stage: Stage) -> None:
    plan(stage)
    stage.say("action.changed", "2026-04-10", action="desk", person="bob")
    assert (owed(stage, "2026-04-09"), owed(stage, "2026-04-09", person="bob")) == ([(MAY, False)], [])
    assert (owed(stage, "2026-04-10"), owed(stage, "2026-04-10", person="bob")) == ([], [(MAY, False)])
    stage.say("goal.abandoned", "2026-04-12", goal="faster")
    assert owed(stage, "2026-04-12", person="bob") == []


def test_what_was_planned_before_its_goal_was_proposed_is_owed_by_nobody(stage: Stage) -> None:
    stage.say("goal.proposed", "2026-04-10", strategy="growth", goal="later", title="Later")
    plan(stage, at="2026-04-05", goal="later")
    assert owed(stage, "2026-04-20") == []


def test_a_correction_leaves_it_under_its_strategy(stage: Stage) -> None:
    made = stage.say("action.planned", "2026-04-01", action="desk", title="X", goal="faster", person="ann", by_when=MAY)
    stage.say("strategy.drafted", "2026-04-01", strategy="other", title="Other", by="ann")
    stage.say("goal.proposed", "2026-04-01", strategy="other", goal="beyond", title="Beyond")
    with refused(stage, "moves-to-another-strategy", "strategy"):
        stage.correct(made, "action.planned", "2026-04-01", "2026-04-02", "a slip", title="X", goal="beyond",
                      person="ann", by_when=MAY)  # fmt: skip
    stage.correct(made, "action.planned", "2026-04-01", "2026-04-02", "a slip", title="Y", goal="faster", person="bob",
                  by_when=MAY)  # fmt: skip
    assert (state(stage, ACTION, made).title, state(stage, ACTION, made).key) == ("Y", "desk")
    assert owed(stage, "2026-04-10", person="bob") == [(MAY, False)]
