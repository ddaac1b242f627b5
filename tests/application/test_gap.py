"""Gaps, programmes and capabilities through their commands: of what was found, by who is there, for what there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from application.command import Answered, PartyReference
from application.desk import Desk
from application.gap import gap_of
from application.ledger import Receipt
from domain.action import ACTION
from domain.capability import CAPABILITY
from domain.condition import Condition, Verdict
from domain.gap import GAP
from domain.kernel import Actor
from domain.owed import Call
from domain.programme import PROGRAMME, ProgrammeKind
from domain.strategy import STRATEGY
from tests.application.scenes import Fields, correction, published, refused, state, words
from tests.application.test_condition import ABOUT, judge, opened
from tests.support.stage import Stage

BY_WHEN = date(2026, 9, 30)


@pytest.fixture
def stage() -> Stage:
    """A closed review that found the goals of service partly apparent, and their vision apparent."""
    stage = published()
    opened(stage)
    stage.say("condition.assigned", "2026-05-04", review="may", unit="service", assessors=("ann", "bob"))
    judge(stage)
    judge(stage, condition=Condition.VISION, judgement=Verdict.APPARENT)
    for condition in (Condition.GOALS, Condition.VISION):
        stage.say("condition.agreed", "2026-05-07", person="bob", by="bob", **{**ABOUT, "condition": condition})
    stage.say("review.closed", "2026-05-15", review="may")
    return stage


def plan(stage: Stage, at: str = "2026-05-20", **said: Any) -> Receipt:
    """A plan for the goals of service."""
    fields: Fields = {
        "review": "may",
        "unit": "service",
        "condition": Condition.GOALS,
        "desired": "every team has goals of its own",
        "accountable": "bob",
        "by_when": BY_WHEN,
        **said,
    }
    return stage.say("gap.planned", at, **fields)


def programme(stage: Stage, at: str = "2026-05-20", **said: Any) -> Receipt:
    """A programme for everybody's vision."""
    fields: Fields = {
        "programme": "talks",
        "strategy": "growth",
        "kind": ProgrammeKind.COMMUNICATION,
        "title": "What changes",
        "elements": ("vision",),
        "person": "ann",
        "by_when": BY_WHEN,
        **said,
    }
    return stage.say("programme.planned", at, **fields)


class TestGaps:
    def test_one_gap_for_each_condition_of_a_unit_by_id_and_key(self, stage: Stage) -> None:
        first, second = plan(stage, gap="goals"), plan(stage, "2026-06-01", accountable="ann")
        assert first.stream == second.stream
        found = state(stage, GAP, first)
        assert (found.key, found.strategy, found.condition) == ("goals", stage.strategy("growth"), Condition.GOALS)
        assert [each.person for each in found.accountable] == [stage.person("bob"), stage.person("ann")]
        assert stage.ledger.book(stage.organisation).find("gap", "goals") == first.stream
        plan(stage, "2026-06-02", gap="goals")
        with refused(stage, "gap-has-another-key", "gap"):
            plan(stage, "2026-06-03", gap="other")

    def test_a_key_names_one_gap(self, stage: Stage) -> None:
        opened(stage, "june", "2026-06-01", closes=stage.day("2026-06-10"))
        stage.say("condition.assigned", "2026-06-01", review="june", unit="sales", assessors=("ann", "bob"))
        judge(stage, "2026-06-02", review="june", unit="sales")
        stage.say("condition.agreed", "2026-06-03", **{**ABOUT, "review": "june", "unit": "sales"}, person="bob")
        plan(stage, "2026-06-10", gap="goals")
        with refused(stage, "key-in-use", "gap"):
            plan(stage, "2026-06-11", gap="goals", review="june", unit="sales")

    def test_it_is_what_a_closed_review_found(self, stage: Stage) -> None:
        with refused(stage, "no-gap-there", "condition"):
            plan(stage, condition=Condition.VISION)
        with refused(stage, "no-gap-there", "condition"):
            plan(stage, condition=Condition.SYSTEMS)
        with refused(stage, "review-not-closed"):
            plan(stage, "2026-05-14")
        with refused(stage, "gap-due-before-planned", "by_when"):
            plan(stage, by_when=date(2026, 5, 19))

    def test_who_answers_for_it_is_there(self, stage: Stage) -> None:
        stage.say("person.left", "2026-05-16", person="bob")
        with refused(stage, "person-not-there", "accountable"):
            plan(stage)

    def test_an_action_for_it_is_of_its_unit_and_strategy(self, stage: Stage) -> None:
        plan(stage, gap="goals")
        made = stage.say("action.planned", "2026-05-21", title="Write", person="ann", by_when=BY_WHEN, gap="goals")
        found = state(stage, ACTION, made)
        assert (found.unit, found.strategy) == (stage.unit("service"), stage.strategy("growth"))
        stage.say("strategy.drafted", "2026-05-21", strategy="other", title="Other", by="ann")
        with refused(stage, "gap-of-another-strategy", "gaps"):
            stage.say(
                "action.planned",
                "2026-05-22",
                title="Write",
                person="ann",
                by_when=BY_WHEN,
                gap="goals",
                strategy="other",
            )


