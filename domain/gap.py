"""A gap: the difference between the current and the desired state of one condition in one unit, found in a review.

That there is one, how critical it is and whether it is closed follows from the judgements of closed reviews, and is
derived (`found_gaps`). What is recorded is what people decide about it: the desired state, who answers for closing it,
and by when. An action that was done closes nothing: a later review does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.accountability import Tenures, handed_over
from domain.condition import Condition, Verdict, joint
from domain.condition_results import Cycle, in_order
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.obligation import ByWhens, moved
from domain.temporal import Aggregate, Fact


@event("gap.planned")
class GapPlanned(Content):
    """What is to become of a gap found in a review: the desired state, the one person who answers for it, by when.

    Said again, it replaces what was planned before; the first by-when stays visible.
    """

    key: str | None = None
    review: UUID
    strategy: UUID
    unit: UUID
    condition: Condition
    desired: str
    accountable: UUID
    by_when: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What was planned about a gap, as of an instant; `planned_at` is None before anything was."""

    planned_at: datetime | None = None
    key: str | None = None
    review: UUID | None = None
    strategy: UUID | None = None
    unit: UUID | None = None
    condition: Condition | None = None
    desired: str = ""
    accountable: Tenures = ()
    by_whens: ByWhens = ()


@dataclass(eq=False)
class NoGapThere(Refusal):
    """A plan for what is no gap."""

    condition: str
    kind = RefusalKind.INVALID
    where = "condition"
    rule = "that review has not judged the condition {condition} of this unit partly or not apparent"
    way_out = "name a review that closed, and a condition that it found partly or not apparent in the unit"


@dataclass(eq=False)
class GapDueBeforePlanned(Refusal):
    """A gap that would have been late when it was planned for."""

    by_when: date
    said: date
    kind = RefusalKind.INVALID
    where = "by_when"
    rule = "what is planned on {said} cannot be due on {by_when}, before it"
    way_out = "name that day or a later one; what was planned earlier can be entered late, dated when it was"


def guard(state: Gap, fact: Fact) -> None:
    """A plan may be made anew at any time; what it has to fit lies between streams."""


def evolve(state: Gap, fact: Fact) -> Gap:
    """What is planned once this fact is in its place."""
    at, content = fact.effective_at, fact.content
    match content:
        case GapPlanned():
            return replace(
                state,
                planned_at=state.planned_at or at,
                key=state.key or content.key,
                review=content.review,
                strategy=content.strategy,
                unit=content.unit,
                condition=content.condition,
                desired=content.desired,
                accountable=handed_over(state.accountable, content.accountable, at),
                by_whens=moved(state.by_whens, content.by_when, at),
            )
        case _:
            return state


GAP: Aggregate[Gap] = Aggregate("gap", Gap(), (GapPlanned,), guard, evolve)


class GapStanding(StrEnum):
    """Whether a gap is there."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a closed review did to a gap: it opened it (again), or closed it."""

    review: UUID
    at: datetime
    standing: GapStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGap:
    """A gap, as the judgements of closed reviews tell it.

    `turns` are its openings and closings, oldest first; `judgement` is the newest. `not_separated` is the newest review
    that judged the condition apparent with an owner of what is done about the gap among its assessors: that does not
    close it.
    """

    unit: UUID
    condition: Condition
    judgement: Verdict
    turns: tuple[Turn, ...]
    not_separated: UUID | None = None

    @property
    def standing(self) -> GapStanding:
        """Whether it is there."""
        return self.turns[-1].standing

    @property
    def critical(self) -> bool:
        """Whether it is there and the condition is not apparent."""
        return self.standing is GapStanding.OPEN and self.judgement is Verdict.NOT_APPARENT


Owners = Callable[[UUID, Condition, datetime], frozenset[UUID]]
"""Who owned what is done about a gap, up to an instant."""


def found_gaps(cycles: Iterable[Cycle], at: datetime, owners: Owners) -> tuple[FoundGap, ...]:
    """Every gap that reviews closed by then found, by unit and condition; those that are closed again, too."""
    found = dict[tuple[UUID, Condition], FoundGap]()
    for cycle in in_order(each for each in cycles if each.review.has_closed(at)):
        for unit, state in cycle.units.items():
            for condition in Condition:
                judged = joint(state, cycle.review, condition)
                if judged is None or cycle.closed_at is None:
                    continue
                concerned = owners(unit, condition, cycle.closed_at)
                separated = concerned.isdisjoint(state.assessors)
                before = found.get((unit, condition))
                after = _turned(before, cycle.id, cycle.closed_at, unit, condition, judged.judgement, separated)
                if after is not None:
                    found[unit, condition] = after
    return tuple(found.values())


def _turned(
    before: FoundGap | None,
    review: UUID,
    at: datetime,
    unit: UUID,
    condition: Condition,
    judgement: Verdict,
    separated: bool,
) -> FoundGap | None:
    """What a judgement makes of a gap, or of there being none."""
    opened = Turn(review=review, at=at, standing=GapStanding.OPEN)
    if before is None:
        if judgement is Verdict.APPARENT:
            return None
        return FoundGap(unit=unit, condition=condition, judgement=judgement, turns=(opened,))
    if judgement is not Verdict.APPARENT:
        turns = before.turns if before.standing is GapStanding.OPEN else (*before.turns, opened)
        return replace(before, judgement=judgement, turns=turns, not_separated=None)
    if before.standing is GapStanding.CLOSED:
        return before
    if not separated:
        return replace(before, not_separated=review)
    closed = Turn(review=review, at=at, standing=GapStanding.CLOSED)
    return replace(before, judgement=judgement, turns=(*before.turns, closed), not_separated=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Gaps against the newest closed review: there `before` it, `closed` by it, `new` in it; `open` and `critical` now.

    `before` less `closed` and with `new` makes `open`. `since` is that review; None before any closed.
    """

    since: UUID | None
    before: tuple[FoundGap, ...]
    closed: tuple[FoundGap, ...]
    new: tuple[FoundGap, ...]
    open: tuple[FoundGap, ...]
    critical: tuple[FoundGap, ...]


def progress(gaps: Iterable[FoundGap], cycles: Iterable[Cycle], at: datetime) -> Progress:
    """How gaps stand against the newest review that closed by then."""
    found = tuple(gaps)
    closed = in_order(each for each in cycles if each.review.has_closed(at))
    newest = closed[-1].id if closed else None

    def turned(gap: FoundGap, standing: GapStanding) -> bool:
        return gap.turns[-1].review == newest and gap.turns[-1].standing is standing

    return Progress(
        since=newest,
        before=tuple(each for each in found if _was_open(each, newest)),
        closed=tuple(each for each in found if turned(each, GapStanding.CLOSED)),
        new=tuple(each for each in found if turned(each, GapStanding.OPEN)),
        open=tuple(each for each in found if each.standing is GapStanding.OPEN),
        critical=tuple(each for each in found if each.critical),
    )


def _was_open(gap: FoundGap, newest: UUID | None) -> bool:
    earlier = [each for each in gap.turns if each.review != newest]
    return bool(earlier) and earlier[-1].standing is GapStanding.OPEN
