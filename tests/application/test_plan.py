"""Plans and tactics through their commands: what they are refused for, and what an import may record all the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from application.concerns import about_command
from application.desk import Desk
from application.permissions import Caller
from application.register import Register, Why
from domain.access import AccessRole
from domain.kernel import Actor, Party
from domain.tactic import TACTIC
from tests.application.scenes import Fields, entry, imported, published, refused, request, state
from tests.support.stage import Stage

APRIL, JULY = date(2026, 4, 1), date(2026, 7, 1)
NEXT: Fields = {"strategy": "growth", "goal": "summer", "title": "Summer", "unit": "service", "start": JULY}
SAID: Fields = {"strategy": "growth", "tactic": "fair", "title": "Go to the fair"}


@pytest.fixture
def stage() -> Stage:
    """Service has a plan from 1 April, of one goal with one action."""
    stage = published()
    stage.say("goal.proposed", "2026-03-20", strategy="growth", goal="spring", title="Spring", unit="service",
              start=APRIL, within_days=90)  # fmt: skip
    stage.say("action.planned", "2026-03-20", action="desk", title="A desk", goal="spring", person="bob",
              by_when=date(2026, 5, 1))  # fmt: skip
    return stage


def why(stage: Stage) -> set[Why]:
    register = Register(stage.questions, stage.ask())
    return {each for entry in register.page(0, 100, frozenset(Why))[0] for each in entry.why}


class TestNextPlan:
    def test_it_opens_when_the_last_one_is_closed_out(self, stage: Stage) -> None:
        with refused(stage, "last-plan-not-closed-out", "start", start=APRIL, open=1):
            stage.say("goal.proposed", "2026-06-30", **NEXT)
        stage.say("action.done", "2026-06-30", action="desk")
        stage.say("goal.proposed", "2026-06-30", **NEXT)

    def test_a_goal_moved_to_it_opens_it_too(self, stage: Stage) -> None:
        stage.say("goal.proposed", "2026-03-21", strategy="growth", goal="later", title="Later", unit="service")
        with refused(stage, "last-plan-not-closed-out"):
            stage.say("goal.changed", "2026-06-30", goal="later", start=JULY)
        stage.say("action.dropped", "2026-06-29", action="desk", known="2026-06-30")
        stage.say("goal.changed", "2026-06-30", goal="later", start=JULY)

    def test_more_goals_join_the_plan_that_is_open_and_others_have_plans_of_their_own(self, stage: Stage) -> None:
        stage.say("goal.proposed", "2026-04-02", **{**NEXT, "start": APRIL})
        stage.say("goal.proposed", "2026-04-02", **{**NEXT, "goal": "sales", "unit": "sales"})

    def test_an_import_records_it_and_the_register_names_it(self, stage: Stage) -> None:
        assert Why.LAST_PLAN_OPEN not in why(stage)
        stage.ledger.execute(request(stage, entry(stage, "goal.proposed", "2026-06-30", **NEXT), actor=imported()))
        assert Why.LAST_PLAN_OPEN in why(stage)

    def test_an_import_in_order_stands_in_no_register(self, stage: Stage) -> None:
        stage.say("action.done", "2026-06-30", action="desk")
        stage.ledger.execute(request(stage, entry(stage, "goal.proposed", "2026-06-30", **NEXT), actor=imported()))
        assert why(stage) == set()


class TestTactic:
    def test_one_that_serves_no_goal_is_refused(self, stage: Stage) -> None:
        with refused(stage, "tactic-serves-no-goal", "goal", tactic="fair"):
            stage.say("tactic.adopted", "2026-04-01", by="ann", **SAID)
        made = stage.say("tactic.adopted", "2026-04-01", by="ann", goal="spring", **SAID)
        assert state(stage, TACTIC, made).title == "Go to the fair"

    def exception(self, stage: Stage, by: str, **said: Any) -> None:
        stage.say("exception.approved", "2026-03-30", strategy="growth", exception="e", by=by, reason="a last time",
                  objection="tactic-without-goal", **said)  # fmt: skip

    @pytest.mark.parametrize("element", ["fair", None])
    def test_it_stands_under_an_exception_until_that_expires(self, stage: Stage, element: str | None) -> None:
        self.exception(stage, "bob", element=element, expires=stage.day("2026-05-01"))
        with refused(stage, "tactic-serves-no-goal"):
            stage.say("tactic.adopted", "2026-05-01", by="ann", **SAID)
        stage.say("tactic.adopted", "2026-04-30", by="ann", known="2026-05-01", **SAID)

    def test_an_exception_for_another_or_by_its_own_author_covers_nothing(self, stage: Stage) -> None:
        self.exception(stage, "bob", element="other")
        with refused(stage, "tactic-serves-no-goal"):
            stage.say("tactic.adopted", "2026-04-01", by="ann", **SAID)
        with refused(stage, "tactic-serves-no-goal"):
            stage.say("tactic.adopted", "2026-04-01", by="bob", **{**SAID, "tactic": "other"})

    def test_an_import_records_it_and_the_register_names_it(self, stage: Stage) -> None:
        stage.ledger.execute(request(stage, entry(stage, "tactic.adopted", "2026-04-01", **SAID), actor=imported()))
        assert why(stage) == {Why.TACTIC_WITHOUT_GOAL}

    def test_its_goal_is_of_its_strategy(self, stage: Stage) -> None:
        stage.say("strategy.drafted", "2026-03-20", strategy="other", title="Other", by="ann")
        with refused(stage, "goal-of-another-strategy", "goal"):
            stage.say("tactic.adopted", "2026-04-01", strategy="other", title="X", goal="spring")
        stage.say("tactic.adopted", "2026-04-01", goal="spring", **SAID)
        stage.say("goal.proposed", "2026-04-01", strategy="other", goal="beyond", title="Beyond")
        with refused(stage, "goal-of-another-strategy", "goal"):
            stage.say("tactic.changed", "2026-04-02", tactic="fair", goal="beyond")


class TestWhoseGoalItIs:
    """Somebody's own goals, their actions and tactics are theirs to work on; nobody else's are."""

    @pytest.mark.parametrize(
        ("topic", "said", "whose"),
        [
            ("goal.proposed", {"strategy": "growth", "title": "X", "person": "ann"}, "ann"),
            ("goal.changed", {"goal": "own", "title": "X"}, "ann"),
            ("goal.accepted", {"goal": "spring"}, None),
            ("action.planned", {"title": "X", "goal": "own", "person": "ann", "by_when": JULY}, "ann"),
            ("action.planned", {"title": "X", "goal": "own", "person": "bob", "by_when": JULY}, None),
            ("action.changed", {"action": "page", "person": "bob"}, None),
            ("action.changed", {"action": "page", "title": "X"}, "ann"),
            ("goal.proposed", {"strategy": "growth", "title": "X", "person": "ann", "accountable": "bob"}, None),
            ("goal.changed", {"goal": "own", "accountable": "bob"}, None),
            ("goal.changed", {"goal": "own", "accountable": "ann"}, "ann"),
            ("action.planned", {"title": "X", "goal": "spring", "person": "ann", "by_when": JULY}, None),
            ("action.changed", {"action": "desk", "person": "ann"}, None),
            ("action.done", {"action": "desk"}, "bob"),
            ("action.dropped", {"action": "desk"}, None),
            ("tactic.adopted", {"strategy": "growth", "title": "X", "goal": "own"}, "ann"),
            ("tactic.adopted", {"strategy": "growth", "title": "X"}, None),
            ("tactic.changed", {"tactic": "mine", "title": "X"}, "ann"),
            ("tactic.changed", {"tactic": "mine", "goal": "spring"}, None),
            ("tactic.dropped", {"tactic": "mine"}, "ann"),
        ],
    )
    def test_whose_an_act_is(self, stage: Stage, topic: str, said: Fields, whose: str | None) -> None:
        stage.say("goal.proposed", "2026-03-21", strategy="growth", goal="own", title="Own", person="ann")
        stage.say("tactic.adopted", "2026-03-21", strategy="growth", tactic="mine", title="Mine", goal="own")
        stage.say("action.planned", "2026-03-21", action="page", title="Read", goal="own", person="ann", by_when=JULY)
        desk = Desk(stage.ledger.book(stage.organisation), Actor(), stage.day("2026-04-01"))
        caller = Caller(organisation=stage.organisation, name="x", roles=frozenset({AccessRole.MEMBER}))
        about = about_command(stage.command(topic, **said), topic, desk, caller)
        assert about.party == (Party("person", stage.person(whose)) if whose else None)
