"""The map is one page, whatever a strategy says; what it says stays text; and the same map is the same bytes."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest

from adapters.printing.strategy_map import PAPERS, STEPS, Laid, Paper, Sheet, as_html, as_pdf, as_png, laid
from domain.element import Element
from domain.strategy_map import parts_of
from tests.printing.pages import pages

KINDS = ("compelling_future", "case_for_change", "value", "differentiator", "big_bet", "own_kind", "success_criterion")
LOREM = "Whatever people write into a strategy has to find its place. "


def sheet(*elements: Element, title: str = "Growth", names: dict[UUID, str] | None = None) -> Sheet:
    return Sheet(title=title, subtitle="Acme", parts=parts_of(elements, {}, {}, {}), names=names or {})


def elements(each: int, signs: int, text: str = LOREM) -> list[Element]:
    """So many of every kind, each of so many signs."""
    said = (text * (signs // len(text) + 1))[:signs]
    return [Element(id=f"{kind}-{number}", kind=kind, text=said) for kind in KINDS for number in range(each)]


def entries(made: Laid) -> int:
    return sum(len(part["entries"]) for part in made.content["parts"])


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    ("each", "signs"),
    [(0, 0), (1, 60), (2, 150), (3, 280), (3, 600), (5, 200), (8, 300), (20, 90), (40, 40), (60, 900)],
)
def test_it_is_one_page(each: int, signs: int, paper: Paper) -> None:
    made = laid(sheet(*elements(each, signs)), paper)
    assert pages(as_pdf(made)) == len(as_png(made, ppi=20)) == 1
    assert entries(made) == len(KINDS) * each or "entries are left out" in made.content["foot"]


@pytest.mark.parametrize(
    "text", ["W", "W ", "Ω", "\N{CJK UNIFIED IDEOGRAPH-7B56}", "\N{GRINNING FACE}", "W-", "\N{ZERO WIDTH SPACE}W", "א"]
)
def test_the_longest_texts_there_can_be_fit_too(text: str) -> None:
    made = laid(sheet(*elements(15, 20_000, text), title="W" * 500), "letter")
    assert pages(as_pdf(made)) == 1
    assert "texts are shortened (…)" in made.content["foot"]


def test_the_type_is_as_large_as_it_can_be_and_nothing_is_cut_before_it_is_the_smallest() -> None:
    steps = [laid(sheet(*elements(3, signs)), "a4").step for signs in (40, 150, 300, 500, 900)]
    sizes = [each.size for each in steps]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (STEPS[0].size, STEPS[-1].size)
    assert all(each.size == STEPS[-1].size for each in steps if each.longest or each.most)


HOSTILE = '#panic("x") $x^2$ *b* [c] \\ "q" `r` <b onload=alert(1)> </style></title><script>alert(1)</script> & //'


def test_what_people_write_is_never_markup() -> None:
    """It is on the page as it was written."""
    made = laid(sheet(Element(id="v", kind="vision", text=HOSTILE), title=HOSTILE), "a4")
    assert pages(as_pdf(made)) == 1
    page, style = as_html(made)
    read = Reader()
    read.feed(page)
    assert {"script", "b"}.isdisjoint(read.tags)
    assert read.texts.count(HOSTILE) == 3  # in the title, above the page, and on it
    assert "alert" not in style


def test_the_same_map_is_the_same_bytes_in_another_process_too() -> None:
    made = as_pdf(laid(sheet(*elements(2, 150)), "a4"))
    program = (
        "import sys; from tests.printing.test_strategy_map import *;"
        "sys.stdout.buffer.write(as_pdf(laid(sheet(*elements(2, 150)), 'a4')))"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=60).stdout
    assert made == other == as_pdf(laid(sheet(*elements(2, 150)), "a4"))


def test_no_font_but_the_librarys_own_is_used() -> None:
    fonts = set(
        re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)", as_pdf(laid(sheet(*elements(1, 60, "Aß Ω ")), "a4")))
    )
    assert fonts
    assert fonts <= {b"LibertinusSerif", b"NewCM", b"DejaVuSansMono"}


def test_the_html_loads_nothing_and_names_its_paper() -> None:
    names: dict[Paper, str] = {"a4": "A4", "letter": "letter"}
    for paper, name in names.items():
        page, style = as_html(laid(sheet(*elements(1, 60)), paper))
        assert f"size: {name}" in style
        assert style in page
        assert not re.search(r"https?:|src=|@import|url\(", page)


HEBREW = "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET} (24 h)!"


def test_what_runs_from_right_to_left_begins_at_the_right() -> None:
    made = laid(sheet(Element(id="a", kind="vision", text=HEBREW), Element(id="b", kind="vision", text="24 h")), "a4")
    assert [each["text_rtl"] for each in made.content["parts"][0]["entries"]] == [True, False]
    plain = laid(sheet(Element(id="a", kind="vision", text=HEBREW)), "a4")
    assert as_pdf(plain) != as_pdf(replace(plain, content=_left_to_right(plain)))
    assert f"<p dir=auto>{HEBREW}</p>" in as_html(made)[0]


def _left_to_right(made: Laid) -> dict[str, Any]:
    """The same content, all of it set as if it ran from left to right."""
    (first, *rest) = made.content["parts"]
    entries = [{**each, "text_rtl": False} for each in first["entries"]]
    return {**made.content, "parts": [{**first, "entries": entries}, *rest]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Größe Ωμέγα Ёлка ½ € – „so“ a\N{COMBINING ACUTE ACCENT}", ""),
        (HEBREW, ""),
        ("\N{ARABIC LETTER BEH}\N{ARABIC FATHA}", ""),
        ("to \N{CJK UNIFIED IDEOGRAPH-7B56}", "1 text has signs"),
        ("to \N{GRINNING FACE}", "1 text has signs"),
        ("to \N{DEVANAGARI LETTER KA}", "1 text has signs"),
    ],
)
def test_signs_that_the_pdf_has_no_font_for_are_told_below(text: str, told: str) -> None:
    made = laid(sheet(Element(id="a", kind="vision", text=text)), "a4")
    assert made.content["unset"].startswith(told)
    assert bool(made.content["unset"]) is bool(told)


def test_particulars_are_cut_one_by_one_and_counted() -> None:
    """A long measure takes neither the target nor the day with it, and the foot tells of it."""
    criterion = Element(
        id="a", kind="success_criterion", text=LOREM * 5, measure="m " * 400, target="100 %", due=date(2027, 1, 1)
    )
    many = [replace(criterion, id=f"c{number}") for number in range(120)]
    made = laid(sheet(*many), "a4")
    notes = [each["note"] for part in made.content["parts"] for each in part["entries"]]
    assert notes
    assert all(each.endswith("100 % · by 2027-01-01 · nobody answers for it") for each in notes)
    assert f"{len(notes)} texts are shortened (…)" in made.content["foot"]


class Reader(HTMLParser):
    """The tags and texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.texts = list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
