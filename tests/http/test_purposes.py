"""A person's record is asked for a purpose; for an appraisal it holds what was agreed, and the look leaves a trace."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.api import Api

AGREED = {"agreement": "talks", "parties": ["the management", "the works council"], "kinds": ["duties"]}
RECORD = "people/anna/record"


@pytest.fixture
def acme(api: Api) -> Api:
    api.post("units", {"unit": "sales", "name": "Sales", "kind": "team"})
    api.joins("anna", unit="sales")
    return api


def test_a_purpose_that_there_is_not_is_named(acme: Api) -> None:
    answer = acme.as_("auditor").get(f"{RECORD}?purpose=gossip")
    problem: Any = answer.get_json()
    assert answer.status_code == 422
    assert "this has to be governing or appraisal" in str(problem)


def test_nothing_is_given_out_for_an_appraisal_until_it_is_agreed(acme: Api) -> None:
    answer = acme.as_("auditor").get(f"{RECORD}?purpose=appraisal")
    assert answer.status_code == 403
    assert answer.get_json()["rule"] == "appraisal-not-agreed"
    assert acme.as_("administrator").post("agreements", AGREED).status_code == 201
    answer = acme.as_("auditor").get(f"{RECORD}?purpose=appraisal")
    assert answer.status_code == 200
    shown: Any = answer.get_json()
    assert shown["answer"] == {"person": None, "commitments": None, "acknowledgements": None, "duties": []}
    assert shown["question"]["purpose"] == "appraisal"
    newest = acme.get("reads").get_json()["answer"][0]
    assert newest["asked"]["purpose"] == "appraisal"


def test_for_governing_it_holds_everything(acme: Api) -> None:
    acme.as_("auditor")
    stated, unstated = (acme.get(RECORD + how).get_json()["answer"] for how in ("?purpose=governing", ""))
    assert stated == unstated
    assert all(each is not None for each in stated.values())


def test_the_one_appraised_is_under_the_same_rule(acme: Api) -> None:
    assert acme.as_("anna").get(f"{RECORD}?purpose=appraisal").status_code == 403
