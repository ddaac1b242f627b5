"""What people and units hold, propose and ask of one another: the steps in which it is asked about."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json, Refused
from tests.bdd.grammar import DAY, NAME, day, listed
from tests.bdd.world import World

STAGES = ("relationship", "possibility", "pathway", "action", "completion")
WHY = {
    "lead": "leads it", "spokesperson": "speaks for it", "facilitator": "facilitates", "came_through": "came through",
}  # fmt: skip


def state_of(
    world: World, person: str, part: str, of: str, known: str | None = None, unit: str | None = None, **more: str
) -> Json:
    """A part of the alignment state as it is shown to somebody."""
    world.be_accepted()
    asked = {"strategy": world.strategy, "valid_at": day(of).isoformat(), **more}
    if known:
        asked["known_at"] = day(known).isoformat()
    if unit:
        asked["unit"] = unit
    return world.driver.shown(person, f"alignment/{part}?{urlencode(asked)}")


@then(parsers.re(rf"the enrolment(?: in (?P<unit>{NAME}))?, shown to (?P<person>{NAME}), reads:"))
def enrolment_reads(world: World, unit: str | None, person: str, datatable: Table) -> None:
    """The matrix as of a day, known on a day: how many came through each stage, or their names."""
    found = list[dict[str, str]]()
    for row in rows(datatable):
        answer = state_of(world, person, "enrolment", row["as of"], row.get("known on"), unit)
        told = {"filled": f"{answer['filled']} of {answer['of']}"}
        for each in answer["stages"]:
            count = str(each["filled"])
            names = _came_through(world, answer, each["stage"])
            told[each["stage"]] = names if row.get(each["stage"], "").isalpha() else count
            told[f"{each['stage']} again"] = str(each["due_again"])
        told["stale"] = str(sum(each["stale"] for each in answer["stages"]))
        told["partly"] = str(sum(each["partly"] for each in answer["stages"]))
        found.append({name: told.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)


def _came_through(world: World, answer: Json, stage: str) -> str:
    """The names of those who came through a stage, as initials."""
    people = [
        world.driver.name(row["person"])
        for row in answer["people"]
        for cell in row["stages"]
        if cell["stage"] == stage and cell["filled"]
    ]
    return "".join(sorted(people))


@then(parsers.re(rf"on (?P<of>{DAY}) (?P<person>{NAME}) is told that (?P<who>{NAME}) lacks (?P<stages>[a-z, ]+)"))
def lacks(world: World, of: str, person: str, who: str, stages: str) -> None:
    answer = state_of(world, person, "enrolment", of)
    (row,) = [each for each in answer["people"] if world.driver.name(each["person"]) == who]
    assert [each["stage"] for each in row["stages"] if not each["filled"]] == listed(stages)


@then(parsers.re(rf"in (?P<unit>{NAME}) on (?P<of>{DAY}) (?P<person>{NAME}) is told the stages of (?P<who>.+) by name"))
def named(world: World, unit: str, of: str, person: str, who: str) -> None:
    answer = state_of(world, person, "enrolment", of, unit=unit)
    assert sorted(world.driver.name(each["person"]) for each in answer["people"]) == sorted(listed(who))


@then(
    parsers.re(
        rf'(?P<person>{NAME}) is told of the conversation "(?P<key>[^"]+)" what came of it for (?P<who>.+), and that '
        r"there are (?P<others>\d+) others"
    )
)
def told_of(world: World, person: str, key: str, who: str, others: str) -> None:
    world.be_accepted()
    found = world.driver.shown(person, f"conversations/{quote(key, safe='')}")
    assert sorted(world.driver.name(each["person"]) for each in found["outcomes"]) == sorted(listed(who))
    assert found["others"] == int(others)


@then(
    parsers.re(
        rf"on (?P<of>{DAY}) the next conversation on (?P<stage>[a-z]+) in (?P<unit>{NAME}), "
        rf"shown to (?P<person>{NAME}), could be held by:"
    )
)
def could_hold(world: World, of: str, stage: str, unit: str, person: str, datatable: Table) -> None:
    answer = state_of(world, person, "enrolment", of, unit=unit)
    (row,) = [each for each in answer["units"] if each["name"] == unit]
    (cell,) = [each for each in row["stages"] if each["stage"] == stage]
    told = [{"person": world.driver.name(each["person"]), "because": WHY[each["why"]]} for each in cell["could_hold"]]
    assert sorted(told, key=str) == sorted(rows(datatable), key=str)


@then(parsers.re(rf'(?P<person>{NAME}) is thanked for "(?P<completed>[^"]+)"'))
def thanked(world: World, person: str, completed: str) -> None:
    world.be_accepted()
    found = world.driver.shown(person, "conversations")
    said = [each["completed"] for one in found for each in one["recognition"]]
    assert said == [completed]


@then(parsers.re(rf'(?P<person>{NAME}) is told nothing of the conversation "(?P<key>[^"]+)"'))
def told_nothing(world: World, person: str, key: str) -> None:
    world.be_accepted()
    with pytest.raises(Refused):
        world.driver.shown(person, f"conversations/{quote(key, safe='')}")


@then(parsers.re(rf"the shaping(?: in (?P<unit>{NAME}))?, shown to (?P<person>{NAME}), reads:"))
def shaping_reads(world: World, unit: str | None, person: str, datatable: Table) -> None:
    found = list[dict[str, str]]()
    for row in rows(datatable):
        answer = state_of(world, person, "shaping", row["as of"], row.get("known on"), unit)
        told = {
            **{name.replace("_", " "): str(each) for name, each in answer["proposals"].items()},
            **_share(answer["whole"]),
            "oldest": "none" if answer["oldest_days"] is None else f"{answer['oldest_days']} days",
            "published over": str(answer["published_over"]),
            "open": "yes" if answer["open"] else "no",
        }
        found.append({name: told.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)


@then(parsers.re(rf"by (?P<group>rank|unit) on (?P<of>{DAY}) the shaping, shown to (?P<person>{NAME}), reads:"))
def shaping_by(world: World, group: str, of: str, person: str, datatable: Table) -> None:
    answer = state_of(world, person, "shaping", of)
    name = "rank" if group == "rank" else "name"
    told = [{group: each[name] or "none", **_share(each["share"])} for each in answer[f"by_{group}"]]
    expected = rows(datatable)
    assert sorted(({key: each[key] for key in expected[0]} for each in told), key=str) == sorted(expected, key=str)


def _share(share: Json) -> dict[str, str]:
    return {"took part": f"{share['took_part']} of {share['people']}", "committed": str(share["committed"])}


@then(parsers.re(rf'to (?P<person>{NAME}) the proposal "(?P<key>[^"]+)" reads (?P<status>[a-z ]+): "(?P<why>[^"]+)"'))
def proposal_reads(world: World, person: str, key: str, status: str, why: str) -> None:
    world.be_accepted()
    found = world.driver.shown(person, f"proposals/{quote(key, safe='')}")
    assert (found["status"].replace("_", " "), found["replies"][-1]["why"]) == (status, why)


@then(parsers.re(rf"on (?P<of>{DAY}) (?P<person>{NAME}) (?P<can>sees|does not see) the draft"))
def draft_seen(world: World, of: str, person: str, can: str) -> None:
    world.be_accepted()
    address = f"strategies/{quote(world.strategy)}?valid_at={day(of).isoformat()}"
    if can == "sees":
        assert world.driver.shown(person, address)["draft"]["elements"]
    else:
        with pytest.raises(Refused):
            world.driver.shown(person, address)


@then(parsers.re(rf"the coordination(?: in (?P<unit>{NAME}))?, shown to (?P<person>{NAME}), reads:"))
def coordination_reads(world: World, unit: str | None, person: str, datatable: Table) -> None:
    found = list[dict[str, str]]()
    for row in rows(datatable):
        answer = state_of(world, person, "coordination", row["as of"], row.get("known on"), unit)
        told = _counts(answer["counts"])
        found.append({name: told.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)


def _counts(counts: Json, side: str = "") -> dict[str, str]:
    """The counts by their names in the features; of one side of a unit, all that is asked stands under its own name."""
    named = {name.replace("_", " "): str(each) for name, each in counts.items()}
    return {f"{side} {name}".strip(): each for name, each in named.items()} | ({side: named["asked"]} if side else {})


@then(parsers.re(rf"on (?P<of>{DAY}) the edges of the coordination, shown to (?P<person>{NAME}), are:"))
def edges(world: World, of: str, person: str, datatable: Table) -> None:
    answer = state_of(world, person, "coordination", of)
    told = [
        {"requester": each["requester_name"], "performer": each["performer_name"], **_counts(each["counts"])}
        for each in answer["edges"]
    ]
    expected = rows(datatable)
    found = [{name: each[name] for name in expected[0]} for each in told]
    assert sorted(found, key=str) == sorted(expected, key=str)


@then(parsers.re(rf"on (?P<of>{DAY}) the units of the coordination, shown to (?P<person>{NAME}), are:"))
def units(world: World, of: str, person: str, datatable: Table) -> None:
    answer = state_of(world, person, "coordination", of)
    told = [
        {"unit": each["name"], **_counts(each["asks"], "asks"), **_counts(each["is_asked"], "is asked")}
        for each in answer["units"]
    ]
    expected = rows(datatable)
    found = [{name: each[name] for name in expected[0]} for each in told]
    assert sorted(found, key=str) == sorted(expected, key=str)


@then(
    parsers.re(
        rf'to (?P<person>{NAME}) "(?P<key>[^"]+)" was asked for by (?P<asked>{DAY}), '
        rf"promised first by (?P<first>{DAY}), and is due by (?P<due>{DAY}), after (?P<moves>\d+) moves"
    )
)
def days_of(world: World, person: str, key: str, asked: str, first: str, due: str, moves: str) -> None:
    world.be_accepted()
    found = world.driver.shown(person, f"unit-requests/{quote(key, safe='')}")
    days = [day(each).isoformat() for each in (asked, first, due)]
    assert [found["asked_for"], found["first_promised"], found["by_when"], str(found["moves"])] == [*days, moves]


@then(
    parsers.re(
        rf'(?P<person>{NAME}) (?P<can>sees|does not see) "(?P<key>[^"]+)" behind the coordination in (?P<unit>{NAME})'
    )
)
def behind_the_graph(world: World, person: str, can: str, key: str, unit: str) -> None:
    """The request itself, behind the counts of an edge; the counts are told in either case."""
    answer = state_of(world, person, "coordination", f"{world.today:%-d %b %Y}", unit=unit)
    titles = [each["request"]["title"] for each in answer["requests"]]
    assert (key in titles) is (can == "sees")
    assert answer["counts"]["asked"] > 0
