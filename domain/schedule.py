"""A schedule: by which rule a review or check recurs, and what became of each of its occurrences.

The rule runs by the wall clock of the organisation's zone. A cycle is opened on the local day of its occurrence by Avow
itself; one that was not opened that day was missed, and shows. What is set anew holds for the occurrences from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.confided_rules import ModeNotOffered, refuse_grouping
from domain.confidentiality import SMALLEST_K, Grouping, GroupSizeTooSmall
from domain.dated import followed_by
from domain.kernel import Content, Refusal, RefusalKind, event
from domain.questionnaire import Mode, Questionnaire, refuse_questionnaire
from domain.recurrence import refuse_rule
from domain.review import Review, ReviewKind, ReviewStanding
from domain.review_rules import TrustUnclear
from domain.temporal import Aggregate, Fact

MOST_DAYS = 366
"""How many days a cycle may last, and how many after its close the results are told at the latest."""
LONGEST_BEFORE = timedelta(days=3_660)
"""How long before it is set a rule may start: nothing of it counts there."""


@event("schedule.set")
class ScheduleSet(Content):
    """A review of this kind recurs: by `rule` (RFC 5545) from `starts` on, each cycle for `open_days` local days.

    Asked are the people of the scope, a `unit` with those below it and a `rank`, as they are when the cycle opens. It
    is about the revision in force then, or before there is one the draft. Results are told to those asked by the end of
    the day so many days after the close, `reported_back_days`.
    """

    key: str | None = None
    kind: ReviewKind
    title: str
    strategy: UUID
    questionnaire: Questionnaire
    mode: Mode = Mode.ATTRIBUTED
    rule: str
    starts: datetime
    open_days: int
    unit: UUID | None = None
    rank: str | None = None
    readers: tuple[UUID, ...] = ()
    minimum_group_size: int | None = None
    grouping: tuple[Grouping, ...] = ()
    trusted_units: tuple[UUID, ...] = ()
    reported_back_days: int | None = None


@event("schedule.ended")
class ScheduleEnded(Content):
    """Nothing recurs by it from here on."""


@event("schedule.refused")
class CycleRefused(Content):
    """A cycle could not be opened when it was due: by which rule, under its stable name, and that rule in words."""

    occurrence: datetime
    refused_by: str
    in_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a cycle could not be opened for an occurrence, as of an instant."""

    occurrence: datetime
    refused_by: str
    in_words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is set from an instant on, until the next entry."""

    said: ScheduleSet
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The state of a schedule at an instant, with all that was ever set, oldest first."""

    key: str | None = None
    strategy: UUID | None = None
    settings: tuple[Setting, ...] = ()
    ended_at: datetime | None = None
    refused: tuple[Refused, ...] = ()

    def kept_back(self, occurrence: datetime) -> Refused | None:
        """What kept a cycle from being opened for an occurrence, as it was found last; None where nothing is known."""
        return next((each for each in reversed(self.refused) if each.occurrence == occurrence), None)

    @property
    def present(self) -> ScheduleSet | None:
        """What is set; None before anything was."""
        return self.settings[-1].said if self.settings else None


