"""The five conditions of alignment over HTTP: assessors named, conditions judged by both, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.condition_shapes import (
    AlignedAnswer,
    AssessmentAnswer,
    CellAnswer,
    ConditionsAnswer,
    CycleAnswer,
    EditionCountsAnswer,
    GroundAnswer,
    JudgedAnswer,
    LateEvidenceAnswer,
    RestatingAnswer,
    UnitConditionsAnswer,
)
from adapters.http.noun import Noun
from adapters.http.refusals import NotOnRecordThen
from adapters.http.shapes import shared
from application.condition_cycles import ConditionCycles
from application.permissions import About, NotPermitted
from domain.condition import CONDITION, Assessment, Condition, Joint, Pinned, joint, newest_words
from domain.condition_results import (
    Cell,
    Conditions,
    Cycle,
    Row,
    conditions,
    counts,
    counts_of,
    counts_published,
    first_edition,
    rows_of,
    spoke_in,
)
from domain.review import REVIEW, Review
from domain.scope import Scope
from domain.strategy import STRATEGY


def cycles_of(inquiry: Inquiry, strategy: UUID) -> tuple[ConditionCycles, list[Cycle]]:
    """The condition reviews of a strategy as of the moment."""
    gathered = ConditionCycles(
        inquiry.services.ledger,
        inquiry.services.states,
        inquiry.organisation,
        inquiry.asked.moment,
        inquiry.settings.chart,
    )
    return gathered, gathered.of(strategy)


def strategy_there(inquiry: Inquiry) -> UUID:
    """The strategy that is asked about. Raises NotOnRecordThen for one not drafted by then."""
    strategy = strategy_of(inquiry)
    if strategy not in inquiry.states(STRATEGY, streams=[strategy]):
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    return strategy


def in_scope(inquiry: Inquiry, unit: UUID | None) -> frozenset[UUID]:
    """The living units of a scope."""
    return inquiry.population(Scope(unit=unit)).units


def shown(inquiry: Inquiry) -> Found:
    """The five conditions of each unit, what they rest on, what was restated, and what came to light too late.

    Of each unit it tells the newest review that closed, unless `review` names one.
    """
    strategy, unit, asked = strategy_there(inquiry), inquiry.named("unit"), inquiry.named("review")
    inquiry.check(concerned_by(inquiry, strategy, Scope(unit=unit)))
    gathered, cycles = cycles_of(inquiry, strategy)
    units = in_scope(inquiry, unit)
    found = conditions(cycles, units, inquiry.asked.valid_at)
    if asked is not None:
        chosen = [each for each in found.cycles if each.id == asked]
        below = units if unit is not None else None
        rows = tuple(row for each in chosen for row in rows_of(each) if below is None or row.unit in below)
        found = Conditions(rows=rows, cycles=tuple(chosen))
    reading = Reading(inquiry, strategy)
    answer = ConditionsAnswer(
        strategy=strategy,
        counts=counts_of(found.rows),
        aligned_units=AlignedAnswer(
            count=found.aligned,
            of=len(found.rows),
            units=tuple(sorted(each.unit for each in found.rows if each.aligned)),
        ),
        by_condition={
            each.value: counts(cell.judgement for row in found.rows for cell in row.cells if cell.condition is each)
            for each in Condition
        },
        units=tuple(_unit(inquiry, gathered, reading, row) for row in _by_name(inquiry, found.rows)),
        cycles=tuple(_cycle(inquiry, each) for each in found.cycles),
    )
    return Found(answer=answer, asks={"strategy": strategy, "unit": unit, "review": asked})


class Reading:
    """Reads figures of units' alignment states, each once."""

    def __init__(self, inquiry: Inquiry, strategy: UUID) -> None:
        self.inquiry, self.strategy = inquiry, strategy
        self._read: dict[tuple[UUID, str, datetime, int], int | None] = {}

    def position(self, pinned: Pinned) -> int | None:
        """The position that was known at the instant pinned, no later than the one asked about."""
        if pinned.known_at is None:
            return None
        recorder = self.inquiry.services.ledger.ledger_recorder
        return min(recorder.position_at(self.inquiry.organisation, pinned.known_at), self.inquiry.asked.position)

    def figure(self, unit: UUID, name: str, valid_at: datetime, position: int) -> int | None:
        """What a figure read; None where there was none of that name."""
        key = unit, name, valid_at, position
        if key not in self._read:
            questions = self.inquiry.services.questions
            asked = questions.ask(self.inquiry.organisation, valid_at, position)
            found = questions.alignment(asked, self.strategy, Scope(unit=unit)) if asked.founded else None
            self._read[key] = found.figures[name].count if found is not None and name in found.figures else None
        return self._read[key]

    def ground(self, unit: UUID, pinned: Pinned) -> GroundAnswer:
        """What a judgement rests on, read again."""
        position, read, now = self.position(pinned), None, None
        if pinned.figure is not None:
            now = self.figure(unit, pinned.figure, pinned.valid_at, self.inquiry.asked.position)
            read = self.figure(unit, pinned.figure, pinned.valid_at, position) if position is not None else None
        return GroundAnswer(
            text=pinned.text,
            source=pinned.source,
            figure=pinned.figure,
            valid_at=pinned.valid_at,
            known_at=pinned.known_at,
            position=position,
            read=read,
            reads_now=now,
            restated=position is not None and read != now,
        )


def _by_name(inquiry: Inquiry, rows: Iterable[Row]) -> list[Row]:
    chart, at = inquiry.settings.chart, inquiry.asked.valid_at
    return sorted(rows, key=lambda each: (chart.name(each.unit, at) or "", str(each.unit)))


