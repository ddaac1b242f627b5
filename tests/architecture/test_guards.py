"""Each guard has a case that makes it fail: the linter, the types, the direction of imports, the closed network.

A copy of the packages, checked with the project's own settings, passes; with one thing wrong in it, it does not.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.no_sockets import SocketOpened, sockets_closed

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture(name="copy", scope="module")
def _copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for layer in ("domain", "application", "adapters"):
        shutil.copytree(ROOT / layer, folder / layer, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def run(tool: str, *arguments: str, within: Path) -> subprocess.CompletedProcess[str]:
    """What the tool of this environment answers in a folder."""
    return subprocess.run(
        [str(BIN / tool), *arguments], cwd=within, capture_output=True, text=True, check=False, timeout=100
    )


class TestDirectionOfImports:
    def test_the_packages_keep_it(self, copy: Path) -> None:
        found = run("lint-imports", "--no-cache", within=copy)
        assert found.returncode == 0, found.stdout

    @pytest.mark.parametrize(
        ("module", "line", "contract"),
        [
            ("domain/tried.py", "import application.ports", "nothing points outward"),
            ("domain/tried.py", "import adapters", "nothing points outward"),
            ("application/tried.py", "import adapters", "nothing points outward"),
            ("application/tried.py", "import psycopg", "stay in the adapters"),
            ("application/tried.py", "from flask import request", "stay in the adapters"),
            ("application/tried.py", "import marshmallow", "stay in the adapters"),
            ("domain/tried.py", "import eventsourcing.domain", "nothing but the standard library"),
            ("domain/tried.py", "import msgspec", "nothing but the standard library"),
        ],
    )
    def test_a_breach_is_found(self, copy: Path, module: str, line: str, contract: str) -> None:
        tried = copy / module
        tried.write_text(line + "\n")
        found = run("lint-imports", "--no-cache", within=copy)
        tried.unlink()
        assert found.returncode == 1
        broken = [each for each in found.stdout.splitlines() if each.endswith("BROKEN")]
        assert any(contract in each for each in broken), found.stdout


WELL = '''"""A module as it should be."""


def doubled(amount: int) -> int:
    """Twice the amount."""
    return 2 * amount
'''


class TestLinter:
    def test_a_clean_module_passes(self, copy: Path) -> None:
        assert self.codes(copy, WELL) == set()

    @pytest.mark.parametrize(
        ("source", "code"),
        [
            (WELL.replace('"""A module as it should be."""\n', ""), "D100"),
            (WELL.replace('    """Twice the amount."""\n', ""), "D103"),
            (WELL.replace("amount: int", "amount"), "ANN001"),
            (WELL + "\n# TODO: more of it\n", "FIX002"),
            (WELL + "\n# doubled(3) + doubled(4)\n", "ERA001"),
            (WELL.replace("2 * amount", "2 * amount  " + "#" * 120), "E501"),
            (WELL.replace("\n\n\n", "\n\nimport datetime\n\nNOW = datetime.datetime.now()\n\n", 1), "DTZ005"),
            (WELL.replace("return", "print(amount)\n    return"), "T201"),
            (
                WELL.replace("return 2 * amount", "try:\n        return 2\n    except Exception:\n        return 1"),
                "BLE001",
            ),
            (WELL.replace("\n\n\n", "\n\nimport os\n\n\n", 1), "F401"),
            (WELL.replace("\n\n\n", "\n\nfrom . import kernel\n\n\n", 1), "TID252"),
            (WELL.replace("2 * amount", 'eval("2 * amount")'), "S307"),
        ],
        ids=lambda each: each if len(each) < len("ANN0001") else "",
    )
    def test_a_fault_is_found(self, copy: Path, source: str, code: str) -> None:
        assert code in self.codes(copy, source)

    def test_another_layout_is_found(self, copy: Path) -> None:
        tried = copy / "domain" / "tried.py"
        tried.write_text(WELL.replace("2 * amount", "2*amount"))
        found = run("ruff", "format", "--check", "--no-cache", str(tried), within=copy)
        tried.unlink()
        assert found.returncode == 1

    @staticmethod
    def codes(copy: Path, source: str) -> set[str]:
        """The rules that a module of the domain with this source breaks."""
        tried = copy / "domain" / "tried.py"
        tried.write_text(source)
        found = run("ruff", "check", "--no-cache", "--output-format", "concise", str(tried), within=copy)
        tried.unlink()
        return {line.split()[1].rstrip(":") for line in found.stdout.splitlines() if line.startswith("domain")}


ILL_TYPED = '''"""A module with one fault a function."""

from typing import Any

from domain.kernel import Word


def untyped(amount):
    return amount


def half(amount: int) -> str:
    return amount


def careless(given: int | None) -> int:
    return given + 1


def unnamed(given: dict) -> None:
    given.clear()


def hidden(given: Any) -> int:
    return given


def unreachable(given: int) -> int:
    if isinstance(given, str):
        return 1
    return 2


def partial(word: Word) -> int:
    match word:
        case Word.FACT:
            return 1
    return 2


def unexplained(amount: int) -> str:
    return amount  # type: ignore
'''


def test_ill_typed_functions_are_found(copy: Path) -> None:
    tried = copy / "domain" / "tried.py"
    tried.write_text(WELL)
    well = run("mypy", "--cache-dir", str(copy / ".types"), "domain/tried.py", within=copy)
    tried.write_text(ILL_TYPED)
    ill = run("mypy", "--cache-dir", str(copy / ".types"), "domain/tried.py", within=copy)
    tried.unlink()
    assert well.returncode == 0, well.stdout
    codes = {line.rpartition("[")[2].rstrip("]") for line in ill.stdout.splitlines() if ": error:" in line}
    assert codes == {
        "exhaustive-match",
        "ignore-without-code",
        "no-any-return",
        "no-untyped-def",
        "operator",
        "return-value",
        "type-arg",
        "unreachable",
    }


class TestClosedNetwork:
    def test_a_socket_cannot_be_opened(self) -> None:
        with socket.socket() as tried, sockets_closed(), pytest.raises(SocketOpened, match=r"socket\.connect"):
            tried.connect(("127.0.0.1", 9))

    def test_a_host_cannot_be_looked_up(self) -> None:
        with sockets_closed(), pytest.raises(SocketOpened, match=r"socket\.getaddrinfo"):
            socket.getaddrinfo("localhost", 80)

    def test_it_opens_again(self) -> None:
        with sockets_closed():
            pass
        with socket.socket() as tried:
            tried.bind(("127.0.0.1", 0))
            assert tried.getsockname()[1] > 0
