"""Whoever answers questions looks for cycles rarely: every command, and every worker of the server."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from adapters.cli.main import main
from adapters.collector import ALL, MIDDLE, YOUNG

PYTHONS_OWN = (700, 10, 10)


@pytest.fixture(autouse=True)
def _threshold() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*PYTHONS_OWN)
    yield
    gc.set_threshold(*before)


def test_a_command_does() -> None:
    assert CliRunner().invoke(main, ["doctor", "--help"]).exit_code == 0
    assert gc.get_threshold() == (YOUNG, MIDDLE, ALL)
    assert gc.isenabled()
