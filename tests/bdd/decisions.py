"""Decisions and resources as they are shown: the steps about them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.grammar import NAME, day
from tests.bdd.permissions import sees
from tests.bdd.world import World

WHO = rf"(?P<person>{NAME})"


def as_of(world: World, row: dict[str, str], **more: str) -> str:
    """The arguments of a question about the strategy, as of a row's day as it was known on another."""
    asked = {"strategy": world.strategy, **more, "valid_at": day(row["as of"]).isoformat()}
    if "known on" in row:
        asked["known_at"] = day(row["known on"]).isoformat()
    return urlencode(asked)


@then(parsers.re(rf"{WHO} is shown that decisions follow:"))
def follow(world: World, person: str, datatable: Table) -> None:
    """How many decisions follow each driver, and none; each count opens to as many records."""
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = world.driver.shown(person, f"alignment/decisions?{as_of(world, row)}")
        counts = {each["element"]: each["decisions"] for each in answer["drivers"]}
        counts |= {"no value": answer["without_driver"], "reversed": answer["reversed"]}
        assert all(each["count"] == len(each["records"]) for each in counts.values())
        shown.append({name: str(counts[name]["count"]) if name in counts else cell for name, cell in row.items()})
    assert shown == rows(datatable)


@then(parsers.re(rf'{WHO} sees the decision on "(?P<matter>[^"]+)" and (?P<other>{NAME}) does not'))
def sees_decision(world: World, person: str, matter: str, other: str) -> None:
    world.be_accepted()
    address = f"decisions/{quote(matter, safe='')}"
    assert (sees(world, person, address), sees(world, other, address)) == (True, False)
    assert world.driver.shown(other, "decisions") == []
