"""Commands about gaps: what is to become of one that a review found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.command import Answered, AnyDraft, Command, Draft, command, handles
from application.desk import Desk, KeyInUse, UnknownReference
from application.desk_rules import GapOfAnotherStrategy, PersonNotThere
from domain.accountability import AccountableForOneThing
from domain.condition import CONDITION, Condition, Verdict, joint
from domain.condition_rules import NotAConditionReview
from domain.gap import GAP, Gap, GapDueBeforePlanned, GapPlanned, NoGapThere
from domain.kernel import Refusal
from domain.review import REVIEW
from domain.review_rules import ReviewNotClosed

LENGTH_OF_AN_ID = 36


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


@dataclass(frozen=True, slots=True, kw_only=True)
class GapMeant:
    """A gap: of one condition in one unit, under a strategy."""

    strategy: UUID
    unit: UUID
    condition: Condition


def gap_meant(desk: Desk, reference: str | Answered, strategy: str | None) -> GapMeant | None:
    """The gap that somebody is said to answer for; None where it is said for something else.

    Raises UnknownReference, GapOfAnotherStrategy, AccountableForOneThing.
    """
    if isinstance(reference, str):
        return None if desk.look_up("goal", reference) is not None else find_gap(desk, reference, strategy)
    named = reference.strategy if reference.strategy is not None else strategy
    by_parts = reference.unit is not None or reference.condition is not None
    if reference.gap is None and not by_parts:
        return None
    others = (reference.element, reference.goal, reference.revision, reference.review)
    if any(each is not None for each in others) or (reference.gap is not None and by_parts):
        raise AccountableForOneThing
    about = desk.find("strategy", named, "for") if named is not None else None
    if reference.gap is not None:
        found = find_gap(desk, reference.gap, named)
        if found is None:
            raise UnknownReference("gap", reference.gap, "for")
        if about is not None and found.strategy != about:
            raise GapOfAnotherStrategy(reference.gap)
        return found
    if about is None or reference.unit is None or reference.condition is None:
        raise AccountableForOneThing
    return GapMeant(strategy=about, unit=desk.find("unit", reference.unit, "for"), condition=reference.condition)


def find_gap(desk: Desk, reference: str, strategy: str | None) -> GapMeant | None:
    """A gap by its key or id, whether anything is planned about it or not; None if there is none."""
    planned = desk.look_up("gap", reference)
    state = desk.book.timeline(GAP, planned).state() if planned is not None else GAP.initial
    if state.strategy is not None and state.unit is not None and state.condition is not None:
        return GapMeant(strategy=state.strategy, unit=state.unit, condition=state.condition)
    about = desk.look_up("strategy", strategy) if strategy is not None else None
    if about is None or len(reference) != LENGTH_OF_AN_ID:
        return None
    return next(
        (
            GapMeant(strategy=about, unit=unit, condition=condition)
            for unit, _ in desk.chart().chart.units()
            for condition in Condition
            if str(gap_of(desk, about, unit, condition)) == reference.lower()
        ),
        None,
    )


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
