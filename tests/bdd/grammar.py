"""The sentences in which the features speak: what each says becomes one or more statements of the history format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pytest_bdd.parsers import StepParser

if TYPE_CHECKING:
    from tests.bdd.world import World

YEAR = 2026
"""The year of a day that names none."""

DAY = r"\d{1,2} [A-Z][a-z]{2}(?: \d{4})?"
NAME = r"[A-Z][\w&-]*"
BY = rf"(?P<by>The office|{NAME})"
WHO = rf"{BY}(?:, for (?P<party>{NAME}),)?"
TARGET = r'(?P<target>the strategy|the goal "[^"]+"|the [a-z][a-z ]*?)'
REVISION = r"(?:, having seen revision (?P<revision>\d+))?"
WHY = r'(?:, because "(?P<reason>[^"]+)")?'
TAIL = re.compile(rf"(?P<head>.+?)(?: on (?P<on>{DAY}))?(?:, entered on (?P<known>{DAY}))?{WHY}")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One statement of a sentence: its type and fields, who says it, and which version of an element they read."""

    topic: str
    fields: Mapping[str, Any]  # JSON
    by: str | None = None
    seen: int | None = None


Parts = Iterator[Part]
Sayer = Callable[..., Parts]

_sentences: list[tuple[re.Pattern[str], Sayer]] = []


def sentence(pattern: str) -> Callable[[Sayer], Sayer]:
    """Declare what a sentence says. What stands behind it (on which day, entered when, and why) is common to all."""

    def declare(sayer: Sayer) -> Sayer:
        _sentences.append((re.compile(pattern), sayer))
        return sayer

    return declare


def parts_of(world: World, text: str) -> Parts:
    """The statements of a sentence, one after the other: each may look at what became of those before."""
    for pattern, sayer in _sentences:
        if found := pattern.fullmatch(text):
            yield from sayer(world, **found.groupdict())
            return
    raise LookupError(text)


class Sentence(StepParser):
    """Any sentence, with what stands behind it."""

    def is_matching(self, name: str) -> bool:
        """Whether some sentence reads so."""
        found = TAIL.fullmatch(name)
        return found is not None and any(pattern.fullmatch(found["head"]) for pattern, _ in _sentences)

    def parse_arguments(self, name: str) -> dict[str, Any] | None:
        """The sentence, and what stands behind it."""
        found = TAIL.fullmatch(name)
        return found.groupdict() if found is not None else None


def day(text: str) -> date:
    """The day that a text such as `3 Apr` names."""
    full = text if re.search(r"\d{4}$", text) else f"{text} {YEAR}"
    return datetime.strptime(full, "%d %b %Y").date()  # noqa: DTZ007 — a day, nowhere in particular


def listed(text: str) -> list[str]:
    """The names in `A, B and C`."""
    return [each for each in re.split(r", | and ", text) if each]
