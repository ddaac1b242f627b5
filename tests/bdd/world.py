"""What a scenario has said so far, and the words by which it names things again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tests.bdd.driver import Driver, Made, Refused, Said
from tests.bdd.grammar import Part, parts_of

Fields = dict[str, Any]  # JSON


@dataclass
class World:
    """One scenario's organisation.

    `today` is the day on which something was learned last; a sentence that names no day is of that one. `refusal` is
    the no that the scenario has not spoken of yet.
    """

    driver: Driver
    today: date = date(2026, 1, 1)
    strategy: str = "Growth"
    units: set[str] = field(default_factory=set[str])
    elements: dict[str, Fields] = field(default_factory=dict[str, Fields])
    read: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    owners: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    said: dict[str, list[Made]] = field(default_factory=dict[str, list[Made]])
    representatives: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    refusal: Refused | None = None

    def say(self, head: str, on: date | None = None, known: date | None = None, reason: str | None = None) -> None:
        """Let a sentence be recorded; a no is kept for the step that speaks of it."""
        self.said[head] = []
        try:
            for statement in self.statements(head, on, known, reason):
                self.said[head].append(self.driver.say(statement))
        except Refused as refused:
            self.refusal = refused

    def statements(
        self, head: str, on: date | None = None, known: date | None = None, reason: str | None = None
    ) -> Iterator[Said]:
        """What a sentence states, of the day `on`, learned on the day `known`: unstated, the same."""
        self.be_accepted()
        at = on or self.today
        learned = known or at
        if learned < self.today:
            raise AssertionError(f"on {self.today} it was too late to learn this on {learned}: say when it was entered")
        self.today = learned
        for part in parts_of(self, head):
            yield _said(part, at, learned, reason)

    def correct(
        self, head: str, by: str | None, on: date, reason: str | None, *, to: date | None = None, instead: str = ""
    ) -> None:
        """Let newer words stand for all that a sentence said: of another day, or another sentence; or take it back."""
        self.be_accepted()
        self.today = on
        made = self.said[head]
        parts = list(parts_of(self, instead)) if instead else []
        kept = bool(to or instead)
        # Whoever came later was there later: what depends on something is moved away from it first.
        order = range(len(made)) if to is None or to <= made[0].said.at else reversed(range(len(made)))
        try:
            for place in order:
                was = made[place].said
                fields = parts[place].fields if instead else was.fields
                if instead and fields == was.fields:
                    continue
                word = replace(
                    was, fields=fields if kept else {}, at=to or was.at, known=on, by=by, reason=reason, seen=None
                )
                done = self.driver.correct(made[place], word)
                made[place] = replace(done, said=word if kept else was)
        except Refused as refused:
            self.refusal = refused

    def be_accepted(self) -> None:
        """Raises AssertionError if the last statement was refused and nobody asked why."""
        if self.refusal is not None:
            raise AssertionError(f"refused: {self.refusal.rule}; {self.refusal.way_out}")

    def refused(self) -> Refused:
        """The no to the last statement."""
        assert self.refusal is not None, "it was not refused"
        found, self.refusal = self.refusal, None
        return found

    def party(self, name: str) -> Fields:
        """A person or a unit, by name."""
        return {"unit" if name in self.units else "person": name}

    def target(self, text: str) -> Fields:
        """What a commitment is to, beside the strategy."""
        if text.startswith("the goal "):
            return {"goal": text.removeprefix("the goal ").strip('"')}
        return {} if text == "the strategy" else {"element": text.removeprefix("the ")}

    def commitment(self, owner: str, target: str) -> str:
        """The key of what the owner committed to, or took over."""
        return self.owners.get((owner, target), f"{owner}: {target}")


def _said(part: Part, at: date, known: date, reason: str | None) -> Said:
    by = None if part.by == "The office" else part.by
    return Said(topic=part.topic, fields=part.fields, at=at, known=known, by=by, reason=reason, seen=part.seen)