class TestWhoAnswers:
    """Somebody answers for a gap by what is planned about it, or by a word beside that; nothing has to be planned."""

    def named(self, stage: Stage) -> list[UUID | None]:
        tenures = state(stage, STRATEGY, stage.strategy("growth")).accountable_for_gaps
        assert set(tenures) <= {f"{stage.unit('service')}/goals"}
        return [each.person for entries in tenures.values() for each in entries]

    def test_by_unit_and_condition_by_id_and_by_key(self, stage: Stage) -> None:
        desk = Desk(stage.ledger.book(stage.organisation), Actor(), stage.day("2026-05-20"))
        id = str(gap_of(desk, stage.strategy("growth"), stage.unit("service"), Condition.GOALS))
        parts = Answered(unit="service", condition=Condition.GOALS)
        said: tuple[Answered | str, ...] = (parts, replace(parts, strategy="growth"), Answered(gap=id), id)
        for day, (for_, who) in enumerate(zip(said, ("ann", "bob", "ann", None), strict=True), start=20):
            stage.say("accountable.named", f"2026-05-{day}", strategy="growth", for_=for_, person=who)
        plan(stage, "2026-05-25", gap="goals")
        stage.say("accountable.named", "2026-05-26", for_="goals", person="bob")
        stage.say("accountable.named", "2026-05-27", for_=Answered(gap="goals"), person="cy")
        people = ("ann", "bob", "ann", None, "bob", "cy")
        assert self.named(stage) == [stage.person(each) if each else None for each in people]

    @pytest.mark.parametrize(
        ("for_", "code", "where"),
        [
            (Answered(unit="service"), "accountable-for-one-thing", "for"),
            (Answered(condition=Condition.GOALS), "accountable-for-one-thing", "for"),
            (Answered(gap="goals", goal="faster"), "accountable-for-one-thing", "for"),
            (Answered(gap="goals", unit="service"), "accountable-for-one-thing", "for"),
            (Answered(gap="none"), "unknown-reference", "for"),
            (Answered(gap="7c2f7c6e-0000-4000-8000-000000000000"), "unknown-reference", "for"),
            (Answered(unit="none", condition=Condition.GOALS), "unknown-reference", "for"),
            (Answered(strategy="other", gap="goals"), "gap-of-another-strategy", "gaps"),
        ],
    )
    def test_it_is_one_gap_that_there_can_be(self, stage: Stage, for_: Answered, code: str, where: str) -> None:
        plan(stage, gap="goals")
        stage.say("strategy.drafted", "2026-05-21", strategy="other", title="Other", by="ann")
        with refused(stage, code, where):
            stage.say("accountable.named", "2026-05-22", strategy="growth", for_=for_, person="ann")


class TestProgrammes:
    def test_it_is_owned_held_and_owed_until_it_is_completed(self, stage: Stage) -> None:
        plan(stage, gap="goals")
        made = programme(stage, gaps=("goals", "goals"), units=("service", "service"), of_ranks=("x", "x"))
        stage.say("programme.held", "2026-05-21", programme="talks", title="first", participants=("ann", "bob", "ann"))
        stage.say("programme.changed", "2026-05-22", programme="talks", person="bob", by_when=date(2026, 6, 1))
        found = state(stage, PROGRAMME, made)
        assert (len(found.gaps), found.audience.units, found.audience.ranks) == (1, (stage.unit("service"),), ("x",))
        assert found.sessions[0].participants == (stage.person("ann"), stage.person("bob"))
        owed = stage.questions.owed(stage.ask("2026-06-02"), stage.person("bob"))
        assert [(each.call, each.overdue) for each in owed if each.record == made.stream] == [(Call.HOLD, True)]
        stage.say("programme.completed", "2026-06-03", programme="talks")
        left = stage.questions.owed(stage.ask("2026-06-03"), stage.person("bob"))
        assert not [each for each in left if each.call is Call.HOLD]

    def test_it_may_be_dropped(self, stage: Stage) -> None:
        programme(stage)
        stage.say("programme.dropped", "2026-05-21", programme="talks")
        assert not stage.questions.owed(stage.ask("2026-05-21"), stage.person("ann"))

    def test_what_it_names_is_there(self, stage: Stage) -> None:
        with refused(stage, "target-element-unknown"):
            programme(stage, elements=("care",))
        with refused(stage, "unknown-reference", "gaps"):
            programme(stage, gaps=("none",))
        with refused(stage, "programme-due-before-said", "by_when"):
            programme(stage, by_when=date(2026, 5, 19))
        plan(stage, gap="goals")
        stage.say("strategy.drafted", "2026-05-20", strategy="other", title="Other", by="ann")
        with refused(stage, "gap-of-another-strategy", "gaps"):
            programme(stage, strategy="other", elements=(), gaps=("goals",))
        made = programme(stage)
        with refused(stage, "moves-to-another-strategy", "strategy"):
            programme(stage, strategy="other", elements=(), gaps=(), correction=correction(stage, made), reason="x")


class TestCapabilities:
    def test_needed_shown_with_its_source_and_released(self, stage: Stage) -> None:
        said: Fields = {"capability": "read", "strategy": "growth", "title": "Read", "elements": ("vision",)}
        made = stage.say("capability.needed", "2026-05-20", **said)
        again = stage.say("capability.needed", "2026-05-21", **{**said, "title": "Read on"}, units=("sales",))
        assert made.stream == again.stream
        shown: Fields = {"capability": "read", "source": "register"}
        stage.say("capability.shown", "2026-05-22", **shown, party=PartyReference(person="ann"))
        stage.say("capability.shown", "2026-05-22", **shown, party=PartyReference(unit="sales"))
        found = state(stage, CAPABILITY, made)
        assert [each.source.subject for each in found.showings] == [stage.person("ann"), stage.organisation]
        assert [words(stage, each.source) for each in found.showings] == ["register", "register"]
        stage.say("capability.released", "2026-05-23", capability="read")
        assert state(stage, CAPABILITY, made).released_at == stage.day("2026-05-23")
        stage.say("strategy.drafted", "2026-05-23", strategy="other", title="Other", by="ann")
        with refused(stage, "moves-to-another-strategy", "strategy"):
            stage.say("capability.needed", "2026-05-24", **{**said, "strategy": "other", "elements": ()})
