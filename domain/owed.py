"""What a person owes: duties not met, and statements, their own or of a unit they speak for, that call for a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.chart import Chart
from domain.commitment import Standing, Target
from domain.duty import Duty, DutyKind
from domain.judgement import Flag, Judged
from domain.kernel import Party
from domain.questionnaires import TOGETHER
from domain.review import Review
from domain.scope import places_of
from domain.situation import Situation
from domain.strategy import in_force


class DutyStatus(StrEnum):
    """Where a duty stands. It lapses when the person is no longer where it was given for, or its review closed."""

    OPEN = "open"
    OVERDUE = "overdue"
    MET = "met"
    LAPSED = "lapsed"


class Call(StrEnum):
    """Why a person is asked for something.

    To do what a duty says; to renew, confirm, take over or deliver a commitment; to answer a review; to act (a planned
    action); to reply to a request or proposal, keep what was promised, accept or not what is said to be kept; to
    address a concern; to judge a condition; to measure a KPI; to hold a conversation or session.
    """

    DUTY = "duty"
    RENEW = "renew"
    CONFIRM = "confirm"
    TAKE_OVER = "take_over"
    DELIVER = "deliver"
    ANSWER = "answer"
    ACT = "act"
    REPLY = "reply"
    KEEP = "keep"
    ACCEPT = "accept"
    ADDRESS = "address"
    JUDGE = "judge"
    MEASURE = "measure"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing that a person owes: what for, on which record, due when, and whether that day has passed.

    `strategy` is the one that it is owed under; None for what is owed under none.
    """

    call: Call
    record: UUID
    strategy: UUID | None = None
    duty: DutyKind | None = None
    due: date | None = None
    overdue: bool = False


def duty_status(situation: Situation, duty: Duty) -> DutyStatus:
    """Where a duty stands at the situation's instant. Overdue begins the day after its due day.

    One to answer a confidential review ends with it, answered or not, and is never overdue.
    """
    if _met(situation, duty):
        return DutyStatus.MET
    if not _applies(situation, duty):
        return DutyStatus.LAPSED
    review = situation.reviews.get(duty.review) if duty.review is not None else None
    if review is not None and review.terms is not None:
        return DutyStatus.OPEN
    return DutyStatus.OVERDUE if duty.due is not None and duty.due < situation.today else DutyStatus.OPEN


def _met(situation: Situation, duty: Duty) -> bool:
    """Whether the person did what was asked, in their own words. Nothing that came later asks for it again."""
    match duty:
        case Duty(kind=DutyKind.ACKNOWLEDGE, person=UUID() as person):
            said, asked_for = situation.effective.statements.get(person, ()), _asked_for(situation, duty)
            return any(each.revision >= asked_for and not each.on_behalf for each in said)
        case Duty(kind=DutyKind.ANSWER, person=UUID() as person, review=UUID() as review):
            return person in situation.respondents.get(review, frozenset())
        case Duty(kind=DutyKind.DECIDE, person=UUID() as person):
            towards = Target(strategy=situation.id, element=duty.element, goal=duty.goal)
            return Party("person", person) in situation.answerers.get(towards, frozenset())
        case _:
            return False


def _asked_for(situation: Situation, duty: Duty) -> int:
    """The oldest revision whose acknowledgement meets a duty: the last material one up to the revision asked for.

    Where none is named, that is the one in force when the duty was given.
    """
    given = in_force(situation.strategy, duty.given_at) if duty.given_at else None
    asked = duty.revision or (given.revision if given else 1)
    material = (each.revision for each in situation.strategy.publications if each.material and each.revision <= asked)
    return max(material, default=1)


def _applies(situation: Situation, duty: Duty) -> bool:
    """Whether a duty still asks for something: whom it was given to never left, and sits where it was given for."""
    person, at = situation.people.get(duty.person) if duty.person else None, situation.valid_at
    stay = person.presence(duty.given_at) if person is not None and duty.given_at is not None else None
    if person is None or stay is None or stay.until is not None:
        return False
    if duty.review is not None:
        review = situation.reviews.get(duty.review)
        if review is None or not review.takes_answers(at):
            return False
    if duty.unit is None:
        return True
    chart = situation.organisation.chart
    unit = chart.carried_on_by(duty.unit, at)
    return unit is not None and any(chart.carried_on_by(each.unit, at) == unit for each in places_of(chart, person, at))


def owed_by(situation: Situation, judged: Iterable[Judged], person: UUID) -> Iterator[Owed]:
    """Everything a person owes under one strategy at an instant, for that person. Who is not there owes nothing."""
    found = situation.people.get(person)
    if found is None or found.presence(situation.valid_at) is None:
        return
    reviews = {id for id, review in situation.reviews.items() if _is_asked(situation, id, review, person)}
    for id, duty in situation.effective.duties.items():
        status = duty_status(situation, duty)
        if duty.person == person and status in (DutyStatus.OPEN, DutyStatus.OVERDUE):
            reviews.discard(duty.review or id)
            overdue = status is DutyStatus.OVERDUE
            yield Owed(call=Call.DUTY, record=id, strategy=situation.id, duty=duty.kind, due=duty.due, overdue=overdue)
    for id in sorted(reviews):
        yield Owed(call=Call.ANSWER, record=id, strategy=situation.id)
    units = spoken_for(situation.organisation.chart, person, situation.valid_at)
    mine = {Party("person", person), *(Party("unit", unit) for unit in units)}
    for each in judged:
        if each.state.standing is Standing.OPEN and each.state.offered_to in mine:
            yield Owed(call=Call.TAKE_OVER, record=each.id, strategy=situation.id)
        if each.party in mine:
            yield from _calls(situation.id, each)


def _is_asked(situation: Situation, id: UUID, review: Review, person: UUID) -> bool:
    """Whether a participant can still answer, and has not yet; of a confidential review it is not told whether.

    Where nobody answers alone, what is owed is another call.
    """
    if review.questionnaire is not None and review.questionnaire.name in TOGETHER:
        return False
    answered = person in situation.respondents.get(id, frozenset())
    return person in review.participants and not answered and review.takes_answers(situation.valid_at)


def spoken_for(chart: Chart, person: UUID, at: datetime) -> frozenset[UUID]:
    """The units that a person speaks for."""
    return frozenset(id for id, _ in chart.units() if chart.spokesperson(id, at) == person)


def _calls(strategy: UUID, each: Judged) -> Iterator[Owed]:
    """What an owner is asked for: to make it their own first, and what follows from that only then."""
    if Flag.ON_BEHALF in each.flags or Flag.UNOWNED in each.flags:
        yield Owed(call=Call.CONFIRM, record=each.id, strategy=strategy)
        return
    if each.state.standing is not Standing.OPEN:
        return
    if Flag.STALE in each.flags:
        yield Owed(call=Call.RENEW, record=each.id, strategy=strategy)
    if each.state.terms.by_when is not None:
        overdue = Flag.OVERDUE in each.flags
        yield Owed(call=Call.DELIVER, record=each.id, strategy=strategy, due=each.state.terms.by_when, overdue=overdue)
