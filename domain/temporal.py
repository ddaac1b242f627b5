"""Time: which facts stand, in which order they act, and whether one more may join them.

This is the definition every projection must meet. Events are learned in the order of their versions; what a stream
was at an instant is the fold of its *timeline*: of each fact the newest known word, unless that is a retraction, in
the order of (effective_at, version of the fact). See docs/time.md for the reader's account.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from domain.kernel import Actor, Content, Event, Refusal, RefusalKind, Word

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Fact:
    """What one fact says by its newest known word, at its place in the order of its stream.

    `version` is the fact's own, `word` that of the event which gave the newest word on it.
    """

    stream: UUID
    version: int
    word: int
    effective_at: datetime
    actor: Actor
    content: Content

    @property
    def place(self) -> tuple[datetime, int]:
        """Where it stands on the timeline."""
        return self.effective_at, self.version


@dataclass(frozen=True)
class Aggregate(Generic[S]):
    """A kind of stream: which contents it holds, how its state starts, what it refuses and what a fact makes of it.

    `guard(state, fact)` raises the named `Refusal` of a rule that the fact would break; `evolve(state, fact)` returns
    the next state, never raises, and is asked only about facts in their order. Both are pure.
    """

    kind: str
    initial: S
    contents: tuple[type[Content], ...]
    guard: Callable[[S, Fact], None]
    evolve: Callable[[S, Fact], S]


@dataclass(eq=False)
class ConflictsWithLaterFact(Refusal):
    """A fact that held would no longer hold: the change comes before it on the timeline and takes its ground away."""

    fact: Fact
    because: Refusal
    rule = "{topic} of {effective_at:%Y-%m-%d %H:%M:%S} (version {version}) would no longer hold: {because}"
    way_out = "correct or retract that later fact first, in the same request if both are of one stream"
    where = "at"

    def __post_init__(self) -> None:
        self.topic, self.version, self.effective_at = self.fact.content.TOPIC, self.fact.version, self.fact.effective_at


@dataclass(eq=False)
class NothingToCorrect(Refusal):
    """A word on a fact that this stream does not have, or of another type than the fact's."""

    fact: int
    topic: str
    kind = RefusalKind.INVALID
    where = "replaces"
    rule = "there is no fact {fact} of type {topic} in this stream to be corrected"
    way_out = "name the position or id of a recorded fact; a replacement has the type of the fact that it replaces"


@dataclass(eq=False)
class AlreadyRetracted(Refusal):
    """A retraction of a fact that does not stand."""

    fact: int
    where = "retracts"
    rule = "fact {fact} was retracted already"
    way_out = "to let it stand again, replace it"


