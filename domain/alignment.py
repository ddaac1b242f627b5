"""The alignment state: what lies between the streams of one strategy at an instant, derived and never recorded.

Who is in force of what is read off the states that `evolve` made; what is stale, early, unowned, overdue or outdated,
who counts and at which level, follows here. Every figure is a set of records, so that it can be opened, and compared
with itself at another instant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from uuid import UUID

from domain.commitment import Standing, Target
from domain.judgement import TAKEN_ON, Flag, Judged, Receipt, judge, receipt
from domain.owed import DutyStatus, duty_status
from domain.scale import Scale
from domain.scope import WHOLE, Population, Scope, population
from domain.situation import Situation, Unapplied
from domain.vacancy import PURSUED, OnTheHook, on_the_hook

RULES = 2
"""The version of these definitions. A change that alters any old answer raises it."""

Kind = Literal["people", "units", "commitments", "duties", "goals"]
Sort = tuple[Standing, frozenset[Flag], str | None, str | None]
"""See `Judged.sort`."""
Towards = tuple[str | None, UUID | None]
"""An element or a goal of the strategy, or neither: all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure: the records behind it, all of one kind. Its value is how many they are."""

    of: Kind
    records: frozenset[UUID]

    @property
    def count(self) -> int:
        """The value."""
        return len(self.records)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFigure:
    """A unit and a target: of its direct members those whose own lowest current level counts ("5 of 7").

    What the unit itself committed to stands beside it.
    """

    unit: UUID
    target: Target
    members: frozenset[UUID]
    committed: frozenset[UUID]
    unit_commitments: tuple[UUID, ...]
    unit_level: str | None
    unit_counts: bool


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """The alignment state of a strategy and scope.

    Its figures by name, its teams beside their targets, and who is on the hook. `commitments` are those of the scope,
    `unapplied` the facts without effect that are of the scope or of the strategy itself.
    """

    situation: Situation
    population: Population
    commitments: tuple[Judged, ...]
    figures: Mapping[str, Figure]
    teams: tuple[TeamFigure, ...]
    on_the_hook: tuple[OnTheHook, ...]
    unapplied: tuple[Unapplied, ...]

    @cached_property
    def said(self) -> Mapping[UUID, Judged]:
        """The commitments by their ids."""
        return {each.id: each for each in self.commitments}


def derive(situation: Situation, scope: Scope) -> Alignment:
    """The alignment state of a situation in a scope."""
    inside = population(situation.organisation.chart, situation.people, scope, situation.valid_at)
    judged = judge(situation)
    said_here = tuple(each for each in judged if inside.holds(each.party))
    hooked = on_the_hook(situation, inside)
    return Alignment(
        situation=situation,
        population=inside,
        commitments=said_here,
        figures={
            **_figures(
                "people",
                "population",
                {"people": inside.people, "without_home": inside.homeless, "unplaced": inside.unplaced},
            ),
            **_figures("units", "population", {"units": inside.units, "unplaced_units": inside.unplaced_units}),
            **_figures("people", "acknowledgement", _receipts(situation, inside)),
            **_figures("commitments", "commitments", _commitments(situation, said_here)),
            **_figures("people", "parties/people", _parties(situation, judged, "person", inside.people)),
            **_figures("units", "parties/units", _parties(situation, judged, "unit", inside.units)),
            **_figures("duties", "duties", _duties(situation, inside)),
            **_figures("people", "reviews", _participation(situation, scope)),
            **_figures("people", "accountable", {"people": {each.person for each in hooked if each.person}}),
            **_figures(
                "goals",
                "accountable",
                {"goals_vacant": {each.goal for each in hooked if each.goal and each.person is None}},
            ),
        },
        teams=tuple(_teams(situation, inside, judged)),
        on_the_hook=hooked,
        unapplied=tuple(each for each in situation.unapplied if each.party is None or inside.holds(each.party)),
    )


def _figures(of: Kind, group: str, sets: Mapping[str, Iterable[UUID]]) -> dict[str, Figure]:
    return {f"{group}/{name}": Figure(of=of, records=frozenset(records)) for name, records in sets.items()}


def _receipts(situation: Situation, inside: Population) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = {each: set() for each in Receipt}
    for person in inside.people:
        found[receipt(situation, person)].add(person)
    return found


def _commitments(situation: Situation, judged: Iterable[Judged]) -> dict[str, set[UUID]]:
    names = ["all", "current", *(each for each in (*Standing, *Flag) if each is not Standing.NONE), "without_level"]
    sorts = dict[Sort, tuple[tuple[str, ...], set[UUID]]]()
    for each in judged:
        sort = each.sort
        if sort not in sorts:
            current = ["current"] if each.current else []
            sorts[sort] = ("all", each.state.standing, *each.flags, *current, *_terms(each)), set()
        sorts[sort][1].add(each.id)
    return _united((*names, *(f"level/{level}" for level in situation.scale.levels)), sorts.values())


def _united(names: Iterable[str], groups: Iterable[tuple[tuple[str, ...], set[UUID]]]) -> dict[str, set[UUID]]:
    """The records by name, given in groups of those that have all their names in common."""
    found = {name: set[UUID]() for name in names}
    for under, records in groups:
        for name in under:
            found.setdefault(name, set()).update(records)
    return found


def _terms(judged: Judged) -> Iterator[str]:
    """The figures for the level and role of what was taken on."""
    terms = judged.state.terms
    if judged.state.standing in TAKEN_ON:
        yield f"level/{terms.level}" if terms.level is not None else "without_level"
        if terms.role is not None:
            yield f"role/{terms.role}"


def party_level(scale: Scale, judged: Iterable[Judged]) -> tuple[str | None, bool]:
    """A party's level towards what these commitments are to, and whether it counts: the lowest current one.

    A missing level, or one of another scale, never counts. A nominal scale gives no party level.
    """
    levels = [each.state.terms.level for each in judged if each.current]
    places = [(place, level) for level in levels if (place := scale.place(level)) is not None]
    if not places or len(places) < len(levels):
        return None, False
    _, lowest = min(places)
    return lowest, scale.counts(lowest)


def _parties(
    situation: Situation, judged: Iterable[Judged], kind: Literal["person", "unit"], counted: frozenset[UUID]
) -> dict[str, set[UUID]]:
    """The people or units of a scope by what they come to; where the scale has an order, by level too."""
    own, turned_down = defaultdict[UUID, list[Judged]](list), set[UUID]()
    for each in judged:
        if each.party.kind == kind and each.party.id in counted:
            own[each.party.id].append(each)
        for other in each.state.turned_down_by:
            if other.kind == kind and other.id in counted:
                turned_down.add(other.id)
    levels = ["committed", *(f"level/{level}" for level in situation.scale.levels)] if situation.scale.ordered else []
    alike = dict[tuple[Sort, ...], tuple[tuple[str, ...], set[UUID]]]()
    for party in own.keys() | turned_down:
        theirs = own[party]
        sorts = tuple(each.sort for each in theirs)
        if sorts not in alike:
            alike[sorts] = tuple(_comes_to(situation.scale, theirs)), set()
        alike[sorts][1].add(party)
    return _united(("all", "declined", "fulfilled", *Flag, *levels), alike.values())


def _comes_to(scale: Scale, theirs: list[Judged]) -> Iterator[str]:
    """The figures that a party is in: having declined all that was asked, or at the lowest level of the rest."""
    yield "all"
    if all(each.state.standing is Standing.DECLINED and not each.flags for each in theirs):
        yield "declined"
    if any(each.state.standing is Standing.FULFILLED for each in theirs):
        yield "fulfilled"
    for each in theirs:
        yield from each.flags
        if each.current and each.state.terms.role is not None:
            yield f"role/{each.state.terms.role}"
    level, committed = party_level(scale, theirs)
    if level is not None:
        yield f"level/{level}"
    if committed:
        yield "committed"


def _duties(situation: Situation, inside: Population) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = {each: set() for each in DutyStatus}
    for id, duty in situation.effective.duties.items():
        if duty.person in inside.people:
            found[duty_status(situation, duty)].add(id)
    return found


def _participation(situation: Situation, scope: Scope) -> dict[str, Iterable[UUID]]:
    """Who was asked in each review and who answered, in the scope as it was when the review opened.

    Of a confidential one nobody sees who answered. In the whole organisation stand also those who were asked though, as
    it is known now, they were not there.
    """
    found: dict[str, Iterable[UUID]] = {}
    for id, review in situation.reviews.items():
        at = review.opened_at or situation.valid_at
        asked = {each: situation.people[each] for each in review.participants if each in situation.people}
        if scope == WHOLE:
            participants = frozenset(review.participants)
            found[f"{id}/not_there"] = {each for each, person in asked.items() if person.presence(at) is None}
        else:
            participants = population(situation.organisation.chart, asked, scope, at).people
        found[f"{id}/participants"] = participants
        if review.terms is None:
            found[f"{id}/answered"] = participants & situation.respondents.get(id, frozenset())
    return found


def _teams(situation: Situation, inside: Population, judged: Iterable[Judged]) -> Iterator[TeamFigure]:
    """Every pair of a unit of the scope and a target that it, or one of its direct members, has a commitment to.

    And every goal of such a unit that is pursued, though nobody committed to it yet.
    """
    people = defaultdict[Towards, dict[UUID, list[Judged]]](dict)
    units = defaultdict[Towards, dict[UUID, list[Judged]]](dict)
    for each in judged:
        parties = people if each.party.kind == "person" else units
        parties[each.target.element, each.target.goal].setdefault(each.party.id, []).append(each)
    pursued = defaultdict[Towards, set[UUID]](set)
    for id, goal in situation.goals.items():
        if goal.unit is not None and goal.status in PURSUED:
            pursued[None, id].add(goal.unit)
    in_order, levels = sorted(inside.units), _Levels(situation.scale)
    towards = people.keys() | units.keys() | pursued.keys()
    for element, goal_id in sorted(towards, key=lambda each: (each[0] or "", str(each[1] or ""))):
        target = Target(strategy=situation.id, element=element, goal=goal_id)
        spoke, own = people.get((element, goal_id), {}), units.get((element, goal_id), {})
        speakers, named = set(spoke), pursued.get((element, goal_id), set()).union(own)
        counting = {id for id, theirs in spoke.items() if levels.of(theirs)[1]}
        for unit in in_order:
            members = inside.members.get(unit, frozenset())
            if unit not in named and members.isdisjoint(speakers):
                continue
            theirs = own.get(unit, [])
            level, counts = levels.of(theirs)
            yield TeamFigure(
                unit=unit,
                target=target,
                members=members,
                committed=members & counting,
                unit_commitments=tuple(sorted(each.id for each in theirs)),
                unit_level=level,
                unit_counts=counts,
            )


class _Levels:
    """Party levels on one scale, each worked out once for all parties whose commitments are of the same sorts."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self._known = dict[tuple[Sort, ...], tuple[str | None, bool]]()

    def of(self, judged: Sequence[Judged]) -> tuple[str | None, bool]:
        sorts = tuple(each.sort for each in judged)
        if sorts not in self._known:
            self._known[sorts] = party_level(self.scale, judged)
        return self._known[sorts]
