"""How far the two cascades came in a scope: the process through the managers, the content through everybody (S4).

Every row is told of the people and units that belonged to it at the instant. What was understood is never told of fewer
people than the group that its figures were published of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from domain.alignment import Alignment
from domain.cascade import Process
from domain.chart import Chart
from domain.commitment import Commitment
from domain.commitment import Terms as Taken
from domain.confided_results import PartResult, Results
from domain.confidentiality import Grouping, Path, Terms, covers
from domain.judgement import Receipt, receipt
from domain.programme import Programme, ProgrammeKind, Session
from domain.scale import Scale
from domain.scope import WHOLE, Population, Scope
from domain.situation import Situation
from domain.vacancy import PURSUED


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeRow:
    """How far the cascades came among these people and units.

    Of `managers` (people to whom somebody present reports) `managers_ran` held the process since the last material
    revision; of `units_with_people` (living units with direct members) it was held in `units_ran`. Of `people`,
    `reached` acknowledged what is in force, or took part since in the process or in a session of a communication
    programme of the strategy; `own_goals` have a current commitment that counts, or a pursued goal of their own, or
    answer for one.
    """

    unit: UUID | None
    rank: str | None
    people: frozenset[UUID]
    managers: frozenset[UUID]
    managers_ran: frozenset[UUID]
    units_with_people: frozenset[UUID]
    units_ran: frozenset[UUID]
    reached: frozenset[UUID]
    own_goals: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """Since when a unit's spokesperson is committed to the strategy, and since when the first of their people is.

    Since when somebody's own word has stood at a level that counts, without a break. Only commitments that are current
    count; None where there is none. `leader` is None, too, where nobody speaks for
    the unit or they have made none: nobody gets a list of missing commitments.
    """

    unit: UUID
    leader: UUID | None
    leader_since: datetime | None
    people_since: datetime | None
    committed: int
    people: int

    @property
    def leader_first(self) -> bool | None:
        """Whether the leader's is as old as any of their people's."""
        if self.leader_since is None:
            return None
        return self.people_since is None or self.leader_since <= self.people_since


@dataclass(frozen=True, kw_only=True)
class Cascade:
    """The cascades under one alignment state, told of its whole scope and by unit and rank."""

    found: Alignment
    runs: Mapping[UUID, Process]
    programmes: Mapping[UUID, Programme] = field(default_factory=dict[UUID, Programme])

    @property
    def _situation(self) -> Situation:
        return self.found.situation

    @property
    def _inside(self) -> Population:
        return self.found.population

    @cached_property
    def standing(self) -> Mapping[UUID, Process]:
        """The runs that have effect: of a unit, manager and strategy that were there on the day."""
        situation = self._situation
        return {id: each for id, each in self.runs.items() if _has_effect(situation, each)}

    @cached_property
    def current(self) -> tuple[Process, ...]:
        """The runs since the last material revision came into force, as their managers stated them."""
        own = (each for each in self.standing.values() if not each.on_behalf)
        return tuple(each for each in own if self._is_since_then(each.run_at))

    def _is_since_then(self, at: datetime | None) -> bool:
        """Whether it was no earlier than the last material revision came into force."""
        since = max((each.in_force_from for each in self._situation.material), default=None)
        return since is None or (at is not None and at >= since)

    @cached_property
    def sessions(self) -> tuple[tuple[UUID, Session], ...]:
        """The sessions of communication programmes since the last material revision came into force."""
        drafted = self._situation.strategy.drafted_at
        return tuple(
            (id, session)
            for id, each in self.programmes.items()
            if each.kind is ProgrammeKind.COMMUNICATION and each.planned_at and drafted and drafted <= each.planned_at
            for session in each.sessions
            if self._is_since_then(session.at)
        )

    @cached_property
    def _ran(self) -> frozenset[UUID]:
        return frozenset(each.person for each in self.current if each.person is not None)

    @cached_property
    def _units_ran(self) -> frozenset[UUID]:
        chart, at = self._situation.organisation.chart, self._situation.valid_at
        carried = (chart.carried_on_by(each.unit, at) for each in self.current if each.unit is not None)
        return frozenset(each for each in carried if each is not None)

    @cached_property
    def _managers(self) -> frozenset[UUID]:
        at, people = self._situation.valid_at, self._situation.people
        above = (person.manager(at) for person in people.values() if person.present(at))
        return frozenset(each for each in above if each is not None)

    @cached_property
    def _reached(self) -> frozenset[UUID]:
        situation, people = self._situation, self._inside.people
        ran = ((each.run_at, person) for each in self.current for person in (*each.participants, each.person))
        told = ((session.at, person) for _, session in self.sessions for person in session.participants)
        took_part = {person for at, person in (*ran, *told) if at and person and _was_there(situation, person, at)}
        return frozenset(id for id in people if id in took_part or receipt(situation, id) is Receipt.CURRENT)

    @cached_property
    def _own_goals(self) -> frozenset[UUID]:
        scale = self._situation.scale
        took_on = {
            each.party.id
            for each in self.found.commitments
            if each.current and each.party.kind == "person" and scale.counts(each.state.terms.level)
        }
        own = {each.person for each in self._situation.goals.values() if each.status in PURSUED and each.person}
        answering = {each.person for each in self.found.on_the_hook if each.goal and each.person}
        return frozenset(took_on | own | answering)

    def whole(self) -> CascadeRow:
        """The row of the whole scope."""
        return self._row(self._inside.scope.unit, self._inside.scope.rank, self._inside.people, self._inside.units)

    def by_unit(self) -> Iterator[CascadeRow]:
        """A row for each living unit of the scope, with all below it. There is none where the scope is a rank."""
        people, units = defaultdict[UUID, set[UUID]](set), defaultdict[UUID, set[UUID]](set)
        chart, at, inside = self._situation.organisation.chart, self._situation.valid_at, self._inside
        for unit in inside.units:
            for above in (each for each in _upward(chart, unit, at) if each in inside.units):
                units[above].add(unit)
                people[above] |= inside.members.get(unit, frozenset()) & inside.people
        for unit in sorted(inside.units):
            yield self._row(unit, None, frozenset(people[unit]), frozenset(units[unit]))

    def by_rank(self) -> Iterator[CascadeRow]:
        """A row for each rank that somebody of the scope holds; those without a rank come last."""
        ranks = defaultdict[str | None, set[UUID]](set)
        for id in self._inside.people:
            ranks[self._situation.people[id].rank(self._situation.valid_at)].add(id)
        for rank in sorted(ranks, key=lambda each: (each is None, each or "")):
            yield self._row(self._inside.scope.unit, rank, frozenset(ranks[rank]), frozenset())

    def _row(self, unit: UUID | None, rank: str | None, people: frozenset[UUID], units: frozenset[UUID]) -> CascadeRow:
        peopled = frozenset(each for each in units if self._inside.members.get(each))
        return CascadeRow(
            unit=unit,
            rank=rank,
            people=people,
            managers=people & self._managers,
            managers_ran=people & self._managers & self._ran,
            units_with_people=peopled,
            units_ran=peopled & self._units_ran,
            reached=people & self._reached,
            own_goals=people & self._own_goals,
        )

    def leading(self) -> Iterator[Leading]:
        """Each unit's leader beside the people of the unit and below."""
        first = self._first_commitments()
        chart, at = self._situation.organisation.chart, self._situation.valid_at
        for row in self.by_unit():
            if row.unit is None:
                continue
            leader = chart.spokesperson(row.unit, at)
            others = [first[each] for each in row.people if each != leader and each in first]
            yield Leading(
                unit=row.unit,
                leader=leader if leader in first else None,
                leader_since=first.get(leader) if leader is not None else None,
                people_since=min(others, default=None),
                committed=len(others),
                people=len(row.people - {leader}),
            )

    def _first_commitments(self) -> dict[UUID, datetime]:
        """Since when each person is committed, by the oldest of their commitments that are current and count."""
        found, scale = dict[UUID, datetime](), self._situation.scale
        for each in self.found.commitments:
            if not each.current or each.party.kind != "person" or not scale.counts(each.state.terms.level):
                continue
            since = counting_since(each.state, scale)
            if since is not None:
                found[each.party.id] = min(since, found.get(each.party.id, since))
        return found


