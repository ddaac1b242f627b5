"""Memberships: a person's dated places in units, one of which is home."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.dated import holds
from domain.kernel import Content, Refusal, event


@event("membership.began")
class MembershipBegan(Content):
    """The person took a place in a unit. `role` is the organisation's own word; at `home` they count once."""

    unit: UUID
    role: str
    home: bool = False


@event("membership.ended")
class MembershipEnded(Content):
    """The person gave up a place in a unit."""

    unit: UUID
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A place in a unit as it was stated; where the unit merged, its successor is the chart's to tell."""

    unit: UUID
    role: str
    home: bool
    since: datetime
    until: datetime | None = None


@dataclass(eq=False)
class MembershipAlreadyHeld(Refusal):
    """One place in one unit is held once at a time. Several roles in one unit are several places."""

    unit: UUID
    role: str
    where = "role"
    rule = "the person is {role} in unit {unit} already"
    way_out = "end that membership first, in the same request if it goes on otherwise"


@dataclass(eq=False)
class MembershipNotHeld(Refusal):
    """The end of a membership that does not stand."""

    unit: UUID
    role: str
    where = "role"
    rule = "the person is not {role} in unit {unit} at that instant"
    way_out = "name unit and role as the membership began; one in a unit that merged keeps that unit's name"


@dataclass(eq=False)
class HomeElsewhere(Refusal):
    """A person has one home at a time, where they count once."""

    home: UUID
    where = "home"
    rule = "the person's home is unit {home} already"
    way_out = "end the membership there first, in the same request, or begin this one without home"


def held(places: tuple[Membership, ...], at: datetime) -> tuple[Membership, ...]:
    """The places that are held at that instant."""
    return tuple(place for place in places if holds(place, at))


def refuse_membership(places: tuple[Membership, ...], content: MembershipBegan | MembershipEnded, at: datetime) -> None:
    """Refuse a place held already, a second home, or the end of a place that is not held."""
    now = held(places, at)
    same = any((place.unit, place.role) == (content.unit, content.role) for place in now)
    if isinstance(content, MembershipEnded):
        if not same:
            raise MembershipNotHeld(content.unit, content.role)
        return
    if same:
        raise MembershipAlreadyHeld(content.unit, content.role)
    home = next((place.unit for place in now if place.home), content.unit)
    if content.home and home != content.unit:
        raise HomeElsewhere(home)


def with_membership(
    places: tuple[Membership, ...], content: MembershipBegan | MembershipEnded, at: datetime
) -> tuple[Membership, ...]:
    """The places once this one began or ended."""
    if isinstance(content, MembershipBegan):
        return (*places, Membership(unit=content.unit, role=content.role, home=content.home, since=at))
    ended = content.unit, content.role, None
    return tuple(
        replace(place, until=at) if (place.unit, place.role, place.until) == ended else place for place in places
    )
