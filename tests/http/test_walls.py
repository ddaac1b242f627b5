"""Walls between organisations, at the level of the API: what another organisation has is as if it did not exist.

On PostgreSQL, with every route and every id, key and address that one organisation has, asked by the other's tokens.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from adapters.bootstrap import on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.acts import Act
from application.permissions import Role
from tests.http.test_permissions import BODIES, PLACES, routes, stage
from tests.support.api import Api

ROUTES = [(method, path, act, arguments) for method, path, act, arguments in routes() if "<" in path or arguments]
PARTIES = ("administrator", "strategist", "sponsor", "auditor", "member")
KEYS = ("sales", "north", "anna", "lead", "2026", "quotes", "anna/quotes", "spring", "vision")
UNKNOWN = UUID("00000000-0000-4000-8000-000000000000")


@dataclass
class Two:
    """Two organisations in one database: all of `there` is known to whoever asks as somebody of `here`."""

    here: Api
    there: Api
    ids: list[str]

    def ask(self, who: str, method: str, root: str, path: str, arguments: dict[str, str], body: Any) -> TestResponse:
        self.here.as_(who)
        address = f"/v1/organisations/{root}/{path}".rstrip("/")
        headers = self.here.headers(If_Match='"v1"')
        if method == "GET":
            return self.here.client.get(address, query_string=arguments, headers=headers)
        return self.here.client.open(address, method=method, json=body, headers=headers)


@pytest.fixture(scope="module")
def two(followed_postgres_dsn: str) -> Iterator[Two]:
    with on_postgres(followed_postgres_dsn, KeyEncryptionKey(bytes(32))) as installation:
        projector, stop = installation.projector(), threading.Event()
        assert projector is not None
        following = threading.Thread(target=projector.run, args=(stop,))
        following.start()
        try:
            there = stage(installation)
            here = Api.found("elsewhere-too", installation=installation, client=there.client)
            here.tokens["member"] = here.issue("member", person=here.joins("zoe"), roles=(Role.MEMBER, Role.LEAD))
            placed = installation.ledger.ledger_recorder.select_positions(there.organisation, limit=10_000)
            ids = sorted({str(each.originator_id) for each in placed})
            assert len(ids) >= 10
            yield Two(here, there, ids)
        finally:
            stop.set()
            following.join()


def masked(response: TestResponse, *names: str) -> tuple[int, str, list[str]]:
    """A response without what may differ: the ids asked about, ids and instants of the answer, the request's own."""
    text = response.get_data(as_text=True)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "~")
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "~", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[0-9:.]+Z", "~", text)
    text = re.sub(r'"(position|version|recorded_at)":\d+', "~", text)
    return response.status_code, text, sorted(set(response.headers.keys()) - {"Retry-After"})


def _body(act: Act | None, name: str) -> Any:
    """A body that names this record wherever it names one."""
    said = BODIES.get(act.topic, {}) if act is not None else {"reason": "a slip"}

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: named(each) for key, each in value.items()}
        if isinstance(value, list):
            return [named(each) for each in value]
        return name if isinstance(value, str) and value in KEYS else value

    return named(said)


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PARTIES), st.sampled_from(ROUTES), st.integers(0, 10_000), st.booleans())
def test_a_record_of_another_organisation_is_one_that_does_not_exist(
    two: Two, who: str, route: tuple[str, str, Act | None, dict[str, str]], chosen: int, by_key: bool
) -> None:
    method, path, act, arguments = route
    names = list(KEYS) if by_key else two.ids
    theirs = names[chosen % len(names)]
    # Of the same shape: an address is told by it before anything is looked up.
    nobodys = re.sub("[a-z]", "x", re.sub("[0-9]", "8", theirs)) if by_key else str(UNKNOWN)
    answers = []
    for name in (theirs, nobodys):
        place = re.sub(r"<(path:)?\w+>", name, path)
        asked = {each: name if each == "strategy" else value for each, value in arguments.items()}
        answers.append(masked(two.ask(who, method, two.here.key, place, asked, _body(act, name)), theirs, nobodys))
    assert answers[0] == answers[1]
    assert answers[0][0] in {400, 403, 404, 409, 412, 422} or method == "GET"


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PARTIES), st.sampled_from(ROUTES), st.booleans())
def test_another_organisation_is_one_that_does_not_exist(
    two: Two, who: str, route: tuple[str, str, Act | None, dict[str, str]], by_id: bool
) -> None:
    method, path, act, arguments = route
    for name, place in PLACES.items():
        path = path.replace(f"<path:{name}>", place).replace(f"<{name}>", place)
    nobodys = str(uuid4()) if by_id else "nothing-of-the-kind"
    theirs = str(two.there.organisation) if by_id else two.there.key
    answers = [
        masked(two.ask(who, method, root, path, arguments, _body(act, "sales")), theirs, nobodys)
        for root in (theirs, nobodys)
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def test_the_same_questions_are_answered_to_the_organisations_own(two: Two) -> None:
    """The control arm: what is not there for others is there."""
    answers = [
        two.there.as_("auditor").get(path).status_code
        for path in ("units/sales", "people/anna", "strategies/2026", "goals/quotes", "commitments/anna/quotes")
    ]
    assert answers == [200] * 5
    assert two.here.as_("auditor").get("units/sales").status_code == 404


HOSTILE = ("'; drop table avow.events; --", "' or '1'='1", "$1 || chr(0)", "%s %(x)s {}", "<script>alert(1)</script>")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_ever_part_of_a_statement(two: Two, text: str) -> None:
    here = two.here.as_("administrator")
    formed = here.post("units", {"unit": text, "name": text, "kind": text})
    assert formed.status_code == 201, formed.get_json()
    at = str(formed.get_json()["position"])
    names = [unit["name"] for unit in here.get("units", Avow_At_Least=at).get_json()["answer"]]
    assert names.count(text) == 1
    for path in ("people", "history", "goals"):
        answer = here.client.get(f"{here.root}/{path}", query_string={"cursor": text}, headers=here.headers())
        assert answer.status_code == 400
    asked = here.client.get(f"{here.root}/alignment", query_string={"strategy": text}, headers=here.headers())
    assert asked.status_code == 404
