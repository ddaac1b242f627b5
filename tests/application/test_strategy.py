"""Strategies through their commands: drafted, revised by several people, checked, published, retired."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pytest

from domain.strategy import STRATEGY, in_force
from tests.application.scenes import (
    Fields,
    content,
    drafted,
    entry,
    imported,
    publish,
    published,
    refused,
    request,
    state,
)
from tests.support.stage import Stage

CRITERION: Fields = {
    "element": "share",
    "kind": "success_criterion",
    "text": "We hold a fifth",
    "measure": "market share",
    "method": "panel",
    "source": "the association",
    "baseline": "15 %",
    "target": "20 %",
    "due": date(2027, 12, 31),
    "supports": ("vision",),
}


def revise(stage: Stage, at: str = "2026-03-05", by: str = "ann", **said: Any) -> object:
    """One element of growth."""
    return stage.say("strategy.revised", at, strategy="growth", by=by, **said)


class TestElements:
    def test_all_that_is_said_is_kept(self) -> None:
        stage = drafted()
        revise(stage, **CRITERION)
        revise(stage, element="future", kind="compelling_future", text="We lead", horizon=date(2028, 12, 31))
        revise(stage, element="bet", kind="big bet", text="We build it", rank=1)
        draft = state(stage, STRATEGY, stage.strategy("growth")).draft
        share, future, bet = draft.element("share"), draft.element("future"), draft.element("bet")
        assert share is not None
        assert future is not None
        assert bet is not None
        assert (share.measure, share.target, share.due, share.supports) == (
            "market share",
            "20 %",
            date(2027, 12, 31),
            ("vision",),
        )
        assert (future.horizon, bet.kind, bet.rank) == (date(2028, 12, 31), "big_bet", 1)

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"element": "x", "kind": "value"}, "element-incomplete"),
            ({"element": "x", "text": "T"}, "element-incomplete"),
            ({"element": " ", "kind": "value", "text": "T"}, "element-incomplete"),
            ({"element": "x", "kind": "No Kind!", "text": "T"}, "element-kind-malformed"),
            ({"element": "x", "removed": True}, "element-unknown"),
            ({"element": "x", "kind": "value", "text": "T", "supports": ("none",)}, "supports-unknown-element"),
        ],
    )
    def test_what_makes_no_element_is_refused(self, said: Fields, code: str) -> None:
        stage = drafted()
        with refused(stage, code):
            revise(stage, **said)

    def test_two_people_on_one_element_are_told_and_on_two_are_not(self) -> None:
        stage = drafted()
        vision: Fields = {"element": "vision", "kind": "vision"}
        versions = state(stage, STRATEGY, stage.strategy("growth")).draft.versions
        seen = versions["vision"]
        revise(stage, text="Ann's", based_on=seen, **vision)
        with refused(stage, "concurrent-edit", "based_on", element="vision", based_on=seen):
            revise(stage, by="bob", text="Bob's", based_on=seen, **vision)
        revise(stage, by="bob", element="mission", kind="mission", text="Bob's", based_on=versions["mission"])
        revise(stage, by="bob", element="new", kind="value", text="Bob's", based_on=0)
        with refused(stage, "element-already-there", "element", element="new"):
            revise(stage, element="new", kind="value", text="Ann's", based_on=0)


class TestPublishing:
    def test_a_draft_is_submitted_first(self) -> None:
        stage = drafted()
        revise(stage, "2026-03-03", element="vision", kind="vision", text="Again")
        with refused(stage, "not-submitted"):
            stage.say("strategy.published", "2026-03-04", strategy="growth", material=True)
        stage.say("strategy.submitted", "2026-03-04", strategy="growth")
        with refused(stage, "already-submitted"):
            stage.say("strategy.submitted", "2026-03-04", strategy="growth")
        stage.say("strategy.published", "2026-03-04", strategy="growth", material=True)

    def test_there_is_something_to_publish(self) -> None:
        stage = published()
        stage.say("strategy.submitted", "2026-03-05", strategy="growth")
        with refused(stage, "nothing-changed", revision=1):
            stage.say("strategy.published", "2026-03-05", strategy="growth", material=True)
        stage.say("strategy.drafted", "2026-03-05", strategy="empty", title="Empty")
        with refused(stage, "nothing-to-publish"):
            stage.say("strategy.published", "2026-03-05", strategy="empty", material=True)

    @pytest.mark.parametrize(("number", "code"), [(1, "revision-already-published"), (3, "revision-skipped")])
    def test_the_number_stated_is_the_one_that_follows(self, number: int, code: str) -> None:
        stage = published()
        revise(stage, element="vision", kind="vision", text="Again")
        stage.say("strategy.submitted", "2026-03-05", strategy="growth")
        with refused(stage, code, "revision", next=2):
            stage.say("strategy.published", "2026-03-05", strategy="growth", material=True, revision=number)
        receipt = stage.say("strategy.published", "2026-03-05", strategy="growth", material=True, revision=2)
        assert content(stage, receipt).touches == ("vision",)

    def test_a_criterion_is_never_editorial(self) -> None:
        stage = published()
        stage.say("accountable.named", "2026-03-05", for_="vision", strategy="growth", person="ann")
        revise(stage, **CRITERION)
        stage.say("accountable.named", "2026-03-05", for_="share", strategy="growth", person="ann")
        stage.say("strategy.submitted", "2026-03-05", strategy="growth")
        with refused(stage, "never-editorial", "material", elements=("share",)):
            stage.say("strategy.published", "2026-03-05", strategy="growth", material=False)
        stage.say("strategy.published", "2026-03-05", strategy="growth", material=True)

    def test_it_comes_into_force_after_the_one_before(self) -> None:
        stage = published()
        publish(stage, "2026-03-10", in_force_from=stage.day("2026-04-01"))
        revise(stage, "2026-03-11", element="mission", kind="mission", text="Again")
        stage.say("strategy.submitted", "2026-03-11", strategy="growth")
        for day in (None, "2026-03-20", "2026-04-01"):
            with refused(stage, "in-force-not-later", "in_force_from"):
                stage.say(
                    "strategy.published",
                    "2026-03-11",
                    strategy="growth",
                    material=True,
                    in_force_from=stage.day(day) if day else None,
                )
        stage.say(
            "strategy.published", "2026-03-11", strategy="growth", material=True, in_force_from=stage.day("2026-04-02")
        )
        strategy = state(stage, STRATEGY, stage.strategy("growth"))
        numbers = []
        for day in ("2026-03-02", "2026-03-31", "2026-04-01", "2026-04-02"):
            revision = in_force(strategy, stage.day(day))
            numbers.append(revision.revision if revision else None)
        assert numbers == [None, 1, 2, 3]

    def test_a_late_edit_before_it_conflicts(self) -> None:
        stage = published()
        with refused(stage, "conflicts-with-later-fact", topic="strategy.published"):
            revise(stage, "2026-03-02", element="vision", kind="vision", text="Too late", known="2026-03-06")

    def test_of_an_import_conduct_is_only_recorded(self) -> None:
        stage = published()
        revise(stage, element="bet", kind="big_bet", text="All in")
        line = entry(stage, "strategy.published", "2026-03-06", actor=imported(), strategy="growth", material=True)
        stage.ledger.execute(request(stage, line))
        publication = state(stage, STRATEGY, stage.strategy("growth")).publications[-1]
        assert (publication.submitted, [each.name for each in publication.unmet]) == (False, ["nobody-accountable"])


class TestExceptions:
    SAID: ClassVar[Fields] = {
        "strategy": "growth",
        "exception": "e-1",
        "objection": "nobody-accountable",
        "element": "bet",
    }

    @pytest.fixture
    def stage(self) -> Stage:
        stage = drafted()
        revise(stage, element="bet", kind="big_bet", text="All in")
        stage.say("strategy.submitted", "2026-03-05", strategy="growth", by="ann")
        return stage

    def publish(self, stage: Stage, at: str) -> object:
        return stage.say("strategy.published", at, strategy="growth", material=True, by="bob")

    def test_an_objection_stands_in_the_way_until_one_is_approved(self, stage: Stage) -> None:
        with refused(stage, "open-objections", named="bet is nobody-accountable"):
            self.publish(stage, "2026-03-06")
        stage.say("exception.approved", "2026-03-06", by="bob", reason="found by May", **self.SAID)
        with refused(stage, "exception-already-approved"):
            stage.say("exception.approved", "2026-03-06", by="bob", reason="again", **self.SAID)
        self.publish(stage, "2026-03-06")

    def test_one_that_ended_or_expired_covers_nothing(self, stage: Stage) -> None:
        expires = stage.day("2026-03-08")
        stage.say("exception.approved", "2026-03-06", by="bob", reason="r", expires=expires, **self.SAID)
        with refused(stage, "open-objections"):
            self.publish(stage, "2026-03-08")
        stage.say("exception.approved", "2026-03-08", by="bob", reason="r", **{**self.SAID, "exception": "e-2"})
        stage.say("exception.ended", "2026-03-09", strategy="growth", exception="e-2")
        with refused(stage, "open-objections"):
            self.publish(stage, "2026-03-09")
        with refused(stage, "exception-unknown"):
            stage.say("exception.ended", "2026-03-10", strategy="growth", exception="e-2")
        with refused(stage, "expires-before-approval", "expires"):
            stage.say(
                "exception.approved",
                "2026-03-10",
                by="bob",
                reason="r",
                expires=expires,
                **{**self.SAID, "exception": "e-3"},
            )

    def test_a_person_approves_who_did_not_write(self, stage: Stage) -> None:
        with refused(stage, "approver-unnamed"):
            stage.say("exception.approved", "2026-03-06", reason="r", **self.SAID)
        stage.say("access.granted", "2026-03-06", person="bob", role="sponsor")
        with refused(stage, "approver-is-author", exception="e-1", approver=stage.person("ann")):
            stage.say("exception.approved", "2026-03-06", by="ann", reason="r", **self.SAID)

    def test_where_nobody_else_could_it_is_recorded_as_not_separated(self, stage: Stage) -> None:
        approved = stage.say("exception.approved", "2026-03-06", by="ann", reason="nobody else", **self.SAID)
        assert content(stage, approved).not_separated
        self.publish(stage, "2026-03-06")

    def test_who_acts_does_not_state_whether_it_was_separated(self, stage: Stage) -> None:
        with refused(stage, "separation-is-found", "not_separated"):
            stage.say("exception.approved", "2026-03-06", by="ann", reason="r", not_separated=True, **self.SAID)

    def test_a_sponsor_who_wrote_too_is_not_somebody_else(self, stage: Stage) -> None:
        stage.say("access.granted", "2026-03-06", person="ann", role="sponsor")
        assert content(
            stage, stage.say("exception.approved", "2026-03-06", by="ann", reason="r", **self.SAID)
        ).not_separated

    def test_one_who_is_somebody_else_is_separate_with_or_without_a_role(self, stage: Stage) -> None:
        assert not content(
            stage, stage.say("exception.approved", "2026-03-06", by="bob", reason="r", **self.SAID)
        ).not_separated


class TestRetirement:
    def test_nothing_is_said_after_it_but_who_answers(self) -> None:
        stage = published()
        stage.say("strategy.retired", "2026-03-10", strategy="growth")
        with refused(stage, "strategy-is-retired", "at"):
            revise(stage, "2026-03-11", element="vision", kind="vision", text="Again")
        stage.say("accountable.named", "2026-03-11", for_="vision", strategy="growth", person="ann")

    def test_it_is_not_its_own_successor(self) -> None:
        stage = published()
        with refused(stage, "strategy-succeeds-itself", "successor"):
            stage.say("strategy.retired", "2026-03-10", strategy="growth", successor="growth")


def test_nothing_is_said_before_it_was_drafted() -> None:
    stage = drafted()
    with refused(stage, "strategy-unknown", "at"):
        revise(stage, "2026-02-28", element="vision", kind="vision", text="Earlier", known="2026-03-05")
