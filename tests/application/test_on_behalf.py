"""A statement is its party's own if the party made it; entered by anybody else, it is marked until confirmed."""

from __future__ import annotations

from typing import Any

import pytest

from application.ledger import Receipt
from domain.acknowledgement import ACKNOWLEDGEMENT
from domain.commitment import COMMITMENT
from domain.kernel import Actor, Party
from tests.application.scenes import Fields, entry, imported, published, recorded, request, state
from tests.support.stage import Stage


def behalf(stage: Stage, receipt: Receipt) -> Party | None:
    """Whose statement it is that somebody else entered."""
    return recorded(stage, receipt).actor.on_behalf_of


def made(stage: Stage, at: str = "2026-03-05", *, by: str | None = None, **party: Any) -> Receipt:
    """A commitment to the strategy."""
    return stage.say("commitment.made", at, strategy="growth", by=by, **party)


class TestAPerson:
    def test_own_word_is_own(self) -> None:
        stage = published()
        assert behalf(stage, made(stage, by="ann", party_person="ann")) is None

    @pytest.mark.parametrize("by", ["cy", "bob", None])
    def test_nobody_elses_word_is(self, by: str | None) -> None:
        """Not a colleague's of the same unit, and not that of a caller who is no person."""
        stage = published()
        receipt = made(stage, by=by, party_person="ann")
        assert behalf(stage, receipt) == Party("person", stage.person("ann"))
        assert state(stage, COMMITMENT, receipt).on_behalf

    def test_confirming_makes_it_own(self) -> None:
        stage = published()
        receipt = stage.say(
            "commitment.made", "2026-03-05", party_person="ann", strategy="growth", commitment="c", by="bob"
        )
        stage.say("commitment.confirmed", "2026-03-06", commitment="c", by="ann")
        assert not state(stage, COMMITMENT, receipt).on_behalf

    @pytest.mark.parametrize("topic", ["acknowledgement.given", "acknowledgement.declined"])
    def test_acknowledgements_are_marked_alike(self, topic: str) -> None:
        stage = published()
        said: Fields = {"person": "ann", "strategy": "growth", "reason": "so told"}
        own = stage.say(topic, "2026-03-05", by="ann", **said)
        assert behalf(stage, own) is None
        other = stage.say(topic, "2026-03-05", by="bob", **{**said, "person": "cy"})
        assert behalf(stage, other) == Party("person", stage.person("cy"))
        (statement,) = state(stage, ACKNOWLEDGEMENT, other).statements
        assert statement.on_behalf

    def test_answers_are_marked_alike(self) -> None:
        stage = published()
        stage.say(
            "review.opened",
            "2026-03-05",
            review="r",
            kind="clarity_check",
            title="R",
            strategy="growth",
            questionnaire="clear-believable-implementable",
            participants=("ann", "cy"),
            closes=stage.day("2026-04-01"),
        )
        assert behalf(stage, stage.say("review.answered", "2026-03-06", review="r", person="ann", by="ann")) is None
        entered = stage.say("review.answered", "2026-03-06", review="r", person="cy", by="ann")
        assert behalf(stage, entered) == Party("person", stage.person("cy"))


