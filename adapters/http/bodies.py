"""Request bodies: read within a limit, as one JSON object in UTF-8, without surprises."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from adapters.http.refusals import BodyNotJson, BodyTooLarge, MediaTypeNotRead

LIMIT = 1 << 20
"""How many bytes a body may have."""
DEPTH = 16
"""How deep it may be nested."""


def read_body(*, required: bool = True) -> Any:  # noqa: ANN401 — whatever JSON was sent
    """The request's body. Raises MediaTypeNotRead, BodyTooLarge, BodyNotJson."""
    data = _read_within(LIMIT)
    if not data and not required:
        return {}
    if request.mimetype != "application/json":
        raise MediaTypeNotRead(request.mimetype[:80] or "unknown")
    return parse(data)


def parse(data: bytes) -> Any:  # noqa: ANN401
    """JSON text as plain values. Raises BodyNotJson."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BodyNotJson(f"byte {error.start + 1} is not UTF-8") from None
    if _depth(text) > DEPTH:
        raise BodyNotJson(f"it is nested more than {DEPTH} deep")
    try:
        return json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_constant, parse_int=_short_number)
    except json.JSONDecodeError as error:
        raise BodyNotJson(f"{error.msg} at line {error.lineno}, column {error.colno}") from None


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


def _read_within(limit: int) -> bytes:
    """The body, of which no more is read than the limit. Raises BodyTooLarge."""
    if (request.content_length or 0) > limit:
        raise BodyTooLarge(limit)
    parts, length = list[bytes](), 0
    try:
        while part := request.stream.read(65_536):
            parts.append(part)
            length += len(part)
            if length > limit:
                raise BodyTooLarge(limit)
    except RequestEntityTooLarge:
        raise BodyTooLarge(limit) from None
    return b"".join(parts)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BodyNotJson(f"the name {_shown(twice)} stands in it twice")
    return found


def _no_constant(name: str) -> Any:  # noqa: ANN401 — never returns
    raise BodyNotJson(f"{name} is no number of JSON")


def _short_number(digits: str) -> int:
    if len(digits) > 40:
        raise BodyNotJson("it holds a number of more than 40 digits")
    return int(digits)


def _shown(name: str) -> str:
    return repr(name[:40].encode("utf-8", "replace").decode())
