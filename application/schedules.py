"""Schedules at work: what became of their occurrences, and who opens a cycle when its day has come."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from uuid import UUID
from zoneinfo import ZoneInfo

from application.command import Command
from application.deciding import Entry, Request
from application.ledger import Ledger
from application.occurrences import review_of
from application.ports import Recurrences, StoreUnavailable
from application.questions import Asked, Questions
from application.review import OpenReview
from application.schedule import RefuseCycle
from domain.kernel import Actor, Refusal
from domain.review import REVIEW
from domain.review_rules import ReviewAlreadyOpened
from domain.schedule import (
    SCHEDULE,
    Instants,
    Occurrence,
    RefusalToldAlready,
    Schedule,
    ScheduleSet,
    closing,
    governed,
    local_midnight,
    occurrence_of,
    occurrences,
)
from domain.scope import Scope, population
from domain.strategy import STRATEGY, in_force

PAUSE = 5.0
"""Seconds between two looks at all schedules."""
AHEAD = timedelta(days=800)
"""How far ahead of the present occurrences are told."""
LAST = datetime(9990, 1, 1, tzinfo=UTC)
"""What nothing recurs behind: the calendar ends soon after."""
KEEPER = Actor(service="schedule")
LONGEST_WORDS = 500
"""How many characters of a rule's words are kept."""

log = logging.getLogger("avow.schedules")


@dataclass(frozen=True)
class Schedules:
    """Tells what became of the occurrences of schedules, as of a moment."""

    questions: Questions
    recurrences: Recurrences

    def occurrences(self, asked: Asked, id: UUID, schedule: Schedule) -> tuple[Occurrence, ...]:
        """All occurrences up to the valid time, or as far ahead of the present as they are told, in order."""
        reviews = {
            (each.schedule, each.occurrence): (review, each)
            for review, each in self.questions.states.states(REVIEW, asked.organisation, asked.moment).items()
            if each.schedule == id and each.occurrence is not None
        }
        zone, recorder = self._zone(asked), self.questions.ledger.ledger_recorder
        first = next(iter(recorder.select_stream(asked.organisation, id, until=asked.position)), None)
        instants = instants_in(self.recurrences, zone, self._ahead(asked))
        recorded_at = first.recorded_at if first is not None else None
        return occurrences(schedule, instants, reviews, id, asked.valid_at, zone, recorded_at)

    def ahead(self, asked: Asked, schedule: Schedule, most: int) -> list[Occurrence]:
        """The next occurrences, as things stand; none of one that ended."""
        zone, found = self._zone(asked), list[Occurrence]()
        if schedule.ended_at is not None or schedule.present is None:
            return []
        for at in instants_in(self.recurrences, zone)(schedule.present, self._ahead(asked)):
            if at > asked.valid_at:
                found.append(occurrence_of(schedule.present, at, None, asked.valid_at, zone))
            if len(found) == most:
                break
        return found

    def _ahead(self, asked: Asked) -> datetime:
        """How far occurrences are told: a rule that is followed for thousands of years would take minutes."""
        from_here = min(asked.valid_at, self.questions.ledger.now(asked.organisation))
        return min(from_here, LAST) + AHEAD

    def _zone(self, asked: Asked) -> ZoneInfo:
        settings = self.questions.organisation(asked.organisation, asked.moment)
        return ZoneInfo(settings.zone if settings is not None else "UTC")


def instants_in(recurrences: Recurrences, zone: ZoneInfo, last: datetime = LAST) -> Instants:
    """The instants of what is set, in a zone, none later than `last`."""

    def instants(said: ScheduleSet, until: datetime) -> Iterable[datetime]:
        return recurrences.instants(said.rule, said.starts, zone, min(until, last))

    return instants