def counting_since(commitment: Commitment, scale: Scale) -> datetime | None:
    """Since when its owner's own word has stood at a level that counts, without a break; None where it does not."""
    taken, since = Taken(), None
    for said in commitment.said:
        taken = said.terms or taken
        if said.party != commitment.party or said.on_behalf or not scale.counts(taken.level):
            since = None
        else:
            since = since or said.at
    return since


def _has_effect(situation: Situation, run: Process) -> bool:
    at, drafted = run.run_at, situation.strategy.drafted_at
    unit = situation.organisation.chart.unit(run.unit) if run.unit is not None else None
    there = at is not None and drafted is not None and drafted <= at
    return bool(there and at and run.person and _was_there(situation, run.person, at) and unit and unit.since <= at)


def _was_there(situation: Situation, person: UUID, at: datetime) -> bool:
    found = situation.people.get(person)
    return found is not None and found.known_as(at) is not None


def _upward(chart: Chart, unit: UUID, at: datetime) -> list[UUID]:
    here, found = unit, list[UUID]()
    while here not in found:
        found.append(here)
        above = chart.parent(here, at)
        if above is None:
            break
        here = above
    return found


def told_of(results: Results, terms: Terms, path: Path | None) -> PartResult | None:
    """The smallest part that was published and holds everybody at this place of the tree; None for no place on it."""
    if path is None:
        return None
    holding = [each for each in results.parts if covers(each.part, path)]
    return min(holding, key=lambda each: (each.n, each.part), default=None) if _is_on(terms, path) else None


def _is_on(terms: Terms, path: Path) -> bool:
    """Whether somebody was asked at this place of the tree."""
    return any(leaf.path[: len(path)] == path for leaf in terms.leaves)


def place(chart: Chart, terms: Terms, scope: Scope, opened_at: datetime) -> Path | None:
    """Where a scope stands on a review's tree; None where the tree is not made of what the scope is."""
    if scope == WHOLE:
        return ()
    path: Path = ()
    wanted = {kind for kind, asked in ((Grouping.UNITS, scope.unit), (Grouping.RANKS, scope.rank)) if asked is not None}
    for kind in terms.by:
        if kind not in wanted:
            break
        wanted.discard(kind)
        if kind is Grouping.UNITS and scope.unit is not None:
            if not chart.alive(scope.unit, opened_at):
                return None
            path = (*path, *(str(each) for each in reversed(_upward(chart, scope.unit, opened_at))))
        elif kind is Grouping.RANKS and scope.rank is not None:
            path = (*path, scope.rank)
    return path if not wanted else None
