"""Real strategies on one page each: those that four organisations published."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.printing.strategy_map import PAPERS, Paper, Sheet, as_pdf, as_png, laid
from domain.strategy_map import parts_of
from tests.printing.pages import pages
from tests.real.strategies import strategies

pytestmark = pytest.mark.real


@pytest.mark.parametrize("paper", PAPERS)
def test_every_real_strategy_fits_one_page(stratml: Path, paper: Paper) -> None:
    found = strategies(stratml)
    assert len(found) >= 4
    for name, (title, elements) in found.items():
        assert len(elements) >= 5, name
        sheet = Sheet(title=title, subtitle="", parts=parts_of(elements, {}, {}, {}), names={})
        made = laid(sheet, paper)
        assert len(as_png(made, ppi=20)) == 1, name
        assert pages(as_pdf(made)) == 1, name
        entries = sum(len(part["entries"]) for part in made.content["parts"])
        assert entries == len(elements) or "left out" in made.content["foot"], name
