"""A capability: what people have to be able to do for elements of the strategy, such as bets; needed, and present.

Who needs it is an audience; who has it was shown, dated and with its source, for a person or a unit as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.kernel import Content, Party, Refusal, RefusalKind, event
from domain.person import Person
from domain.programme import EVERYBODY, Audience, people_of, was_known
from domain.scope import Population
from domain.sealed import Private
from domain.temporal import Aggregate, Fact


@event("capability.needed")
class CapabilityNeeded(Content):
    """A capability is needed for these elements, of the people of these units and ranks; said again, it replaces that.

    Where no unit and no rank is named, everybody needs it.
    """

    key: str | None = None
    strategy: UUID
    title: str
    elements: tuple[str, ...]
    units: tuple[UUID, ...] = ()
    of_ranks: tuple[str, ...] = ()


@event("capability.shown")
class CapabilityShown(Content):
    """A person, or a unit as a whole, was shown to have the capability or not to have it; and where that stands."""

    party: Party
    present: bool = True
    source: Private


@event("capability.released")
class CapabilityReleased(Content):
    """The capability is no longer needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What was shown of a party at an instant."""

    at: datetime
    party: Party
    present: bool
    source: Private


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """The state of a capability at an instant; `showings` are oldest first, and the newest of a party counts."""

    needed_at: datetime | None = None
    key: str | None = None
    strategy: UUID | None = None
    title: str = ""
    elements: tuple[str, ...] = ()
    audience: Audience = EVERYBODY
    showings: tuple[Showing, ...] = ()
    released_at: datetime | None = None


@dataclass(eq=False)
class CapabilityUnknown(Refusal):
    """Something was said about a capability that nobody needed yet."""

    where = "at"
    rule = "the capability was not needed yet at that instant"
    way_out = "say first what needs it, or date this after that was said"


@dataclass(eq=False)
class CapabilityForNothing(Refusal):
    """A capability that serves no element of the strategy."""

    kind = RefusalKind.INVALID
    where = "elements"
    rule = "a capability is needed for something, and no element of the strategy is named"
    way_out = "name the big bets, or other elements, that need it"


@dataclass(eq=False)
class CapabilityNotNeeded(Refusal):
    """What is released once is not released again."""

    where = "capability"
    rule = "the capability is not needed any more already"
    way_out = "say that it is needed again, or correct what was said"


def guard(state: Capability, fact: Fact) -> None:
    """Refuse what cannot be said about a capability in this state."""
    match fact.content:
        case CapabilityNeeded(elements=()):
            raise CapabilityForNothing
        case CapabilityNeeded():
            pass
        case _ if state.needed_at is None:
            raise CapabilityUnknown
        case CapabilityReleased() if state.released_at is not None:
            raise CapabilityNotNeeded
        case _:
            pass


def evolve(state: Capability, fact: Fact) -> Capability:
    """The capability once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    match content:
        case CapabilityNeeded():
            return replace(
                state,
                needed_at=state.needed_at or at,
                key=state.key or content.key,
                strategy=content.strategy,
                title=content.title,
                elements=content.elements,
                audience=Audience(units=content.units, ranks=content.of_ranks),
                released_at=None,
            )
        case CapabilityShown(party=party, present=present, source=source):
            shown = Showing(at=at, party=party, present=present, source=source)
            return replace(state, showings=(*state.showings, shown))
        case CapabilityReleased():
            return replace(state, released_at=at)
        case _:
            return state


CAPABILITY: Aggregate[Capability] = Aggregate(
    "capability", Capability(), (CapabilityNeeded, CapabilityShown, CapabilityReleased), guard, evolve
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """Who needs a capability and who of them has it; and the units that were shown to have it as a whole.

    `unapplied` is what was shown of somebody who had not joined, or of a unit that was not formed.
    """

    needed: frozenset[UUID]
    present: frozenset[UUID]
    units: frozenset[UUID]
    unapplied: tuple[Showing, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everybody has it who needs it. Where nobody is there who does, it is not there."""
        return bool(self.needed) and self.present == self.needed


def equipment(capability: Capability, everybody: Population, people: Mapping[UUID, Person]) -> Equipment:
    """Who is equipped with a capability, of those who need it at the population's instant."""
    unapplied = tuple(each for each in capability.showings if not _was_there(each, everybody, people))
    newest = {each.party: each.present for each in capability.showings if each not in unapplied}
    has = {party for party, present in newest.items() if present}
    needed = people_of(capability.audience, everybody, people)
    return Equipment(
        needed=needed,
        present=frozenset(person for person in needed if Party("person", person) in has),
        units=frozenset(party.id for party in has if party.kind == "unit"),
        unapplied=unapplied,
    )


def _was_there(showing: Showing, everybody: Population, people: Mapping[UUID, Person]) -> bool:
    if showing.party.kind == "person":
        return was_known(people, showing.party.id, showing.at)
    unit = everybody.chart.unit(showing.party.id)
    return unit is not None and unit.since <= showing.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipped:
    """What an element asks of people: who needs one of its capabilities or more, and who has all that they need."""

    complete: int
    needed: frozenset[UUID]
    present: frozenset[UUID]
    equipped: bool


def equipped(capabilities: Collection[Equipment]) -> Equipped:
    """How far people are equipped for what needs these capabilities; for what needs none, nobody looked."""
    complete = sum(each.complete for each in capabilities)
    needed = frozenset(person for each in capabilities for person in each.needed)
    lacking = frozenset(person for each in capabilities for person in each.needed - each.present)
    return Equipped(
        complete=complete,
        needed=needed,
        present=needed - lacking,
        equipped=bool(capabilities) and complete == len(capabilities),
    )
