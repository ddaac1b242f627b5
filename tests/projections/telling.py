"""Histories told in commands: one organisation's year, with everything that makes instants hard to get right.

Late entries, corrections of corrections, retractions taken back, units moved, merged and dissolved, several
strategies, people who leave and come back, revisions in force from a later day. What a rule refuses is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from application.ledger import Receipt
from application.review import Given
from domain.access import AccessRole
from domain.duty import DutyKind
from domain.kernel import Refusal
from domain.kpi_events import Direction
from domain.review import ReviewKind
from tests.support.stage import Stage

UNITS, PEOPLE, STRATEGIES = ("all", "north", "south", "lab"), ("ann", "bob", "cy", "dee"), ("growth", "care")
LEVELS = ("not yet", "on condition", "committed")
DAYS = [f"2026-{month:02}-{day:02}" for month in range(2, 11) for day in (1, 15)]
Said = dict[str, Any]  # Any: each field of the type that its command says


@dataclass(frozen=True)
class Act:
    """One statement, or a newer word on an earlier one: which, by chance, the numbers pick."""

    topic: str
    day: str
    one: int
    two: int
    word: str | None

    def unit(self, number: int) -> str:
        """A unit by number; the same number always means the same one."""
        return UNITS[number % len(UNITS)]

    def person(self, number: int) -> str:
        """A person by number."""
        return PEOPLE[number % len(PEOPLE)]

    @property
    def strategy(self) -> str:
        """The strategy spoken about."""
        return STRATEGIES[self.one % len(STRATEGIES)]


def _party(act: Act) -> Said:
    return {"party_unit": act.unit(act.two)} if act.two % 3 == 0 else {"party_person": act.person(act.two)}


def _target(act: Act) -> Said:
    return [{}, {"element": "vision"}, {"goal": f"{act.strategy}-goal"}][act.two % 3]


def _terms(act: Act) -> Said:
    return {"level": LEVELS[(act.one + act.two) % 3]}


def _commitment(act: Act) -> Said:
    return {"commitment": f"c{act.one % 4}"}


def _review(act: Act, stage: Stage) -> Said:
    return {
        "kind": ReviewKind.CLARITY_CHECK,
        "title": "Is it clear?",
        "strategy": act.strategy,
        "questionnaire": "clear-believable-implementable",
        "participants": PEOPLE[: 2 + act.two % 3],
        "closes": stage.day(act.day) + timedelta(days=30),
        "review": f"r{act.one % 2}",
    }


SAYING: dict[str, Callable[[Act, Stage], Said]] = {
    "unit.formed": lambda act, _: {"unit": "lab", "name": "Lab", "kind": "team", "parent": act.unit(act.one)},
    "unit.renamed": lambda act, _: {"unit": act.unit(act.one), "name": f"Name {act.two}"},
    "unit.moved": lambda act, _: {"unit": act.unit(act.one), "parent": act.unit(act.two)},
    "unit.merged": lambda act, _: {"unit": act.unit(act.one), "into": act.unit(act.two)},
    "unit.split": lambda act, _: {"unit": act.unit(act.one), "into": (act.unit(act.two), act.unit(act.two + 1))},
    "unit.dissolved": lambda act, _: {"unit": act.unit(act.one)},
    "spokesperson.named": lambda act, _: {"unit": act.unit(act.one), "person": act.person(act.two)},
    "person.left": lambda act, _: {"person": act.person(act.one)},
    "person.joined": lambda act, _: {"person": act.person(act.one)},
    "membership.began": lambda act, _: {
        "person": act.person(act.one), "unit": act.unit(act.two), "home": act.two % 2 == 0,
    },
    "membership.ended": lambda act, _: {"person": act.person(act.one), "unit": act.unit(act.two)},
    "rank.held": lambda act, _: {"person": act.person(act.one), "rank": ("lead", "staff")[act.two % 2]},
    "manager.assigned": lambda act, _: {"person": act.person(act.one), "manager": act.person(act.two)},
    "access.granted": lambda act, _: {"person": act.person(act.one), "role": list(AccessRole)[act.two % 2]},
    "strategy.revised": lambda act, _: {
        "strategy": act.strategy, **dict.fromkeys(("element", "kind"), ("vision", "mission")[act.two % 2]),
        "text": f"As of {act.day}",
    },
    "strategy.submitted": lambda act, _: {"strategy": act.strategy},
    "strategy.published": lambda act, stage: {
        "strategy": act.strategy, "material": act.two % 3 > 0,
        "in_force_from": stage.day(act.day) + timedelta(days=20) if act.two % 2 else None,
    },
    "strategy.retired": lambda act, _: {"strategy": act.strategy},
    "goal.changed": lambda act, _: {"goal": f"{act.strategy}-goal", "target": f"{act.two} %"},
    "goal.accepted": lambda act, _: {"goal": f"{act.strategy}-goal"},
    "goal.achieved": lambda act, _: {"goal": f"{act.strategy}-goal"},
    "tactic.adopted": lambda act, _: {
        "tactic": f"t{act.one % 2}", "title": "Way", "strategy": act.strategy, "goal": f"{act.strategy}-goal",
    },
    "tactic.changed": lambda act, _: {"tactic": f"t{act.one % 2}", "title": f"Way {act.two}"},
    "tactic.dropped": lambda act, _: {"tactic": f"t{act.one % 2}"},
    "action.planned": lambda act, stage: {
        "action": f"a{act.one % 2}", "title": "Work", "person": act.person(act.two), "goal": f"{act.strategy}-goal",
        "by_when": (stage.day(act.day) + timedelta(days=20)).date(),
    },
    "action.changed": lambda act, stage: {
        "action": f"a{act.one % 2}", "person": act.person(act.two),
        "by_when": (stage.day(act.day) + timedelta(days=30)).date(),
    },
    "action.done": lambda act, _: {"action": f"a{act.one % 2}", "evidence": f"seen on {act.day}"},
    "action.reopened": lambda act, _: {"action": f"a{act.one % 2}"},
    "action.dropped": lambda act, _: {"action": f"a{act.one % 2}"},
    "kpi.defined": lambda act, _: {
        "kpi": f"k{act.one % 3}", "title": f"KPI {act.two}", "measured_in": "%", "direction": Direction.UP,
        "baseline": str(act.two), "target": str(act.two + 10), "measurer": act.person(act.two),
        **({"goal": f"{act.strategy}-goal"} if act.two % 2 else {"strategy": act.strategy, "element": "vision"}),
        **[{}, {"unit": act.unit(act.one)}, {"person": act.person(act.one)}][act.two % 3],
    },
    "kpi.changed": lambda act, _: {"kpi": f"k{act.one % 3}", "target": str(30 + act.two)},
    "kpi.measured": lambda act, _: {"kpi": f"k{act.one % 3}", "value": f"{act.two}.5"},
    "kpi.retired": lambda act, _: {"kpi": f"k{act.one % 3}"},
    "commitment.made": lambda act, _: {
        **_commitment(act), **_party(act), "strategy": act.strategy, **_target(act), **_terms(act),
    },
    "commitment.changed": lambda act, _: {**_commitment(act), **_terms(act)},
    "commitment.renewed": lambda act, _: _commitment(act),
    "commitment.reassigned": lambda act, _: {**_commitment(act), **_party(act)},
    "commitment.accepted": lambda act, _: _commitment(act),
    "commitment.declined": lambda act, _: {"strategy": act.strategy, **_party(act), **_target(act)},
    "commitment.withdrawn": lambda act, _: _commitment(act),
    "commitment.confirmed": lambda act, _: _commitment(act),
    "commitment.fulfilled": lambda act, _: _commitment(act),
    "acknowledgement.given": lambda act, _: {"person": act.person(act.two), "strategy": act.strategy},
    "acknowledgement.declined": lambda act, _: {"person": act.person(act.two), "strategy": act.strategy},
    "duty.given": lambda act, _: {
        "person": act.person(act.two), "kind": list(DutyKind)[act.two % 3], "for_": act.strategy,
    },
    "review.opened": _review,
    "review.answered": lambda act, _: {
        "review": f"r{act.one % 2}", "person": act.person(act.two), "answers": {"clear": Given(score=1 + act.two % 5)},
    },
    "review.closed": lambda act, _: {"review": f"r{act.one % 2}"},
    "review.published": lambda act, _: {"review": f"r{act.one % 2}"},
}  # fmt: skip
"""What an act of each topic says."""


def acts() -> st.SearchStrategy[list[Act]]:
    """Up to sixty acts, a third of them words on earlier ones."""
    act = st.builds(
        Act,
        topic=st.sampled_from(sorted(SAYING)),
        day=st.sampled_from(DAYS),
        one=st.integers(0, 11),
        two=st.integers(0, 11),
        word=st.sampled_from([None, None, None, None, "replaced", "retracted"]),
    )
    return st.lists(act, min_size=20, max_size=60)


@dataclass(frozen=True)
class Told:
    """What became of an act: its receipt, and how it can be said again."""

    receipt: Receipt
    act: Act


def tell(stage: Stage, history: list[Act]) -> list[Told]:
    """Say it all, after an opening in which there are people, units and two published strategies."""
    told: list[Told] = []
    for act in (*OPENING, *history):
        earlier = told[(act.one * 12 + act.two) % len(told)] if told and act.word is not None else None
        try:
            receipt = _say(stage, act, earlier)
        except Refusal:
            continue
        told.append(Told(receipt, earlier.act if earlier else act))
    return told


def _say(stage: Stage, act: Act, earlier: Told | None) -> Receipt:
    if earlier is None:
        said = OPENED[act] if act in OPENED else SAYING[act.topic](act, stage)
        return stage.say(act.topic, act.day, reason="told late", **said)
    # A word on a fact, or on an earlier word on it: another day, the same said with other numbers, or nothing.
    topic = earlier.act.topic
    again = Act(topic, act.day, earlier.act.one, act.two, None)
    said = {} if act.word == "retracted" or earlier.act in OPENED else SAYING[topic](again, stage)
    return stage.correct(earlier.receipt, topic, act.day, DAYS[-1], "told wrongly", **said)


def _opening() -> dict[Act, Said]:
    number, opened = count(), dict[Act, Said]()

    def add(topic: str, day: str, **said: Any) -> None:
        opened[Act(topic, day, next(number), 0, None)] = said

    add("unit.formed", "2026-01-01", unit="all", name="All", kind="enterprise")
    for unit in ("north", "south"):
        add("unit.formed", "2026-01-01", unit=unit, name=unit.title(), kind="team", parent="all")
    for person, unit in zip(PEOPLE, ("north", "north", "south", "all"), strict=True):
        add("person.joined", "2026-01-02", person=person)
        add("membership.began", "2026-01-02", person=person, unit=unit, home=True)
    for strategy in STRATEGIES:
        add("strategy.drafted", "2026-01-03", strategy=strategy, title=strategy.title())
        for element in ("vision", "mission"):
            add("strategy.revised", "2026-01-03", strategy=strategy, element=element, kind=element, text="First")
        add("strategy.submitted", "2026-01-04", strategy=strategy)
        add("strategy.published", "2026-01-05", strategy=strategy, material=True)
        add(
            "goal.proposed",
            "2026-01-06",
            strategy=strategy,
            goal=f"{strategy}-goal",
            title="A goal",
            supports=("vision",),
        )
        for each, person in enumerate(PEOPLE[:2]):
            add(
                "commitment.made", "2026-01-07", commitment=f"c{2 * STRATEGIES.index(strategy) + each}",
                party_person=person, strategy=strategy, level="committed",
            )  # fmt: skip
    return opened


OPENED = _opening()
OPENING = tuple(OPENED)
