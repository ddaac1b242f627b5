"""Where people stand in a grouping tree: by the units that they sit in, their ranks, or groups of stakeholders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from domain.chart import Chart
from domain.confidentiality import Grouping, Path, planted
from domain.person import Person
from domain.review_events import Group
from domain.scope import seating


def grouped(
    chart: Chart, people: Mapping[UUID, Person], groups: Iterable[Group], by: Iterable[Grouping], at: datetime
) -> dict[UUID, Path]:
    """The leaf of each of these people at that instant, in a tree made of `by`, the outermost first.

    Who has no home, but sits in a single unit, stands there; who has no place, rank or group stands directly above.
    """
    named = {person: group.name for group in groups for person in group.people}

    def step(kind: Grouping, id: UUID, person: Person) -> Path:
        match kind:
            case Grouping.UNITS:
                return _units(chart, person, at)
            case Grouping.RANKS:
                rank = person.rank(at)
                return (rank,) if rank is not None else ()
            case Grouping.GROUPS:
                return (named[id],) if id in named else ()

    paths: dict[UUID, Path] = dict.fromkeys(people, ())
    for kind in by:
        paths = planted({id: (*path, *step(kind, id, people[id])) for id, path in paths.items()})
    return paths


def _units(chart: Chart, person: Person, at: datetime) -> Path:
    """The units from the top down to the one where somebody sits."""
    where = seating(chart, person, at)
    here = where.home or (next(iter(where.seats)) if len(where.seats) == 1 else None)
    path = list[str]()
    while here is not None:
        path.insert(0, str(here))
        here = chart.parent(here, at)
    return tuple(path)
