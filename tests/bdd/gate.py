"""Where a draft and its revisions stand at the gate: the steps about it."""

from __future__ import annotations

from urllib.parse import urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json, last_instant
from tests.bdd.grammar import DAY, day
from tests.bdd.world import World


def gate(world: World, of: str) -> Json:
    asked = {"strategy": world.strategy, "valid_at": last_instant(day(of)).isoformat()}
    return world.driver.shown("Cleo", f"alignment/gate?{urlencode(asked)}")


@then(parsers.re(rf'on (?P<of>{DAY}) the gate shows for the draft "(?P<verdict>[a-z-]+)":'))
def draft_stands(world: World, of: str, verdict: str, datatable: Table) -> None:
    found = gate(world, of)["draft"]
    assert (found["verdict"], found["open"]) == (verdict, verdict == "passed")
    (check,) = [each for each in found["checks"] if each["review"] == found["check"]]
    assert check["content_hash"] == found["content_hash"]
    told = [
        {
            "group": each["group"],
            "question": each["question"],
            "at 4 or more": f"{each['reached']} of {each['rated']}",
            "enough": "yes" if each["enough"] else "no",
        }
        for each in check["figures"]
    ]
    assert told == rows(datatable)


@then(
    parsers.re(
        rf"on (?P<of>{DAY}) the gate shows that revision (?P<number>\d+) was "
        r'"(?P<verdict>[a-z-]+)"(?P<excepted>, and passed by an exception)?'
    )
)
def revision_stood(world: World, of: str, number: str, verdict: str, excepted: str | None) -> None:
    world.be_accepted()
    found = gate(world, of)
    (revision,) = [each for each in found["revisions"] if each["revision"] == int(number)]
    assert (revision["verdict"], revision["open"]) == (verdict, True)
    assert (revision["exception"] is not None) == (excepted is not None)
    assert found["draft"] is None
