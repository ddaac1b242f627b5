"""Agreements on the use of data in appraisals: what is off until it was agreed, and what never can be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from application.agreement import agreed_parts
from application.ledger import Receipt
from domain.agreement import Agreements
from domain.catalogue import CATALOGUE
from domain.kernel import Word
from domain.organisation import ORGANISATION
from domain.purpose import PURPOSES, DataKind
from tests.application.scenes import correction, published, refused, state
from tests.support.stage import Stage

PARTS = (DataKind.COMMITMENTS, DataKind.DUTIES)
SIDES = ("the management", "the works council")


@pytest.fixture
def stage() -> Stage:
    return published()


def conclude(stage: Stage, at: str = "2026-03-05", **said: Any) -> Receipt:
    fields = {"agreement": "talks", "parties": SIDES, "kinds": (DataKind.COMMITMENTS,), **said}
    return stage.say("agreement.concluded", at, **fields)


def agreements(stage: Stage) -> Agreements:
    return state(stage, ORGANISATION, stage.organisation).agreements


def agreed(stage: Stage, at: str) -> frozenset[DataKind]:
    return agreed_parts(agreements(stage), stage.day(at), PARTS)


def test_every_kind_of_data_has_a_purpose() -> None:
    assert set(PURPOSES) == set(DataKind)
    assert all(each.holds and each.serves for each in PURPOSES.values())


PERSONAL = {"person", "party", "participants", "holder", "assessors", "facilitator", "reviewer", "accountable",
            "keeper", "decider", "readers", "put_to", "about"}  # fmt: skip
HELD_AS = {
    "accountable": {DataKind.ACCOUNTABILITY},
    "acknowledgement": {DataKind.ACKNOWLEDGEMENTS},
    "action": {DataKind.ACTIONS},
    "capability": {DataKind.CAPABILITIES},
    "commitment": {DataKind.COMMITMENTS},
    "concern": {DataKind.CONCERNS},
    "condition": {DataKind.ASSESSMENTS},
    "conversation": {DataKind.CONVERSATIONS},
    "decision": {DataKind.DECISIONS},
    "duty": {DataKind.DUTIES},
    "gap": {DataKind.ACCOUNTABILITY},
    "goal": {DataKind.OWN_GOALS, DataKind.ACCOUNTABILITY},
    "knowledge": {DataKind.KNOWLEDGE_USES},
    "kpi": {DataKind.KPIS},
    "limit": {DataKind.REPRESENTATION},
    "look": {DataKind.ASSESSMENTS},
    "process": {DataKind.ASSESSMENTS},
    "programme": {DataKind.CAPABILITIES},
    "proposal": {DataKind.PROPOSALS},
    "ranking": {DataKind.RANKINGS},
    "representative": {DataKind.REPRESENTATION},
    "review": {DataKind.ANSWERS, DataKind.CONFIDED_ANSWERS, DataKind.REPRESENTATION},
    "schedule": {DataKind.REPRESENTATION},
    "spokesperson": {DataKind.REPRESENTATION},
    "strategy": {DataKind.ASSESSMENTS},
}
"""By family of events: as which kinds of data what they say of people is held."""


def test_whatever_is_said_of_people_is_data_with_a_purpose() -> None:
    families = {
        topic.partition(".")[0] for topic, content in CATALOGUE.items() if PERSONAL & set(content.__annotations__)
    }
    assert families == set(HELD_AS)
    # Who people are, what they may do and who looked are told by no statement of theirs.
    assert set(DataKind) - set().union(*HELD_AS.values()) == {DataKind.PERSON, DataKind.ACCESS, DataKind.READS}


def test_appraisal_is_off(stage: Stage) -> None:
    with refused(stage, "appraisal-not-agreed", "purpose", kinds="commitments, duties"):
        agreed(stage, "2026-03-05")


def test_an_agreement_allows_its_kinds_from_its_day_on_until_it_ends(stage: Stage) -> None:
    conclude(stage)
    with refused(stage, "appraisal-not-agreed"):
        agreed(stage, "2026-03-04")
    assert agreed(stage, "2026-03-05") == {DataKind.COMMITMENTS}
    with refused(stage, "reason-required"):
        stage.say("agreement.ended", "2026-04-01", agreement="talks")
    stage.say("agreement.ended", "2026-04-01", agreement="talks", reason="not prolonged")
    assert agreed(stage, "2026-03-31") == {DataKind.COMMITMENTS}
    with refused(stage, "appraisal-not-agreed"):
        agreed(stage, "2026-04-01")
    with refused(stage, "agreement-unknown", "agreement"):
        stage.say("agreement.ended", "2026-04-02", agreement="talks", reason="again")


def test_an_agreement_expires(stage: Stage) -> None:
    conclude(stage, expires=stage.day("2026-05-01"))
    assert agreed(stage, "2026-04-30")
    with refused(stage, "appraisal-not-agreed"):
        agreed(stage, "2026-05-01")


def test_several_agreements_add_up_and_the_earlier_one_is_named(stage: Stage) -> None:
    conclude(stage)
    conclude(stage, "2026-03-06", agreement="more", kinds=(DataKind.COMMITMENTS, DataKind.DUTIES))
    assert agreed(stage, "2026-03-05") == {DataKind.COMMITMENTS}
    assert agreed(stage, "2026-03-06") == set(PARTS)


def test_one_that_was_taken_back_never_held(stage: Stage) -> None:
    receipt = conclude(stage)
    stage.say(
        "agreement.concluded", "2026-03-05", known="2026-03-09", reason="a draft only",
        correction=correction(stage, receipt, Word.RETRACTION),
    )  # fmt: skip
    assert agreements(stage) == ()


@pytest.mark.parametrize(
    ("said", "code", "where"),
    [
        ({"parties": ("the management",)}, "parties-too-few", "parties"),
        ({"parties": ("the management", "The management ")}, "parties-too-few", "parties"),
        ({"parties": ("the management", " ")}, "parties-too-few", "parties"),
        ({"kinds": ()}, "nothing-agreed", "kinds"),
        ({"kinds": (DataKind.DUTIES, DataKind.DUTIES)}, "nothing-agreed", "kinds"),
        ({"kinds": (DataKind.CONFIDED_ANSWERS,)}, "never-appraised", "kinds"),
        ({"kinds": (DataKind.READS,)}, "never-appraised", "kinds"),
        ({"expires": datetime.fromisoformat("2026-03-01T00:00:00Z")}, "expires-before-agreed", "expires"),
    ],
)
def test_what_is_no_agreement(stage: Stage, said: dict[str, Any], code: str, where: str) -> None:
    with refused(stage, code, where):
        conclude(stage, **said)


def test_each_is_concluded_once(stage: Stage) -> None:
    conclude(stage)
    with refused(stage, "agreement-already-concluded", "agreement", agreement="talks"):
        conclude(stage, "2026-03-06")
