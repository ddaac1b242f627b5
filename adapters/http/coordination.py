"""Coordination over HTTP: the graph of what units request of one another, each edge and each side opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from adapters.http.alignment import SCOPE_ARGUMENTS, STRATEGY_ARGUMENT, concerned_by, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.refusals import NotOnRecordThen
from adapters.http.request import RequestAnswer, shaped, sight_of
from application import labels
from domain.chart import Chart
from domain.coordination import Counts, Standing, coordination, counted
from domain.request import REQUEST
from domain.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeAnswer:
    """What one unit requests of another. `requests` are those that the caller may see."""

    requester: UUID
    requester_name: str | None
    performer: UUID
    performer_name: str | None
    counts: Counts
    requests: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeAnswer:
    """One unit with both its sides: what it asks of others, and what others ask of it.

    `carries_on` are the units whose requests it has taken over; `alive` is False for one that nobody carries on.
    """

    unit: UUID
    name: str | None
    alive: bool
    carries_on: tuple[UUID, ...]
    asks: Counts
    is_asked: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRequest:
    """A request behind the figures: between whom it stands now, whether late, and all that it says."""

    requester_now: UUID
    performer_now: UUID
    late: bool
    unowned: bool
    request: RequestAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWithoutEffect:
    """A request without effect, and why."""

    record: UUID
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationAnswer:
    """The graph of requests: edges, units with both their sides, and the requests behind it, one page at a time."""

    strategy: UUID
    counts: Counts
    edges: tuple[EdgeAnswer, ...]
    units: tuple[NodeAnswer, ...]
    requests: tuple[OpenedRequest, ...]
    not_applied: tuple[RequestWithoutEffect, ...]


def shown(inquiry: Inquiry) -> Found:
    """What units request of one another for the goals of a strategy, as of a moment.

    Overdue is what waits for an answer, or is promised, and whose day has passed; what was delivered waits for the
    requester. Units stand under the name of that instant, and a request with the units that carry its sides on.
    """
    strategy, scope = strategy_of(inquiry), Scope(unit=inquiry.named("unit"))
    goal = inquiry.named("goal")
    inquiry.check(concerned_by(inquiry, strategy, scope))
    situation = inquiry.services.questions.situation(inquiry.asked, strategy)
    if situation is None:
        raise NotOnRecordThen("strategy", inquiry.arguments["strategy"], "valid_at")
    zone = ZoneInfo(inquiry.settings.zone)

    def day(instant: datetime) -> date:
        return instant.astimezone(zone).date()

    made = inquiry.states(REQUEST, strategy=strategy)
    found = coordination(situation, made, day, unit=scope.unit, goal=goal)
    sees = sight_of(inquiry)
    seen = {each.id for each in found.requests if sees(each.state)}
    rows = list[OpenedRequest]()

    def opened(_: str, each: Standing) -> UUID | None:
        if each.id not in seen:
            return None
        rows.append(
            OpenedRequest(
                requester_now=each.requester,
                performer_now=each.performer,
                late=each.late,
                unowned=each.unowned,
                request=shaped(inquiry, each.id, each.state),
            )
        )
        return each.id

    asks = {"strategy": strategy, "unit": scope.unit, "goal": goal}
    entries = ((str(each.id), each) for each in sorted(found.requests, key=lambda each: each.id))
    page = inquiry.page(entries, opened, asks)
    chart, at = situation.organisation.chart, situation.valid_at
    answer = CoordinationAnswer(
        strategy=strategy,
        counts=counted(found.requests),
        edges=tuple(
            EdgeAnswer(
                requester=requester,
                requester_name=chart.name(requester, at),
                performer=performer,
                performer_name=chart.name(performer, at),
                counts=counted(requests),
                requests=tuple(each.id for each in requests if each.id in seen),
            )
            for (requester, performer), requests in found.edges.items()
        ),
        units=tuple(_node(chart, at, each, found.asked_by(each), found.asked_of(each)) for each in found.units),
        requests=tuple(rows[: inquiry.page_size]),
        not_applied=tuple(
            RequestWithoutEffect(record=each.record, at=each.at, reason=each.reason) for each in found.unapplied
        ),
    )
    mentions = msgspec.to_builtins([answer.units, {"strategy": answer.strategy}])
    present = labels.now(inquiry.services.questions, inquiry.asked, mentions)
    return Found(answer=answer, asks=page.asks, next=page.next, present=present)


def _node(
    chart: Chart, at: datetime, unit: UUID, asked: Iterable[Standing], asked_of: Iterable[Standing]
) -> NodeAnswer:
    asks, is_asked = tuple(asked), tuple(asked_of)
    before = {each.state.requester for each in asks} | {each.state.performer for each in is_asked}
    return NodeAnswer(
        unit=unit,
        name=chart.name(unit, at),
        alive=chart.alive(unit, at),
        carries_on=tuple(sorted(each for each in before if each is not None and each != unit)),
        asks=counted(asks),
        is_asked=counted(is_asked),
    )


COORDINATION = Ask(
    path="alignment/coordination",
    view="alignment",
    find=shown,
    title="Show what units request of one another.",
    answers=CoordinationAnswer,
    arguments=(
        STRATEGY_ARGUMENT,
        SCOPE_ARGUMENTS[0],
        Argument(name="goal", meaning="Only requests for this goal, by key or id."),
    ),
    pages=True,
)
