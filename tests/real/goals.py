"""Goals, who answers for them, and what they ask of teams, from the dated changes of their documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from tests.real.asks import NOBODY_YET, Ask, Mend, Standing, Terms, asks_in, champions_in, silently
from tests.real.chart import Chart
from tests.real.documents import Contact, Fields, Key, after, by_document, is_template, key_of, standing
from tests.real.lines import History, Value
from tests.real.source import Landing, Report, Row

IN_LABELS = ("tracking_issue", "task_count", "flagship", "roadmap")
FACTS = {
    "accepted": "goal.accepted",
    "declined": "goal.declined",
    "deferred": "goal.deferred",
    "proposed": "goal.reopened",
}
ALL_PLAIN = frozenset({"Proposed", "Accepted", "Not accepted", "Orphaned", "Invited"})


@dataclass
class Goal:
    """One goal as it was said so far."""

    fields: Fields = field(default_factory=dict)
    standing: str = "proposed"
    accountable: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    asks: dict[str, Standing] = field(default_factory=dict)


@dataclass
class Goals:
    """All goals as they grow, landing by landing."""

    history: History
    report: Report
    chart: Chart
    are_goals: frozenset[Key]
    renamed: Mapping[Key, Key]
    known: frozenset[str]
    teams: frozenset[str]
    documents: dict[Key, Fields | None] = field(default_factory=dict)
    goals: dict[Key, Goal] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)

    def key(self, key: Key) -> Key:
        """The last name of a document: what its goal is called throughout."""
        while key in self.renamed:
            key = self.renamed[key]
        return key

    def land(self, landing: Landing) -> None:
        """Take the rows of one landing, document by document."""
        merged: dict[Key, list[Row]] = {}
        for key, rows in by_document(landing).items():
            if key in self.are_goals:
                merged.setdefault(self.key(key), []).extend(rows)
            else:
                self._leave_out(key, rows)
        for key, rows in merged.items():
            fields = self.documents[key] = after(self.documents.get(key), rows)
            lines = len(self.history.lines)
            self._take(key, fields, rows, landing.at)
            for row in rows if lines == len(self.history.lines) else ():
                if not self.report.speaks_of(row):
                    self.report.left_out(row, "same in other words", "the history says that already")

    def _leave_out(self, key: Key, rows: Sequence[Row]) -> None:
        template = is_template(key)
        rule = "template" if template else "page that is no goal"
        why = "the blank document, not a goal" if template else f"{key[1]} is an overview or never had a status"
        for row in rows:
            self.report.left_out(row, rule, why)

    def _take(self, key: Key, fields: Fields | None, rows: Sequence[Row], at: str) -> None:
        goes_by = {key_of(row)[1] for row in rows}
        for row in rows:
            if row["old"] == row["new"]:
                self.report.left_out(row, "nothing changed", f"{row['field']} was that already")
            if key not in self.goals and (fields is None or "status" not in fields):
                why = "taken in the landing in which the document first states a status, if it still stands then"
                self.report.mended(row, "said before there was a status", why)
            if goes_by != {key[1]}:
                self.report.mended(row, "document renamed", f"{', '.join(sorted(goes_by))}: one goal, {key[1]}")
        if key not in self.goals and (fields is None or "status" not in fields):
            return
        name, goal = "/".join(key), self.goals.get(key)
        if fields is None:
            if goal:
                self._abandon(key, goal, rows[0], at)
            return
        cause = {row["field"]: row for row in rows}
        labels = self._labels(key, fields, cause)
        if "title" in cause and not cause["title"]["new"]:
            self.report.mended(cause["title"], "goal without a title", f"called {key[1]!r} by the name of its document")
        contact = self._contact(fields, cause.get("point_of_contact"), rows[0], at)
        if goal is None:
            goal = self.goals[key] = Goal(labels=labels, accountable=contact)
            self.history.say(
                rows[0],
                "goal.proposed",
                at,
                goal=name,
                strategy=key[0],
                title=fields.get("title") or key[1],
                accountable=contact,
                labels=labels,
            )
        else:
            self._change(name, goal, fields, labels, cause, rows[0], at)
            if contact != goal.accountable:
                goal.accountable = contact
                row = cause.get("point_of_contact", rows[0])
                self.history.say(row, "accountable.named", at, for_={"goal": name}, person=contact)
        self._stand(name, goal, standing(fields["status"]), fields["status"], cause.get("status", rows[0]), at)
        goal.fields = fields
        self._ask(key, goal, fields, cause, rows[0], at)

    def _labels(self, key: Key, fields: Fields, cause: Mapping[str, Row]) -> dict[str, str]:
        """What no field of the history format carries, in the source's own words."""
        labels = {name: fields[name] for name in IN_LABELS if fields.get(name)}
        labels["status"] = fields["status"]
        if words := Contact.stated(fields.get("point_of_contact", ""), self.known).words:
            labels["point_of_contact"] = words
        asked = {each.team for each in asks_in(fields.get("team_asks", ""), key[0], self.teams)}
        idle = {team: who for team, who in champions_in(fields.get("champions", "")).items() if team not in asked}
        if idle:
            labels["champions"] = "; ".join(f"{team}={who}" for team, who in sorted(idle.items()))
            if row := cause.get("champions"):
                self.report.mended(row, "champion of a team asked nothing", f"{labels['champions']}: kept as a label")
        if (row := cause.get("status")) and row["new"] not in ALL_PLAIN:
            self.report.mended(row, "status in other words", f"{row['new']!r} is read as proposed; kept as a label")
        return labels

    def _contact(self, fields: Fields, stated: Row | None, row: Row, at: str) -> str | None:
        text = fields.get("point_of_contact", "")
        contact = Contact.stated(text, self.known)
        if stated and contact.words:
            what = f"{contact.handle!r} is taken" if contact.handle else "nobody can be made out: a vacancy"
            self.report.mended(stated, "point of contact in other words", f"{text!r}: {what}; kept as a label")
        if stated and contact.handle and not contact.words and not text.startswith("@"):
            self.report.mended(stated, "point of contact without an @", f"{text!r} is a handle known elsewhere")
        return self.chart.join(contact.handle, stated or row, at) if contact.handle else None

    def _change(
        self, name: str, goal: Goal, fields: Fields, labels: dict[str, str], cause: Mapping[str, Row], row: Row, at: str
    ) -> None:
        title = fields.get("title") or name.partition("/")[2]
        former = goal.fields.get("title") or name.partition("/")[2]
        moved = standing(fields["status"]) != goal.standing
        differ = {
            each: labels.get(each, "")
            for each in sorted({*labels, *goal.labels})
            if labels.get(each) != goal.labels.get(each) and not (each == "status" and moved)
        }
        if title != former or differ:
            row = cause.get("title" if title != former else next(iter(differ)), row)
            # A change has to say something of the goal itself, so one of labels alone restates the title.
            self.history.say(row, "goal.changed", at, goal=name, title=title, labels=differ)
        goal.labels = labels

    def _stand(self, name: str, goal: Goal, now: str, status: str, row: Row, at: str) -> None:
        if now != goal.standing:
            goal.standing = now
            self.history.say(row, FACTS[now], at, goal=name, labels={"status": status})

    def _abandon(self, key: Key, goal: Goal, row: Row, at: str) -> None:
        reason = "the goal's document was removed"
        for team, asks in sorted(goal.asks.items()):
            for move in list(asks.becomes([])):
                self.asked[team] = at
                self.history.say(
                    row, "commitment.withdrawn", at, commitment=f"{'/'.join(key)}/{team}/{move.number}", reason=reason
                )
        goal.standing = "abandoned"
        self.history.say(row, "goal.abandoned", at, goal="/".join(key), reason=reason)

    def _ask(self, key: Key, goal: Goal, fields: Fields, cause: Mapping[str, Row], first: Row, at: str) -> None:
        """Say what becomes of the asks; a landing that speaks of neither asks nor champions changes none."""
        row = cause.get("team_asks") or cause.get("champions") or first
        mend: Mend = partial(self.report.mended, cause["team_asks"]) if "team_asks" in cause else silently
        stated: dict[str, list[Terms]] = {team: [] for team in goal.asks}
        champions = champions_in(fields.get("champions", ""))
        if row_of_champions := cause.get("champions"):
            self._report_champions(champions, row_of_champions)
        for ask in asks_in(fields.get("team_asks", ""), key[0], self.teams, mend):
            stated.setdefault(ask.team, []).append(self._terms(ask, champions.get(ask.team, ""), row, at))
        for team, terms in sorted(stated.items()):
            self.chart.form(team, row, at)
            for move in goal.asks.setdefault(team, Standing()).becomes(terms):
                self.asked[team] = at
                self._say_ask(key, move.kind, move.number, move.terms, row, at)

    def _report_champions(self, champions: Mapping[str, str], row: Row) -> None:
        for team, who in champions.items():
            if who.lower() in NOBODY_YET:
                self.report.mended(row, "champion not named yet", f"{who!r} of {team}: nobody")
            elif who.removeprefix("@").lower() not in self.known:
                self.report.mended(row, "champion who cannot be made out", f"{who!r} of {team}: kept as a label")

    def _terms(self, ask: Ask, champion: str, row: Row, at: str) -> Terms:
        if champion.lower() in NOBODY_YET:
            return Terms(ask)
        if champion.startswith("@") and champion[1:].lower() in self.known:
            return Terms(ask, self.chart.join(champion[1:], row, at))
        return Terms(ask, champion_words=champion)

    def _say_ask(self, key: Key, kind: str, number: int, terms: Terms, row: Row, at: str) -> None:
        ask, name = terms.ask, f"{'/'.join(key)}/{terms.ask.team}/{number}"
        if kind == "withdrawn":
            self.history.say(row, "commitment.withdrawn", at, commitment=name)
            return
        own = terms.champion if terms.champion and self.chart.is_member(terms.champion, ask.team) else None
        labels = {"level": ask.words, "champion": terms.champion_words}
        target: dict[str, Value] = {}
        if kind == "made":
            target = {"party": {"unit": ask.team}, "strategy": key[0], "goal": "/".join(key)}
        self.history.say(
            row,
            f"commitment.{kind}",
            at,
            commitment=name,
            **target,
            level=ask.level,
            champion=terms.champion,
            actor=own,
            labels={each: words for each, words in labels.items() if words},
        )
