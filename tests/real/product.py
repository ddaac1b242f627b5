"""Avow itself, answering the oracle's questions: the history imported into PostgreSQL, read from the stored states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from adapters.instants import read_instant
from application.ledger import Ledger
from application.ports import Vault
from application.questions import Asked, Questions
from domain.alignment import Alignment
from domain.goal import GoalStatus
from domain.judgement import Flag, Judged
from domain.person import Person
from domain.scope import Scope
from tests.real.oracle import Answer
from tests.real.questions import Question

STANDINGS = {
    GoalStatus.PROPOSED: "proposed",
    GoalStatus.ACCEPTED: "accepted",
    GoalStatus.DECLINED: "declined",
    GoalStatus.DEFERRED: "deferred",
}


@dataclass
class Product:
    """Answers at (date, now), or at (date, date) where `as_known_then`."""

    questions: Questions
    organisation: UUID
    vault: Vault
    as_known_then: bool = False
    _keys: dict[UUID, str] = field(default_factory=dict[UUID, str])

    @property
    def ledger(self) -> Ledger:
        return self.questions.ledger

    def ask(self, day: str) -> Asked:
        at = read_instant(day, ZoneInfo(self.ledger.organisation(self.organisation).zone), "valid_at", end_of_day=True)
        known = min(at, self.ledger.now(self.organisation)) if self.as_known_then else None
        return self.questions.ask(self.organisation, at, known)

    def answer(self, question: Question) -> Answer:
        ask: Callable[..., Answer] = getattr(self, question.asks)
        answer = ask(*question.about)
        return answer if isinstance(answer, tuple) else dict(sorted(answer.items()))

    def unit(self, key: str) -> UUID:
        return uuid5(self.organisation, f"unit:{key}")

    def key(self, person: UUID, state: Person) -> str:
        """The handle that a person's sealed key says."""
        if person not in self._keys:
            sealed = next(stay.key for stay in state.presences if stay.key is not None)
            (text,) = self.vault.open(self.organisation, [sealed])
            self._keys[person] = text or "erased"
        return self._keys[person]

    def _holders(self, team: str, role: str, day: str) -> tuple[str, ...]:
        asked, unit = self.ask(day), self.unit(team)
        return tuple(
            sorted(
                self.key(id, person)
                for id, person in self.questions.people(asked).items()
                if any((place.unit, place.role) == (unit, role) for place in person.memberships(asked.valid_at))
            )
        )

    def members(self, team: str, day: str) -> tuple[str, ...]:
        return self._holders(team, "member", day)

    def leads(self, team: str, day: str) -> tuple[str, ...]:
        return self._holders(team, "lead", day)

    def teams_of(self, person: str, day: str) -> tuple[str, ...]:
        asked = self.ask(day)
        organisation = self.questions.organisation(self.organisation, asked.moment)
        id = self.ledger.book(self.organisation).find("person", person)
        if organisation is None or id is None:
            return ()
        places = self.questions.people(asked)[id].memberships(asked.valid_at)
        units = {place.unit for place in places}
        return tuple(sorted(found.key or "" for unit in units if (found := organisation.chart.unit(unit))))

    def people_with_several_teams(self, day: str) -> Mapping[str, int]:
        asked = self.ask(day)
        units = [
            len({place.unit for place in person.memberships(asked.valid_at)})
            for person in self.questions.people(asked).values()
        ]
        return {"one": sum(n == 1 for n in units), "several": sum(n > 1 for n in units)}

    def membership_changes(self, team: str, first: str, last: str) -> Mapping[str, int]:
        return _difference(self.members(team, first), self.members(team, last))

    def alignment(self, period: str, day: str) -> Alignment | None:
        strategy = uuid5(self.organisation, f"strategy:{period}")
        return self.questions.alignment(self.ask(day), strategy, Scope())

    def _standings(self, period: str, day: str) -> dict[str, GoalStatus | None]:
        found = self.alignment(period, day)
        goals = found.situation.goals.values() if found else ()
        return {(goal.key or "").partition("/")[2]: goal.status for goal in goals}

    def accepted(self, period: str, day: str) -> tuple[str, ...]:
        standings = self._standings(period, day).items()
        return tuple(sorted(key for key, status in standings if status is GoalStatus.ACCEPTED))

    def goals_by_standing(self, period: str, day: str) -> Mapping[str, int]:
        return Counter(STANDINGS[each] for each in self._standings(period, day).values() if each in STANDINGS)

    def acceptance_changes(self, period: str, first: str, last: str) -> Mapping[str, int]:
        return _difference(self.accepted(period, first), self.accepted(period, last))

    def commitments_by_level(self, period: str, day: str) -> Mapping[str, int]:
        """Straight from the figures of the alignment state; words off a scale stand in the statement's labels."""
        found = self.alignment(period, day)
        if found is None:
            return {}
        prefix = "commitments/level/"
        levels = {
            name.removeprefix(prefix): each.count
            for name, each in found.figures.items()
            if name.startswith(prefix) and each.count
        }
        without = found.figures.get("commitments/without_level")
        words = Counter(self._label(id) for id in without.records) if without else Counter[str]()
        return Counter(levels) + words

    def _label(self, commitment: UUID) -> str:
        """The level as its source spelt it, where it is on no scale: a label of the newest statement of terms."""
        placed = self.ledger.ledger_recorder.select_stream(self.organisation, commitment)
        stated = [self.ledger.recorded(each).event for each in placed]
        return next(
            (
                event.labels.get("level", "")
                for event in reversed(stated)
                if event.topic in {"commitment.made", "commitment.changed"}
            ),
            "",
        )

    def _standing(self, period: str, day: str) -> tuple[Judged, ...]:
        found = self.alignment(period, day)
        open_ = found.figures["commitments/open"].records if found else frozenset[UUID]()
        return tuple(each for each in found.commitments if each.id in open_) if found else ()

    def _team(self, each: Judged) -> str:
        organisation = self.ledger.organisation(self.organisation)
        unit = organisation.chart.unit(each.party.id)
        return (unit.key or "") if unit else ""

    def commitments_by_team(self, period: str, day: str) -> Mapping[str, int]:
        return Counter(map(self._team, self._standing(period, day)))

    def commitments_by_champion(self, period: str, day: str) -> Mapping[str, int]:
        people = self.questions.people(self.ask(day))
        champions = (each.state.terms.champion for each in self._standing(period, day))
        return Counter(self.key(each, people[each]) for each in champions if each is not None)

    def stale_by_team(self, period: str, day: str) -> Mapping[str, int]:
        return Counter(self._team(each) for each in self._standing(period, day) if Flag.STALE in each.flags)

    def asks(self, period: str, day: str) -> Mapping[str, int]:
        found = self.alignment(period, day)
        if found is None:
            return {}
        goals = found.situation.goals
        return Counter(
            "/".join(
                (
                    (goals[each.target.goal].key or "").partition("/")[2] if each.target.goal else "",
                    self._team(each),
                    each.state.terms.level or self._label(each.id),
                )
            )
            for each in self._standing(period, day)
        )

    def commitment_changes(self, period: str, first: str, last: str) -> Mapping[str, int]:
        before, after = self.asks(period, first), self.asks(period, last)
        net = {each: after.get(each, 0) - before.get(each, 0) for each in {*before, *after}}
        return {each: count for each, count in net.items() if count}


def _difference(before: tuple[str, ...], after: tuple[str, ...]) -> Mapping[str, int]:
    return {each: 1 if each in after else -1 for each in {*before} ^ {*after}}
