"""Subject access: everything held on a person, for themselves and administrators, and nobody else's words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from application.permissions import Role
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


@pytest.fixture
def answered(api: Api) -> Api:
    """Anna and Bob answer in a review under their names; the sponsor's reader is nobody but Bob."""
    bob: Any = api.as_("bob").get("me").get_json()["answer"]["person"]
    review = {
        "review": "spring",
        "kind": "clarity_check",
        "title": "Clear?",
        "strategy": "2026",
        "revision": 1,
        "questionnaire": "clear-believable-implementable",
        "participants": ["anna", "bob"],
        "closes": "2999-01-01",
        "readers": [bob],
    }
    opened = api.as_("sponsor").post("reviews", review)
    assert opened.status_code == 201, opened.json
    for who, words in (("anna", "mostly, says Anna"), ("bob", "hardly, says Bob")):
        said = {"person": who, "answers": {"clear": {"score": 4, "comment": words}}, "reason": f"reason of {who}"}
        done = api.as_(who).post("reviews/spring/answers", said)
        assert done.status_code == 201, done.json
    return api


def test_what_they_answered_by_name_is_whole_for_themselves(answered: Api) -> None:
    shown = held(answered.as_("anna"))
    (said,) = shown["statements"]["response"]
    assert said["content"]["answers"]["clear"]["comment"] == "mostly, says Anna"
    assert (said["reason"], shown["note"]) == ("reason of anna", None)
    text = answered.get("people/anna/subject-access/text").get_data(as_text=True)
    assert "mostly, says Anna" in text
    assert "withheld" not in text


def test_an_administrator_is_told_where_the_answers_stand_and_who_gets_them_whole(answered: Api) -> None:
    shown = held(answered.as_("administrator"))
    (said,) = shown["statements"]["response"]
    where = f"[withheld, position {said['position']}]"
    assert said["content"] == {"review": said["content"]["review"], "person": shown["id"], "answers": where}
    assert said["reason"] == where
    assert "avow subject-access" in shown["note"]
    text = answered.get("people/anna/subject-access/text").get_data(as_text=True)
    assert shown["note"] in text
    for form in (json.dumps(shown), text):
        assert "mostly, says Anna" not in form
        assert "reason of anna" not in form
        assert "No call waits" in form


def test_a_reader_or_auditor_who_administers_too_gets_them(answered: Api) -> None:
    made = answered.as_("administrator").change("people/bob", "access-roles", {"role": "administrator"})
    assert made.status_code == 201, made.json
    (said,) = held(answered.as_("bob"))["statements"]["response"]
    assert said["content"]["answers"]["clear"]["score"] == 4
    answered.tokens["both"] = answered.issue("both", roles=(Role.ADMINISTRATOR, Role.AUDITOR))
    assert held(answered.as_("both"))["note"] is None


def test_a_corrected_answer_is_withheld_as_well(answered: Api) -> None:
    (said,) = held(answered.as_("anna"))["statements"]["response"]
    event = answered.as_("auditor").get(f"history/{said['position']}")
    assert event.status_code == 200, event.json
    answers = {"clear": {"score": 1, "comment": "not at all"}}
    body = {"review": "spring", "person": "anna", "answers": answers, "reason": "a slip of Anna's"}
    done = answered.as_("anna").post(f"history/{said['position']}/replacements", body, If_Match=event.headers["ETag"])
    assert done.status_code == 201, done.json
    shown = json.dumps(held(answered.as_("administrator")))
    for words in ("mostly, says Anna", "not at all", "a slip of Anna's"):
        assert words not in shown


def test_an_integration_with_the_scope_of_this_view_alone_gets_no_answers(answered: Api) -> None:
    answered.tokens["sync"] = answered.issue("sync", roles=(Role.INTEGRATION,), scopes=("subject-access",))
    shown = held(answered.as_("sync"))
    assert "mostly, says Anna" not in json.dumps(shown)
    assert shown["note"]
