"""What cannot be read is refused with its place and a way out, and nothing is recorded."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from adapters.http.app import create_app
from adapters.http.problems import data_of
from domain.draft_check import Objection
from domain.publication import OpenObjections
from tests.support.api import Api

UNIT = {"unit": "sales", "name": "Sales", "kind": "team"}


def refused(response: TestResponse, status: int, rule: str, field: str | None = None) -> Any:
    """Demand a problem detail; gives its `data`."""
    body: Any = response.get_json(force=True)
    assert (response.status_code, body["rule"], body.get("field")) == (status, rule, field), body
    assert response.content_type == "application/problem+json"
    assert body["status"] == status
    assert body["type"] == f"/problems/{rule}"
    assert all(body[name] for name in ("title", "detail", "way_out"))
    return body["data"]


def raw(api: Api, data: bytes, content_type: str = "application/json") -> TestResponse:
    return api.client.post(f"{api.root}/units", data=data, content_type=content_type, headers=api.headers())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"nope", "Expecting value"),
        (b'{"unit": "a"', "delimiter"),
        (b"", ""),
        (b'{"unit": "\xff"}', "not UTF-8"),
        (b'\xef\xbb\xbf{"unit": "a"}', "BOM"),
        (b'{"unit": "a", "unit": "b"}', "twice"),
        (b'{"version": NaN}', "NaN"),
        (b'{"version": 1e999}', ""),
        (b'{"version": ' + b"9" * 5_000 + b"}", "digits"),
        (b'{"labels":' * 90_000, "deep"),
        (b"[" * 17 + b"]" * 17, "deep"),
    ],
)
def test_a_body_that_is_no_json(api: Api, data: bytes, why: str) -> None:
    response = raw(api, data)
    if why:
        assert why in refused(response, 400, "body-not-json")["why"]
    else:
        assert response.status_code == 422
    assert api.get("units").get_json()["position"] == 1


@pytest.mark.parametrize(
    ("path", "body", "field", "says"),
    [
        ("commitments", {"strategy": "s", "party": "anna"}, "party", "this has to be an object: {...}"),
        ("goals", {"strategy": "s", "title": "t", "supports": "v"}, "supports", "this has to be a list: [...]"),
        ("goals", {"strategy": "s", "title": "t", "due": "soon"}, "due", "'soon' is not a date: write one such as"),
        ("units", [1], "body", "this has to be a JSON object: {...}"),
    ],
)
def test_a_value_of_another_kind_is_told_what_it_has_to_be(
    api: Api, path: str, body: Any, field: str, says: str
) -> None:
    data = refused(
        api.client.post(f"{api.root}/{path}", json=body, headers=api.headers()), 422, "fields-not-valid", field
    )
    assert says in data["problem"]


def test_objections_of_the_draft_check_are_told_one_by_one() -> None:
    objection = Objection(name="unmeasurable", element="share", missing=("target",))
    told = data_of(OpenObjections((objection,)))
    assert told["objections"] == [{"name": "unmeasurable", "element": "share", "missing": ["target"]}]


def test_brackets_in_a_text_are_no_depth(api: Api) -> None:
    assert api.post("units", {**UNIT, "name": '[[[[[[[[[[[[[[[[[[[[ \\" {{{{'}).status_code == 201


def test_a_body_of_twenty_megabytes(api: Api) -> None:
    assert refused(raw(api, b"a" * 20_000_000), 413, "body-too-large") == {"limit": 1_048_576}


def test_a_body_just_within_the_limit_is_read(api: Api) -> None:
    refused(raw(api, json.dumps({**UNIT, "name": "x" * 1_000_000}).encode()), 422, "fields-not-valid", "name")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json", ""])
def test_a_body_of_another_type(api: Api, content_type: str) -> None:
    refused(raw(api, b'{"unit": "a"}', content_type), 415, "media-type-not-read", "Content-Type")


@pytest.mark.parametrize("body", [[], "text", 7, None, True])
def test_a_body_that_is_no_object(api: Api, body: object) -> None:
    refused(raw(api, json.dumps(body).encode()), 422, "fields-not-valid", "body")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit", "nul\0"),
        ("unit", "tab\t"),
        ("unit", "turn\u202earound"),
        ("unit", "zero\u200bwidth"),
        ("unit", ""),
        ("unit", "x" * 201),
        ("unit", 7),
        ("name", "half \ud83d"),
        ("name", "two\nlines"),
        ("name", "escape \x1b[31m"),
        ("name", None),
        ("name", ["Sales"]),
        ("name", True),
        ("kind", {"is": "team"}),
        ("labels", {"a": 1}),
        ("labels", ["a"]),
        ("labels", {str(number): "x" for number in range(51)}),
        ("reason", 5),
        ("at", 20260401),
        ("manager", "not a field of this"),
        ("UNIT", "case matters"),
    ],
)
def test_a_field_that_cannot_be_stored(api: Api, field: str, value: object) -> None:
    data = refused(api.post("units", {**UNIT, field: value}), 422, "fields-not-valid", data_field(field, value))
    assert data["problems"]


def data_field(field: str, value: object) -> str:
    """A label is named with its key."""
    return "labels.a" if field == "labels" and value == {"a": 1} else field


def test_every_field_at_fault_is_named(api: Api) -> None:
    data = refused(api.post("units", {"unit": 1, "colour": "red"}), 422, "fields-not-valid", "colour")
    assert set(data["problems"]) == {"unit", "name", "kind", "colour"}


@pytest.mark.parametrize("name", ["😀 Vertrieb", "مبيعات", "\u2067מכירות\u2069", "e\u0301quipe", "日本語"])
def test_every_script_is_welcome(api: Api, name: str) -> None:
    assert api.post("units", {**UNIT, "name": name}).status_code == 201
    assert api.get("units/sales").get_json()["answer"]["name"] == name


@pytest.mark.parametrize("value", ["1", 1.5, True, [1], 2**31])
def test_a_number_is_no_text_and_no_truth(api: Api, value: object) -> None:
    body = {"scale": "s", "version": value, "levels": ["a"], "ordered": False}
    refused(api.post("scales", body), 422, "fields-not-valid", "version")


@pytest.mark.parametrize("value", ["true", 1, 0, "yes"])
def test_a_truth_is_no_number_and_no_text(api: Api, value: object) -> None:
    body = {"scale": "s", "version": 1, "levels": ["a"], "ordered": value}
    refused(api.post("scales", body), 422, "fields-not-valid", "ordered")


@pytest.mark.parametrize(
    ("at", "rule"),
    [
        ("2026-04-01T09:30:00", "instant-without-zone"),
        ("2016-12-31T23:59:60Z", "leap-second"),
        ("yesterday", "instant-malformed"),
        ("0001-01-01T00:00:00Z", "instant-out-of-range"),
        ("9998-12-31T23:59:59-23:59", "instant-out-of-range"),
        ("2026-13-01", "instant-malformed"),
    ],
)
@pytest.mark.parametrize("where", ["at", "valid_at", "known_at"])
def test_a_time_that_is_none(api: Api, at: str, rule: str, where: str) -> None:
    if where == "at":
        response = api.post("units", {**UNIT, "at": at})
    else:
        response = api.client.get(f"{api.root}/units", query_string={where: at}, headers=api.headers())
    refused(response, 422, rule, where)


def test_what_happened_cannot_lie_ahead(api: Api) -> None:
    body = {"scale": "s", "version": 1, "levels": ["a"], "ordered": False, "at": "2999-01-01"}
    refused(api.post("scales", body), 422, "lies-in-the-future", "at")


def test_what_was_before_the_organisation_is_refused(api: Api) -> None:
    early = {**UNIT, "at": "1999-01-01", "reason": "from the archive"}
    refused(api.post("units", early), 409, "organisation-not-founded", "at")


def test_what_is_late_needs_a_reason(api: Api) -> None:
    refused(api.post("units", {**UNIT, "at": "2020-01-01"}), 422, "late-without-reason", "reason")


def test_known_times_are_the_stores_own(api: Api) -> None:
    refused(api.post("units", {**UNIT, "known": "2026-01-01T00:00:00Z"}), 422, "known-time-not-yours", "known")


@pytest.mark.parametrize(
    ("path", "status", "rule", "field"),
    [
        ("units?colour=red", 422, "fields-not-valid", "colour"),
        ("units?valid_at=2026-01-01&valid_at=2026-01-02", 422, "fields-not-valid", "valid_at"),
        ("units?page_size=0", 422, "fields-not-valid", "page_size"),
        ("units?page_size=501", 422, "fields-not-valid", "page_size"),
        ("units?page_size=٣", 422, "fields-not-valid", "page_size"),
        ("units?at_least=-1", 422, "fields-not-valid", "at_least"),
        ("units?cursor=bm9wZQ", 400, "cursor-not-valid", "cursor"),
        ("units?cursor=%00", 400, "cursor-not-valid", "cursor"),
        ("units?known_at=99", 422, "position-unknown", "known_at"),
        ("units?known_at=2999-01-01", 422, "known-time-in-future", "known_at"),
        ("units/nowhere", 404, "unknown-reference", "unit"),
        ("units/%00", 404, "unknown-reference", "unit"),
        ("units/%ff%fe", 404, "unknown-reference", "unit"),
        ("units/00000000-0000-0000-0000-000000000000", 404, "unknown-reference", "unit"),
        ("people/00000000-0000-0000-0000-000000000000", 404, "unknown-reference", "person"),
        ("history/0", 404, "event-unknown", "position"),
        ("history/99", 404, "event-unknown", "position"),
        ("history/x", 404, "event-unknown", "position"),
        ("units?valid_at=2026-01-01T00:00:00+01:00", 422, "offset-lost", "valid_at"),
        ("units?valid_at=2026-01-01 00:00", 422, "instant-malformed", "valid_at"),
        ("history?topics=unit.painted", 422, "fields-not-valid", "topics"),
        ("history?stream=zz", 422, "fields-not-valid", "stream"),
        ("alignment", 422, "fields-not-valid", "strategy"),
        ("alignment?strategy=", 422, "fields-not-valid", "strategy"),
        ("alignment?strategy=nowhere", 404, "unknown-reference", "strategy"),
        ("nowhere", 404, "route-unknown", None),
        ("units/", 404, "route-unknown", None),
    ],
)
def test_a_question_that_has_no_answer(api: Api, path: str, status: int, rule: str, field: str | None) -> None:
    refused(api.get(path), status, rule, field)


def test_who_had_not_begun_at_the_moment_is_told_apart_from_who_never_was(api: Api) -> None:
    before = api.get("units").get_json()["position"]
    assert api.post("units", UNIT).status_code == 201
    assert refused(api.get(f"units/sales?known_at={before}"), 404, "not-begun-then", "valid_at")["reference"] == "sales"
    refused(api.get("units/never"), 404, "unknown-reference", "unit")
    assert api.post("people", {"person": "anna", "name": "Anna"}).status_code == 201
    refused(api.get(f"people/anna?known_at={before}"), 404, "not-begun-then", "valid_at")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_is_changed_or_deleted(api: Api, method: str) -> None:
    response = getattr(api.client, method)(f"{api.root}/units", headers=api.headers())
    refused(response, 405, "method-not-offered")
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize("tag", ["v1", '"1"', 'W/"v1"', '"v1", "v2"', "*", '"v-1"', ""])
def test_a_tag_that_is_none(api: Api, tag: str) -> None:
    api.post("units", UNIT)
    refused(api.post("units/sales/names", {"name": "x"}, If_Match=tag), 400, "header-malformed", "If-Match")


@pytest.mark.parametrize("key", ["", "a b", "x" * 201, "ä"])
def test_a_key_that_is_none(api: Api, key: str) -> None:
    refused(api.post("units", UNIT, Idempotency_Key=key), 400, "header-malformed", "Idempotency-Key")


def test_a_refusal_calls_units_as_its_request_does(api: Api) -> None:
    assert api.post("units", UNIT).status_code == 201
    assert api.post("units", {**UNIT, "unit": "inland", "parent": "sales"}).status_code == 201
    seen = api.get("units/sales", Avow_At_Least=str(api.position)).headers["ETag"]
    no = api.post("units/sales/moves", {"parent": "inland"}, If_Match=seen).get_json()
    assert no["detail"] == "unit 'inland' sits in unit 'sales', so 'sales' cannot sit in 'inland'"
    assert no["way_out"].startswith("move 'inland' out of 'sales' first")
    ids = {each["key"]: each["id"] for each in api.get("units").get_json()["answer"]}
    assert no["data"] == {"unit": ids["sales"], "parent": ids["inland"]}

    by_id = api.post(f"units/{ids['sales']}/moves", {"parent": ids["inland"]}, If_Match=seen).get_json()
    assert by_id["detail"].startswith(f"unit {ids['inland']} sits in unit {ids['sales']}")


def test_a_cycle_in_the_chart(api: Api) -> None:
    api.post("units", UNIT)
    api.post("units", {"unit": "north", "name": "North", "kind": "team", "parent": "sales"})
    body: Any = api.change("units/sales", "moves", {"parent": "north"}).get_json()
    assert (body["status"], body["field"]) == (409, "parent"), body


def test_a_fault_of_our_own_tells_a_number_and_no_secret(api: Api, caplog: pytest.LogCaptureFixture) -> None:

    def fail() -> str:
        raise RuntimeError("Anna Secret")

    # A route of the test's own: no part of Avow is replaced.
    app = create_app(api.installation)
    app.add_url_rule("/fails", "fails", fail)
    response = app.test_client().get("/fails", headers={"X-Request-Id": "request-0001"})
    assert refused(response, 500, "unforeseen") == {"request": "request-0001"}
    assert "Secret" not in response.get_data(as_text=True)
    assert "Secret" not in caplog.text
    assert any("RuntimeError" in str(getattr(record, "facts", "")) for record in caplog.records)
