"""Instants as people write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.instants import (
    FinerThanMicroseconds,
    InstantMalformed,
    InstantOutOfRange,
    InstantWithoutZone,
    LeapSecond,
    read_date,
    read_instant,
    written,
)

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-04-01T09:30:00Z", datetime(2026, 4, 1, 9, 30, tzinfo=UTC)),
        ("2026-04-01t09:30:00z", datetime(2026, 4, 1, 9, 30, tzinfo=UTC)),
        ("2026-04-01T09:30:00.25+02:00", datetime(2026, 4, 1, 7, 30, 0, 250_000, tzinfo=UTC)),
        ("2026-04-01T00:00:00-00:00", datetime(2026, 4, 1, tzinfo=UTC)),
    ],
)
def test_an_instant_has_a_zone(text: str, instant: datetime) -> None:
    assert read_instant(text, BERLIN, "at") == instant


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("2026-04-01T09:30:00", InstantWithoutZone),
        ("2016-12-31T23:59:60Z", LeapSecond),
        ("2026-04-01T09:30:00.1234567Z", FinerThanMicroseconds),
        ("0999-12-31T00:00:00Z", InstantOutOfRange),
        ("9999-01-01", InstantOutOfRange),
        ("2026-02-30", InstantMalformed),
        ("2026-02-30T00:00:00Z", InstantMalformed),
        ("2026-04-01T24:00:00Z", InstantMalformed),
        ("2026-04-01T09:30:61Z", InstantMalformed),
        ("2026-04-01T09:30:00+24:00", InstantMalformed),
        ("2026-04-01 09:30:00Z", InstantMalformed),
        ("2026-04-01T09:30Z", InstantMalformed),
        ("٢٠٢٦-04-01", InstantMalformed),
        ("20260401", InstantMalformed),
        ("yesterday", InstantMalformed),
        ("", InstantMalformed),
        ("2026-04-01\n", InstantMalformed),
    ],
)
def test_what_is_no_instant_says_why(text: str, refusal: type[InstantMalformed]) -> None:
    with pytest.raises(refusal) as raised:
        read_instant(text, BERLIN, "valid_at")
    assert type(raised.value) is refusal
    assert raised.value.where == "valid_at"
    assert raised.value.advice


def test_a_date_is_the_days_first_instant_in_the_zone() -> None:
    assert read_instant("2026-04-01", BERLIN, "at") == datetime(2026, 3, 31, 22, tzinfo=UTC)


def test_a_date_in_a_question_is_the_days_last_microsecond() -> None:
    asked = read_instant("2026-03-29", BERLIN, "valid_at", end_of_day=True)
    # The day on which summer time begins has 23 hours.
    assert asked == datetime(2026, 3, 29, 21, 59, 59, 999_999, tzinfo=UTC)


def test_where_the_clock_skips_midnight_the_day_begins_with_the_leap() -> None:
    assert read_instant("2018-11-04", ZoneInfo("America/Sao_Paulo"), "at") == datetime(2018, 11, 4, 3, tzinfo=UTC)


def test_an_instant_is_written_in_one_way() -> None:
    assert written(datetime(2026, 4, 1, 11, tzinfo=BERLIN)) == "2026-04-01T09:00:00.000000Z"


@pytest.mark.parametrize("text", ["0001-01-01", "0999-12-31", "9999-01-01", "9999-12-31"])
def test_a_day_has_one_before_and_one_after_it(text: str) -> None:
    with pytest.raises(InstantOutOfRange, match="1000 to 9998"):
        read_date(text, "by_when")
