"""Where the real data is. Without it these tests fail: real input that was not tried is not proven."""

import os
from pathlib import Path

import pytest

BESIDE_THE_PROJECT = Path(__file__).parents[3] / "shared" / "data"


def folder_of(name: str, data: Path) -> Path:
    """The folder of one real source; fails, naming what is missing, where it is absent."""
    folder = data / name
    if not folder.is_dir():
        pytest.fail(
            f"real data is absent: there is no folder {folder}. Put shared/data beside the project, "
            "or say where it is in AVOW_TEST_DATA.",
            pytrace=False,
        )
    return folder


@pytest.fixture(scope="session")
def rust_goals() -> Path:
    """The folder with the Rust project's teams and goals."""
    return folder_of("rust-goals", Path(os.environ.get("AVOW_TEST_DATA", BESIDE_THE_PROJECT)))


@pytest.fixture(scope="session")
def stratml() -> Path:
    """The folder with strategies that organisations published in StratML."""
    return folder_of("stratml", Path(os.environ.get("AVOW_TEST_DATA", BESIDE_THE_PROJECT)))


@pytest.fixture(scope="session")
def performance_gov() -> Path:
    """The folder with the goals and KPIs of United States agencies."""
    return folder_of("performance-gov", Path(os.environ.get("AVOW_TEST_DATA", BESIDE_THE_PROJECT)))
