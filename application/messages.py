"""Messages: the outbox, what each person chose about it, and who lets the letters out.

A row says for whom there is to be a letter on which day, never what stands in it: that is read when it is sent, so that
nobody is reminded of what does not apply any more.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from application.ports import Vault
from domain.kernel import Refusal, RefusalKind
from domain.reminder import MessageKind, Reminder

SHOWN = 20
"""How many of the last messages a person is shown."""


class Outcome(StrEnum):
    """What became of a message: it waits, was sent, was dropped as nothing applied any more, or was given up."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person chose: the kinds that they do not want, and language, time zone and hour; None as usual."""

    off: frozenset[MessageKind] = frozenset()
    language: str | None = None
    zone: str | None = None
    hour: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A letter to one person on one of their days. `next_attempt_at` is None once it came to its end."""

    organisation: UUID
    person: UUID
    day: date
    made_at: datetime
    next_attempt_at: datetime | None
    attempts: int = 0
    outcome: Outcome = Outcome.WAITING
    ended_at: datetime | None = None
    last_failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is sent: to whom, in which language, of what; `stop` are the addresses that end each kind of message."""

    id: str
    to: str
    language: str
    organisation: str
    day: date
    reminders: tuple[Reminder, ...]
    owed_at: str
    stop: tuple[tuple[MessageKind | None, str], ...]
    simulated: bool


class MailFailed(Exception):  # noqa: N818 — a state of affairs
    """A letter was not taken. `for_good` says that it never will be; the way it failed names no address."""

    def __init__(self, way: str, *, for_good: bool = False) -> None:
        super().__init__(way)
        self.way, self.for_good = way, for_good


class Mail(Protocol):
    """Sends letters."""

    def send(self, letter: Letter) -> None:
        """Hand one letter over. Raises MailFailed."""
        ...


class MessageStore(ABC):
    """Keeps the outbox and what people chose, beside the history. Raises StoreUnavailable."""

    @abstractmethod
    def choice(self, organisation: UUID, person: UUID) -> Choice | None:
        """What a person chose; None where they chose nothing. The organisation's own stands under its id."""

    @abstractmethod
    def choose(self, organisation: UUID, person: UUID, choice: Choice) -> None:
        """Keep what was chosen, instead of what was before."""

    @abstractmethod
    def add(self, message: Message) -> bool:
        """Keep a new message; False where there is one to this person on this day."""

    @abstractmethod
    def due(self, organisation: UUID, now: datetime) -> Sequence[Message]:
        """Those that wait and need not wait any longer, the oldest first."""

    @abstractmethod
    def keep(self, message: Message, *, attempts: int) -> bool:
        """Keep what became of one, unless somebody else has tried it or ended it meanwhile."""

    @abstractmethod
    def of(self, organisation: UUID, person: UUID, most: int = SHOWN) -> Sequence[Message]:
        """A person's last messages, the newest first."""

    @abstractmethod
    def forget(self, organisation: UUID, person: UUID) -> None:
        """Let go of all that is kept of a person. May be asked again."""


@dataclass(eq=False)
class ChoiceUnknown(Refusal):
    """A choice that there is not."""

    field: str
    wanted: str
    kind = RefusalKind.INVALID
    rule = "{field} has to be {wanted}"
    way_out = "choose one of these, or leave it out for what is usual"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # whichever it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What holds for whoever chose nothing: the language, and the hour of the day at which letters go out."""

    language: str = "en"
    hour: int = 8
    languages: tuple[str, ...] = ("en", "de")


USUAL = Usual()
"""What is usual unless the settings say otherwise."""


class MessageOffice:
    """What people choose about their messages, signed in or by the address in a letter."""

    def __init__(self, store: MessageStore, vault: Vault, now: Callable[[], datetime], usual: Usual) -> None:
        self.store, self.vault, self.now, self.usual = store, vault, now, usual

    def holds(self, organisation: UUID, person: UUID, zone: str) -> Choice:
        """What holds for a person: what they chose, else the organisation, else what is usual."""
        own = self.store.choice(organisation, person) or Choice()
        whole = self.store.choice(organisation, organisation) or Choice()
        return Choice(
            off=own.off,
            language=own.language or whole.language or self.usual.language,
            zone=own.zone or whole.zone or zone,
            hour=next((each for each in (own.hour, whole.hour) if each is not None), self.usual.hour),
        )

    def choose(self, organisation: UUID, person: UUID, choice: Choice) -> None:
        """Keep a choice. Raises ChoiceUnknown."""
        if choice.language is not None and choice.language not in self.usual.languages:
            raise ChoiceUnknown("language", f"one of {', '.join(self.usual.languages)}")
        if choice.zone is not None and choice.zone not in available_timezones():
            raise ChoiceUnknown("zone", "a time zone of the IANA database, such as Europe/Berlin")
        if choice.hour is not None and not 0 <= choice.hour <= 23:
            raise ChoiceUnknown("hour", "a whole number from 0 to 23")
        self.store.choose(organisation, person, choice)

    def stop(self, organisation: UUID, person: UUID, kind: MessageKind | None) -> None:
        """Send no more messages of a kind, or (None) of any."""
        own = self.store.choice(organisation, person) or Choice()
        off = own.off | (frozenset({kind}) if kind is not None else frozenset(MessageKind))
        self.store.choose(organisation, person, replace(own, off=off))

    def seal(self, organisation: UUID, person: UUID, kind: MessageKind | None) -> bytes:
        """What proves that an address to stop messages was made here, for this person and kind."""
        return self.vault.digest(organisation, f"stop messages:{person}:{kind or 'all'}")[:16]

    def local(self, choice: Choice, now: datetime) -> datetime:
        """The instant by the person's own clock."""
        return now.astimezone(ZoneInfo(choice.zone or "UTC"))

    def forget(self, organisation: UUID, person: UUID) -> None:
        """Let go of all that is kept of a person."""
        self.store.forget(organisation, person)
