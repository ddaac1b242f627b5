"""Commands about schedules: set, set anew, ended; and the review that one occurrence is held as."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from application.command import AnyDraft, Command, Draft, command, handles
from application.confiding import refuse_terms
from application.desk import Desk
from application.review import questionnaire_of
from domain.confidentiality import Grouping
from domain.questionnaire import Mode, Questionnaire
from domain.review import ReviewKind
from domain.schedule import SCHEDULE, CycleRefused, Schedule, ScheduleEnded, ScheduleSet


@command("schedule.set")
class SetSchedule(Command):
    """Let a review recur: by `rule` (RFC 5545) from `starts` on, by the wall clock of the organisation's zone.

    Avow opens each cycle on its day, for `open_days` local days, and asks the people who are in the `unit` with those
    below it, and of the `rank`, then. It is about the revision in force, or before there is one the draft. Set anew
    under the same key, it holds for the occurrences from then on.
    """

    kind: ReviewKind
    title: str
    strategy: str
    questionnaire: str | Questionnaire
    rule: str
    starts: datetime
    open_days: int
    schedule: str | None = None
    mode: Mode = Mode.ATTRIBUTED
    unit: str | None = None
    rank: str | None = None
    readers: tuple[str, ...] = ()
    minimum_group_size: int | None = None
    grouping: tuple[Grouping, ...] = ()
    trusted_units: tuple[str, ...] = ()
    reported_back_days: int | None = None


@command("schedule.ended")
class EndSchedule(Command):
    """Open no more cycles by this schedule."""

    schedule: str


@command("schedule.refused")
class RefuseCycle(Command):
    """Tell that a cycle could not be opened when it was due, by which rule; said by Avow alone."""

    schedule: str
    occurrence: datetime
    refused_by: str
    in_words: str


@handles(SetSchedule)
def set_schedule(asked: SetSchedule, desk: Desk) -> AnyDraft:
    """What recurs from here on; nothing that no cycle could be opened with."""
    refuse_terms(asked.mode, asked.minimum_group_size, asked.grouping)
    content = ScheduleSet(
        key=desk.open_key("schedule", asked.schedule),
        kind=asked.kind,
        title=asked.title,
        strategy=desk.find("strategy", asked.strategy),
        questionnaire=questionnaire_of(desk, asked.questionnaire, asked.kind),
        mode=asked.mode,
        rule=asked.rule,
        starts=asked.starts.astimezone(UTC),
        open_days=asked.open_days,
        unit=desk.find("unit", asked.unit) if asked.unit is not None else None,
        rank=asked.rank,
        readers=tuple(desk.find("person", each, "readers") for each in asked.readers),
        minimum_group_size=asked.minimum_group_size,
        grouping=asked.grouping,
        trusted_units=tuple(desk.find("unit", each, "trusted_units") for each in asked.trusted_units),
        reported_back_days=asked.reported_back_days,
    )
    return Draft[Schedule](aggregate=SCHEDULE, stream=_stream(asked, desk), content=content)


@handles(EndSchedule)
def end_schedule(asked: EndSchedule, desk: Desk) -> AnyDraft:
    """Nothing recurs any more."""
    stream = desk.find("schedule", asked.schedule)
    return Draft[Schedule](aggregate=SCHEDULE, stream=stream, content=ScheduleEnded())


@handles(RefuseCycle)
def refuse_cycle(asked: RefuseCycle, desk: Desk) -> AnyDraft:
    """Why there is none."""
    stream = desk.find("schedule", asked.schedule)
    occurrence = asked.occurrence.astimezone(UTC)
    content = CycleRefused(occurrence=occurrence, refused_by=asked.refused_by, in_words=asked.in_words)
    return Draft[Schedule](aggregate=SCHEDULE, stream=stream, content=content)


def _stream(asked: SetSchedule, desk: Desk) -> UUID:
    if asked.schedule is not None and desk.correcting is None:
        known = desk.look_up("schedule", asked.schedule)
        if known is not None:
            return known
    return desk.new("schedule", asked.schedule)
