"""Enrolment in five stages: who has come through which of them as of an instant, and who is still to be enrolled.

A stage counts per person, by its outcome. At each stage the newest conversation in which an outcome was told decides;
*action* is come through while the person has a current commitment of their own with role, result and by-when. What a
later material revision, or the day that was set, asks for again still counts, and is shown as due again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from domain.access import AccessRole
from domain.commitment import Commitment, Standing
from domain.conversation import STAGE_OF, Conversation, EnrolmentStage, Mine, Outcome, came_through
from domain.effect import lacked
from domain.judgement import Flag, Judged, judge
from domain.kernel import Party
from domain.scale import Scale
from domain.scope import Population
from domain.situation import Situation, Unapplied


class Lack(StrEnum):
    """Why a stage is missing for somebody."""

    CONVERSATION = "conversation"
    OUTCOME = "outcome"
    COMMITMENT = "commitment"
    STALE = "stale"


class Why(StrEnum):
    """Why somebody could hold the next conversation of a stage in a unit."""

    LEAD = "lead"
    SPOKESPERSON = "spokesperson"
    FACILITATOR = "facilitator"
    CAME_THROUGH = "came_through"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One person at one stage.

    `lacks` is None where they have come through it, since the conversation of `since`. `conversations` are those at
    that stage that they were in, oldest first; `commitments` at *action* those that count, or that are stale.
    """

    lacks: Lack | None
    since: datetime | None = None
    conversations: tuple[UUID, ...] = ()
    commitments: tuple[UUID, ...] = ()
    partly: bool = False
    due_again: bool = False
    again_by: date | None = None

    @property
    def filled(self) -> bool:
        """Whether the person has come through the stage."""
        return self.lacks is None


Row = Mapping[EnrolmentStage, Cell]
STALE_ALONE = frozenset({Flag.STALE, Flag.OVERDUE})
NOTHING_HELD = Cell(lacks=Lack.CONVERSATION)


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """The matrix of a scope: every person of it at every stage, and the conversations without effect."""

    situation: Situation
    population: Population
    rows: Mapping[UUID, Row]
    unapplied: tuple[Unapplied, ...]

    def filled(self, stage: EnrolmentStage, people: Iterable[UUID] | None = None) -> frozenset[UUID]:
        """Who has come through a stage, of all people of the scope or of these."""
        return frozenset(id for id in self._among(people) if self.rows[id][stage].filled)

    def partly(self, stage: EnrolmentStage, people: Iterable[UUID] | None = None) -> frozenset[UUID]:
        """To whom the possibility is theirs in part: they have not come through the stage."""
        return frozenset(id for id in self._among(people) if self.rows[id][stage].partly)

    def stale(self, stage: EnrolmentStage, people: Iterable[UUID] | None = None) -> frozenset[UUID]:
        """Who would have come through it, had their commitments not become stale."""
        return frozenset(id for id in self._among(people) if self.rows[id][stage].lacks is Lack.STALE)

    def due_again(self, stage: EnrolmentStage, people: Iterable[UUID] | None = None) -> frozenset[UUID]:
        """For whom a stage that they have come through is to be held again."""
        return frozenset(id for id in self._among(people) if self.rows[id][stage].due_again)

    def _among(self, people: Iterable[UUID] | None) -> Iterable[UUID]:
        return self.rows if people is None else (id for id in people if id in self.rows)

    @cached_property
    def units(self) -> tuple[UUID, ...]:
        """The living units of the scope in which somebody of it counts, by id."""
        inside, people = self.population, self.population.people
        below = inside.chart.subtree(inside.scope.unit, inside.at) if inside.scope.unit is not None else None
        counted = (unit for unit, members in inside.members.items() if members & people)
        return tuple(sorted(unit for unit in counted if below is None or unit in below))

    def members(self, unit: UUID) -> frozenset[UUID]:
        """The people of the scope who count in the unit itself."""
        return self.population.members.get(unit, frozenset()) & self.population.people

    def could_hold(self, unit: UUID, stage: EnrolmentStage) -> Mapping[UUID, Why]:
        """Who could hold the next conversation of a stage in a unit, each for the first reason that there is.

        Who leads the unit, or the nearest one above it that somebody leads; its spokesperson; whoever runs a review of
        the strategy under a charter; and who of the unit has come through the stage.
        """
        found = dict[UUID, Why]()
        for why, people in (
            (Why.LEAD, self._leads(unit)),
            (Why.SPOKESPERSON, [self.population.chart.spokesperson(unit, self.population.at)]),
            (Why.FACILITATOR, self._facilitators),
            (Why.CAME_THROUGH, sorted(self.filled(stage, self.members(unit)))),
        ):
            for id in people:
                if id is not None and self._is_there(id):
                    found.setdefault(id, why)
        return found

    def _is_there(self, id: UUID) -> bool:
        person = self.situation.people.get(id)
        return person is not None and person.presence(self.situation.valid_at) is not None

    def _leads(self, unit: UUID) -> list[UUID]:
        chart, at = self.population.chart, self.population.at
        here: UUID | None = unit
        while here is not None and here not in self._led_by:
            here = chart.parent(here, at)
        return sorted(self._led_by[here]) if here is not None else []

    @cached_property
    def _led_by(self) -> Mapping[UUID, set[UUID]]:
        """Who leads which living unit: of one that merged, the one that carries it on."""
        found, at = defaultdict[UUID, set[UUID]](set), self.population.at
        for id, person in self.situation.people.items():
            for access in person.roles(at):
                if access.role is AccessRole.LEAD and access.unit is not None:
                    carried = self.population.chart.carried_on_by(access.unit, at)
                    if carried is not None:
                        found[carried].add(id)
        return dict(found)

    @cached_property
    def _facilitators(self) -> list[UUID]:
        at, today = self.situation.valid_at, self.situation.today
        charters = (each for review in self.situation.reviews.values() for each in review.charters)
        return sorted({each.facilitator for each in charters if each.opens(at, today)})


