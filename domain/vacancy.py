"""Who is on the hook: for each criterion, bet and goal the one person who answers for it at an instant, or a vacancy.

Somebody who left answers for nothing from that day on, and coming back does not change that: until somebody is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.accountability import Accountable, answers_now
from domain.element import BETS, CRITERIA, Element
from domain.goal import GoalStatus
from domain.person import Person
from domain.scope import WHOLE, Population, seat_of
from domain.situation import Situation

PURSUED = frozenset({GoalStatus.PROPOSED, GoalStatus.ACCEPTED})
"""Where a goal stands that somebody has to answer for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheHook:
    """An element or a goal, and who answers for it since when; `person` None is a vacancy, of that age."""

    element: str | None = None
    goal: UUID | None = None
    unit: UUID | None = None
    person: UUID | None
    since: datetime


def on_the_hook(situation: Situation, inside: Population, *, followed: bool = False) -> tuple[OnTheHook, ...]:
    """Who answers for what in a scope: for goals of its units, and for whatever its people answer for.

    `followed` says that goals of units that ended are of the scope in which these are carried on, or last were. The
    figures of the alignment state are of living units alone: answers that were given once stay as they are.
    """

    def within(unit: UUID | None) -> bool:
        if followed and unit is not None:
            unit = seat_of(situation.organisation.chart, unit, situation.valid_at)
        return unit in inside.units

    return tuple(
        each
        for each in (*_elements(situation), *_goals(situation))
        if inside.scope == WHOLE or within(each.unit) or each.person in inside.people
    )


def _elements(situation: Situation) -> Iterator[OnTheHook]:
    """For the criteria and bets in force; of the draft before anything is."""
    strategy, revision = situation.strategy, situation.revision
    for element in revision.elements if revision else strategy.draft.elements:
        if element.kind in CRITERIA | BETS:
            newest = answers_now(strategy.accountable.get(element.id, ()))
            since = _first_in_force(situation, element) or strategy.drafted_at or situation.valid_at
            person, since = who_answers(situation.people, newest, since)
            yield OnTheHook(element=element.id, person=person, since=since)


def _goals(situation: Situation) -> Iterator[OnTheHook]:
    """For the goals that are pursued."""
    beside = situation.strategy.accountable_for_goals
    for id, goal in sorted(situation.goals.items()):
        if goal.status in PURSUED and goal.proposed_at is not None:
            newest = answers_now(goal.accountable, beside.get(id, ()))
            person, since = who_answers(situation.people, newest, goal.proposed_at)
            yield OnTheHook(goal=id, unit=goal.unit, person=person, since=since)


def who_answers(
    people: Mapping[UUID, Person], named: Accountable | None, begun: datetime
) -> tuple[UUID | None, datetime]:
    """Who answers for what there is since `begun`, and since when they do, or nobody does."""
    if named is None:
        return None, begun
    person = people.get(named.person) if named.person else None
    stay = person.presence(named.since) if person else None
    if stay is None:
        return None, max(named.since, begun)
    return (named.person, named.since) if stay.until is None else (None, max(stay.until, begun))


def _first_in_force(situation: Situation, element: Element) -> datetime | None:
    publications = situation.strategy.publications
    return next((p.in_force_from for p in publications if any(each.id == element.id for each in p.elements)), None)
