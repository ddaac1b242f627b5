"""Looks after ballot boxes: makes them, tells the participation coarsely, reminds, and ends them for good."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from threading import Event
from uuid import UUID
from zoneinfo import ZoneInfo

from application.ballots import Ballots
from application.box import BoxStanding
from application.command import Command
from application.confiding import EndBox, ReportParticipation
from application.deciding import Entry, Request
from application.ports import StoreUnavailable
from application.withdrawing import destroy_withdrawn
from domain.confided_results import tally
from domain.confidentiality import REPORTED_EVERY, participation
from domain.kernel import Actor, Refusal
from domain.review import REVIEW, BoxEnd, Review, ReviewOpened, ReviewStanding

PAUSE = 5.0
"""Seconds between two looks at all boxes."""
SILENCE = timedelta(days=30)
"""How long a box waits after the close for its results to be published; then it ends without any."""
KEEPER = Actor(service="ballot-box")

log = logging.getLogger("avow.boxes")


class BoxKeeper:
    """Does for every confidential review what is due. Any number may be at work, killed at any moment: all is repeated.

    How many have answered is looked at once in each of the organisation's days: a look at once would tell when
    somebody answered.
    """

    def __init__(self, ballots: Ballots) -> None:
        self.ballots, self.box, self.ledger = ballots, ballots.box, ballots.ledger
        self._looked: dict[UUID, date] = {}
        self._reminded: dict[UUID, date] = {}
        self._counted: set[UUID] = set()
        self._done: set[UUID] = set()
        self._withdrawn: dict[UUID, int] = {}

    def run(self, stop: Event) -> None:
        """Keep all boxes until told to stop. No fault of one ends it, or keeps the others from what is due."""
        while not stop.is_set():
            try:
                for organisation in self.ledger.ledger_recorder.organisations():
                    self.keep(organisation)
            except StoreUnavailable as error:
                log.warning("the store cannot be reached: %s", error)
            except Exception:
                log.critical("the ballot boxes could not be looked after", exc_info=True)
            stop.wait(PAUSE)

    def keep(self, organisation: UUID) -> None:
        """Do what is due for every box of one organisation, and for results withdrawn. Raises StoreUnavailable."""
        after = self._withdrawn.get(organisation, 0)
        self._withdrawn[organisation] = destroy_withdrawn(self.ledger, organisation, after)
        for review, state in self.ballots.confidential(organisation, but=self._done):
            try:
                self._keep(organisation, review, state)
            except StoreUnavailable:
                raise
            except Exception:
                # The others are due all the same.
                log.critical("the ballot box of review %s could not be looked after", review, exc_info=True)

    def _keep(self, organisation: UUID, review: UUID, state: Review) -> None:
        now, standing = self.ledger.now(organisation), self.box.standing(organisation, review)
        if state.box is not None:
            # Ballots that are there all the same were restored, older than the history that they came back beside.
            if standing is not BoxStanding.ENDED:
                self.box.end(organisation, review)
            self._done.add(review)
            return
        if (
            standing is BoxStanding.ABSENT
            and not state.takes_answers(now)
            and self._is_of_a_source(organisation, review)
        ):
            return  # it was held elsewhere: its answers were never here, and what became of them Avow cannot say
        end = self._end(organisation, review, state, standing, now)
        if end is not None:
            self.box.end(organisation, review)
            self._record(organisation, EndBox(review=str(review), end=end))
        elif state.takes_answers(now):
            self.ballots.prepare(organisation, review, state)
            self._report(organisation, review, state, now)
            self._remind(organisation, review, state, now)

    def _end(
        self, organisation: UUID, review: UUID, state: Review, standing: BoxStanding, now: datetime
    ) -> BoxEnd | None:
        """Why the box is to end; None while it is not."""
        if state.standing is ReviewStanding.CANCELLED:
            return BoxEnd.CANCELLED
        if state.editions:
            return BoxEnd.PUBLISHED
        closed = _closed_at(state, now)
        if standing is BoxStanding.VOID or (standing is BoxStanding.ENDED and closed is None):
            return BoxEnd.VOID
        if closed is None:
            return None
        if now >= closed + SILENCE:
            return BoxEnd.UNPUBLISHED
        # One that is gone already, and was not told of, had come to nothing.
        if standing is not BoxStanding.WHOLE or self._is_refused(organisation, review, state):
            return BoxEnd.REFUSED
        return None

    def _is_of_a_source(self, organisation: UUID, review: UUID) -> bool:
        """Whether the review was opened elsewhere, and came in by an import."""
        facts = self.ledger.timeline(REVIEW, organisation, review).facts
        return any(fact.actor.imported is not None for fact in facts if fact.content.TOPIC == ReviewOpened.TOPIC)

    def _is_refused(self, organisation: UUID, review: UUID, state: Review) -> bool:
        """Whether what was confided comes to nothing that may be published. The same for ever once it was counted."""
        terms, questionnaire = state.terms, state.questionnaire
        if review in self._counted or terms is None or questionnaire is None:
            return False
        try:
            self.box.tally(organisation, review, lambda ballots: tally(terms, questionnaire, ballots))
        except Refusal:
            return True
        self._counted.add(review)
        return False

    def _report(self, organisation: UUID, review: UUID, state: Review, now: datetime) -> None:
        """Tell how many have answered, in coarse steps, once a day."""
        today, last = self._day(organisation, now), state.reports[-1] if state.reports else None
        opened = self._day(organisation, state.opened_at) if state.opened_at is not None else today
        if self._looked.get(review, opened) >= today or (last is not None and now < last.at + REPORTED_EVERY):
            return
        self._looked[review] = today
        percent = participation(self.box.answered(organisation, review), len(state.participants))
        if percent > (last.percent if last is not None else 0):
            self._record(organisation, ReportParticipation(review=str(review), percent=percent))

    def _remind(self, organisation: UUID, review: UUID, state: Review, now: datetime) -> None:
        today = self._day(organisation, now)
        if self._reminded.get(review) == today or state.opened_at is None or state.closes is None:
            return
        if today in reminder_days(self._day(organisation, state.opened_at), self._day(organisation, state.closes)):
            self.box.remind(organisation, review, today)
            self._reminded[review] = today

    def _day(self, organisation: UUID, instant: datetime) -> date:
        return instant.astimezone(ZoneInfo(self.ledger.organisation(organisation).zone)).date()

    def _record(self, organisation: UUID, command: Command) -> None:
        entry = Entry(command=command)
        request = Request(organisation=organisation, id=self.ledger.fresh_id(), actor=KEEPER, entries=(entry,))
        try:
            self.ledger.execute(request)
        except Refusal as refusal:
            # Another keeper was faster, or the review went on meanwhile: the next look finds how it stands.
            log.info("not recorded now: %s", refusal.code)


def reminder_days(opened: date, closes: date) -> frozenset[date]:
    """The days on which participants are reminded: half-way, and the day before the last."""
    between = (closes - opened).days
    days = {opened + timedelta(days=between // 2), closes - timedelta(days=1)}
    return frozenset(each for each in days if opened < each < closes)


def _closed_at(state: Review, now: datetime) -> datetime | None:
    """The instant since which no answers are taken; None while they are."""
    if state.closes is None or not state.has_closed(now):
        return None
    return state.closes if state.ended_at is None else min(state.closes, state.ended_at)
