"""One application for all tests of this folder; each test has an organisation of its own."""

from __future__ import annotations

from uuid import uuid4

import pytest

from adapters.bootstrap import Installation, in_memory
from adapters.http.app import create_app
from tests.support.api import Api
from tests.support.cycle import Cycle


@pytest.fixture(scope="session")
def installation() -> Installation:
    return in_memory()


@pytest.fixture(scope="session")
def first(installation: Installation) -> Api:
    return Api(installation, create_app(installation).test_client())


@pytest.fixture
def api(first: Api) -> Api:
    """A new organisation, spoken to by its administrator."""
    return Api.found(f"acme-{uuid4()}", installation=first.installation, client=first.client)


@pytest.fixture
def cycle(first: Api) -> Cycle:
    """A new organisation with a confidential review."""
    return Cycle.opened(first.installation, f"org-{uuid4()}", client=first.client)
