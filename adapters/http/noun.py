"""A noun of the API: its acts and its questions, registered by table, documented from what they are made of."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response
from flask_smorest import Api, Blueprint  # type: ignore[import-untyped]

from adapters.http.acts import Act, Acting
from adapters.http.asks import Ask, Asking
from adapters.http.deeds import Deed, deed_document, done
from adapters.http.document import MEANINGS, Document, problems
from adapters.http.presenting import schemas_of
from adapters.http.schemas import Body, schema_of
from adapters.http.vocabulary import word
from application import permissions

View = Callable[..., Response]
ROOT = "/v1/organisations/<organisation>"


class PolicyMissing(LookupError):  # noqa: N818 — a state of affairs
    """A route that no policy is declared for. The application does not start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """What the API offers about one noun of the domain."""

    name: str
    description: str
    acts: tuple[Act, ...] = ()
    asks: tuple[Ask, ...] = ()
    deeds: tuple[Deed, ...] = ()


def blueprint_of(noun: Noun, acting: Acting, asking: Asking) -> Blueprint:
    """The noun's routes. Raises PolicyMissing for one without a policy."""
    blueprint = Blueprint(noun.name, __name__, url_prefix=ROOT, description=noun.description)
    for act in noun.acts:
        if act.topic not in permissions.COMMANDS:
            raise PolicyMissing(f"POST {act.path}: no policy for {act.topic}")
        _add(blueprint, act.path, "POST", _act_view(act, acting), act_document(act))
    for deed in noun.deeds:
        if deed.act not in permissions.OFFICE:
            raise PolicyMissing(f"POST {deed.path}: no policy for {deed.act}")
        schema = deed.schema
        _add(
            blueprint,
            deed.path,
            "POST",
            _deed_view(deed, schema, acting),
            deed_document(deed, schema, SHAPES.get(deed.answers, {})),
        )
    for ask in noun.asks:
        if ask.view not in permissions.VIEWS:
            raise PolicyMissing(f"GET {ask.path}: no policy for the view {ask.view}")
        _add(blueprint, ask.path, "GET", _ask_view(ask, asking), ask_document(ask))
    return blueprint


def _add(blueprint: Blueprint, path: str, method: str, view: View, document: Document) -> None:
    name = f"{method.lower()}_{re.sub(r'[^a-z]+', '_', path.replace('path:', '').lower()).strip('_')}"
    view.__name__ = name
    document["operationId"] = name
    blueprint.add_url_rule(
        "/" + path if path else "",
        name,
        blueprint.doc(**document)(view),
        methods=[method],
        parameters=path_parameters(path),
    )


def path_parameters(path: str) -> list[Document]:
    """What the parts of an address mean, the organisation first."""
    names = ["organisation", *re.findall(r"<(?:path:)?([a-z]+)>", path)]
    return [
        {
            "in": "path",
            "name": name,
            "required": True,
            "description": word(name).meaning,
            "schema": {"type": "string", "minLength": 1},
        }
        for name in names
    ]


def _act_view(act: Act, acting: Acting) -> View:
    def view(organisation: str, **path: str) -> Response:
        return acting.carry_out(act, organisation, {name: str(value) for name, value in path.items()})

    return view


def _deed_view(deed: Deed, schema: type[Body], acting: Acting) -> View:
    def view(organisation: str, **path: str) -> Response:
        return done(deed, schema, acting.services, organisation, {name: str(value) for name, value in path.items()})

    return view


def _ask_view(ask: Ask, asking: Asking) -> View:
    def view(organisation: str, **path: str) -> Response:
        return asking.answer(ask, organisation, {name: str(value) for name, value in path.items()})

    return view


def act_document(act: Act) -> Document:
    """The description of an act in the OpenAPI document."""
    about = " ".join(inspect.cleandoc(act.command.__doc__ or "").split())
    schema = schema_of(act.command, act.schema_fields)
    required = any(each.required for each in schema().fields.values())
    statuses = (400, 401, 403, 404, 409, 410, 413, 415, 422, 503, *((412, 428) if act.changes else ()))
    recorded = "Recorded" if act.apart is None else "RecordedOrConfided"
    return {
        "summary": act.title or about.partition(".")[0] + ".",
        "description": f"{about}\n\nRecords `{act.topic}`.",
        "parameters": ["IdempotencyKey", *(("IfMatch",) if act.changes else ())],
        "requestBody": {"required": required, "content": {"application/json": {"schema": schema}}},
        "responses": {"201": {"$ref": f"#/components/responses/{recorded}"}, **problems(statuses)},
        "security": [{"token": []}],
    }


def ask_document(ask: Ask) -> Document:
    """The description of a question in the OpenAPI document."""
    named = [
        *(("ValidAt", "KnownAt") if ask.times else ()),
        "AtLeast",
        "AvowAtLeast",
        "IfNoneMatch",
        *(("Cursor", "PageSize") if ask.pages else ()),
    ]
    own = [
        {
            "in": "query",
            "name": each.name,
            "required": each.required,
            "description": each.meaning,
            "schema": dict(each.schema),
        }
        for each in ask.arguments
    ]
    statuses = (400, 401, 403, 404, 410, 422, 503, 504)
    return {
        "summary": ask.title,
        "description": inspect.cleandoc(ask.find.__doc__ or ""),
        "parameters": [*named, *own],
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {
                    name: {"$ref": f"#/components/headers/{name}"}
                    for name in ("ETag", "Avow-Position", "Avow-Lag", *(("Link",) if ask.pages else ()))
                },
                "content": _contents(ask),
            },
            "304": {"description": MEANINGS[304]},
            **problems(statuses),
        },
        "security": [{"token": []}],
    }


def _contents(ask: Ask) -> Document:
    if ask.media:
        # Before anything was recorded there is nothing to print: the answer says so, as JSON.
        nothing = {"$ref": "#/components/schemas/NothingRecorded"}
        empty = {"type": "object", "required": ["answer"], "properties": {"answer": nothing}}
        return {ask.media: {"schema": {"type": "string"}}, "application/json": {"schema": empty}}
    if ask.plain:
        return {"text/plain": {"schema": {"type": "string"}}}
    return {"application/json": {"schema": _answer_schema(ask)}}


def answer_shapes(nouns: tuple[Noun, ...], api: Api) -> None:
    """Describe every answer's shape, all in one go, so that two of one name are told apart."""
    asked = [ask.answers for noun in nouns for ask in noun.asks if ask.answers is not None]
    kinds = list(dict.fromkeys([*asked, *(deed.answers for noun in nouns for deed in noun.deeds)]))
    shapes, found = schemas_of(tuple(kinds))
    SHAPES.update(zip(kinds, shapes, strict=True))
    for name, schema in found.items():
        api.spec.components.schema(name, schema)


SHAPES: dict[Any, Document] = {}


def _answer_schema(ask: Ask) -> Document:
    answer = SHAPES.get(ask.answers, {}) if ask.answers is not None else {}
    nothing = {"$ref": "#/components/schemas/NothingRecorded"}
    return {
        "type": "object",
        "required": ["question", "position", "rules", "answer", "present"],
        "properties": {
            "question": {"$ref": "#/components/schemas/Asked"},
            "position": {"type": "integer", "description": "The known time of the answer, as a position."},
            "rules": {"type": "integer", "description": "The version of the definitions behind the answer."},
            "answer": {"anyOf": [answer, nothing]} if answer else {},
            "present": {
                "type": "object",
                "description": "What belongs to today and changes with it: `labels` tells what is in the answer by "
                "its id, as it is called now.",
                "properties": {"labels": {"$ref": "#/components/schemas/Labels"}},
            },
        },
    }
