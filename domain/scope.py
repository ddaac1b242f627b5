"""Who belongs to a scope at an instant: the whole organisation, a unit with all below it, or a rank.

The denominator is as of, too. A person counts where their home is; one without a home counts once in every scope that
holds a membership of theirs. People and units are never added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.chart import Chart
from domain.kernel import Party
from domain.person import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What part of an organisation is asked about: a unit's sub-tree, a rank, or (neither) all of it."""

    unit: UUID | None = None
    rank: str | None = None


@dataclass(frozen=True)
class Population:
    """The people and units of a scope at an instant.

    `seats` tells for each present person the living units where they count, `members` the same by unit: who counts in
    the unit itself, not below it. `people` are those of the scope, `units` its living units, `homeless` the people of
    the scope who have no home.
    """

    at: datetime
    chart: Chart
    scope: Scope
    seats: Mapping[UUID, frozenset[UUID]]
    members: Mapping[UUID, frozenset[UUID]]
    people: frozenset[UUID]
    units: frozenset[UUID]
    homeless: frozenset[UUID]

    def holds(self, party: Party) -> bool:
        """Whether a party's statements count in this scope: who is of it, and whose unit is, or was when it ended."""
        if party.kind == "person":
            return party.id in self.people
        if self.scope.rank is not None:
            return False
        return self.scope.unit is None or seat_of(self.chart, party.id, self.at) in self.units


def population(chart: Chart, people: Mapping[UUID, Person], scope: Scope, at: datetime) -> Population:
    """The people and units of a scope at an instant. A scope whose unit is not alive then is empty."""
    seats = {id: counts_in(chart, person, at) for id, person in people.items() if person.present(at)}
    members = defaultdict[UUID, list[UUID]](list)
    for person, where in seats.items():
        for unit in where:
            members[unit].append(person)
    if scope.unit is not None:
        units = chart.subtree(scope.unit, at)
        inside = {id for id, where in seats.items() if where & units}
    else:
        units = frozenset(id for id, _ in chart.units() if chart.alive(id, at))
        inside = set(seats)
    if scope.rank is not None:
        inside = {id for id in inside if people[id].rank(at) == scope.rank}
    return Population(
        at=at,
        chart=chart,
        scope=scope,
        seats=seats,
        members={unit: frozenset(inside) for unit, inside in members.items()},
        people=frozenset(inside),
        units=frozenset() if scope.rank is not None else units,
        homeless=frozenset(id for id in inside if people[id].home(at) is None),
    )


def counts_in(chart: Chart, person: Person, at: datetime) -> frozenset[UUID]:
    """The living units where a person counts: that of their home, else each of their memberships.

    What merged is carried on by its successor; a membership in a unit not formed when it began has no effect, and one
    in a unit that was split or dissolved is unplaced.
    """
    places = tuple(
        place for place in person.memberships(at) if (unit := chart.unit(place.unit)) and unit.since <= place.since
    )
    counted = tuple(place for place in places if place.home) or places
    return frozenset(seat for place in counted if (seat := chart.carried_on_by(place.unit, at)))


def seat_of(chart: Chart, unit: UUID, at: datetime) -> UUID | None:
    """Where a unit's statements count: itself, what carries it on, or the nearest living unit it last sat in."""
    here: UUID | None = unit
    while here is not None:
        carried = chart.carried_on_by(here, at)
        if carried is not None:
            return carried
        found = chart.unit(here)
        here = found.stated_parent(found.until or at) if found else None
    return None
