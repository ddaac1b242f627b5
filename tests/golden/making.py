"""Makes the stored events that are kept for ever: one for each topic and schema, with every field filled.

`python -m tests.golden.making` writes those that are missing, and their digests into the manifest. It changes none that
is there: what was once stored has to be read for ever.
"""

from __future__ import annotations

import hashlib
import json
import sys
import types
import typing
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

from eventsourcing.persistence import StoredEvent

from adapters.mapper import EventMapper
from application.sealing import map_private
from domain.catalogue import CATALOGUE
from domain.kernel import Actor, Event, Word
from domain.sealed import Private

FOLDER = Path(__file__).with_name("events")
MANIFEST = Path(__file__).with_name("manifest.json")
NAMESPACE = UUID("0b7d6a52-5c43-5f0e-8f3a-6a4c9d0e2f17")


@dataclass(frozen=True, slots=True)
class Golden:
    """The name of a kept event: its topic, the schema it was stored in, and which word it is."""

    topic: str
    schema: int
    word: Word = Word.FACT

    @property
    def file(self) -> str:
        """The name of its file."""
        said = "" if self.word is Word.FACT else f".{self.word}"
        return f"{self.topic}.{self.schema}{said}.json"

    @classmethod
    def of(cls, file: str) -> Golden:
        """The one that a file of this name holds."""
        group, act, schema, *word = file.removesuffix(".json").split(".")
        return cls(f"{group}.{act}", int(schema), Word(word[0]) if word else Word.FACT)

    def stored(self, state: bytes) -> StoredEvent:
        """The event as the store gives it back."""
        return StoredEvent(an_id("stream"), 7, self.topic, state)


def wanted() -> list[Golden]:
    """Every event that has to be there: each topic in each schema that it ever had, and one of each word."""
    facts = [Golden(topic, schema) for topic, cls in CATALOGUE.items() for schema in range(1, cls.SCHEMA + 1)]
    words = [Golden("commitment.made", 1, word) for word in (Word.REPLACEMENT, Word.RETRACTION)]
    return [*sorted(facts, key=lambda each: each.file), *words]


def made(golden: Golden) -> Event:
    """The event as it is at present: everything that it can say is said."""
    content = filled(CATALOGUE[golden.topic], golden.topic)
    actor: Actor = filled(Actor, "actor")
    event = Event(
        organisation=an_id("organisation"),
        stream=an_id("stream"),
        version=7,
        topic=golden.topic,
        word=golden.word,
        fact=7 if golden.word is Word.FACT else 3,
        effective_at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
        actor=actor,
        command=an_id("command"),
        index=2,
        content=None if golden.word is Word.RETRACTION else content,
        reason=filled(Private, "reason"),
        labels={"Quelle": "Akte № 7", "period": "2026"},
    )
    return map_private(event, replace)


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(NAMESPACE, name)


def filled(hint: Any, path: str) -> Any:  # a value of whichever type the hint names
    """A value of a type in which no field is left at its default, and which follows from its path alone."""
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin in {types.UnionType, typing.Union}:
        return filled(next(each for each in arguments if each is not types.NoneType), path)
    if origin is Literal:
        return arguments[0]
    if origin is tuple:
        return tuple(filled(arguments[0], f"{path}.{number}") for number in range(2))
    if origin is not None and issubclass(origin, Mapping):
        return {filled(arguments[0], f"{path}.{key}"): filled(arguments[1], f"{path}.{key}") for key in "ab"}
    return _leaf(hint, path)


def _leaf(kind: type[Any], path: str) -> Any:
    if kind is Private:
        digest = hashlib.sha256(path.encode()).hexdigest()
        return Private(an_id(path), commitment=digest, ciphertext=b64encode(path.encode()).decode())
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{each.name: filled(hints[each.name], f"{path}.{each.name}") for each in fields(kind)})
    if issubclass(kind, Enum):
        return next(iter(kind))  # the first: members to come are put behind it
    leaves: dict[type[Any], Any] = {
        UUID: an_id(path), datetime: datetime(2026, 7, 8, 9, 10, 11, 12, tzinfo=UTC), date: date(2026, 12, 31),
        str: f"„{path}“ \N{EM DASH} Ω\N{GRINNING FACE}\n", bool: True, int: len(path),
    }  # fmt: skip
    return leaves[kind]


def stored(golden: Golden) -> bytes:
    """The bytes that the event is stored as at present."""
    return EventMapper().to_stored_event(made(golden)).state


def digest(data: bytes) -> str:
    """What the manifest keeps of a file."""
    return hashlib.sha256(data).hexdigest()


def manifest() -> dict[str, str]:
    """The digest of every file that is kept."""
    kept: dict[str, str] = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else {}
    return kept


def write_missing() -> list[str]:
    """Write the files that are missing; those of an older schema are nobody's to make any more."""
    kept, new = manifest(), list[str]()
    for golden in wanted():
        if golden.file not in kept and golden.schema == CATALOGUE[golden.topic].SCHEMA:
            data = stored(golden)
            (FOLDER / golden.file).write_bytes(data)
            kept[golden.file] = digest(data)
            new.append(golden.file)
    MANIFEST.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n")
    return new


if __name__ == "__main__":
    sys.stdout.write("".join(f"{name}\n" for name in write_missing()))
