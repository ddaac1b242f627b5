"""Abuse and leaks: limits on how much is asked, headers for browsers, and a log without secrets or people's words."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import logging
import re
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.bootstrap import Installation
from adapters.http.app import create_app
from adapters.http.bodies import PATIENCE
from adapters.http.limits import Buckets, Rate
from adapters.http.logs import Lines
from tests.support.api import Api


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@given(st.integers(1, 20), st.integers(1, 90), st.lists(st.floats(0, 30), max_size=60))
def test_no_span_lets_more_through_than_a_quota_and_what_flowed_in_meanwhile(
    quota: int, window: int, pauses: list[float]
) -> None:
    clock = Clock()
    buckets, passed = Buckets(Rate(quota, window), clock), list[float]()
    for pause in pauses:
        clock.now += pause
        left = buckets.take(b"one")
        if left.allowed:
            passed.append(clock.now)
        else:
            assert left.requests == 0
            assert left.next_in > 0
    for first, begun in enumerate(passed):
        for last in range(first, len(passed)):
            assert last - first + 1 <= quota + (passed[last] - begun) * quota / window + 1e-6


def test_a_bucket_fills_again_and_callers_have_one_each() -> None:
    clock = Clock()
    buckets = Buckets(Rate(2, 60), clock)
    assert [buckets.take(b"one").allowed for _ in range(3)] == [True, True, False]
    assert buckets.take(b"two").allowed
    clock.now = buckets.take(b"one").next_in
    assert buckets.take(b"one").allowed


def test_callers_who_have_not_asked_for_longest_are_forgotten() -> None:
    buckets = Buckets(Rate(1, 60), Clock(), most=2)
    assert [buckets.take(each).allowed for each in (b"one", b"two", b"one", b"three", b"one")] == [
        True, True, False, True, False,
    ]  # fmt: skip
    assert buckets.take(b"two").allowed


@pytest.fixture
def limited(installation: Installation) -> Api:
    client = create_app(installation, rate=Rate(3, 3600)).test_client()
    return Api.found(f"limited-{uuid4()}", installation=installation, client=client)


def test_whoever_asks_too_much_is_told_when_to_come_back(limited: Api) -> None:
    told = [limited.get("units").headers for _ in range(3)]
    assert {each["RateLimit-Policy"] for each in told} == {'"requests";q=3;w=3600'}
    assert [re.fullmatch(r'"requests";r=(\d);t=(\d+)', each["RateLimit"])[1] for each in told] == ["2", "1", "0"]  # type: ignore[index]
    refused = limited.post("units", {"unit": "one", "name": "One", "kind": "team"})
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert refused.get_json()["rule"] == "too-many-requests"
    assert 1190 <= int(refused.headers["Retry-After"]) <= 1200
    assert refused.headers["RateLimit"].startswith('"requests";r=0;')
    # Another token has a bucket of its own; nothing was recorded.
    assert limited.as_("auditor").get("units").get_json()["answer"] == []


def test_whoever_shows_no_token_shares_a_bucket_with_their_address(limited: Api) -> None:
    limited.token = ""
    assert [limited.get("units").status_code for _ in range(4)] == [401, 401, 401, 429]


def test_a_token_written_otherwise_has_no_other_bucket(limited: Api) -> None:
    ways = (
        f"Bearer {limited.token}",
        f"bearer  {limited.token}",
        f"BEARER   {limited.token}",
        f"bEARER {limited.token}",
    )
    answers = [limited.client.get(f"{limited.root}/units", headers={"Authorization": way}) for way in ways]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]


def test_what_is_no_bearer_token_counts_for_the_address(limited: Api) -> None:
    ways = ("Basic one", "Basic two", "Bearer", "Digest three")
    answers = [limited.client.get(f"{limited.root}/units", headers={"Authorization": way}) for way in ways]
    assert [each.status_code for each in answers] == [401, 401, 401, 429]


def test_without_a_rate_there_is_no_limit(api: Api) -> None:
    assert "RateLimit" not in api.get("units").headers


class HeldBack(io.BytesIO):
    """A body that is not there until something was done and the server's patience is over."""

    def __init__(self, body: bytes, meanwhile: Callable[[], object]) -> None:
        super().__init__(body)
        self._meanwhile = meanwhile

    def readinto(self, into: Any, /) -> int:  # Any: what takes bytes
        if self.tell() == 0:
            self._meanwhile()
            time.sleep(PATIENCE + 0.1)
        return super().readinto(into)


