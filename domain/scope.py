"""Who belongs to a scope at an instant: the whole organisation, a unit with all below it, or a rank.

The denominator is as of, too. A person counts where their home is; one without a home counts once in every scope that
holds a membership of theirs. People and units are never added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.chart import Chart
from domain.dated import holds
from domain.kernel import Party
from domain.membership import Membership
from domain.person import Person, Presence

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What part of an organisation is asked about: a unit's sub-tree, a rank, or (neither) all of it."""

    unit: UUID | None = None
    rank: str | None = None


WHOLE = Scope()


@dataclass(frozen=True, kw_only=True)
class Population:
    """The people and units of a scope at an instant.

    `seats` tells for each present person the living units where they count, `members` the same by unit: who counts in
    the unit itself, not below it. `people` are those of the scope, `units` its living units, `homeless` those of its
    people who have no home. `gone` are the people who were of the scope when they left. `unplaced` are people with a
    place in a unit that was split or dissolved, `unplaced_units` those below such a one, in the scope it last was in.
    """

    at: datetime
    chart: Chart
    scope: Scope
    seats: Mapping[UUID, frozenset[UUID]]
    members: Mapping[UUID, frozenset[UUID]]
    people: frozenset[UUID]
    units: frozenset[UUID]
    homeless: frozenset[UUID]
    gone: frozenset[UUID]
    unplaced: frozenset[UUID]
    unplaced_units: frozenset[UUID]

    def holds(self, party: Party) -> bool:
        """Whether what a party said counts in this scope: it is of it, or it was when it left or ended."""
        if self.scope == WHOLE:
            return True
        if party.kind == "person":
            return party.id in self.people or party.id in self.gone
        return seat_of(self.chart, party.id, self.at) in self.units


@dataclass(frozen=True, slots=True)
class Seating:
    """Where somebody sits: the living unit that is home or carries it on, the units where they count, those that ended.

    They count at home; without one, in each unit that holds a membership of theirs. Of a unit that ended without one
    successor it has to be restated where they sit.
    """

    home: UUID | None
    seats: frozenset[UUID]
    ended: frozenset[UUID]


def seating(chart: Chart, person: Person, at: datetime) -> Seating:
    """Where somebody sits at an instant, by the memberships that have effect."""
    home, seats, ended = None, set[UUID](), set[UUID]()
    for place in places_of(chart, person, at):
        seat = chart.carried_on_by(place.unit, at)
        if seat is None:
            ended.add(place.unit)
        else:
            seats.add(seat)
            home = home or (seat if place.home else None)
    return Seating(home, frozenset({home}) if home else frozenset(seats), frozenset(ended))


def places_of(chart: Chart, person: Person, at: datetime) -> list[Membership]:
    """The memberships held that have effect: of units that had been formed when they began."""
    return [place for place in person.memberships(at) if (unit := chart.unit(place.unit)) and unit.since <= place.since]


def population(chart: Chart, people: Mapping[UUID, Person], scope: Scope, at: datetime) -> Population:
    """The people and units of a scope at an instant. A scope whose unit is not alive then is empty."""
    alive = frozenset(id for id, unit in chart.units() if holds(unit, at))
    below = alive if scope.unit is None else chart.subtree(scope.unit, at)
    sitting = {id: seating(chart, person, at) for id, person in people.items() if person.present(at)}
    members = defaultdict[UUID, set[UUID]](set)
    for id, where in sitting.items():
        for unit in where.seats:
            members[unit].add(id)

    def inside(seats: Iterable[UUID | None], person: UUID, when: datetime = at) -> bool:
        placed = scope.unit is None or not below.isdisjoint(seats)
        return placed and (scope.rank is None or people[person].rank(when) == scope.rank)

    def was_inside(units: Iterable[UUID], person: UUID, when: datetime = at) -> bool:
        return inside((seat_of(chart, unit, at) for unit in units), person, when)

    here = frozenset(id for id, where in sitting.items() if inside(where.seats, id))
    left = {
        id: stay.until - INSTANT for id, person in people.items() if (stay := _ended_stay(person, at)) and stay.until
    }
    return Population(
        at=at,
        chart=chart,
        scope=scope,
        seats={id: where.seats for id, where in sitting.items()},
        members={unit: frozenset(who) for unit, who in members.items()},
        people=here,
        units=below if scope.rank is None else frozenset(),
        homeless=frozenset(id for id in here if sitting[id].home is None),
        gone=frozenset(id for id, last in left.items() if was_inside(seating(chart, people[id], last).seats, id, last)),
        unplaced=frozenset(id for id, where in sitting.items() if where.ended and was_inside(where.ended, id)),
        unplaced_units=frozenset(
            id
            for id in chart.unplaced(at)
            if scope.rank is None and (scope.unit is None or _was_in(chart, id, at) in below)
        ),
    )


def seat_of(chart: Chart, unit: UUID, at: datetime) -> UUID | None:
    """Where a unit's statements count: itself, what carries it on, or the nearest living unit it last sat in."""
    here: UUID | None = unit
    passed = set[UUID]()
    while here is not None and here not in passed:
        passed.add(here)
        carried = chart.carried_on_by(here, at)
        if carried is not None:
            return carried
        found = chart.unit(here)
        here = found.stated_parent(found.until or at) if found else None
    return None


def _was_in(chart: Chart, unit: UUID, at: datetime) -> UUID | None:
    """Where the parent stated for a unit sits, or last sat."""
    found = chart.unit(unit)
    parent = found.stated_parent(at) if found else None
    return seat_of(chart, parent, at) if parent else None


def _ended_stay(person: Person, at: datetime) -> Presence | None:
    """The last stay of one of the people who is there no more."""
    stay = person.known_as(at)
    return stay if stay and stay.until and not stay.guest else None
