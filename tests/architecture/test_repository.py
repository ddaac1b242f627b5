"""What the repository keeps to: locks that hold, names that say something, files of a size, no trace of a machine."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.mutation_score import report

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "application", "adapters")
OURS = (*PACKAGES, "benchmarks", "docs", "features", "requirements", "tests", ".ci")
LINES = 400
"""No module is longer; past about 250 it is split by noun."""

EMPTY_NAMES = frozenset({"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"})
MACHINE = re.compile("|".join(["/" + "work/", "/" + "root/", "/" + "tmp/v/", "/" + r"home/\w", r"[A-Z]:\\Users"]))


def texts() -> list[Path]:
    """Every text file of ours: what stands at the top, and in our folders."""
    below = (path for folder in OURS for path in (ROOT / folder).rglob("*"))
    top = (path for path in ROOT.iterdir() if path.suffix in {".md", ".py", ".toml"} or path.name == "Makefile")
    return sorted(path for path in [*top, *below] if path.is_file() and path.suffix not in {".pyc", ".gz", ".woff2"})


def traces(text: str) -> list[str]:
    """Paths that exist on somebody's machine only."""
    return MACHINE.findall(text)


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """The version and the number of hashes that a lock gives, by distribution."""
    entry = r"^([a-z0-9-]+)==(\S+)[^\n]*\\\n((?:\s+--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
    return {
        name: (version, hashes.count("--hash")) for name, version, hashes in re.findall(entry, lock, flags=re.MULTILINE)
    }


def wanted(*extras: str) -> Iterator[str]:
    """The distributions that pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = project["dependencies"] + [each for extra in extras for each in project["optional-dependencies"][extra]]
    for each in named:
        yield re.split(r"[\[<>=!~ ;]", each)[0].lower()


class TestLocks:
    @pytest.mark.parametrize(("lock", "extras"), [("run", ["build"]), ("test", ["build", "lock", "test"])])
    def test_pin_everything_that_is_wanted(self, lock: str, extras: list[str]) -> None:
        found = pins((ROOT / "requirements" / f"{lock}.txt").read_text())
        assert set(wanted(*extras)) - set(found) == set()

    @pytest.mark.parametrize("lock", ["run", "test"])
    def test_hold_versions_and_hashes_only(self, lock: str) -> None:
        text = (ROOT / "requirements" / f"{lock}.txt").read_text()
        assert text.count("==") - text.count("== '") == len(pins(text))
        assert not re.search(r"://|^-|^#|@", text, flags=re.MULTILINE)

    def test_agree(self) -> None:
        run, test = (pins((ROOT / "requirements" / f"{lock}.txt").read_text()) for lock in ("run", "test"))
        assert {name: test.get(name) for name in run} == run

    def test_a_pin_without_a_hash_is_not_taken_for_one(self) -> None:
        assert pins("flask==3.1.3\n") == {}


class TestFiles:
    @pytest.mark.parametrize("layer", PACKAGES)
    def test_are_of_a_size_to_read(self, layer: str) -> None:
        sizes = {str(path): len(path.read_text().splitlines()) for path in (ROOT / layer).rglob("*.py")}
        assert {path: size for path, size in sizes.items() if size > LINES} == {}

    def test_have_names_that_say_something(self) -> None:
        modules = (path for path in texts() if path.suffix == ".py")
        named = {str(path) for path in modules if EMPTY_NAMES & set(re.split(r"[_.]", path.name.lower()))}
        assert named == set()

    def test_tell_of_no_machine(self) -> None:
        found = {str(path): traces(path.read_text(errors="replace")) for path in texts()}
        assert {path: trace for path, trace in found.items() if trace} == {}

    def test_a_trace_of_a_machine_is_found(self) -> None:
        assert traces("see " + "/" + "home/somebody/avow") == ["/" + "home/s"]

    def test_no_test_is_skipped_or_expected_to_fail(self) -> None:
        marks = re.compile(r"pytest\." + r"(skip|xfail|importorskip)|mark\." + r"(skip|skipif|xfail)|monkey" + "patch")
        found = {path.name: marks.findall(path.read_text()) for path in texts() if path.suffix == ".py"}
        assert {name: marked for name, marked in found.items() if marked} == {}


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What make answers here, asked from outside any other make."""
    apart = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=ROOT, env=apart, capture_output=True, text=True, check=False)


class TestMakefile:
    def test_lists_every_command(self) -> None:
        phony = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)[0].split()
        assert {line.split()[1] for line in make().stdout.splitlines()} == set(phony)
        assert {"run", "test", "check", "bench", "mutation"} <= set(phony)

    def test_says_how_to_get_a_browser(self) -> None:
        done = make("test-browser", "VENV=nowhere", "--old-file=nowhere/test.stamp", "PATH=/nowhere", "SHELL=/bin/sh")
        assert done.returncode != 0
        assert "apt-get install chromium" in done.stderr


def test_scores_of_mutation_are_counted() -> None:
    results = [
        "    domain.kernel.x_event__mutmut_1: killed\n",
        "    domain.kernel.x_event__mutmut_2: survived\n",
        "    domain.kernel.x_event__mutmut_3: not checked\n",
        "    domain.temporal.x__lay__mutmut_1: timeout\n",
        "    domain.temporal.x__lay__mutmut_2: no tests\n",
        "    domain.temporal.x__lay__mutmut_3: killed\n",
    ]
    lines = [line.split() for line in report(results).splitlines()]
    assert lines == [
        ["domain.kernel", "1", "of", "2", "50.0%"],
        ["domain.temporal", "2", "of", "3", "66.7%"],
        ["mutation", "score", "3", "of", "5", "60.0%"],
    ]


class TestPages:
    """Whoever reads from the top comes to every page."""

    def test_the_readme_leads_to_every_page_for_users(self) -> None:
        readme = (ROOT / "README.md").read_text()
        assert [path.name for path in sorted((ROOT / "docs").glob("*.md")) if f"docs/{path.name}" not in readme] == []

    def test_the_index_of_decisions_names_each_as_it_is_titled(self) -> None:
        index = (ROOT / "docs" / "decisions" / "README.md").read_text()
        for path in sorted((ROOT / "docs" / "decisions").glob("0*.md")):
            title = path.read_text().partition("\n")[0].partition(". ")[2]
            assert f"[{title}]({path.name})" in index, path.name
