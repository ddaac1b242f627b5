"""Histories made by chance from the catalogue alone: any kind of stream, any content, late, corrected, retracted.

Few ids, keys and instants are drawn from, so that contents meet each other: people and units recur, facts share an
instant, a correction falls between others. What the aggregate's guard refuses is recorded now and then all the same:
rules may be tightened later, and an evolve never raises.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from random import Random
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st

from domain.catalogue import AGGREGATES
from domain.kernel import Actor, Content, Event, Party, Refusal, Word
from domain.sealed import Private
from domain.temporal import Timeline

START = datetime(2021, 3, 1, tzinfo=UTC)
INSTANTS = [START + timedelta(days=30 * month) for month in range(12)]
IDS = [UUID(int=number) for number in range(1, 5)]
COMMAND = UUID(int=99)


@dataclass(frozen=True)
class Step:
    """One event to be recorded: about which stream of which kind, and what it says."""

    kind: str
    stream: UUID
    content: Content
    at: datetime
    word: Word
    fact: int
    """For a word: which of the stream's facts, and for a replacement which of the contents of its topic, by chance."""
    actor: Actor
    forced: bool
    """Recorded though the guard refuses it."""


def steps() -> st.SearchStrategy[list[Step]]:
    """Events about a few streams of one to three kinds: of one kind many, so that they act on each other."""
    kinds = st.lists(st.sampled_from(sorted(AGGREGATES)), min_size=1, max_size=3, unique=True)
    return kinds.flatmap(lambda among: st.lists(_step(among), min_size=15, max_size=50))


def moments() -> st.SearchStrategy[datetime]:
    """Valid times: on the instants of facts, and a microsecond beside them."""
    beside = st.sampled_from([0, 0, -1, 1]).map(lambda microseconds: timedelta(microseconds=microseconds))
    return st.builds(datetime.__add__, st.sampled_from(INSTANTS), beside)


def _step(kinds: list[str]) -> st.SearchStrategy[Step]:
    return st.sampled_from(kinds).flatmap(
        lambda kind: st.builds(
            Step,
            kind=st.just(kind),
            stream=st.sampled_from(_streams(kind)),
            # The first content is what begins a stream; without it little else is admitted.
            content=st.one_of(
                st.sampled_from(PALETTE[kind][0]), st.sampled_from(PALETTE[kind]).flatmap(st.sampled_from)
            ),
            at=st.sampled_from(INSTANTS),
            word=st.sampled_from([Word.FACT, Word.FACT, Word.REPLACEMENT, Word.REPLACEMENT, Word.RETRACTION]),
            fact=st.integers(0, 63),
            actor=st.sampled_from([Actor(person=IDS[0]), Actor(person=IDS[1], on_behalf_of=Party("person", IDS[0]))]),
            forced=st.sampled_from([False, False, True]),
        )
    )


def _streams(kind: str) -> list[UUID]:
    first = 1000 * (1 + sorted(AGGREGATES).index(kind))
    return [UUID(int=first + 1), UUID(int=first + 1), UUID(int=first + 2)]


class Recording:
    """Turns steps into the events of one organisation, as a ledger would decide them."""

    def __init__(self, organisation: UUID) -> None:
        self.organisation = organisation
        self.timelines: dict[UUID, Timeline[Any]] = {}

    def event(self, step: Step) -> Event | None:
        """The step's event; None where the rules of time or the aggregate refuse it."""
        timeline = self.timelines.get(step.stream) or Timeline(AGGREGATES[step.kind])
        version = timeline.version + 1
        content: Content | None = step.content
        word, fact, topic = step.word, version, step.content.TOPIC
        if word is not Word.FACT:
            if not timeline.topics:
                return None
            fact = sorted(timeline.topics)[step.fact % len(timeline.topics)]
            topic = timeline.topics[fact]
            palette = next(each for each in PALETTE[step.kind] if topic == each[0].TOPIC)
            content = None if word is Word.RETRACTION else palette[step.fact % len(palette)]
        event = Event(
            organisation=self.organisation,
            stream=step.stream,
            version=version,
            topic=topic,
            word=word,
            fact=fact,
            effective_at=step.at,
            actor=step.actor,
            command=COMMAND,
            content=content,
        )
        try:
            self.timelines[step.stream] = timeline.admit([event])
        except Refusal:
            if not step.forced:
                return None
            self.timelines[step.stream] = timeline.learn([event])
        return event


def _value(cls: type[Any], chance: Random) -> Any:
    """A content, or a dataclass within one; half of what has a default keeps it."""
    hints = get_type_hints(cls)
    return cls(
        **{
            field.name: _of(hints[field.name], chance)
            for field in fields(cls)
            if (field.default is MISSING and field.default_factory is MISSING) or chance.random() < 0.5
        }
    )


def _of(hint: Any, chance: Random) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _of(chance.choice(arguments), chance)
    if origin is typing.Literal:
        return chance.choice(arguments)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_of(arguments[0], chance) for _ in range(chance.randrange(3)))
        return tuple(_of(each, chance) for each in arguments)
    if origin is frozenset:
        return frozenset(_of(arguments[0], chance) for _ in range(chance.randrange(3)))
    if origin in (dict, Mapping):
        return {_of(arguments[0], chance): _of(arguments[1], chance) for _ in range(chance.randrange(3))}
    return _plain(hint, chance)


def _plain(hint: type[Any], chance: Random) -> Any:
    if hint is Private:
        return Private(chance.choice(IDS), commitment="c0", ciphertext=chance.choice(["b2", "b3"]))
    if is_dataclass(hint):
        return _value(hint, chance)
    if issubclass(hint, Enum):
        return chance.choice(list(hint))
    simple: dict[type[Any], Sequence[Any]] = {
        type(None): [None],
        bool: [True, False],
        int: [1, 2, 3],
        float: [0.5, 1.0],
        str: ["UTC", "a", "b"],
        UUID: [*IDS, *(UUID(int=1000 * kind + 1) for kind in range(1, 4))],
        datetime: INSTANTS[::3],
        date: [at.date() for at in INSTANTS[::4]],
    }
    return chance.choice(simple[hint])


PALETTE: Mapping[str, list[list[Content]]] = {
    kind: [[_value(content, Random(f"{content.TOPIC} {each}")) for each in range(8)] for content in aggregate.contents]
    for kind, aggregate in AGGREGATES.items()
}
"""Eight contents of every topic, by kind and in the order of the aggregate's contents; always the same ones."""
