"""One's own calendar: by-whens and cycles, as iCalendar; with a token, or at a secret address of its own.

A calendar program that looks again by itself can send no token. What ends such an address opens that calendar alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Blueprint, Response

from adapters.calendars import calendar_of
from adapters.http.answers import Found, Printed
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.deeds import Deed, Doing
from adapters.http.noun import Noun
from adapters.http.presenting import Json
from adapters.http.refusals import FieldsNotValid, NobodyBehindToken
from adapters.http.services import Services
from adapters.wording import ENGLISH, LANGUAGES
from application.messages import Choice
from application.reminding import Reminding
from application.tokens import Token
from domain.organisation import ORGANISATION

MEDIA = "text/calendar"


def calendar(inquiry: Inquiry) -> Found:
    """What the person behind the token owes by a day, and the cycles that they are asked in, as a calendar.

    By-whens are whole days; cycles last from their opening until their close, those of schedules that are to come too.
    Each entry keeps its UID. It holds nothing that is anybody else's.
    """
    person = inquiry.session.caller.person
    inquiry.check()
    if person is None:
        raise NobodyBehindToken
    language = inquiry.arguments.get("language", ENGLISH)
    if language not in LANGUAGES:
        problem = f"this has to be one of {', '.join(LANGUAGES)}"
        raise FieldsNotValid("language", problem, {"language": problem})
    reminding = Reminding(inquiry.services.questions, inquiry.services.recurrences)
    reminders, windows = reminding.of(inquiry.asked, person), reminding.windows(inquiry.asked, person)
    stamp = inquiry.asked.known_at or datetime(1970, 1, 1, tzinfo=UTC)
    name = f"Avow: {inquiry.settings.name}"

    def made(_: Json) -> tuple[bytes, str | None]:
        return calendar_of(name, inquiry.organisation, reminders, windows, stamp, language), None

    printed = Printed(name="calendar.ics", media=f"{MEDIA}; charset=utf-8", make=made)
    return Found(answer=[reminders, windows], asks={"person": person, "language": language}, printed=printed)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAddressAnswer:
    """The address of one's calendar, without its secret end, or null where there is none.

    `used_on` is the day on which it was last read.
    """

    issued_at: datetime | None
    expires_at: datetime | None
    used_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCalendarAddress:
    """A new address: what follows the address at which one reaches Avow. It is told this once and kept nowhere."""

    path: str
    expires_at: datetime


def address(inquiry: Inquiry) -> Found:
    """Whether one's calendar has an address of its own, until when, and when it was last read."""
    person = inquiry.session.caller.person
    inquiry.check()
    if person is None:
        raise NobodyBehindToken
    held = inquiry.services.tokens.calendar_of(inquiry.organisation, person)
    return Found(answer=_address(held), asks={"person": person})


def addressed(doing: Doing) -> NewCalendarAddress:
    """A secret address for a calendar program, which can send no token: it opens one's own calendar and nothing else.

    Whoever has it reads there what one is to do by when. It holds for 366 days, or until another one is given.
    """
    person = doing.session.caller.person
    if person is None:
        raise NobodyBehindToken
    token, secret = doing.services.tokens.issue_calendar(doing.session.organisation, person, person)
    return NewCalendarAddress(path=f"/calendar/{secret}.ics", expires_at=token.expires_at)


def unaddressed(doing: Doing) -> CalendarAddressAnswer:
    """It opens nothing from now on, whoever has it."""
    person = doing.session.caller.person
    if person is None:
        raise NobodyBehindToken
    doing.services.tokens.end_calendar(doing.session.organisation, person, person)
    return _address(None)


def _address(token: Token | None) -> CalendarAddressAnswer:
    return CalendarAddressAnswer(
        issued_at=token.issued_at if token is not None else None,
        expires_at=token.expires_at if token is not None else None,
        used_on=token.used_on if token is not None else None,
    )


def addresses_of(services: Services) -> Blueprint:
    """The calendars at their secret addresses. One that never was, ended, or whose person left is not found."""
    blueprint = Blueprint("calendars", __name__)

    @blueprint.get("/calendar/<secret>.ics")
    def read(secret: str) -> Response:
        made = _read(services, secret[:200])
        headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
        if made is None:
            return Response("There is no calendar here.\n", 404, headers, content_type="text/plain; charset=utf-8")
        return Response(made, 200, headers, content_type=f"{MEDIA}; charset=utf-8")

    return blueprint


def _read(services: Services, secret: str) -> bytes | None:
    token = services.tokens.recognise_calendar(secret)
    if token is None or token.person is None:
        return None
    book = services.ledger.book(token.organisation)
    settings, now = book.timeline(ORGANISATION, token.organisation).state(), services.ledger.present(book)
    if settings.closed_at is not None or services.callers.caller(token.credential, now, book) is None:
        return None
    asked = services.questions.ask(token.organisation)
    reminding = Reminding(services.questions, services.recurrences)
    language = (services.messages.store.choice(token.organisation, token.person) or Choice()).language
    return calendar_of(
        f"Avow: {settings.name}",
        token.organisation,
        reminding.of(asked, token.person),
        reminding.windows(asked, token.person),
        now,
        language or services.messages.usual.language,
    )


CALENDAR = Noun(
    name="calendar",
    description="One's own by-whens and cycles.",
    deeds=(
        Deed(
            path="me/calendar-address",
            act="calendar.addressed",
            do=addressed,
            title="Give my calendar a new address.",
            fields={},
            answers=NewCalendarAddress,
        ),
        Deed(
            path="me/calendar-address/endings",
            act="calendar.ended",
            do=unaddressed,
            title="End my calendar's address.",
            fields={},
            answers=CalendarAddressAnswer,
        ),
    ),
    asks=(
        Ask(
            path="me/calendar-address",
            view="owed",
            find=address,
            title="Show my calendar's address.",
            answers=CalendarAddressAnswer,
            times=False,
        ),
        Ask(
            path="me/calendar.ics",
            view="owed",
            find=calendar,
            title="Show my calendar.",
            media=MEDIA,
            arguments=(
                Argument(
                    name="language",
                    meaning="In which language: en or de.",
                    schema={"type": "string", "enum": list(LANGUAGES), "default": ENGLISH},
                ),
            ),
        ),
    ),
)
