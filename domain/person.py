"""A person: somebody who can commit. One stream each; the stream's id is the person's.

Members sit in units, one of which is home, hold a rank and have a manager; guests stand outside the chart. Leaving ends
all of it, and coming back revives nothing. A person is never deleted; what identifies them can be erased.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.access import Access, AccessGranted, AccessRevoked, granted, refuse_access, with_access
from domain.dated import followed_by, holds, latest
from domain.erasure import (
    Erasure,
    Hold,
    PersonErased,
    PersonHeld,
    PersonReleased,
    refuse_erasure,
    with_erasure,
    with_hold,
)
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.membership import Membership, MembershipBegan, MembershipEnded, held, refuse_membership, with_membership
from domain.sealed import Private
from domain.temporal import Aggregate, Fact


@event("person.joined")
class PersonJoined(Content):
    """Somebody joined the organisation, or came back. What is None stays as it was known before."""

    name: Private | None = None
    email: Private | None = None
    key: Private | None = None


@event("guest.invited")
class GuestInvited(Content):
    """Somebody from outside the chart was invited in, such as a facilitator or a client's representative."""

    name: Private | None = None
    email: Private | None = None
    key: Private | None = None


@event("person.left")
class PersonLeft(Content):
    """The person left: memberships, rank, manager and roles ended with it."""


@event("rank.held")
class RankHeld(Content):
    """The person holds this rank from here on."""

    rank: str


@event("manager.assigned")
class ManagerAssigned(Content):
    """The person reports to somebody from here on; None is nobody."""

    manager: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A time in the organisation, as one of its people or as a guest, under the name known then."""

    since: datetime
    until: datetime | None = None
    guest: bool = False
    name: Private | None = None
    email: Private | None = None
    key: Private | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """The rank held since an instant; None after leaving."""

    since: datetime
    rank: str | None


@dataclass(frozen=True, slots=True)
class Manager:
    """The manager since an instant; None for nobody."""

    since: datetime
    person: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The state of a person, which answers for every instant up to its own. Entries are in the order of time."""

    presences: tuple[Presence, ...] = ()
    places: tuple[Membership, ...] = ()
    ranks: tuple[Rank, ...] = ()
    managers: tuple[Manager, ...] = ()
    accesses: tuple[Access, ...] = ()
    erasures: tuple[Erasure, ...] = ()
    holds: tuple[Hold, ...] = ()

    def presence(self, at: datetime) -> Presence | None:
        """The stay that includes that instant, as a guest or not; None while away."""
        stay = self.known_as(at)
        return stay if stay and holds(stay, at) else None

    def known_as(self, at: datetime) -> Presence | None:
        """The newest stay begun by then, ended or not, with the name of that time; None before the first."""
        return latest(self.presences, at)

    def present(self, at: datetime) -> bool:
        """Whether the person belonged to the organisation then. A guest does not."""
        stay = self.presence(at)
        return stay is not None and not stay.guest

    def left_within(self, after: datetime, until: datetime) -> bool:
        """Whether the person left after the first instant and no later than the second, back since or not."""
        return any(stay.until and after < stay.until <= until for stay in self.presences)

    def memberships(self, at: datetime) -> tuple[Membership, ...]:
        """The places held then."""
        return held(self.places, at)

    def home(self, at: datetime) -> UUID | None:
        """The unit that was home then; None without one."""
        return next((place.unit for place in self.memberships(at) if place.home), None)

    def rank(self, at: datetime) -> str | None:
        """The rank held then."""
        rank = latest(self.ranks, at)
        return rank.rank if rank else None

    def manager(self, at: datetime) -> UUID | None:
        """Whom the person reported to then."""
        manager = latest(self.managers, at)
        return manager.person if manager else None

    def roles(self, at: datetime) -> tuple[Access, ...]:
        """The roles in Avow held then."""
        return granted(self.accesses, at)


@dataclass(eq=False)
class PersonNotPresent(Refusal):
    """Something was said about a person who was not there: not yet, or not any more."""

    topic: str
    where = "at"
    rule = "the person is not in the organisation at that instant: {topic} cannot hold"
    way_out = "let the person join first, or date the statement to a time when they were there"


