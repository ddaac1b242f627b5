"""The register over HTTP: narrowed, page by page, and a question that cannot be meant."""

from __future__ import annotations

from typing import Any

import pytest

from domain.organisation import ClockKind
from tests.support.api import Api


@pytest.fixture
def acme(first: Api, request: pytest.FixtureRequest) -> Api:
    """A simulated organisation with three late entries and a correction of one of them."""
    key = f"register-{request.node.name}"
    api = Api.found(key, clock=ClockKind.SIMULATED, installation=first.installation, client=first.client)
    api.post("clock-advances", {"at": "2030-03-01T00:00:00Z", "known": "2030-03-01T00:00:00Z"})
    for unit in "abc":
        said = {"unit": unit, "name": unit, "kind": "team", "at": "2030-02-01", "reason": f"minutes of {unit}"}
        done = api.post("units", said)
        assert done.status_code == 201, done.json
    position = api.position
    again = {"name": "C", "kind": "team", "at": "2030-02-02", "reason": "a day later"}
    tag = api.get(f"history/{position}").headers["ETag"]
    assert api.post(f"history/{position}/replacements", again, If_Match=tag).status_code == 201
    return api.as_("auditor")


def walked(api: Api, question: str) -> list[Any]:
    """All entries, page by page."""
    found, path = list[Any](), question
    while path:
        page = api.get(path)
        assert page.status_code == 200, page.json
        answer: Any = page.get_json()
        found += answer["answer"]
        link = page.headers.get("Link", "")
        path = link.partition("<")[2].partition(">")[0]
    return found


def test_pages_follow_one_another_without_gap_or_double(acme: Api) -> None:
    whole = walked(acme, "register")
    assert [each["why"] for each in whole] == [["late_entry"]] * 3 + [["correction"]]
    assert [each["reason"] for each in whole] == ["minutes of a", "minutes of b", "minutes of c", "a day later"]
    assert walked(acme, "register?page_size=1") == whole
    compared = walked(acme, "register?page_size=3&figures=yes")
    assert [each["improved"] for each in compared] == [[]] * 4
    assert all(each["improved"] is None for each in whole)


def test_it_can_be_narrowed(acme: Api) -> None:
    assert [each["why"] for each in walked(acme, "register?why=correction,extension")] == [["correction"]]
    assert walked(acme, "register?why=exception,extension&page_size=1") == []


def test_a_reason_for_standing_there_that_there_is_not_is_named(acme: Api) -> None:
    answer = acme.get("register?why=late_entry,gossip")
    assert answer.status_code == 422
    assert "there is no gossip" in str(answer.get_json())
