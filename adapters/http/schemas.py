"""Schemas of request bodies, generated from the commands: nobody writes a field twice."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, get_args, get_origin
from zoneinfo import ZoneInfo

import msgspec
from marshmallow import RAISE, Schema
from marshmallow import fields as base
from marshmallow.exceptions import ValidationError

from adapters.http.fields import (
    LINE,
    TEXT_PATTERN,
    Day,
    Named,
    Number,
    OneOf,
    Several,
    Text,
    TextOrObject,
    When,
    WholeNumber,
    YesOrNo,
)
from adapters.http.refusals import FieldsNotValid
from adapters.http.vocabulary import ENVELOPE, Word, word
from adapters.instants import ASKED_ABOUT, read_instant
from application.command import Command

Field = base.Field[Any]  # Any: a field's value is of its own type


class Body(Schema):
    """A request's body: what is not named is not taken."""

    class Meta:
        """Unknown names are refused."""

        unknown = RAISE


@dataclass(frozen=True, slots=True)
class Said:
    """A body that was read: the command's own fields, and those of the envelope."""

    own: Mapping[str, Any]
    envelope: Mapping[str, Any]


def spelt(name: str) -> str:
    """A field's name as it is sent: `for_` avoids a word of Python only."""
    return name.removesuffix("_")


_made_before: dict[tuple[type[Any], frozenset[str]], type[Body]] = {}
"""Schemas are made once: the document refers to each by its class."""


def schema_of(asked: type[Any], filled: frozenset[str] = frozenset()) -> type[Body]:
    """The schema of the body for a command, without the fields that the address fills in."""
    found = _made_before.get((asked, filled))
    if found is None:
        found = _made_before[asked, filled] = _schema(asked, filled)
    return found


def _schema(asked: type[Any], filled: frozenset[str]) -> type[Body]:
    own = {name: field for name, field in fields_of(asked).items() if name not in filled}
    body = Body.from_dict({**own, **envelope_fields()}, name=_schema_name(asked, filled))
    body.__doc__ = " ".join(inspect.cleandoc(asked.__doc__ or "").split())
    return typing.cast("type[Body]", body)


def _schema_name(asked: type[Any], filled: frozenset[str]) -> str:
    return asked.__name__ + "".join(f"Of{each.title()}" for each in sorted(filled))


@cache
def envelope_schema() -> type[Body]:
    """The schema of a retraction's body: it says when and why, and nothing of its own."""
    body = Body.from_dict(envelope_fields(), name="Retraction")
    body.__doc__ = "What a recorded fact said never was. Needs a reason."
    return typing.cast("type[Body]", body)


def envelope_fields() -> dict[str, Field]:
    """The fields that every body may have beside its command's."""
    return {
        "at": When(**_explained(ENVELOPE["at"]), load_default=None, allow_none=True),
        "reason": _text(ENVELOPE["reason"], load_default=None, allow_none=True),
        "labels": Named(Text(longest=LINE), **_explained(ENVELOPE["labels"]), load_default=dict),
        "known": When(**_explained(ENVELOPE["known"]), load_default=None, allow_none=True),
    }


def fields_of(asked: type[Any]) -> dict[str, Field]:
    """The fields of a command or of a dataclass within one, by the name they are sent under."""
    hints = _hints(asked)
    clearable = _clearable(asked)
    return {
        spelt(each.name): _field(
            hints[each.name],
            spelt(each.name),
            {**_default(each), **({"allow_none": True} if each.name in clearable else {})},
        )
        for each in fields(asked)
    }


# Reading the types of a class anew costs more than all the rest of a request's conversion.
_hints: Callable[[Any], Mapping[str, Any]] = cache(typing.get_type_hints)


def _read_clearable(asked: type[Any]) -> frozenset[str]:
    """The fields that null clears; the command names them in its own field `cleared`."""
    hint = _hints(asked).get("cleared")
    return frozenset(get_args(get_args(hint)[0])) if hint is not None else frozenset()


_clearable: Callable[[Any], frozenset[str]] = cache(_read_clearable)


def _default(field: Any) -> dict[str, Any]:  # noqa: ANN401 — dataclasses tells no better
    if field.default is MISSING and field.default_factory is MISSING:
        return {"required": True}
    return {}


def _field(hint: Any, name: str, options: dict[str, Any]) -> Field:  # noqa: ANN401 — any annotation
    origin, arguments = get_origin(hint), get_args(hint)
    about = word(name)
    if origin in (types.UnionType, typing.Union):
        left = [each for each in arguments if each not in (types.NoneType, msgspec.UnsetType)]
        nullable = {"allow_none": True} if types.NoneType in arguments else {}
        if len(left) == 1:
            return _field(left[0], name, {**options, **nullable})
        objects = [each for each in left if isinstance(each, type) and is_dataclass(each)]
        if len(left) != 2 or len(objects) != 1 or str not in left:
            raise TypeError(f"{name}: a field is of one type, or a key or an object, not of {left}")
        text, nested = _text(about, shortest=1), base.Nested(_nested(objects[0]))
        return TextOrObject(text, nested, **_explained(about), **options, **nullable)
    if origin is Literal:
        return OneOf(tuple(arguments), **_explained(about), **options)
    if origin in (tuple, list):
        each = _field(arguments[0], name, {})
        each.metadata = {key: value for key, value in each.metadata.items() if key not in ("description", "examples")}
        return Several(each, **_explained(about), **options)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return Named(_field(arguments[1], name, {}), **_explained(about), **options)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return OneOf(tuple(each.value for each in hint), **_explained(about), **options)
    if isinstance(hint, type) and is_dataclass(hint):
        return base.Nested(_nested(hint), **_explained(about), **options)
    if hint in (int, float, bool) and not (about.example is None or isinstance(about.example, hint)):
        about = about._replace(example=None)  # a word that is a text elsewhere
    if hint is str:
        return _text(about, shortest=1 if about.pattern != TEXT_PATTERN else 0, **options)
    plain: dict[Any, type[Any]] = {int: WholeNumber, float: Number, bool: YesOrNo, date: Day, datetime: When}
    if hint not in plain:
        raise TypeError(f"{name}: there is no field for {hint}")
    made: Field = plain[hint](**_explained(about), **options)
    return made


