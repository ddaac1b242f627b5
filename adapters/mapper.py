"""Events to bytes and back: JSON that a person can read, typed by the catalogue, sealed before it gets here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, MapperDeserialisationError, StoredEvent

from application.sealing import carries_private, private_fields
from domain.catalogue import CATALOGUE, UPCASTERS, Upcaster
from domain.kernel import Actor, Content, Event, Party, Word
from domain.sealed import Private

C = TypeVar("C", bound=Content)


class PlaintextNotSealed(Exception):  # noqa: N818 — a state of affairs, named like the others of the store
    """A private text was about to be stored in clear. Nothing was stored; seal the event first."""


class TopicUnknown(MapperDeserialisationError):  # noqa: N818
    """A stored event has a topic, or a schema of one, that this version of Avow does not know."""


class _Envelope(msgspec.Struct):
    """What is stored of an event beside its stream, version and topic, which the store keeps in columns."""

    organisation: UUID
    effective_at: datetime
    actor: Actor
    command: UUID
    fact: int
    schema: int
    index: int = 0
    word: Word = Word.FACT
    reason: Private | None = None
    labels: dict[str, str] = {}
    content: msgspec.Raw = msgspec.Raw()


class EventMapper(Mapper[UUID]):
    """The library's mapper for our `Event`.

    A field is left out while it holds its default None; empty labels are left out. The `place` of a private text is
    not stored: it follows from the envelope and is filled in on reading, so that a text moved elsewhere never opens.
    """

    def __init__(
        self,
        catalogue: Mapping[str, type[Content]] = CATALOGUE,
        upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS,
    ) -> None:
        super().__init__(JSONTranscoder())
        self._shapes = {topic: _Shape(content, upcasters) for topic, content in catalogue.items()}
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(_Envelope).decode

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The event as bytes. Raises PlaintextNotSealed; ValueError for a time without a zone."""
        if not isinstance(domain_event, Event):
            raise TypeError(domain_event)
        event = domain_event
        if event.effective_at.tzinfo is None:
            raise ValueError(f"{event.topic} has a time without a zone: {event.effective_at}")
        document: dict[str, object] = {
            "organisation": event.organisation,
            "effective_at": event.effective_at.astimezone(UTC),
            "actor": _plain(event.actor),
            "command": event.command,
            "index": event.index,
            "word": event.word,
            "fact": event.fact,
        }
        if event.labels:
            document["labels"] = event.labels
        if event.reason is not None:
            document["reason"] = _plain(event.reason)
        document["schema"] = self._shape(event.topic).schema
        if event.content is not None:
            document["content"] = _plain(event.content)
        return StoredEvent(event.stream, event.version, event.topic, self._encode(document))

    def to_domain_event(self, stored_event: StoredEvent) -> Event:
        """The event that was stored, lifted to the present schema. Raises TopicUnknown, MapperDeserialisationError."""
        shape = self._shape(stored_event.topic)
        try:
            envelope = self._decode(stored_event.state)
            content = shape.read(envelope.content, envelope.schema) if envelope.content else None
        except msgspec.MsgspecError as error:
            raise MapperDeserialisationError(f"{stored_event.topic} cannot be read: {error}") from error
        if isinstance(stored_event.originator_id, str):
            raise MapperDeserialisationError(f"a stream's id is a UUID, not {stored_event.originator_id!r}")
        if shape.private or envelope.reason is not None or envelope.actor.imported is not None:
            place = f"{stored_event.originator_id}/{envelope.command}/{envelope.index}/{stored_event.topic}"
            _fill_places(content, place, "/")
            _fill_places(envelope.reason, f"{place}/reason")
            _fill_places(envelope.actor, f"{place}/actor")
        return Event(
            organisation=envelope.organisation,
            stream=stored_event.originator_id,
            version=stored_event.originator_version,
            topic=stored_event.topic,
            word=envelope.word,
            fact=envelope.fact,
            effective_at=envelope.effective_at,
            actor=envelope.actor,
            command=envelope.command,
            index=envelope.index,
            content=content,
            reason=envelope.reason,
            labels=envelope.labels,
        )

    def _shape(self, topic: str) -> _Shape[Content]:
        try:
            return self._shapes[topic]
        except KeyError:
            raise TopicUnknown(f"no content is declared for the topic {topic!r}; is this a newer history?") from None


class _Shape(Generic[C]):
    """How the content of one topic is read, at its present schema and at older ones."""

    def __init__(self, content: type[C], upcasters: Mapping[tuple[str, int], Upcaster]) -> None:
        self.content, self.topic, self.schema = content, content.TOPIC, content.SCHEMA
        cls: type = content
        self.private = carries_private(cls)
        self._decode = msgspec.json.Decoder(content).decode
        self._upcasters = upcasters

    def read(self, stored: msgspec.Raw, schema: int) -> C:
        if schema == self.schema:
            return self._decode(stored)
        if schema > self.schema:
            raise TopicUnknown(f"{self.topic} is stored in schema {schema}, newer than {self.schema}")
        plain: dict[str, Any] = msgspec.json.decode(stored)
        for each in range(schema, self.schema):
            plain = self._upcasters[self.topic, each](plain)
        return msgspec.convert(plain, self.content)


def _fill_places(value: object, path: str, separator: str = ".") -> None:
    """Tell each private text of a value just read where it stands; the names are those of `application.sealing`."""
    kind: type = type(value)
    if kind is Private:
        # The decoder made it a moment ago and nobody else holds it; copies would triple the time of reading.
        object.__setattr__(value, "place", path)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            _fill_places(item, f"{path}.{number}")
    elif isinstance(value, dict):
        for key, item in value.items():
            _fill_places(item, f"{path}.{key}")
    elif carries_private(kind):
        for name in private_fields(kind):
            item = getattr(value, name)
            if item is not None:
                _fill_places(item, f"{path}{separator}{name}")


def _plain(value: object) -> object:
    """The value as msgspec writes it: dataclasses as objects without what is None by default, the rest as it is."""
    kind: type = type(value)
    write = _WRITERS.get(kind) or _writer(kind)
    return value if write is None else write(value)


def _writer(kind: type) -> Callable[[Any], object] | None:
    """How values of a type become plain; None for those that are written as they are."""
    if not is_dataclass(kind):
        return None
    write = _WRITERS[kind] = partial(_fields_written, [(each.name, each.default is None) for each in fields(kind)])
    return write


def _fields_written(names: list[tuple[str, bool]], value: object) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, omitted in names:
        item = getattr(value, name)
        if item is None:
            if not omitted:
                found[name] = None
        else:
            found[name] = item if type(item) in _AS_THEY_ARE else _plain(item)
    return found


def _sealed_only(text: Private) -> dict[str, object]:
    if text.text is not None or not text.ciphertext:
        raise PlaintextNotSealed(text)
    return {"subject": text.subject, "commitment": text.commitment, "ciphertext": text.ciphertext}


_AS_THEY_ARE = frozenset({str, int, bool, UUID, datetime})
_WRITERS: dict[type, Callable[[Any], object]] = {
    Private: _sealed_only,
    Party: lambda party: {"kind": party.kind, "id": party.id},
    tuple: lambda items: [_plain(item) for item in items],
    dict: lambda items: {key: _plain(item) for key, item in items.items()},
}
"""Chosen by type, once for each: an import does this for every value of every line."""
