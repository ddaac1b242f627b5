"""Messaging: once a day each person gets one letter about what is theirs to do, if there is reason to write.

At most one letter a person and day, and none twice but where a process was killed between handing it over and noting
that. What stands in it is read when it is sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from threading import Event
from uuid import UUID

from application.ledger import Ledger
from application.messages import Choice, Letter, Mail, MailFailed, Message, MessageOffice, Outcome
from application.ports import StoreUnavailable
from application.questions import Asked
from application.reminding import Reminding
from domain.person import PERSON
from domain.reminder import MessageKind, Reminder

PAUSE = 20.0
"""Seconds between two looks."""
LEASE = timedelta(minutes=10)
"""How long one worker has for handing a letter over before another may try."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
"""Between two attempts: four times as long after each that failed."""
OFTEN = timedelta(minutes=15)
"""After what time it is looked again whether somebody chose another hour."""
GIVES_UP = timedelta(hours=24)
"""How long a letter may fail before it is given up: by then there is another day's."""

log = logging.getLogger("avow.messages")


@dataclass
class Postman:
    """Writes and sends what is due. Any number may be at work: a row in the store goes to one of them at a time.

    Without `mail` nothing is sent, and nothing is written. Organisations with a simulated clock are left out, unless
    `simulated`: their people are invented, and their addresses perhaps not.
    """

    ledger: Ledger
    office: MessageOffice
    reminding: Reminding
    mail: Mail | None
    address: Callable[[str], str]
    token: Callable[[UUID, UUID, MessageKind | None], str]
    simulated: bool = False
    _next: dict[tuple[UUID, UUID], datetime] = field(default_factory=dict[tuple[UUID, UUID], datetime])
    """When each person has to be looked at again: at their hour, or once their day is over."""

    def run(self, stop: Event) -> None:
        """Send until told to stop. No fault of one organisation keeps the others from what is due."""
        while self.mail is not None and not stop.is_set():
            try:
                for organisation in self.ledger.ledger_recorder.organisations():
                    self._kept(organisation)
            except StoreUnavailable as error:
                log.warning("the store cannot be reached: %s", error)
            stop.wait(PAUSE)

    def _kept(self, organisation: UUID) -> None:
        try:
            self.keep(organisation)
        except StoreUnavailable:
            raise
        except Exception:
            log.critical("messages of organisation %s could not be looked after", organisation, exc_info=True)

    def keep(self, organisation: UUID) -> int:
        """Write and send what is due in one organisation; how many letters were sent. Raises StoreUnavailable."""
        settings = self.ledger.organisation(organisation)
        if self.mail is None or settings.closed_at is not None:
            return 0
        if self.ledger.is_simulated(organisation) and not self.simulated:
            return 0
        asked = self._asked(organisation)
        for person, state in self.reminding.questions.people(asked).items():
            if state.presence(asked.valid_at) is not None:
                self._examine(asked, person, settings.zone)
        return sum(self._send(each) for each in self.office.store.due(organisation, self.ledger.now(organisation)))

    def _asked(self, organisation: UUID) -> Asked:
        head = self.ledger.ledger_recorder.head(organisation)
        return self.reminding.questions.ask(organisation, None, head.position if head is not None else None)

    def _examine(self, asked: Asked, person: UUID, zone: str) -> None:
        """Note that there is to be a letter, where there is reason for one on the person's own day."""
        key, now = (asked.organisation, person), asked.valid_at
        if key in self._next and now < self._next[key]:
            return
        choice = self.office.holds(asked.organisation, person, zone)
        local = self.office.local(choice, now)
        today, begins = local.date(), local.replace(hour=choice.hour or 0, minute=0, second=0, microsecond=0, fold=0)
        if local.hour < begins.hour:
            self._next[key] = min(begins, now + OFTEN)
            return
        self._next[key] = begins.replace(hour=0) + timedelta(days=1)
        if self._reasons(asked, person, choice, today):
            self.office.store.add(
                Message(
                    organisation=asked.organisation,
                    person=person,
                    day=today,
                    made_at=asked.valid_at,
                    next_attempt_at=asked.valid_at,
                )
            )

    def _reasons(self, asked: Asked, person: UUID, choice: Choice, day: date) -> list[Reminder]:
        """All that the person is told, where at least one of it is a reason to write on that day."""
        told = [each for each in self.reminding.of(asked, person) if each.kind not in choice.off]
        return told if any(each.calls(day) for each in told) else []

    def _send(self, message: Message) -> bool:
        """Send one letter, with what is so now; whether it was taken."""
        now = self.ledger.now(message.organisation)
        tried = replace(message, attempts=message.attempts + 1, next_attempt_at=now + LEASE)
        if not self.office.store.keep(tried, attempts=message.attempts):
            return False  # somebody else has it
        letter = self._letter(message)
        if letter is None or self.mail is None:
            self._end(tried, Outcome.DROPPED, now)
            return False
        try:
            self.mail.send(letter)
        except MailFailed as failed:
            log.warning("a message was not taken: %s", failed.way)
            failure = replace(tried, last_failure=failed.way)
            if failed.for_good or now - message.made_at >= GIVES_UP:
                self._end(failure, Outcome.GIVEN_UP, now)
            else:
                pause = min(FIRST_PAUSE * 4 ** min(message.attempts, 8), LONGEST_PAUSE)
                self.office.store.keep(replace(failure, next_attempt_at=now + pause), attempts=tried.attempts)
            return False
        self._end(tried, Outcome.SENT, now)
        return True

    def _end(self, message: Message, outcome: Outcome, now: datetime) -> None:
        ended = replace(message, outcome=outcome, ended_at=now, next_attempt_at=None)
        self.office.store.keep(ended, attempts=message.attempts)

    def _letter(self, message: Message) -> Letter | None:
        """The letter as things are now; None where nothing is left to be told, or nobody to tell it to."""
        organisation, person = message.organisation, message.person
        asked, settings = self._asked(organisation), self.ledger.organisation(organisation)
        choice = self.office.holds(organisation, person, settings.zone)
        reminders, to = self._reasons(asked, person, choice, message.day), self._reached_at(asked, person)
        if not reminders or to is None:
            return None
        kinds = [*dict.fromkeys(each.kind for each in reminders), None]
        return Letter(
            id=f"{organisation}.{person}.{message.day.isoformat()}",
            to=to,
            language=choice.language or self.office.usual.language,
            organisation=settings.name,
            day=message.day,
            reminders=tuple(reminders),
            owed_at=self.address(f"/v1/organisations/{settings.key or organisation}/me/owed"),
            stop=tuple((kind, self.address(f"/stop/{self.token(organisation, person, kind)}")) for kind in kinds),
            simulated=self.ledger.is_simulated(organisation),
        )

    def _reached_at(self, asked: Asked, person: UUID) -> str | None:
        """The person's e-mail address; None where there is none, it was erased, or the person is gone."""
        state = self.reminding.questions.named(asked, PERSON, person)
        stay = state.presence(asked.valid_at) if state is not None else None
        if stay is None or stay.email is None:
            return None
        return self.ledger.vault.open(asked.organisation, [stay.email])[0]
