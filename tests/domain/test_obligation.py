"""What has a by-when: from when on it is overdue, and what moving the day leaves behind."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.obligation import ByWhens, Due, first_day, moved, moves, present_day, standing

DAY = date(2026, 4, 30)


@pytest.mark.parametrize(
    ("today", "done", "ended", "expected"),
    [
        (date(2026, 4, 30), False, False, Due.OPEN),
        (date(2026, 5, 1), False, False, Due.OVERDUE),
        (date(2026, 5, 1), True, False, Due.DONE),
        (date(2026, 5, 1), False, True, Due.ENDED),
        (date(2026, 5, 1), True, True, Due.DONE),
    ],
)
def test_overdue_begins_the_day_after(today: date, *, done: bool, ended: bool, expected: Due) -> None:
    assert standing(DAY, today, done=done, ended=ended) is expected


def test_without_a_day_nothing_is_overdue() -> None:
    assert standing(None, date(2999, 1, 1)) is Due.OPEN


def test_the_first_by_when_stays_visible_and_moves_are_counted() -> None:
    noon = datetime(2026, 4, 1, 12, tzinfo=UTC)
    days: ByWhens = moved((), DAY, noon)
    assert (first_day(days), present_day(days), moves(days)) == (DAY, DAY, 0)
    days = moved(days, DAY, noon.replace(day=2))
    assert moves(days) == 0
    days = moved(days, date(2026, 5, 15), noon.replace(day=3))
    assert (first_day(days), present_day(days), moves(days)) == (DAY, date(2026, 5, 15), 1)
    assert moved(days, None, noon.replace(day=4)) == days
    assert (first_day(()), present_day(()), moves(())) == (None, None, 0)


def test_what_is_moved_on_the_day_it_was_named_was_moved() -> None:
    midnight = datetime(2026, 4, 1, tzinfo=UTC)
    days = moved(moved((), DAY, midnight), date(2026, 5, 15), midnight)
    assert (first_day(days), present_day(days), moves(days)) == (DAY, date(2026, 5, 15), 1)
