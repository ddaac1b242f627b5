"""Teams as units and people with their memberships, from the rows about who joined and left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.real.lines import History
from tests.real.source import Landing, Report, Row

KINDS_BY_NAME = {"wg-": "working-group", "project-": "project-group"}


def by_file_name(teams: Sequence[Row]) -> dict[str, str]:
    """Teams whose file is called otherwise: the rows about members name a team by its file."""
    names = {row["team"] for row in teams}
    stems = {row["path"].rpartition("/")[2].removesuffix(".toml"): row["team"] for row in teams}
    return {stem: team for stem, team in stems.items() if stem not in names}


@dataclass
class Chart:
    """The chart as it grows. A unit is formed, and a person joins, when a row first speaks of them."""

    history: History
    report: Report
    teams: dict[str, Row]
    aliases: dict[str, str]
    spoken_of: set[str]
    formed: set[str] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)
    held: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    emptied: dict[str, tuple[Row, str]] = field(default_factory=dict)

    def team(self, name: str) -> str:
        """The team a row means."""
        return self.aliases.get(name, name)

    def form(self, name: str, row: Row, at: str) -> None:
        """Form a unit once, under its parent if that is there; children that waited for it move below it."""
        if name in self.formed:
            return
        listed = self.teams.get(name)
        parent = listed["parent"] if listed else ""
        if parent and parent not in self.spoken_of:
            self.form(parent, row, at)
        self.formed.add(name)
        if listed:
            kind = listed["kind"]
        else:
            kind = next((kind for start, kind in KINDS_BY_NAME.items() if name.startswith(start)), "team")
            self.report.mended(row, "team that teams.csv lacks", f"unit {name!r} formed here, by its name a {kind}")
        below = parent if parent in self.formed else None
        self.history.say(row, "unit.formed", at, unit=name, name=name, kind=kind, parent=below)
        for child, its in self.teams.items():
            if its["parent"] == name and child in self.formed:
                self.history.say(row, "unit.moved", at, unit=child, parent=name)

    def join(self, handle: str, row: Row, at: str) -> str:
        """The key of the person with this handle, however spelled; they join when first spoken of."""
        person = handle.lower()
        if person not in self.people:
            self.people[person] = handle
            self.history.say(row, "person.joined", at, person=person, name=handle)
        elif self.people[person] != handle and handle in (row.cells.get("person") or row["new"]):
            self.report.mended(row, "handle in another spelling", f"{handle!r} is {self.people[person]!r}")
        return person

    def is_member(self, person: str, team: str) -> bool:
        """Whether the person holds a membership of the team now, in any role."""
        return any(person == holder for _, holder in self.held.get(team, ()))

    def land(self, landing: Landing) -> None:
        """Take the rows of one landing. A join and a leave of one holding in one landing cancel out."""
        said = Counter(self._holding(row) for row in landing.rows)
        for row in landing.rows:
            team, role, handle = self._holding(row)
            holdings = self.held.setdefault(team, set())
            joins, holds = row["change"] == "join", (role, handle) in holdings
            if said[team, role, handle] > 1:
                self.report.left_out(
                    row,
                    "join and leave in one landing",
                    f"{row['person']} both joins and leaves {team} as {role} in one landing: nothing changes",
                )
            elif joins == holds:
                self.report.left_out(row, "no change of membership", f"{row['person']} was {role} of {team} already")
            elif joins:
                self.form(team, row, landing.at)
                person = self.join(row["person"], row, landing.at)
                holdings.add((role, handle))
                self.history.say(row, "membership.began", landing.at, person=person, unit=team, role=role)
            else:
                holdings.discard((role, handle))
                person = self.join(row["person"], row, landing.at)
                self.history.say(row, "membership.ended", landing.at, person=person, unit=team, role=role)
                self.emptied[team] = (row, landing.at)
            if team != row["team"]:
                self.report.mended(row, "team named by its file", f"{row['team']!r} is the file of team {team!r}")

    def ends(self) -> dict[str, str]:
        """The units that are no more, each with the instant in which their last member left.

        A team that teams.csv lacks or keeps in its archive, without members and without teams below it.
        """
        parents = {row["parent"] for row in self.teams.values()}
        return {
            team: at
            for team, (_, at) in self.emptied.items()
            if not self.held[team]
            and team not in parents
            and (team not in self.teams or "/archive/" in self.teams[team]["path"])
        }

    def _holding(self, row: Row) -> tuple[str, str, str]:
        return self.team(row["team"]), row["role"], row["person"].lower()
