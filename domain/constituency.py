"""A constituency: a party outside the chart, such as clients, suppliers, owners or the public (S26).

Representatives are guests. What a constituency is asked to align on is a fact of its own, with the day on which it was
asked; what its representatives say to it are acknowledgements like everybody's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.dated import holds
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.obligation import ByWhens, moved
from domain.temporal import Aggregate, Fact


@event("constituency.named")
class ConstituencyNamed(Content):
    """The organisation names a party outside its chart, or gives it another name or kind."""

    key: str | None = None
    name: str
    kind: str


@event("representative.named")
class RepresentativeNamed(Content):
    """A person speaks for the constituency from here on, as one of its representatives."""

    person: UUID


@event("representative.ended")
class RepresentativeEnded(Content):
    """The person does not speak for the constituency any more."""

    person: UUID


@event("constituency.asked")
class ConstituencyAsked(Content):
    """The constituency is asked to align on a strategy, or on these elements; its representatives are shown them.

    `ask` is the id of what is asked, unique in the constituency; asked again, it says something else from here on.
    `text` says what is asked of them; by the end of the day `by_when` they are to answer.
    """

    ask: str
    strategy: UUID
    elements: tuple[str, ...] = ()
    text: str
    by_when: date | None = None


@event("constituency.released")
class ConstituencyReleased(Content):
    """The constituency is not asked for this any more; its representatives are shown nothing of it from here on."""

    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Represents:
    """A time during which a person spoke for the constituency."""

    person: UUID
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """What a constituency is asked to align on; no elements means the whole strategy."""

    ask: str
    strategy: UUID
    elements: tuple[str, ...]
    text: str
    since: datetime
    by_whens: ByWhens = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Constituency:
    """The state of a constituency; `named_at` is None before it was named."""

    named_at: datetime | None = None
    key: str | None = None
    name: str = ""
    kind: str = ""
    representatives: tuple[Represents, ...] = ()
    asked: tuple[AskedFor, ...] = ()

    def speaking(self, at: datetime) -> tuple[UUID, ...]:
        """Who represents it at that instant."""
        return tuple(each.person for each in self.representatives if holds(each, at))

    def asks(self, at: datetime) -> tuple[AskedFor, ...]:
        """What it is asked to align on at that instant."""
        return tuple(each for each in self.asked if holds(each, at))


@dataclass(eq=False)
class ConstituencyUnknown(Refusal):
    """Something was said about a constituency before it was named."""

    where = "at"
    rule = "the constituency had not been named at that instant"
    way_out = "name it first, or date this to a later day"


@dataclass(eq=False)
class RepresentsAlready(Refusal):
    """A person is named a representative once."""

    where = "person"
    rule = "this person represents the constituency already"
    way_out = "nothing needs to be said"


@dataclass(eq=False)
class RepresentsNot(Refusal):
    """Somebody's time as a representative ended who was none."""

    where = "person"
    rule = "this person does not represent the constituency at that instant"
    way_out = "name one of its representatives, or date this to when they were one"


@dataclass(eq=False)
class NotAskedFor(Refusal):
    """A constituency is released from what it was not asked for."""

    ask: str
    kind = RefusalKind.UNKNOWN
    where = "ask"
    rule = "the constituency is not asked for {ask} at that instant"
    way_out = "name what it was asked to align on, by its id"


@dataclass(eq=False)
class AskedOfAnotherStrategy(Refusal):
    """What is asked stays with its strategy."""

    ask: str
    where = "strategy"
    rule = "{ask} is asked about another strategy"
    way_out = "give what is asked about this one an id of its own"


def guard(state: Constituency, fact: Fact) -> None:
    """Refuse what cannot be said about a constituency in this state."""
    content, at = fact.content, fact.effective_at
    if isinstance(content, ConstituencyNamed):
        return
    if state.named_at is None:
        raise ConstituencyUnknown
    match content:
        case RepresentativeNamed(person=person):
            if person in state.speaking(at):
                raise RepresentsAlready
        case RepresentativeEnded(person=person):
            if person not in state.speaking(at):
                raise RepresentsNot
        case ConstituencyAsked(ask=ask, strategy=strategy):
            if any(each.ask == ask and each.strategy != strategy for each in state.asks(at)):
                raise AskedOfAnotherStrategy(ask)
        case ConstituencyReleased(ask=ask):
            if all(each.ask != ask for each in state.asks(at)):
                raise NotAskedFor(ask)
        case _:
            pass


def evolve(state: Constituency, fact: Fact) -> Constituency:
    """The constituency once this fact is in its place."""
    at = fact.effective_at
    match fact.content:
        case ConstituencyNamed(key=key, name=name, kind=kind):
            return replace(state, named_at=state.named_at or at, key=state.key or key, name=name, kind=kind)
        case RepresentativeNamed(person=person):
            return replace(state, representatives=(*state.representatives, Represents(person=person, since=at)))
        case RepresentativeEnded(person=person):
            return replace(
                state,
                representatives=tuple(
                    replace(each, until=at) if each.person == person and each.until is None else each
                    for each in state.representatives
                ),
            )
        case ConstituencyAsked() as asked:
            return replace(state, asked=_with(state, asked, at))
        case ConstituencyReleased(ask=ask):
            return replace(state, asked=_without(state.asked, ask, at))
        case _:
            return state


def _with(state: Constituency, content: ConstituencyAsked, at: datetime) -> tuple[AskedFor, ...]:
    """What is asked, with this too. If it is asked for the same elements again it goes on, else it is new."""
    before = next((each for each in state.asks(at) if each.ask == content.ask), None)
    same = before is not None and before.elements == content.elements
    asked = AskedFor(
        ask=content.ask,
        strategy=content.strategy,
        elements=content.elements,
        text=content.text,
        since=before.since if before is not None and same else at,
        by_whens=moved(before.by_whens if before is not None else (), content.by_when, at),
    )
    kept = _without(state.asked, content.ask, at)
    if before is not None and same:
        kept = tuple(each for each in kept if not (each.ask == content.ask and each.until == at))
    return (*kept, asked)


def _without(asked: tuple[AskedFor, ...], ask: str, at: datetime) -> tuple[AskedFor, ...]:
    return tuple(replace(each, until=at) if each.ask == ask and each.until is None else each for each in asked)


CONSTITUENCY: Aggregate[Constituency] = Aggregate(
    "constituency",
    Constituency(),
    (ConstituencyNamed, RepresentativeNamed, RepresentativeEnded, ConstituencyAsked, ConstituencyReleased),
    guard,
    evolve,
)
