"""Does alignment pay? What KPIs of one kind of outcome came to in more and in less aligned units, over one period.

Units are grouped by the share of their people who were committed as the period *began*, so that an outcome cannot have
made the alignment it is held against. What is compared is a figure a unit: the value at the end of the period, its
change, or its change relative to where it began. Nothing that was confided is read: commitments are avowed, and what
confidential reviews asked is compared by published groups alone (`domain.outcomes_published`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from domain.alignment import Alignment
from domain.confidentiality import Part
from domain.kernel import Refusal, RefusalKind
from domain.kpi import Kpi
from domain.kpi_events import Direction, OutcomeKind
from domain.kpi_place import lacking, rests_because, unit_of
from domain.measuring import shown
from domain.situation import Situation

FEWEST_UNITS = 10
"""How many units there are in each group at least."""

WARNING = (
    "This is a correlation between units of one organisation: it does not show that alignment made the difference, "
    "and may be due to whatever else sets those units apart. The figures often quoted (growth 58 % faster, 72 % more "
    "profitable) compare companies, not units."
)

NO_VALUE_BEFORE = "no value as the period began"
NO_VALUE_WITHIN = "no value of the period itself"
BEGAN_AT_NOTHING = "its value as the period began was 0: there is no change relative to it"
NOBODY_THERE = "it had no people as the period began"
OTHERS_BELOW = "units below it are compared"
OF_ANOTHER_KIND = "it is a unit of another kind"
NOT_FORMED_YET = "it was not there as the period began"


class Compared(StrEnum):
    """Which figure of a unit is compared."""

    LEVEL = "level"
    CHANGE = "change"
    RELATIVE = "relative"


@dataclass(eq=False)
class NothingToCompare(Refusal):
    """No unit has a KPI of that outcome."""

    outcome: str
    kind = RefusalKind.UNKNOWN
    where = "outcome"
    rule = "no unit has a KPI of the outcome {outcome} then"
    way_out = "name on each unit's KPI which outcome it measures, or ask for another outcome"


@dataclass(eq=False)
class MixedMeasures(Refusal):
    """Values in several units of measure, or of which more is better here and worse there, cannot be compared."""

    measures: str
    kind = RefusalKind.INVALID
    where = "figure"
    rule = "the units' KPIs of this outcome are measured differently: {measures}"
    way_out = "compare the relative change of KPIs that go the same way, or let units measure it alike"


@dataclass(eq=False)
class NobodyCounts(Refusal):
    """Units are grouped by how many of their people are committed, which a nominal scale does not tell."""

    scale: str
    where = "strategy"
    rule = "on the scale {scale}, which is nominal, nobody counts as committed or not"
    way_out = "ask for a strategy whose commitment scale has an order"


@dataclass(eq=False)
class GroupsTooSmall(Refusal):
    """Too few units to say anything, or to hide any of them."""

    more: int
    less: int
    least: int
    where = "bar"
    rule = "{more} units are more aligned and {less} less, with an outcome: each group needs {least} at least"
    way_out = "set another bar, or wait until more units measure this outcome; nothing is told of smaller groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOutcome:
    """A unit that is compared: how many of its people were committed as the period began, and its figure.

    Where the outcome was confided it is a published reporting group, the `part` of the review's tree.
    """

    unit: UUID | None
    part: Part = ()
    people: int
    committed: int
    aligned: bool
    figure: Fraction
    kpis: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A unit with a KPI of the outcome, or a published group (`part`), that is not compared, and why."""

    unit: UUID | None
    reason: str
    part: Part = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The units that are compared, more aligned ones and less aligned ones, and those left out."""

    more: tuple[UnitOutcome, ...]
    less: tuple[UnitOutcome, ...]
    left_out: tuple[LeftOut, ...]
    measured_in: str
    higher_is_better: bool

    @property
    def difference(self) -> Fraction:
        """By how much the mean of the more aligned units lies above that of the less aligned ones."""
        return mean(self.more) - mean(self.less)

    @property
    def ratio(self) -> Fraction | None:
        """The one mean to the other; None unless both are above 0, as else it would say nothing."""
        more, less = mean(self.more), mean(self.less)
        return more / less if more > 0 and less > 0 else None


def mean(units: Iterable[UnitOutcome]) -> Fraction:
    """The mean of the units' figures."""
    figures = [each.figure for each in units]
    return sum(figures, Fraction(0)) / len(figures)


