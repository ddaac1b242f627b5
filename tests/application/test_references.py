"""Records are named by their source's key or by Avow's id, within one organisation, as the kind that they are."""

from __future__ import annotations

from copy import copy
from uuid import uuid4

import pytest

from application.command import PartyReference
from application.desk import organisation_id
from domain.organisation import ClockKind
from domain.person import PERSON
from domain.strategy import STRATEGY
from tests.application.scenes import Fields, content, entry, published, refused, request, staffed, state


def test_a_record_is_named_by_key_or_by_id() -> None:
    stage = published()
    for person, strategy in (("ann", "growth"), (str(stage.person("ann")), str(stage.strategy("growth")))):
        made = stage.say("commitment.made", "2026-03-05", party_person=person, strategy=strategy, by="ann")
        assert content(stage, made).party.id == stage.person("ann")
        assert content(stage, made).target.strategy == stage.strategy("growth")


def test_units_are_named_by_key_or_by_id() -> None:
    stage = staffed()
    for unit in ("sales", str(stage.unit("sales"))):
        made = stage.say("unit.renamed", "2026-01-03", unit=unit, name=f"Sales {unit[:3]}")
        assert content(stage, made).unit == stage.unit("sales")


def test_a_unit_without_a_key_is_named_by_its_id() -> None:
    stage = staffed()
    formed = stage.say("unit.formed", "2026-01-03", name="Nameless", kind="team", parent="acme")
    unit = str(content(stage, formed).unit)
    stage.say("unit.renamed", "2026-01-04", unit=unit, name="Named")
    chart = stage.ledger.organisation(stage.organisation).chart
    assert chart.name(content(stage, formed).unit, stage.day("2026-01-05")) == "Named"


@pytest.mark.parametrize(
    ("topic", "said", "where", "what"),
    [
        ("person.left", {"person": "nobody"}, "person", "person"),
        ("membership.began", {"person": "ann", "unit": "nowhere"}, "unit", "unit"),
        ("manager.assigned", {"person": "ann", "manager": "nobody"}, "manager", "person"),
        ("access.granted", {"person": "ann", "role": "lead", "unit": "nowhere"}, "unit", "unit"),
        ("access.granted", {"person": "ann", "role": "facilitator", "review": "none"}, "review", "review"),
        ("access.revoked", {"person": "nobody", "role": "auditor"}, "person", "person"),
        ("rank.held", {"person": "nobody", "rank": "director"}, "person", "person"),
        ("unit.formed", {"unit": "new", "name": "New", "kind": "team", "parent": "nowhere"}, "parent", "unit"),
        ("unit.moved", {"unit": "nowhere"}, "unit", "unit"),
        ("unit.merged", {"unit": "sales", "into": "nowhere"}, "into", "unit"),
        ("unit.split", {"unit": "sales", "into": ("service", "nowhere")}, "into", "unit"),
        ("unit.dissolved", {"unit": "nowhere"}, "unit", "unit"),
        ("spokesperson.named", {"unit": "sales", "person": "nobody"}, "person", "person"),
        ("strategy.revised", {"strategy": "none", "element": "vision"}, "strategy", "strategy"),
        ("strategy.retired", {"strategy": "growth", "successor": "none"}, "successor", "strategy"),
        ("goal.proposed", {"strategy": "none", "title": "G"}, "strategy", "strategy"),
        ("goal.proposed", {"strategy": "growth", "title": "G", "unit": "nowhere"}, "unit", "unit"),
        ("goal.proposed", {"strategy": "growth", "title": "G", "accountable": "nobody"}, "accountable", "person"),
        ("goal.accepted", {"goal": "none"}, "goal", "goal"),
        ("accountable.named", {"for_": "faster", "person": "nobody"}, "person", "person"),
        ("accountable.named", {"for_": "none"}, "for", "goal, review or strategy"),
        ("commitment.made", {"party_person": "nobody", "strategy": "growth"}, "party", "person"),
        ("commitment.made", {"party_unit": "nowhere", "strategy": "growth"}, "party", "unit"),
        ("commitment.made", {"party_person": "ann", "strategy": "none"}, "strategy", "strategy"),
        ("commitment.made", {"party_person": "ann", "strategy": "growth", "goal": "none"}, "goal", "goal"),
        ("commitment.made", {"party_person": "ann", "strategy": "growth", "champion": "nobody"}, "champion", "person"),
        ("commitment.renewed", {"commitment": "none"}, "commitment", "commitment"),
        ("acknowledgement.given", {"person": "nobody", "strategy": "growth"}, "person", "person"),
        ("duty.given", {"person": "nobody", "kind": "decide", "for_": "faster"}, "person", "person"),
        ("duty.given", {"person": "ann", "kind": "decide", "for_": "faster", "unit": "nowhere"}, "unit", "unit"),
        ("review.closed", {"review": "none"}, "review", "review"),
    ],
)
def test_what_is_not_there_cannot_be_named(topic: str, said: Fields, where: str, what: str) -> None:
    stage = published()
    with refused(stage, "unknown-reference", where, what=what):
        stage.say(topic, "2026-03-05", **said)


