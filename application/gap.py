"""Commands about gaps: what is to become of one that a review found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk, KeyInUse
from application.desk_rules import PersonNotThere
from domain.condition import CONDITION, Condition, Verdict, joint
from domain.condition_rules import NotAConditionReview
from domain.gap import GAP, Gap, GapDueBeforePlanned, GapPlanned, NoGapThere
from domain.kernel import Refusal
from domain.review import REVIEW
from domain.review_rules import ReviewNotClosed


@command("gap.planned")
class PlanGap(Command):
    """Plan what is to become of a gap that a closed review found: the desired state, who answers for it, by when.

    Said again of the same condition and unit, it replaces what was planned before; the first by-when stays visible.
    """

    review: str
    unit: str
    condition: Condition
    desired: str
    accountable: str
    by_when: date
    gap: str | None = None


@dataclass(eq=False)
class GapHasAnotherKey(Refusal):
    """A key for a gap that has one."""

    key: str
    where = "gap"
    rule = "this gap has the key {key!r} already"
    way_out = "leave the key out, or name that one"


@handles(PlanGap)
def plan(asked: PlanGap, desk: Desk) -> AnyDraft:
    """The plan for a gap."""
    review, unit = desk.find("review", asked.review), desk.find("unit", asked.unit)
    state = desk.book.timeline(REVIEW, review).state(desk.at)
    strategy = state.strategy
    if strategy is None:
        raise NotAConditionReview
    if not state.has_closed(desk.at):
        raise ReviewNotClosed(state.closes or desk.at)
    assessment = desk.book.timeline(CONDITION, desk.derived("condition", review, unit)).state(desk.at)
    judged = joint(assessment, state, asked.condition)
    if judged is None or judged.judgement is Verdict.APPARENT:
        raise NoGapThere(asked.condition)
    said = desk.day(desk.at)
    if asked.by_when < said:
        raise GapDueBeforePlanned(asked.by_when, said)
    stream = gap_of(desk, strategy, unit, asked.condition)
    content = GapPlanned(
        key=_key(desk, asked.gap, stream),
        review=review,
        strategy=strategy,
        unit=unit,
        condition=asked.condition,
        desired=asked.desired,
        accountable=person_there(desk, asked.accountable, "accountable"),
        by_when=asked.by_when,
    )
    return Draft[Gap](aggregate=GAP, stream=stream, content=content)


def gap_of(desk: Desk, strategy: UUID, unit: UUID, condition: Condition) -> UUID:
    """The id of a gap: one for each condition of each unit under a strategy, through all reviews."""
    return desk.derived("gap", strategy, unit, condition.value)


def person_there(desk: Desk, reference: str, where: str) -> UUID:
    """Somebody who is there at the statement's instant. An import only records.

    Raises UnknownReference, PersonNotThere.
    """
    person = desk.find("person", reference, where)
    if desk.actor.imported is None and desk.person(person).presence(desk.at) is None:
        raise PersonNotThere(person, where)
    return person


def _key(desk: Desk, key: str | None, stream: UUID) -> str | None:
    """The key that a gap gets, or has: it is given once. Raises KeyInUse, GapHasAnotherKey."""
    former = desk.book.timeline(GAP, stream).state().key
    if key is None or key in (former, str(stream)):
        return former
    if former is not None:
        raise GapHasAnotherKey(former)
    if desk.named.setdefault(("gap", key), desk.book.find("gap", key) or stream) != stream:
        raise KeyInUse("gap", key)
    return key
