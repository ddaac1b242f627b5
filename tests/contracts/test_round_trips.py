"""How often a command over HTTP asks the database: with a known token four times, however much it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from adapters.bootstrap import on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.app import create_app
from application.catalogue import commands
from application.deciding import Entry, Request
from application.permissions import Role
from domain.kernel import Actor
from tests.support.api import Api
from tests.support.wire import Wire

TRIPS = 4
"""Whose token it is; what is new; what the command refers to; the append."""


@pytest.fixture
def wire(postgres_dsn: str) -> Iterator[Wire]:
    with Wire(postgres_dsn) as wire:
        yield wire


@pytest.fixture
def api(wire: Wire) -> Iterator[Api]:
    """An organisation with people and a published strategy, all of it recorded through the wire."""
    with on_postgres(wire.dsn, KeyEncryptionKey(bytes(32))) as avow:
        api = Api.found(f"acme-{uuid4()}", installation=avow, client=create_app(avow).test_client())
        for person in ("ann", "bob"):
            record(api, "person.joined", person=person)
        record(api, "strategy.drafted", strategy="s", title="S")
        record(api, "strategy.revised", strategy="s", element="vision", kind="vision", text="Onwards")
        record(api, "strategy.submitted", strategy="s")
        record(api, "strategy.published", strategy="s", material=True)
        api.token = api.issue("bridge", roles=(Role.INTEGRATION,), scopes=("commitment.*",))
        for person in ("ann", "bob") * 6:  # the connections have made their plans then
            commit(api, person)
        yield api


def record(api: Api, topic: str, **said: object) -> None:
    entry = Entry(command=commands()[topic](**said))
    api.installation.ledger.execute(
        Request(organisation=api.organisation, id=uuid4(), actor=Actor(service="test"), entries=(entry,))
    )


def commit(api: Api, person: str, **headers: str) -> None:
    said = {"party": {"person": person}, "strategy": "s", "level": "committed"}
    answer = api.client.post(f"{api.root}/commitments", json=said, headers=api.headers(**headers))
    assert answer.status_code == 201, answer.text


def test_a_command_asks_the_database_four_times(api: Api, wire: Wire) -> None:
    before = wire.trips
    commit(api, "ann")
    assert wire.trips - before == TRIPS


def test_a_key_costs_none_more(api: Api, wire: Wire) -> None:
    before = wire.trips
    commit(api, "bob", Idempotency_Key="k")
    assert wire.trips - before == TRIPS


def test_what_was_recorded_elsewhere_meanwhile_costs_none_more(api: Api, wire: Wire) -> None:
    with on_postgres(wire.dsn, KeyEncryptionKey(bytes(32))) as other:
        commit(Api(other, create_app(other).test_client(), api.key, token=api.token), "ann")
    before = wire.trips
    commit(api, "ann")
    assert wire.trips - before == TRIPS
