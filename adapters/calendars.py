"""A person's calendar as iCalendar (RFC 5545): by-whens as whole days, cycles as spans, in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

from adapters.wording import ENGLISH, asked
from domain.reminder import Reminder, Window

PRODUCT = "-//Avow//Calendar//EN"


def calendar_of(
    name: str,
    organisation: UUID,
    reminders: Iterable[Reminder],
    windows: Iterable[Window],
    stamp: datetime,
    language: str = ENGLISH,
) -> bytes:
    """The calendar of one person. The same entry has the same UID for ever, whenever it is asked for.

    `stamp` is the instant as which all of it was known.
    """
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", name)
    for window in windows:
        event = _event(window.uid, organisation, window.title, stamp)
        event.add("dtstart", window.opens)
        event.add("dtend", window.closes)
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    for each in reminders:
        if each.due is None or each.opened is not None:
            continue  # a cycle stands there as its span
        event = _event(f"{each.record}.{each.call}", organisation, asked(each, language), stamp)
        event.add("dtstart", each.due)
        event.add("dtend", each.due + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())


def _event(uid: str, organisation: UUID, summary: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{organisation}.avow")
    event.add("dtstamp", stamp)
    event.add("summary", summary)
    return event
