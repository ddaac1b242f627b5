"""What is to be said of each statement at an instant: stale, early, on behalf, unowned, overdue, outdated.

All of it lies between streams, so none of it is recorded: it follows from the states of the streams and the instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from uuid import UUID

from domain.commitment import AWAITS_CONFIRMATION, Commitment, Standing, Target
from domain.kernel import Party
from domain.reference import Reference, references
from domain.situation import Situation


class Flag(StrEnum):
    """What keeps a commitment from counting as current, or calls for its owner."""

    STALE = "stale"
    EARLY = "early"
    ON_BEHALF = "on_behalf"
    UNOWNED = "unowned"
    OVERDUE = "overdue"


TAKEN_ON = frozenset({Standing.OPEN, Standing.FULFILLED})
HARMLESS = frozenset({Flag.OVERDUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A commitment as it stands at an instant."""

    id: UUID
    party: Party
    target: Target
    state: Commitment
    flags: frozenset[Flag]

    @property
    def sort(self) -> tuple[Standing, frozenset[Flag], str | None, str | None]:
        """All that decides in which figures it stands: of a hundred thousand commitments there are a few sorts."""
        terms = self.state.terms
        return self.state.standing, self.flags, terms.level, terms.role

    @property
    def current(self) -> bool:
        """Whether it counts: taken on or delivered, by its own owner, for what is in force. Overdue, it still does."""
        return self.state.standing in TAKEN_ON and self.flags <= HARMLESS


def judge(situation: Situation) -> tuple[Judged, ...]:
    """Every commitment to the strategy that has effect, with what is to be said of it."""

    @cache
    def referred_to(goal: UUID) -> tuple[Reference, ...]:
        return references(situation, goal)

    def flags(state: Commitment, party: Party, target: Target) -> Iterator[Flag]:
        if state.on_behalf and state.standing in AWAITS_CONFIRMATION:
            yield Flag.ON_BEHALF
        if state.standing is not Standing.OPEN:
            return  # what was delivered stays delivered: no later revision and no departure takes it back
        if is_stale(situation, state, target, referred_to(target.goal) if target.goal is not None else ()):
            yield Flag.STALE
        if is_early(situation, state):
            yield Flag.EARLY
        if is_unowned(situation, party, state.owned_since):
            yield Flag.UNOWNED
        if state.terms.by_when is not None and state.terms.by_when < situation.today:
            yield Flag.OVERDUE

    return tuple(
        Judged(
            id=id,
            party=state.party,
            target=state.target,
            state=state,
            flags=frozenset(flags(state, state.party, state.target)),
        )
        for id, state in situation.effective.commitments.items()
        if state.party is not None and state.target is not None
    )


def is_stale(situation: Situation, state: Commitment, target: Target, referred_to: Iterable[Reference]) -> bool:
    """Whether something that it refers to became another since it was affirmed: no later change makes it current again.

    A material revision in force touched the element, or any did for the whole strategy; or the goal, or one that it
    supports, got another title, target or due date. One made before the first publication is stale from the first
    material one on.
    """
    stated_at = state.stated_at or situation.valid_at
    material = situation.material_after(state.seen.revision if state.seen else 0)
    if material and (state.seen is None or (target.element is None and target.goal is None)):
        return True
    if target.element is not None:
        return any(each.touched(target.element) for each in material)
    return any(
        _while_referred(reference, since, stated_at)
        for reference in referred_to
        for since in (
            [each.in_force_from for each in material if each.touched(reference.element)]
            if reference.goal is None
            else [change for change in reference.goal.changes if change > stated_at]
        )
    )


def _while_referred(reference: Reference, since: datetime, stated_at: datetime) -> bool:
    """Whether what came about at an instant was so at some time when it was referred to, and stated already."""
    return reference.until is None or max(since, stated_at) < reference.until


def is_early(situation: Situation, state: Commitment) -> bool:
    """Whether it is bound to a published revision that is not yet in force; from then on it counts."""
    bound = situation.bound(state.seen, state.stated_at) if state.seen and state.stated_at else None
    return bound is not None and bound.in_force_from > situation.valid_at


def is_unowned(situation: Situation, party: Party, owned_since: datetime | None) -> bool:
    """Whether nobody stands behind it: its person was not there all the time since, or its unit ended.

    Coming back revives nothing.
    """
    if party.kind == "unit":
        return not situation.organisation.chart.alive(party.id, situation.valid_at)
    person = situation.people.get(party.id)
    stay = person.presence(owned_since) if person is not None and owned_since is not None else None
    return stay is None or stay.until is not None


class Receipt(StrEnum):
    """Where a person stands with the revision in force."""

    CURRENT = "current"
    OUTDATED = "outdated"
    DECLINED = "declined"
    ON_BEHALF = "on_behalf"
    NONE = "none"


def receipt(situation: Situation, person: UUID) -> Receipt:
    """What a person's acknowledgements come to: their newest statement on a revision that is or was in force.

    It is outdated once a later material revision is in force. What others entered counts apart, and only where the
    person has said nothing themselves.
    """
    said = [
        statement
        for statement in situation.effective.statements.get(person, ())
        if (bound := situation.bound(statement, statement.at)) and bound.in_force_from <= situation.valid_at
    ]
    if not said:
        return Receipt.NONE
    newest = max((each.revision for each in situation.material), default=0)
    valid = [each for each in said if each.revision >= newest]
    own = [each for each in valid if not each.on_behalf]
    if not valid:
        return Receipt.OUTDATED
    if not own:
        return Receipt.ON_BEHALF
    return Receipt.DECLINED if max(own, key=lambda each: each.revision).declined else Receipt.CURRENT
