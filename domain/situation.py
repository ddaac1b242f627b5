"""Everything about one strategy as of a moment, and which of its facts have no effect there.

A fact whose reference into another stream did not exist at the fact's own instant has no effect; it is listed, with the
reason, beside the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from domain.acknowledgement import Acknowledgement
from domain.commitment import Commitment, Target
from domain.duty import Duty
from domain.goal import Goal
from domain.kernel import Party
from domain.organisation import Organisation
from domain.person import Person
from domain.publication import Publication
from domain.response import Response
from domain.review import Review
from domain.scale import DEFAULT_SCALE, Scale
from domain.strategy import Strategy, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Unapplied:
    """A fact without effect: what kind of record it belongs to, which one, and what did not exist at its instant."""

    kind: str
    record: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything about one strategy as of a moment: the states of its streams, each at `valid_at`.

    `today` is the day of `valid_at` in the organisation's zone.
    """

    valid_at: datetime
    today: date
    organisation: Organisation
    id: UUID
    strategy: Strategy
    people: Mapping[UUID, Person]
    goals: Mapping[UUID, Goal] = field(default_factory=dict[UUID, Goal])
    commitments: Mapping[UUID, Commitment] = field(default_factory=dict[UUID, Commitment])
    acknowledgements: Mapping[UUID, Acknowledgement] = field(default_factory=dict[UUID, Acknowledgement])
    duties: Mapping[UUID, Duty] = field(default_factory=dict[UUID, Duty])
    reviews: Mapping[UUID, Review] = field(default_factory=dict[UUID, Review])
    responses: Mapping[UUID, Response] = field(default_factory=dict[UUID, Response])

    @cached_property
    def revision(self) -> Publication | None:
        """The revision in force."""
        return in_force(self.strategy, self.valid_at)

    @cached_property
    def scale(self) -> Scale:
        """The strategy's commitment scale; the built-in one where it chose none, or one not defined by then."""
        name = self.strategy.scale
        return (self.organisation.scale(name, self.valid_at) if name else None) or DEFAULT_SCALE

    @cached_property
    def material(self) -> tuple[Publication, ...]:
        """The material revisions that are in force or were."""
        return tuple(
            each for each in self.strategy.publications if each.material and each.in_force_from <= self.valid_at
        )

    @cached_property
    def unapplied(self) -> tuple[Unapplied, ...]:
        """The facts about it, and the memberships, that have no effect, and why."""
        return tuple(_unapplied(self))

    def publication(self, revision: int, content_hash: str) -> Publication | None:
        """The publication that a statement is bound to; None if it does not stand."""
        for each in self.strategy.publications:
            if (each.revision, each.content_hash) == (revision, content_hash):
                return each
        return None


NOT_JOINED = "its person had not joined by then"
NOT_FORMED = "its unit had not been formed by then"
NOT_DRAFTED = "its strategy had not been drafted by then"
NOT_PROPOSED = "its goal had not been proposed by then"
NOT_PUBLISHED = "the revision it is bound to is not published"


def _unapplied(situation: Situation) -> Iterator[Unapplied]:
    for id, commitment in situation.commitments.items():
        if commitment.party is not None and commitment.target is not None and commitment.made_at is not None:
            owned = commitment.owned_since or commitment.made_at
            reason = _no_party(situation, commitment.party, owned) or _no_target(
                situation, commitment.target, commitment.made_at
            )
            if reason is None and commitment.seen is not None:
                seen = commitment.seen
                reason = None if situation.publication(seen.revision, seen.content_hash) else NOT_PUBLISHED
            if reason:
                yield Unapplied(kind="commitment", record=id, reason=reason)
    for id, acknowledgement in situation.acknowledgements.items():
        for statement in acknowledgement.statements:
            reason = _no_person(situation, acknowledgement.person, statement.at)
            if reason is None and not situation.publication(statement.revision, statement.content_hash):
                reason = NOT_PUBLISHED
            if reason:
                yield Unapplied(kind="acknowledgement", record=id, reason=reason)
    for id, goal in situation.goals.items():
        if goal.proposed_at is not None and (reason := _no_strategy(situation, goal.proposed_at)):
            yield Unapplied(kind="goal", record=id, reason=reason)
    for id, duty in situation.duties.items():
        if duty.given_at is not None and (reason := _no_person(situation, duty.person, duty.given_at)):
            yield Unapplied(kind="duty", record=id, reason=reason)
    for id, person in situation.people.items():
        for place in person.places:
            if _no_unit(situation, place.unit, place.since):
                yield Unapplied(kind="membership", record=id, reason=NOT_FORMED)


def _no_party(situation: Situation, party: Party, at: datetime) -> str | None:
    return _no_unit(situation, party.id, at) if party.kind == "unit" else _no_person(situation, party.id, at)


def _no_person(situation: Situation, person: UUID | None, at: datetime) -> str | None:
    found = situation.people.get(person) if person is not None else None
    return None if found is not None and found.known_as(at) is not None else NOT_JOINED


def _no_unit(situation: Situation, unit: UUID, at: datetime) -> str | None:
    found = situation.organisation.chart.unit(unit)
    return None if found is not None and found.since <= at else NOT_FORMED


def _no_strategy(situation: Situation, at: datetime) -> str | None:
    drafted_at = situation.strategy.drafted_at
    return None if drafted_at is not None and drafted_at <= at else NOT_DRAFTED


def _no_target(situation: Situation, target: Target, at: datetime) -> str | None:
    if target.goal is not None:
        goal = situation.goals.get(target.goal)
        if goal is None or goal.proposed_at is None or goal.proposed_at > at:
            return NOT_PROPOSED
    return _no_strategy(situation, at)
