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

from tests.interchange.conftest import Said


@dataclass
class Shell:
    """Runs `avow` as a user would."""

    folder: Path
    dsn: str

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
        """What the command says on standard output; the exit code must be the one expected."""
        process = self.start(*arguments, **more)
        out, self.err = process.communicate(timeout=100)
        assert process.returncode == exit, f"exit {process.returncode}: {out}{self.err}"
        return out

    def json(self, *arguments: str, exit: int = 0) -> Any:
        return json.loads(self.avow(*arguments, "--json", exit=exit))

    def write(self, lines: list[Said], name: str = "history.jsonl") -> str:
        path = self.folder / name
        path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
        return str(path)


@pytest.fixture
def shell(tmp_path: Path, empty_postgres_dsn: str) -> Shell:
    return Shell(tmp_path, empty_postgres_dsn)