@dataclass(frozen=True)
class Timeline(Generic[S]):
    """One stream as known at some position: the facts that stand, in order, and the state after each.

    A value: learning more gives another timeline. Appending at the end costs one `evolve`; a late fact or a
    correction folds anew from its place on.
    """

    aggregate: Aggregate[S]
    facts: tuple[Fact, ...] = ()
    states: tuple[S, ...] = ()
    topics: Mapping[int, str] = field(default_factory=dict[int, str])
    """The topic of every fact ever learned, standing or not, by version."""
    version: int = 0
    """The version of the newest event learned; 0 before any."""

    @classmethod
    def of(cls, aggregate: Aggregate[S], events: Iterable[Event]) -> Timeline[S]:
        """The timeline after `events` of one stream, given in the order of their versions."""
        return cls(aggregate).learn(events)

    def state(self, valid_at: datetime | None = None) -> S:
        """The state as of the valid time (inclusive); of the whole timeline, planned facts included, when unstated."""
        return self._before(self._count(valid_at))

    def until(self, valid_at: datetime | None = None) -> tuple[Fact, ...]:
        """The facts behind `state(valid_at)`, in order."""
        return self.facts[: self._count(valid_at)]

    def learn(self, events: Iterable[Event]) -> Timeline[S]:
        """The timeline once these events are known too. Asks no guard: what is recorded is recorded."""
        facts, topics, version = list(self.facts), dict(self.topics), self.version
        for event in events:
            _lay(facts, event)
            topics.setdefault(event.fact, event.topic)
            version = event.version
        same = self.shared_with(facts)
        states = list(self.states[:same])
        for fact in facts[same:]:
            states.append(self.aggregate.evolve(states[-1] if states else self.aggregate.initial, fact))
        return Timeline(self.aggregate, tuple(facts), tuple(states), topics, version)

    def admit(self, events: Iterable[Event]) -> Timeline[S]:
        """Decide: the timeline with `events`, all or none.

        Raises the `Refusal` of the rule that a new fact breaks on the timeline at its own instant, or
        `ConflictsWithLaterFact` naming the first recorded fact that held until now and no longer would. A recorded
        fact that does not hold as things are, because a rule was tightened since, is no conflict.
        """
        events = tuple(events)
        if self._goes_on_with(events):
            return self._continued(events)
        topics = dict(self.topics)
        retracted = set(topics) - {fact.version for fact in self.facts}
        for event in events:
            if event.word is not Word.FACT and topics.get(event.fact) != event.topic:
                raise NothingToCorrect(event.fact, event.topic)
            if event.word is Word.RETRACTION and event.fact in retracted:
                raise AlreadyRetracted(event.fact)
            topics.setdefault(event.fact, event.topic)
            (retracted.add if event.word is Word.RETRACTION else retracted.discard)(event.fact)
        after, new = self.learn(events), {event.fact for event in events}
        before = {fact.version: place for place, fact in enumerate(self.facts)}
        for place in range(self.shared_with(after.facts), len(after.facts)):
            fact = after.facts[place]
            try:
                self.aggregate.guard(after._before(place), fact)
            except Refusal as refusal:
                if fact.version in new:
                    raise
                if self._held(before[fact.version]):
                    raise ConflictsWithLaterFact(fact, refusal) from refusal
        return after

    def _goes_on_with(self, events: tuple[Event, ...]) -> bool:
        """Whether these are facts that take the last places on the timeline, as most requests do."""
        last = self.facts[-1].effective_at if self.facts else None
        for event in events:
            if event.word is not Word.FACT or (last is not None and event.effective_at < last):
                return False
            last = event.effective_at
        return True

    def _continued(self, events: tuple[Event, ...]) -> Timeline[S]:
        """As `admit`, for facts that take the last places: nothing that was decided before can be touched by them."""
        state, facts, states = self.state(), list[Fact](), list[S]()
        for event in events:
            fact = _fact(event)
            if fact is not None:
                self.aggregate.guard(state, fact)
                state = self.aggregate.evolve(state, fact)
                facts.append(fact)
                states.append(state)
        topics = {**self.topics, **{event.fact: event.topic for event in events}}
        version = events[-1].version if events else self.version
        return Timeline(self.aggregate, (*self.facts, *facts), (*self.states, *states), topics, version)

    def shared_with(self, facts: tuple[Fact, ...] | list[Fact]) -> int:
        """How many facts from the start are the very same: the states up to there need not be folded again."""
        changed = (place for place, pair in enumerate(zip(self.facts, facts, strict=False)) if pair[0] is not pair[1])
        return next(changed, min(len(self.facts), len(facts)))

    def _count(self, valid_at: datetime | None) -> int:
        if valid_at is None:
            return len(self.facts)
        return bisect_right(self.facts, valid_at, key=lambda fact: fact.effective_at)

    def _before(self, place: int) -> S:
        return self.states[place - 1] if place else self.aggregate.initial

    def _held(self, place: int) -> bool:
        try:
            self.aggregate.guard(self._before(place), self.facts[place])
        except Refusal:
            return False
        return True


def _lay(facts: list[Fact], event: Event) -> None:
    """Let the newest word count: take the older one off the timeline, and lay this one in its place."""
    if event.word is not Word.FACT:
        facts[:] = [fact for fact in facts if fact.version != event.fact]
    fact = _fact(event)
    if fact is not None:
        facts.insert(bisect_left(facts, fact.place, key=lambda each: each.place), fact)


def _fact(event: Event) -> Fact | None:
    """What the event lets its fact say; None if it takes it back."""
    if event.content is None:
        return None
    return Fact(event.stream, event.fact, event.version, event.effective_at, event.actor, event.content)
