"""Coordination across units: the graph of what units request of one another, as of an instant.

A request belongs to the units that carry its two sides on at that instant, and shows on both. One that nobody carries
on, after a split or a dissolution, is unowned: it stays under the unit's last name, and nobody is asked for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.effect import lacked
from domain.obligation import Due, standing
from domain.request import GOING_ON, Request, RequestStatus
from domain.scope import seat_of
from domain.situation import Situation, Unapplied


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One request as it stands: between whom at that instant, where it is due, and whether it was delivered late."""

    id: UUID
    state: Request
    requester: UUID
    performer: UUID
    due: Due
    late: bool
    unowned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of a number of requests.

    `asked` are all of them: those `open`, in which something is still to come (they wait for an answer, are countered,
    promised or delivered; `overdue` among them), and those kept (`kept_late` among them), declined, withdrawn, revoked,
    broken. `moves` counts the moved days of all.
    """

    asked: int = 0
    open: int = 0
    unanswered: int = 0
    countered: int = 0
    promised: int = 0
    delivered: int = 0
    overdue: int = 0
    kept: int = 0
    kept_late: int = 0
    declined: int = 0
    withdrawn: int = 0
    revoked: int = 0
    broken: int = 0
    moves: int = 0
    unowned: int = 0


@dataclass(frozen=True, kw_only=True)
class Coordination:
    """The requests of a scope that have effect, oldest first, and the facts that have none."""

    requests: tuple[Standing, ...]
    unapplied: tuple[Unapplied, ...]

    @property
    def edges(self) -> Mapping[tuple[UUID, UUID], tuple[Standing, ...]]:
        """The requests by who asks and who is asked."""
        found = dict[tuple[UUID, UUID], tuple[Standing, ...]]()
        for each in self.requests:
            pair = each.requester, each.performer
            found[pair] = (*found.get(pair, ()), each)
        return dict(sorted(found.items()))

    @property
    def units(self) -> tuple[UUID, ...]:
        """Every unit on either side, by id."""
        return tuple(sorted({each for pair in self.edges for each in pair}))

    def asked_by(self, unit: UUID) -> tuple[Standing, ...]:
        """What a unit asks of others."""
        return tuple(each for each in self.requests if each.requester == unit)

    def asked_of(self, unit: UUID) -> tuple[Standing, ...]:
        """What others ask of a unit."""
        return tuple(each for each in self.requests if each.performer == unit)


def counted(requests: Iterable[Standing]) -> Counts:
    """What became of these requests."""
    each_of = tuple(requests)

    def of(*statuses: RequestStatus) -> int:
        return sum(each.state.status in statuses for each in each_of)

    return Counts(
        asked=len(each_of),
        open=of(*GOING_ON),
        unanswered=of(RequestStatus.OPEN),
        countered=of(RequestStatus.COUNTERED),
        promised=of(RequestStatus.PROMISED),
        delivered=of(RequestStatus.DELIVERED),
        overdue=sum(each.due is Due.OVERDUE for each in each_of),
        kept=of(RequestStatus.KEPT),
        kept_late=sum(each.late and each.state.status is RequestStatus.KEPT for each in each_of),
        declined=of(RequestStatus.DECLINED),
        withdrawn=of(RequestStatus.WITHDRAWN),
        revoked=of(RequestStatus.REVOKED),
        broken=of(RequestStatus.BROKEN),
        moves=sum(each.state.moves for each in each_of),
        unowned=sum(each.unowned for each in each_of),
    )


def due_of(state: Request, today: date) -> Due:
    """Where a request is due on a day. What was delivered waits for the requester and is not overdue meanwhile."""
    done = state.status in (RequestStatus.KEPT, RequestStatus.DELIVERED)
    return standing(state.due, today, done=done, ended=state.status not in GOING_ON)


def coordination(
    situation: Situation,
    requests: Mapping[UUID, Request],
    day: Callable[[datetime], date],
    *,
    unit: UUID | None = None,
    goal: UUID | None = None,
) -> Coordination:
    """The graph of the requests for a strategy's goals: of a unit with those below it on either side, or of a goal.

    `day` tells the organisation's day of an instant.
    """
    chart, at = situation.organisation.chart, situation.valid_at
    inside = chart.subtree(unit, at) if unit is not None else None
    found, unapplied = list[Standing](), list[Unapplied]()
    for id, state in sorted(requests.items(), key=lambda each: (str(each[1].made_at), each[0])):
        if state.made_at is None or state.requester is None or state.performer is None:
            continue
        sides = state.requester, state.performer
        if goal is not None and state.goal != goal:
            continue
        if inside is not None and inside.isdisjoint(seat_of(chart, each, at) for each in sides):
            continue
        missing = lacked(situation, state.made_at, units=sides, goal=state.goal)
        if missing is not None:
            unapplied.append(Unapplied(kind="request", record=id, at=state.made_at, reason=missing))
            continue
        carried = [chart.carried_on_by(each, at) for each in sides]
        requester, performer = (now or before for now, before in zip(carried, sides, strict=True))
        found.append(
            Standing(
                id=id,
                state=state,
                requester=requester,
                performer=performer,
                due=due_of(state, situation.today),
                late=_is_late(state, day),
                unowned=None in carried,
            )
        )
    return Coordination(requests=tuple(found), unapplied=tuple(unapplied))


def _is_late(state: Request, day: Callable[[datetime], date]) -> bool:
    """Whether it was delivered after its day, or accepted after it without a word of the performer."""
    done_at = state.delivered_at or (state.ended_at if state.status is RequestStatus.KEPT else None)
    return done_at is not None and state.due is not None and day(done_at) > state.due
