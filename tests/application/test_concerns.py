"""Whom an act or a fact concerns, as far as permission asks: its owner, and where its owner sits or last sat."""

from __future__ import annotations

from dataclasses import replace

from application.concerns import about, about_content
from application.desk import Desk
from application.permissions import About, Caller
from domain.access import AccessRole
from domain.commitment import CommitmentMade, Target, Terms
from domain.kernel import Actor, Party
from tests.support.stage import Stage


def staffed() -> Stage:
    """Ann in Sales, which sits in Acme; and a strategy."""
    stage = Stage()
    stage.say("unit.formed", "2026-01-01", unit="acme", name="Acme", kind="enterprise")
    stage.say("unit.formed", "2026-01-01", unit="sales", name="Sales", kind="team", parent="acme")
    stage.say("person.joined", "2026-01-02", person="ann", name="Ann")
    stage.say("membership.began", "2026-01-02", person="ann", unit="sales", home=True)
    stage.say("strategy.drafted", "2026-03-01", strategy="growth", title="Growth")
    return stage


def desk(stage: Stage, at: str) -> Desk:
    return Desk(stage.ledger.book(stage.organisation), Actor(), stage.day(at))


def caller(stage: Stage) -> Caller:
    return Caller(organisation=stage.organisation, name="somebody")


def ann(stage: Stage) -> Party:
    return Party("person", stage.person("ann"))


def concerned(stage: Stage, at: str, party: Party) -> About:
    return about(desk(stage, at), caller(stage), party)


def test_what_a_person_says_concerns_the_units_where_they_sit_and_all_above() -> None:
    stage = staffed()
    assert concerned(stage, "2026-03-10", ann(stage)).units == {stage.unit("sales"), stage.unit("acme")}


def test_what_a_leaver_left_behind_concerns_the_units_where_they_sat_last() -> None:
    stage = staffed()
    stage.say("person.left", "2026-05-10", person="ann")
    assert concerned(stage, "2026-05-20", ann(stage)).units == {stage.unit("sales"), stage.unit("acme")}


def test_a_commitment_that_was_taken_back_is_still_its_authors_to_let_stand_again() -> None:
    stage = staffed()
    made = stage.say(
        "commitment.made", "2026-03-10", by="ann", party_person="ann", strategy="growth", level="committed"
    )
    stage.correct(made, "commitment.made", "2026-03-10", "2026-03-12", "it was Cy who said so")
    said = CommitmentMade(party=ann(stage), target=Target(strategy=stage.strategy("growth")), seen=None, terms=Terms())
    found = about_content(said, "commitment.made", made.stream, desk(stage, "2026-03-10"), caller(stage))
    assert found.party == ann(stage)


class TestPresentPermissionsOverPastUnits:
    """What a caller may see of any past instant: by what they are now, over the units as they were then."""

    def stage(self) -> Stage:
        """Ann moves from Sales to Service on 1 April; Desk moves from under Sales to under Service on that day."""
        stage = staffed()
        for unit, parent in (("service", "acme"), ("desk", "sales")):
            stage.say(
                "unit.formed", "2026-01-02", unit=unit, name=unit.title(), kind="team", parent=parent, reason="late"
            )
        for person, unit in (("bob", "service"), ("dan", "desk"), ("sue", "sales")):
            stage.say("person.joined", "2026-01-02", person=person, name=person, reason="late")
            stage.say("membership.began", "2026-01-02", person=person, unit=unit, home=True, reason="late")
        stage.say("membership.ended", "2026-04-01", person="ann", unit="sales")
        stage.say("membership.began", "2026-04-01", person="ann", unit="service", home=True)
        stage.say("unit.moved", "2026-04-01", unit="desk", parent="service")
        return stage

    def about(self, stage: Stage, at: str, *, who: str = "ann", now: str = "2026-04-10", **concerned: str) -> About:
        asking = replace(caller(stage), person=stage.person(who), now=stage.day(now))
        party = Party("person", stage.person(concerned["party"])) if "party" in concerned else None
        return about(desk(stage, at), asking, party, [stage.unit(concerned["unit"])] if "unit" in concerned else ())

    def test_whoever_moved_sees_the_past_of_where_they_sit_now_and_no_more_of_where_they_sat(self) -> None:
        stage = self.stage()
        for at in ("2026-03-10", "2026-04-05"):
            assert self.about(stage, at, unit="service").shared
            assert self.about(stage, at, party="bob").shared
            assert not self.about(stage, at, unit="sales").shared
            assert not self.about(stage, at, party="sue").shared
        # The control: before the move it was the other way round.
        assert self.about(stage, "2026-03-10", now="2026-03-20", unit="sales").shared
        assert not self.about(stage, "2026-03-10", now="2026-03-20", unit="service").shared

    def test_a_unit_lies_in_the_tree_that_it_lay_in_then(self) -> None:
        stage = self.stage()
        then, later = (self.about(stage, at, party="dan").units for at in ("2026-03-10", "2026-04-05"))
        assert {stage.unit("sales"), stage.unit("service")} & then == {stage.unit("sales")}
        assert {stage.unit("sales"), stage.unit("service")} & later == {stage.unit("service")}

    def test_who_led_the_units_above_then_was_a_leader_above(self) -> None:
        stage = self.stage()
        stage.say("access.granted", "2026-04-01", person="sue", role=AccessRole.LEAD, unit="service")
        assert not self.about(stage, "2026-03-10", party="sue").shared
        assert self.about(stage, "2026-04-05", party="sue").shared

    def test_a_manager_is_the_one_of_now(self) -> None:
        stage = self.stage()
        stage.say("manager.assigned", "2026-04-02", person="ann", manager="sue")
        assert self.about(stage, "2026-03-10", party="sue").shared
        assert not self.about(stage, "2026-03-10", now="2026-04-01", party="sue").shared

    def test_members_of_a_unit_that_merged_belong_to_the_one_that_carries_it_on(self) -> None:
        stage = self.stage()
        stage.say("unit.merged", "2026-04-05", unit="sales", into="service")
        for at, shown in (("2026-04-04", False), ("2026-04-06", True)):
            assert self.about(stage, at, who="sue", now=at, unit="service").shared is shown
            assert self.about(stage, at, who="ann", now=at, party="sue").shared is shown
        assert stage.unit("service") in self.about(stage, "2026-04-06", party="sue").units
