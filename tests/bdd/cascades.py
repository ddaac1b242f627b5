"""How far the cascades came: the steps about it."""

from __future__ import annotations

from datetime import datetime

from pytest_bdd import parsers, then

from tests.bdd.concerns import GOVERNOR, as_of
from tests.bdd.conftest import Table, rows
from tests.bdd.driver import ZONE, Json
from tests.bdd.grammar import DAY
from tests.bdd.world import World

COLUMNS = {"ran": "managers_ran", "units ran": "units_ran", "own goals": "own_goals"}
GIVEN = ("as of", "known on", "of")


def cascade(world: World, row: dict[str, str]) -> Json:
    """The cascades of the whole organisation."""
    world.be_accepted()
    return world.driver.shown(GOVERNOR, f"alignment/cascade?{as_of(world, row, strategy=world.strategy)}")


def row_of(world: World, found: Json, of: str) -> Json:
    """The row of all, of a unit by its name, or of a rank in quotes."""
    if of == "all":
        return found["whole"]
    if of.startswith('"'):
        return next(each for each in found["ranks"] if each["rank"] == of.strip('"'))
    return next(each for each in found["units"] if each["unit"] == unit_id(world, of))


def unit_id(world: World, name: str) -> str:
    """The id of a unit by its name."""
    return str(next(each["id"] for each in world.driver.shown(GOVERNOR, "units") if each["name"] == name))


@then("the cascade reads:")
def cascade_reads(world: World, datatable: Table) -> None:
    found = []
    for row in rows(datatable):
        told = row_of(world, cascade(world, row), row["of"])
        found.append(
            {name: cell if name in GIVEN else str(told[COLUMNS.get(name, name)]) for name, cell in row.items()}
        )
    assert found == rows(datatable)


@then("the leaders stand beside their people:")
def leaders(world: World, datatable: Table) -> None:
    found = []
    for row in rows(datatable):
        unit = unit_id(world, row["unit"])
        (told,) = [each for each in cascade(world, row)["leaders"] if each["unit"] == unit]
        shown = {
            "leader": world.driver.name(told["leader"]) if told["leader"] else "",
            "since": _day(told["leader_since"]),
            "people since": _day(told["people_since"]),
            "people": f"{told['committed']} of {told['people']}",
            "leader first": {True: "yes", False: "no", None: ""}[told["leader_first"]],
        }
        found.append({name: shown.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)


@then(parsers.re(rf"on (?P<of>{DAY}) nothing is told of what is understood"))
def nothing_understood(world: World, of: str) -> None:
    found = cascade(world, {"as of": of})
    assert all(each["understood"] is None for each in (found["whole"], *found["units"], *found["ranks"]))


@then(parsers.re(rf"on (?P<of>{DAY}) it is told what is understood:"))
def understood(world: World, of: str, datatable: Table) -> None:
    answer = cascade(world, {"as of": of})
    units = {each["id"]: each["name"] for each in world.driver.shown(GOVERNOR, "units")}
    found = []
    for row in rows(datatable):
        told = row_of(world, answer, row["of"])["understood"]
        part = " + ".join(sorted(units[node[-1]] if node else "all" for node in told["part"]))
        found.append({"of": row["of"], "told of": part, "n": str(told["n"]), "share": str(told["share"])})
    assert found == rows(datatable)


def _day(instant: str | None) -> str:
    if instant is None:
        return ""
    found = datetime.fromisoformat(instant).astimezone(ZONE)
    return f"{found.day} {found:%b}"
