"""JSON that can be read in one way only: in UTF-8, each name once, not too deep, no numbers that are none."""

from __future__ import annotations

import json
import re
from typing import Any

DEPTH = 16
"""How deep it may be nested."""


class NotPlainJson(ValueError):  # noqa: N818 — a state of affairs
    """A text that is no JSON, or one that could be read in two ways; the message says why."""


def parse(data: bytes) -> Any:  # noqa: ANN401
    """JSON text as plain values. Raises NotPlainJson."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotPlainJson(f"byte {error.start + 1} is not UTF-8") from None
    if _depth(text) > DEPTH:
        raise NotPlainJson(f"it is nested more than {DEPTH} deep")
    try:
        return json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_constant, parse_int=_short_number)
    except json.JSONDecodeError as error:
        raise NotPlainJson(f"{error.msg.removesuffix(' at')} at line {error.lineno}, column {error.colno}") from None


_MARKS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[][{}]', re.DOTALL)
"""Whole texts, which are passed over, and brackets. A text that never ends is passed over to the end."""


def _depth(text: str) -> int:
    """How deep brackets are nested, or just beyond the limit."""
    depth = deepest = 0
    for mark in _MARKS.finditer(text):
        match mark.group()[0]:
            case "[" | "{":
                depth += 1
                deepest = max(deepest, depth)
                if deepest > DEPTH:
                    break
            case "]" | "}":
                depth -= 1
            case _:
                pass
    return deepest


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotPlainJson(f"the name {_shown(twice)} stands in it twice")
    return found


def _no_constant(name: str) -> Any:  # noqa: ANN401 — never returns
    raise NotPlainJson(f"{name} is no number of JSON")


def _short_number(digits: str) -> int:
    if len(digits) > 40:
        raise NotPlainJson("it holds a number of more than 40 digits")
    return int(digits)


def _shown(name: str) -> str:
    return repr(name[:40].encode("utf-8", "replace").decode())