def test_whoever_holds_a_body_back_does_not_act_by_a_permission_that_has_ended(api: Api) -> None:
    tokens, body = api.installation.tokens, json.dumps({"unit": "late", "name": "Late", "kind": "team"}).encode()
    (shown,) = [each for each in tokens.store.issued(api.organisation) if each.name == "administrator"]
    refused = api.client.post(
        f"{api.root}/units",
        input_stream=HeldBack(body, lambda: tokens.revoke(api.organisation, shown.id)),
        content_length=len(body),
        content_type="application/json",
        headers=api.headers(),
    )
    assert (refused.status_code, refused.get_json()["rule"]) == (400, "body-too-slow")
    assert api.as_("auditor").get("units").get_json()["answer"] == []


ADDRESSES = ["/docs", "/openapi.json", "/problems", "/nothing", "/health/live", "/v1/organisations/x/units"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_keeps_browsers_short(installation: Installation, address: str) -> None:
    for tls in (False, True):
        headers = create_app(installation, tls=tls).test_client().get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers.get("Strict-Transport-Security") == ("max-age=63072000; includeSubDomains" if tls else None)
        assert "Set-Cookie" not in headers
        assert "Access-Control-Allow-Origin" not in headers


def test_the_page_has_one_style_which_its_policy_names_and_no_script(first: Api) -> None:
    response = first.client.get("/docs")
    page = response.get_data(as_text=True)
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in response.headers["Content-Security-Policy"]
    assert "<script" not in page
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page)


CANARY = "Xylophonia"


def test_the_log_holds_no_secret_and_nothing_that_somebody_wrote(installation: Installation) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        api = Api.found(f"log-{uuid4()}", installation=installation)
        person = {"person": CANARY, "name": f"{CANARY} Smith", "email": f"{CANARY}@example.org"}
        id = api.post("people", person).get_json()["id"]
        for path, body in (
            ("people", person),  # a conflict
            ("people", {"person": CANARY, "name": 7, CANARY: CANARY}),
            ("people", [CANARY]),
            ("units", {"unit": CANARY, "name": CANARY, "kind": "team", "at": "2020-01-01", "reason": CANARY}),
            ("commitments", {"party": {"person": CANARY}, "strategy": CANARY, "result": CANARY}),
            (f"people/{CANARY}/ranks", {"rank": CANARY}),
        ):
            api.post(path, body, Idempotency_Key=CANARY)
        for path in (
            f"people/{CANARY}",
            f"people?within={CANARY}",
            f"people?{CANARY}=1",
            f"{CANARY}/{CANARY}",
            "people",
        ):
            api.get(path, If_None_Match=CANARY, X_Request_Id=f"{CANARY} has spaces")
        secret, api.token = api.token, f"avow_{CANARY}"
        assert api.get("people").status_code == 401
        api.client.get(f"/v1/organisations/{CANARY}/people", headers={"Authorization": f"Bearer {secret}"})
        _fault_with(installation, secret)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    lines = written.getvalue()
    assert lines.count('"event":"request"') > 10
    assert '"event":"unforeseen"' in lines
    assert CANARY.lower() not in lines.lower()
    assert secret not in lines
    assert id not in lines


def _fault_with(installation: Installation, secret: str) -> None:
    """A fault of our own whose message holds what somebody wrote."""
    app = create_app(installation)

    def fault() -> str:
        raise ValueError(CANARY)

    app.add_url_rule("/fault", "fault", fault)
    answer = app.test_client().get("/fault", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 500
    assert CANARY not in answer.get_data(as_text=True)


def test_a_log_of_whole_requests_would_hold_them() -> None:
    """The control arm: what a line with addresses and messages tells."""
    record = logging.LogRecord("other", logging.INFO, "x", 1, f"GET /people/{CANARY}", None, None)
    assert CANARY in Lines().format(record)
