"""Private texts on their way into the store: found by type, sealed together, bound to the place they stand in."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from application.ports import Vault
from domain.kernel import Actor, Event, Provenance
from domain.sealed import Private

T = TypeVar("T")


def seal(events: Sequence[Event], vault: Vault) -> list[Event]:
    """The events with every private text sealed, in one call to the vault. They all belong to one organisation."""
    texts: list[Private] = []

    def collect(text: Private, place: str) -> Private:
        if text.text is not None:
            texts.append(_placed(text, place))
        return text

    for event in events:
        _map(event, collect)
    if not texts:
        return list(events)
    sealed = iter(vault.seal(events[0].organisation, texts))
    return [_map(event, lambda text, _: next(sealed) if text.text is not None else text) for event in events]


def private_texts(event: Event) -> Iterator[Private]:
    """Every private text of an event, in a fixed order, each with its place filled in."""
    found: list[Private] = []

    def collect(text: Private, place: str) -> Private:
        found.append(_placed(text, place))
        return text

    _map(event, collect)
    return iter(found)


def map_private(event: Event, change: Callable[[Private], Private]) -> Event:
    """The event with each private text, its place filled in, replaced by what `change` makes of it."""
    return _map(event, lambda text, place: change(_placed(text, place)))


Change = Callable[[Private, str], Private]
"""Makes something of a text, told the place it stands in."""


def _placed(text: Private, place: str) -> Private:
    return Private(text.subject, text.text, text.commitment, text.ciphertext, place)


def _map(event: Event, change: Change) -> Event:
    # An import does this for every line, so nothing is rebuilt in which nothing changes.
    prefix = f"{event.stream}/{event.command}/{event.index}/{event.topic}/"
    reason, actor, content = event.reason, event.actor, event.content
    if reason is not None:
        reason = change(reason, prefix + "reason")
    origin = actor.imported
    if origin is not None and origin.id is not None:
        own = change(origin.id, prefix + "actor.imported.id")
        if own is not origin.id:
            origin = Provenance(source=origin.source, line=origin.line, by=origin.by, id=own)
            actor = Actor(person=actor.person, on_behalf_of=actor.on_behalf_of, service=actor.service, imported=origin)
    content_type: type = type(content)
    if carries_private(content_type):
        content = _mapped(content, prefix, change)
    if reason is event.reason and actor is event.actor and content is event.content:
        return event
    return Event(
        organisation=event.organisation,
        stream=event.stream,
        version=event.version,
        topic=event.topic,
        word=event.word,
        fact=event.fact,
        effective_at=event.effective_at,
        actor=actor,
        command=event.command,
        index=event.index,
        content=content,
        reason=reason,
        labels=event.labels,
    )


def _mapped(value: T, path: str, change: Change) -> T:
    changes: dict[str, Any] = {}
    cls: type = type(value)
    for name in private_fields(cls):
        old = getattr(value, name)
        if old is None:
            continue
        new = _mapped_value(old, path + name, change)
        if new is not old:
            changes[name] = new
    return replace(value, **changes) if changes else value  # type: ignore[type-var]


def _mapped_value(value: Any, path: str, change: Change) -> Any:  # noqa: ANN401 — any field's
    match value:
        case Private():
            return change(value, path)
        case tuple():
            return tuple(_mapped_value(each, f"{path}.{index}", change) for index, each in enumerate(value))
        case dict():
            return {key: _mapped_value(each, f"{path}.{key}", change) for key, each in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return _mapped(value, path + ".", change)
        case _:
            return value


@cache
def carries_private(cls: type) -> bool:
    """Whether values of this type can hold a private text, at any depth."""
    return cls is Private or (is_dataclass(cls) and bool(private_fields(cls)))


@cache
def private_fields(cls: type) -> tuple[str, ...]:
    """The fields of a dataclass that can hold a private text, at any depth."""
    hints = get_type_hints(cls)
    return tuple(field.name for field in fields(cls) if any(map(carries_private, _classes(hints[field.name]))))


def _classes(hint: object) -> Iterator[type]:
    if get_origin(hint) in (types.UnionType, typing.Union, tuple, dict) or get_args(hint):
        for argument in get_args(hint):
            yield from _classes(argument)
    elif isinstance(hint, type):
        yield hint
