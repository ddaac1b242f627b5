"""Which figures of an alignment state look better once something more is known: what a register tells of each entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.alignment import Alignment

MORE_IS_BETTER = re.compile(
    r"acknowledgement/current|commitments/(current|fulfilled)|parties/(people|units)/(committed|fulfilled)"
    r"|duties/met|reviews/[^/]+/answered|accountable/people"
)
"""Figures that stand better when they rise."""

LESS_IS_BETTER = re.compile(
    r"acknowledgement/(none|outdated|declined)|commitments/(stale|overdue|unowned|missed|declined|withdrawn|on_behalf)"
    r"|parties/(people|units)/(stale|overdue|unowned|declined|on_behalf)|duties/(open|overdue|lapsed)"
    r"|accountable/goals_vacant|population/(without_home|unplaced|unplaced_units)"
)
"""Figures that stand better when they fall. All others are neither good nor bad."""

SHARE = "people_committed"
"""The share of people committed, in tenths of a percent: fewer people asked make it rise, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """A figure that stands better after than before: counts, or for the share tenths of a percent."""

    figure: str
    before: int
    after: int


def improvements(before: Alignment, after: Alignment) -> tuple[Improvement, ...]:
    """The figures of one strategy, scope and instant that stand better by what became known in between; by name."""
    return tuple(sorted((*_counts(before, after), *_share(before, after)), key=lambda each: each.figure))


def _counts(before: Alignment, after: Alignment) -> Iterator[Improvement]:
    for name in before.figures.keys() | after.figures.keys():
        was, found = (state.figures[name].count if name in state.figures else 0 for state in (before, after))
        better = found > was if MORE_IS_BETTER.fullmatch(name) else found < was
        if better and (MORE_IS_BETTER.fullmatch(name) or LESS_IS_BETTER.fullmatch(name)):
            yield Improvement(figure=name, before=was, after=found)


def _share(before: Alignment, after: Alignment) -> Iterator[Improvement]:
    was, found = _tenths(before), _tenths(after)
    if was is not None and found is not None and found > was:
        yield Improvement(figure=SHARE, before=was, after=found)


def _tenths(state: Alignment) -> int | None:
    committed, people = state.figures.get("parties/people/committed"), state.figures["population/people"].count
    return round(1000 * committed.count / people) if committed is not None and people else None