def enrolment(situation: Situation, conversations: Mapping[UUID, Conversation], inside: Population) -> Enrolment:
    """The matrix of a scope, from the conversations about the strategy."""
    unapplied = list[Unapplied]()
    took_part = defaultdict[tuple[UUID, EnrolmentStage], list[tuple[UUID, Conversation]]](list)
    for id, conversation in sorted(conversations.items(), key=lambda each: (str(each[1].held_at), each[0])):
        for person in _effective(situation, id, conversation, unapplied):
            if conversation.stage is not None:
                took_part[person, conversation.stage].append((id, conversation))
    full = _full_commitments(situation)
    rows = {
        person: {
            stage: _cell(situation, person, stage, took_part.get((person, stage), []), full.get(person, []))
            for stage in EnrolmentStage
        }
        for person in sorted(inside.people)
    }
    return Enrolment(situation=situation, population=inside, rows=rows, unapplied=tuple(unapplied))


def _effective(
    situation: Situation, id: UUID, conversation: Conversation, unapplied: list[Unapplied]
) -> Iterator[UUID]:
    """The participants for whom a conversation has effect."""
    at = conversation.held_at
    if at is None:
        return
    unit = Party("unit", conversation.unit) if conversation.unit is not None else None
    missing = lacked(situation, at, people=[conversation.holder], units=[conversation.unit])
    if missing is not None:
        unapplied.append(Unapplied(kind="conversation", record=id, at=at, reason=missing, party=unit))
        return
    for person in conversation.participants:
        missing = lacked(situation, at, people=[person])
        if missing is None:
            yield person
        else:
            party = Party("person", person)
            unapplied.append(Unapplied(kind="conversation", record=id, at=at, reason=missing, party=party))


def _full_commitments(situation: Situation) -> Mapping[UUID, list[Judged]]:
    """The commitments of people that name role, result and by-when, and stand at a level that counts."""
    found = defaultdict[UUID, list[Judged]](list)
    for each in judge(situation):
        if each.party.kind == "person" and _is_full(situation.scale, each.state):
            found[each.party.id].append(each)
    return found


def _is_full(scale: Scale, commitment: Commitment) -> bool:
    """Whether it says all that an action conversation asks for. A stated level has to be one that counts."""
    terms = commitment.terms
    if terms.role is None or terms.result is None or terms.by_when is None:
        return False
    return terms.level is None or not scale.ordered or scale.counts(terms.level)


def _cell(
    situation: Situation,
    person: UUID,
    stage: EnrolmentStage,
    took_part: list[tuple[UUID, Conversation]],
    full: list[Judged],
) -> Cell:
    if not took_part:
        return NOTHING_HELD
    ids = tuple(id for id, _ in took_part)
    told = [each for _, each in took_part if _tells(stage, each.outcome(person))]
    if not told:
        return Cell(lacks=Lack.OUTCOME, conversations=ids)
    newest = told[-1]
    outcome = newest.outcome(person)
    lacks, commitments = _by_commitments(full) if stage is EnrolmentStage.ACTION else (None, ())
    if outcome is not None and not came_through(stage, outcome):
        lacks = Lack.OUTCOME
    if lacks is not None:
        return Cell(
            lacks=lacks,
            conversations=ids,
            commitments=commitments,
            partly=outcome is not None and outcome.mine is Mine.PARTLY,
            again_by=newest.again_by,
        )
    return Cell(
        lacks=None,
        since=newest.held_at,
        conversations=ids,
        commitments=commitments,
        due_again=_is_due_again(situation, newest),
        again_by=newest.again_by,
    )


def _tells(stage: EnrolmentStage, outcome: Outcome | None) -> bool:
    """Whether something came of it at all: who only sat there leaves what was told before as it was."""
    if outcome is None:
        return False
    own = [name for name, belongs in STAGE_OF.items() if belongs is stage and name != "feedback"]
    return stage is EnrolmentStage.ACTION or any(getattr(outcome, name) not in (None, ()) for name in own)


def _by_commitments(full: list[Judged]) -> tuple[Lack | None, tuple[UUID, ...]]:
    """What the own commitments of somebody who was in an action conversation come to."""
    if current := tuple(each.id for each in full if each.current):
        return None, current
    stale = tuple(
        each.id for each in full if each.state.standing is Standing.OPEN and Flag.STALE in each.flags <= STALE_ALONE
    )
    return (Lack.STALE, stale) if stale else (Lack.COMMITMENT, ())


def _is_due_again(situation: Situation, held: Conversation) -> bool:
    """Whether a material revision came into force since, or the day that was set has passed."""
    at = held.held_at or situation.valid_at
    since = any(each.in_force_from > at for each in situation.material)
    return since or (held.again_by is not None and held.again_by < situation.today)
