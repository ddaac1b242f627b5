"""When something recurs: by the wall clock of a zone, through the days on which clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from adapters.recurrence import RuleRecurrences
from domain.kernel import Refusal
from domain.recurrence import refuse_rule

BERLIN = ZoneInfo("Europe/Berlin")
LATE = datetime(2030, 1, 1, tzinfo=UTC)


def instants(rule: str, start: datetime, until: datetime = LATE, most: int = 5) -> list[str]:
    """The first instants, in the zone."""
    refuse_rule(rule)
    found = RuleRecurrences().instants(rule, start.astimezone(UTC), BERLIN, until)
    return [each.astimezone(BERLIN).isoformat() for each in islice(found, most)]


def test_nine_o_clock_stays_nine_o_clock() -> None:
    assert instants("FREQ=MONTHLY;BYDAY=-1MO", datetime(2026, 2, 1, 9, tzinfo=BERLIN), most=3) == [
        "2026-02-23T09:00:00+01:00",
        "2026-03-30T09:00:00+02:00",
        "2026-04-27T09:00:00+02:00",
    ]


def test_an_hour_that_is_left_out_begins_where_the_clock_goes_on() -> None:
    """On 29 March 2026 there is no half past two in Berlin: RFC 5545, 3.3.5, takes the offset of before."""
    found = instants("FREQ=DAILY", datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN), most=3)
    assert found == ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"]


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    found = instants("FREQ=DAILY", datetime(2026, 10, 24, 2, 30, tzinfo=BERLIN), most=3)
    assert found == ["2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]


def test_the_31st_is_not_of_every_month() -> None:
    found = instants("FREQ=MONTHLY;BYMONTHDAY=31", datetime(2026, 1, 31, tzinfo=BERLIN), most=3)
    assert [each[:10] for each in found] == ["2026-01-31", "2026-03-31", "2026-05-31"]


def test_a_count_ends_it_and_so_does_a_day_which_is_included() -> None:
    start = datetime(2026, 1, 5, 9, tzinfo=BERLIN)
    assert len(instants("FREQ=WEEKLY;COUNT=3", start, most=9)) == 3
    assert [each[:10] for each in instants("FREQ=WEEKLY;UNTIL=20260119", start, most=9)] == [
        "2026-01-05",
        "2026-01-12",
        "2026-01-19",
    ]
    assert len(instants("FREQ=WEEKLY;UNTIL=20260119T075959Z", start, most=9)) == 2


def test_nothing_comes_after_the_instant_that_is_asked_for() -> None:
    start = datetime(2026, 1, 5, 9, tzinfo=BERLIN)
    assert len(instants("FREQ=DAILY", start, until=datetime(2026, 1, 7, 8, tzinfo=UTC), most=9)) == 3
    assert len(instants("FREQ=DAILY", start, until=datetime(2026, 1, 7, 7, 59, tzinfo=UTC), most=9)) == 2


def test_a_rule_by_which_nothing_ever_falls_gives_nothing() -> None:
    """Every seventh day from a Tuesday is no Monday."""
    assert instants("FREQ=DAILY;INTERVAL=7;BYDAY=MO", datetime(2026, 1, 6, tzinfo=BERLIN)) == []


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;BYHOUR=9",
        "FREQ=WEEKLY;FREQ=DAILY",
        "WEEKLY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=1,2",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20270101",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;UNTIL=soon",
        "FREQ=YEARLY;UNTIL=20261301",
        "RRULE:FREQ=DAILY",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-6MO",
        "FREQ=YEARLY;BYDAY=54MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=32",
        "FREQ=WEEKLY;BYDAY=²MO",
    ],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(Refusal) as caught:
        refuse_rule(rule)
    assert caught.value.code == "rule-unclear"
    assert caught.value.where == "rule"


def test_what_is_admitted_can_be_worked_out() -> None:
    rules = (
        "FREQ=DAILY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYMONTH=3,9;BYDAY=2WE", "FREQ=MONTHLY;BYDAY=-2FR",
    )  # fmt: skip
    for rule in rules:
        assert instants(rule, datetime(2026, 1, 5, 9, tzinfo=BERLIN), most=1)