@dataclass(eq=False)
class PersonAlreadyPresent(Refusal):
    """Nobody joins who is there already."""

    since: datetime
    where = "at"
    rule = "the person is there already, since {since:%Y-%m-%d %H:%M:%S}"
    way_out = "record that they left before, or correct the day on which they joined"


@dataclass(eq=False)
class GuestOutsideChart(Refusal):
    """A guest has no unit, rank or manager."""

    topic: str
    where = "at"
    rule = "a guest stands outside the chart: {topic} cannot hold"
    way_out = "end the invitation and let the person join"


@dataclass(eq=False)
class ManagerOfOneself(Refusal):
    """Nobody reports to themselves."""

    kind = RefusalKind.INVALID
    where = "manager"
    rule = "nobody is their own manager"
    way_out = "name somebody else, or nobody"


def guard(state: Person, fact: Fact) -> None:
    """Refuse what cannot be said about a person in this state."""
    at, content = fact.effective_at, fact.content
    stay = state.presence(at)
    if isinstance(content, PersonJoined | GuestInvited):
        if stay:
            raise PersonAlreadyPresent(stay.since)
        return
    if isinstance(content, PersonErased | PersonHeld | PersonReleased):
        # Of somebody who left, too.
        if state.known_as(at) is None:
            raise PersonNotPresent(content.TOPIC)
        refuse_erasure(state.erasures, state.holds, content, at)
        return
    if stay is None:
        raise PersonNotPresent(content.TOPIC)
    if stay.guest and isinstance(content, MembershipBegan | MembershipEnded | RankHeld | ManagerAssigned):
        raise GuestOutsideChart(content.TOPIC)
    match content:
        case MembershipBegan() | MembershipEnded():
            refuse_membership(state.places, content, at)
        case ManagerAssigned(manager=manager):
            if manager == fact.stream:
                raise ManagerOfOneself
        case AccessGranted() | AccessRevoked():
            refuse_access(state.accesses, content, at)
        case _:
            return


def evolve(state: Person, fact: Fact) -> Person:
    """The person once this fact is in its place."""
    at = fact.effective_at
    match fact.content:
        case PersonJoined(name=name, email=email, key=key):
            return _arrived(state, Presence(since=at, name=name, email=email, key=key))
        case GuestInvited(name=name, email=email, key=key):
            return _arrived(state, Presence(since=at, guest=True, name=name, email=email, key=key))
        case PersonLeft():
            return _left(state, at)
        case MembershipBegan() | MembershipEnded() as content:
            return replace(state, places=with_membership(state.places, content, at))
        case RankHeld(rank=rank):
            return replace(state, ranks=followed_by(state.ranks, Rank(at, rank)))
        case ManagerAssigned(manager=manager):
            return replace(state, managers=followed_by(state.managers, Manager(at, manager)))
        case AccessGranted() | AccessRevoked() as content:
            return replace(state, accesses=with_access(state.accesses, content, at))
        case PersonErased() as content:
            return replace(state, erasures=with_erasure(state.erasures, content, at))
        case PersonHeld() | PersonReleased() as content:
            return replace(state, holds=with_hold(state.holds, content, at))
        case _:
            return state


def _arrived(state: Person, stay: Presence) -> Person:
    former = state.presences[-1] if state.presences else stay
    stay = replace(stay, name=stay.name or former.name, email=stay.email or former.email, key=stay.key or former.key)
    return replace(state, presences=(*state.presences, stay))


def _left(state: Person, at: datetime) -> Person:
    return replace(
        state,
        presences=tuple(stay if stay.until else replace(stay, until=at) for stay in state.presences),
        places=tuple(place if place.until else replace(place, until=at) for place in state.places),
        ranks=followed_by(state.ranks, Rank(at, None)) if state.ranks else (),
        managers=followed_by(state.managers, Manager(at, None)) if state.managers else (),
        accesses=tuple(access if access.until else replace(access, until=at) for access in state.accesses),
    )


PERSON: Aggregate[Person] = Aggregate(
    "person",
    Person(),
    (
        PersonJoined,
        GuestInvited,
        PersonLeft,
        MembershipBegan,
        MembershipEnded,
        RankHeld,
        ManagerAssigned,
        AccessGranted,
        AccessRevoked,
        PersonErased,
        PersonHeld,
        PersonReleased,
    ),
    guard,
    evolve,
)
