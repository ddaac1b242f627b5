"""Subject access: everything held on a person, for themselves and administrators, and nobody else's words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.api import Api


@pytest.fixture
def api() -> Api:
    made = Api.found()
    made.post("units", {"unit": "sales", "name": "Sales", "kind": "team"})
    for key in ("anna", "bob"):
        made.joins(key, unit="sales", email=f"{key}@example.org")
    made.published()
    for who, body in (
        ("anna", {"commitment": "c", "party": {"person": "anna"}, "level": "committed", "result": "No call waits"}),
        ("bob", {"commitment": "d", "party": {"person": "bob"}, "level": "committed", "result": "Bob's own"}),
    ):
        done = made.as_(who).post("commitments", {**body, "strategy": "2026"})
        assert done.status_code == 201, done.json
    who_asks = made.as_("sponsor").post(
        "duties", {"person": "anna", "kind": "acknowledge", "for": "2026", "reason": "secret of the sponsor"}
    )
    assert who_asks.status_code == 201, who_asks.json
    duty = made.as_("administrator").change("people/anna", "managers", {"manager": "bob", "reason": "Anna asked Bob"})
    assert duty.status_code == 201, duty.json
    made.as_("bob").post("acknowledgements", {"person": "bob", "strategy": "2026", "reason": "anna told me all"})
    return made


def held(api: Api) -> Any:
    return api.get("people/anna/subject-access").get_json()["answer"]


def test_it_holds_identity_places_statements_duties_tokens_and_erasures(api: Api) -> None:
    shown = held(api.as_("anna"))
    stay = shown["person"]["presences"][0]
    assert (stay["name"], stay["email"], stay["key"]) == ("Anna", "anna@example.org", "anna")
    assert shown["person"]["places"][0]["role"] == "member"
    assert set(shown["statements"]) == {"person", "commitment", "duty"}
    (commitment,) = shown["statements"]["commitment"]
    assert commitment["content"]["terms"]["result"] == "No call waits"
    assert commitment["actor"]["person"] == shown["id"]
    assert {each["topic"] for each in shown["statements"]["person"]} >= {"person.joined", "membership.began"}
    assert [each["name"] for each in shown["tokens"]] == ["anna"]
    assert shown["erasure"]["erasures"] == []
    assert shown["organisation_name"] == "Acme"


def test_other_peoples_words_are_listed_by_reference(api: Api) -> None:
    shown = held(api.as_("anna"))
    text = json.dumps(shown)
    for other in ("secret of the sponsor", "Anna asked Bob", "Bob's own", "anna told me all", "bob@example.org"):
        assert other not in text
    (duty,) = shown["statements"]["duty"]
    assert duty["reason"].startswith("[text of ")
    assert f"position {duty['position']}, reason]" in duty["reason"]


def test_who_opened_the_record_is_part_of_it_and_so_is_this_request(api: Api) -> None:
    api.as_("auditor").get("people/anna/record?purpose=audit")
    assert held(api.as_("administrator"))["id"]
    views = [each["view"] for each in held(api.as_("anna"))["reads"]]
    assert "people/<person>/subject-access" in views


def test_it_is_for_themselves_and_administrators(api: Api) -> None:
    verdicts = {
        who: api.as_(who).get("people/anna/subject-access").status_code
        for who in ("anna", "administrator", "bob", "auditor", "strategist", "sponsor")
    }
    assert verdicts == {
        "anna": 200, "administrator": 200, "bob": 403, "auditor": 403, "strategist": 403, "sponsor": 403,
    }  # fmt: skip
    assert api.as_("bob").get("people/anna/subject-access/text").status_code == 403


def test_as_a_text_it_can_be_read_without_a_program(api: Api) -> None:
    answer = api.as_("anna").get("people/anna/subject-access/text")
    assert answer.mimetype == "text/plain"
    text = answer.get_data(as_text=True)
    for part in ("Everything that Acme holds on you", "name: Anna", "email: anna@example.org", "result: No call waits"):
        assert part in text
    assert "secret of the sponsor" not in text


def test_after_an_erasure_it_shows_what_was_erased(api: Api) -> None:
    assert api.as_("administrator").change("people/anna", "erasures", {"reason": "her request"}).status_code == 201
    shown = held(api.as_("administrator"))
    assert shown["person"]["presences"][0]["name"] == {"erased": True}
    assert len(shown["erasure"]["texts"]) >= 4
    text = api.get("people/anna/subject-access/text").get_data(as_text=True)
    assert "name: [erased]" in text
    assert "No call waits" not in text
