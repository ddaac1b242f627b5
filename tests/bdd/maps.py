"""The one-page strategy map: the steps about it."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.world import World
from tests.printing.pages import pages

WHO = rf"(?P<person>{NAME})"
SHEETS = {"A4": "a4", "Letter": "letter"}


def _address(world: World, revision: str) -> str:
    return f"strategies/{quote(world.strategy)}/revisions/{revision}/map"


@then(parsers.re(rf"on (?P<of>{DAY}) the map of revision (?P<revision>\d+) reads to {WHO}:"))
def reads(world: World, of: str, revision: str, person: str, datatable: Table) -> None:
    """The four parts from top to bottom, each entry with what stands beside it."""
    world.be_accepted()
    answer = world.driver.shown(person, f"{_address(world, revision)}?valid_at={day(of).isoformat()}")
    shown = [
        {"part": part["heading"], "what": entry["label"], "says": entry["text"], "beside it": _beside(answer, entry)}
        for part in answer["parts"]
        for entry in part["entries"]
    ]
    wanted = rows(datatable)
    assert [{name: row[name] for name in wanted[0]} for row in shown] == wanted


def _beside(answer: Json, entry: Json) -> str:
    unit, person = (answer[kind].get(entry[name]) for kind, name in (("units", "unit"), ("people", "accountable")))
    return ", ".join([*([unit] if unit else []), *entry["notes"], *([person] if person else [])])


@then(parsers.re(rf"the map of revision (?P<revision>\d+), printed by {WHO} on (?P<paper>A4|Letter), is one page"))
def one_page(world: World, revision: str, person: str, paper: str) -> None:
    """As the API gives it, with the answer's own tag; and the same bytes when it is asked again."""
    world.be_accepted()
    installation, organisation = world.driver.installation, world.driver.organisation
    token = installation.tokens.issue(organisation, person, person=UUID(world.driver.people[person]))[1]
    client = world.driver.app.test_client()
    address = f"/v1/organisations/{world.driver.key}/{_address(world, revision)}/pdf?paper={SHEETS[paper]}"
    headers = {"Authorization": f"Bearer {token}", "Avow-At-Least": str(world.driver.position)}
    first, second = (client.get(address, headers=headers) for _ in range(2))
    assert (first.status_code, first.mimetype) == (200, "application/pdf"), first.get_data(as_text=True)
    assert pages(first.get_data()) == 1
    assert first.get_data() == second.get_data()
    unchanged = client.get(address, headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 304
