"""The domain is pure, by its text: no clock, no chance, nothing outside, nothing but the standard library."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PURE = frozenset(
    word
    for words in (
        "__future__ abc base64 bisect collections copy dataclasses datetime decimal difflib enum fractions functools",
        "graphlib hashlib heapq hmac itertools json math operator re statistics string textwrap types typing",
        "unicodedata uuid zoneinfo",
    )
    for word in words.split()
)
"""Modules of the standard library that compute. zoneinfo reads tables: where a day begins is part of the question."""

IMPURE_CALLS = frozenset(
    word
    for words in (
        "breakpoint eval exec exit globals id input open print quit",
        "now today utcnow fromtimestamp uuid1 uuid4 getpass perf_counter monotonic time_ns",
    )
    for word in words.split()
)
"""Asking the machine, the clock or chance. `id(…)` differs from run to run."""


def impurities(source: str) -> Iterator[str]:
    """What in this module's text is not pure, each with its line."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (
                    f"{node.lineno}: imports {each.name}" for each in names if each.name.split(".")[0] not in PURE
                )
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] not in PURE | {"domain"}:
                yield f"{node.lineno}: imports {module}"
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in IMPURE_CALLS:
                yield f"{node.lineno}: calls {name}"
            case ast.Assert():
                yield f"{node.lineno}: asserts"
            case ast.Global() | ast.Nonlocal():
                yield f"{node.lineno}: rebinds {', '.join(node.names)}"
            case ast.Constant(value=float()):
                yield f"{node.lineno}: counts in floats"
            case _:
                pass


@pytest.mark.parametrize("path", sorted((ROOT / "domain").rglob("*.py")), ids=lambda path: path.stem)
def test_the_domain_is_pure(path: Path) -> None:
    assert list(impurities(path.read_text())) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os.path", "1: imports os.path"),
        ("import msgspec", "1: imports msgspec"),
        ("from random import choice", "1: imports random"),
        ("from application.ports import Now", "1: imports application.ports"),
        ("from datetime import datetime\nat = datetime.now()", "2: calls now"),
        ("import uuid\nnew = uuid.uuid4()", "2: calls uuid4"),
        ("lines = open('chart.csv')", "1: calls open"),
        ("assert parent is not None", "1: asserts"),
        ("share = 0.5", "1: counts in floats"),
        ("count = 0\ndef more():\n    global count", "3: rebinds count"),
    ],
)
def test_an_impure_module_is_found(source: str, found: str) -> None:
    assert list(impurities(source)) == [found]


def asserts(source: str) -> list[int]:
    """The lines of a module that assert."""
    return [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assert)]


@pytest.mark.parametrize("layer", ["application", "adapters"])
def test_no_rule_rests_on_an_assert(layer: str) -> None:
    """`python -O` takes them away."""
    found = {str(path.relative_to(ROOT)): asserts(path.read_text()) for path in (ROOT / layer).rglob("*.py")}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_an_assert_is_found() -> None:
    assert asserts("given = 1\nassert given") == [2]
