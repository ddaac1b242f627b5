"""The organisation chart: which units there were, under which parents, and what became of those that ended.

Nothing of the past is re-cut: a chart answers for every instant up to its own. When a unit merges, what was in it
follows its single successor; after a split or a dissolution it is *unplaced* until restated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.dated import followed_by, holds
from domain.kernel import Content, Refusal, RefusalKind
from domain.unit import (
    Ending,
    Label,
    Placement,
    Spokesperson,
    SpokespersonNamed,
    Unit,
    UnitDissolved,
    UnitFormed,
    UnitMerged,
    UnitMoved,
    UnitRenamed,
    UnitSplit,
)

CHART_CONTENTS = (UnitFormed, UnitRenamed, UnitMoved, UnitMerged, UnitSplit, UnitDissolved, SpokespersonNamed)

# A timeline keeps the chart after each of its facts. On shelves, ten thousand units share all but a few dozen entries
# between two neighbouring charts; in one mapping each chart would be a full copy.
SHELVES = 256


@dataclass(frozen=True, slots=True)
class Chart:
    """All units that ever were, on shelves by their id."""

    shelves: tuple[Mapping[UUID, Unit], ...] = field(default=({},) * SHELVES, repr=False)

    def unit(self, unit: UUID) -> Unit | None:
        """The unit, ended or not; None if it was never formed."""
        return self.shelves[unit.int % SHELVES].get(unit)

    def units(self) -> Iterator[tuple[UUID, Unit]]:
        """Every unit that ever was, with its id."""
        for shelf in self.shelves:
            yield from shelf.items()

    def alive(self, unit: UUID, at: datetime) -> bool:
        """Whether the unit was formed by then and had not ended."""
        found = self.unit(unit)
        return found is not None and holds(found, at)

    def name(self, unit: UUID, at: datetime) -> str | None:
        """What the unit was called then, or last; None for one not formed by then."""
        found = self.unit(unit)
        return found.label(at).name if found and found.since <= at else None

    def spokesperson(self, unit: UUID, at: datetime) -> UUID | None:
        """Who spoke for the unit; None for a vacancy or a unit not alive."""
        found = self.unit(unit)
        return found.spokesperson(at) if found and holds(found, at) else None

    def successors(self, unit: UUID, at: datetime) -> tuple[UUID, ...]:
        """The units named as succeeding it, if it had ended by then."""
        found = self.unit(unit)
        return found.successors if found and found.until and found.until <= at else ()

    def predecessors(self, unit: UUID, at: datetime) -> tuple[UUID, ...]:
        """The units that it succeeds, by id."""
        return tuple(sorted(each for each, _ in self.units() if unit in self.successors(each, at)))

    def carried_on_by(self, unit: UUID, at: datetime) -> UUID | None:
        """The living unit that carries this one on: itself, or the one it merged into, and so on.

        None for one not formed by then, and where the way ends in a split or a dissolution.
        """
        found = self.unit(unit)
        while found and found.until and found.until <= at and found.ending is Ending.MERGED:
            unit = found.successors[0]
            found = self.unit(unit)
        return unit if found and holds(found, at) else None

    def parent(self, unit: UUID, at: datetime) -> UUID | None:
        """The living unit it sat in; None at the top, and for one unplaced or not alive."""
        found = self.unit(unit)
        return self._placed(found, at) if found and holds(found, at) else None

    def unplaced(self, at: datetime) -> tuple[UUID, ...]:
        """The living units whose parent was split or dissolved, and that have not been moved since; by id."""
        return tuple(
            sorted(
                each
                for each, unit in self.units()
                if holds(unit, at) and (stated := unit.stated_parent(at)) and self.carried_on_by(stated, at) is None
            )
        )

    def subtree(self, unit: UUID, at: datetime) -> frozenset[UUID]:
        """The unit and all living units below it, by the parents of that instant; none for one not alive."""
        below = defaultdict[UUID | None, list[UUID]](list)
        for each, found in self.units():
            if holds(found, at):
                below[self._placed(found, at)].append(each)
        reached, ahead = set[UUID](), [unit] if self.alive(unit, at) else []
        while ahead:
            reached.add(here := ahead.pop())
            ahead += below[here]
        return frozenset(reached)

    def lineage(self, unit: UUID) -> frozenset[UUID]:
        """The unit, and all that ever sat below it or that it and those succeeded.

        At whatever instant of this chart: what counts in the unit or below it was said in one of these.
        """
        leading = defaultdict[UUID, list[UUID]](list)
        for each, found in self.units():
            for onward in (*(placement.parent for placement in found.placements), *found.successors):
                if onward is not None:
                    leading[onward].append(each)
        reached, ahead = set[UUID](), [unit]
        while ahead:
            if (here := ahead.pop()) not in reached:
                reached.add(here)
                ahead += leading[here]
        return frozenset(reached)

    def within(self, unit: UUID, above: UUID, at: datetime) -> bool:
        """Whether `unit` is `above` or sat anywhere below it."""
        here: UUID | None = unit
        while here is not None and here != above:
            here = self.parent(here, at)
        return here is not None

    def _placed(self, unit: Unit, at: datetime) -> UUID | None:
        stated = unit.stated_parent(at)
        return self.carried_on_by(stated, at) if stated else None


@dataclass(eq=False)
class UnitAlreadyFormed(Refusal):
    """A unit is formed once."""

    unit: UUID
    where = "unit"
    rule = "unit {unit} was formed already"
    way_out = "rename or move it, or form another unit under a key of its own"


@dataclass(eq=False)
class UnitNotAlive(Refusal):
    """Something was said about a unit that was not formed yet, or had ended."""

    unit: UUID
    why: str
    where = "unit"
    rule = "unit {unit} {why} at that instant"
    way_out = "name a unit that was there then, or date the statement to a time when this one was"


@dataclass(eq=False)
class ParentNotAlive(UnitNotAlive):
    """No unit sits under one that is not there."""

    where = "parent"


@dataclass(eq=False)
class SuccessorNotAlive(UnitNotAlive):
    """No unit goes on in one that is not there."""

    where = "into"


@dataclass(eq=False)
class CycleInChart(Refusal):
    """A unit would sit below itself."""

    unit: UUID
    parent: UUID
    where = "parent"
    rule = "unit {parent} sits in unit {unit}, so {unit} cannot sit in {parent}"
    way_out = "move {parent} out of {unit} first, or name another parent"


@dataclass(eq=False)
class UnitSucceedsItself(Refusal):
    """A unit cannot end and go on as itself."""

    unit: UUID
    kind = RefusalKind.INVALID
    where = "into"
    rule = "unit {unit} would succeed itself"
    way_out = "name other units; one that goes on with less needs no split"


@dataclass(eq=False)
class MergedIntoOwnPart(Refusal):
    """A merger into a unit below: what follows the successor would put it below itself."""

    unit: UUID
    into: UUID
    where = "into"
    rule = "unit {into} sits in unit {unit} and cannot take it in"
    way_out = "move {into} out of {unit} first, or merge {into} into {unit}"


@dataclass(eq=False)
class SplitIntoTooFew(Refusal):
    """A split has several successors, each named once."""

    unit: UUID
    kind = RefusalKind.INVALID
    where = "into"
    rule = "unit {unit} needs at least two different units to be split into"
    way_out = "name two or more; into a single one it is a merger"


@dataclass(eq=False)
class NothingRenamed(Refusal):
    """A renaming without a new name or kind."""

    unit: UUID
    kind = RefusalKind.INVALID
    where = "name"
    rule = "neither a name nor a kind is given for unit {unit}"
    way_out = "give at least one of them"


def refuse_chart(chart: Chart, content: Content, at: datetime) -> None:
    """Refuse what cannot happen to this chart at that instant."""
    match content:
        case UnitFormed(unit=unit, parent=parent):
            if chart.unit(unit):
                raise UnitAlreadyFormed(unit)
            if parent:
                _be_alive(chart, parent, at, ParentNotAlive)
        case UnitRenamed(unit=unit, name=name, kind=kind):
            _be_alive(chart, unit, at)
            if name is None and kind is None:
                raise NothingRenamed(unit)
        case UnitMoved(unit=unit, parent=parent):
            _be_alive(chart, unit, at)
            if parent:
                _be_alive(chart, parent, at, ParentNotAlive)
                if chart.within(parent, unit, at):
                    raise CycleInChart(unit, parent)
        case UnitMerged(unit=unit, into=into):
            _be_succeeded(chart, unit, (into,), at)
            if chart.within(into, unit, at):
                raise MergedIntoOwnPart(unit, into)
        case UnitSplit(unit=unit, into=successors):
            _be_succeeded(chart, unit, successors, at)
            if len(set(successors)) < max(2, len(successors)):
                raise SplitIntoTooFew(unit)
        case UnitDissolved(unit=unit) | SpokespersonNamed(unit=unit):
            _be_alive(chart, unit, at)
        case _:
            return


def _be_succeeded(chart: Chart, unit: UUID, successors: tuple[UUID, ...], at: datetime) -> None:
    _be_alive(chart, unit, at)
    if unit in successors:
        raise UnitSucceedsItself(unit)
    for successor in successors:
        _be_alive(chart, successor, at, SuccessorNotAlive)


def _be_alive(chart: Chart, unit: UUID, at: datetime, refusal: type[UnitNotAlive] = UnitNotAlive) -> None:
    if not chart.alive(unit, at):
        found = chart.unit(unit)
        raise refusal(unit, f"had been {found.ending}" if found else "had not been formed")


def evolve_chart(chart: Chart, content: Content, at: datetime) -> Chart:
    """The chart once this happened to it."""
    match content:
        case UnitFormed(unit=id, name=name, kind=kind, parent=parent, key=key):
            label, placement = Label(at, name, kind), Placement(at, parent)
            return _put(chart, id, Unit(key=key, since=at, labels=(label,), placements=(placement,)))
        case UnitRenamed(unit=id, name=name, kind=kind) if unit := chart.unit(id):
            former = unit.label(at)
            label = Label(at, former.name if name is None else name, former.kind if kind is None else kind)
            return _put(chart, id, replace(unit, labels=followed_by(unit.labels, label)))
        case UnitMoved(unit=id, parent=parent) if unit := chart.unit(id):
            return _put(chart, id, replace(unit, placements=followed_by(unit.placements, Placement(at, parent))))
        case SpokespersonNamed(unit=id, person=person) if unit := chart.unit(id):
            spokespersons = followed_by(unit.spokespersons, Spokesperson(at, person))
            return _put(chart, id, replace(unit, spokespersons=spokespersons))
        case UnitMerged(unit=id, into=into) if unit := chart.unit(id):
            return _put(chart, id, replace(unit, until=at, ending=Ending.MERGED, successors=(into,)))
        case UnitSplit(unit=id, into=successors) if unit := chart.unit(id):
            return _put(chart, id, replace(unit, until=at, ending=Ending.SPLIT, successors=successors))
        case UnitDissolved(unit=id) if unit := chart.unit(id):
            return _put(chart, id, replace(unit, until=at, ending=Ending.DISSOLVED))
        case _:
            return chart


def _put(chart: Chart, id: UUID, unit: Unit) -> Chart:
    place = id.int % SHELVES
    shelves = list(chart.shelves)
    shelves[place] = {**shelves[place], id: unit}
    return Chart(tuple(shelves))
