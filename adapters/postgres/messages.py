"""The outbox in PostgreSQL, beside the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from psycopg.rows import TupleRow

from adapters.postgres.connections import Database
from application.messages import SHOWN, Choice, Message, MessageStore, Outcome
from domain.reminder import MessageKind

CHOICE = """
    select off, language, zone, hour from avow.message_choices where organisation = %s and person = %s
"""
CHOOSE = """
    insert into avow.message_choices (organisation, person, off, language, zone, hour)
    values (%s, %s, %s, %s, %s, %s)
    on conflict (organisation, person) do update
    set off = excluded.off, language = excluded.language, zone = excluded.zone, hour = excluded.hour
"""
ADD = """
    insert into avow.messages (
        organisation, person, day, made_at, next_attempt_at, attempts, outcome, ended_at, last_failure
    ) values (
        %(organisation)s, %(person)s, %(day)s, %(made_at)s, %(next_attempt_at)s, %(attempts)s, %(outcome)s,
        %(ended_at)s, %(last_failure)s
    )
    on conflict (organisation, person, day) do nothing
    returning person
"""
SHOW = """
    select organisation, person, day, made_at, next_attempt_at, attempts, outcome, ended_at, last_failure
    from avow.messages
"""
DUE = f"{SHOW} where organisation = %s and next_attempt_at <= %s order by made_at, person"
OF = f"{SHOW} where organisation = %s and person = %s order by day desc limit %s"
KEEP = """
    update avow.messages
    set next_attempt_at = %(next_attempt_at)s, attempts = %(attempts)s, outcome = %(outcome)s,
        ended_at = %(ended_at)s, last_failure = %(last_failure)s
    where organisation = %(organisation)s and person = %(person)s and day = %(day)s and attempts = %(before)s
        and ended_at is null
    returning person
"""
FORGET = (
    "delete from avow.messages where organisation = %s and person = %s",
    "delete from avow.message_choices where organisation = %s and person = %s",
)


class PostgresMessages(MessageStore):
    """Read and written as `avow_writer`. Raises StoreUnavailable."""

    def __init__(self, writing: Database) -> None:
        self._writing = writing

    def choice(self, organisation: UUID, person: UUID) -> Choice | None:
        """What a person chose."""
        for off, language, zone, hour in self._writing.ask(organisation, CHOICE, (organisation, person)):
            return Choice(off=frozenset(map(MessageKind, off)), language=language, zone=zone, hour=hour)
        return None

    def choose(self, organisation: UUID, person: UUID, choice: Choice) -> None:
        """Keep what was chosen."""
        off = sorted(each.value for each in choice.off)
        values = (organisation, person, off, choice.language, choice.zone, choice.hour)
        self._writing.ask(organisation, CHOOSE, values)

    def add(self, message: Message) -> bool:
        """Keep a new message, unless there is one to this person on this day."""
        return bool(self._writing.ask(message.organisation, ADD, _parameters(message)))

    def due(self, organisation: UUID, now: datetime) -> Sequence[Message]:
        """Those that need not wait any longer, the oldest first."""
        return [_message(row) for row in self._writing.ask(organisation, DUE, (organisation, now))]

    def keep(self, message: Message, *, attempts: int) -> bool:
        """Keep what became of one, unless somebody else has tried it or ended it meanwhile."""
        return bool(self._writing.ask(message.organisation, KEEP, {**_parameters(message), "before": attempts}))

    def of(self, organisation: UUID, person: UUID, most: int = SHOWN) -> Sequence[Message]:
        """A person's last messages, the newest first."""
        return [_message(row) for row in self._writing.ask(organisation, OF, (organisation, person, most))]

    def forget(self, organisation: UUID, person: UUID) -> None:
        """Let go of all that is kept of a person."""
        for statement in FORGET:
            self._writing.ask(organisation, statement, (organisation, person))


def _parameters(message: Message) -> dict[str, object]:
    return {**asdict(message), "outcome": message.outcome.value}


def _message(row: TupleRow) -> Message:
    organisation, person, day, made_at, next_attempt_at, attempts, outcome, ended_at, last_failure = row
    return Message(
        organisation=organisation,
        person=person,
        day=day,
        made_at=made_at,
        next_attempt_at=next_attempt_at,
        attempts=attempts,
        outcome=Outcome(outcome),
        ended_at=ended_at,
        last_failure=last_failure,
    )
