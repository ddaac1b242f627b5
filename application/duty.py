"""Commands about duties: what a person owes from the day on which it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.command import AnyDraft, Command, Draft, Subject, command, handles
from application.desk import Desk
from application.subject import meant_by
from domain.duty import DUTY, Duty, DutyGiven, DutyKind
from domain.kernel import Refusal, RefusalKind


@dataclass(eq=False)
class DueBeforeGiven(Refusal):
    """A duty that would have been overdue when it was given."""

    due: date
    given: date
    kind = RefusalKind.INVALID
    where = "due"
    rule = "a duty given on {given} cannot have been due on {due}"
    way_out = "name the day on which it was given, a later one, or none"


@command("duty.given")
class GiveDuty(Command):
    """Give one person a duty: to acknowledge, to answer in a review, or to say yes or no to what is asked of them.

    It applies while the person is a member of `unit`, and is overdue from the day after `due`.
    """

    person: str
    kind: DutyKind
    for_: str | Subject
    unit: str | None = None
    due: date | None = None


@handles(GiveDuty)
def give(asked: GiveDuty, desk: Desk) -> AnyDraft:
    """A duty, from its instant on."""
    meant, given = meant_by(desk, asked.for_), desk.day(desk.at)
    if asked.due is not None and asked.due < given:
        raise DueBeforeGiven(asked.due, given)
    content = DutyGiven(
        person=desk.find("person", asked.person),
        kind=asked.kind,
        strategy=meant.strategy,
        revision=meant.revision,
        element=meant.element,
        goal=meant.goal,
        review=meant.review,
        unit=desk.find("unit", asked.unit) if asked.unit is not None else None,
        due=asked.due,
    )
    return Draft[Duty](aggregate=DUTY, stream=desk.correcting or desk.book.fresh_id(), content=content)
