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

BEGINS: Mapping[str, str] = {
    "unit.formed": "unit",
    "person.joined": "person",
    "guest.invited": "person",
    "strategy.drafted": "strategy",
    "scale.defined": "scale",
    "goal.proposed": "goal",
    "action.planned": "action",
    "kpi.defined": "kpi",
    "tactic.adopted": "tactic",
    "commitment.made": "commitment",
    "conversation.held": "conversation",
    "proposal.made": "proposal",
    "request.made": "request",
    "review.opened": "review",
    "report.published": "report",
}
"""The types whose line begins a record, and the field that names its key."""


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
    service: str | None = None
    reason: str | None = None
    corrects: Corrects | None = None
    tied_to: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def begins(self) -> tuple[str, str] | None:
        """The kind and the key of the record that this statement begins, if it begins one and names it."""
        kind = BEGINS.get(self.topic or "")
        key = getattr(self.command, kind, None) if kind else None
        return (kind, key) if kind and isinstance(key, str) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A line that makes no statement; `id`, and the kind and key of what it was to begin, as far as can be told."""

    number: int
    refusal: Refusal
    id: str | None = None
    begins: tuple[str, str] | None = None


IN_A_HISTORY = {
    "unknown-reference": "; the line that begins it comes before this one",
    "late-without-reason": ", here or once for all lines in the header",
}
"""What the way out of a rule is beside the general one, where the statement is a line of a history."""


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
        way_out = refusal.advice + IN_A_HISTORY.get(refusal.code, "")
        return cls(number=number, id=id, field=refusal.where, rule=str(refusal), way_out=way_out, code=refusal.code)

    def __str__(self) -> str:
        named = f" (id {self.id!r})" if self.id is not None else ""
        return f"line {self.number}{named}, {self.field or 'line'}: {self.rule}; {self.way_out}"
