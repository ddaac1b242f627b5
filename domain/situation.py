"""Everything about one strategy as of a moment, and which of its facts have no effect there.

A fact whose reference into another stream did not exist at the fact's own instant has no effect; it is listed, with the
reason, beside the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from domain.acknowledgement import Acknowledgement, Statement
from domain.commitment import Commitment, Said, Seen, Target
from domain.duty import Duty
from domain.goal import Goal, Supports
from domain.kernel import Party
from domain.organisation import Organisation
from domain.person import Person
from domain.publication import Publication
from domain.response import Response, counts
from domain.review import Review
from domain.scale import DEFAULT_SCALE, Scale
from domain.strategy import Strategy, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Unapplied:
    """A fact without effect: what kind of record it belongs to, which one, and what did not exist at its instant.

    `at` is the fact's instant, `party` whose word, duty, place or goal it is; None where it is the strategy's own.
    """

    kind: str
    record: UUID
    at: datetime
    reason: str
    party: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """What has effect, and which facts have none.

    Commitments are as they stand without those of their facts that have none; statements are by person.
    """

    commitments: Mapping[UUID, Commitment]
    statements: Mapping[UUID, tuple[Statement, ...]]
    duties: Mapping[UUID, Duty]
    unapplied: tuple[Unapplied, ...]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything about one strategy as of a moment: the states of its streams, each at `valid_at`.

    `today` is the day of `valid_at` in the organisation's zone. `goals_beyond` are goals of other strategies that its
    own goals support, and what those support.
    """

    valid_at: datetime
    today: date
    organisation: Organisation
    id: UUID
    strategy: Strategy
    people: Mapping[UUID, Person]
    goals: Mapping[UUID, Goal] = field(default_factory=dict[UUID, Goal])
    goals_beyond: Mapping[UUID, Goal] = field(default_factory=dict[UUID, Goal])
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

    def material_after(self, revision: int) -> tuple[Publication, ...]:
        """Those of them with a higher number."""
        return tuple(each for each in self.material if each.revision > revision)

    @cached_property
    def effective(self) -> Effective:
        """What of it has effect, and what has none."""
        return _sifted(self)

    @property
    def unapplied(self) -> tuple[Unapplied, ...]:
        """The facts about it, and the memberships, that have no effect, and why: of the whole organisation."""
        return self.effective.unapplied

    @cached_property
    def answerers(self) -> Mapping[Target, frozenset[Party]]:
        """Who said yes or no themselves, to what."""
        found = defaultdict[Target, set[Party]](set)
        for state in self.effective.commitments.values():
            if state.target is not None:
                found[state.target] |= state.answerers
        return {target: frozenset(parties) for target, parties in found.items()}

    @cached_property
    def respondents(self) -> Mapping[UUID, frozenset[UUID]]:
        """Whose answers count, in which review."""
        found = defaultdict[UUID, set[UUID]](set)
        for response in self.responses.values():
            review = self.reviews.get(response.review) if response.review else None
            if response.review and response.person and review is not None and counts(review, response):
                found[response.review].add(response.person)
        return {review: frozenset(people) for review, people in found.items()}

    def bound(self, seen: Seen | Statement, at: datetime) -> Publication | None:
        """The publication that a statement of that instant is bound to; None if it was not published by then."""
        found = self._publications.get((seen.revision, seen.content_hash))
        return found if found is not None and found.published_at <= at else None

    @cached_property
    def _publications(self) -> Mapping[tuple[int, str], Publication]:
        return {(each.revision, each.content_hash): each for each in self.strategy.publications}


NOT_JOINED = "its person had not joined by then"
NOT_FORMED = "its unit had not been formed by then"
NOT_DRAFTED = "its strategy had not been drafted by then"
NOT_PROPOSED = "its goal had not been proposed by then"
NOT_OPENED = "its review had not been opened by then"
NOT_PUBLISHED = "the revision it is bound to had not been published by then"