class OccurrenceStanding(StrEnum):
    """What became of an occurrence: a cycle was held, or cancelled; it is due today, still ahead, or was missed."""

    HELD = "held"
    CANCELLED = "cancelled"
    DUE = "due"
    AHEAD = "ahead"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One instant of a schedule, with the review that was opened for it.

    Of one that was missed, or that is due and could not be opened so far, `refused_by` names the rule that kept it
    back and `in_words` says it: a rule of reviews; `entered-late`, as the schedule was recorded only after that day;
    or `nobody-looked`, as no worker was there that day, or the clock of a simulated organisation leapt over it.
    """

    at: datetime
    closes: datetime
    standing: OccurrenceStanding
    review: UUID | None = None
    opened_at: datetime | None = None
    refused_by: str | None = None
    in_words: str | None = None


Instants = Callable[[ScheduleSet, datetime], Iterable[datetime]]
"""The instants of a rule from its start on, up to an instant, in order."""


@dataclass(eq=False)
class ScheduleUnknown(Refusal):
    """A schedule that ends before it was set, or twice."""

    where = "at"
    rule = "no such schedule stands at that instant"
    way_out = "set it first, or date this after it was set; it ends once"


@dataclass(eq=False)
class RefusalToldAlready(Refusal):
    """Why a cycle could not be opened is told once, however often that is tried."""

    where = "occurrence"
    rule = "it is on record already that this cycle could not be opened, by that rule"
    way_out = "nothing is left to be done"


@dataclass(eq=False)
class ScheduleOfAnotherStrategy(Refusal):
    """A schedule stays with the strategy that it was first set for."""

    where = "strategy"
    rule = "this schedule belongs to another strategy"
    way_out = "set another schedule under a key of its own, and end this one"


@dataclass(eq=False)
class CycleTooLong(Refusal):
    """A cycle of no days, or of more than a year."""

    open_days: int
    kind = RefusalKind.INVALID
    where = "open_days"
    rule = f"a cycle cannot last {{open_days}} days: it takes 1 to {MOST_DAYS}"
    way_out = "name for how many local days answers are taken, the day of the opening included"


@dataclass(eq=False)
class StartsTooEarly(Refusal):
    """A rule that would be followed through long years in which it was not set."""

    starts: datetime
    kind = RefusalKind.INVALID
    where = "starts"
    rule = "it starts on {starts:%Y-%m-%d}, more than ten years before it is set, and nothing before that counts"
    way_out = "name the first occurrence from which on it is to recur"


@dataclass(eq=False)
class ReportedBackNever(Refusal):
    """Results promised for a day before the close or a year after it, or for none where a cycle needs one."""

    kind = RefusalKind.INVALID
    where = "reported_back_days"
    rule = "it is not said within how many days after the close the results are told, or they are no days of a year"
    way_out = f"name 0 to {MOST_DAYS} days; a confidential cycle needs it"


def guard(state: Schedule, fact: Fact) -> None:
    """Refuse what cannot be said about a schedule in this state."""
    match fact.content:
        case ScheduleSet() as said:
            if state.ended_at is not None:
                raise ScheduleUnknown
            if state.strategy not in {None, said.strategy}:
                raise ScheduleOfAnotherStrategy
            _refuse_setting(said)
            if said.starts < fact.effective_at - LONGEST_BEFORE:
                raise StartsTooEarly(said.starts)
        case ScheduleEnded():
            if not state.settings or state.ended_at is not None:
                raise ScheduleUnknown
        case CycleRefused(occurrence=occurrence, refused_by=refused_by):
            before = state.kept_back(occurrence)
            if before is not None and before.refused_by == refused_by:
                raise RefusalToldAlready
        case _:
            pass


def _refuse_setting(said: ScheduleSet) -> None:
    refuse_questionnaire(said.questionnaire)
    refuse_rule(said.rule)
    if not 1 <= said.open_days <= MOST_DAYS:
        raise CycleTooLong(said.open_days)
    if len(set(said.trusted_units)) < len(said.trusted_units):
        raise TrustUnclear(len(said.trusted_units))
    if said.mode not in said.questionnaire.modes:
        raise ModeNotOffered(said.questionnaire.name, said.mode)
    if said.mode is Mode.CONFIDENTIAL:
        refuse_grouping(said.grouping or (Grouping.UNITS,), grouped=False)
        if said.minimum_group_size is not None and said.minimum_group_size < SMALLEST_K:
            raise GroupSizeTooSmall(said.minimum_group_size)
    unsaid = said.reported_back_days is None and said.mode is Mode.CONFIDENTIAL
    if unsaid or not 0 <= (said.reported_back_days or 0) <= MOST_DAYS:
        raise ReportedBackNever


def evolve(state: Schedule, fact: Fact) -> Schedule:
    """The schedule once this fact is in its place."""
    match fact.content:
        case ScheduleSet() as said:
            settings = followed_by(state.settings, Setting(said=said, since=fact.effective_at))
            return replace(state, key=state.key or said.key, strategy=said.strategy, settings=settings)
        case ScheduleEnded():
            return replace(state, ended_at=fact.effective_at)
        case CycleRefused(occurrence=occurrence, refused_by=refused_by, in_words=words):
            told = Refused(occurrence=occurrence, refused_by=refused_by, in_words=words, at=fact.effective_at)
            return replace(state, refused=(*state.refused, told))
        case _:
            return state


SCHEDULE: Aggregate[Schedule] = Aggregate(
    "schedule", Schedule(), (ScheduleSet, ScheduleEnded, CycleRefused), guard, evolve
)


def closing(said: ScheduleSet, at: datetime, zone: ZoneInfo) -> datetime:
    """The instant from which no answers are taken: the first of the local day so many days after the opening's."""
    return local_midnight(at, said.open_days, zone)


