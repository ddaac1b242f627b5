"""Regular looks and business reviews as they are shown: the steps about them."""

from __future__ import annotations

from pytest_bdd import parsers, then

from tests.bdd.conditions import WHO
from tests.bdd.conftest import Table, rows
from tests.bdd.gaps import part
from tests.bdd.world import World

WANTED = {True: "yes", False: "no"}


@then(parsers.re(rf"{WHO} is shown the checks:"))
def checks(world: World, person: str, datatable: Table) -> None:
    found = list[dict[str, str]]()
    for row in rows(datatable):
        answer = part(world, person, "checks", row)
        last = answer["last"] or {"title": "none", "wanted": None, "effort": {}}
        effort = last["effort"]
        told = {
            "last": last["title"],
            "still wanted": WANTED.get(last["wanted"], "-"),
            "revision called for": "yes" if answer["revision_wanted"] else "no",
            "missed": str(answer["missed"]),
            "goals": f"{effort.get('goals')} of {effort.get('of')}",
            "exceptions": f"{effort.get('exceptions')} of {effort.get('of')}",
            "fire-fighting": f"{effort.get('fire_fighting')} of {effort.get('of')}",
        }
        found.append({name: told.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)


@then(parsers.re(rf'{WHO} is shown where the effort of "(?P<title>[^"]+)" went:'))
def effort(world: World, person: str, title: str, datatable: Table) -> None:
    wanted = rows(datatable)
    answer = part(world, person, "checks", wanted[0])
    (check,) = [each for each in answer["checks"] if each["title"] == title]
    told = [
        {
            "as of": wanted[0]["as of"],
            "team": each["name"],
            "goals": str(each["goals"]),
            "exceptions": str(each["exceptions"]),
            "fire-fighting": str(each["fire_fighting"]),
            "progress": each["progress"],
        }
        for each in check["teams"]
    ]
    shares = check["percent"]
    told.append({
        "as of": wanted[0]["as of"], "team": "all", "goals": f"{shares['goals']} %",
        "exceptions": f"{shares['exceptions']} %", "fire-fighting": f"{shares['fire_fighting']} %", "progress": "",
    })  # fmt: skip
    assert told == wanted


@then(parsers.re(rf'{WHO} is shown what "(?P<title>[^"]+)" found:'))
def findings(world: World, person: str, title: str, datatable: Table) -> None:
    wanted = rows(datatable)
    (review,) = [
        each for each in part(world, person, "checks", wanted[0])["business_reviews"] if each["title"] == title
    ]
    told = [
        {
            "as of": wanted[0]["as of"],
            "finding": each["text"],
            "actions": str(each["actions"]["count"]),
            "done": str(each["actions_done"]),
        }
        for each in review["findings"]
    ]
    assert told == wanted
    assert review["without_action"] == sum(each["actions"] == "0" for each in wanted)
