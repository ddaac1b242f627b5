"""Administrators issue, list and revoke Avow's own tokens over HTTP; a scope opens what it names and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.permissions import OFFICE, Role, is_scope
from tests.support.api import Api


def issue(api: Api, **said: Any) -> Any:
    """A token issued by whoever speaks."""
    response = api.post("tokens", {"name": "planning tool", **said})
    assert response.status_code == 201, response.get_json()
    assert response.headers["Cache-Control"] == "no-store"
    return response.get_json()


def listed(api: Api) -> dict[str, Any]:
    """Every token of the organisation, by its id, as an auditor sees it."""
    return {each["id"]: each for each in api.as_("auditor").get("tokens?page_size=500").get_json()["answer"]}


def test_a_token_is_issued_with_a_secret_that_is_shown_once(api: Api) -> None:
    made = issue(api, scopes=["alignment", "goal.*"], days=30)
    token, secret = made["token"], made["secret"]
    assert secret.startswith("avow_")
    assert (token["roles"], token["scopes"], token["person"]) == (["integration"], ["alignment", "goal.*"], None)
    until = datetime.fromisoformat(token["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=29) < until <= timedelta(days=30)
    kept = listed(api)[token["id"]]
    assert (kept["name"], kept["status"], kept["used_on"]) == ("planning tool", "holds", None)
    assert secret not in api.get("tokens").get_data(as_text=True)
    api.token = secret
    assert api.get("me").get_json()["answer"]["scopes"] == ["alignment", "goal.*"]
    assert api.get("history").status_code == 403
    assert listed(api)[token["id"]]["used_on"] == datetime.now(UTC).date().isoformat()


def test_who_issued_and_who_revoked_it_is_told(api: Api) -> None:
    anna = api.joins("anna")
    api.change("people/anna", "access-roles", {"role": "administrator"})
    by_anna = issue(api.as_("anna"), scopes=["alignment"])["token"]
    by_token = issue(api.as_("administrator"), scopes=["alignment"])["token"]
    assert by_anna["issued_by"] == anna
    assert UUID(by_token["issued_by"]) in {UUID(each) for each in listed(api)}
    assert api.as_("anna").post(f"tokens/{by_token['id']}/revocations").get_json()["revoked_by"] == anna
    by_operator = [each for each in listed(api).values() if each["name"] == "auditor"]
    assert [each["issued_by"] for each in by_operator] == [None]


def test_a_revoked_token_is_refused_at_its_next_request(api: Api) -> None:
    made = issue(api, scopes=["chart"])
    mine = api.token
    api.token = made["secret"]
    assert api.get("units").status_code == 200
    api.token = mine
    done = api.post(f"tokens/{made['token']['id']}/revocations")
    assert (done.status_code, done.get_json()["status"]) == (201, "revoked")
    api.token = made["secret"]
    refused = api.get("units")
    assert (refused.status_code, refused.get_json()["rule"]) == (401, "token-not-valid")
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="avow", error="invalid_token"'


@pytest.mark.parametrize("token", ["none", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_token_is_not_revoked(api: Api, token: str) -> None:
    refused = api.post(f"tokens/{token}/revocations")
    assert (refused.status_code, refused.get_json()["rule"]) == (404, "token-unknown")


def test_another_organisation_s_token_is_unknown(api: Api) -> None:
    other = Api.found(f"other-{uuid4()}", installation=api.installation, client=api.client)
    theirs = issue(other, scopes=["alignment"])["token"]["id"]
    assert api.post(f"tokens/{theirs}/revocations").get_json()["rule"] == "token-unknown"
    assert theirs not in listed(api)


def test_without_scopes_it_is_for_whoever_asks(api: Api) -> None:
    anna = api.joins("anna")
    assert api.as_("anna").post("tokens", {"name": "laptop"}).status_code == 403
    api.as_("administrator").change("people/anna", "access-roles", {"role": "administrator"})
    made = issue(api.as_("anna"), name="laptop")
    assert made["token"]["person"] == anna
    api.token = made["secret"]
    assert api.get("me").get_json()["answer"]["roles"] == ["administrator", "member"]
    nobody = api.as_("administrator").post("tokens", {"name": "laptop"})
    assert (nobody.status_code, nobody.get_json()["rule"]) == (422, "token-of-nobody")
    assert api.post("tokens", {"name": "x", "person": "anna"}).get_json()["rule"] == "fields-not-valid"


@pytest.mark.parametrize("days", [0, -1, 367, 10**9, 1.5, "30"])
def test_it_holds_for_a_year_at_most(api: Api, days: Any) -> None:
    assert api.post("tokens", {"name": "x", "scopes": ["alignment"], "days": days}).status_code == 422


@pytest.mark.parametrize("scope", ["goal.propose", "goals", "x.*", "**", "", "commitment.confirmed", "token.issued"])
def test_a_scope_that_opens_nothing_is_refused(api: Api, scope: str) -> None:
    refused = api.post("tokens", {"name": "x", "scopes": [scope]})
    assert (refused.status_code, refused.get_json()["field"].partition(".")[0]) == (422, "scopes")


def test_a_scope_opens_what_it_names(api: Api) -> None:
    api.token = issue(api, scopes=["unit.*", "chart"])["secret"]
    assert api.post("units", {"unit": "sales", "name": "Sales", "kind": "team"}).status_code == 201
    assert api.get("units").status_code == 200
    refused = api.post("people", {"person": "anna", "name": "Anna"})
    assert (refused.status_code, refused.get_json()["rule"]) == (403, "scope-missing")
    assert "scope person.joined" in refused.get_json()["detail"]
    challenge = 'Bearer realm="avow", error="insufficient_scope", scope="person.joined"'
    assert refused.headers["WWW-Authenticate"] == challenge


def test_no_scope_issues_tokens_or_says_who_is_who(api: Api) -> None:
    anna = api.joins("anna")
    api.token = issue(api, scopes=["*"])["secret"]
    assert api.post("tokens", {"name": "child", "scopes": ["*"]}).get_json()["rule"] == "not-permitted"
    assert api.post(f"people/{anna}/sign-ins", {"subject": "a1b2"}).get_json()["rule"] == "not-permitted"
    assert not any(is_scope(act) for act in OFFICE)


def test_the_list_has_pages(api: Api) -> None:
    for number in range(3):
        issue(api, name=f"tool {number}", scopes=["alignment"])
    names, path = list[str](), "tokens?page_size=2"
    while path:
        page = api.get(path)
        names += [each["name"] for each in page.get_json()["answer"]]
        path = page.headers.get("Link", "").partition(">")[0].lstrip("<")
    assert names == ["administrator", "strategist", "sponsor", "auditor", "tool 0", "tool 1", "tool 2"]


def test_a_token_with_a_role_is_no_person(api: Api) -> None:
    api.token = api.issue("board", roles=(Role.AUDITOR,))
    assert api.get("tokens").status_code == 200
    assert api.post("tokens", {"name": "x", "scopes": ["alignment"]}).status_code == 403
