"""The bridge between two instants: how a figure went from one value to the other, in steps that add up.

First what is *restated*: the same instant as it was known then, and as it is known at the later known time. Then, with
that knowledge, what happened between: joined, left, moved, became stale, changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.alignment import Alignment
from domain.judgement import Flag, Judged
from domain.kernel import Party


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
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """One figure at two instants. `before` plus all `entered` minus all `left` is `after`, step by step."""

    figure: str
    of: str
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
    why = _Why(restated, second)
    return tuple(_bridge(name, first, restated, second, why) for name in names)


def _bridge(name: str, first: Alignment, restated: Alignment, second: Alignment, why: _Why) -> Bridge:
    before, known, after = (_records(each, name) for each in (first, restated, second))
    of = next(each.figures[name].of for each in (second, restated, first) if name in each.figures)
    entered, left = defaultdict[Step, set[UUID]](set), defaultdict[Step, set[UUID]](set)
    entered[Step.RESTATED] |= known - before
    left[Step.RESTATED] |= before - known
    for record in after - known:
        entered[why.entered(of, record)].add(record)
    for record in known - after:
        left[why.left(of, record)].add(record)
    return Bridge(
        figure=name,
        of=of,
        before=len(before),
        entered={step: frozenset(who) for step, who in sorted(entered.items()) if who},
        left={step: frozenset(who) for step, who in sorted(left.items()) if who},
        after=len(after),
        stayed=len(before & known & after),
    )


def _records(alignment: Alignment, name: str) -> frozenset[UUID]:
    return alignment.figures[name].records if name in alignment.figures else frozenset()


class _Why:
    """What happened to a record between two instants, both known at the same time."""

    def __init__(self, first: Alignment, second: Alignment) -> None:
        self.first, self.second = first, second
        self.before = {each.id: each for each in first.commitments}
        self.after = {each.id: each for each in second.commitments}
        self.flags_before, self.flags_after = _by_party(first), _by_party(second)

    def entered(self, of: str, record: UUID) -> Step:
        if of == "commitments":
            if record not in self.before and record not in self.first.situation.commitments:
                return Step.MADE
            if record not in self.before:
                return Step.MOVED
            return self._turned(self.before[record].flags, self.after[record].flags)
        if of == "people" and (arrived := self._arrived(record, self.first, self.second)):
            return arrived
        return self._turned(self.flags_before.get(record, frozenset()), self.flags_after.get(record, frozenset()))

    def left(self, of: str, record: UUID) -> Step:
        if of == "commitments":
            if record in self.after:
                return self._turned(self.before[record].flags, self.after[record].flags)
            return self._gone(self.before[record].party)
        if of == "people" and (gone := self._arrived(record, self.second, self.first)):
            return Step.LEFT if gone is Step.JOINED else gone
        if of == "units" and record not in self.second.population.units and record in self.first.population.units:
            return Step.LEFT
        return self._turned(self.flags_before.get(record, frozenset()), self.flags_after.get(record, frozenset()))

    def _gone(self, party: Party) -> Step:
        if party.kind == "person" and party.id in self.second.population.seats:
            return Step.MOVED
        return Step.LEFT

    @staticmethod
    def _arrived(person: UUID, there: Alignment, here: Alignment) -> Step | None:
        """How a person of the scope `here` is none of it `there`: not present at all, or elsewhere."""
        if person in there.population.people or person not in here.population.people:
            return None
        return Step.MOVED if person in there.population.seats else Step.JOINED

    @staticmethod
    def _turned(before: frozenset[Flag], after: frozenset[Flag]) -> Step:
        new = after - before
        for flag, step in (
            (Flag.STALE, Step.BECAME_STALE),
            (Flag.UNOWNED, Step.BECAME_UNOWNED),
            (Flag.OVERDUE, Step.BECAME_OVERDUE),
        ):
            if flag in new:
                return step
        return Step.CHANGED


def _by_party(alignment: Alignment) -> dict[UUID, frozenset[Flag]]:
    found = defaultdict[UUID, set[Flag]](set)
    for each in alignment.commitments:
        found[each.party.id] |= each.flags
    return {party: frozenset(flags) for party, flags in found.items()}


def difference(first: Alignment, second: Alignment) -> dict[str, tuple[UUID, ...]]:
    """Which commitments were added, changed, withdrawn, or became stale from one instant to the other."""
    before = {each.id: each for each in first.commitments}
    after = {each.id: each for each in second.commitments}
    both = before.keys() & after.keys()

    def those(keep: frozenset[UUID] | set[UUID]) -> tuple[UUID, ...]:
        return tuple(sorted(keep))

    return {
        "added": those(after.keys() - before.keys()),
        "removed": those(before.keys() - after.keys()),
        "changed": those({id for id in both if _statement(before[id]) != _statement(after[id])}),
        "withdrawn": those({id for id in both if _ended(before[id], after[id])}),
        "became_stale": those({id for id in both if Flag.STALE in after[id].flags - before[id].flags}),
    }


def _statement(judged: Judged) -> tuple[object, ...]:
    return judged.party, judged.target, judged.state.terms, judged.state.seen, judged.state.standing


def _ended(before: Judged, after: Judged) -> bool:
    return before.state.standing is not after.state.standing and after.state.standing.value == "withdrawn"
