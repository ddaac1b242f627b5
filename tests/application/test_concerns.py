"""Whom an act or a fact concerns, as far as permission asks: its owner, and where its owner sits or last sat."""

from __future__ import annotations

from application.concerns import about, about_content
from application.desk import Desk
from application.permissions import About, Caller
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
