"""The strategy map on one page: the largest type in which all of it fits; beyond the smallest, texts are cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import msgspec
import typst

from domain.strategy_map import CUT, Entry, Part, cut, folded

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = ("a4", "letter")

LAYOUT = 2
"""Raised when the same map makes another page."""

TEMPLATE = Path(__file__).with_name("strategy_map.typ")
SHEETS: Mapping[Paper, str] = {"a4": "a4", "letter": "us-letter"}
COLUMNS: Mapping[str, int] = {"headed": 1, "why": 2, "winning": 2, "doing": 3}
NOTHING_SAID = "Nothing is said about it."
VACANT = "nobody answers for it"

SCRIPTS = frozenset(
    {"LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC", "COMBINING", "MODIFIER", "FEMININE", "MASCULINE", "MICRO", "OHM"}
)
"""The first words of the names of letters that the fonts of the library have."""

LONG_WORD = re.compile(r"[^\s\u200b-]{25}(?=[^\s\u200b])")
"""Words that no column holds are broken there."""

WIDER = 0.78
"""Browsers set other fonts than the PDF: HTML takes this much of the size, so that the widest of them fit."""


@dataclass(frozen=True, slots=True)
class Step:
    """One try: the size of the type in points, the longest text in signs, the most entries of a part."""

    size: float
    longest: int | None = None
    most: int | None = None


STEPS: Sequence[Step] = (
    *(Step(size) for size in (12, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)),
    *(Step(6, longest) for longest in (600, 400, 300, 200, 140)),
    *(Step(6, 140, most) for most in (30, 20, 15, 12)),
    *(Step(6, 90, most) for most in (12, 9, 6, 4)),
    *(Step(6, 60, most) for most in (6, 4, 3)),
)
"""From the largest to the smallest. The last one fits whatever a strategy says."""


MOST_SHORTENED = max(step.longest for step in STEPS if step.longest is not None)
MOST_SIGNS = 40_000
"""More than a page holds in the smallest type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is to be printed: the title, what stands below it, and the parts with everything in them."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    names: Mapping[UUID, str]
    """What the ids of people and units are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A sheet that fits its page, and the step in which it does."""

    sheet: Sheet
    paper: Paper
    step: Step
    content: Mapping[str, Any]  # JSON, as the template takes it


class DoesNotFit(Exception):  # noqa: N818 — a state of affairs
    """A sheet that no step brings onto its page: a fault of ours, for the last step is made to hold anything."""


def laid(sheet: Sheet, paper: Paper) -> Laid:
    """The sheet in the first step in which it fits its page, found by halving. Raises DoesNotFit."""
    low, high, found = 0, len(STEPS) - 1, None
    if sum(len(each.text) for part in sheet.parts for each in part.entries) > MOST_SIGNS:
        low = next(place for place, step in enumerate(STEPS) if step.longest is not None)
        # What will be cut anyway need not be carried from try to try.
        sheet = replace(sheet, parts=folded(sheet.parts, 2 * MOST_SHORTENED).parts)
    while low <= high:
        middle = (low + high) // 2
        tried = _tried(sheet, paper, STEPS[middle])
        if _fits(tried):
            found, high = tried, middle - 1
        else:
            low = middle + 1
    if found is None:
        raise DoesNotFit(sheet.title)
    return found


def as_pdf(laid_out: Laid) -> bytes:
    """The page as PDF: the same bytes for the same sheet. No font and no file but the library's own are used."""
    made = typst.compile(_template(), format="pdf", **_inputs(laid_out))
    return _one(made)


def as_png(laid_out: Laid, ppi: float = 96) -> list[bytes]:
    """The pages as pictures, for who looks whether it is one."""
    made = typst.compile(_template(), format="png", ppi=ppi, **_inputs(laid_out))
    return [made] if isinstance(made, bytes) else [each for each in made or () if each is not None]


def as_html(laid_out: Laid) -> tuple[str, str]:
    """The page as HTML for print, and the style sheet in it. No script, nothing from elsewhere."""
    content, style = laid_out.content, _style(laid_out)
    parts = "".join(_part(each) for each in content["parts"])
    foot = f"<footer>{escape(content['foot'])}</footer>" if content["foot"] else ""
    title = escape(content["title"])
    page = (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width,initial-scale=1'>"
        f"<title>{title}</title><style>{style}</style></head><body><main>"
        f"<header><h1 dir=auto>{title}</h1><p dir=auto>{escape(content['subtitle'])}</p></header>"
        f"{parts}{foot}</main></body></html>"
    )
    return page, style


def _part(part: Mapping[str, Any]) -> str:
    entries = "".join(
        f"<li><small dir=auto>{escape(each['label'])}</small><p dir=auto>{escape(each['text'])}</p>"
        + (f"<p class=note dir=auto>{escape(each['note'])}</p>" if each["note"] else "")
        + "</li>"
        for each in part["entries"]
    )
    below = f"<ul class=c{part['columns']}>{entries}</ul>" if entries else f"<p class=note>{escape(part['empty'])}</p>"
    return f"<section><h2>{escape(part['heading'])}</h2>{below}</section>"


