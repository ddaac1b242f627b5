"""Gathering a situation from the states: all of a strategy, or no more of it than the figures of one unit need.

Of a unit only its own people and statements are read, and whom those name. What is derived for that unit is the same
(tests/projections/test_narrowed_is_whole.py); for any other scope a narrowed situation is no ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from application.states import Moment, States
from domain.acknowledgement import ACKNOWLEDGEMENT
from domain.commitment import COMMITMENT, Commitment
from domain.duty import DUTY
from domain.goal import GOAL, Goal
from domain.organisation import ORGANISATION
from domain.person import PERSON, Person
from domain.response import RESPONSE, Response
from domain.review import REVIEW, Review
from domain.situation import Situation
from domain.strategy import STRATEGY, Strategy
from domain.temporal import Aggregate

S = TypeVar("S")

MOST_NARROWED = 1_000
"""People of a unit, at most, for whom statements are looked up one by one; beyond that the whole is read."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom a narrowed situation is about: of a unit all with a place in it at some time, and the units that led to it.

    Of a person that person, and the units spoken for.
    """

    people: Mapping[UUID, Person]
    units: frozenset[UUID]

    @property
    def all(self) -> frozenset[UUID]:
        """The people and the units."""
        return self.units.union(self.people)


class Gathering:
    """Everything about one strategy as of a moment."""

    def __init__(self, states: States, organisation: UUID, moment: Moment, strategy: UUID) -> None:
        self.states, self.organisation, self.moment, self.strategy = states, organisation, moment, strategy

    def concerned(self, unit: UUID, most: int = MOST_NARROWED) -> Concerned | None:
        """Whom the figures of a unit are about; None where they are more than `most` people."""
        organisation = self._of(ORGANISATION, [self.organisation]).get(self.organisation)
        units = organisation.chart.lineage(unit) if organisation else frozenset[UUID]()
        people = self.states.states(PERSON, self.organisation, self.moment, concerning=units)
        return Concerned(people, units) if len(people) <= most else None

    def situation(self, concerned: Concerned | None = None) -> Situation | None:
        """The situation, narrowed where it is said to whom; None where the strategy had not been drafted by then."""
        organisation = self._of(ORGANISATION, [self.organisation]).get(self.organisation)
        strategy = self._of(STRATEGY, [self.strategy]).get(self.strategy)
        if organisation is None or strategy is None:
            return None
        reviews, goals = self._about(REVIEW), self._about(GOAL)
        everyone = concerned.all if concerned else None
        own = concerned.people.keys() if concerned else None
        commitments = self._about(COMMITMENT, everyone)
        if concerned:
            named = (*_named(strategy, goals.values()), *_spoke(commitments.values()))
            beside = sorted(set(named) - concerned.people.keys())
            people = dict(sorted({**concerned.people, **self._of(PERSON, beside)}.items()))
        else:
            people = self.states.states(PERSON, self.organisation, self.moment)
        return Situation(
            valid_at=self.moment.valid_at,
            today=self.moment.valid_at.astimezone(ZoneInfo(organisation.zone)).date(),
            organisation=organisation,
            id=self.strategy,
            strategy=strategy,
            people=people,
            goals=goals,
            goals_beyond=self._goals_beyond(goals),
            commitments=commitments,
            acknowledgements=self._about(ACKNOWLEDGEMENT, own),
            duties=self._about(DUTY, own),
            reviews=reviews,
            responses=self._responses(reviews, own),
        )

    def _of(self, aggregate: Aggregate[S], streams: list[UUID]) -> dict[UUID, S]:
        if not streams:
            return {}
        return self.states.states(aggregate, self.organisation, self.moment, streams=streams)

    def _about(self, aggregate: Aggregate[S], concerning: Iterable[UUID] | None = None) -> dict[UUID, S]:
        return self.states.states(
            aggregate,
            self.organisation,
            self.moment,
            strategy=self.strategy,
            concerning=None if concerning is None else frozenset(concerning),
        )

    def _goals_beyond(self, goals: Mapping[UUID, Goal]) -> dict[UUID, Goal]:
        """The goals of other strategies that these support, and what those support in turn."""
        beyond: dict[UUID, Goal] = {}
        ahead = goals
        while ahead:
            parents = {each.goal for goal in ahead.values() for each in goal.supports if each.goal is not None}
            ahead = self._of(GOAL, sorted(parents - goals.keys() - beyond.keys()))
            beyond |= ahead
        return beyond

    def _responses(self, reviews: Mapping[UUID, Review], own: Iterable[UUID] | None) -> dict[UUID, Response]:
        if not reviews:
            return {}
        concerning = None if own is None else frozenset(own)
        found = self.states.states(RESPONSE, self.organisation, self.moment, concerning=concerning)
        return {id: each for id, each in found.items() if each.review in reviews}


def _named(strategy: Strategy, goals: Iterable[Goal]) -> Iterable[UUID]:
    """Who was ever named as accountable."""
    tenures = (
        *strategy.accountable.values(),
        *strategy.accountable_for_goals.values(),
        *(g.accountable for g in goals),
    )
    return (each.person for tenure in tenures for each in tenure if each.person is not None)


def _spoke(commitments: Iterable[Commitment]) -> Iterable[UUID]:
    """The people who spoke for these commitments: whether they were there decides whether their words have effect."""
    return (each.party.id for state in commitments for each in state.said if each.party.kind == "person")


def weight(situation: Situation) -> int:
    """How many states a situation holds, for keeping no more of them than fit."""
    held = situation.people, situation.commitments, situation.acknowledgements, situation.duties, situation.responses
    return sum(map(len, held)) + 1
