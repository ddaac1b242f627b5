"""The strategic drivers over HTTP: which vision, mission and values are cited, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from adapters.http.alignment import STRATEGY_ARGUMENT, asks_of, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.decision import strategy_then
from adapters.http.noun import Noun
from adapters.http.opened import Opened, opened
from adapters.http.refusals import NotOnRecordThen
from domain.citing import cited
from domain.decision import DECISION
from domain.drivers import followed
from domain.element import DRIVERS
from domain.judgement import judge
from domain.kernel import Party
from domain.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedAnswer:
    """A vision, mission or value, and what cites it: decisions, open commitments, goals, other elements."""

    element: str
    kind: str
    text: str
    decisions: Opened
    commitments: Opened
    goals: Opened
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategicDriversAnswer:
    """The drivers of the revision in force; `undefined` are those it lacks, `cited_by_nothing` those nobody cites."""

    revision: int | None
    drivers: tuple[CitedAnswer, ...]
    undefined: tuple[str, ...]
    cited_by_nothing: tuple[str, ...]


def shown(inquiry: Inquiry) -> Found:
    """Which vision, mission and values the revision in force has, and what cites each of them directly."""
    id = strategy_of(inquiry)
    inquiry.check(concerned_by(inquiry, id, Scope()))
    situation = inquiry.services.questions.situation(inquiry.asked, id)
    if situation is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    judged = {each.id: each for each in judge(situation)}
    decisions = inquiry.states(DECISION, strategy=id)
    follow = followed(situation.strategy, decisions, strategy_then(inquiry, id), inquiry.asked.valid_at)
    by_decision = {each.element: each.decisions for each in follow.drivers}

    def sees_decision(one: UUID) -> bool:
        unit = decisions[one].unit
        return inquiry.sees(lambda: inquiry.about(units=(unit,) if unit is not None else ()), "decision")

    def sees_commitment(one: UUID) -> bool:
        return inquiry.sees(lambda: inquiry.about(judged[one].party), "commitment")

    def sees_goal(one: UUID) -> bool:
        goal = situation.goals[one]
        party = Party("person", goal.person) if goal.person is not None else None
        return inquiry.sees(lambda: inquiry.about(party, (goal.unit,) if goal.unit is not None else ()), "goal")

    current = situation.revision
    found = cited(current.elements if current is not None else (), situation.goals, judged.values())
    drivers = tuple(
        CitedAnswer(
            element=each.element,
            kind=each.kind,
            text=each.text,
            decisions=opened(by_decision.get(each.element, ()), sees_decision),
            commitments=opened(each.commitments, sees_commitment),
            goals=opened(each.goals, sees_goal),
            elements=each.elements,
        )
        for each in found
    )
    answer = StrategicDriversAnswer(
        revision=current.revision if current is not None else None,
        drivers=drivers,
        undefined=tuple(kind for kind in DRIVERS if not any(each.kind == kind for each in found)),
        cited_by_nothing=tuple(
            each.element
            for each in drivers
            if not (each.decisions.count or each.commitments.count or each.goals.count or each.elements)
        ),
    )
    return Found(answer=answer, asks=asks_of(id, Scope()))


STRATEGIC_DRIVERS = Noun(
    name="strategic drivers",
    description="Vision, mission and values, and what cites them.",
    asks=(
        Ask(
            path="alignment/drivers",
            view="alignment",
            find=shown,
            title="Show what cites the vision, mission and values.",
            answers=StrategicDriversAnswer,
            arguments=(STRATEGY_ARGUMENT,),
        ),
    ),
)
