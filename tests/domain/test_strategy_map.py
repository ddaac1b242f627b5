"""Where everything that a revision says stands on the map, and how it is cut to size."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.element import Element
from domain.goal import Goal, GoalStatus, StatusSince
from domain.strategy_map import Entry, Part, cut, folded, parts_of
from tests.support.specification import instant, some


def element(id: str, kind: str, **said: Any) -> Element:
    return Element(id=id, kind=kind, text=id.title(), **said)


def goal(title: str, status: GoalStatus = GoalStatus.ACCEPTED, **said: Any) -> Goal:
    return Goal(title=title, statuses=(StatusSince(status, instant("2026-01-01")),), **said)


def found(*elements: Element, goals: dict[UUID, Goal] | None = None, **named: Any) -> dict[str, list[Entry]]:
    parts = parts_of(elements, goals or {}, named.get("accountable", {}), named.get("for_goals", {}))
    assert [each.name for each in parts] == ["headed", "why", "winning", "doing"]
    return {each.name: list(each.entries) for each in parts}


def test_every_kind_has_its_place() -> None:
    told = found(
        element("l", "let_go"),
        element("o", "own_kind"),
        element("s", "success_criterion"),
        element("b2", "big_bet", rank=2),
        element("b", "bet"),
        element("b1", "big_bet", rank=1),
        element("d", "differentiator"),
        element("p", "client_profile"),
        element("q", "priority"),
        element("x", "value"),
        element("r", "principle"),
        element("m", "mission"),
        element("c", "case_for_change"),
        element("v", "vision"),
        element("f", "compelling_future"),
    )
    assert {name: [each.element for each in entries] for name, entries in told.items()} == {
        "headed": ["f", "v"],
        "why": ["c", "m", "x", "r"],
        "winning": ["p", "d", "b1", "b2", "b", "q", "o", "l"],
        "doing": ["s"],
    }
    assert [each.label for each in told["winning"][2:5]] == ["big bet 1", "big bet 2", "bet"]


def test_particulars_stand_beside_it() -> None:
    told = found(
        element("f", "compelling_future", horizon=date(2028, 12, 31)),
        element("p", "client_profile", seen_as="first"),
        element("d", "differentiator", edge="faster", apart_from=("a", "b"), profiles=("p", "gone")),
        element("e", "differentiator", edge="cheaper"),
        element("s", "success_criterion", measure="won", baseline="25 %", target="40 %", due=date(2027, 12, 31)),
        element("t", "success_criterion", target="40 %"),
    )
    assert [each.notes for part in told.values() for each in part] == [
        ("by 2028-12-31",),
        ("seen as first",),
        ("faster than a, b", "for P, gone"),
        ("cheaper",),
        ("won", "25 % → 40 %", "by 2027-12-31"),
        ("40 %",),
    ]


def test_who_answers_and_for_what_nobody_does() -> None:
    told = found(
        element("v", "vision"),
        element("b", "big_bet"),
        element("s", "success_criterion"),
        accountable={"s": some("Ann"), "b": None},
    )
    assert [(each.accountable, each.vacant) for each in (*told["headed"], *told["winning"], *told["doing"])] == [
        (None, False),
        (None, True),
        (some("Ann"), False),
    ]


def test_goals_still_to_be_reached_stand_under_their_units() -> None:
    units = sorted([some("a"), some("b")], key=str)
    goals = {
        some("1"): goal("Late", unit=units[1], due=date(2026, 12, 1)),
        some("2"): goal("Soon", unit=units[1], due=date(2026, 6, 1), target="2"),
        some("3"): goal("First", unit=units[0]),
        some("4"): goal("Own"),
        some("5"): goal("Proposed", GoalStatus.PROPOSED, unit=units[1], due=date(2026, 12, 2)),
        **{some(each): goal("Done", each) for each in GoalStatus if each not in {"proposed", "accepted"}},
    }
    told = found(goals=goals, for_goals={some("2"): some("Ann")})["doing"]
    assert [each.text for each in told] == ["Own", "First", "Soon", "Late", "Proposed"]
    assert (told[2].notes, told[2].accountable, told[2].vacant) == (("2", "by 2026-06-01"), some("Ann"), False)
    assert (told[0].unit, told[0].vacant, told[0].goal) == (None, True, some("4"))


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("one two three", None, "one two three"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two three", 8, "one two…"),
        ("onetwothree", 8, "onetwot…"),
        ("a twothreefour", 8, "a twoth…"),
    ],
)
def test_words_stay_whole_where_they_can(text: str, longest: int | None, expected: str) -> None:
    assert cut(text, longest) == expected


def test_what_was_cut_is_counted() -> None:
    entries = (
        Entry(label="value", text="one\n two"),
        Entry(label="value", text="x" * 9),
        Entry(label="value", text="y"),
    )
    part = Part(name="why", heading="Why", entries=entries)
    whole = folded([part])
    assert (whole.shortened, whole.left_out, whole.parts[0].entries[0].text) == (0, 0, "one two")
    made = folded([part, part], longest=8, most=2)
    assert (made.shortened, made.left_out) == (2, 2)
    assert [each.text for each in made.parts[0].entries] == ["one two", "xxxxxxx…"]
    noted = Part(name="why", heading="Why", entries=(Entry(label="v", text="v", notes=("n" * 9,)),))
    assert folded([noted], longest=8).shortened == 1


def test_of_every_kind_something_stays_when_entries_are_left_out() -> None:
    labels = ("client profile", "client profile", "client profile", "big bet 1", "big bet 2", "let go")
    part = Part(
        name="winning", heading="", entries=tuple(Entry(label=each, text=str(n)) for n, each in enumerate(labels))
    )
    kept = {most: [each.text for each in folded([part], most=most).parts[0].entries] for most in (2, 3, 4, 5)}
    assert kept == {2: ["0", "3"], 3: ["0", "3", "5"], 4: ["0", "1", "3", "5"], 5: ["0", "1", "3", "4", "5"]}
