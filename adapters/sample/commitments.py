"""Commitments as the sample tells them: one method for each thing that can be said about one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from adapters.sample.history import History, Line, Value, When
from adapters.sample.people import Person, Staff
from adapters.sample.strategies import SIGNAL

NOT_YET, ON_CONDITION, COMMITTED = "not yet", "on condition", "committed"
YEAR_END = "2026-12-18"
BY_WHEN = {"spares-next-day": "2026-06-30", "two-day-calibration": "2026-06-30", "hour-answer": "2026-06-30"}
"""The goals whose results are promised earlier than the year's end."""


@dataclass
class Made:
    """A commitment, its present owner, and whether anything more can be said about it."""

    key: str
    owner: str
    goal: str | None
    strategy: str
    line: Line
    open: bool = True


@dataclass
class Commitments:
    """All that were made so far, by key: who, and the goal or strategy."""

    history: History
    staff: Staff
    heads: dict[str, str]
    made: dict[str, Made] = field(default_factory=dict[str, Made])

    def make(
        self,
        owner: str,
        goal: str | None,
        level: str,
        at: When,
        *,
        strategy: str = SIGNAL,
        actor: str | None = None,
        entered: When | None = None,
        reason: str | None = None,
        **terms: Value,
    ) -> Made:
        """A person, or a unit through its head, takes something on: a goal, or else the strategy as a whole."""
        key = f"{owner}/{goal or strategy}"
        line = self.history.say(
            "commitment.made",
            at,
            entered=entered,
            reason=reason,
            actor=actor or self.voice(owner),
            commitment=key,
            party={self._kind(owner): owner},
            strategy=strategy,
            goal=goal,
            level=level,
            **{"by_when": BY_WHEN.get(goal or "", YEAR_END)} | terms,
        )
        self.made[key] = Made(key, owner, goal, strategy, line)
        return self.made[key]

    def decline(self, owner: str, goal: str | None, at: When, reason: str, strategy: str = SIGNAL) -> None:
        """A no to what was asked."""
        self.history.say(
            "commitment.declined",
            at,
            actor=self.voice(owner),
            reason=reason,
            commitment=f"{owner}/{goal or strategy}",
            party={self._kind(owner): owner},
            strategy=strategy,
            goal=goal,
        )

    def change(self, made: Made, level: str, at: When, **terms: Value) -> None:
        """All terms restated, at another level."""
        kept = {name: value for name, value in made.line.fields.items() if name in {"role", "result", "by_when"}}
        self._about(made, "commitment.changed", at, level=level, **{**kept, **terms})

    def renew(self, made: Made, at: When, revision: int | None = None) -> None:
        """Its owner stands by it under the revision in force, or a named one."""
        self._about(made, "commitment.renewed", at, revision=revision)

    def confirm(self, made: Made, at: When) -> None:
        """Its owner makes it their own."""
        self._about(made, "commitment.confirmed", at)

    def end(
        self,
        made: Made,
        how: Literal["withdrawn", "fulfilled", "missed"],
        at: When,
        *,
        entered: When | None = None,
        reason: str | None = None,
    ) -> None:
        """It is withdrawn, fulfilled or missed."""
        self._about(made, f"commitment.{how}", at, entered=entered, reason=reason)
        made.open = False

    def hand_over(self, made: Made, owner: str, asked: When, accepted: When, *, by: str) -> None:
        """Another party is asked to take it over, and does."""
        self.history.say(
            "commitment.reassigned", asked, actor=by, commitment=made.key, party={self._kind(owner): owner}
        )
        made.owner = owner
        self._about(made, "commitment.accepted", accepted)

    def owned(self) -> list[tuple[Made, Person | None]]:
        """Those about which something can still be said, with their owner where that is a person."""
        return [(each, self.staff.everybody.get(each.owner)) for each in self.made.values() if each.open]

    def voice(self, owner: str) -> str:
        """Who speaks: the person, or a unit's head."""
        return self.heads.get(owner, owner)

    def _kind(self, owner: str) -> str:
        return "unit" if owner in self.heads else "person"

    def _about(self, made: Made, type: str, at: When, /, **said: Value) -> None:
        self.history.say(type, at, actor=self.voice(made.owner), commitment=made.key, **said)
