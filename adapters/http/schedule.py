"""Schedules over HTTP: what recurs, what became of each occurrence, and which ones come next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.acts import Act
from adapters.http.answers import Found
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from application.permissions import About
from application.schedules import Schedules
from domain.confidentiality import Grouping
from domain.questionnaire import Mode
from domain.review import ReviewKind
from domain.schedule import SCHEDULE, Occurrence, OccurrenceStanding, Schedule

NEXT = 3
"""How many of the next occurrences are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleAnswer:
    """A schedule as of a moment: what is set, what became of its occurrences so far, and which come next.

    `missed` are those on whose local day no cycle was opened; `due` those of today that are still to be.
    """

    id: UUID
    key: str | None
    kind: ReviewKind | None
    title: str
    strategy: UUID | None
    questionnaire: str
    mode: Mode | None
    rule: str
    starts: datetime | None
    open_days: int
    unit: UUID | None
    rank: str | None
    readers: tuple[UUID, ...]
    minimum_group_size: int | None
    grouping: tuple[Grouping, ...]
    trusted_units: tuple[UUID, ...]
    reported_back_days: int | None
    set_at: datetime | None
    ended_at: datetime | None
    held: int
    cancelled: int
    missed: int
    due: int
    next: tuple[Occurrence, ...]


def shaped(inquiry: Inquiry, id: UUID, state: Schedule) -> ScheduleAnswer:
    """A schedule's state as it is answered."""
    schedules = Schedules(inquiry.services.questions, inquiry.services.recurrences)
    found = Counter(each.standing for each in schedules.occurrences(inquiry.asked, id, state))
    said = state.present
    return ScheduleAnswer(
        id=id,
        key=state.key,
        kind=said.kind if said else None,
        title=said.title if said else "",
        strategy=state.strategy,
        questionnaire=said.questionnaire.name if said else "",
        mode=said.mode if said else None,
        rule=said.rule if said else "",
        starts=said.starts if said else None,
        open_days=said.open_days if said else 0,
        unit=said.unit if said else None,
        rank=said.rank if said else None,
        readers=said.readers if said else (),
        minimum_group_size=said.minimum_group_size if said else None,
        grouping=said.grouping if said else (),
        trusted_units=said.trusted_units if said else (),
        reported_back_days=said.reported_back_days if said else None,
        set_at=state.settings[-1].since if state.settings else None,
        ended_at=state.ended_at,
        held=found[OccurrenceStanding.HELD],
        cancelled=found[OccurrenceStanding.CANCELLED],
        missed=found[OccurrenceStanding.MISSED],
        due=found[OccurrenceStanding.DUE],
        next=tuple(schedules.ahead(inquiry.asked, state, NEXT)),
    )


def listed(inquiry: Inquiry) -> Found:
    """What recurs: of a strategy, or all."""
    inquiry.check(About(published=True))
    strategy = inquiry.named("strategy")
    entries = ((str(id), (id, state)) for id, state in inquiry.states(SCHEDULE, strategy=strategy).items())
    return inquiry.page(entries, lambda _, entry: shaped(inquiry, *entry), {"strategy": strategy})


def shown(inquiry: Inquiry) -> Found:
    """One schedule. Without times it is the record's present resource, whose ETag goes into If-Match."""
    inquiry.check(About(published=True))
    id = inquiry.find("schedule")
    state, version = inquiry.own(SCHEDULE, id)
    return Found(answer=shaped(inquiry, id, state), asks={"schedule": id}, version=version)


def occurrences(inquiry: Inquiry) -> Found:
    """Every occurrence so far, oldest first: held as which review, cancelled, due today, or missed."""
    inquiry.check(About(published=True))
    id = inquiry.find("schedule")
    state, _ = inquiry.own(SCHEDULE, id)
    found = Schedules(inquiry.services.questions, inquiry.services.recurrences).occurrences(inquiry.asked, id, state)
    return inquiry.page(((each.at.isoformat(), each) for each in found), lambda _, each: each, {"schedule": id})


SCHEDULES = Noun(
    name="schedules",
    description="Reviews and checks that recur by a rule; Avow opens each cycle on its day.",
    acts=(
        Act(path="schedules", topic="schedule.set", leads_to="schedules/{id}"),
        Act(path="schedules/<path:schedule>/endings", topic="schedule.ended", leads_to="schedules/{id}", changes=True),
    ),
    asks=(
        Ask(
            path="schedules",
            view="schedule",
            find=listed,
            title="List schedules.",
            answers=list[ScheduleAnswer],
            pages=True,
            arguments=(Argument(name="strategy", meaning="Only those of this strategy, by key or id."),),
        ),
        Ask(
            path="schedules/<path:schedule>",
            view="schedule",
            find=shown,
            title="Show a schedule.",
            answers=ScheduleAnswer,
        ),
        Ask(
            path="schedules/<path:schedule>/occurrences",
            view="schedule",
            find=occurrences,
            title="List what became of its occurrences.",
            answers=list[Occurrence],
            pages=True,
        ),
    ),
)
