"""What concerns come to in a scope at an instant: counted by kind, how old the open ones are, how long settling took.

A concern counts where it was said: in the unit and rank that its raiser had when raising it. Whatever was reorganised
since is followed to the units that carry on, and no further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from uuid import UUID

from domain.access import AccessRole
from domain.chart import Chart
from domain.concern import UNADDRESSED, Concern, ConcernKind, ConcernStanding
from domain.dated import holds
from domain.obligation import Due, present_day, standing
from domain.person import Person
from domain.scope import Scope, seat_of, seating
from domain.strategy import Strategy

Day = Callable[[datetime], date]
"""The organisation's day of an instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernFigures:
    """What the concerns of one kind, or (None) of all, come to.

    `raised` of them there are: `open` ones, `confirmed` ones and `withdrawn` ones. `addressed` ones have an answer that
    stands, of which `awaiting` are not confirmed yet and so open. `reopened` counts concerns that ever were. `overdue`
    ones should have been addressed by a day that has passed; `put_to_nobody` wait for an answer that nobody owes.
    Ages and times are in local days since it was raised first; a median of an even number lies between two days.
    """

    kind: ConcernKind | None
    raised: int
    addressed: int
    awaiting: int
    confirmed: int
    reopened: int
    withdrawn: int
    open: int
    overdue: int
    put_to_nobody: int
    oldest_open_days: int | None
    median_open_days: float | None
    median_days_to_confirm: float | None
    concerns: tuple[UUID, ...]


def has_effect(concern: Concern, strategy: Strategy, people: Mapping[UUID, Person], chart: Chart) -> bool:
    """Whether what the concern refers to was there when it was raised: its strategy, its raiser, its unit."""
    at, person = concern.raised_at, people.get(concern.person) if concern.person else None
    if at is None or strategy.drafted_at is None or at < strategy.drafted_at:
        return False
    unit = chart.unit(concern.unit) if concern.unit is not None else None
    if concern.unit is not None and (unit is None or at < unit.since):
        return False
    return person is not None and person.known_as(at) is not None


def units_of(concern: Concern, people: Mapping[UUID, Person], chart: Chart) -> frozenset[UUID]:
    """The units that a concern was said in: the one that it names, else where its raiser sat then."""
    if concern.unit is not None:
        return frozenset({concern.unit})
    person = people.get(concern.person) if concern.person is not None else None
    if person is None or concern.raised_at is None:
        return frozenset()
    return seating(chart, person, concern.raised_at).seats


def is_in(concern: Concern, scope: Scope, people: Mapping[UUID, Person], chart: Chart, at: datetime) -> bool:
    """Whether a concern counts in a scope at an instant."""
    person = people.get(concern.person) if concern.person is not None else None
    if scope.rank is not None and (
        person is None or concern.raised_at is None or person.rank(concern.raised_at) != scope.rank
    ):
        return False
    if scope.unit is None:
        return True
    below = chart.subtree(scope.unit, at)
    return any(seat_of(chart, unit, at) in below for unit in units_of(concern, people, chart))


def asked_to_address(concern: Concern, people: Mapping[UUID, Person], chart: Chart, at: datetime) -> frozenset[UUID]:
    """Who owes the concern a word: whom it is put to, else who leads the unit, or the nearest one above that is led.

    Never whoever raised it, nor whoever it is about, unless it was put to them; and nobody who is not there.
    """
    if concern.put_to is not None:
        found = people.get(concern.put_to)
        if found is not None and found.presence(at) is not None:
            return frozenset({concern.put_to})
    barred = {concern.person, concern.about.id if concern.about is not None else None}
    for unit in units_of(concern, people, chart):
        here: UUID | None = seat_of(chart, unit, at)
        while here is not None:
            leads = frozenset(id for id, person in people.items() if id not in barred and _leads(person, here, at))
            if leads:
                return leads
            here = chart.parent(here, at)
    return frozenset()


def _leads(person: Person, unit: UUID, at: datetime) -> bool:
    held = (each for each in person.roles(at) if each.role is AccessRole.LEAD and each.unit == unit)
    return person.presence(at) is not None and any(holds(each, at) for each in held)


def asked_by(concern: Concern, day: Day) -> date | None:
    """The day by which a concern is to be addressed; None where there is none.

    A day that had passed when the concern was reopened asks for nothing any more: reopening makes nobody late.
    """
    by_when = present_day(concern.by_whens)
    reopened = next((each for each in reversed(concern.turns) if each.standing is ConcernStanding.REOPENED), None)
    return by_when if by_when is None or reopened is None or day(reopened.since) <= by_when else None


def due(concern: Concern, today: date, day: Day) -> Due:
    """Where the answer to a concern stands: open or overdue while nobody addressed it."""
    answered = concern.standing in (ConcernStanding.ADDRESSED, ConcernStanding.CONFIRMED)
    withdrawn = concern.standing is ConcernStanding.WITHDRAWN
    return standing(asked_by(concern, day), today, done=answered, ended=withdrawn)


def age(concern: Concern, at: datetime, day: Day) -> int:
    """For how many local days it was open: until now, or until it was confirmed or withdrawn."""
    return (day(concern.settled_at or at) - day(concern.raised_at or at)).days


def figures(
    concerns: Mapping[UUID, Concern], unowed: Iterable[UUID], at: datetime, day: Day
) -> tuple[ConcernFigures, ...]:
    """The figures of each kind, and of all of them last. `unowed` are concerns whose answer nobody owes."""
    nobody = frozenset(unowed)
    kinds: tuple[ConcernKind | None, ...] = (*ConcernKind, None)
    return tuple(
        _figures(kind, {id: each for id, each in concerns.items() if kind in (None, each.kind)}, nobody, at, day)
        for kind in kinds
    )


def _figures(
    kind: ConcernKind | None, concerns: Mapping[UUID, Concern], nobody: frozenset[UUID], at: datetime, day: Day
) -> ConcernFigures:
    def count(*standings: ConcernStanding) -> int:
        return sum(each.standing in standings for each in concerns.values())

    ages = [age(each, at, day) for each in concerns.values() if each.is_open]
    times = [age(each, at, day) for each in concerns.values() if each.standing is ConcernStanding.CONFIRMED]
    return ConcernFigures(
        kind=kind,
        raised=len(concerns),
        addressed=count(ConcernStanding.ADDRESSED, ConcernStanding.CONFIRMED),
        awaiting=count(ConcernStanding.ADDRESSED),
        confirmed=count(ConcernStanding.CONFIRMED),
        reopened=sum(each.reopened for each in concerns.values()),
        withdrawn=count(ConcernStanding.WITHDRAWN),
        open=len(ages),
        overdue=sum(due(each, day(at), day) is Due.OVERDUE for each in concerns.values()),
        put_to_nobody=sum(id in nobody and each.standing in UNADDRESSED for id, each in concerns.items()),
        oldest_open_days=max(ages, default=None),
        median_open_days=float(median(ages)) if ages else None,
        median_days_to_confirm=float(median(times)) if times else None,
        concerns=tuple(sorted(concerns)),
    )
