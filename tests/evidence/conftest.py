from __future__ import annotations

import pytest

from tests.sample.imported import Imported


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return Imported.into_memory(tmp_path_factory.mktemp("sample"))
