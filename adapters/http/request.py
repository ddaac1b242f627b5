"""Requests between units over HTTP: asked, answered, moved, delivered and accepted. Both sides see all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.concerns import both_sides
from application.permissions import About, NotPermitted, allowed
from domain.coordination import due_of
from domain.obligation import ByWhens, Due
from domain.request import REQUEST, Request, RequestStatus
from domain.sealed import Private

VIEW = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterAnswer:
    """What the performer offers instead, as long as the requester has not answered."""

    by_when: date
    conditions: Private | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswer:
    """One request as of a moment.

    `asked_for` is the day that was asked for first, `first_promised` the one promised first, `by_when` the one that
    counts, `by_whens` all that were promised, oldest first; `move` is one asked for and not answered. `on_behalf` says
    that the promise was entered by nobody of the unit.
    """

    id: UUID
    strategy: UUID | None
    goal: UUID | None
    requester: UUID | None
    performer: UUID | None
    title: str
    conditions: Private | None
    status: RequestStatus | None
    due: Due
    asked_for: date | None
    first_promised: date | None
    by_when: date | None
    by_whens: ByWhens
    moves: int
    move: date | None
    counter: CounterAnswer | None
    on_behalf: bool
    made_at: datetime | None
    delivered_at: datetime | None
    evidence: Private | None
    rejections: int
    ended_at: datetime | None


def shaped(inquiry: Inquiry, id: UUID, state: Request) -> RequestAnswer:
    """A request's state as it is answered."""
    offered = state.counter
    return RequestAnswer(
        id=id,
        strategy=state.strategy,
        goal=state.goal,
        requester=state.requester,
        performer=state.performer,
        title=state.title,
        conditions=state.conditions,
        status=state.status,
        due=due_of(state, inquiry.today),
        asked_for=state.asked_for,
        first_promised=state.first_promised,
        by_when=state.due,
        by_whens=state.by_whens,
        moves=state.moves,
        move=state.move,
        counter=CounterAnswer(by_when=offered.by_when, conditions=offered.conditions) if offered is not None else None,
        on_behalf=state.on_behalf,
        made_at=state.made_at,
        delivered_at=state.delivered_at,
        evidence=state.evidence,
        rejections=state.rejections,
        ended_at=state.ended_at,
    )


def sight_of(inquiry: Inquiry) -> Callable[[Request], bool]:
    """Tells whether the caller is told of a request: on either side, above it, or as one who governs."""
    desk, caller = inquiry.desk, inquiry.session.caller
    governs = allowed(caller, VIEW, About(published=False))
    return lambda state: governs or any(allowed(caller, VIEW, each) for each in both_sides(desk, caller, state))


def listed(inquiry: Inquiry) -> Found:
    """Requests that the caller may see: for a strategy or a goal, of or to a unit, of one status, or all."""
    strategy, goal, unit = inquiry.named("strategy"), inquiry.named("goal"), inquiry.named("unit")
    status, sees = inquiry.arguments.get("status"), sight_of(inquiry)
    chart, at = inquiry.settings.chart, inquiry.asked.valid_at

    def shape(_: str, entry: tuple[UUID, Request]) -> RequestAnswer | None:
        id, state = entry
        sides = [each for each in (state.requester, state.performer) if each is not None]
        if unit is not None and unit not in sides and unit not in [chart.carried_on_by(each, at) for each in sides]:
            return None
        if (status is not None and state.status != status) or (goal is not None and state.goal != goal):
            return None
        return shaped(inquiry, id, state) if sees(state) else None

    entries = ((str(id), (id, state)) for id, state in inquiry.states(REQUEST, strategy=strategy).items())
    return inquiry.page(entries, shape, {"strategy": strategy, "goal": goal, "unit": unit, "status": status})


def shown(inquiry: Inquiry) -> Found:
    """One request. Without times it is the record's present resource, whose ETag goes into If-Match."""
    id = inquiry.find("request")
    state, version = inquiry.own(REQUEST, id)
    if not sight_of(inquiry)(state):
        raise NotPermitted(VIEW, inquiry.session.caller.name)
    return Found(answer=shaped(inquiry, id, state), asks={"request": id}, version=version)


def _on(sub_resource: str, topic: str) -> Act:
    return Act(
        path=f"unit-requests/<path:request>/{sub_resource}", topic=topic, leads_to="unit-requests/{id}", changes=True
    )


UNIT_REQUESTS = Noun(
    name="unit-requests",
    description="What a unit requests of another for a goal, and what becomes of it.",
    acts=(
        Act(path="unit-requests", topic="request.made", leads_to="unit-requests/{id}"),
        _on("promises", "request.promised"),
        _on("declines", "request.declined"),
        _on("counters", "request.countered"),
        _on("counter-acceptances", "request.counter_accepted"),
        _on("withdrawals", "request.withdrawn"),
        _on("moves", "request.move_asked"),
        _on("move-consents", "request.move_consented"),
        _on("move-refusals", "request.move_refused"),
        _on("deliveries", "request.delivered"),
        _on("acceptances", "request.accepted"),
        _on("rejections", "request.rejected"),
        _on("revocations", "request.revoked"),
        _on("breaches", "request.broken"),
    ),
    asks=(
        Ask(
            path="unit-requests",
            view=VIEW,
            find=listed,
            title="List requests between units.",
            answers=list[RequestAnswer],
            pages=True,
            arguments=(
                Argument(name="strategy", meaning="Only those for this strategy, by key or id."),
                Argument(name="goal", meaning="Only those for this goal, by key or id."),
                Argument(name="unit", meaning="Only those that this unit asks, or is asked; by key or id."),
                Argument(
                    name="status",
                    meaning="Only those that stand so.",
                    schema={"type": "string", "enum": [each.value for each in RequestStatus]},
                ),
            ),
        ),
        Ask(
            path="unit-requests/<path:request>",
            view=VIEW,
            find=shown,
            title="Show a request between units.",
            answers=RequestAnswer,
        ),
    ),
)
