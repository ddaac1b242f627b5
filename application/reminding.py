"""What one person is reminded of: read from what they owe, under the names that the organisation gave it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from application.look import is_look
from application.occurrences import review_of
from application.ports import Recurrences
from application.questions import Asked, Questions
from application.schedules import Schedules
from domain.catalogue import aggregate_of
from domain.duty import DUTY, DutyKind
from domain.goal import GOAL
from domain.knowledge import Knowledge
from domain.organisation import Organisation
from domain.owed import Call, Owed
from domain.reminder import Matter, Reminder, Window
from domain.review import REVIEW, Review, ReviewStanding
from domain.schedule import SCHEDULE
from domain.scope import INSTANT, Scope, population
from domain.strategy import STRATEGY
from domain.temporal import Aggregate

COMING = 4
"""How many coming occurrences of each schedule stand in a calendar."""


MATTERS = {
    "concern": Matter.CONCERN,
    "knowledge": Matter.KNOWLEDGE,
    "ranking": Matter.ORDER,
    "request": Matter.REQUEST,
    "proposal": Matter.PROPOSAL,
    "constituency": Matter.CONSTITUENCY,
    "conversation": Matter.CONVERSATION,
    "programme": Matter.PROGRAMME,
}
"""What a call is about, by the kind of its record."""
OF_DUTIES = {DutyKind.ACKNOWLEDGE: Matter.ACKNOWLEDGE, DutyKind.DECIDE: Matter.DECIDE}


@dataclass(frozen=True)
class Reminding:
    """Gathers what a person owes at a moment, and the cycles that they take part in."""

    questions: Questions
    recurrences: Recurrences

    def of(self, asked: Asked, person: UUID) -> list[Reminder]:
        """Everything that the person is asked for, what is due first at the head."""
        settings = self.questions.organisation(asked.organisation, asked.moment)
        if settings is None:
            return []
        found = [self._reminder(asked, each, settings) for each in self.questions.owed(asked, person)]
        told = [each for each in found if each is not None]
        return sorted(told, key=lambda each: (each.due is None, each.due or date.max, each.title, str(each.record)))

    def named(self, asked: Asked, owed: Owed) -> tuple[str | None, str]:
        """Of which kind the record is on which something is owed, and what the organisation calls it."""
        aggregate = self._aggregate(asked, owed.record)
        state = self._one(asked, aggregate, owed.record) if aggregate is not None else None
        return aggregate.kind if aggregate is not None else None, self._title(asked, owed, state)

    def windows(self, asked: Asked, person: UUID) -> list[Window]:
        """The cycles that the person was asked in and that have not closed, and those that are to come."""
        organisation = self.questions.organisation(asked.organisation, asked.moment)
        if organisation is None:
            return []
        found = [
            Window(
                uid=str(id), title=review.title, opens=review.opened_at, closes=_end(review, review.closes), review=id
            )
            for id, review in self._states(asked, REVIEW).items()
            if person in review.participants
            and review.standing is not ReviewStanding.CANCELLED
            and review.opened_at is not None
            and review.closes is not None
            and _end(review, review.closes) > asked.valid_at
        ]
        people = self.questions.people(asked)
        for id, schedule in self._states(asked, SCHEDULE).items():
            said = schedule.present
            if said is None:
                continue
            scope = Scope(unit=said.unit, rank=said.rank)
            if person in population(organisation.chart, people, scope, asked.valid_at).people:
                found += [
                    # Under the id that its review will have, so that the entry goes on when the cycle is opened.
                    Window(
                        uid=str(review_of(asked.organisation, id, each.at)),
                        title=said.title,
                        opens=each.at,
                        closes=each.closes,
                    )
                    for each in Schedules(self.questions, self.recurrences).ahead(asked, schedule, COMING)
                ]
        return sorted(found, key=lambda each: (each.opens, each.uid))

    def _reminder(self, asked: Asked, owed: Owed, settings: Organisation) -> Reminder | None:
        aggregate = self._aggregate(asked, owed.record)
        state = self._one(asked, aggregate, owed.record) if aggregate is not None else None
        if aggregate is DUTY and state is not None and state.kind is DutyKind.ANSWER and state.review is not None:
            # A duty to answer a confidential cycle tells no more than the cycle itself, which stands here as well.
            review = self._one(asked, REVIEW, state.review)
            if review is not None:
                return self._cycle(Call.ANSWER, state.review, review, settings)
        if aggregate is REVIEW and state is not None and owed.call is Call.ANSWER:
            return self._cycle(owed.call, owed.record, state, settings)
        return Reminder(
            call=owed.call,
            record=owed.record,
            title=self._title(asked, owed, state),
            due=owed.due,
            overdue=owed.overdue,
            matter=_matter(aggregate, state),
        )

    def _cycle(self, call: Call, id: UUID, review: Review, settings: Organisation) -> Reminder:
        zone = ZoneInfo(settings.zone)
        return Reminder(
            call=call,
            record=id,
            title=review.title,
            due=_day(review.closes - INSTANT, zone) if review.closes is not None else None,
            opened=_day(review.opened_at, zone) if review.opened_at is not None else None,
            confided=review.terms is not None,
        )

    def _title(self, asked: Asked, owed: Owed, state: Any) -> str:  # noqa: ANN401 — of whichever aggregate
        """What it is called: its own title, or that of the goal or the strategy that it is about."""
        own = getattr(state, "title", None)
        if isinstance(own, str) and own:
            return own
        if isinstance(state, Knowledge) and state.version is not None:
            return state.version.title
        target = getattr(state, "target", None)
        goal = getattr(target, "goal", None) or getattr(state, "goal", None)
        if isinstance(goal, UUID) and (found := self._one(asked, GOAL, goal)) is not None:
            return str(found.title)
        strategy = owed.strategy or getattr(state, "strategy", None)
        named = self._one(asked, STRATEGY, strategy) if isinstance(strategy, UUID) else None
        element = getattr(target, "element", None) or getattr(state, "element", None)
        title = str(named.title) if named is not None else ""
        return f"{title}: {element}" if title and isinstance(element, str) else title

    def _aggregate(self, asked: Asked, stream: UUID) -> Aggregate[Any] | None:
        placed = self.questions.ledger.ledger_recorder.select_stream(asked.organisation, stream, until=asked.position)
        return aggregate_of(placed[0].topic) if placed else None

    def _one(self, asked: Asked, aggregate: Aggregate[Any], stream: UUID) -> Any:  # noqa: ANN401
        return self.questions.named(asked, aggregate, stream)

    def _states(self, asked: Asked, aggregate: Aggregate[Any]) -> dict[UUID, Any]:
        return self.questions.states.states(aggregate, asked.organisation, asked.moment)


def _matter(aggregate: Aggregate[Any] | None, state: Any) -> Matter | None:  # noqa: ANN401 — of whichever aggregate
    if aggregate is DUTY and state is not None:
        return OF_DUTIES.get(state.kind)
    if isinstance(state, Review):
        return Matter.LOOK if is_look(state) else None
    return MATTERS.get(aggregate.kind) if aggregate is not None else None


def _end(review: Review, closes: datetime) -> datetime:
    return closes if review.ended_at is None else min(closes, review.ended_at)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
