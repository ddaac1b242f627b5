"""The printed table of four columns: whatever is said in it stays text, and empty cells show."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.printing.four_columns import as_html

NASTY = "</td><script>alert('x')</script>&\"<b>"


BERLIN = ZoneInfo("Europe/Berlin")


def table(**said: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "title": NASTY, "level": "team", "unit_name": NASTY, "due": "2026-06-30", "substantiation": NASTY,
        "approach": NASTY, "tactics": [{"title": NASTY}], "kpis_hidden": 0,
        "kpis": [{"title": NASTY, "value": "70", "target": NASTY, "measured_in": NASTY, "due": None, "way": 24.2}],
    }  # fmt: skip
    empty = {"all": 0, "substantiation": 0, "approach_and_tactics": 0, "kpis": 0}
    loose = {"title": NASTY, "cover": "expired", "expires": "2026-04-30T22:00:00.000000Z"}
    return {"rows": [row | said], "cells": 3, "hidden": 0, "empty": empty, "loose_tactics": [loose]}


def test_everything_that_is_said_stays_text() -> None:
    page = as_html(table(), NASTY, NASTY, BERLIN)
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("&lt;script&gt;") == 12


def test_an_empty_cell_shows_and_a_hidden_kpi_is_no_empty_one() -> None:
    page = as_html(table(substantiation=None, approach=None, tactics=[], kpis=[]), "Growth", "now", BERLIN)
    assert page.count("<td class=empty>empty</td>") == 3
    page = as_html(table(kpis=[], kpis_hidden=2), "Growth", "now", BERLIN)
    assert "2 not shown to you" in page
    assert "class=empty>" not in page


@pytest.mark.parametrize(
    ("expires", "told"), [("2026-04-30T22:00:00.000000Z", "2026-05-01"), ("2026-01-10T09:30:00Z", "2026-01-10 10:30")]
)
def test_an_exception_expires_on_a_day_of_the_organisation(expires: str, told: str) -> None:
    loose = {"title": "Fair", "cover": "exception", "expires": expires}
    page = as_html({**table(), "loose_tactics": [loose]}, "Growth", "now", BERLIN)
    assert f"<small>expires {told}</small>" in page


def test_a_table_without_goals_is_one_empty_row() -> None:
    page = as_html({**table(), "rows": [], "loose_tactics": []}, "Growth", "now", BERLIN)
    assert page.count("<td class=empty>empty</td>") == 4