def local_midnight(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The first instant of the local day so many days after the one of an instant, in the zone of that instant."""
    first = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return (first + timedelta(days=days)).astimezone(at.tzinfo)


def governed(schedule: Schedule, instants: Instants, until: datetime) -> Iterator[tuple[ScheduleSet, datetime]]:
    """Every instant up to `until` at which a cycle is to be opened, in order, with what is set for it.

    What was set counts from when it was set, up to when something else was or the schedule ended.
    """
    ends = [each.since for each in schedule.settings[1:]]
    for setting, end in zip(schedule.settings, [*ends, None], strict=True):
        for at in instants(setting.said, until):
            over = (end is not None and at >= end) or (schedule.ended_at is not None and at >= schedule.ended_at)
            if over:
                break
            if at >= setting.since:
                yield setting.said, at


NOBODY_LOOKED = ("nobody-looked", "nobody was there to open it on that day: no worker ran, or the clock leapt over it")
ENTERED_LATE = ("entered-late", "the schedule was recorded only after that day")


def occurrence_of(
    said: ScheduleSet, at: datetime, review: tuple[UUID, Review] | None, now: datetime, zone: ZoneInfo
) -> Occurrence:
    """What became of one occurrence, as of the instant `now`."""
    closes = closing(said, at, zone)
    if review is not None:
        id, state = review
        held = OccurrenceStanding.CANCELLED if state.standing is ReviewStanding.CANCELLED else OccurrenceStanding.HELD
        return Occurrence(at=at, closes=state.closes or closes, standing=held, review=id, opened_at=state.opened_at)
    if at > now:
        return Occurrence(at=at, closes=closes, standing=OccurrenceStanding.AHEAD)
    today = now < local_midnight(at, 1, zone)
    return Occurrence(at=at, closes=closes, standing=OccurrenceStanding.DUE if today else OccurrenceStanding.MISSED)


def occurrences(
    schedule: Schedule,
    instants: Instants,
    reviews: Mapping[tuple[UUID, datetime], tuple[UUID, Review]],
    id: UUID,
    now: datetime,
    zone: ZoneInfo,
    recorded_at: datetime | None = None,
) -> tuple[Occurrence, ...]:
    """All occurrences up to `now`, in order, as of then. `reviews` are by schedule and occurrence.

    The schedule came on record at `recorded_at`: what it asks for before that day nobody could have opened.
    """
    found = list[Occurrence]()
    for said, at in governed(schedule, instants, now):
        each, why = occurrence_of(said, at, reviews.get((id, at)), now, zone), schedule.kept_back(at)
        missed = each.standing is OccurrenceStanding.MISSED
        if why is not None and (missed or each.standing is OccurrenceStanding.DUE):
            each = replace(each, refused_by=why.refused_by, in_words=why.in_words)
        elif missed:
            late = recorded_at is not None and local_midnight(at, 1, zone) <= recorded_at
            refused_by, words = ENTERED_LATE if late else NOBODY_LOOKED
            each = replace(each, refused_by=refused_by, in_words=words)
        found.append(each)
    return tuple(found)