@pytest.mark.parametrize(
    ("topic", "said", "field"),
    [
        ("commitment.made", {"party_person": "ann", "strategy": "growth"}, "champion"),
        ("manager.assigned", {"person": "ann"}, "manager"),
        ("goal.proposed", {"strategy": "growth", "title": "G"}, "accountable"),
        ("accountable.named", {"for_": "faster"}, "person"),
        ("spokesperson.named", {"unit": "sales"}, "person"),
        ("duty.given", {"kind": "decide", "for_": "faster"}, "person"),
    ],
)
def test_who_is_named_as_a_person_is_one(topic: str, said: Fields, field: str) -> None:
    """Not the id of another kind of record; and asking leaves that record as it was."""
    stage = published()
    for other in (stage.strategy("growth"), stage.unit("sales"), stage.organisation):
        with refused(stage, "unknown-reference", field, what="person"):
            stage.say(topic, "2026-03-05", **{**said, field: str(other)})
    assert state(stage, STRATEGY, stage.strategy("growth")).title == "Growth"
    assert stage.ledger.organisation(stage.organisation).name == "Acme"


def test_an_id_of_another_kind_is_no_record_even_where_nobody_read_it_before() -> None:
    """What was asked for as the wrong kind first is still read as what it is."""
    stage = published()
    fresh = copy(stage)
    fresh.ledger = type(stage.ledger)(
        stage.ledger.ledger_recorder, stage.ledger.mapper, stage.ledger.vault, stage.ledger.fresh_id
    )
    with refused(fresh, "unknown-reference", "champion"):
        fresh.say(
            "commitment.made",
            "2026-03-05",
            party_person="ann",
            strategy="growth",
            champion=str(stage.strategy("growth")),
        )
    assert state(fresh, STRATEGY, stage.strategy("growth")).title == "Growth"
    assert state(fresh, PERSON, stage.strategy("growth")) == PERSON.initial


def test_nothing_crosses_from_another_organisation() -> None:
    stage = published()
    other = copy(stage)
    other.organisation = organisation_id("other")
    other.say("organisation.founded", "2026-03-05", organisation="other", name="Other", clock=ClockKind.SIMULATED)
    other.say("person.joined", "2026-03-05", person="eve")
    for person in ("ann", str(stage.person("ann"))):
        with refused(other, "unknown-reference", "person"):
            other.say("rank.held", "2026-03-05", person=person, rank="director")
    with refused(other, "unknown-reference", "strategy"):
        other.say("commitment.made", "2026-03-05", party_person="eve", strategy=str(stage.strategy("growth")))
    with refused(stage, "unknown-reference", "party"):
        stage.say("commitment.made", "2026-03-05", party_person="eve", strategy="growth")


def test_nothing_is_recorded_in_an_organisation_that_was_not_founded() -> None:
    stage = staffed()
    stage.organisation = organisation_id("nobody founded this")
    with refused(stage, "organisation-unknown", "organisation"):
        stage.ledger.execute(request(stage, entry(stage, "person.joined", "2026-01-05", person="ann")))


