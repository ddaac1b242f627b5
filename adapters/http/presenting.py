"""Answers as JSON: dataclasses become objects, and every private text of a page is opened in one call to the vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import msgspec

from adapters.instants import written
from application.ports import Vault
from domain.sealed import Private

Json = Any  # what the encoder takes

ERASED: Mapping[str, bool] = {"erased": True}
"""What stands in the place of a text whose key was destroyed."""

SCHEMA_OF_PRIVATE = {
    "description": "A text opened for this caller, or a mark that it was erased.",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"erased": {"const": True}},
            "required": ["erased"],
            "additionalProperties": False,
        },
    ],
}


def present(value: object, vault: Vault, organisation: UUID) -> Json:
    """The value as plain JSON."""
    sealed = list(dict.fromkeys(_private(value)))
    texts = vault.open(organisation, sealed) if sealed else []
    opened = dict(zip(sealed, texts, strict=True))

    def open_(text: Private) -> Json:
        if text.text is not None:
            return text.text
        found = opened[text]
        return dict(ERASED) if found is None else found

    return _plain(value, open_)


def _private(value: object) -> Iterator[Private]:
    match value:
        case Private():
            if value.text is None:
                yield value
        case Mapping():
            for each in value.values():
                yield from _private(each)
        case list() | tuple() | frozenset():
            for each in value:
                yield from _private(each)
        case _ if is_dataclass(value) and not isinstance(value, type):
            for field in fields(value):
                yield from _private(getattr(value, field.name))
        case _:
            return


def _plain(value: object, open_: Callable[[Private], Json]) -> Json:
    match value:
        case None | bool() | int() | float():
            return value
        case Private():
            return open_(value)
        case Enum():
            return value.value
        case str():
            return value
        case datetime():
            return written(value)
        case date() | UUID():
            return str(value)
        case Mapping():
            return {str(_plain(key, open_)): _plain(each, open_) for key, each in value.items()}
        case frozenset():
            return sorted((_plain(each, open_) for each in value), key=str)
        case list() | tuple():
            return [_plain(each, open_) for each in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {field.name.removesuffix("_"): _plain(getattr(value, field.name), open_) for field in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no place in an answer")


def encode(document: Json) -> bytes:
    """The bytes of a document: the same for the same document, for ever."""
    return msgspec.json.encode(document)


def schemas_of(kinds: tuple[Any, ...]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The JSON Schemas of answers, by reference, and the components they refer to."""
    found, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    if Private.__name__ in components:
        components[Private.__name__] = dict(SCHEMA_OF_PRIVATE)
    return list(found), components
