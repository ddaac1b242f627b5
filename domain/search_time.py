"""Search time: how many hours a week somebody spends on looking for what they need to know, and what was saved.

The first statement of a person, or of a unit, is the baseline; what was saved is the baseline less the latest one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from domain.dated import followed_by
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.temporal import Aggregate, Fact

HOURS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?", re.ASCII)
WEEK = 168
"""The hours of a week."""


@event("knowledge.time_stated")
class KnowledgeTimeStated(Content):
    """So many `hours` a week go into looking for what one needs to know: a person's, or on average in a unit.

    Of a unit, `role` narrows it, and `of_people` tells how many people the average is of.
    """

    person: UUID | None = None
    unit: UUID | None = None
    role: str | None = None
    hours: str
    of_people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedHours:
    """What was stated, from an instant on."""

    since: datetime
    hours: Decimal
    of_people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTime:
    """What a person, or a unit, stated over time, oldest first."""

    person: UUID | None = None
    unit: UUID | None = None
    role: str | None = None
    stated: tuple[StatedHours, ...] = ()

    @property
    def saved(self) -> Decimal | None:
        """The baseline less the latest statement; None where there is one statement or none. Below 0: it got worse."""
        return self.stated[0].hours - self.stated[-1].hours if len(self.stated) > 1 else None


@dataclass(eq=False)
class HoursOfNobody(Refusal):
    """Hours of nobody, or of a person and a unit at once."""

    kind = RefusalKind.INVALID
    where = "person"
    rule = "hours are those of one person, or on average those in one unit"
    way_out = "name the person, or the unit (and the role in it)"


@dataclass(eq=False)
class NoHours(Refusal):
    """What is no number of hours in a week."""

    hours: str
    kind = RefusalKind.INVALID
    where = "hours"
    rule = "{hours!r} are no hours of a week: 0 to 168, with two decimal places at most"
    way_out = "write them in digits, as a text, such as 4.5"


@dataclass(eq=False)
class AverageOfNobody(Refusal):
    """An average of a person, or of no people."""

    kind = RefusalKind.INVALID
    where = "of_people"
    rule = "of how many people it is the average is said of a unit alone, and they are one at least"
    way_out = "name the unit, or leave it out"


def guard(state: SearchTime, fact: Fact) -> None:
    """Refuse hours of nobody, and what are no hours."""
    content = fact.content
    if not isinstance(content, KnowledgeTimeStated):
        return
    if (content.person is None) == (content.unit is None) or (content.role is not None and content.unit is None):
        raise HoursOfNobody
    if not HOURS.fullmatch(content.hours) or Decimal(content.hours) > WEEK:
        raise NoHours(content.hours)
    if content.of_people is not None and (content.unit is None or content.of_people < 1):
        raise AverageOfNobody


def evolve(state: SearchTime, fact: Fact) -> SearchTime:
    """The statements with this one too; of two from the same instant only the newer one counts."""
    match fact.content:
        case KnowledgeTimeStated(hours=hours) as content if HOURS.fullmatch(hours):
            stated = StatedHours(since=fact.effective_at, hours=Decimal(hours), of_people=content.of_people)
            about = replace(state, person=content.person, unit=content.unit, role=content.role)
            return replace(about, stated=followed_by(state.stated, stated))
        case _:
            return state


SEARCH_TIME: Aggregate[SearchTime] = Aggregate("search_time", SearchTime(), (KnowledgeTimeStated,), guard, evolve)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a group of people saved: of the `n` who stated a baseline and something later.

    `baseline`, `latest` and `mean` are means over these n, in hours a person and week; `total` is what they save
    together in a week. `stated` counts those who stated anything.
    """

    stated: tuple[UUID, ...]
    compared: tuple[UUID, ...]
    baseline: Decimal | None
    latest: Decimal | None
    mean: Decimal | None
    total: Decimal

    @property
    def n(self) -> int:
        """Of how many the means are."""
        return len(self.compared)


def saved_by(people: Iterable[UUID], times: Mapping[UUID, SearchTime]) -> Saved:
    """What these people saved, each of whom has their own statements in `times`."""
    stated = tuple(sorted(person for person in people if person in times and times[person].stated))
    compared = tuple(person for person in stated if times[person].saved is not None)
    first = sum((times[person].stated[0].hours for person in compared), Decimal(0))
    last = sum((times[person].stated[-1].hours for person in compared), Decimal(0))
    return Saved(
        stated=stated,
        compared=compared,
        baseline=mean_of(first, len(compared)),
        latest=mean_of(last, len(compared)),
        mean=mean_of(first - last, len(compared)),
        total=first - last,
    )


def tells_of_nobody(groups: Iterable[Saved], sees: Callable[[UUID], bool]) -> bool:
    """Whether the figures of these groups tell of nobody alone whom the reader may not see.

    Where all but one of a group may be seen, its figures less theirs are that one's; and a whole less its other parts
    is the part that was not told.
    """
    return all(sum(not sees(person) for person in each.compared) != 1 for each in groups)


def mean_of(total: Decimal, count: int) -> Decimal | None:
    """The mean, to two decimal places, a half away from nought; None of nobody."""
    return (total / count).quantize(Decimal("0.01"), ROUND_HALF_UP) if count else None