def _style(laid_out: Laid) -> str:
    size = f"{laid_out.step.size * WIDER:.2f}pt"
    return (
        f"@page {{ size: {'A4' if laid_out.paper == 'a4' else 'letter'}; margin: 12mm }}\n"
        "* { box-sizing: border-box; margin: 0; padding: 0 }\n"
        f"body {{ font: {size}/1.2 Georgia, 'Times New Roman', serif; color: #000; background: #fff;"
        " overflow-wrap: anywhere }\n"
        "h1 { font-size: 1.7em; line-height: 1.15 } h2 { font-size: 1.15em; color: #0a3a6b; margin: .6em 0 .3em }\n"
        "small, .note, header p, footer { color: #555 } small { font-size: .8em; display: block }\n"
        ".note, header p, footer { font-size: .86em } footer { margin-top: .6em }\n"
        "ul { list-style: none; display: grid; column-gap: 1.3em; align-items: start }\n"
        ".c1 { grid-template-columns: minmax(0, 1fr) } .c2 { grid-template-columns: repeat(2, minmax(0, 1fr)) }\n"
        ".c3 { grid-template-columns: repeat(3, minmax(0, 1fr)) }\n"
        "li { border-top: .4pt solid #bbb; padding: .2em 0 .25em }\n"
        "@media screen { main { max-width: 60rem; margin: 1rem auto; padding: 0 1rem; font-size: max(1em, .9rem) } }\n"
    )


def _tried(sheet: Sheet, paper: Paper, step: Step) -> Laid:
    made = folded(sheet.parts, step.longest, step.most)
    title, subtitle = (cut(text, step.longest) for text in (sheet.title, sheet.subtitle))
    shortened = made.shortened + sum((title != sheet.title, subtitle != sheet.subtitle))
    parts: list[dict[str, Any]] = [  # JSON
        {
            "heading": part.heading,
            "empty": NOTHING_SAID,
            "columns": _columns(part),
            "entries": [_entry(sheet, each, step.longest) for each in part.entries],
        }
        for part in made.parts
    ]
    told = [each[name] for part in parts for each in part["entries"] for name in ("label", "text", "note")]
    content = {
        "title": title,
        "title_rtl": _is_rtl(title),
        "subtitle": subtitle,
        "foot": _foot(shortened, made.left_out),
        "unset": _unset([title, subtitle, *told]),
        "parts": parts,
    }
    return Laid(sheet=sheet, paper=paper, step=step, content=content)


def _columns(part: Part) -> int:
    return min(COLUMNS[part.name], max(len(part.entries), 1))


def _entry(sheet: Sheet, entry: Entry, longest: int | None) -> dict[str, Any]:  # JSON, as the template takes it
    unit = sheet.names.get(entry.unit) if entry.unit is not None else None
    label = f"{entry.label} · {cut(unit, longest)}" if unit else entry.label
    note = _beside(sheet, entry, longest)
    return {
        "label": cut(label, longest),
        "text": entry.text,
        "text_rtl": _is_rtl(entry.text),
        "note": note,
        "note_rtl": _is_rtl(note),
    }


def _beside(sheet: Sheet, entry: Entry, longest: int | None) -> str:
    """The particulars, each as it was cut, and who answers for it: their name where the reader may see it."""
    named = sheet.names.get(entry.accountable) if entry.accountable is not None else None
    who = VACANT if entry.vacant else cut(named, longest) if named else None
    return " · ".join([*entry.notes, *([who] if who else [])])


def _foot(shortened: int, left_out: int) -> str:
    told = []
    if shortened:
        told.append(f"{shortened} {'text is' if shortened == 1 else 'texts are'} shortened ({CUT})")
    if left_out:
        told.append(f"{left_out} {'entry is' if left_out == 1 else 'entries are'} left out")
    return f"To fit the page, {' and '.join(told)}; the revision has them in full." if told else ""


def _is_rtl(text: str) -> bool:
    """Whether a text runs from right to left: its first letter tells, as in HTML's `dir=auto`."""
    found = (unicodedata.bidirectional(sign) for sign in text)
    return next((each for each in found if each in ("L", "R", "AL")), "L") != "L"


def _unset(texts: Iterable[str]) -> str:
    """What the foot of the PDF says of signs that its fonts have not; the HTML page has them where a browser does."""
    missing = sum(any(_has_no_font(sign) for sign in text) for text in texts)
    if not missing:
        return ""
    return (
        f"{missing} {'text has' if missing == 1 else 'texts have'} signs that this page has no font for: see the HTML."
    )


@cache
def _has_no_font(sign: str) -> bool:
    """Whether a sign is of a script, or a picture, that the fonts of the library have not."""
    if sign.isascii() or unicodedata.category(sign) in ("Cc", "Cf", "Zs", "Zl", "Zp"):
        return False
    if unicodedata.east_asian_width(sign) in ("W", "F"):
        return True
    letter = unicodedata.category(sign)[0] in "LM"
    return letter and unicodedata.name(sign, "").partition(" ")[0] not in SCRIPTS


def _breakable(content: Any) -> Any:  # noqa: ANN401 — JSON
    """The content with a place to break in every word that no column holds."""
    match content:
        case str():
            return LONG_WORD.sub(lambda found: found[0] + "\u200b", content)
        case list():
            return [_breakable(each) for each in content]
        case dict():
            return {name: _breakable(each) for name, each in content.items()}
        case _:
            return content


def _fits(tried: Laid) -> bool:
    told = typst.query(_template(), "<fit>", field="value", one=True, **_inputs(tried))
    fit = msgspec.json.decode(told)
    return bool(fit["height"] <= fit["room"])


def _inputs(laid_out: Laid) -> dict[str, Any]:  # Any: what the library takes by name
    return {
        "root": str(TEMPLATE.parent),
        "ignore_system_fonts": True,
        "sys_inputs": {
            "map": msgspec.json.encode(_breakable(laid_out.content)).decode(),
            "paper": SHEETS[laid_out.paper],
            "size": str(laid_out.step.size),
        },
    }


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _one(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise DoesNotFit
    return made
