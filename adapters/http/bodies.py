"""Request bodies: read within a limit, as one JSON object in UTF-8, without surprises."""

from __future__ import annotations

import json
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
    try:
        data = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise BodyTooLarge(LIMIT) from None
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


def _depth(text: str) -> int:
    """How deep brackets are nested; those within texts count for nothing."""
    deepest = depth = 0
    quoted = escaped = False
    for character in text:
        if quoted:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                quoted = False
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEPTH:
                return deepest
        elif character in "]}":
            depth -= 1
    return deepest


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