def _unit(inquiry: Inquiry, gathered: ConditionCycles, reading: Reading, row: Row) -> UnitConditionsAnswer:
    because = _because(inquiry, gathered, row) if any(each.restated for each in row.cells) else {}
    return UnitConditionsAnswer(
        unit=row.unit,
        name=inquiry.settings.chart.name(row.unit, inquiry.asked.valid_at),
        review=row.cycle.id,
        assessors=row.assessment.assessors,
        aligned=row.aligned,
        conditions=tuple(_cell(reading, row.unit, each, because.get(each.condition, ())) for each in row.cells),
    )


def _cell(reading: Reading, unit: UUID, cell: Cell, because: tuple[RestatingAnswer, ...]) -> CellAnswer:
    return CellAnswer(
        condition=cell.condition,
        judgement=cell.judgement,
        since=cell.since,
        rests_on=tuple(reading.ground(unit, each) for each in cell.rests_on),
        as_closed=cell.as_closed,
        restated=cell.restated,
        because=because if cell.restated else (),
        unknown_to_assessors=tuple(
            LateEvidenceAnswer(since=each.since, text=each.text, source=each.source) for each in cell.unknown
        ),
    )


def _because(inquiry: Inquiry, gathered: ConditionCycles, row: Row) -> dict[Condition, tuple[RestatingAnswer, ...]]:
    """What was learned of a unit's judgements after the close, by condition."""
    found = dict[Condition, tuple[RestatingAnswer, ...]]()
    stream = inquiry.desk.derived("condition", row.cycle.id, row.unit)
    for recorded, condition in gathered.learned_after_close(row.cycle, stream):
        restating = RestatingAnswer(
            position=recorded.position,
            recorded_at=recorded.recorded_at,
            word=recorded.event.word.value,
            reason=recorded.event.reason,
        )
        for each in (condition,) if condition is not None else Condition:
            found[each] = (*found.get(each, ()), restating)
    return found


def _cycle(inquiry: Inquiry, cycle: Cycle) -> CycleAnswer:
    first, now = first_edition(cycle), counts_of(rows_of(cycle))
    return CycleAnswer(
        review=cycle.id,
        title=cycle.review.title,
        standing=cycle.review.standing,
        opened_at=cycle.review.opened_at,
        closed_at=cycle.closed_at,
        closed=cycle.review.has_closed(inquiry.asked.valid_at),
        participation=shared(len(spoke_in(cycle.review, cycle.units.values())), len(cycle.review.participants)),
        units=len(cycle.units),
        counts=now,
        first_edition=first,
        restated=first is not None and any(each.restated for row in rows_of(cycle) for each in row.cells),
        editions=tuple(
            EditionCountsAnswer(
                edition=each.edition,
                published_at=each.published_at,
                withdrawn=each.withdrawn_at is not None,
                counts=counts_published(each.results if each.withdrawn_at is None else ()),
            )
            for each in cycle.review.editions
        ),
    )


def judgements(inquiry: Inquiry) -> Found:
    """What is said of each unit in a condition review."""
    id = inquiry.find("review")
    review, _ = inquiry.own(REVIEW, id)
    caller = inquiry.session.caller
    asked = caller.person in (*review.participants, *review.readers)
    if not inquiry.sees(lambda: About(shared=asked, published=False, review=id)):
        raise NotPermitted("review", caller.name)

    def shape(_: str, entry: tuple[UUID, Assessment]) -> AssessmentAnswer | None:
        stream, state = entry
        if state.review != id or not state.assessors:
            return None
        told = caller.person in (*state.assessors, *review.readers)
        told = told or inquiry.sees(lambda: About(published=False), "answers")
        return AssessmentAnswer(
            id=stream,
            unit=state.unit,
            assessors=state.assessors,
            conditions=tuple(_judged(state, review, each, told=told) for each in Condition),
        )

    found = inquiry.states(CONDITION, strategy=review.strategy)
    return inquiry.page(((str(each), (each, state)) for each, state in found.items()), shape, {"review": id})


def _judged(state: Assessment, review: Review, condition: Condition, *, told: bool) -> JudgedAnswer:
    found: Joint | None = joint(state, review, condition)
    return JudgedAnswer(
        condition=condition,
        judgement=found.judgement if found else None,
        since=found.since if found else None,
        rests_on=found.rests_on if found else (),
        words=newest_words(state, review, condition) if told else None,
    )


def _on(sub_resource: str, topic: str) -> Act:
    return Act(path=f"reviews/<path:review>/{sub_resource}", topic=topic, leads_to="reviews/{review}/judgements")


UNIT_ARGUMENT = SCOPE_ARGUMENTS[0]

CONDITIONS = Noun(
    name="conditions",
    description="The five conditions of alignment, judged for each unit by two assessors together.",
    acts=(
        _on("assessors", "condition.assigned"),
        _on("judgements", "condition.judged"),
        _on("agreements", "condition.agreed"),
        _on("evidence", "condition.evidenced"),
    ),
    asks=(
        Ask(
            path="reviews/<path:review>/judgements",
            view="review",
            find=judgements,
            title="List what assessors judged.",
            answers=list[AssessmentAnswer],
            pages=True,
        ),
        Ask(
            path="alignment/conditions",
            view="alignment",
            find=shown,
            title="Show the five conditions of alignment.",
            answers=ConditionsAnswer,
            arguments=(
                STRATEGY_ARGUMENT,
                UNIT_ARGUMENT,
                Argument(name="review", meaning="Only this condition review, by key or id."),
            ),
        ),
    ),
)
