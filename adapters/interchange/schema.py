"""The JSON Schema of the history format, made from the commands themselves, and the validators compiled from it.

`python -m adapters.interchange.schema` writes `history.schema.json`; a test demands that the file is what it writes.
"""

from __future__ import annotations

import inspect
import json
import sys
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import jsonschema_rs
import msgspec

from adapters.interchange.words import words
from application.catalogue import commands
from application.command import Command
from application.history import FORMAT

Schema = dict[str, Any]  # Any: JSON
SCHEMA_FILE = Path(__file__).with_name("history.schema.json")
SCHEMA_ID = "urn:avow:history:1"

DATE = r"^\d{4}-\d{2}-\d{2}$"
INSTANT = r"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$"
DAY_OR_INSTANT = f"{DATE}|{INSTANT}"
TEXT: Schema = {"type": "string", "minLength": 1}
ID: Schema = {"type": "string", "minLength": 1, "maxLength": 500}

ENVELOPE: Mapping[str, Schema] = {
    "id": {**ID, "description": "The line's own id, unique within the source."},
    "at": {
        "description": "Since when it holds: an instant with its zone, or a date: the first instant of that day in the "
        "organisation's time zone.",
        "type": "string",
        "pattern": DAY_OR_INSTANT,
    },
    "known": {
        "description": "Since when it was known. In organisations with a simulated clock only; never decreasing.",
        "type": ["string", "null"],
        "pattern": INSTANT,
    },
    "actor": {**ID, "type": ["string", "null"], "description": "The key of the person who acted."},
    "service": {
        **ID,
        "type": ["string", "null"],
        "description": "What acted where no person did, such as an integration; never beside `actor`.",
    },
    "reason": {
        **TEXT,
        "type": ["string", "null"],
        "description": "Why; needed for what is late and for corrections, unless the header tells it.",
    },
    "with": {**ID, "description": "The id of the line before: both are recorded together, or neither."},
    "labels": {
        "description": "Free labels: shown and searchable, in no rule.",
        "type": ["object", "null"],
        "additionalProperties": {"type": "string"},
    },
    "refused": {"description": "Why an earlier import refused the line; passed over.", "type": "object"},
}
REPLACES: Schema = {**ID, "description": "The id of the earlier line that this one takes the place of."}
RETRACTS: Schema = {**ID, "description": "The id of the earlier line that is taken back."}

HEADER: Schema = {
    "description": "The first line: whose history, from which source, and why it is brought in now.",
    "type": "object",
    "properties": {
        "avow": {"const": FORMAT, "description": "The version of the format."},
        "organisation": {**ID, "description": "The organisation's key."},
        "source": {**ID, "description": "Where the history comes from; lines are known by source and id."},
        "reason": {
            **TEXT,
            "type": ["string", "null"],
            "description": "Stands for every line that needs a reason and has none.",
        },
    },
    "required": ["avow", "organisation", "source"],
    "additionalProperties": False,
}


def spelt(name: str) -> str:
    """A field's name in the format: `for_` avoids a word of Python only."""
    return name.removesuffix("_")


def history_schema() -> Schema:
    """The schema of one line of a history, whichever it is."""
    topics = sorted(commands())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "One line of an Avow history",
        "description": "JSON Lines in UTF-8: a header, then one fact a line, in the order in which they were learned.",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in ("header", "retraction", *topics)],
        "$defs": {
            "header": HEADER,
            "retraction": _retraction(topics),
            **{topic: _statement(topic) for topic in topics},
        },
    }


def _statement(topic: str) -> Schema:
    asked = commands()[topic]
    own = {name: {**schema, "description": words(topic, name)} for name, schema in command_properties(asked).items()}
    properties = {"id": ENVELOPE["id"], "type": {"const": topic}, **{name: ENVELOPE[name] for name in ENVELOPE}, **own}
    properties["replaces"] = REPLACES
    return {
        "description": " ".join(inspect.cleandoc(asked.__doc__ or "").split()),
        "type": "object",
        "properties": properties,
        "required": ["id", "type", "at", *required_fields(asked)],
        "additionalProperties": False,
    }


def _retraction(topics: list[str]) -> Schema:
    envelope = {name: schema for name, schema in ENVELOPE.items() if name != "at"}
    return {
        "description": "An earlier line is taken back: what it said never was. The type is that line's, or left out.",
        "type": "object",
        "properties": {
            **envelope,
            "at": {"description": "Allowed and without meaning: a retraction acts at every instant.", "type": "string"},
            "type": {"enum": topics},
            "retracts": RETRACTS,
        },
        "required": ["id", "retracts"],
        "additionalProperties": False,
    }


def command_properties(asked: type[Command]) -> dict[str, Schema]:
    """The schema of each field of a command, by the name it has in the format."""
    hints = get_type_hints(asked)
    properties = {spelt(each.name): schema_of(hints[each.name]) for each in _fields(asked)}
    for name in clearable(asked):
        properties[name] = _one_of([properties[name], {"type": "null"}])
    return properties


def clearable(asked: type[Command]) -> tuple[str, ...]:
    """The fields of a command in which null is not the same as absent: it clears what was there (into `cleared`)."""
    hint = get_type_hints(asked).get("cleared")
    return get_args(get_args(hint)[0]) if hint is not None else ()


def required_fields(asked: type[Command]) -> list[str]:
    """The fields that a command cannot do without, by the name they have in the format."""
    return [spelt(each.name) for each in _fields(asked) if each.default is MISSING and each.default_factory is MISSING]


def _fields(cls: Any) -> tuple[Any, ...]:  # noqa: ANN401 — dataclasses tells no better
    return fields(cls)


def schema_of(hint: Any) -> Schema:  # noqa: ANN401 — any annotation
    """The schema of a value of this type. Raises TypeError for a type that JSON has no shape for."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _one_of([schema_of(each) for each in arguments if each is not msgspec.UnsetType])
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple and arguments[0] is str:
        return {"type": ["array", "string"], "items": {"type": "string"}}
    if origin in (tuple, list):
        return {"type": "array", "items": schema_of(arguments[0])}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(arguments[1])}
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [each.value for each in hint]}
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return {
            "type": "object",
            "properties": {spelt(each.name): schema_of(hints[each.name]) for each in fields(hint)},
            "required": required_fields(hint),  # type: ignore[arg-type]  # any dataclass
            "additionalProperties": False,
        }
    raise TypeError(f"{hint} has no JSON Schema")


_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
    date: {"type": "string", "pattern": DATE},
    datetime: {"type": "string", "pattern": DAY_OR_INSTANT},
    object: {},
    Any: {},
}


def _one_of(options: list[Schema]) -> Schema:
    plain = [option for option in options if set(option) <= {"type", "pattern", "items"} and "type" in option]
    null = {"type": "null"}
    if len(options) == 2 and null in options and len(plain) == 2:
        other = next(option for option in options if option != null)
        kinds = other["type"] if isinstance(other["type"], list) else [other["type"]]
        return {**other, "type": [*kinds, *([] if "null" in kinds else ["null"])]}
    return {"anyOf": options}


@cache
def validator(name: str) -> jsonschema_rs.Validator:
    """The compiled validator of the header, of a retraction, or of the statements of a topic."""
    made = HEADER if name == "header" else _retraction(sorted(commands())) if name == "retraction" else _statement(name)
    return jsonschema_rs.validator_for(made)


def written() -> str:
    """The text of the shipped file."""
    return json.dumps(history_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"{SCHEMA_FILE.name}: {len(commands())} types\n")
