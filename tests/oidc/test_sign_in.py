"""People sign in at a real OpenID provider (Canaille, in a process of its own) and use Avow with what it gave them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from adapters.bootstrap import in_memory
from adapters.http.app import create_app
from adapters.oidc.issuer import PAUSE
from application.permissions import Role
from tests.oidc.conftest import Trusting, trusting
from tests.support.api import Api
from tests.support.issuer import LocalIssuer
from tests.support.provider import Provider


@pytest.fixture
def acme(provider: Provider) -> Trusting:
    return trusting(provider.issuer)


def test_a_front_end_signs_somebody_in_and_avow_knows_who_it_is(acme: Trusting, provider: Provider) -> None:
    anna = str(acme.api.as_("administrator").get("people/anna").get_json()["answer"]["id"])
    assert acme.ask(provider.sign_in("anna").access) == (200, anna)


def test_what_they_do_is_recorded_as_theirs(acme: Trusting, provider: Provider) -> None:
    acme.api.published()
    acme.api.token = provider.sign_in("anna").access
    body = {"person": "anna", "strategy": "2026"}
    done = acme.api.post("acknowledgements", body, Idempotency_Key="one")
    again = acme.api.post("acknowledgements", body, Idempotency_Key="one")
    assert (done.status_code, again.headers.get("Avow-Repeated")) == (201, "true")
    event = acme.api.as_("auditor").get(f"history/{done.get_json()['position']}").get_json()["answer"]
    me = acme.api.get("people/anna").get_json()["answer"]["id"]
    assert event["actor"]["person"] == me


def test_their_roles_are_those_that_avow_granted(acme: Trusting, provider: Provider) -> None:
    token = provider.sign_in("anna").access
    acme.api.token = token
    assert acme.api.get("me").get_json()["answer"]["roles"] == ["member"]
    assert acme.api.get("reads").status_code == 403
    acme.api.as_("administrator").change("people/anna", "access-roles", {"role": "auditor"})
    acme.api.token = token
    assert acme.api.get("me").get_json()["answer"]["roles"] == ["auditor", "member"]
    assert acme.api.get("reads").status_code == 200


def test_what_a_token_says_of_roles_is_nothing_to_avow(issuer: LocalIssuer) -> None:
    acme = trusting(issuer.name)
    claimed: Any = {"roles": ["administrator"], "scope": "openid *", "realm_access": {"roles": ["administrator"]}}
    acme.api.token = issuer.sign(**claimed)
    assert acme.api.get("me").get_json()["answer"]["roles"] == ["member"]
    assert acme.api.post("units", {"unit": "mine", "name": "Mine", "kind": "team"}).status_code == 403


def test_whom_nobody_named_opens_nothing_and_learns_nothing(acme: Trusting, provider: Provider) -> None:
    bob = provider.sign_in("bob").access
    assert acme.ask(bob) == (404, "no-such-organisation")
    here = acme.api.get("me").get_json()
    nowhere = acme.api.client.get("/v1/organisations/nowhere/me", headers={"Authorization": f"Bearer {bob}"}).get_json()
    assert here == nowhere


def test_one_sign_in_opens_every_organisation_that_says_who_it_is_and_no_other(
    acme: Trusting, provider: Provider
) -> None:
    other = Api.found(f"other-{uuid4()}", installation=acme.api.installation, client=acme.api.client)
    other.token = provider.sign_in("anna").access
    assert other.get("me").status_code == 404
    here = UUID(other.as_("administrator").joins("anna-elsewhere"))
    acme.bind("anna", here, other)
    other.token = provider.sign_in("anna").access
    assert other.get("me").get_json()["answer"]["person"] == str(here)
    assert acme.ask(other.token)[1] != str(here)


def test_an_ended_sign_in_opens_nothing_at_the_next_request(acme: Trusting, provider: Provider) -> None:
    token = provider.sign_in("anna").access
    assert acme.ask(token)[0] == 200
    office = acme.api.installation.sign_ins
    (bound,) = office.store.listed(acme.api.organisation)
    office.end(acme.api.organisation, bound.id)
    assert acme.ask(token) == (404, "no-such-organisation")


def test_whoever_left_signs_in_no_more(acme: Trusting, provider: Provider) -> None:
    token = provider.sign_in("anna").access
    assert acme.ask(token)[0] == 200
    assert acme.api.as_("administrator").change("people/anna", "departures").status_code == 201
    assert acme.ask(token) == (401, "token-not-valid")


def test_an_administrator_says_who_is_who_over_http(acme: Trusting, provider: Provider) -> None:
    bob = acme.api.as_("administrator").joins("bob")
    token = provider.sign_in("bob").access
    assert acme.ask(token) == (404, "no-such-organisation")
    said = {"subject": "bob", "issuer": acme.issuer}
    office = acme.api.installation.sign_ins
    assert acme.api.as_("auditor").post("people/bob/sign-ins", said).status_code == 403
    refused = acme.api.as_("administrator").post("people/bob/sign-ins", said)
    assert (refused.status_code, refused.get_json()["rule"]) == (422, "issuer-not-configured")
    api = Api(acme.api.installation, _app_of(acme).test_client(), acme.api.key, acme.api.tokens)
    bound = api.as_("administrator").post("people/bob/sign-ins", said)
    assert (bound.status_code, bound.get_json()["person"]) == (201, bob)
    assert api.post("people/bob/sign-ins", said).get_json()["rule"] == "subject-is-somebody"
    assert acme.ask(token) == (200, bob)
    shown = api.as_("auditor").get("sign-ins")
    assert [each["person"] for each in shown.get_json()["answer"]][-1] == bob
    assert '"bob"' not in shown.get_data(as_text=True)
    ended = api.as_("administrator").post(f"sign-ins/{bound.get_json()['id']}/ends")
    assert ended.get_json()["ended_at"] is not None
    assert acme.ask(token) == (404, "no-such-organisation")
    assert api.as_("administrator").post("sign-ins/none/ends").get_json()["rule"] == "sign-in-unknown"
    assert api.post("people/nobody/sign-ins", said).status_code == 404
    assert len(office.store.listed(api.organisation)) == 2


def _app_of(acme: Trusting) -> Flask:
    """Avow as it is made when the issuer is known from the start."""
    installation = acme.api.installation
    return create_app(replace(installation, sign_ins=replace(installation.sign_ins, issuers=(acme.issuer,))))


def test_an_id_token_is_no_access_token(acme: Trusting, provider: Provider) -> None:
    # The provider gives both the same issuer, audience and subject: only the type tells them apart.
    tokens = provider.sign_in("anna")
    assert acme.refusal(tokens.identity) in {"access-token-of-another-type", "algorithm-not-accepted"}
    assert acme.ask(tokens.access)[0] == 200


def test_a_token_of_the_same_provider_for_another_service_is_refused(provider: Provider) -> None:
    stranger = trusting(provider.issuer, audience="another-service")
    assert stranger.refusal(provider.sign_in("anna").access) == "audience-not-ours"


def test_when_the_provider_changes_its_keys_everybody_goes_on(acme: Trusting, provider: Provider) -> None:
    before = provider.sign_in("anna").access
    assert acme.ask(before)[0] == 200
    provider.rotate()
    after = provider.sign_in("anna").access
    acme.elapsed.seconds += PAUSE
    assert [acme.ask(each)[0] for each in (after, before)] == [200, 200]
    provider.rotate("retire")
    provider.rotate("elliptic")
    curved = provider.sign_in("anna").access
    acme.elapsed.seconds += PAUSE
    assert [acme.ask(each)[0] for each in (curved, after)] == [200, 200]
    assert acme.refusal(before) == "signing-key-unknown"


def test_avow_s_own_tokens_are_accepted_beside(acme: Trusting) -> None:
    assert acme.ask(acme.api.tokens["auditor"])[0] == 200
    assert acme.ask("avow_made.up.token") == (401, "token-not-valid")
    integration = acme.api.issue("robot", roles=(Role.INTEGRATION,), scopes=("me",))
    assert acme.ask(integration) == (200, "None")


def test_where_no_issuer_is_trusted_no_access_token_is_read(provider: Provider) -> None:
    api = Api.found("lonely")
    api.token = provider.sign_in("anna").access
    assert api.get("me").get_json()["rule"] == "token-not-valid"


def test_a_provider_that_is_gone_is_unavailable() -> None:
    with Provider() as gone:
        acme = trusting(gone.issuer)
        token = gone.sign_in("anna").access
    assert acme.ask(token) == (503, "issuer-unavailable")


def test_the_document_says_where_to_sign_in(acme: Trusting) -> None:
    schemes = acme.api.client.get("/openapi.json").get_json()["components"]["securitySchemes"]
    assert schemes["token"]["scheme"] == "bearer"
    access = acme.api.installation.access
    assert access is not None
    api = create_app(in_memory(access=access)).test_client()
    named = [
        each["openIdConnectUrl"]
        for each in api.get("/openapi.json").get_json()["components"]["securitySchemes"].values()
        if each["type"] == "openIdConnect"
    ]
    assert f"{acme.issuer}/.well-known/openid-configuration" in named
