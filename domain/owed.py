"""What a person owes: duties not met, and their own statements that call for a word of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.commitment import Standing
from domain.duty import Duty, DutyKind
from domain.judgement import Flag, Judged
from domain.kernel import Party
from domain.situation import Situation


class DutyStatus(StrEnum):
    """Where a duty stands. It lapses when the person is no longer where it was given for, or its review closed."""

    OPEN = "open"
    OVERDUE = "overdue"
    MET = "met"
    LAPSED = "lapsed"


class Call(StrEnum):
    """Why a person is asked for something."""

    DUTY = "duty"
    RENEW = "renew"
    CONFIRM = "confirm"
    TAKE_OVER = "take_over"
    DELIVER = "deliver"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing that a person owes: what for, on which record, due when, and whether that day has passed."""

    call: Call
    record: UUID
    strategy: UUID
    duty: DutyKind | None = None
    due: date | None = None
    overdue: bool = False


def duty_status(situation: Situation, duty: Duty) -> DutyStatus:
    """Where a duty stands at the situation's instant. Overdue begins the day after its due day."""
    if _met(situation, duty):
        return DutyStatus.MET
    if not _applies(situation, duty):
        return DutyStatus.LAPSED
    return DutyStatus.OVERDUE if duty.due is not None and duty.due < situation.today else DutyStatus.OPEN


def _met(situation: Situation, duty: Duty) -> bool:
    match duty.kind:
        case DutyKind.ACKNOWLEDGE:
            revision = situation.revision
            needed = duty.revision or (revision.revision if revision else 1)
            last = max((each.revision for each in situation.material if each.revision <= needed), default=1)
            return any(
                statement.revision >= last and not statement.on_behalf
                for each in situation.acknowledgements.values()
                if each.person == duty.person
                for statement in each.statements
            )
        case DutyKind.ANSWER:
            return any(
                each.review == duty.review and each.person == duty.person for each in situation.responses.values()
            )
        case _:
            return any(
                _is_answer(commitment.party, commitment.target.goal, commitment.target.element, duty)
                for commitment in situation.commitments.values()
                if commitment.target is not None
            )


def _is_answer(party: Party | None, goal: UUID | None, element: str | None, duty: Duty) -> bool:
    """Whether a commitment, a no included, says yes or no to what the duty asks to decide."""
    return party == Party("person", duty.person or UUID(int=0)) and (goal, element) == (duty.goal, duty.element)


def _applies(situation: Situation, duty: Duty) -> bool:
    person = situation.people.get(duty.person) if duty.person else None
    at = situation.valid_at
    if person is None or person.presence(at) is None:
        return False
    if duty.kind is DutyKind.ANSWER and duty.review is not None:
        review = situation.reviews.get(duty.review)
        if review is None or not review.takes_answers(at):
            return False
    if duty.unit is None:
        return True
    chart = situation.organisation.chart
    return any(duty.unit in (place.unit, chart.carried_on_by(place.unit, at)) for place in person.memberships(at))


def owed_by(situation: Situation, judged: tuple[Judged, ...], person: UUID) -> Iterator[Owed]:
    """Everything a person owes under one strategy at an instant, for that person."""
    for id, duty in situation.duties.items():
        status = duty_status(situation, duty)
        if duty.person == person and status in (DutyStatus.OPEN, DutyStatus.OVERDUE):
            yield Owed(
                call=Call.DUTY,
                record=id,
                strategy=situation.id,
                duty=duty.kind,
                due=duty.due,
                overdue=status is DutyStatus.OVERDUE,
            )
    me = Party("person", person)
    for each in judged:
        offered = each.state.offered_to == me
        if each.state.standing is Standing.OPEN and (each.party == me or offered):
            yield from _calls(situation.id, each, offered=offered)
    for id, review in situation.reviews.items():
        if person in review.participants and review.takes_answers(situation.valid_at):
            answered = any(each.review == id and each.person == person for each in situation.responses.values())
            if not answered:
                yield Owed(call=Call.ANSWER, record=id, strategy=situation.id)


def _calls(strategy: UUID, each: Judged, *, offered: bool) -> Iterator[Owed]:
    due, overdue = each.state.terms.by_when, Flag.OVERDUE in each.flags
    if offered:
        yield Owed(call=Call.TAKE_OVER, record=each.id, strategy=strategy)
        return
    if Flag.ON_BEHALF in each.flags or Flag.UNOWNED in each.flags:
        yield Owed(call=Call.CONFIRM, record=each.id, strategy=strategy)
    if Flag.STALE in each.flags:
        yield Owed(call=Call.RENEW, record=each.id, strategy=strategy)
    if due is not None:
        yield Owed(call=Call.DELIVER, record=each.id, strategy=strategy, due=due, overdue=overdue)