def test_a_party_is_one_person_or_one_unit() -> None:
    stage = published()
    for party in (PartyReference(), PartyReference(person="ann", unit="sales")):
        with refused(stage, "name-one-party", "party"):
            stage.say("commitment.made", "2026-03-05", party=party, strategy="growth")


class TestKeys:
    def test_a_commitment_key_is_given_once(self) -> None:
        stage = published()
        said: Fields = {"party_person": "ann", "strategy": "growth", "commitment": "ann/1"}
        stage.say("commitment.made", "2026-03-05", **said)
        with refused(stage, "key-in-use", "commitment", key="ann/1"):
            stage.say("commitment.made", "2026-03-06", **said)

    @pytest.mark.parametrize(
        ("topic", "said", "code"),
        [
            ("strategy.drafted", {"strategy": "growth", "title": "Again"}, "strategy-already-drafted"),
            ("goal.proposed", {"strategy": "growth", "goal": "faster", "title": "Again"}, "goal-already-proposed"),
            ("unit.formed", {"unit": "sales", "name": "Again", "kind": "team"}, "unit-already-formed"),
            ("person.joined", {"person": "ann"}, "person-already-present"),
            ("guest.invited", {"person": "ann"}, "person-already-present"),
        ],
    )
    def test_a_record_with_a_key_begins_once(self, topic: str, said: Fields, code: str) -> None:
        stage = published()
        with refused(stage, code):
            stage.say(topic, "2026-03-05", **said)

    def test_a_review_key_is_given_once(self) -> None:
        stage = published()
        said: Fields = {
            "review": "spring",
            "kind": "clarity_check",
            "title": "Clear?",
            "strategy": "growth",
            "questionnaire": "clear-believable-implementable",
            "participants": ("ann",),
            "closes": stage.day("2026-04-01"),
        }
        stage.say("review.opened", "2026-03-05", **said)
        with refused(stage, "key-in-use", "review"):
            stage.say("review.opened", "2026-03-06", **said)

    def test_the_same_key_names_records_of_different_kinds(self) -> None:
        stage = published()
        stage.say("goal.proposed", "2026-03-05", strategy="growth", goal="growth", title="Grow")
        stage.say(
            "commitment.made", "2026-03-05", party_person="ann", strategy="growth", commitment="growth", goal="growth"
        )
        assert stage.ledger.book(stage.organisation).find("commitment", "growth") is not None

    def test_who_comes_back_is_the_same_person(self) -> None:
        stage = staffed()
        left = stage.say("person.left", "2026-02-01", person="ann")
        back = stage.say("person.joined", "2026-03-01", person="ann")
        assert back.stream == left.stream == stage.person("ann")
        assert content(stage, back).key is None

    def test_records_without_a_key_get_ids_of_their_own(self) -> None:
        stage = published()
        first = stage.say("person.joined", "2026-03-05", name="One")
        second = stage.say("person.joined", "2026-03-05", name="Two")
        assert first.stream != second.stream
        goal = stage.say("goal.proposed", "2026-03-05", strategy="growth", title="Unnamed")
        stage.say("goal.accepted", "2026-03-06", goal=str(goal.stream))
        draft = stage.say("strategy.drafted", "2026-03-05", title="Unnamed")
        stage.say("strategy.retired", "2026-03-06", strategy=str(draft.stream), successor="growth")
        assert state(stage, STRATEGY, draft).successor == stage.strategy("growth")

    def test_a_key_that_looks_like_an_id_is_a_key(self) -> None:
        stage = published()
        key = str(uuid4())
        made = stage.say("commitment.made", "2026-03-05", party_person="ann", strategy="growth", commitment=key)
        assert stage.say("commitment.withdrawn", "2026-03-06", commitment=key).stream == made.stream
        with refused(stage, "unknown-reference"):
            stage.say("commitment.withdrawn", "2026-03-06", commitment=str(uuid4()))
