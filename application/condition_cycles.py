"""The condition reviews of a strategy as of a moment, each with what is said of its units, then and at its close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from application.ledger import Ledger
from application.states import Moment, States
from domain.chart import Chart
from domain.condition import CONDITION, Assessment, Condition, ConditionEvidenced, ConditionJudged, JudgementAgreed
from domain.condition_results import Cycle
from domain.kernel import Recorded
from domain.questionnaires import FIVE_CONDITIONS
from domain.review import REVIEW, Review, ReviewClosed, ReviewOpened, ReviewPublished, ReviewStanding


@dataclass(frozen=True)
class ConditionCycles:
    """Gathers the condition reviews of one organisation as of a moment."""

    ledger: Ledger
    states: States
    organisation: UUID
    moment: Moment
    chart: Chart

    def of(self, strategy: UUID) -> list[Cycle]:
        """Those about a strategy that were not cancelled."""
        reviews = {
            id: each
            for id, each in self.states.states(REVIEW, self.organisation, self.moment, strategy=strategy).items()
            if _on_conditions(each) and each.standing is not ReviewStanding.CANCELLED
        }
        said = self._assessments(self.moment, strategy) if reviews else {}
        found = list[Cycle]()
        for id, review in reviews.items():
            cycle = Cycle(id=id, review=review, units=said.get(id, {}))
            known = self._closing_known(cycle) if review.has_closed(self.moment.valid_at) else None
            if known is not None:
                then = self._assessments(Moment(self.moment.valid_at, known), strategy)
                cycle = Cycle(id=id, review=review, units=cycle.units, as_closed=then.get(id, {}))
            found.append(cycle)
        return found

    def _assessments(self, moment: Moment, strategy: UUID) -> dict[UUID, dict[UUID, Assessment]]:
        """By review and unit, of units that had been formed when their assessors were named."""
        found = dict[UUID, dict[UUID, Assessment]]()
        for state in self.states.states(CONDITION, self.organisation, moment, strategy=strategy).values():
            if state.review is None or state.unit is None or state.assigned_at is None:
                continue
            unit = self.chart.unit(state.unit)
            if unit is not None and unit.since <= state.assigned_at:
                found.setdefault(state.review, {})[state.unit] = state
        return found

    def _closing_known(self, cycle: Cycle) -> int | None:
        """The position at which the review was known to be over, which nothing learned later moves.

        That is where it was said to be closed, or where its last instant passed, whichever came first. Where even its
        opening was learned after that, it is where the results were published; None where they were not.
        """
        recorder, last, closes = self.ledger.ledger_recorder, self.moment.position, cycle.review.closes
        placed = [*recorder.select_stream(self.organisation, cycle.id, until=last)]
        opened = next((each.position for each in placed if each.topic == ReviewOpened.TOPIC), None)
        passed = min(recorder.position_at(self.organisation, closes), last) if closes is not None else None
        known = list[int]()
        if opened is not None and passed is not None and opened <= passed:
            known.append(passed)
        if cycle.review.standing is ReviewStanding.CLOSED:
            known += [each.position for each in placed if each.topic == ReviewClosed.TOPIC]
        known = known or [each.position for each in placed if each.topic == ReviewPublished.TOPIC]
        return min(known, default=None)

    def learned_after_close(self, cycle: Cycle, stream: UUID) -> Iterator[tuple[Recorded, Condition | None]]:
        """What was learned of a unit's judgements after its review was known to be over, each with its condition.

        Words on a fact are of the fact's condition; None is what concerns all five.
        """
        known = self._closing_known(cycle)
        of_fact = dict[int, Condition | None]()
        for placed in self.ledger.ledger_recorder.select_stream(self.organisation, stream, until=self.moment.position):
            recorded = self.ledger.recorded(placed)
            content = recorded.event.content
            if isinstance(content, ConditionEvidenced):
                continue
            if isinstance(content, ConditionJudged | JudgementAgreed):
                of_fact[recorded.event.fact] = content.condition
            if known is not None and recorded.position > known:
                yield recorded, of_fact.get(recorded.event.fact)


def _on_conditions(review: Review) -> bool:
    return review.questionnaire is not None and review.questionnaire.name == FIVE_CONDITIONS.name
