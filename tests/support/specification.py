"""Given facts, when something more is said, then a state or a refusal: how every decision of the domain is specified.

    given(COMMITMENT, on("2026-04-01", made)).when(on("2026-04-02", withdrawn)).then(standing=Standing.WITHDRAWN)
    given(COMMITMENT).when(on("2026-04-02", withdrawn)).then(CommitmentUnknown)

Nothing is faked: facts become events and are decided by the aggregate's own `Timeline`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Generic, Self, TypeVar
from uuid import UUID, uuid5

from domain.kernel import Actor, Content, Event, Refusal, Word
from domain.temporal import Aggregate, Timeline

S = TypeVar("S")

HERE = UUID(int=1)
"""The organisation, and the one stream, that every specification speaks of."""


def instant(text: str) -> datetime:
    """The instant of `2026-04-01` (its first microsecond) or `2026-04-01T09:30`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def some(name: str) -> UUID:
    """The same id for the same name, so that specifications read as sentences."""
    return uuid5(HERE, name)


@dataclass(frozen=True)
class Said:
    """Something said about the stream: a content and the instant it holds from, before it has a version."""

    content: Content | None
    effective_at: datetime
    actor: Actor = Actor()
    word: Word = Word.FACT
    fact: int = 0

    def by(self, actor: Actor) -> Self:
        """The same, said by this actor."""
        return replace(self, actor=actor)


def on(at: str, content: Content) -> Said:
    """A fact of this day or instant."""
    return Said(content, instant(at))


def corrected(fact: int, at: str, content: Content) -> Said:
    """A replacement: fact number `fact` (1 is the first event given) was this, at that instant."""
    return Said(content, instant(at), word=Word.REPLACEMENT, fact=fact)


def retracted(fact: int) -> Said:
    """A retraction: fact number `fact` never was."""
    return Said(None, instant("2000-01-01"), word=Word.RETRACTION, fact=fact)


def events(said: tuple[Said, ...], topics: tuple[str, ...] = ()) -> tuple[Event, ...]:
    """What was said, as events of one stream that follow on `len(topics)` earlier ones; `topics` are theirs."""
    known, written = list(topics), list[Event]()
    for index, each in enumerate(said):
        version = len(known) + 1
        fact = version if each.word is Word.FACT else each.fact
        known.append(each.content.TOPIC if each.content else known[fact - 1])
        written.append(
            Event(
                organisation=HERE,
                stream=HERE,
                version=version,
                topic=known[-1],
                word=each.word,
                fact=fact,
                effective_at=each.effective_at,
                actor=each.actor,
                command=HERE,
                index=index,
                content=each.content,
            )
        )
    return tuple(written)


@dataclass(frozen=True)
class Given(Generic[S]):
    """A stream in which these things were said, each accepted when it was."""

    timeline: Timeline[S]
    topics: tuple[str, ...]

    def when(self, *said: Said) -> Then[S]:
        """What comes of saying this too, all in one request."""
        more = events(said, self.topics)
        topics = (*self.topics, *(each.topic for each in more))
        try:
            return Then(self.timeline.admit(more), topics, None)
        except Refusal as refusal:
            return Then(self.timeline, self.topics, refusal)

    def as_of(self, at: str) -> S:
        """The state at that instant."""
        return self.timeline.state(instant(at))


@dataclass(frozen=True)
class Then(Given[S]):
    """What came of it: a timeline that goes on, or the refusal of it with the timeline as it was."""

    refusal: Refusal | None

    def then(
        self, expected: S | Refusal | type[Refusal] | None = None, *, at: str | None = None, **fields: object
    ) -> Given[S]:
        """Demand what came of it; gives the stream to go on from.

        `expected` is a kind of refusal, a refusal with its data, or a whole state; or `fields` name parts of the state.
        States are those at the instant `at`, of the whole timeline when unstated.
        """
        if isinstance(expected, (Refusal, type)):
            self._refused(expected)
        else:
            if self.refusal is not None:
                raise AssertionError(f"refused: {self.refusal}") from self.refusal
            state = self.timeline.state(instant(at) if at else None)
            assert expected is None or state == expected, f"{state} is not {expected}"
            found = {name: getattr(state, name) for name in fields}
            assert found == fields, f"{found} is not {fields}"
        return Given(self.timeline, self.topics)

    def _refused(self, expected: Refusal | type[Refusal]) -> None:
        assert self.refusal is not None, f"accepted, not refused with {expected!r}"
        kind = expected if isinstance(expected, type) else type(expected)
        assert type(self.refusal) is kind, f"refused with {self.refusal!r}, not with {kind.__name__}"
        if isinstance(expected, Refusal):
            assert vars(self.refusal) == vars(expected), f"{vars(self.refusal)} is not {vars(expected)}"
        # Whoever is refused is told what is wrong, where, and what they can do.
        assert all((str(self.refusal), self.refusal.advice, self.refusal.where, self.refusal.code))


def given(aggregate: Aggregate[S], *said: Said) -> Given[S]:
    """A stream of this kind in which this was said, each thing accepted on its own."""
    so_far: Given[S] = Given(Timeline(aggregate), ())
    for each in said:
        so_far = so_far.when(each).then()
    return so_far
