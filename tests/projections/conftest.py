from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.postgres.connections import Database
from adapters.postgres.read_model import PostgresReadModel
from tests.support.postgres import database


@pytest.fixture(scope="module")
def projector_database(postgres_server: str) -> Iterator[Database]:
    """A migrated database for the tests of one module, in the projector's role."""
    with database(postgres_server) as dsn, Database(dsn, "avow_projector") as projecting:
        yield projecting


@pytest.fixture(scope="module")
def read_model(projector_database: Database) -> PostgresReadModel:
    return PostgresReadModel(projector_database)
