"""Request bodies: read within limits of size and time, as one JSON object in UTF-8, without surprises."""

from __future__ import annotations

import time
from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from adapters.http.refusals import BodyNotJson, BodyTooLarge, BodyTooSlow, MediaTypeNotRead
from adapters.plain_json import NotPlainJson, parse

LIMIT = 1 << 20
"""How many bytes a body may have."""
PATIENCE = 5.0
"""Seconds that a body may take: what its caller may do was looked up before it."""


def read_body(*, required: bool = True) -> Any:  # noqa: ANN401 — whatever JSON was sent
    """The request's body. Raises MediaTypeNotRead, BodyTooLarge, BodyTooSlow, BodyNotJson."""
    began = time.monotonic()
    data = _read_within(LIMIT)
    if time.monotonic() - began > PATIENCE:
        raise BodyTooSlow(PATIENCE)
    if not data and not required:
        return {}
    if request.mimetype != "application/json":
        raise MediaTypeNotRead(request.mimetype[:80] or "unknown")
    try:
        return parse(data)
    except NotPlainJson as error:
        raise BodyNotJson(str(error)) from None


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
