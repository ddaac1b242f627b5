"""What is to be said of each statement at an instant: whether it is stale, early, on behalf, unowned, overdue, outdated.

All of it lies between streams, so none of it is recorded: it follows from the states of the streams and the instant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.acknowledgement import Acknowledgement
from domain.commitment import Commitment, Standing, Target
from domain.goal import Goal
from domain.kernel import Party
from domain.situation import Situation
from domain.strategy import material_since


class Flag(StrEnum):
    """What keeps an open commitment from counting as current, or calls for its owner."""

    STALE = "stale"
    EARLY = "early"
    ON_BEHALF = "on_behalf"
    UNOWNED = "unowned"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A commitment as it stands at an instant. Overdue alone does not keep it from being current."""

    id: UUID
    party: Party
    target: Target
    state: Commitment
    flags: frozenset[Flag]

    @property
    def current(self) -> bool:
        """Whether it counts: taken on or delivered, by its own owner, for what is in force now."""
        return self.state.standing in (Standing.OPEN, Standing.FULFILLED) and not self.flags - {Flag.OVERDUE}


def judge(situation: Situation) -> tuple[Judged, ...]:
    """Every commitment to the strategy that has effect, with what is to be said of it."""
    without_effect = {each.record for each in situation.unapplied if each.kind == "commitment"}
    return tuple(
        Judged(
            id=id,
            party=state.party,
            target=state.target,
            state=state,
            flags=frozenset(_flags(situation, state, state.party, state.target)),
        )
        for id, state in situation.commitments.items()
        if state.party is not None and state.target is not None and id not in without_effect
    )


def _flags(situation: Situation, state: Commitment, party: Party, target: Target) -> Iterator[Flag]:
    if state.standing is Standing.FULFILLED and state.on_behalf:
        yield Flag.ON_BEHALF
    if state.standing is not Standing.OPEN:
        return  # what was delivered stays delivered: no later revision and no departure takes it back
    if is_stale(situation, state, target):
        yield Flag.STALE
    if state.seen is not None:
        bound = situation.publication(state.seen.revision, state.seen.content_hash)
        if bound is not None and bound.in_force_from > situation.valid_at:
            yield Flag.EARLY
    if state.on_behalf:
        yield Flag.ON_BEHALF
    if is_unowned(situation, party, state.owned_since):
        yield Flag.UNOWNED
    if state.terms.by_when is not None and state.terms.by_when < situation.today:
        yield Flag.OVERDUE


def is_stale(situation: Situation, state: Commitment, target: Target) -> bool:
    """Whether a material revision in force touches what it refers to, or its goal changed since its owner affirmed it.

    One made before the first publication is stale from the first material revision on.
    """
    bound, at = state.seen.revision if state.seen else None, situation.valid_at
    if bound is None and material_since(situation.strategy, None, None, at):
        return True
    if target.goal is None:
        return material_since(situation.strategy, bound, target.element, at) is not None
    elements, goals = _refers_to(situation, target.goal)
    if any(material_since(situation.strategy, bound, element, at) for element in elements):
        return True
    return state.stated_at is not None and any(goal.changed_since(state.stated_at) for goal in goals)


def _refers_to(situation: Situation, goal: UUID) -> tuple[frozenset[str], tuple[Goal, ...]]:
    """The elements and goals that a goal refers on to through what it supports, itself included."""
    elements, goals, seen = set[str](), list[Goal](), set[UUID]()
    ahead: UUID | None = goal
    while ahead is not None and ahead not in seen and ahead in situation.goals:
        seen.add(ahead)
        found = situation.goals[ahead]
        goals.append(found)
        elements.update(found.supports_elements)
        ahead = found.supports_goal
    return frozenset(elements), tuple(goals)


def is_unowned(situation: Situation, party: Party, owned_since: datetime | None) -> bool:
    """Whether nobody stands behind a statement: its person left since, or its unit ended. Coming back revives nothing."""
    if owned_since is None:
        return False
    if party.kind == "person":
        person = situation.people.get(party.id)
        return person is not None and person.left_within(owned_since, situation.valid_at)
    unit = situation.organisation.chart.unit(party.id)
    return unit is not None and unit.until is not None and unit.until <= situation.valid_at


class Receipt(StrEnum):
    """Where a person stands with the revision in force."""

    CURRENT = "current"
    OUTDATED = "outdated"
    DECLINED = "declined"
    ON_BEHALF = "on_behalf"
    NONE = "none"


def receipt(situation: Situation, acknowledgement: Acknowledgement | None) -> Receipt:
    """What a person's acknowledgements come to: their newest statement on a revision that is or was in force.

    It is outdated once a later material revision is in force, and counts apart while only others entered it.
    """
    counted = [
        (bound.revision, statement.at, statement)
        for statement in (acknowledgement.statements if acknowledgement else ())
        if (bound := situation.publication(statement.revision, statement.content_hash))
        and bound.in_force_from <= situation.valid_at
    ]
    if not counted:
        return Receipt.NONE
    revision, _, statement = max(counted, key=lambda each: each[:2])
    if any(each.revision > revision for each in situation.material):
        return Receipt.OUTDATED
    if statement.on_behalf:
        return Receipt.ON_BEHALF
    return Receipt.DECLINED if statement.declined else Receipt.CURRENT
