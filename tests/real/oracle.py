"""Right answers, computed straight from the CSV files.

Nothing here is shared with the converter: it reads the files itself, replays goal documents up to an instant, and
counts memberships instead of following them. A bare date means the end of that day in UTC. People are named by their
handle in lower case, goals by period and the last name of their document, teams as teams.csv does.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from pathlib import Path

from tests.real.questions import Question

Answer = Mapping[str, int] | tuple[str, ...]

# Documents that went on under another name; read off the commits by eye.
LAST_NAMES = {
    "0002-Async-Rust": "Async",
    "0003-Rust-2024-Edition": "Rust-2024-Edition",
    "0004-RFL": "RFL",
    "0005-Impl-trait-everywhere": "ATPIT",
    "0006-Polonius": "Polonius",
    "Impl-trait-everywhere": "ATPIT",
    "async_fn_everywhere": "async",
    "spec-fls-integration": "spec-fls-publish",
}
NO_GOALS = frozenset({"0000-TEMPLATE", "TEMPLATE", "0001-Project-goal-slate", "index"})
SIZES = {"vibes": "Vibes", "small": "Small", "medium": "Medium", "large": "Large"}
TEAM_NAMES = {
    "r-a": "rust-analyzer",
    "t-lang": "lang",
    "t-langdocs": "lang-docs",
    "t-libs-api": "libs-api",
    "t-opsem": "opsem",
}


def end_of(day: str) -> datetime:
    """The instant by which all of a day, in UTC, is over."""
    return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), UTC)


@dataclass(frozen=True)
class AskState:
    """One ask as it stands: what is asked for, by whom it is championed, and since when it has been stated so."""

    level: str
    champion: str | None
    stated: datetime


@dataclass
class Document:
    """A goal document as an instant finds it."""

    fields: dict[str, str] = field(default_factory=dict)
    present: bool = False
    title_since: datetime = datetime.min.replace(tzinfo=UTC)
    asks: dict[str, list[AskState]] = field(default_factory=dict)


class Oracle:
    """The source in a folder, and what it says for any date."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, file: str) -> list[dict[str, str]]:
        """All records of one file."""
        with (self.folder / file).open(newline="", encoding="utf-8") as text:
            return list(csv.DictReader(text))

    # -- people -------------------------------------------------------------------------------------------------

    @cached_property
    def holdings(self) -> list[tuple[datetime, str, str, str, int]]:
        """(when, team, role, person, +1 or -1) for every row about a member."""
        file_names = {re.sub(r".*/|\.toml$", "", row["path"]): row["team"] for row in self.rows("teams.csv")}
        return [
            (
                datetime.fromisoformat(row["date"]),
                file_names.get(row["team"], row["team"]),
                row["role"],
                row["person"].lower(),
                1 if row["change"] == "join" else -1,
            )
            for row in self.rows("team_member_events.csv")
        ]

    def _holders(self, team: str, role: str, day: str) -> tuple[str, ...]:
        held: Counter[str] = Counter()
        for when, its_team, its_role, person, change in self.holdings:
            if (its_team, its_role) == (team, role) and when < end_of(day):
                held[person] += change
        return tuple(sorted(person for person, count in held.items() if count > 0))

    def members(self, team: str, day: str) -> tuple[str, ...]:
        """Who holds the role member in a team; leads do as well."""
        return self._holders(team, "member", day)

    def leads(self, team: str, day: str) -> tuple[str, ...]:
        """Who leads a team."""
        return self._holders(team, "lead", day)

    def teams_of(self, person: str, day: str) -> tuple[str, ...]:
        """The teams in which somebody holds a membership, in any role."""
        held: Counter[tuple[str, str]] = Counter()
        for when, team, role, its_person, change in self.holdings:
            if its_person == person and when < end_of(day):
                held[team, role] += change
        return tuple(sorted({team for (team, _), count in held.items() if count > 0}))

    def people_with_several_teams(self, day: str) -> Mapping[str, int]:
        """How many people hold a membership in one team, and how many in several."""
        held: Counter[tuple[str, str, str]] = Counter()
        for when, team, role, person, change in self.holdings:
            if when < end_of(day):
                held[person, team, role] += change
        teams = Counter(person for person, _ in {(person, team) for (person, team, _), n in held.items() if n > 0})
        return {"one": sum(n == 1 for n in teams.values()), "several": sum(n > 1 for n in teams.values())}

    def membership_changes(self, team: str, first: str, last: str) -> Mapping[str, int]:
        """Who joined or left a team between the ends of two days, as +1 and -1."""
        before, after = set(self.members(team, first)), set(self.members(team, last))
        return {who: 1 if who in after else -1 for who in sorted(before ^ after)}

    # -- goals --------------------------------------------------------------------------------------------------

    @cached_property
    def handles(self) -> frozenset[str]:
        """Handles that belong to somebody: in a team at some time, or written with an @ as a point of contact."""
        contacts = {
            each.lower()
            for row in self.rows("goal_events.csv")
            if row["field"] == "point_of_contact"
            for each in re.findall(r"@([\w-]+)", row["new"])
        }
        return frozenset({person for _, _, _, person, _ in self.holdings} | contacts) - {"todo"}

    @cached_property
    def changes(self) -> list[dict[str, str]]:
        """The changes of documents that are goals: each with a status at some time, no template and no overview."""
        rows = self.rows("goal_events.csv")
        stated = {(row["period"], row["slug"]) for row in rows if row["field"] == "status"}
        return [row for row in rows if (row["period"], row["slug"]) in stated and row["slug"] not in NO_GOALS]

    def documents(self, period: str, day: str) -> dict[str, Document]:
        """The goal documents of a period that are present at the end of a day and state a status."""
        found: dict[str, Document] = {}
        mine = [row for row in self.changes if row["period"] == period]
        for commit, group in groupby(mine, key=lambda row: (row["date"], row["commit"])):
            when = datetime.fromisoformat(commit[0])
            if when >= end_of(day):
                break
            landed: dict[str, list[dict[str, str]]] = {}
            for row in sorted(group, key=lambda row: row["new"] != "removed"):
                landed.setdefault(self._last_name(row["slug"]), []).append(row)
            for name, rows in landed.items():
                self._replay(found.setdefault(name, Document()), rows, when)
        return {name: its for name, its in found.items() if its.present and "status" in its.fields}

    def _last_name(self, slug: str) -> str:
        return LAST_NAMES.get(slug, slug)

    def _replay(self, its: Document, rows: list[dict[str, str]], when: datetime) -> None:
        title = its.fields.get("title")
        for row in rows:
            if row["field"] == "(document)":
                its.present, its.fields = row["new"] == "added", {}
            else:
                its.fields[row["field"]] = row["new"]
        if its.fields.get("title", title) != title:
            its.title_since = when
        if not its.present:
            its.asks = {}
        elif "status" in its.fields:
            self._replay_asks(its, rows[0]["period"], when)

    def _replay_asks(self, its: Document, period: str, when: datetime) -> None:
        champions = self._champions(its.fields.get("champions", ""))
        stated: dict[str, list[str]] = {team: [] for team in its.asks}
        for part in its.fields.get("team_asks", "").replace("↳", "").split(";"):
            team, _, level = (each.strip() for each in part.partition(":"))
            if team not in {"", "..."} and not level.startswith("~~"):
                stated.setdefault(TEAM_NAMES.get(team, team), []).append(level_of(level, period))
        for team, levels in stated.items():
            left, kept = sorted(levels), list[AskState | None]()
            for ask in its.asks.get(team, []):
                kept.append(ask if ask.level in left else None)
                if ask.level in left:
                    left.remove(ask.level)
            champion = champions.get(team)
            now = [
                ask
                if ask and ask.champion == champion
                else AskState(ask.level, champion, when)
                if ask
                else AskState(left.pop(0), champion, when)
                if left
                else None
                for ask in kept
            ]
            its.asks[team] = [ask for ask in now if ask] + [AskState(level, champion, when) for level in left]

    def _champions(self, text: str) -> dict[str, str]:
        """By team, what names its champion: a handle, or words that name nobody known; never a placeholder."""
        pairs = re.findall(r"(?:[Tt]-)?([^=;\s][^=;]*)=([^;]*)", text)
        said = {team.strip(): who.strip().lower() for team, who in pairs}
        return {
            team: who.removeprefix("@") if who.removeprefix("@") in self.handles else f"words: {who}"
            for team, who in said.items()
            if who not in {"", "tbd", "needed", "@todo"}
        }

    def accepted(self, period: str, day: str) -> tuple[str, ...]:
        """The goals of a period whose document says "Accepted"."""
        documents = self.documents(period, day)
        return tuple(sorted(name for name, its in documents.items() if its.fields["status"] == "Accepted"))

    def goals_by_standing(self, period: str, day: str) -> Mapping[str, int]:
        """How many goals of a period are proposed, accepted, declined or deferred; those removed are in none."""
        words = {"Accepted": "accepted", "Not accepted": "declined", "Orphaned": "deferred", "Invited": "deferred"}
        return Counter(words.get(its.fields["status"], "proposed") for its in self.documents(period, day).values())

    def acceptance_changes(self, period: str, first: str, last: str) -> Mapping[str, int]:
        """The goals newly accepted between the ends of two days as +1, those no longer accepted as -1."""
        before, after = set(self.accepted(period, first)), set(self.accepted(period, last))
        return {goal: 1 if goal in after else -1 for goal in sorted(before ^ after)}

    # -- commitments --------------------------------------------------------------------------------------------

    def _asks(self, period: str, day: str) -> Iterable[tuple[str, str, AskState, bool]]:
        """(goal, team, ask, stale) of all that stands; stale by a title that changed after it was stated."""
        for goal, its in self.documents(period, day).items():
            for team, asks in its.asks.items():
                for ask in asks:
                    yield goal, team, ask, its.title_since > ask.stated

    def commitments_by_level(self, period: str, day: str) -> Mapping[str, int]:
        """How many commitments stand at each level, stale ones included; "" for those without one."""
        return Counter(ask.level for _, _, ask, _ in self._asks(period, day))

    def commitments_by_team(self, period: str, day: str) -> Mapping[str, int]:
        """How many commitments each team has, stale ones included."""
        return Counter(team for _, team, _, _ in self._asks(period, day))

    def commitments_by_champion(self, period: str, day: str) -> Mapping[str, int]:
        """How many commitments each person champions, stale ones included."""
        return Counter(
            ask.champion
            for _, _, ask, _ in self._asks(period, day)
            if ask.champion and not ask.champion.startswith("words: ")
        )

    def stale_by_team(self, period: str, day: str) -> Mapping[str, int]:
        """How many commitments of each team are stale, since their goal's title changed after they were stated."""
        return Counter(team for _, team, _, stale in self._asks(period, day) if stale)

    def asks(self, period: str, day: str) -> Mapping[str, int]:
        """Every ask that stands, as goal/team/level, with how many times it does."""
        return Counter(f"{goal}/{team}/{ask.level}" for goal, team, ask, _ in self._asks(period, day))

    def commitment_changes(self, period: str, first: str, last: str) -> Mapping[str, int]:
        """What is asked more (positive) or less (negative) at the end of one day than of another, net."""
        before, after = self.asks(period, first), self.asks(period, last)
        net = {each: after.get(each, 0) - before.get(each, 0) for each in sorted({*before, *after})}
        return {each: count for each, count in net.items() if count}

    def answer(self, question: Question) -> Answer:
        """The right answer to one of the QUESTIONS."""
        ask: Callable[..., Answer] = getattr(self, question.asks)
        answer = ask(*question.about)
        return answer if isinstance(answer, tuple) else dict(sorted(answer.items()))


def level_of(text: str, period: str) -> str:
    """A level as the scale of the period spells it; words off the scale stay what they are."""
    if period == "2026":
        return SIZES.get(text.lower(), text)
    return text[:1].upper() + text[1:]
