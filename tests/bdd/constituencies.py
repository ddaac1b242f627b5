"""How constituencies stand, and what a representative is shown: the steps about it."""

from __future__ import annotations

from urllib.parse import quote

from pytest_bdd import parsers, then

from tests.bdd.concerns import GOVERNOR, as_of
from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json
from tests.bdd.grammar import DAY, NAME
from tests.bdd.permissions import sees
from tests.bdd.world import World

OF_THE_ASK = ("representatives", "acknowledged", "declined", "outdated", "open")
GIVEN = ("as of", "known on", "constituency")
CLOSED = (
    "units",
    "strategies/Growth",
    "alignment?strategy=Growth",
    "alignment/constituencies?strategy=Growth",
    "constituencies",
    "people/Ann",
    "retention",
    "history",
    "channel",
)
"""Addresses that say something of the organisation."""
LISTS = ("strategies", "goals", "commitments", "reviews", "conversations", "concerns", "evidence", "duties")


def standing(world: World, row: dict[str, str]) -> Json:
    """How all of them stand."""
    world.be_accepted()
    address = f"alignment/constituencies?{as_of(world, row, strategy=world.strategy)}"
    return world.driver.shown(GOVERNOR, address)


@then("the constituencies read:")
def constituencies_read(world: World, datatable: Table) -> None:
    found = []
    for row in rows(datatable):
        listed = standing(world, row)["constituencies"]
        (told,) = [each for each in listed if each["name"] == row["constituency"]]
        (ask,) = told["asks"]
        figures = {**told, **{name: ask[name] for name in OF_THE_ASK}, "conversations": len(told["conversations"])}
        found.append(
            {name: cell if name in GIVEN else str(figures[name.replace(" ", "_")]) for name, cell in row.items()}
        )
    assert found == rows(datatable)


@then(parsers.re(rf"on (?P<of>{DAY}) the constituencies stand side by side:"))
def beside(world: World, of: str, datatable: Table) -> None:
    found = [
        {
            "element": element["element"],
            "constituency": each["name"],
            "acknowledged": f"{each['acknowledged']} of {each['representatives']}",
        }
        for element in standing(world, {"as of": of})["elements"]
        for each in element["constituencies"]
    ]
    assert found == rows(datatable)


@then(parsers.re(rf'on (?P<of>{DAY}) (?P<person>{NAME}) is asked by (?P<name>{NAME}): "(?P<text>[^"]+)", about:'))
def asked(world: World, of: str, person: str, name: str, text: str, datatable: Table) -> None:
    (ask,) = _asked(world, person)["asks"]
    assert (ask["name"], ask["text"], ask["said"]) == (name, text, "none")
    told = [{"element": each["id"], "text": each["text"]} for each in ask["elements"]]
    assert told == rows(datatable)


@then(parsers.re(rf'on (?P<of>{DAY}) (?P<person>{NAME}) is asked to answer "(?P<title>[^"]+)"'))
def asked_to_answer(world: World, of: str, person: str, title: str) -> None:
    (review,) = _asked(world, person)["reviews"]
    assert review["title"] == title
    assert [each["id"] for each in review["questions"]] == ["clear", "believable", "implementable", "missing"]


@then(parsers.re(rf"(?P<person>{NAME}) is shown nothing else of the organisation"))
def nothing_else(world: World, person: str) -> None:
    world.be_accepted()
    assert [each for each in CLOSED if sees(world, person, each)] == []
    assert {each: world.driver.shown(person, each) for each in LISTS} == {each: [] for each in LISTS}
    assert sees(world, person, f"people/{quote(person)}")


@then(parsers.re(rf"(?P<person>{NAME}) is asked nothing as a representative"))
def asked_nothing(world: World, person: str) -> None:
    assert _asked(world, person) == {"asks": [], "reviews": []}


def _asked(world: World, person: str) -> Json:
    world.be_accepted()
    return world.driver.shown(person, "me/asked")


@then(parsers.re(r"the (?P<element>[a-z ]+) is seen so:"))
def seen_so(world: World, element: str, datatable: Table) -> None:
    """What we want to be seen as, what we do, and what is perceived."""
    world.be_accepted()
    found = []
    for row in rows(datatable):
        address = f"alignment/perception?{as_of(world, row, strategy=world.strategy)}"
        (view,) = [each for each in world.driver.shown(GOVERNOR, address)["views"] if each["element"] == element]
        perceived = [each for each in view["perceived"] if each["group"] is not None]
        told = {
            "wanted": view["wanted"],
            "for": str(view["done"]["speaks_for"]),
            "against": str(view["done"]["speaks_against"]),
            "perceived by": ", ".join(each["group"] for each in perceived),
            "share": ", ".join(str(each["share"]) for each in perceived),
            "missing": ", ".join(view["missing"]),
        }
        found.append({name: told.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)