def rounded(number: Fraction) -> float:
    """A figure as it is shown, with four decimals."""
    return float(shown(number, 4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is compared: of which outcome which figure, which units, and from which share of their people on.

    `bar` is the percentage of a unit's people who have to be committed for it to count among the more aligned.
    """

    outcome: OutcomeKind
    figure: Compared
    bar: Fraction
    kind: str | None = None
    units: frozenset[UUID] | None = None


def compare(began: Alignment, ended: Situation, kpis: Mapping[UUID, Kpi], terms: Terms) -> Comparison:
    """The units by their alignment as the period began, with what their KPIs came to by its end.

    Of units above each other the lower ones are compared. Raises NobodyCounts, NothingToCompare, MixedMeasures,
    GroupsTooSmall.
    """
    if not began.situation.scale.ordered:
        raise NobodyCounts(began.situation.scale.name)
    by_unit = _by_unit(ended, kpis, terms)
    if not by_unit:
        raise NothingToCompare(terms.outcome)
    measured_in, higher_is_better = _alike([each for mine in by_unit.values() for each in mine.values()], terms)
    found, left_out = list[UnitOutcome](), list[LeftOut]()
    for unit, mine in sorted(by_unit.items()):
        outcome = _outcome(began, unit, mine, terms, by_unit.keys())
        if isinstance(outcome, str):
            left_out.append(LeftOut(unit=unit, reason=outcome))
        else:
            found.append(outcome)
    more = tuple(each for each in found if each.aligned)
    less = tuple(each for each in found if not each.aligned)
    if min(len(more), len(less)) < FEWEST_UNITS:
        raise GroupsTooSmall(len(more), len(less), FEWEST_UNITS)
    return Comparison(
        more=more,
        less=less,
        left_out=tuple(left_out),
        measured_in="%" if terms.figure is Compared.RELATIVE else measured_in,
        higher_is_better=higher_is_better,
    )


def _by_unit(ended: Situation, kpis: Mapping[UUID, Kpi], terms: Terms) -> dict[UUID, dict[UUID, Kpi]]:
    """The KPIs of the outcome by the unit whose they are; those of the whole organisation, and of people, are none."""
    found: dict[UUID, dict[UUID, Kpi]] = {}
    for id, kpi in sorted(kpis.items()):
        if kpi.outcome is not terms.outcome or kpi.defined_at is None or kpi.retired_at is not None:
            continue
        if kpi.direction is Direction.HOLD or lacking(ended, kpi) or rests_because(ended, kpi):
            continue
        unit = unit_of(ended, kpi)
        if unit is not None and (terms.units is None or unit in terms.units):
            found.setdefault(unit, {})[id] = kpi
    return found


def _alike(kpis: Iterable[Kpi], terms: Terms) -> tuple[str, bool]:
    """The unit of measure that all share, and whether more is better. Raises MixedMeasures."""
    every = list(kpis)
    measures = {each.measured_in for each in every} if terms.figure is not Compared.RELATIVE else {""}
    directions = {each.direction for each in every}
    if len(measures) > 1 or len(directions) > 1:
        raise MixedMeasures(", ".join(sorted({f"{each.measured_in} {each.direction}" for each in every})))
    return next(iter(measures)), Direction.UP in directions


def _outcome(
    began: Alignment, unit: UUID, kpis: Mapping[UUID, Kpi], terms: Terms, every: Iterable[UUID]
) -> UnitOutcome | str:
    """A unit's figure beside its alignment as the period began, or why it has none."""
    chart, start = began.situation.organisation.chart, began.situation.valid_at
    known = chart.unit(unit)
    if known is None or not chart.alive(unit, start):
        return NOT_FORMED_YET
    if terms.kind is not None and known.label(start).kind.casefold() != terms.kind.casefold():
        return OF_ANOTHER_KIND
    below = chart.subtree(unit, start)
    if any(other != unit and other in below for other in every):
        return OTHERS_BELOW
    people = frozenset[UUID]().union(*(began.population.members.get(each, frozenset()) for each in below))
    if not people:
        return NOBODY_THERE
    committed = len(people & began.figures["parties/people/committed"].records)
    figures = [_figure(kpi, start, terms.figure) for kpi in kpis.values()]
    values = [each for each in figures if isinstance(each, Fraction)]
    if not values:
        return next(each for each in figures if isinstance(each, str))
    return UnitOutcome(
        unit=unit,
        people=len(people),
        committed=committed,
        aligned=Fraction(100 * committed, len(people)) >= terms.bar,
        figure=sum(values, Fraction(0)) / len(values),
        kpis=tuple(id for id, each in zip(kpis, figures, strict=True) if isinstance(each, Fraction)),
    )


def _figure(kpi: Kpi, start: datetime, figure: Compared) -> Fraction | str:
    """What one KPI comes to over the period; a text tells why it comes to nothing."""
    before = [each for each in kpi.measurements if each.since <= start]
    newest = kpi.measurements[-1] if kpi.measurements else None
    if newest is None or newest.since <= start:
        return NO_VALUE_WITHIN
    if figure is Compared.LEVEL:
        return Fraction(newest.value)
    if not before:
        return NO_VALUE_BEFORE
    first, last = Fraction(before[-1].value), Fraction(newest.value)
    if figure is Compared.CHANGE:
        return last - first
    return 100 * (last - first) / abs(first) if first != 0 else BEGAN_AT_NOTHING
