"""Deeds: POSTs about who gets in, kept beside the history and not in it. A table says who does one and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response

from adapters.http.bodies import read_body
from adapters.http.document import Document, problems
from adapters.http.presenting import encode, present
from adapters.http.schemas import Body, Field, read
from adapters.http.services import Services
from adapters.http.session import Session, open_session
from application import permissions


@dataclass(frozen=True, slots=True)
class Doing:
    """One deed being done: by whom, at which address, and with what."""

    services: Services
    session: Session
    path: Mapping[str, str]
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One address at which something is done about who gets in. `act` names the policies that allow it."""

    path: str
    act: str
    do: Callable[[Doing], object]
    title: str
    fields: Mapping[str, Field]
    answers: type[Any]

    @property
    def schema(self) -> type[Body]:
        """What the body may say."""
        name = "".join(each.title() for each in self.act.replace("-", ".").split("."))
        return Body.from_dict(dict(self.fields), name=name)  # type: ignore[return-value]  # marshmallow says Schema


def done(deed: Deed, schema: type[Body], services: Services, organisation: str, path: Mapping[str, str]) -> Response:
    """Answer one POST; what may hold a secret is kept by nobody. Raises the refusal of the rule that is not met."""
    session = open_session(services, organisation)
    said = read(schema, read_body(required=False))
    permissions.check(session.caller, deed.act)
    answer = deed.do(Doing(services, session, path, said.own))
    document = present(answer, services.vault, session.organisation)
    return Response(encode(document), 201, {"Cache-Control": "no-store"}, content_type="application/json")


def deed_document(deed: Deed, schema: type[Body], answer: Document) -> Document:
    """The description of a deed in the OpenAPI document."""
    required = any(each.required for each in deed.fields.values())
    return {
        "summary": deed.title,
        "description": " ".join((deed.do.__doc__ or "").split()),
        "requestBody": {"required": required, "content": {"application/json": {"schema": schema}}},
        "responses": {
            "201": {"description": "Done.", "content": {"application/json": {"schema": answer}}},
            **problems((400, 401, 403, 404, 409, 413, 415, 422, 503)),
        },
        "security": [{"token": []}],
    }
