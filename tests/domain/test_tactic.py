"""Tactics: taken up for a goal, moved to another, and dropped."""

from __future__ import annotations

import pytest

from domain.kernel import Actor, Content
from domain.tactic import (
    TACTIC,
    Serves,
    Tactic,
    TacticAdopted,
    TacticAlreadyAdopted,
    TacticChanged,
    TacticChangesNothing,
    TacticDropped,
    TacticOver,
    TacticUnknown,
)
from tests.support.specification import Given, given, instant, on, some

ADOPTED = TacticAdopted(key="calls", strategy=some("growth"), title="Call back first", goal=some("faster"))


def adopted() -> Given[Tactic]:
    return given(TACTIC, on("2026-04-01", ADOPTED).by(Actor(person=some("Ann"))))


def test_it_says_what_it_serves_and_who_took_it_up() -> None:
    adopted().when(on("2026-04-02", TacticChanged(title="Call at once"))).then(
        adopted_at=instant("2026-04-01"),
        author=some("Ann"),
        key="calls",
        title="Call at once",
        goal=some("faster"),
        serves=(Serves(some("faster"), instant("2026-04-01")),),
    )


def test_it_moves_to_another_goal_from_an_instant_on() -> None:
    moved = adopted().when(on("2026-04-10", TacticChanged(goal=some("kinder")))).then(goal=some("kinder"))
    assert moved.as_of("2026-04-09").goal == some("faster")


@pytest.mark.parametrize("content", [TacticChanged(title="x"), TacticDropped()])
def test_nothing_is_said_of_it_before_it_was_adopted_or_after_it_was_dropped(content: Content) -> None:
    given(TACTIC).when(on("2026-04-02", content)).then(TacticUnknown)
    adopted().when(on("2026-04-02", TacticDropped()), on("2026-04-03", content)).then(TacticOver)


def test_it_is_adopted_once_and_a_change_says_something() -> None:
    adopted().when(on("2026-04-02", ADOPTED)).then(TacticAlreadyAdopted)
    adopted().when(on("2026-04-02", TacticChanged())).then(TacticChangesNothing)
