"""Erasure over HTTP: by administrators, with a receipt, effective at once, and a legal hold that stops it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.api import Api

WHY = {"reason": "request of 3 May"}


@pytest.fixture
def api() -> Api:
    made = Api.found()
    made.post("units", {"unit": "sales", "name": "Sales", "kind": "team"})
    made.joins("anna", unit="sales", email="anna@example.org")
    made.joins("bob", unit="sales")
    made.published()
    made.as_("anna").post("commitments", {"commitment": "c", "party": {"person": "anna"}, "strategy": "2026",
                                          "level": "committed", "result": "No call waits"})  # fmt: skip
    return made.as_("administrator")


def person(api: Api, key: str) -> Any:
    return api.get(f"people/{key}").get_json()["answer"]


def test_an_erasure_takes_effect_at_once_and_leads_to_its_record(api: Api) -> None:
    done = api.change("people/anna", "erasures", WHY)
    assert done.status_code == 201, done.json
    assert done.headers["Location"].startswith(f"{api.root}/people/")
    shown = person(api, "anna")
    assert (shown["name"], shown["email"], shown["key"], shown["present"]) == (*[{"erased": True}] * 3, True)
    said: Any = api.as_("auditor").get("commitments/c").get_json()
    assert said["answer"]["terms"]["result"] == {"erased": True}
    assert person(api, "bob")["name"] == "Bob"


def test_the_receipt_says_what_was_erased_by_whom_why_and_by_when_backups_lose_it(api: Api) -> None:
    nothing: Any = api.get("people/anna/erasure").get_json()["answer"]
    assert (nothing["erasures"], nothing["texts"], nothing["gone_from_backups_by"]) == ([], [], None)
    api.change("people/anna", "erasures", WHY)
    told: Any = api.get("people/anna/erasure").get_json()["answer"]
    (made,) = told["erasures"]
    assert (made["kinds"], made["reason"]) == (["identity", "words"], WHY["reason"])
    fields = {(each["topic"], each["field"]) for each in told["texts"]}
    assert {("person.joined", "name"), ("person.joined", "email"), ("commitment.made", "terms.result")} <= fields
    assert all(len(each["commitment"]) == 64 for each in told["texts"])
    assert told["gone_from_backups_by"] > made["recorded_at"]
    assert api.as_("auditor").get("people/anna/erasure").status_code == 200
    assert api.as_("bob").get("people/anna/erasure").status_code == 403
    assert api.as_("strategist").get("people/anna/erasure").status_code == 403


def test_one_kind_alone(api: Api) -> None:
    assert api.change("people/anna", "erasures", {**WHY, "texts": ["words"]}).status_code == 201
    assert person(api, "anna")["name"] == "Anna"
    assert api.get("commitments/c").status_code == 200
    told: Any = api.get("people/anna/erasure").get_json()["answer"]
    assert {each["kind"] for each in told["texts"]} == {"words"}
    bad: Any = api.change("people/anna", "erasures", {**WHY, "texts": ["everything"]}).get_json()
    assert (bad["status"], bad["field"].partition(".")[0]) == (422, "texts")


def test_only_administrators_erase_and_say_why(api: Api) -> None:
    for who in ("auditor", "sponsor", "bob", "anna"):
        assert api.as_(who).post("people/anna/erasures", WHY, If_Match='"v1"').status_code == 403
    told: Any = api.as_("administrator").change("people/anna", "erasures").get_json()
    assert (told["status"], told["rule"], told["field"]) == (422, "reason-required", "reason")
    assert person(api, "anna")["name"] == "Anna"


def test_whoever_was_erased_has_no_token_any_more(api: Api) -> None:
    assert api.as_("anna").get("me").status_code == 200
    api.as_("administrator").change("people/anna", "erasures", WHY)
    assert api.as_("anna").get("me").status_code == 401
    assert api.as_("bob").get("me").status_code == 200


def test_nothing_of_theirs_is_kept_anew(api: Api) -> None:
    api.change("people/anna", "erasures", WHY)
    told: Any = api.change("people/anna", "departures").get_json()
    assert told["position"]
    again: Any = api.change("people/anna", "returns", {"name": "Anna"}).get_json()
    assert (again["status"], again["rule"]) == (409, "text-for-erased")


def test_a_legal_hold_stops_it_and_says_so(api: Api) -> None:
    assert api.change("people/anna", "holds", {"reason": "case 17", "until": "2999-01-01"}).status_code == 201
    told: Any = api.change("people/anna", "erasures", WHY).get_json()
    assert (told["status"], told["rule"]) == (409, "person-on-hold")
    assert "legal hold" in told["detail"]
    assert told["way_out"]
    assert person(api, "anna")["name"] == "Anna"
    holds: Any = api.get("people/anna/erasure").get_json()["answer"]["holds"]
    assert holds[0]["until"].startswith("2998-12-31T23")
    assert api.change("people/anna", "hold-endings", {"reason": "case closed"}).status_code == 201
    assert api.change("people/anna", "erasures", WHY).status_code == 201


def test_an_erasure_is_neither_retracted_nor_replaced(api: Api) -> None:
    position = api.change("people/anna", "erasures", WHY).get_json()["position"]
    tag = {"If_Match": api.get("people/anna").headers["ETag"]}
    told: Any = api.post(f"history/{position}/retractions", {"reason": "a slip"}, **tag).get_json()
    assert (told["status"], told["rule"]) == (409, "erasure-is-for-good")


def test_a_repeated_request_answers_as_the_first_did(api: Api) -> None:
    tag = api.get("people/anna").headers["ETag"]
    first = api.post("people/anna/erasures", WHY, If_Match=tag, Idempotency_Key="e1")
    again = api.post("people/anna/erasures", WHY, If_Match=tag, Idempotency_Key="e1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["Avow-Repeated"] == "true"
    assert first.json == again.json


def test_looking_at_a_receipt_leaves_a_trace(api: Api) -> None:
    anna = person(api, "anna")["id"]
    api.get("people/anna/erasure")
    reads: Any = api.as_("auditor").get("reads").get_json()["answer"]
    assert ("people/<person>/erasure", anna) in {(each["view"], each["about"]) for each in reads}
