"""Retention: its command, who is due by the schedule, and carrying it out, as often as one likes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from application.command import AnyDraft, Command, Draft, command, handles
from application.deciding import Entry, Request
from application.desk import Desk
from application.erasure import ErasePerson
from application.ledger import Ledger
from domain.kernel import Actor, Refusal
from domain.organisation import ORGANISATION, Organisation
from domain.person import PERSON, PersonLeft
from domain.retention import Due, RetentionSet, Schedule, due, in_force
from domain.sealed import TextKind

PAGE = 5_000
REASON = "retention"
"""Why these erasures are made, as the record tells it."""

log = logging.getLogger("avow.retention")


@command("retention.set")
class SetRetention(Command):
    """Set for how long texts of a kind are kept once a person left: `days` of the organisation's own. Needs a reason.

    Without `days` they are kept. The newest word on a kind holds from its instant on; erased texts do not come back.
    """

    kind: TextKind
    days: int | None = None


@handles(SetRetention)
def set_retention(asked: SetRetention, desk: Desk) -> AnyDraft:
    """What holds from here on."""
    desk.be_reasoned(asked.TOPIC)
    content = RetentionSet(kind=asked.kind, days=asked.days)
    return Draft[Organisation](aggregate=ORGANISATION, stream=desk.organisation, content=content, impersonal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDue:
    """Somebody whose texts are due. `position` is that of their erasure; None for one not made: held, or a dry run.

    `refused` tells why an erasure that was tried was not made.
    """

    person: UUID
    due: Due
    position: int | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retained:
    """What a look at an organisation's schedule came to."""

    organisation: UUID
    at: datetime
    schedule: Schedule
    people: tuple[PersonDue, ...]


def look(ledger: Ledger, organisation: UUID, *, dry: bool = False) -> Retained:
    """Erase what is due by the schedule of now; in a dry run tell only what is. Held people are told, and stay.

    Each person is a request of their own: interrupted, the next look goes on with whoever is left.
    """
    now, settings = ledger.now(organisation), ledger.organisation(organisation)
    schedule = in_force(ledger.timeline(ORGANISATION, organisation, organisation).state(now).retention)
    people = list[PersonDue]()
    if settings.closed_at is None and any(each.days is not None for each in schedule):
        for person in _leavers(ledger, organisation):
            found = _looked_at(ledger, organisation, person, schedule, now, dry=dry)
            if found is not None:
                people.append(found)
    return Retained(organisation=organisation, at=now, schedule=schedule, people=tuple(people))


def _looked_at(
    ledger: Ledger, organisation: UUID, person: UUID, schedule: Schedule, now: datetime, *, dry: bool
) -> PersonDue | None:
    timeline = ledger.timeline(PERSON, organisation, person)
    # As all that is known tells: who is known to come back is no leaver, and no later hold is overlooked.
    zone = ZoneInfo(ledger.organisation(organisation).zone)
    found = due(schedule, timeline.state(), now, lambda instant: _day(instant, zone))
    if found is None or found.hold is not None or dry:
        return PersonDue(person=person, due=found) if found is not None else None
    entry = Entry(command=ErasePerson(person=str(person), texts=found.kinds), reason=REASON)
    request = Request(
        organisation=organisation,
        id=ledger.fresh_id(),
        actor=Actor(service=REASON),
        entries=(entry,),
        expected_version=timeline.version,
    )
    try:
        receipt = ledger.execute(request)
    except Refusal as refusal:
        # They came back, were held or were erased this very moment: the next look sees it.
        return PersonDue(person=person, due=found, refused=str(refusal))
    return PersonDue(person=person, due=found, position=receipt.position)


def _leavers(ledger: Ledger, organisation: UUID) -> Iterator[UUID]:
    """Everybody who was ever said to have left, in the order in which that was learned first."""
    after, seen, recorder = 0, set[UUID](), ledger.ledger_recorder
    while page := recorder.select_positions(organisation, after=after, limit=PAGE, topics=[PersonLeft.TOPIC]):
        for each in page:
            if isinstance(each.originator_id, UUID) and each.originator_id not in seen:
                seen.add(each.originator_id)
                yield each.originator_id
        after = page[-1].position


def _day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


@dataclass
class RetentionKeeper:
    """Carries out every organisation's schedule once a day: of the machine's, and of the organisation's own."""

    ledger: Ledger
    looked: dict[UUID, tuple[date, date]] = field(default_factory=dict[UUID, tuple[date, date]])

    def keep(self) -> None:
        """Do what is due. Raises StoreUnavailable."""
        for organisation in self.ledger.ledger_recorder.organisations():
            settings = self.ledger.organisation(organisation)
            if settings.closed_at is not None:
                continue
            today = datetime.now(UTC).date(), _day(self.ledger.now(organisation), ZoneInfo(settings.zone))
            if self.looked.get(organisation) == today:
                continue
            told = look(self.ledger, organisation)
            self.looked[organisation] = today
            if done := sum(each.position is not None for each in told.people):
                log.warning("organisation %s: %d people were erased by its schedule", organisation, done)
            if held := sum(each.due.hold is not None for each in told.people):
                log.warning("organisation %s: %d people are due and under a legal hold", organisation, held)
