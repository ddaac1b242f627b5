"""Stored events read with the standard library alone: the same events that the product's own mapper reads."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.catalogue import CATALOGUE, UPCASTERS
from domain.kernel import Actor, Content, Event, Word
from domain.sealed import Private
from domain.transparency import Leaf

T = TypeVar("T")


class EventUnreadable(ValueError):  # noqa: N818 — what is the matter, in words
    """An event's bytes are not what its topic promises."""


def read_event(leaf: Leaf) -> Event:
    """The event of a leaf, lifted to the present schema. Raises EventUnreadable."""
    try:
        envelope = json.loads(leaf.stored)
        return Event(
            organisation=UUID(envelope["organisation"]),
            stream=leaf.stream,
            version=leaf.version,
            topic=leaf.topic,
            word=Word(envelope.get("word", Word.FACT)),
            fact=envelope["fact"],
            effective_at=datetime.fromisoformat(envelope["effective_at"]),
            actor=typed(Actor, envelope["actor"]),
            command=UUID(envelope["command"]),
            index=envelope.get("index", 0),
            content=_content(leaf.topic, envelope),
            reason=typed(Private, envelope["reason"]) if envelope.get("reason") is not None else None,
            labels=envelope.get("labels", {}),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise EventUnreadable(f"the event at position {leaf.position} cannot be read: {error!r}") from error


def _content(topic: str, envelope: Mapping[str, Any]) -> Content | None:
    plain = envelope.get("content")
    if plain is None:
        return None
    shape, schema = CATALOGUE[topic], envelope["schema"]
    for each in range(schema, shape.SCHEMA):
        plain = UPCASTERS[topic, each](plain)
    return typed(shape, plain)


def typed(kind: type[T], plain: Any) -> T:  # noqa: ANN401 — JSON
    """A value of this type from plain JSON. Raises ValueError, TypeError, KeyError."""
    return _typed(kind, plain)  # type: ignore[no-any-return]


def _typed(hint: Any, plain: Any) -> Any:  # noqa: ANN401 — any type that contents are made of
    origin = get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        if plain is None:
            return None
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        return _typed(inner, plain)
    if origin is tuple:
        inner, _ = get_args(hint)
        return tuple(_typed(inner, each) for each in plain)
    if origin is not None and _is_mapping(origin):
        of_key, of_value = get_args(hint)
        return {_typed(of_key, key): _typed(of_value, value) for key, value in plain.items()}
    if origin is Literal:
        if plain not in get_args(hint):
            raise ValueError(plain)
        return plain
    if is_dataclass(hint):
        return _made(hint, plain)
    if hint is UUID:
        return UUID(plain)
    if hint is datetime:
        return datetime.fromisoformat(plain)
    if hint is date:
        return date.fromisoformat(plain)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(plain)
    if hint in (str, int, bool) and type(plain) is hint:
        return plain
    raise TypeError(f"{plain!r} is no {hint}")


def _is_mapping(origin: Any) -> bool:  # noqa: ANN401 — a type's origin
    """Whether a generic type is a mapping."""
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _made(kind: Any, plain: Mapping[str, Any]) -> Any:  # noqa: ANN401 — any dataclass
    given = {}
    for name, hint, required in _fields(kind):
        if name in plain:
            given[name] = _typed(hint, plain[name])
        elif required:
            raise KeyError(name)
    return kind(**given)


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any, bool], ...]:  # noqa: ANN401 — any dataclass
    hints = get_type_hints(kind)
    return tuple(
        (each.name, hints[each.name], each.default is MISSING and each.default_factory is MISSING)
        for each in fields(kind)
        if each.init
    )