def _sifted(situation: Situation) -> Effective:
    unapplied = list[Unapplied]()

    def applies(kind: str, record: UUID, at: datetime | None, lacks: str | None, party: Party | None = None) -> bool:
        if lacks is not None and at is not None:
            unapplied.append(Unapplied(kind=kind, record=record, at=at, reason=lacks, party=party))
        return lacks is None

    commitments = dict[UUID, Commitment]()
    for id, state in situation.commitments.items():
        held = tuple(
            each
            for each in state.said
            if applies("commitment", id, each.at, _lacked(situation, state, each), each.party)
        )
        if len(held) == len(state.said):
            commitments[id] = state
        elif held and held[0] is state.said[0]:
            commitments[id] = state.by(*held)
    statements = dict[UUID, tuple[Statement, ...]]()
    for id, said in situation.acknowledgements.items():
        if said.person is not None:
            statements[said.person] = tuple(
                each
                for each in said.statements
                if applies(
                    "acknowledgement",
                    id,
                    each.at,
                    _lacked_by_statement(situation, said.person, each),
                    Party("person", said.person),
                )
            )
    duties = {
        id: duty
        for id, duty in situation.duties.items()
        if applies("duty", id, duty.given_at, _lacked_by_duty(situation, duty), _person(duty.person))
    }
    for id, goal in situation.goals.items():
        unit = Party("unit", goal.unit) if goal.unit else None
        applies("goal", id, goal.proposed_at, _no_strategy(situation, goal.proposed_at or situation.valid_at), unit)
        for support in goal.supports:
            applies("goal", id, support.since, _lacked_by_support(situation, support), unit)
    for id, review in situation.reviews.items():
        applies("review", id, review.opened_at, _no_strategy(situation, review.opened_at or situation.valid_at))
    for id, response in situation.responses.items():
        for given in response.given:
            lacks = _no_review(situation, response.review, given.at)
            applies("response", id, given.at, lacks, _person(response.person))
    for id, person in situation.people.items():
        for place in person.places:
            applies("membership", id, place.since, _no_unit(situation, place.unit, place.since), Party("person", id))
    return Effective(commitments=commitments, statements=statements, duties=duties, unapplied=tuple(unapplied))


def _person(person: UUID | None) -> Party | None:
    return Party("person", person) if person is not None else None


def _lacked(situation: Situation, commitment: Commitment, said: Said) -> str | None:
    """What did not exist when a party spoke for a commitment; None where its words have effect."""
    party, at = said.party, said.at
    if said.seen is not None and situation.bound(said.seen, at) is None:
        return NOT_PUBLISHED
    missing = _no_unit(situation, party.id, at) if party.kind == "unit" else _no_person(situation, party.id, at)
    goal = commitment.target.goal if commitment.target else None
    return missing or _no_strategy(situation, at) or _no_goal(situation, goal, at)


def _lacked_by_statement(situation: Situation, person: UUID, statement: Statement) -> str | None:
    if situation.bound(statement, statement.at) is None:
        return NOT_PUBLISHED
    return _no_person(situation, person, statement.at)


def _lacked_by_duty(situation: Situation, duty: Duty) -> str | None:
    at = duty.given_at or situation.valid_at
    return (
        _no_person(situation, duty.person, at)
        or (_no_unit(situation, duty.unit, at) if duty.unit else None)
        or (_no_review(situation, duty.review, at) if duty.review else _no_strategy(situation, at))
        or _no_goal(situation, duty.goal, at)
    )


def _lacked_by_support(situation: Situation, support: Supports) -> str | None:
    parent = situation.goals.get(support.goal) if support.goal else None
    return None if parent is None else _no_goal(situation, support.goal, support.since)


def _no_person(situation: Situation, person: UUID | None, at: datetime) -> str | None:
    found = situation.people.get(person) if person is not None else None
    return None if found is not None and found.known_as(at) is not None else NOT_JOINED


def _no_unit(situation: Situation, unit: UUID, at: datetime) -> str | None:
    found = situation.organisation.chart.unit(unit)
    return None if found is not None and found.since <= at else NOT_FORMED


def _no_strategy(situation: Situation, at: datetime) -> str | None:
    drafted_at = situation.strategy.drafted_at
    return None if drafted_at is not None and drafted_at <= at else NOT_DRAFTED


def _no_goal(situation: Situation, goal: UUID | None, at: datetime) -> str | None:
    if goal is None:
        return None
    found = situation.goals.get(goal)
    if found is None or found.proposed_at is None or found.proposed_at > at:
        return NOT_PROPOSED
    return _no_strategy(situation, found.proposed_at)


def _no_review(situation: Situation, review: UUID | None, at: datetime) -> str | None:
    found = situation.reviews.get(review) if review is not None else None
    opened_at = found.opened_at if found is not None else None
    return None if opened_at is not None and opened_at <= at else NOT_OPENED
