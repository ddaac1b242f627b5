"""Gaps, programmes and capabilities as they are shown: the steps about them."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, then

from tests.bdd.conditions import AS, WHO, asked
from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json
from tests.bdd.world import World


def part(world: World, person: str, name: str, row: dict[str, str]) -> Json:
    """A part of the alignment state, as it is shown to somebody."""
    world.be_accepted()
    return world.driver.shown(person, f"alignment/{name}?{asked(world, row['as of'], row.get('known on'))}")


@then(parsers.re(rf"{WHO} is shown the gaps:"))
def gaps(world: World, person: str, datatable: Table) -> None:
    """Against the newest review that closed; each count opens to as many gaps."""
    found = list[dict[str, str]]()
    for row in rows(datatable):
        answer = part(world, person, "gaps", row)
        told = dict[str, str]()
        for name in ("before", "closed", "new", "open", "critical", "unplanned", "without_work", "overdue"):
            assert answer[name]["count"] == len(answer[name]["records"])
            told[name.replace("_", " ")] = str(answer[name]["count"])
        found.append({name: told.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)


@then(parsers.re(rf"{WHO} is shown these gaps {AS}:"))
def each_gap(world: World, person: str, of: str, known: str | None, datatable: Table) -> None:
    row = {"as of": of, **({"known on": known} if known else {})}
    told = list[dict[str, str]]()
    for each in part(world, person, "gaps", row)["gaps"]:
        plan: dict[str, Any] = each["plan"] or {}
        count = each["actions"]["count"]
        told.append({
            "gap": f"the {each['condition']} of {each['unit_name']}",
            "stands": "critical" if each["critical"] else each["standing"],
            "who answers": "nobody" if plan.get("vacant", True) else world.driver.name(plan["accountable"]),
            "work": f"{each['actions_done']} of {count} done" if count else "none",
            "programmes": str(len(each["programmes"])),
            "judged by an owner": "yes" if each["not_separated"] else "no",
        })  # fmt: skip
    wanted = rows(datatable)
    names = [row["gap"] for row in wanted]
    assert [{name: each[name] for name in wanted[0]} for each in told if each["gap"] in names] == wanted


@then(parsers.re(rf'{WHO} is shown how much "(?P<title>[^"]+)" reached:'))
def reached(world: World, person: str, title: str, datatable: Table) -> None:
    found = list[dict[str, str]]()
    for row in rows(datatable):
        (each,) = [each for each in part(world, person, "programmes", row)["programmes"] if each["title"] == title]
        told = {
            "reached": f"{each['reached']['count']} of {each['of']}",
            "sessions": str(len(each["sessions"])),
            "stands": each["due"],
        }
        found.append({name: told.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)


@then(parsers.re(rf"{WHO} is shown that the bets are equipped:"))
def equipped(world: World, person: str, datatable: Table) -> None:
    found = list[dict[str, str]]()
    for row in rows(datatable):
        (each,) = [
            each for each in part(world, person, "capabilities", row)["elements"] if each["element"] == row["bet"]
        ]
        told = {
            "capabilities": f"{each['complete']} of {len(each['capabilities'])}",
            "people": f"{each['people_present']} of {each['people_needed']}",
            "equipped": "yes" if each["equipped"] else "no",
        }
        found.append({name: told.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)


@then(parsers.re(rf"{WHO} is named (?P<count>\d+) of those whom \"(?P<title>[^\"]+)\" reached {AS}"))
def named(world: World, person: str, count: str, title: str, of: str, known: str | None) -> None:
    row = {"as of": of, **({"known on": known} if known else {})}
    (each,) = [each for each in part(world, person, "programmes", row)["programmes"] if each["title"] == title]
    assert len(each["reached"]["records"]) == int(count)
