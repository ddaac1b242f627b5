"""One's own calendar: by-whens and cycles, as iCalendar."""

from __future__ import annotations

from datetime import UTC, datetime

from adapters.calendars import calendar_of
from adapters.http.answers import Found, Printed
from adapters.http.asks import Argument, Ask, Inquiry
from adapters.http.noun import Noun
from adapters.http.presenting import Json
from adapters.http.refusals import FieldsNotValid, NobodyBehindToken
from adapters.wording import ENGLISH, LANGUAGES
from application.reminding import Reminding

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


CALENDAR = Noun(
    name="calendar",
    description="One's own by-whens and cycles.",
    asks=(
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
