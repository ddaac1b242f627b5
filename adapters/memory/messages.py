"""The outbox in memory. It keeps to the same contract as the one in PostgreSQL: tests/contracts holds both to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from threading import Lock
from uuid import UUID

from application.messages import SHOWN, Choice, Message, MessageStore


class MemoryMessages(MessageStore):
    """Everything behind one lock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._choices: dict[tuple[UUID, UUID], Choice] = {}
        self._messages: dict[tuple[UUID, UUID, date], Message] = {}

    def choice(self, organisation: UUID, person: UUID) -> Choice | None:
        """What a person chose."""
        with self._lock:
            return self._choices.get((organisation, person))

    def choose(self, organisation: UUID, person: UUID, choice: Choice) -> None:
        """Keep what was chosen."""
        with self._lock:
            self._choices[organisation, person] = choice

    def add(self, message: Message) -> bool:
        """Keep a new message, unless there is one to this person on this day."""
        key = message.organisation, message.person, message.day
        with self._lock:
            return self._messages.setdefault(key, message) is message

    def due(self, organisation: UUID, now: datetime) -> Sequence[Message]:
        """Those that need not wait any longer, the oldest first."""
        with self._lock:
            found = [
                each
                for each in self._messages.values()
                if each.organisation == organisation and each.next_attempt_at and each.next_attempt_at <= now
            ]
        return sorted(found, key=lambda each: (each.made_at, each.person))

    def keep(self, message: Message, *, attempts: int) -> bool:
        """Keep what became of one, unless somebody else has tried it or ended it meanwhile."""
        key = message.organisation, message.person, message.day
        with self._lock:
            found = self._messages.get(key)
            if found is None or found.attempts != attempts or found.ended_at is not None:
                return False
            self._messages[key] = message
            return True

    def of(self, organisation: UUID, person: UUID, most: int = SHOWN) -> Sequence[Message]:
        """A person's last messages, the newest first."""
        with self._lock:
            found = [
                each for each in self._messages.values() if (each.organisation, each.person) == (organisation, person)
            ]
        return sorted(found, key=lambda each: each.day, reverse=True)[:most]

    def forget(self, organisation: UUID, person: UUID) -> None:
        """Let go of all that is kept of a person."""
        with self._lock:
            self._choices.pop((organisation, person), None)
            for key in [each for each in self._messages if each[:2] == (organisation, person)]:
                del self._messages[key]
