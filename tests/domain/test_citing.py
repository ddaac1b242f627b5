"""What cites a vision, a mission, a value."""

from __future__ import annotations

from domain.citing import cited
from domain.commitment import Standing
from domain.element import Element
from domain.goal import Goal, GoalStatus, StatusSince, Supports
from tests.domain.test_focus import committed
from tests.support.specification import instant, some

ELEMENTS = (
    Element(id="care", kind="value", text="Care"),
    Element(id="bet", kind="bet", text="Bet", supports=("care", "first")),
    Element(id="first", kind="vision", text="First"),
)


def goal(*elements: str, status: GoalStatus = GoalStatus.ACCEPTED) -> Goal:
    at = instant("2026-01-01")
    return Goal(statuses=(StatusSince(status, at),), supports=(Supports(at, elements),))


def test_drivers_come_vision_first_with_what_cites_them() -> None:
    judged = [
        committed("a", element="care"),
        committed("b", Standing.WITHDRAWN, element="care"),
        committed("c", element="bet"),
    ]
    goals = {some("g"): goal("care"), some("h"): goal("care", status=GoalStatus.MISSED), some("i"): goal("bet")}
    found = cited(ELEMENTS, goals, judged)
    assert [(each.element, each.kind) for each in found] == [("first", "vision"), ("care", "value")]
    vision, value = found
    assert value.commitments == {some("a")}
    assert value.goals == {some("g")}
    assert [each.elements for each in found] == [("bet",), ("bet",)]
    assert not vision.commitments
    assert not vision.goals
