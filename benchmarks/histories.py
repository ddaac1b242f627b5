"""Histories of any size, in the history format, for measuring: the same size gives the same history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

STRATEGIES = 10
START = datetime(2024, 1, 1, 8, tzinfo=UTC)
LEVELS = ("not yet", "on condition", "committed")
FACTS_A_PERSON = 2 + STRATEGIES * 5
"""Joining, a membership, and for each strategy an acknowledgement, three commitments and a change."""


def history(facts: int, organisation: str = "bench") -> Iterator[dict[str, object]]:
    """About `facts` facts: one person for every fifty, a team for every ten people, ten strategies, five goals each."""
    random = Random(facts)
    people = max(10, facts // FACTS_A_PERSON)
    at = START
    yield {"avow": 1, "organisation": organisation, "source": "benchmark", "reason": "made for measuring"}
    yield _line("o", "organisation.founded", at, organisation=organisation, name="Bench", zone="UTC")
    yield _line("u", "unit.formed", at, unit="all", name="All", kind="enterprise")
    for team in range((people + 9) // 10):
        yield _line(f"u{team}", "unit.formed", at, unit=f"t{team}", name=f"Team {team}", kind="team", parent="all")
    for person in range(people):
        yield _line(f"p{person}", "person.joined", at, person=f"p{person}", name=f"Person {person}")
        yield _line(
            f"m{person}", "membership.began", at, person=f"p{person}", unit=f"t{person // 10}", role="member", home=True
        )
    for strategy in range(STRATEGIES):
        at += timedelta(days=60)
        key = f"s{strategy}"
        yield _line(f"{key}d", "strategy.drafted", at, strategy=key, title=f"Strategy {strategy}")
        for element in range(4):
            yield _line(
                f"{key}e{element}",
                "strategy.revised",
                at,
                strategy=key,
                element=f"e{element}",
                kind="principle",
                text=f"Principle {element} of {key}",
            )
        yield _line(f"{key}p", "strategy.published", at, strategy=key, revision=1, material=True)
        for goal in range(5):
            yield _line(
                f"{key}g{goal}",
                "goal.proposed",
                at,
                strategy=key,
                goal=f"{key}g{goal}",
                title=f"Goal {goal}",
                supports=[f"e{goal % 4}"],
            )
        yield from _statements(random, key, people, at)


def _statements(random: Random, key: str, people: int, at: datetime) -> Iterator[dict[str, object]]:
    for person in range(people):
        who, when = f"p{person}", at + timedelta(minutes=random.randrange(1, 40_000))
        yield _line(f"{key}a{person}", "acknowledgement.given", when, person=who, strategy=key, actor=who)
        for number in range(3):
            target: dict[str, object] = {"goal": f"{key}g{random.randrange(5)}"} if number else {"element": "e0"}
            yield _line(
                f"{key}c{person}-{number}",
                "commitment.made",
                when,
                commitment=f"{key}c{person}-{number}",
                party={"person": who},
                strategy=key,
                level=random.choice(LEVELS),
                actor=who,
                **target,
            )
        act = random.choice(("commitment.changed", "commitment.fulfilled", "commitment.withdrawn"))
        terms = {"level": "committed"} if act == "commitment.changed" else {}
        yield _line(
            f"{key}x{person}", act, when + timedelta(days=1), commitment=f"{key}c{person}-0", actor=who, **terms
        )


def _line(id: str, type: str, at: datetime, **said: object) -> dict[str, object]:
    return {"id": id, "type": type, "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), **said}


def write(path: Path, facts: int, organisation: str = "bench") -> int:
    """Write a history file; tells how many facts it has."""
    lines = 0
    with path.open("w", encoding="utf-8") as file:
        for line in history(facts, organisation):
            file.write(json.dumps(line) + "\n")
            lines += 1
    return lines - 1
