"""The HTML of the strategy map, printed by a real browser with its own fonts: one page, whatever a strategy says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from adapters.printing.strategy_map import PAPERS, Paper, as_html, laid
from tests.printing.pages import pages
from tests.printing.test_strategy_map import LOREM, elements, sheet

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    ("each", "signs", "text"),
    [
        (1, 60, LOREM),
        (3, 280, LOREM),
        (3, 600, LOREM),
        (8, 200, LOREM),
        (40, 40, LOREM),
        (60, 900, LOREM),
        (20, 900, "W"),
    ],
)
def test_it_prints_on_one_page(tmp_path: Path, each: int, signs: int, text: str, paper: Paper) -> None:
    page, _ = as_html(laid(sheet(*elements(each, signs, text)), paper))
    (tmp_path / "map.html").write_text(page, encoding="utf-8")
    found = shutil.which("chromium")
    assert found is not None, "install Chromium: apt-get install chromium"
    subprocess.run(
        [
            found,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--no-pdf-header-footer",
            "--print-to-pdf=map.pdf",
            (tmp_path / "map.html").as_uri(),
        ],
        capture_output=True,
        timeout=100,
        check=True,
        cwd=tmp_path,
    )
    assert pages((tmp_path / "map.pdf").read_bytes()) == 1
