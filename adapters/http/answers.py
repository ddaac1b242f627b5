"""The shape of every answer: question, position, rules, answer, present; with its tag, its lag and its next page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from flask import Response, request
from werkzeug.http import unquote_etag

from adapters.http.moments import Moments, lag
from adapters.http.presenting import Json, encode, present
from adapters.http.services import Services
from adapters.http.session import Session
from application.answers import answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A page made of an answer: what it is called, its media type, and how it comes of the answer as plain JSON.

    `make` gives the bytes and the content security policy that they need; it is asked for what was not sent before.
    """

    name: str
    media: str
    make: Callable[[Json], tuple[bytes, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a question came to.

    `answer` is as of the moment; `present` belongs to today; `asks` repeats what was asked beside the moment. `version`
    is that of the aggregate when this is its own present resource; `next` the address of the next page; a `plain`
    answer is a text, sent as it is, of a `printed` one the page that is made of it is sent. With `room` the reply is in
    no cache and has no tag: what is `present` concerns the caller alone, may not be compared with an earlier one, and
    takes up that many bytes whatever it says. `names` are the people whose own it shows, where that leaves a trace.
    """

    answer: object
    present: Mapping[str, object] = field(default_factory=dict[str, object])
    asks: Mapping[str, object] = field(default_factory=dict[str, object])
    version: int | None = None
    next: str | None = None
    plain: bool = False
    room: int = 0
    printed: Printed | None = None
    names: frozenset[UUID] = frozenset()


def reply(found: Found, moments: Moments, session: Session, services: Services) -> Response:
    """The reply: 200 with the whole answer, or 304 where the caller has it already."""
    answer, now = present([found.answer, found.present], services.vault, session.organisation)
    document = answered(moments.asked, found.asks, answer, now)
    tag = f'"v{found.version}"' if found.version is not None else _weak(document, moments, session)
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization",
        "Avow-Position": str(moments.asked.position),
        "Avow-Lag": str(lag(services, session)),
    }
    if found.next is not None:
        headers["Link"] = f'<{found.next}>; rel="next"'
    if found.room:
        del headers["ETag"]
        headers["Cache-Control"] = "no-store"
        filling = b" " * max(0, found.room - len(encode(now)))
        return Response(encode(document) + filling, 200, headers, content_type="application/json")
    if found.version is None and _has_it(tag):
        return Response(status=304, headers=headers)
    if found.printed is not None:
        return _printed(found.printed, answer, headers)
    if found.plain:
        return Response(str(found.answer), 200, headers, content_type="text/plain; charset=utf-8")
    return Response(encode(document), 200, headers, content_type="application/json")


def _printed(printed: Printed, answer: Json, headers: dict[str, str]) -> Response:
    body, policy = printed.make(answer)
    told = {"Content-Disposition": f'inline; filename="{printed.name}"'}
    if policy is not None:
        told["Content-Security-Policy"] = policy
    return Response(body, 200, {**headers, **told}, content_type=printed.media)


def _weak(document: Mapping[str, Json], moments: Moments, session: Session) -> str:
    # An instant that was not stated is left out: it moves on while the answer stays as it is.
    question = {name: value for name, value in document["question"].items() if name not in ("valid_at", "known_at")}
    kept = {**document, "question": {**question, **moments.stated}, "caller": session.known_as}
    return f'W/"{hashlib.sha256(encode(kept)).hexdigest()[:32]}"'


def _has_it(tag: str) -> bool:
    wanted = request.headers.get("If-None-Match", "")
    if wanted.strip() == "*":
        return True
    mine, _ = unquote_etag(tag)
    return mine in {unquote_etag(each.strip())[0] for each in wanted.split(",") if each.strip()}
