"""Decisions and resources as they are shown: the steps about them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import As
from tests.bdd.grammar import DAY, NAME, day
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


@then(parsers.re(rf"{WHO} is shown that there (?:goes|go):"))
def goes(world: World, person: str, datatable: Table) -> None:
    """What is planned for, and what went into, a bet, a goal or a let-go: of one currency, or of people."""
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = world.driver.shown(person, f"alignment/resources?{as_of(world, row)}")
        every = [each for name in ("bets", "let_gos", "other_elements", "goals") for each in answer[name]]
        (found,) = [each for each in every if row["into"] in (each["element"], each["text"])]
        of = row["of"]
        told = {
            name: found[name]["full_time_days"] if of == "people" else found[name]["money"].get(of, "nothing")
            for name in ("planned", "actual")
        }
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


@then(parsers.re(rf"{WHO} is shown that a bet gets more than one ranked above it:"))
def out_of_order(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    found = list[dict[str, str]]()
    asked = rows(datatable)
    for of in dict.fromkeys(row["as of"] for row in asked):
        answer = world.driver.shown(person, f"alignment/resources?{as_of(world, {'as of': of})}")
        pairs = [
            {
                "as of": of,
                "bet": each["lower"],
                "gets": each["lower_gets"],
                "and": each["higher"],
                "only": each["higher_gets"],
                "of": each["measure"],
                "as": each["basis"],
            }
            for each in answer["out_of_order"]
        ]
        found += pairs or [{**dict.fromkeys(asked[0], ""), "as of": of, "bet": "none"}]
    assert found == asked


@then(parsers.re(rf"{WHO} is shown that into what was let go there still goes:"))
def still_goes(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = world.driver.shown(person, f"alignment/resources?{as_of(world, row)}")
        (found,) = [each for each in answer["still_going_into_let_gos"] if each["element"] == row["let go"]]
        told = {
            "planned": found["planned_after"]["money"].get("EUR", "nothing"),
            "actual": found["actual_after"]["money"].get("EUR", "nothing"),
            "since": found["day"],
        }
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


@then(
    parsers.re(rf"{WHO} is listed that (?P<unit>{NAME}) gives (?P<amount>[\d.]+) of (?P<measure>\w+), and nothing else")
)
def gives(world: World, person: str, unit: str, amount: str, measure: str) -> None:
    world.be_accepted()
    (found,) = world.driver.shown(person, "resources")
    names = {each["id"]: each["name"] for each in world.driver.chart(As(of=world.today))}
    told = [(names[each["unit"]], each["amount"], each["measure"]) for each in found["planned"]]
    assert (told, found["spent"]) == ([(unit, amount, measure)], [])
    assert not sees(world, person, f"alignment/resources?{urlencode({'strategy': world.strategy})}")
    below = world.driver.shown(person, f"alignment/resources?{urlencode({'strategy': world.strategy, 'unit': unit})}")
    assert below["bets"][0]["planned"]["money"] == {measure: amount}


@then(parsers.re(rf"on (?P<of>{DAY}) {WHO} is shown no order of the leaders"))
def no_order(world: World, of: str, person: str) -> None:
    world.be_accepted()
    assert world.driver.shown(person, f"alignment/resources?{as_of(world, {'as of': of})}")["by_leaders"] is None


@then(
    parsers.re(
        rf"on (?P<of>{DAY}) {WHO} is shown that by the order of (?P<n>\d+) leaders the (?P<lower>[a-z ]+) get "
        r"(?P<more>\d+) and the (?P<higher>[a-z ]+) only (?P<less>\d+)"
    )
)
def by_leaders(world: World, of: str, person: str, n: str, lower: str, more: str, higher: str, less: str) -> None:
    world.be_accepted()
    answer = world.driver.shown(person, f"alignment/resources?{as_of(world, {'as of': of})}")
    (pair,) = answer["by_leaders"]["out_of_order"]
    assert answer["by_leaders"]["n"] == int(n)
    told = [pair[name] for name in ("lower", "lower_gets", "higher", "higher_gets", "higher_rank", "lower_rank")]
    assert told == [lower, more, higher, less, "1", "2"]
    assert answer["out_of_order"] == []
