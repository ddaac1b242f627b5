"""Finds what the rules of this folder are about, by looking: the domain's contents, aggregates and refusals."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import ModuleType, NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import domain
from domain.kernel import Content, Refusal
from domain.sealed import Private
from domain.temporal import Aggregate

T = TypeVar("T")

LEAVES = (UUID, datetime, date, str, int, bool, Decimal, NoneType, Private)
KEYS = (UUID, str, int)


def modules() -> list[ModuleType]:
    """Every module of the domain, imported."""
    return [importlib.import_module(found.name) for found in pkgutil.walk_packages(domain.__path__, "domain.")]


def _below(cls: type[T]) -> Iterator[type[T]]:
    for each in cls.__subclasses__():
        yield each
        yield from _below(each)


def _ours(found: Iterator[type[T]]) -> list[type[T]]:
    return sorted({each for each in found if each.__module__.startswith("domain.")}, key=lambda each: each.__qualname__)


def contents() -> list[type[Content]]:
    """Every event's content that the domain declares."""
    modules()
    return _ours(_below(Content))


def refusals() -> list[type[Refusal]]:
    """Every rule's no that the domain declares."""
    modules()
    return _ours(_below(Refusal))


def aggregates() -> list[Aggregate[Any]]:  # of any state: they are looked at one by one
    """Every aggregate that the domain declares, once."""
    found = (value for module in modules() for value in vars(module).values() if isinstance(value, Aggregate))
    return sorted({each.kind: each for each in found}.values(), key=lambda each: each.kind)


def not_plain(cls: type, path: str = "") -> list[str]:
    """The fields of a dataclass, and of those within, whose type a reader of JSON could not tell for sure."""
    hints = get_type_hints(cls)
    return [fault for each in fields(cls) for fault in _faults(hints[each.name], f"{path or cls.__name__}.{each.name}")]


def _faults(hint: Any, path: str) -> list[str]:  # a type as typing gives it: a class, a union, an alias
    arguments = get_args(hint)
    match get_origin(hint):
        case None if isinstance(hint, type) and (hint in LEAVES or issubclass(hint, StrEnum)):
            return []
        case None if isinstance(hint, type) and is_dataclass(hint):
            return not_plain(hint, path)
        case origin if origin is Literal:
            return [] if all(isinstance(each, str) for each in arguments) else [f"{path}: {hint}"]
        case origin if origin in (Union, UnionType):
            some = [each for each in arguments if each is not NoneType]
            return _faults(some[0], path) if len(some) == 1 else [f"{path}: {hint}"]
        case origin if isinstance(origin, type) and issubclass(origin, tuple | frozenset):
            return [fault for each in arguments if each is not Ellipsis for fault in _faults(each, path)]
        case origin if isinstance(origin, type) and hasattr(origin, "keys") and len(arguments) == len(("key", "value")):
            key, value = arguments
            named = isinstance(key, type) and (key in KEYS or issubclass(key, StrEnum))
            named = named or get_origin(key) is Literal
            return ([] if named else [f"{path}: {hint}"]) + _faults(value, path)
    return [f"{path}: {hint}"]
