"""Commands about duties: what a person owes from the day on which it was given."""

from __future__ import annotations

from datetime import date

from application.command import AnyDraft, Command, Draft, Subject, command, handles
from application.desk import Desk
from domain.duty import DUTY, Duty, DutyGiven, DutyKind


@command("duty.given")
class GiveDuty(Command):
    """Give one person a duty: to acknowledge a strategy, to answer in a review, or to decide, to say yes or no to what
    is asked of them. It applies while the person is a member of `unit`, and is overdue from the day after `due`."""

    person: str
    kind: DutyKind
    for_: str | Subject
    unit: str | None = None
    due: date | None = None


@handles(GiveDuty)
def give(asked: GiveDuty, desk: Desk) -> AnyDraft:
    """A duty, from its instant on."""
    meant = desk.subject(asked.for_)
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