class TestAUnit:
    @pytest.mark.parametrize("member", ["ann", "cy"])
    def test_any_member_speaks_for_it(self, member: str) -> None:
        stage = published()
        assert behalf(stage, made(stage, by=member, party_unit="sales")) is None

    def test_who_sits_elsewhere_does_not(self) -> None:
        """Neither in a sister unit, nor above, nor below."""
        stage = published()
        for unit in ("sales", "acme"):
            assert behalf(stage, made(stage, by="bob", party_unit=unit)) == Party("unit", stage.unit(unit))

    def test_its_spokesperson_does_wherever_they_sit(self) -> None:
        stage = published()
        stage.say("spokesperson.named", "2026-03-04", unit="sales", person="bob")
        assert behalf(stage, made(stage, by="bob", party_unit="sales")) is None
        stage.say("spokesperson.named", "2026-03-06", unit="sales")
        assert behalf(stage, made(stage, "2026-03-06", by="bob", party_unit="sales")) is not None
        assert behalf(stage, made(stage, "2026-03-05", by="bob", party_unit="sales")) is None

    def test_what_counts_is_where_one_sat_then(self) -> None:
        stage = published()
        stage.say("membership.ended", "2026-03-06", person="ann", unit="sales")
        assert behalf(stage, made(stage, "2026-03-06", by="ann", party_unit="sales")) is not None
        assert behalf(stage, made(stage, "2026-03-05", by="ann", party_unit="sales")) is None

    def test_members_follow_their_unit_through_mergers(self) -> None:
        stage = published()
        stage.say("unit.formed", "2026-03-05", unit="market", name="Market", kind="team", parent="acme")
        stage.say("unit.formed", "2026-03-05", unit="world", name="World", kind="team", parent="acme")
        stage.say("unit.merged", "2026-03-06", unit="sales", into="market")
        stage.say("unit.merged", "2026-03-08", unit="market", into="world")
        assert behalf(stage, made(stage, "2026-03-07", by="ann", party_unit="market")) is None
        assert behalf(stage, made(stage, "2026-03-07", by="ann", party_unit="world")) is not None
        assert behalf(stage, made(stage, "2026-03-09", by="ann", party_unit="world")) is None
        assert behalf(stage, made(stage, "2026-03-05", by="ann", party_unit="sales")) is None

    def test_after_a_split_nobody_follows_unasked(self) -> None:
        stage = published()
        for unit in ("east", "west"):
            stage.say("unit.formed", "2026-03-05", unit=unit, name=unit, kind="team", parent="acme")
        stage.say("unit.split", "2026-03-06", unit="sales", into=("east", "west"))
        assert behalf(stage, made(stage, "2026-03-07", by="ann", party_unit="east")) is not None
        stage.say("membership.began", "2026-03-08", person="ann", unit="east")
        assert behalf(stage, made(stage, "2026-03-08", by="ann", party_unit="east")) is None

    def test_its_later_words_are_its_members_too(self) -> None:
        stage = published()
        stage.say("commitment.made", "2026-03-05", party_unit="sales", strategy="growth", commitment="c", by="ann")
        renewed = stage.say("commitment.renewed", "2026-03-06", commitment="c", by="cy")
        assert behalf(stage, renewed) is None
        withdrawn = stage.say("commitment.withdrawn", "2026-03-07", commitment="c", by="bob")
        assert behalf(stage, withdrawn) == Party("unit", stage.unit("sales"))


class TestAnImport:
    def said(self, stage: Stage, actor: Actor, **party: Any) -> Party | None:
        line = entry(stage, "commitment.made", "2026-03-05", actor=actor, strategy="growth", **party)
        return behalf(stage, stage.ledger.execute(request(stage, line)))

    def test_it_counts_as_its_actors_own_word(self) -> None:
        stage = published()
        ann = imported(stage.person("ann"))
        assert self.said(stage, ann, party_person="ann") is None
        assert self.said(stage, ann, party_unit="sales") is None

    def test_else_it_is_on_behalf(self) -> None:
        stage = published()
        for actor in (imported(stage.person("bob")), imported()):
            assert self.said(stage, actor, party_person="ann") == Party("person", stage.person("ann"))
            assert self.said(stage, actor, party_unit="sales") == Party("unit", stage.unit("sales"))


def test_what_a_caller_states_about_whom_it_acts_for_stays() -> None:
    """An integration that says on whose behalf it acts is believed, and marked."""
    stage = published()
    cy = Party("person", stage.person("cy"))
    line = entry(stage, "commitment.made", "2026-03-05", party_person="ann", strategy="growth")
    receipt = stage.ledger.execute(request(stage, line, actor=Actor(service="sheet", on_behalf_of=cy)))
    assert behalf(stage, receipt) == cy
