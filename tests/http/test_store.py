"""The API on PostgreSQL: racers, a lost reply, a store that is away and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest

from adapters.bootstrap import on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.app import create_app
from tests.support.api import Api
from tests.support.wire import Wire

RACERS = 32


@pytest.fixture
def wire(empty_postgres_dsn: str) -> Iterator[Wire]:
    with Wire(empty_postgres_dsn) as wire:
        yield wire


@pytest.fixture
def api(wire: Wire, tmp_path: Path) -> Iterator[Api]:
    key = KeyEncryptionKey.read_or_make(tmp_path / "key")
    with on_postgres(wire.dsn, key, pool=4) as installation:
        stop, projector = Event(), installation.projector()
        assert projector is not None
        worker = Thread(target=projector.run, args=(stop,))
        worker.start()
        try:
            yield Api.found(f"acme-{uuid4()}", installation=installation)
        finally:
            stop.set()
            wire.mend()
            worker.join(10)


def settled(api: Api, path: str) -> Any:
    """The answer once everything recorded is in it."""
    head = api.installation.ledger.ledger_recorder.head(api.organisation)
    assert head is not None
    response = api.get(path, Avow_At_Least=str(head.position))
    assert response.status_code == 200, response.get_json()
    return response.get_json()["answer"]


def test_of_many_who_publish_at_once_one_wins(api: Api) -> None:
    api.as_("strategist").post("strategies", {"strategy": "s", "title": "S"})
    api.post("strategies/s/elements", {"element": "v", "kind": "vision", "text": "To be quick."})
    submitted = api.change("strategies/s", "submissions")
    assert submitted.status_code == 201, submitted.get_json()
    app, headers, tag = api.client.application, api.as_("sponsor").headers(), submitted.headers["ETag"]

    def publish(_: int) -> int:
        client = app.test_client()
        return client.post(
            f"{api.root}/strategies/s/publications", json={"material": True}, headers={**headers, "If-Match": tag}
        ).status_code

    with ThreadPoolExecutor(RACERS) as racers:
        statuses = sorted(racers.map(publish, range(RACERS)))
    # Who finds no free connection in time is told so; nobody else wins.
    assert statuses.count(201) == 1
    assert set(statuses) <= {201, 412, 503}, statuses
    assert settled(api, "strategies/s")["revisions"] == [1]


def test_of_many_repeats_at_once_one_is_recorded(api: Api) -> None:
    app, headers = api.client.application, api.headers()
    body = {"unit": "sales", "name": "Sales", "kind": "team"}

    def form(_: int) -> tuple[int, Any]:
        done = app.test_client().post(f"{api.root}/units", json=body, headers={**headers, "Idempotency-Key": "one"})
        return done.status_code, done.get_json().get("position")

    with ThreadPoolExecutor(8) as racers:
        outcomes = set(racers.map(form, range(8)))
    assert (201, 2) in outcomes
    assert {status for status, _ in outcomes} <= {201, 409}
    assert form(0) == (201, 2)
    assert len(settled(api, "units")) == 1


def test_a_lost_reply_is_not_told_as_a_conflict(api: Api, wire: Wire) -> None:
    body = {"unit": "sales", "name": "Sales", "kind": "team"}
    assert api.post("units", {**body, "unit": "first"}).status_code == 201
    wire.lose("reply")
    done = api.post("units", body, Idempotency_Key="k")
    assert done.status_code in (201, 503), done.get_json()
    again = api.post("units", body, Idempotency_Key="k")
    assert again.status_code == 201
    assert [unit["key"] for unit in settled(api, "units") if unit["key"] == "sales"] == ["sales"]


def test_a_store_that_is_away_is_told_and_comes_back_by_itself(api: Api, wire: Wire) -> None:
    body = {"unit": "sales", "name": "Sales", "kind": "team"}
    wire.lose("request", then_cut=True)
    gone: list[Any] = [api.post("units", body, Idempotency_Key="k"), api.get("units"), api.get("/health/ready")]
    for response in gone:
        told: Any = response.get_json()
        assert (response.status_code, told["status"]) == (503, 503), told
        assert response.headers["Retry-After"] == "5"
        assert told["rule"] in ("store-down", "outcome-not-known")
    assert api.get("/health/live").status_code == 200
    wire.mend()
    assert api.post("units", body, Idempotency_Key="k").status_code == 201
    assert [unit["key"] for unit in settled(api, "units")] == ["sales"]


def test_two_nodes_answer_alike(api: Api) -> None:
    api.post("units", {"unit": "sales", "name": "Sales", "kind": "team"}, Idempotency_Key="k")
    other = Api(api.installation, create_app(api.installation).test_client(), api.key, api.tokens, api.token)
    again = other.post("units", {"unit": "sales", "name": "Sales", "kind": "team"}, Idempotency_Key="k")
    assert (again.status_code, again.headers["Avow-Repeated"]) == (201, "true")
