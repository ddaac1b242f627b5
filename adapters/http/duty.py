"""Duties over HTTP: what one person owes from the day on which it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.person import concerned
from application.permissions import NotPermitted
from domain.duty import DUTY, Duty, DutyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAnswer:
    """A duty as it was given. Whether it is met or overdue is derived: see what a person owes."""

    id: UUID
    person: UUID | None
    kind: DutyKind | None
    strategy: UUID | None
    revision: int | None
    element: str | None
    goal: UUID | None
    review: UUID | None
    unit: UUID | None
    due: date | None
    given_at: datetime | None


def shaped(id: UUID, state: Duty) -> DutyAnswer:
    """A duty's state as it is answered."""
    return DutyAnswer(
        id=id,
        person=state.person,
        kind=state.kind,
        strategy=state.strategy,
        revision=state.revision,
        element=state.element,
        goal=state.goal,
        review=state.review,
        unit=state.unit,
        due=state.due,
        given_at=state.given_at,
    )


def listed(inquiry: Inquiry) -> Found:
    """Duties that the caller may see: one's own, those of people one leads, all of them for who governs."""
    strategy, person = inquiry.named("strategy"), inquiry.named("person")
    states = inquiry.states(DUTY, strategy=strategy, subject=person)

    def shape(_: str, entry: tuple[UUID, Duty]) -> DutyAnswer | None:
        id, state = entry
        seen = state.person is not None and inquiry.sees(concerned(inquiry, state.person))
        return shaped(id, state) if seen else None

    entries = ((str(id), (id, state)) for id, state in states.items())
    return inquiry.page(entries, shape, {"strategy": strategy, "person": person})


def shown(inquiry: Inquiry) -> Found:
    """One duty, by its id."""
    id = inquiry.find("duty")
    state, version = inquiry.own(DUTY, id)
    if state.person is None or not inquiry.sees(concerned(inquiry, state.person)):
        raise NotPermitted("outstanding", inquiry.session.caller.name)
    return Found(answer=shaped(id, state), asks={"duty": id}, version=version)


DUTIES = Noun(
    name="duties",
    description="What one person owes: to acknowledge, to answer, or to say yes or no.",
    acts=(Act(path="duties", topic="duty.given", leads_to="duties/{id}"),),
    asks=(
        Ask(
            path="duties",
            view="outstanding",
            find=listed,
            title="List duties.",
            answers=list[DutyAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those about this strategy, by key or id."),
                Argument(name="person", meaning="Only those of this person, by key or id."),
            ),
        ),
        Ask(path="duties/<duty>", view="outstanding", find=shown, title="Show a duty.", answers=DutyAnswer),
    ),
)
