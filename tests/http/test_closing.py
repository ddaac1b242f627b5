"""A closed organisation over HTTP: every request says gone; others are untouched."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from application.deciding import Entry, Request
from application.organisation import CloseOrganisation
from domain.kernel import Actor
from tests.support.api import Api


def test_every_request_says_gone_and_other_organisations_answer() -> None:
    api = Api.found()
    api.joins("anna")
    other = Api.found("other", installation=api.installation, client=api.client)
    other.joins("bob")
    entry = Entry(command=CloseOrganisation())
    request = Request(organisation=api.organisation, id=uuid4(), actor=Actor(service="test"), entries=(entry,))
    api.installation.ledger.execute(request)
    for who in ("administrator", "auditor", "anna"):
        for path in ("", "me", "people", "people/anna", "history", "alignment?strategy=x", "log/checkpoint"):
            told: Any = api.as_(who).get(path).get_json()
            assert (told["status"], told["type"]) == (410, "/problems/organisation-gone"), path
            assert told["way_out"]
    posted: Any = api.as_("administrator").post("people", {"person": "cy", "name": "Cy"}).get_json()
    assert posted["status"] == 410
    api.token = ""
    assert api.get("me").status_code == 401
    api.token = other.tokens["administrator"]
    assert api.get("me").status_code == 404
    shown: Any = other.as_("administrator").get("people/bob").get_json()
    assert shown["answer"]["name"] == "Bob"
    assert other.post("people", {"person": "cy", "name": "Cy"}).status_code == 201
