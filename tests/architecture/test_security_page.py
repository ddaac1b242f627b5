"""The security page names tests: each of them exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_that_the_page_names_exists() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = NAMED.findall(page)
    assert len(named) > 30
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert missing == []


def test_every_line_of_the_standard_is_shown_by_a_test() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    lines = re.findall(r"^- \*\*\d.*?(?=\n- |\n\n)", page, re.MULTILINE | re.DOTALL)
    assert lines
    assert all(NAMED.search(line) for line in lines)
