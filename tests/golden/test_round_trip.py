"""Whatever a content can say is sealed, stored, read and opened again as it was said."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.crypto.keys import KeyEncryptionKey
from adapters.crypto.vault import KeyVault
from adapters.mapper import EventMapper
from adapters.memory.keys import MemoryKeyStore
from adapters.memory.recorder import MemoryRecorder
from application.ledger import Ledger
from application.sealing import private_texts, seal
from domain.catalogue import CATALOGUE
from domain.kernel import Actor, Content, Event, Word
from domain.sealed import Private

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=11))])
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=ZONES)  # noqa: DTZ001 — bounds, as asked
LEAVES: Mapping[type[Any], st.SearchStrategy[Any]] = {
    UUID: st.uuids(),
    str: st.text(max_size=20),
    bool: st.booleans(),
    int: st.integers(-(2**53), 2**53),
    date: st.dates(),
    datetime: INSTANTS,
    Private: st.builds(Private, subject=st.uuids(), text=st.text(max_size=20)),
}


@cache
def values(hint: Any) -> st.SearchStrategy[Any]:  # of whichever type the hint names
    """Any value of a type, with any of what may be left out left out."""
    arguments, origin = get_args(hint), get_origin(hint)
    if origin in {types.UnionType, typing.Union}:
        return st.one_of(*(st.none() if each is types.NoneType else values(each) for each in arguments))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=3).map(tuple)
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(values(arguments[0]), values(arguments[1]), max_size=3)
    if hint in LEAVES:
        return LEAVES[hint]
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        stated = {each.name: values(hints[each.name]) for each in fields(hint) if _is_required(each)}
        free = {each.name: values(hints[each.name]) for each in fields(hint) if not _is_required(each)}
        made: Callable[..., Any] = hint
        return st.fixed_dictionaries(stated, optional=free).map(lambda said: made(**said))
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    raise TypeError(hint)


def _is_required(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def events(content: type[Content]) -> st.SearchStrategy[Event]:
    """Events of one topic, whatever they say."""
    return st.builds(
        Event,
        organisation=st.just(UUID(int=1)),
        stream=st.uuids(),
        version=st.integers(1, 2**31),
        topic=st.just(content.TOPIC),
        word=st.sampled_from([Word.FACT, Word.REPLACEMENT]),
        fact=st.integers(1, 2**31),
        effective_at=INSTANTS,
        actor=values(Actor),
        command=st.uuids(),
        index=st.integers(0, 1000),
        content=values(cast("Hashable", content)),
        reason=values(Private | None),
        labels=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    )


@pytest.mark.parametrize("topic", sorted(CATALOGUE))
@settings(max_examples=15)
@given(data=st.data())
def test_what_is_read_is_what_was_sealed_and_opens_as_what_was_said(topic: str, data: st.DataObject) -> None:
    said = data.draw(events(CATALOGUE[topic]))
    vault, mapper = KeyVault(MemoryKeyStore(), KeyEncryptionKey(bytes(32))), EventMapper()
    (sealed,) = seal([said], vault)
    stored = mapper.to_stored_event(sealed)
    read = mapper.to_domain_event(stored)
    assert read == sealed
    assert mapper.to_stored_event(read) == stored
    words = [text.text for text in private_texts(said)]
    assert vault.open(said.organisation, list(private_texts(read))) == words


@pytest.mark.parametrize("text", ["\ud800", "before \udfff after"])
def test_half_a_character_is_stored_nowhere(text: str) -> None:
    """The boundary refuses it; what got past it all the same records nothing."""
    recorder = MemoryRecorder()
    vault = KeyVault(MemoryKeyStore(), KeyEncryptionKey(bytes(32)))
    ledger = Ledger(recorder, EventMapper(), vault, uuid4)
    content = CATALOGUE["rank.held"](rank=text)  # type: ignore[call-arg]  # what the catalogue holds under this topic
    event = Event(
        organisation=UUID(int=1), stream=UUID(int=2), version=1, topic="rank.held", fact=1,
        effective_at=datetime(2026, 1, 1, tzinfo=UTC), actor=Actor(), command=UUID(int=3), content=content,
    )  # fmt: skip
    with pytest.raises(UnicodeEncodeError):
        ledger.save(event, organisation=event.organisation)
    with pytest.raises(UnicodeEncodeError):
        vault.seal(event.organisation, [Private(UUID(int=2), text, place="here")])
    assert recorder.head(event.organisation) is None
