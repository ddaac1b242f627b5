"""The alignment state: what lies between the streams of one strategy at an instant, derived and never recorded.

Who is in force of what is read off the states that `evolve` made; what is stale, early, unowned, overdue or outdated,
who counts and at which level, follows here. Every figure is a set of records, so that it can be opened, and compared
with itself at another instant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.commitment import Standing, Target
from domain.judgement import Flag, Judged, Receipt, judge, receipt
from domain.kernel import Party
from domain.owed import DutyStatus, duty_status
from domain.response import counts
from domain.scale import Scale
from domain.scope import Population, Scope, population
from domain.situation import Situation

RULES = 1
"""The version of these definitions. A change that alters any old answer raises it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure: the records behind it. Its value is how many they are."""

    of: str
    records: frozenset[UUID]

    @property
    def count(self) -> int:
        """The value."""
        return len(self.records)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFigure:
    """A unit and a target: of its direct members those whose own lowest current level counts ("5 of 7"), and what the
    unit itself committed to, beside it."""

    unit: UUID
    target: Target
    members: frozenset[UUID]
    committed: frozenset[UUID]
    unit_commitments: tuple[UUID, ...]
    unit_level: str | None
    unit_counts: bool


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """The alignment state of a strategy and scope: its figures by name, and its teams beside their targets."""

    situation: Situation
    population: Population
    commitments: tuple[Judged, ...]
    figures: Mapping[str, Figure]
    teams: tuple[TeamFigure, ...]


def derive(situation: Situation, scope: Scope) -> Alignment:
    """The alignment state of a situation in a scope."""
    inside = population(situation.organisation.chart, situation.people, scope, situation.valid_at)
    judged = judge(situation)
    counted = tuple(each for each in judged if inside.holds(each.party))
    figures = {
        "population/people": Figure(of="people", records=inside.people),
        "population/without_home": Figure(of="people", records=inside.homeless),
        "population/units": Figure(of="units", records=inside.units),
        **_receipts(situation, inside),
        **_commitments(situation, counted),
        **_parties(situation, counted),
        **_duties(situation, inside),
        **_participation(situation, inside),
    }
    return Alignment(
        situation=situation,
        population=inside,
        commitments=counted,
        figures=figures,
        teams=tuple(_teams(situation, inside, judged)),
    )


def _receipts(situation: Situation, inside: Population) -> dict[str, Figure]:
    by_person = {each.person: each for each in situation.acknowledgements.values()}
    found: dict[Receipt, set[UUID]] = {each: set() for each in Receipt}
    for person in inside.people:
        found[receipt(situation, by_person.get(person))].add(person)
    return {f"acknowledgement/{name}": Figure(of="people", records=frozenset(who)) for name, who in found.items()}


def _commitments(situation: Situation, judged: Iterable[Judged]) -> dict[str, Figure]:
    found: dict[str, set[UUID]] = {"all": set(), "current": set()}
    found |= {str(each): set() for each in (*Standing, *Flag) if each is not Standing.NONE}
    found |= {f"level/{level}": set() for level in situation.scale.levels}
    for each in judged:
        names = ["all", str(each.state.standing), *map(str, each.flags)]
        if each.current:
            names.append("current")
        if each.state.standing in (Standing.OPEN, Standing.FULFILLED):
            names.append(f"level/{each.state.terms.level}" if each.state.terms.level is not None else "without_level")
            if each.state.terms.role is not None:
                names.append(f"role/{each.state.terms.role}")
        for name in names:
            found.setdefault(name, set()).add(each.id)
    return {f"commitments/{name}": Figure(of="commitments", records=frozenset(who)) for name, who in found.items()}


def party_level(scale: Scale, judged: Iterable[Judged]) -> tuple[str | None, bool]:
    """A party's level towards what these commitments are to, and whether it counts as committed: the lowest current one.

    A missing level, or one of another scale, never counts. A nominal scale gives no party level.
    """
    levels = [each.state.terms.level for each in judged if each.current]
    if not scale.ordered or not levels:
        return None, False
    places = [(scale.place(level), level) for level in levels]
    if any(place is None for place, _ in places):
        return None, False
    lowest = min(places, key=lambda each: each[0] or 0)[1]
    return lowest, scale.counts(lowest)


def _parties(situation: Situation, judged: Iterable[Judged]) -> dict[str, Figure]:
    by_party = defaultdict[Party, list[Judged]](list)
    for each in judged:
        by_party[each.party].append(each)
    names = ("all", "committed", "declined", *(f"level/{level}" for level in situation.scale.levels))
    found = {(kind, name): set[UUID]() for kind in ("person", "unit") for name in names}
    for party, theirs in by_party.items():
        found[party.kind, "all"].add(party.id)
        if all(each.state.standing is Standing.DECLINED for each in theirs):
            found[party.kind, "declined"].add(party.id)
        level, counts = party_level(situation.scale, theirs)
        if level is not None:
            found[party.kind, f"level/{level}"].add(party.id)
        if counts:
            found[party.kind, "committed"].add(party.id)
    plural = {"person": "people", "unit": "units"}
    return {
        f"parties/{plural[kind]}/{name}": Figure(of=plural[kind], records=frozenset(who))
        for (kind, name), who in found.items()
    }


def _duties(situation: Situation, inside: Population) -> dict[str, Figure]:
    found: dict[DutyStatus, set[UUID]] = {each: set() for each in DutyStatus}
    without_effect = {each.record for each in situation.unapplied if each.kind == "duty"}
    for id, duty in situation.duties.items():
        if duty.person in inside.people and id not in without_effect:
            found[duty_status(situation, duty)].add(id)
    return {f"duties/{name}": Figure(of="duties", records=frozenset(which)) for name, which in found.items()}


def _participation(situation: Situation, inside: Population) -> dict[str, Figure]:
    answered = defaultdict[UUID, set[UUID]](set)
    for response in situation.responses.values():
        review = situation.reviews.get(response.review) if response.review else None
        if response.review and response.person and review is not None and counts(review, response):
            answered[response.review].add(response.person)
    figures: dict[str, Figure] = {}
    for id, review in situation.reviews.items():
        participants = (
            frozenset(review.participants) & inside.people
            if inside.scope != Scope()
            else frozenset(review.participants)
        )
        figures[f"reviews/{id}/participants"] = Figure(of="people", records=participants)
        figures[f"reviews/{id}/answered"] = Figure(of="people", records=participants & answered[id])
    return figures


def _teams(situation: Situation, inside: Population, judged: Iterable[Judged]) -> Iterator[TeamFigure]:
    """Every pair of a unit of the scope and a target that it, or one of its direct members, has a commitment to."""
    by_target = defaultdict[tuple[str, UUID | None], list[Judged]](list)
    targets: dict[tuple[str, UUID | None], Target] = {}
    for each in judged:
        key = each.target.element or "", each.target.goal
        targets.setdefault(key, each.target)
        by_target[key].append(each)
    for key in sorted(by_target, key=lambda each: (each[0], str(each[1] or ""))):
        by_party = defaultdict[Party, list[Judged]](list)
        units = set[UUID]()
        for each in by_target[key]:
            by_party[each.party].append(each)
            units |= {each.party.id} if each.party.kind == "unit" else inside.seats.get(each.party.id, frozenset())
        counting = {
            party.id
            for party, theirs in by_party.items()
            if party.kind == "person" and party_level(situation.scale, theirs)[1]
        }
        for unit in sorted(units & inside.units):
            members, own = inside.members.get(unit, frozenset()), by_party.get(Party("unit", unit), [])
            level, counts = party_level(situation.scale, own)
            yield TeamFigure(
                unit=unit,
                target=targets[key],
                members=members,
                committed=members & counting,
                unit_commitments=tuple(sorted(each.id for each in own)),
                unit_level=level,
                unit_counts=counts,
            )
