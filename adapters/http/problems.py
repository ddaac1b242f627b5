"""The one place where a no becomes a problem detail (RFC 9457), and where each kind of no is explained."""

from __future__ import annotations

import logging
import string
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import IntegrityError, OperationalError
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, InternalServerError

from adapters.crypto.keys import OrganisationKeysGone
from adapters.crypto.vault import KeyErased
from adapters.http.outages import (
    AnswersNotReady,
    KeyGivenMeanwhile,
    OutcomeNotKnown,
    StoreDown,
    TooManyAtOnce,
    Unforeseen,
)
from adapters.http.refusals import (
    BodyTooLarge,
    HttpRefusal,
    MethodNotOffered,
    RequestMalformed,
    RouteUnknown,
    TextForErased,
)
from adapters.instants import written
from application.deciding import VersionMoved
from application.permissions import ScopeMissing
from application.ports import KeyTaken, OutcomeUnknown, StoreUnavailable
from application.projections.model import PositionNotProjected, ReadModelDamaged, ReadModelOutdated
from application.questions import NotProjectedYet
from domain.draft import ConcurrentEdit
from domain.kernel import Refusal, RefusalKind
from domain.organisation import OrganisationGone

LOG = logging.getLogger("avow.http")
PROBLEM = "application/problem+json"

STATUS: Mapping[RefusalKind, int] = {
    RefusalKind.INVALID: 422,
    RefusalKind.CONFLICT: 409,
    RefusalKind.UNKNOWN: 404,
    RefusalKind.FORBIDDEN: 403,
}
OWN_STATUS: Mapping[type[Refusal], int] = {
    VersionMoved: 412,
    ConcurrentEdit: 412,
    NotProjectedYet: 503,
    OrganisationGone: 410,
}
"""Refusals of the inner layers for which HTTP has a status of its own."""


def status_of(refusal: type[Refusal]) -> int:
    """The status that a kind of refusal is answered with."""
    if issubclass(refusal, HttpRefusal):
        return refusal.status
    return OWN_STATUS.get(refusal) or STATUS[refusal.kind]


def title_of(code: str) -> str:
    """A rule's name as words: `Version moved` for `version-moved`."""
    words = code.replace("-", " ")
    return words[:1].upper() + words[1:]


def problem(refusal: Refusal) -> Response:
    """The reply that a refusal becomes."""
    status = refusal.code_of_status if isinstance(refusal, RequestMalformed) else status_of(type(refusal))
    body = {
        "type": f"/problems/{refusal.code}",
        "title": title_of(refusal.code),
        "status": status,
        "detail": str(refusal),
        "way_out": refusal.advice,
        "rule": refusal.code,
        **({"field": refusal.where} if refusal.where else {}),
        "data": data_of(refusal),
    }
    response = Response(msgspec.json.encode(body), status, content_type=PROBLEM)
    response.headers.update(refusal.headers if isinstance(refusal, HttpRefusal) else {})
    if isinstance(refusal, ScopeMissing):
        challenge = f'Bearer realm="avow", error="insufficient_scope", scope="{refusal.act}"'
        response.headers["WWW-Authenticate"] = challenge
    response.headers["Cache-Control"] = "no-store"
    g.problem = refusal.code
    return response


NO_DATA = frozenset({"where", "called"})
"""What a refusal keeps for its texts alone."""


def data_of(refusal: Refusal) -> dict[str, Any]:
    """The values that explain a refusal, as plain JSON; what has no plain form is left out."""
    found = {name: _plain(value) for name, value in vars(refusal).items()}
    return {name: value for name, value in found.items() if value is not None and name not in NO_DATA}


def _plain(value: object) -> object:
    match value:
        case Refusal():
            return {"rule": value.code, "detail": str(value)}
        case datetime():
            return written(value)
        case UUID() | date():
            return str(value)
        case bool() | int() | float() | str():
            return value
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case tuple() | list() | frozenset():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value):
            return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            return None


def every_refusal() -> dict[str, type[Refusal]]:
    """Every kind of refusal that there is, by its code."""
    return {kind.__new__(kind).code: kind for kind in kinds_of_refusal()}


def kinds_of_refusal(above: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every kind of refusal that can be met, nested or not."""
    for kind in above.__subclasses__():
        if hasattr(kind, "rule"):
            yield kind
        yield from kinds_of_refusal(kind)


def explained(kind: type[Refusal], code: str) -> dict[str, Any]:
    """What `GET /problems/<code>` tells about a kind of refusal."""
    where = kind.__dict__.get("where", getattr(kind, "where", ""))
    return {
        "type": f"/problems/{code}",
        "title": title_of(code),
        "status": status_of(kind),
        "meaning": " ".join((kind.__doc__ or "").split()),
        "detail": _NAMES.format(kind.rule),
        "way_out": _NAMES.format(kind.way_out),
        **({"field": where} if isinstance(where, str) and where else {}),
    }


class _Names(string.Formatter):
    """Shows a template with the names of what is filled in."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[str, str]:
        return f"<{field_name}>", field_name

    def convert_field(self, value: Any, conversion: str | None) -> Any:  # noqa: ANN401 — as the library has it
        return value

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401
        return str(value)


_NAMES = _Names()


def answer_problems(app: Flask, limit: int) -> None:
    """Let every no of this application be a problem detail; `limit` is the largest body in bytes."""
    app.register_error_handler(Refusal, problem)
    app.register_error_handler(StoreUnavailable, lambda _: problem(StoreDown()))
    app.register_error_handler(OperationalError, lambda _: problem(StoreDown()))
    for fault in (PositionNotProjected, ReadModelDamaged, ReadModelOutdated):
        app.register_error_handler(fault, lambda _: problem(AnswersNotReady()))
    app.register_error_handler(OutcomeUnknown, lambda _: problem(OutcomeNotKnown()))
    app.register_error_handler(IntegrityError, lambda _: problem(TooManyAtOnce()))
    app.register_error_handler(OrganisationKeysGone, lambda _: problem(OrganisationGone(None)))
    app.register_error_handler(KeyErased, lambda _: problem(TextForErased()))
    app.register_error_handler(KeyTaken, lambda error: problem(KeyGivenMeanwhile(error.key.kind)))

    def of_the_framework(error: HTTPException) -> Response:
        match error.code:
            case 404:
                return problem(RouteUnknown())
            case 405:
                offered = ", ".join(sorted(getattr(error, "valid_methods", None) or ())) or "GET"
                return problem(MethodNotOffered(request.method, offered))
            case 413:
                return problem(BodyTooLarge(limit))
            case code if code is not None and 400 <= code < 500:
                return problem(RequestMalformed(error.name, code))
            case _:
                return unforeseen(error)

    def unforeseen(error: Exception) -> Response:
        fault = error.original_exception if isinstance(error, InternalServerError) else error
        if fault is not None:
            # Where it happened, never what with: the message of an exception may hold what somebody wrote.
            frames = [
                f"{each.filename.rpartition('/')[2]}:{each.lineno}"
                for each in traceback.extract_tb(fault.__traceback__)
            ]
            LOG.error("unforeseen", extra={"facts": {"fault": type(fault).__name__, "frames": frames}})
        return problem(Unforeseen(g.get("request_id", "unknown")))

    app.register_error_handler(HTTPException, of_the_framework)
    app.register_error_handler(Exception, unforeseen)
