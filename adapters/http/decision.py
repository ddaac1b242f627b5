"""Decisions over HTTP: taken between alternatives, reversed; and which values and other drivers they follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.alignment import STRATEGY_ARGUMENT, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.opened import Opened, opened
from adapters.http.papers import ElementsShown
from adapters.http.refusals import NotOnRecordThen
from application.permissions import About, NotPermitted
from domain.decision import DECISION, Alternative, Decision
from domain.drivers import WithoutEffect, followed
from domain.scope import Scope
from domain.sealed import Private
from domain.strategy import STRATEGY, Strategy


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionAnswer:
    """One decision as of a moment; `reversed_at` says since when it holds no more."""

    id: UUID
    key: str | None
    matter: str
    alternatives: tuple[Alternative, ...]
    chosen: str
    decider: UUID | None
    strategy: UUID | None
    applies: tuple[str, ...]
    bet: str | None
    unit: UUID | None
    because: Private | None
    taken_at: datetime | None
    reversed_at: datetime | None
    reversed_by: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverAnswer:
    """A value or another driver of the strategy, and the decisions that hold and applied it."""

    element: str
    kind: str
    text: str
    in_force: bool
    decisions: Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsAnswer:
    """The decisions under a strategy: those that hold and those that were reversed, by the drivers they apply.

    `drivers` are those of the revision in force (before any, of the draft), with none too, then others that were
    applied. A decision that applied several stands with each. What `without_effect` names did not exist by then.
    """

    strategy: UUID
    unit: UUID | None
    decisions: Opened
    reversed: Opened
    drivers: tuple[DriverAnswer, ...]
    without_driver: Opened
    without_effect: tuple[WithoutEffect, ...]


def shaped(id: UUID, state: Decision) -> DecisionAnswer:
    """A decision's state as it is answered."""
    return DecisionAnswer(
        id=id,
        key=state.key,
        matter=state.matter,
        alternatives=state.alternatives,
        chosen=state.chosen,
        decider=state.decider,
        strategy=state.strategy,
        applies=state.applies,
        bet=state.bet,
        unit=state.unit,
        because=state.because,
        taken_at=state.taken_at,
        reversed_at=state.reversed_at,
        reversed_by=state.reversed_by,
    )


def _concerned(inquiry: Inquiry, state: Decision) -> Callable[[], About]:
    return lambda: inquiry.about(units=(state.unit,) if state.unit is not None else ())


def listed(inquiry: Inquiry) -> Found:
    """Decisions that the caller may see: under a strategy, of a unit, that apply an element, or all."""
    strategy, unit, element = inquiry.named("strategy"), inquiry.named("unit"), inquiry.arguments.get("applies")

    def shape(_: str, entry: tuple[UUID, Decision]) -> DecisionAnswer | None:
        id, state = entry
        if (unit is not None and state.unit != unit) or (element is not None and element not in state.applies):
            return None
        return shaped(id, state) if inquiry.sees(_concerned(inquiry, state)) else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(DECISION, strategy=strategy).items())
    return inquiry.page(entries, shape, {"strategy": strategy, "unit": unit, "applies": element})


def shown(inquiry: Inquiry) -> Found:
    """One decision. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("decision")
    state, version = inquiry.own(DECISION, id)
    if not inquiry.sees(_concerned(inquiry, state)):
        raise NotPermitted("decision", inquiry.session.caller.name)
    return Found(answer=shaped(id, state), asks={"decision": id}, version=version)


def strategy_then(inquiry: Inquiry, strategy: UUID) -> Callable[[datetime], Strategy]:
    """Tells a strategy as it was at other instants, as known at the answer's position."""
    ledger, position = inquiry.services.ledger, inquiry.asked.position
    return cache(ledger.timeline_until(STRATEGY, inquiry.organisation, strategy, position).state)


def by_driver(inquiry: Inquiry) -> Found:
    """Which decisions follow which value or other driver of the strategy, and which follow none."""
    strategy, unit = strategy_of(inquiry), inquiry.named("unit")
    inquiry.check(concerned_by(inquiry, strategy, Scope(unit=unit)))
    state = inquiry.states(STRATEGY, streams=[strategy]).get(strategy)
    if state is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    at, chart = inquiry.asked.valid_at, inquiry.settings.chart
    tree = chart.subtree(unit, at) if unit is not None else None
    decisions = {
        id: each
        for id, each in inquiry.states(DECISION, strategy=strategy).items()
        if tree is None or (each.unit is not None and (chart.carried_on_by(each.unit, at) or each.unit) in tree)
    }
    found = followed(state, decisions, strategy_then(inquiry, strategy), at)

    def sees(id: UUID) -> bool:
        return inquiry.sees(_concerned(inquiry, decisions[id]), "decision")

    elements = ElementsShown(inquiry, strategy)
    answer = DecisionsAnswer(
        strategy=strategy,
        unit=unit,
        decisions=opened(found.decisions, sees),
        reversed=opened(found.reversed, sees),
        drivers=tuple(
            DriverAnswer(
                element=each.element,
                kind=each.kind,
                text=elements.text(each.element, each.text),
                in_force=each.in_force,
                decisions=opened(each.decisions, sees),
            )
            for each in found.drivers
            if elements.lists(each.element)
        ),
        without_driver=opened(found.without_driver, sees),
        without_effect=tuple(each for each in found.without_effect if sees(each.record)),
    )
    return Found(answer=answer, asks={"strategy": strategy, "unit": unit})


DECISIONS = Noun(
    name="decisions",
    description="What was decided, by whom, between which alternatives, and which value it follows.",
    acts=(
        Act(path="decisions", topic="decision.taken", leads_to="decisions/{id}"),
        Act(
            path="decisions/<path:decision>/reversals",
            topic="decision.reversed",
            leads_to="decisions/{id}",
            changes=True,
        ),
    ),
    asks=(
        Ask(
            path="decisions",
            view="decision",
            find=listed,
            title="List decisions.",
            answers=list[DecisionAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those under this strategy, by key or id."),
                Argument(name="unit", meaning="Only those of this unit, by key or id."),
                Argument(name="applies", meaning="Only those that apply this element, by its id."),
            ),
        ),
        Ask(
            path="decisions/<path:decision>",
            view="decision",
            find=shown,
            title="Show a decision.",
            answers=DecisionAnswer,
        ),
        Ask(
            path="alignment/decisions",
            view="alignment",
            find=by_driver,
            title="Show which decisions follow which value.",
            answers=DecisionsAnswer,
            arguments=(
                STRATEGY_ARGUMENT,
                Argument(name="unit", meaning="Only decisions of this unit, by key or id, and of those below it."),
            ),
        ),
    ),
)
