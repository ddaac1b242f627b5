"""When something recurs, by dateutil: RFC 5545 rules in a time zone, daylight saving included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from domain.recurrence import parts_of


class _Rule(Protocol):
    def __iter__(self) -> Iterator[datetime]: ...


class RuleRecurrences:
    """Works out the instants of rules that `domain.recurrence.refuse_rule` admits.

    A rule runs by the zone's wall clock: 9 o'clock stays 9 o'clock when the clocks are changed. An hour that is left
    out that day begins where the clock goes on; of one that comes twice the first counts.
    """

    def instants(self, rule: str, start: datetime, zone: ZoneInfo, until: datetime) -> Iterator[datetime]:
        """The instants from `start` on, up to `until`, in order and in UTC."""
        for each in _rule(rule, start.astimezone(zone).replace(fold=0), zone):
            at = each.astimezone(UTC)
            if at > until:
                return
            if at >= start:
                yield at


@lru_cache(1_000)
def _rule(rule: str, start: datetime, zone: ZoneInfo) -> _Rule:
    """The rule with its instants kept, so that one by which nothing recurs is looked through once."""
    last = parts_of(rule).get("UNTIL", "")
    if last and not last.endswith("Z"):
        # A day: up to its last instant in the zone.
        day = datetime.strptime(last, "%Y%m%d").replace(tzinfo=zone) + timedelta(days=1, microseconds=-1)
        rule = rule.replace(f"UNTIL={last}", f"UNTIL={day.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    found: _Rule = rrulestr(rule, dtstart=start, cache=True)
    return found