def _nested(kind: type[Any]) -> type[Body]:
    found = _made_before.get((kind, frozenset()))
    if found is not None:
        return found
    nested = Body.from_dict(fields_of(kind), name=kind.__name__ + "Body")
    nested.__doc__ = inspect.cleandoc(kind.__doc__ or "")
    made = _made_before[kind, frozenset()] = typing.cast("type[Body]", nested)
    return made


def _text(about: Word, **options: Any) -> Text:  # noqa: ANN401
    return Text(longest=about.longest, pattern=about.pattern, **_explained(about), **options)


def _explained(about: Word) -> dict[str, Any]:
    found: dict[str, Any] = {"description": about.meaning} if about.meaning else {}
    if about.example is not None:
        found["examples"] = [about.example]
    return {"metadata": found}


def read(schema: type[Body], body: object) -> Said:
    """The body, checked. Raises FieldsNotValid, which names every field at fault."""
    if not isinstance(body, dict):
        raise FieldsNotValid(
            "body", "this has to be a JSON object: {...}", {"body": "this has to be a JSON object: {...}"}
        )
    try:
        loaded: dict[str, Any] = _checks(schema).load(body)
    except ValidationError as error:
        problems = dict(_problems(error.messages, ""))
        first = min(problems)
        raise FieldsNotValid(
            first[:KEPT], problems[first], {name[:KEPT]: problems[name] for name in sorted(problems)[:20]}
        ) from None
    envelope = {name: loaded.pop(name) for name in ENVELOPE if name in loaded}
    return Said(loaded, envelope)


@cache
def _checks(schema: type[Body]) -> Body:
    # Made once: it holds nothing of the bodies that it checks, and making it copies all its fields.
    return schema()


KEPT = 80
"""How much of a field's name, which may be anything, is said back."""


def _problems(messages: Any, path: str) -> typing.Iterator[tuple[str, str]]:  # noqa: ANN401 — marshmallow's own shape
    if isinstance(messages, dict):
        for name, below in messages.items():
            here = path if name in ("value", "key", "_schema") and path else f"{path}.{name}" if path else str(name)
            yield from _problems(below, here.encode("utf-8", "replace").decode())
    else:
        text = " ".join(str(each) for each in messages) if isinstance(messages, list) else str(messages)
        yield path, _SAID.get(text, text)


_SAID = {
    "Unknown field.": "there is no such field here",
    "Missing data for required field.": "this is required",
    "Field may not be null.": "this cannot be null",
    "Invalid input type.": "this has to be an object: {...}",
}


def command_of(asked: type[Command], own: Mapping[str, Any], filled: Mapping[str, str], zone: ZoneInfo) -> Command:
    """The command, from what the body says and the address fills in; bare dates are days of `zone`."""
    given = {**own, **filled}
    made = _made(asked, given, zone)
    if not isinstance(made, Command):
        raise TypeError(made)
    return made


def _made(kind: type[Any], given: Mapping[str, Any], zone: ZoneInfo) -> Any:  # noqa: ANN401 — an instance of `kind`
    hints = _hints(kind)
    if cleared := sorted(name for name in _clearable(kind) if name in given and given[name] is None):
        kept = {name: value for name, value in given.items() if name not in cleared}
        given = {**kept, "cleared": [*dict.fromkeys([*given.get("cleared", ()), *cleared])]}
    return kind(
        **{
            each.name: _value(hints[each.name], given[spelt(each.name)], spelt(each.name), zone)
            for each in fields(kind)
            if spelt(each.name) in given
        }
    )


def _value(hint: Any, value: Any, name: str, zone: ZoneInfo) -> Any:  # noqa: ANN401
    origin, arguments = get_origin(hint), get_args(hint)
    if value is None:
        return None
    if origin in (types.UnionType, typing.Union):
        left = [each for each in arguments if each not in (types.NoneType, msgspec.UnsetType)]
        fitting = [each for each in left if is_dataclass(each) is isinstance(value, dict)]
        return _value((fitting or left)[0], value, name, zone)
    if origin in (tuple, list):
        return tuple(_value(arguments[0], each, name, zone) for each in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _value(arguments[1], each, name, zone) for key, each in value.items()}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _made(hint, value, zone)
    if hint is datetime:
        return read_instant(value, zone, name, end_of_day=name in ASKED_ABOUT)
    return value
