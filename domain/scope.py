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
from domain.person import Person

JUST_BEFORE = timedelta(microseconds=-1)


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

    def counts(self, party: Party) -> bool:
        """Whether it is among the people or units of the scope."""
        return party.id in (self.people if party.kind == "person" else self.units)

    def holds(self, party: Party) -> bool:
        """Whether what a party said counts in this scope: it is of it, or it was when it left or ended."""
        if self.scope == WHOLE or self.counts(party):
            return True
        if party.kind == "person":
            return party.id in self.gone
        return seat_of(self.chart, party.id, self.at) in self.units


def population(chart: Chart, people: Mapping[UUID, Person], scope: Scope, at: datetime) -> Population:
    """The people and units of a scope at an instant. A scope whose unit is not alive then is empty."""
    seats = {id: counts_in(chart, person, at) for id, person in people.items() if person.present(at)}
    members = defaultdict[UUID, set[UUID]](set)
    for id, where in seats.items():
        for unit in where:
            members[unit].add(id)
    if scope.unit is None:
        below = frozenset(id for id, unit in chart.units() if holds(unit, at))
    else:
        below = chart.subtree(scope.unit, at)

    def inside(where: Iterable[UUID | None], person: Person, when: datetime = at) -> bool:
        placed = scope.unit is None or not below.isdisjoint(where)
        return placed and (scope.rank is None or person.rank(when) == scope.rank)

    here = frozenset(id for id, where in seats.items() if inside(where, people[id]))
    lost = {id: ended for id in seats if (ended := _ended_units(chart, people[id], at))}
    return Population(
        at=at,
        chart=chart,
        scope=scope,
        seats=seats,
        members={unit: frozenset(who) for unit, who in members.items()},
        people=here,
        units=below if scope.rank is None else frozenset(),
        homeless=frozenset(id for id in here if home_of(chart, people[id], at) is None),
        gone=frozenset(
            id
            for id, person in people.items()
            if (left := _left_at(person, at)) and inside(_last_seats(chart, person, left, at), person, left)
        ),
        unplaced=frozenset(
            id for id, ended in lost.items() if inside((seat_of(chart, unit, at) for unit in ended), people[id])
        ),
        unplaced_units=frozenset(
            id
            for id in chart.unplaced(at)
            if scope.rank is None and (scope.unit is None or _was_in(chart, id, at) in below)
        ),
    )


def counts_in(chart: Chart, person: Person, at: datetime) -> frozenset[UUID]:
    """The living units where a person counts: their home, else each that holds a membership of theirs."""
    home = home_of(chart, person, at)
    if home is not None:
        return frozenset({home})
    return frozenset(seat for place in places_of(chart, person, at) if (seat := chart.carried_on_by(place.unit, at)))


def home_of(chart: Chart, person: Person, at: datetime) -> UUID | None:
    """The living unit that is a person's home, or carries it on; None for a person without."""
    homes = (chart.carried_on_by(place.unit, at) for place in places_of(chart, person, at) if place.home)
    return next((home for home in homes if home is not None), None)


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


def places_of(chart: Chart, person: Person, at: datetime) -> tuple[Membership, ...]:
    """The memberships held that have effect: of units that had been formed when they began."""
    return tuple(
        place for place in person.memberships(at) if (unit := chart.unit(place.unit)) and unit.since <= place.since
    )


def _ended_units(chart: Chart, person: Person, at: datetime) -> frozenset[UUID]:
    """The units of a person's memberships that ended without one successor: where they sit has to be restated."""
    places = places_of(chart, person, at)
    return frozenset(place.unit for place in places if chart.carried_on_by(place.unit, at) is None)


def _left_at(person: Person, at: datetime) -> datetime | None:
    """The last instant of a person of the organisation who is there no more."""
    stay = person.known_as(at)
    return stay.until + JUST_BEFORE if stay and stay.until and not stay.guest else None


def _last_seats(chart: Chart, person: Person, left: datetime, at: datetime) -> frozenset[UUID | None]:
    """Where a person counted when they left, as the chart is at the instant asked about."""
    return frozenset(seat_of(chart, seat, at) for seat in counts_in(chart, person, left))
