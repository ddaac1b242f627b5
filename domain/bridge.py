"""The bridge between two instants: how a figure went from one value to the other, in steps that add up.

First what is *restated*: the same instant as it was known then, and as it is known at the later known time. Then, with
that knowledge, what happened between: joined, left, moved, became stale, changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.alignment import Alignment, Kind
from domain.commitment import Standing
from domain.judgement import Flag, Judged


class Step(StrEnum):
    """Why a record entered or left a figure."""

    RESTATED = "restated"
    JOINED = "joined"
    LEFT = "left"
    MOVED = "moved"
    MADE = "made"
    BECAME_STALE = "became_stale"
    BECAME_UNOWNED = "became_unowned"
    BECAME_OVERDUE = "became_overdue"
    BECAME_OUTDATED = "became_outdated"
    CHANGED = "changed"


FLAGGED = {Flag.STALE: Step.BECAME_STALE, Flag.UNOWNED: Step.BECAME_UNOWNED, Flag.OVERDUE: Step.BECAME_OVERDUE}
TURNED = {"acknowledgement/outdated": Step.BECAME_OUTDATED, "duties/overdue": Step.BECAME_OVERDUE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """One figure at two instants. `before` plus all `entered` minus all `left` is `after`, step by step.

    `stayed` is how many were in it all along.
    """

    figure: str
    of: Kind
    before: int
    entered: Mapping[Step, frozenset[UUID]]
    left: Mapping[Step, frozenset[UUID]]
    after: int
    stayed: int


def bridge(first: Alignment, restated: Alignment, second: Alignment) -> tuple[Bridge, ...]:
    """Every figure's way from `first` to `second`, both of one strategy and scope.

    `restated` is the first valid time as known at the second known time.
    """
    names = sorted({*first.figures, *restated.figures, *second.figures})
    between = _Between(restated, second)
    return tuple(_bridge(name, first, restated, second, between) for name in names)


def _bridge(name: str, first: Alignment, restated: Alignment, second: Alignment, between: _Between) -> Bridge:
    before, known, after = (_records(each, name) for each in (first, restated, second))
    of = next(each.figures[name].of for each in (second, restated, first) if name in each.figures)
    entered = _steps(after - known, lambda record: between.entered(name, of, record))
    left = _steps(known - after, lambda record: between.left(name, of, record))
    return Bridge(
        figure=name,
        of=of,
        before=len(before),
        entered=_restated(known - before) | entered,
        left=_restated(before - known) | left,
        after=len(after),
        stayed=len(before & known & after),
    )


def _records(alignment: Alignment, name: str) -> frozenset[UUID]:
    return alignment.figures[name].records if name in alignment.figures else frozenset()


def _restated(records: frozenset[UUID]) -> dict[Step, frozenset[UUID]]:
    return {Step.RESTATED: records} if records else {}


def _steps(records: Iterable[UUID], step: Callable[[UUID], Step]) -> dict[Step, frozenset[UUID]]:
    found = defaultdict[Step, set[UUID]](set)
    for record in records:
        found[step(record)].add(record)
    return {step: frozenset(found[step]) for step in sorted(found)}


class _Between:
    """What happened to records between two instants, both known at the same time."""

    def __init__(self, first: Alignment, second: Alignment) -> None:
        self.first, self.second = first, second
        self.flagged = defaultdict[UUID, set[Flag]](set)
        for id, each in second.said.items():
            former = first.said.get(id)
            new = each.flags - former.flags if former else each.flags
            self.flagged[id] |= new
            self.flagged[each.party.id] |= new

    def entered(self, name: str, of: Kind, record: UUID) -> Step:
        """Why a record is in a figure and was not."""
        came, last = _came(of, record, self.first, self.second), name.rpartition("/")[2]
        if came is not None:
            return came
        if last in FLAGGED and Flag(last) in self.flagged[record]:
            return FLAGGED[Flag(last)]
        return TURNED.get(name, Step.CHANGED)

    def left(self, name: str, of: Kind, record: UUID) -> Step:
        """Why a record is no longer in a figure."""
        came = _came(of, record, self.second, self.first)
        if came is not None:
            return Step.MOVED if came is Step.MOVED else Step.LEFT
        group = name.partition("/")[0]
        if group in ("commitments", "parties"):
            lost = (FLAGGED[flag] for flag in (Flag.STALE, Flag.UNOWNED) if flag in self.flagged[record])
            return next(lost, Step.CHANGED)
        turned = (each for each in TURNED if each.startswith(f"{group}/") and record in _records(self.second, each))
        return next((TURNED[each] for each in turned), Step.CHANGED)


def _came(of: Kind, record: UUID, there: Alignment, here: Alignment) -> Step | None:
    """How a record came `here` that is not `there`: it is of the scope only here. None where it is of both, or none."""
    match of:
        case "people" if record in here.population.people and record not in there.population.people:
            return Step.MOVED if record in there.population.seats else Step.JOINED
        case "units" if record in here.population.units and record not in there.population.units:
            return Step.MOVED if there.population.chart.alive(record, there.population.at) else Step.JOINED
        case "commitments" if record not in there.said:
            return Step.MOVED if record in there.situation.commitments else Step.MADE
        case "duties" if record not in there.situation.duties:
            return Step.MADE
        case "duties":
            person = here.situation.duties[record].person
            return _came("people", person, there, here) if person is not None else None
        case "goals" if record not in there.situation.goals:
            return Step.MADE
        case _:
            return None


def difference(first: Alignment, second: Alignment) -> dict[str, tuple[UUID, ...]]:
    """Which commitments were added, removed, withdrawn, otherwise changed, or became stale between two instants."""
    before, after = first.said, second.said
    both = {id: (before[id], after[id]) for id in before.keys() & after.keys()}
    withdrawn = {id for id, pair in both.items() if _is_withdrawn(pair[1]) and not _is_withdrawn(pair[0])}
    return {
        "added": tuple(sorted(after.keys() - before.keys())),
        "removed": tuple(sorted(before.keys() - after.keys())),
        "changed": tuple(
            sorted(id for id, (was, now) in both.items() if _said(was) != _said(now) and id not in withdrawn)
        ),
        "withdrawn": tuple(sorted(withdrawn)),
        "became_stale": tuple(sorted(id for id, (was, now) in both.items() if Flag.STALE in now.flags - was.flags)),
    }


def _is_withdrawn(judged: Judged) -> bool:
    return judged.state.standing is Standing.WITHDRAWN


def _said(judged: Judged) -> tuple[object, ...]:
    """What a commitment says, and whose it is: not how it stands to what others did since."""
    state = judged.state
    return (
        state.party,
        state.target,
        state.terms,
        state.seen,
        state.standing,
        state.stated_at,
        state.owned_since,
        state.on_behalf,
    )
