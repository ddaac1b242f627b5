"""Goals through their commands: what they support, what becomes of them, and who answers for what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from application.command import Answered
from application.desk import Desk
from domain.accountability import answers_now
from domain.goal import GOAL, GoalStatus
from domain.kernel import Actor
from domain.strategy import STRATEGY
from tests.application.scenes import Fields, content, entry, publish, published, refused, request, state
from tests.support.stage import Stage


def proposed(stage: Stage, goal: str, *supports: str, at: str = "2026-03-05", **said: Any) -> object:
    """A goal under growth."""
    return stage.say("goal.proposed", at, strategy="growth", goal=goal, title=goal.title(), supports=supports, **said)


class TestSupports:
    def test_elements_are_named_by_id_and_one_goal_by_key_or_id(self) -> None:
        stage = published()
        parent = stage.say("goal.proposed", "2026-03-05", strategy="growth", goal="parent", title="Parent")
        for key, named in (("a", "parent"), ("b", str(parent.stream))):
            proposed(stage, key, "vision", named, "mission")
            goal = state(
                stage,
                GOAL,
                Desk(stage.ledger.book(stage.organisation), Actor(), stage.day("2026-03-05")).find("goal", key),
            )
            assert (goal.supports_elements, goal.supports_goal) == (("mission", "vision"), parent.stream)

    def test_what_is_neither_is_unknown(self) -> None:
        stage = published()
        with refused(stage, "supports-unknown", "supports", reference="nothing"):
            proposed(stage, "a", "vision", "nothing")

    def test_one_goal_is_the_most(self) -> None:
        stage = published()
        proposed(stage, "a")
        with refused(stage, "supports-two-goals", "supports"):
            proposed(stage, "b", "faster", "a")
        proposed(stage, "b", "faster", "faster")

    def test_an_element_not_yet_in_the_draft_is_none(self) -> None:
        stage = published()
        stage.say("strategy.revised", "2026-03-10", strategy="growth", element="values", kind="value", text="Care")
        with refused(stage, "supports-unknown"):
            proposed(stage, "a", "values", at="2026-03-09")
        proposed(stage, "a", "values", at="2026-03-10")

    def test_one_of_an_earlier_revision_still_is(self) -> None:
        stage = published()
        stage.say("strategy.revised", "2026-03-10", strategy="growth", element="vision", removed=True)
        proposed(stage, "a", "vision", at="2026-03-11")

    @pytest.mark.parametrize("length", [2, 3, 5])
    def test_no_goal_rests_on_itself_through_others(self, length: int) -> None:
        stage = published()
        proposed(stage, "g0")
        for number in range(1, length):
            proposed(stage, f"g{number}", f"g{number - 1}")
        with refused(stage, "goals-in-circle", "supports", reference=f"g{length - 1}"):
            stage.say("goal.changed", "2026-03-06", goal="g0", supports=(f"g{length - 1}",))

    def test_nor_directly(self) -> None:
        stage = published()
        with refused(stage, "goals-in-circle", "supports"):
            stage.say("goal.changed", "2026-03-06", goal="faster", supports=("faster",))

    def test_a_correction_closes_no_circle_either(self) -> None:
        stage = published()
        first = stage.say("goal.proposed", "2026-03-05", strategy="growth", goal="a", title="A")
        proposed(stage, "b", "a")
        with refused(stage, "goals-in-circle"):
            stage.correct(
                first,
                "goal.proposed",
                "2026-03-05",
                "2026-03-06",
                "it serves b",
                goal="a",
                strategy="growth",
                title="A",
                supports=("b",),
            )


class TestChanges:
    def test_what_is_absent_stays_and_what_is_cleared_is_gone(self) -> None:
        stage = published()
        full: Fields = {"unit": "sales", "accountable": "ann", "target": "10 %", "due": date(2026, 6, 30)}
        proposed(stage, "a", "vision", **full)
        changed = stage.say("goal.changed", "2026-03-06", goal="a", title="B")
        goal = state(stage, GOAL, changed)
        assert (goal.title, goal.unit, goal.target, goal.due) == ("B", stage.unit("sales"), "10 %", date(2026, 6, 30))
        stage.say("goal.changed", "2026-03-07", goal="a", cleared=("unit", "supports", "accountable", "target", "due"))
        goal = state(stage, GOAL, changed)
        assert (goal.unit, goal.supports_elements, goal.target, goal.due) == (None, (), None, None)
        answering = answers_now(goal.accountable)
        assert answering is not None
        assert answering.person is None

    @pytest.mark.parametrize(
        ("said", "code"), [({}, "changes-nothing"), ({"target": "5", "cleared": ("target",)}, "given-and-cleared")]
    )
    def test_a_change_says_one_thing_at_least_and_nothing_twice(self, said: Fields, code: str) -> None:
        stage = published()
        with refused(stage, code):
            stage.say("goal.changed", "2026-03-06", goal="faster", **said)

    def test_nothing_is_said_of_it_before_it_was_proposed(self) -> None:
        stage = published()
        with refused(stage, "goal-unknown", "at"):
            stage.say("goal.changed", "2026-03-03", goal="faster", title="Earlier")


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ("accepted", GoalStatus.ACCEPTED),
        ("declined", GoalStatus.DECLINED),
        ("deferred", GoalStatus.DEFERRED),
        ("achieved", GoalStatus.ACHIEVED),
        ("missed", GoalStatus.MISSED),
        ("abandoned", GoalStatus.ABANDONED),
        ("replaced", GoalStatus.REPLACED),
        ("reopened", GoalStatus.PROPOSED),
    ],
)
def test_any_status_may_follow_any_other(act: str, status: GoalStatus) -> None:
    stage = published()
    stage.say("goal.achieved", "2026-03-05", goal="faster")
    assert state(stage, GOAL, stage.say(f"goal.{act}", "2026-03-06", goal="faster")).status is status


class TestReplacement:
    def test_it_names_the_goal_in_its_place(self) -> None:
        stage = published()
        other = stage.say("goal.proposed", "2026-03-05", strategy="growth", goal="other", title="Other")
        receipt = stage.ledger.execute(
            request(stage, entry(stage, "goal.replaced", "2026-03-06", goal="faster", by="other"))
        )
        assert content(stage, receipt).by == other.stream

    @pytest.mark.parametrize(("by", "code"), [("none", "unknown-reference"), ("faster", "replaced-by-itself")])
    def test_which_is_there_and_another_one(self, by: str, code: str) -> None:
        stage = published()
        with refused(stage, code, "by"):
            stage.ledger.execute(request(stage, entry(stage, "goal.replaced", "2026-03-06", goal="faster", by=by)))


class TestAccountable:
    @pytest.mark.parametrize(
        ("for_", "strategy"),
        [
            ("vision", "growth"),
            (Answered(strategy="growth", element="vision"), None),
            (Answered(element="vision"), "growth"),
        ],
    )
    def test_somebody_answers_for_an_element(self, for_: str | Answered, strategy: str | None) -> None:
        stage = published()
        stage.say("accountable.named", "2026-03-05", for_=for_, strategy=strategy, person="ann")
        tenures = state(stage, STRATEGY, stage.strategy("growth")).accountable["vision"]
        assert tenures[-1].person == stage.person("ann")

    @pytest.mark.parametrize("for_", ["faster", Answered(goal="faster"), Answered(strategy="growth", goal="faster")])
    def test_or_for_a_goal_in_the_stream_of_its_strategy(self, for_: str | Answered) -> None:
        stage = published()
        named = stage.say("accountable.named", "2026-03-05", for_=for_, person="ann")
        assert named.stream == stage.strategy("growth")
        stage.say("accountable.named", "2026-03-06", for_=for_)
        (tenures,) = state(stage, STRATEGY, named).accountable_for_goals.values()
        assert [each.person for each in tenures] == [stage.person("ann"), None]

    def test_an_element_that_the_strategy_never_had_is_refused(self) -> None:
        stage = published()
        with refused(stage, "target-element-unknown", "element"):
            stage.say(
                "accountable.named", "2026-03-05", for_=Answered(strategy="growth", element="values"), person="ann"
            )

    def test_one_that_it_had_later_is_refused_by_the_strategy(self) -> None:
        stage = published()
        stage.say("strategy.revised", "2026-03-10", strategy="growth", element="values", kind="value", text="Care")
        with refused(stage, "element-unknown", "element"):
            stage.say("accountable.named", "2026-03-09", strategy="growth", for_="values", person="ann")

    @pytest.mark.parametrize(
        ("for_", "code", "where"),
        [
            (Answered(strategy="growth"), "subject-without-strategy", "for"),
            (Answered(element="vision"), "subject-without-strategy", "for"),
            (Answered(strategy="growth", element="vision", goal="faster"), "subject-without-strategy", "for"),
            (Answered(strategy="other", goal="faster"), "goal-of-another-strategy", "goal"),
            ("vision", "unknown-reference", "for"),
            ("growth", "subject-without-strategy", "for"),
        ],
    )
    def test_it_is_said_for_one_thing_of_one_strategy(self, for_: str | Answered, code: str, where: str) -> None:
        stage = published()
        stage.say("strategy.drafted", "2026-03-05", strategy="other", title="Other")
        with refused(stage, code, where):
            stage.say("accountable.named", "2026-03-05", for_=for_, person="ann")

    def test_a_new_revision_changes_nothing_about_it(self) -> None:
        stage = published()
        stage.say("accountable.named", "2026-03-05", for_="vision", strategy="growth", person="ann")
        publish(stage, "2026-03-10")
        assert state(stage, STRATEGY, stage.strategy("growth")).accountable["vision"][-1].person == stage.person("ann")
