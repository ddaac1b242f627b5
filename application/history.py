"""A history as its source tells it: a header, then one statement a line, in the order in which they were learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from application.command import Command
from domain.kernel import Refusal

FORMAT = 1
"""The version of the history format that this version of Avow reads and writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line: whose history this is, where it comes from, and why it is brought in now.

    `reason` stands for every line that needs one and has none: late ones, and corrections.
    """

    organisation: str
    source: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrects:
    """Which earlier line a line corrects, by that line's id."""

    line: str
    word: Literal["replaces", "retracts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One line: a fact, or a newer word on one. A retraction has no command.

    `at` is the instant the fact holds from, stated for all but retractions. `tied_to` is the id of the line before, if
    both are to be recorded together. `canonical` is the line's content in one spelling, to tell whether a line that
    comes again is the same.
    """

    number: int
    id: str
    topic: str | None
    at: datetime | None
    command: Command | None
    canonical: bytes
    known: datetime | None = None
    actor: str | None = None
    reason: str | None = None
    corrects: Corrects | None = None
    tied_to: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A line that makes no statement; `id` as far as it can be told."""

    number: int
    refusal: Refusal
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """A line that was not recorded: where it stands, which field is at fault, the rule, and the way out."""

    number: int
    id: str | None
    field: str
    rule: str
    way_out: str
    code: str

    @classmethod
    def because(cls, refusal: Refusal, number: int, id: str | None) -> RefusedLine:
        """The line `number`, refused by a rule."""
        return cls(
            number=number, id=id, field=refusal.where, rule=str(refusal), way_out=refusal.advice, code=refusal.code
        )

    def __str__(self) -> str:
        named = f" (id {self.id!r})" if self.id is not None else ""
        return f"line {self.number}{named}, {self.field or 'line'}: {self.rule}; {self.way_out}"
