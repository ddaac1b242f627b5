"""`avow` in a process of its own, on a database of the test's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from adapters.cli import main
from tests.interchange.conftest import Said


@dataclass
class Shell:
    """Runs `avow` as a user would."""

    folder: Path
    dsn: str
    err: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AVOW_")}
        return {**kept, "AVOW_DATA": str(self.folder / "data"), "AVOW_DATABASE_URL": self.dsn, "COLUMNS": "140"}

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "adapters.cli", *arguments], env={**self.environment, **more}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def avow(self, *arguments: str, exit: int = 0, **more: str) -> str:
        """What the command says on standard output; the exit code must be the one expected.

        Run in this process: starting one takes a second.
        """
        unset = {name: None for name in os.environ if name.startswith("AVOW_")}
        result = CliRunner().invoke(main, arguments, env={**unset, **self.environment, **more}, prog_name="avow")
        self.err = result.stderr
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == exit, f"exit {result.exit_code}: {result.stdout}{result.stderr}"
        return result.stdout

    def json(self, *arguments: str, exit: int = 0) -> Any:
        return json.loads(self.avow(*arguments, "--json", exit=exit))

    def write(self, lines: list[Said], name: str = "history.jsonl") -> str:
        path = self.folder / name
        path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
        return str(path)


@pytest.fixture
def shell(tmp_path: Path, empty_postgres_dsn: str) -> Shell:
    return Shell(tmp_path, empty_postgres_dsn)
