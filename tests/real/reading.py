"""A plain reader of history files: what the lines of this source come to by the end of a day.

It knows as little as possible. It is neither the product nor the oracle, and answers the oracle's questions from the
file alone, so that the three can be held against one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict

from tests.real.lines import Line

Answer = Mapping[str, int] | tuple[str, ...]
STANDINGS = {
    "goal.accepted": "accepted",
    "goal.declined": "declined",
    "goal.deferred": "deferred",
    "goal.reopened": "proposed",
    "goal.abandoned": "abandoned",
}


class Commitment(TypedDict):
    """One commitment as it stands."""

    team: str
    goal: str
    level: str
    champion: str
    stated: str


@dataclass
class State:
    """What a file says by an instant."""

    memberships: set[tuple[str, str, str]] = field(default_factory=set)
    standings: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    titled: dict[str, str] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)

    def take(self, line: Line) -> None:
        """Take one line."""
        type, at, goal = str(line["type"]), str(line["at"]), str(line.get("goal"))
        match type.split("."):
            case "membership", happened:
                membership = (str(line["person"]), str(line["unit"]), str(line["role"]))
                (self.memberships.add if happened == "began" else self.memberships.remove)(membership)
            case "goal", "proposed":
                self.standings[goal] = "proposed"
                self.titles[goal] = str(line["title"])
            case "goal", "changed":
                title = str(line.get("title", self.titles[goal]))
                self.titled.update({goal: at} if title != self.titles[goal] else {})
                self.titles[goal] = title
            case "goal", _:
                self.standings[goal] = STANDINGS[type]
            case "commitment", "withdrawn":
                del self.commitments[str(line["commitment"])]
            case "commitment", happened:
                self._state(line, at, made=happened == "made")
            case _:
                pass  # units, people, strategies and scales answer no question of these

    def _state(self, line: Line, at: str, *, made: bool) -> None:
        key, labels = str(line["commitment"]), line.get("labels")
        words = labels.get("level", "") if isinstance(labels, Mapping) else ""
        before = None if made else self.commitments[key]
        _, goal, team, _ = key.split("/")
        self.commitments[key] = Commitment(
            team=team if before is None else before["team"],
            goal=goal,
            stated=at,
            level=str(line.get("level", words)),
            champion=str(line.get("champion", "")),
        )


@dataclass(frozen=True)
class Reading:
    """The lines of one history file, answering questions."""

    lines: Sequence[Line]

    def answer(self, asks: str, about: Sequence[str]) -> Answer:
        """The answer to one question of the oracle's."""
        ask: Callable[..., Answer] = getattr(self, asks)
        answer = ask(*about)
        return answer if isinstance(answer, tuple) else dict(sorted(answer.items()))

    def state(self, day: str) -> State:
        """What the file says by the end of a day in UTC."""
        end = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), UTC)
        state = State()
        for line in self.lines:
            if datetime.fromisoformat(str(line["at"])) < end:
                state.take(line)
        return state

    def members(self, team: str, day: str) -> tuple[str, ...]:
        """The holders of the role member."""
        return self._holders(team, "member", day)

    def leads(self, team: str, day: str) -> tuple[str, ...]:
        """The holders of the role lead."""
        return self._holders(team, "lead", day)

    def _holders(self, team: str, role: str, day: str) -> tuple[str, ...]:
        memberships = self.state(day).memberships
        return tuple(sorted(person for person, unit, its in memberships if (unit, its) == (team, role)))

    def teams_of(self, person: str, day: str) -> tuple[str, ...]:
        """The units somebody belongs to."""
        return tuple(sorted({unit for who, unit, _ in self.state(day).memberships if who == person}))

    def people_with_several_teams(self, day: str) -> Answer:
        """How many people belong to one unit, and to several."""
        units = Counter(person for person, _ in {(person, unit) for person, unit, _ in self.state(day).memberships})
        return {"one": sum(n == 1 for n in units.values()), "several": sum(n > 1 for n in units.values())}

    def membership_changes(self, team: str, first: str, last: str) -> Answer:
        """Who joined, +1, or left, -1."""
        return _difference(self.members(team, first), self.members(team, last))

    def accepted(self, period: str, day: str) -> tuple[str, ...]:
        """The accepted goals of a period."""
        goals = self.state(day).standings.items()
        return tuple(
            sorted(
                goal.partition("/")[2]
                for goal, standing in goals
                if goal.startswith(period + "/") and standing == "accepted"
            )
        )

    def goals_by_standing(self, period: str, day: str) -> Answer:
        """How many goals stand how; abandoned ones in no group."""
        goals = self.state(day).standings.items()
        return Counter(its for goal, its in goals if goal.startswith(period + "/") and its != "abandoned")

    def acceptance_changes(self, period: str, first: str, last: str) -> Answer:
        """The goals newly accepted, +1, or no longer, -1."""
        return _difference(self.accepted(period, first), self.accepted(period, last))

    def _commitments(self, period: str, day: str) -> Sequence[Commitment]:
        return [its for key, its in self.state(day).commitments.items() if key.startswith(period + "/")]

    def commitments_by_level(self, period: str, day: str) -> Answer:
        """Commitments by level."""
        return Counter(its["level"] for its in self._commitments(period, day))

    def commitments_by_team(self, period: str, day: str) -> Answer:
        """Commitments by unit."""
        return Counter(its["team"] for its in self._commitments(period, day))

    def commitments_by_champion(self, period: str, day: str) -> Answer:
        """Commitments by champion, without those that nobody champions."""
        return Counter(its["champion"] for its in self._commitments(period, day) if its["champion"])

    def stale_by_team(self, period: str, day: str) -> Answer:
        """Commitments, by unit, whose goal's title changed after they were stated."""
        titled = self.state(day).titled
        return Counter(
            its["team"]
            for its in self._commitments(period, day)
            if titled.get(f"{period}/{its['goal']}", "") > its["stated"]
        )

    def asks(self, period: str, day: str) -> Mapping[str, int]:
        """Commitments as goal/team/level."""
        return Counter(f"{its['goal']}/{its['team']}/{its['level']}" for its in self._commitments(period, day))

    def commitment_changes(self, period: str, first: str, last: str) -> Answer:
        """What is asked more or less, net."""
        before, after = self.asks(period, first), self.asks(period, last)
        net = {each: after.get(each, 0) - before.get(each, 0) for each in {*before, *after}}
        return {each: count for each, count in net.items() if count}


def _difference(before: Sequence[str], after: Sequence[str]) -> Mapping[str, int]:
    return {each: 1 if each in after else -1 for each in {*before} ^ {*after}}
