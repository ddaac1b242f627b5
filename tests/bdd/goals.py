"""The goal tree, plans, the table of four columns and who is on the hook, as they are shown: the steps about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote, urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.world import World

WHO = rf"(?P<person>{NAME})"


def asked(world: World, person: str, part: str, row: dict[str, str], /, **more: str) -> Json:
    """A part of the alignment state as of a row's day, as it was known on another."""
    world.be_accepted()
    times = {"valid_at": day(row["as of"]).isoformat()}
    if "known on" in row:
        times["known_at"] = day(row["known on"]).isoformat()
    return world.driver.shown(person, f"alignment/{part}?{urlencode({'strategy': world.strategy, **times, **more})}")


@then(parsers.re(rf"{WHO} is shown the plan of (?P<unit>{NAME}) from (?P<start>{DAY}):"))
def the_plan(world: World, person: str, unit: str, start: str, datatable: Table) -> None:
    """The actions of a horizon (all: of the whole plan), and what the team committed to together."""
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = asked(world, person, "plan", row, unit=unit)
        (plan,) = [each for each in answer["plans"] if each["start"] == day(start).isoformat() and each["name"] == unit]
        days = row.get("horizon", "all")
        (actions,) = [
            each["actions"] for each in [*plan["horizons"], {**plan, "days": "all"}] if str(each["days"]) == days
        ]
        assert len(actions["records"]) == actions["total"] + actions["ended"]
        told = {
            "done": actions["reads"],
            **{name: str(actions[name]) for name in ("open", "overdue", "ended", "moved")},
            "together": ", ".join(each["reads"] or "nobody" for each in plan["goals"]),
            "the unit itself": ", ".join("committed" if each["unit_counts"] else "not" for each in plan["goals"]),
            "closed out": "yes" if plan["closed_out"] else "no",
        }
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


@then(parsers.re(rf"{WHO} is shown the goal tree:"))
def the_tree(world: World, person: str, datatable: Table) -> None:
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = asked(world, person, "goal-tree", row, **({"unit": row["in"]} if row.get("in") else {}))
        told = {each["level"]: str(each["goals"]) for each in answer["levels"]}
        told |= {
            "supporting nothing": _names(each["key"] for each in answer["goals"] if each["loose"]),
            "without goals": _names(each["name"] for each in answer["units_without_goals"]),
            "supported by nothing": _names(each["element"] for each in answer["unsupported"]),
        }
        assert answer["supporting_nothing"] == sum(each["loose"] for each in answer["goals"])
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


def _names(found: Iterable[str]) -> str:
    return ", ".join(sorted(found)) or "none"


@then(parsers.re(rf"{WHO} is shown who is on the hook:"))
def on_the_hook(world: World, person: str, datatable: Table) -> None:
    """Who answers for a criterion, a bet or a goal, or nobody, and for how many days that is so."""
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = asked(world, person, "on-the-hook", row)
        every = [*answer["answered_for"], *answer["vacancies"]]
        goals = {each["id"]: each["key"] for each in world.driver.shown(person, f"goals?page_size=500&{_times(row)}")}
        (found,) = [
            each
            for each in every
            if row["what"] in (each["element"], goals.get(each["goal"]), (each["condition"] or "").replace("_", " "))
        ]
        who = [name for name, id in world.driver.people.items() if id == found["person"]]
        told = {"who": who[0] if who else "nobody", "days": str(found["days"]), "of": found["of"]}
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


def _times(row: dict[str, str]) -> str:
    known = {"known_at": day(row["known on"]).isoformat()} if "known on" in row else {}
    return urlencode({"valid_at": day(row["as of"]).isoformat(), **known})


@then(parsers.re(rf'{WHO} is shown that the action "(?P<action>[^"]+)" is due on:'))
def due(world: World, person: str, action: str, datatable: Table) -> None:
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        found = world.driver.shown(person, f"actions/{quote(action, safe='')}?{_times(row)}")
        told = {"day": found["by_when"], "at first": found["first_by_when"], "moves": str(found["moves"])}
        told = {name: _day(text) for name, text in told.items()}
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


def _day(text: str) -> str:
    """`2026-05-01` as the features write it."""
    if "-" not in text:
        return text
    found = date.fromisoformat(text)
    return f"{found.day} {found:%b}"


@then(parsers.re(rf"{WHO} is shown the table of four columns(?: of (?P<whose>{NAME}))?:"))
def the_table(world: World, person: str, whose: str | None, datatable: Table) -> None:
    """The empty cells by column, and the tactics in no row with what covers them; the page says the same."""
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        more = {} if whose is None else world.party(whose)
        answer = asked(world, person, "four-columns", row, **more)
        page = _page(world, person, row, more)
        empty = answer["empty"]
        assert page.count("<td class=empty>") == max(empty["all"], 0 if answer["rows"] else 4)
        told = {
            "goals": _names(each["title"] for each in answer["rows"]),
            "cells": str(answer["cells"]),
            "substantiation": str(empty["substantiation"]),
            "approach and tactics": str(empty["approach_and_tactics"]),
            "KPIs": str(empty["kpis"]),
            "serve no goal": _names(f"{each['title']} ({each['cover']})" for each in answer["loose_tactics"]),
        }
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


def _page(world: World, person: str, row: dict[str, str], more: dict[str, str]) -> str:
    address = f"alignment/four-columns/html?{_times(row)}&{urlencode({'strategy': world.strategy, **more})}"
    return world.driver.read(person, address)


@then(parsers.re(rf'the printed table that {WHO} sees on (?P<of>{DAY}) says "(?P<text>[^"]+)"'))
def the_page_says(world: World, person: str, of: str, text: str) -> None:
    world.be_accepted()
    assert text in _page(world, person, {"as of": of}, {})
