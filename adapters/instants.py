"""Instants as people and programs write them: RFC 3339 with a zone, or a bare date in the organisation's zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.kernel import Refusal, RefusalKind

EARLIEST, LATEST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
"""What Avow keeps instants and days between, so that each has one in every zone, and a day before and after it."""

ASKED_ABOUT = frozenset({"valid_at", "known_at"})
"""Fields that name the moment of a question: a bare date in them is the end of that day."""

DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
INSTANT = re.compile(
    r"(?P<minute>\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}):(?P<second>\d{2})(?:\.(?P<fraction>\d+))?"
    r"(?P<zone>[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)?",
    re.ASCII,
)


@dataclass(eq=False)
class InstantMalformed(Refusal):
    """What should be an instant cannot be read as one."""

    text: str
    field: str
    kind = RefusalKind.INVALID
    rule = "{text!r} is not an instant"
    way_out = "write it as RFC 3339 with a zone, such as 2026-04-01T09:30:00Z, or as a date, such as 2026-04-01"

    def __post_init__(self) -> None:
        self.where = self.field  # type: ignore[misc]  # each instant stands in a field of its own


@dataclass(eq=False)
class OffsetLost(InstantMalformed):
    """An instant whose `+` became a blank, as it does in an address unless it is encoded."""

    rule = "{text!r} has a blank where its zone should begin"
    way_out = "in an address write the + of an offset as %2B, or give the instant in UTC, ending with Z"


@dataclass(eq=False)
class InstantWithoutZone(InstantMalformed):
    """A time of day that could be anywhere on earth."""

    rule = "{text!r} has no zone, so it could be any of some thirty instants"
    way_out = "end it with Z for UTC, or with an offset such as +02:00"


@dataclass(eq=False)
class LeapSecond(InstantMalformed):
    """A 61st second, which no clock that Avow can ask counts."""

    rule = "{text!r} names a leap second, which Avow's clocks do not count"
    way_out = "write the second before it (:59) or the one after (:00 of the next minute)"


@dataclass(eq=False)
class FinerThanMicroseconds(InstantMalformed):
    """More digits than an instant of Avow has."""

    rule = "{text!r} is finer than a microsecond, which is as fine as Avow's instants are"
    way_out = "give at most six digits after the second"


@dataclass(eq=False)
class InstantOutOfRange(InstantMalformed):
    """An instant of a year that Avow does not keep."""

    rule = "{text!r} lies outside the years 1000 to 9998"
    way_out = "give an instant between 1000-01-01 and 9998-12-31"


def read_instant(text: str, zone: ZoneInfo, where: str, *, end_of_day: bool = False) -> datetime:
    """The instant that the text names, in UTC.

    A bare date is the first instant of that day in `zone`, or with `end_of_day` its last microsecond. Raises
    InstantMalformed or one of its kinds.
    """
    if DATE.fullmatch(text):
        return day_of(read_date(text, where), text, zone, where, end_of_day=end_of_day)
    found = INSTANT.fullmatch(text)
    if found is None:
        malformed = OffsetLost if INSTANT.fullmatch(text.replace(" ", "+")) else InstantMalformed
        raise malformed(text[:80], where)
    minute, second, fraction, offset = found.group("minute", "second", "fraction", "zone")
    if offset is None:
        raise InstantWithoutZone(text, where)
    if fraction is not None and len(fraction) > 6:
        raise FinerThanMicroseconds(text[:80], where)
    if second == "60":
        raise LeapSecond(text, where)
    try:
        local = datetime.fromisoformat(f"{minute.upper()}:{second}.{(fraction or '').ljust(6, '0')}{offset.upper()}")
        return _in_range(local.astimezone(UTC), text, where)
    except (ValueError, OverflowError):
        raise InstantMalformed(text, where) from None


def read_date(text: str, where: str) -> date:
    """The day that the text names. Raises InstantMalformed, InstantOutOfRange."""
    if not DATE.fullmatch(text):
        raise InstantMalformed(text[:80], where)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InstantMalformed(text, where) from None
    if not EARLIEST.date() <= day <= LATEST.date():
        raise InstantOutOfRange(text, where)
    return day


def day_of(day: date, text: str, zone: ZoneInfo, where: str, *, end_of_day: bool = False) -> datetime:
    """The first instant of a day in a zone, or its last microsecond, in UTC. Raises InstantOutOfRange."""
    try:
        if end_of_day:
            return _in_range(_midnight(day + timedelta(days=1), zone) - timedelta(microseconds=1), text, where)
        return _in_range(_midnight(day, zone), text, where)
    except OverflowError:
        raise InstantOutOfRange(text, where) from None


def written(instant: datetime) -> str:
    """The one way in which Avow writes an instant: UTC, with six digits and Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # The earlier one where the clock shows midnight twice; where it skips midnight, the instant of the leap.
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _in_range(instant: datetime, text: str, where: str) -> datetime:
    if not EARLIEST <= instant <= LATEST:
        raise InstantOutOfRange(text, where)
    return instant
