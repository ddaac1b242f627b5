"""When something recurs: the part of RFC 5545's recurrence rules that a schedule may use, read and checked.

A rule says what recurs (by days, weeks, months or years); which instants that gives in an organisation's zone, daylight
saving included, is worked out by the port `application.ports.Recurrences`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.kernel import Refusal, RefusalKind

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_APART = 400
"""The largest interval; and how many occurrences a rule may count at most is ten times as much."""
LONGEST_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
LONGEST, MOST_IN_MONTH, MOST_IN_YEAR = 31, 5, 53
"""How many days a month has at most, and how often one weekday stands in a month and in a year at most."""

WEEKDAY = re.compile(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
NUMBER = re.compile(r"[1-9]\d{0,4}", re.ASCII)
SIGNED = re.compile(r"[+-]?[1-9]\d{0,2}", re.ASCII)
UNTIL = re.compile(r"\d{8}(T\d{6}Z)?", re.ASCII)


@dataclass(eq=False)
class RuleUnclear(Refusal):
    """A rule that nothing recurs by, or that Avow does not follow."""

    rule_given: str
    flaw: str
    kind = RefusalKind.INVALID
    where = "rule"
    rule = "by the rule {rule_given!r} nothing recurs: {flaw}"
    way_out = "write it as RFC 5545 does, such as FREQ=MONTHLY;BYDAY=1MO or FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"


def parts_of(rule: str) -> Mapping[str, str]:
    """The parts of a rule by their names. Raises RuleUnclear."""
    found: dict[str, str] = {}
    for each in rule.split(";"):
        name, given, value = each.partition("=")
        if not given or not value or name in found:
            raise RuleUnclear(rule[:200], f"{each[:40]!r} is no part of a rule, or there twice")
        found[name] = value
    return found


def refuse_rule(rule: str) -> None:
    """Refuse a rule that nothing would ever recur by, or that uses more than Avow follows. Raises RuleUnclear."""
    parts = parts_of(rule)
    unknown = sorted(parts.keys() - set(_CHECKS) - {"FREQ"})
    if parts.get("FREQ") not in FREQUENCIES:
        raise RuleUnclear(rule[:200], f"FREQ has to be one of {', '.join(FREQUENCIES)}")
    if unknown:
        raise RuleUnclear(rule[:200], f"Avow does not follow {unknown[0][:40]}")
    for name, value in parts.items():
        if name != "FREQ" and not all(_CHECKS[name](each) for each in value.split(",")):
            raise RuleUnclear(rule[:200], f"{name} cannot be {value[:40]}")
    flaw = _flaw(parts)
    if flaw is not None:
        raise RuleUnclear(rule[:200], flaw)


def _flaw(parts: Mapping[str, str]) -> str | None:
    """What about the parts together keeps anything from recurring; None where nothing does."""
    frequency = parts["FREQ"]
    if "COUNT" in parts and "UNTIL" in parts:
        return "it has COUNT and UNTIL, and takes one of them"
    for name in ("INTERVAL", "COUNT", "UNTIL", "WKST"):
        if "," in parts.get(name, ""):
            return f"{name} has one value"
    if "BYSETPOS" in parts and (frequency in {"DAILY", "WEEKLY"} or not parts.keys() & {"BYDAY", "BYMONTHDAY"}):
        return "BYSETPOS chooses among the BYDAY or BYMONTHDAY of a month or a year"
    nth = [abs(int(each[:-2])) for each in parts.get("BYDAY", "").split(",") if _is_nth(each)]
    if frequency in {"DAILY", "WEEKLY"} and nth:
        return "the n-th weekday is one of a month or a year"
    of_month = frequency == "MONTHLY" or "BYMONTH" in parts
    if nth and min(nth) > (MOST_IN_MONTH if of_month else MOST_IN_YEAR):
        return f"no {'month' if of_month else 'year'} has so many of one weekday"
    if frequency == "MONTHLY" and any(abs(int(each)) > LONGEST for each in parts.get("BYSETPOS", "1").split(",")):
        return "BYSETPOS chooses a day that no month has"
    if "BYMONTHDAY" in parts:
        if frequency == "WEEKLY":
            return "BYMONTHDAY goes with days, months and years"
        months = [int(each) for each in parts.get("BYMONTH", "1").split(",")]
        days = [abs(int(each)) for each in parts["BYMONTHDAY"].split(",")]
        if min(days) > max(LONGEST_MONTH.get(month, 31) for month in months):
            return "none of these months has such a day"
    return None


def _is_nth(day: str) -> bool:
    return len(day) > 2


def _is_instant(value: str) -> bool:
    if not UNTIL.fullmatch(value):
        return False
    try:
        datetime.strptime(value, "%Y%m%dT%H%M%SZ" if "T" in value else "%Y%m%d")  # noqa: DTZ007 — only whether there is
    except ValueError:
        return False
    return True


def _number(most: int, value: str) -> bool:
    return bool(NUMBER.fullmatch(value)) and int(value) <= most


def _signed(most: int, value: str) -> bool:
    return bool(SIGNED.fullmatch(value)) and abs(int(value)) <= most


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "INTERVAL": lambda value: _number(MOST_APART, value),
    "COUNT": lambda value: _number(10 * MOST_APART, value),
    "UNTIL": _is_instant,
    "BYDAY": lambda value: bool(WEEKDAY.fullmatch(value)),
    "BYMONTH": lambda value: _number(12, value),
    "BYMONTHDAY": lambda value: _signed(31, value),
    "BYSETPOS": lambda value: _signed(366, value),
    "WKST": lambda value: value in DAYS,
}
"""The parts that a rule may have beside its frequency, and what each of their values has to be."""