class ScheduleKeeper:
    """Opens every cycle on its day, once. Any number may be at work, killed at any moment: all is repeated."""

    def __init__(self, ledger: Ledger, questions: Questions, recurrences: Recurrences) -> None:
        self.ledger, self.questions, self.recurrences = ledger, questions, recurrences

    def run(self, stop: Event) -> None:
        """Keep all schedules until told to stop. No fault of one ends it, or keeps the others from what is due."""
        while not stop.is_set():
            try:
                for organisation in self.ledger.ledger_recorder.organisations():
                    self.keep(organisation)
            except StoreUnavailable as error:
                log.warning("the store cannot be reached: %s", error)
            except Exception:
                log.critical("the schedules could not be looked after", exc_info=True)
            stop.wait(PAUSE)

    def keep(self, organisation: UUID) -> int:
        """Open what is due in one organisation; how many cycles were. Raises StoreUnavailable."""
        book, opened = self.ledger.book(organisation), 0
        schedules = sorted(book.begun(ScheduleSet.TOPIC))
        if not schedules or self.ledger.organisation(organisation).closed_at is not None:
            return 0
        now, zone = self.ledger.now(organisation), ZoneInfo(self.ledger.organisation(organisation).zone)
        for id in schedules:
            try:
                opened += self._keep(organisation, id, now, zone)
            except StoreUnavailable:
                raise
            except Exception:
                # The others are due all the same.
                log.critical("the schedule %s could not be looked after", id, exc_info=True)
        return opened

    def _keep(self, organisation: UUID, id: UUID, now: datetime, zone: ZoneInfo) -> int:
        schedule = self.ledger.timeline(SCHEDULE, organisation, id).state(now)
        due = [
            (said, at)
            for said, at in governed(schedule, instants_in(self.recurrences, zone), now)
            if now < local_midnight(at, 1, zone)
        ]
        return sum(self._open(organisation, id, schedule, said, at, now, zone) for said, at in due)

    def _open(
        self,
        organisation: UUID,
        id: UUID,
        schedule: Schedule,
        said: ScheduleSet,
        at: datetime,
        now: datetime,
        zone: ZoneInfo,
    ) -> bool:
        if self.ledger.timeline(REVIEW, organisation, review_of(organisation, id, at)).version > 0:
            return False  # it was opened: once is for good, whatever was said of it since
        try:
            self._execute(organisation, self._command(organisation, id, said, at, now, zone))
        except ReviewAlreadyOpened:
            return False  # another keeper was faster
        except Refusal as refusal:
            self._tell(organisation, id, schedule, at, refusal)
            return False
        return True

    def _tell(self, organisation: UUID, id: UUID, schedule: Schedule, at: datetime, refusal: Refusal) -> None:
        """Put on record, once, why a cycle cannot be opened: should the day pass so, it was missed, and this is why."""
        before = schedule.kept_back(at)
        if before is not None and before.refused_by == refusal.code:
            return
        log.warning("a cycle was not opened: %s", refusal.code, extra={"facts": {"schedule": str(id)}})
        told = RefuseCycle(
            schedule=str(id), occurrence=at, refused_by=refusal.code, in_words=str(refusal)[:LONGEST_WORDS]
        )
        try:
            self._execute(organisation, told)
        except RefusalToldAlready:
            return  # by another keeper

    def _execute(self, organisation: UUID, command: Command) -> None:
        entries = (Entry(command=command),)
        self.ledger.execute(
            Request(organisation=organisation, id=self.ledger.fresh_id(), actor=KEEPER, entries=entries)
        )

    def _command(
        self, organisation: UUID, id: UUID, said: ScheduleSet, at: datetime, now: datetime, zone: ZoneInfo
    ) -> OpenReview:
        closes, strategy = closing(said, at, zone), self.ledger.timeline(STRATEGY, organisation, said.strategy)
        revision, back = in_force(strategy.state(now), now), said.reported_back_days
        last = (closes - timedelta(microseconds=1)).astimezone(zone).date()
        return OpenReview(
            kind=said.kind,
            title=f"{said.title}, {at.astimezone(zone).date().isoformat()}",
            strategy=str(said.strategy),
            revision=revision.revision if revision is not None else None,
            questionnaire=said.questionnaire,
            mode=said.mode,
            participants=tuple(map(str, self._people(organisation, said, now))),
            readers=tuple(map(str, said.readers)),
            closes=closes,
            minimum_group_size=said.minimum_group_size,
            grouping=said.grouping,
            reported_back=last + timedelta(days=back) if back is not None else None,
            trusted_units=tuple(map(str, said.trusted_units)),
            schedule=str(id),
            occurrence=at,
        )

    def _people(self, organisation: UUID, said: ScheduleSet, now: datetime) -> list[UUID]:
        """Who is in the scope at present, by all that is recorded."""
        head = self.ledger.ledger_recorder.head(organisation)
        asked = self.questions.ask(organisation, now, head.position if head is not None else None)
        chart = self.ledger.organisation(organisation).chart
        people = self.questions.people(asked)
        return sorted(population(chart, people, Scope(unit=said.unit, rank=said.rank), now).people)
