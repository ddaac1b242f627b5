"""What concerns come to, and who is shown them: the steps about it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json
from tests.bdd.grammar import NAME, day
from tests.bdd.permissions import sees
from tests.bdd.world import World

GOVERNOR = "Cleo"
"""Who asks for figures of the whole organisation."""
COLUMNS = {"oldest": "oldest_open_days", "days to confirm": "median_days_to_confirm"}


def as_of(world: World, row: dict[str, str], **asked: str | None) -> str:
    """The arguments of a question as of a row's day, known on its other day, if it has one."""
    times = {"valid_at": day(row["as of"]).isoformat()}
    if "known on" in row:
        times["known_at"] = day(row["known on"]).isoformat()
    times = {name: each for name, each in times.items() if each != world.today.isoformat()}
    return urlencode({name: each for name, each in asked.items() if each is not None} | times)


def told(value: object) -> str:
    """A figure as a table has it: whole numbers without a point, nothing for none."""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


@then(parsers.re(rf"(?:in (?P<unit>{NAME}) )?the concerns read:"))
def concerns_read(world: World, unit: str | None, datatable: Table) -> None:
    world.be_accepted()
    found = []
    for row in rows(datatable):
        address = f"alignment/concerns?{as_of(world, row, strategy=world.strategy, unit=unit)}"
        kinds: list[Json] = world.driver.shown(GOVERNOR, address)["kinds"]
        (meant,) = [each for each in kinds if (each["kind"] or "all") == row["kind"]]
        given = ("as of", "known on", "kind")
        found.append(
            {name: cell if name in given else told(meant[COLUMNS.get(name, name)]) for name, cell in row.items()}
        )
    assert found == rows(datatable)


@then(parsers.re(rf'(?P<one>{NAME}) is shown the concern "(?P<concern>[^"]+)", and (?P<other>{NAME}) too'))
def shown(world: World, one: str, other: str, concern: str) -> None:
    world.be_accepted()
    for person in (one, other):
        assert sees(world, person, f"concerns/{quote(concern)}")
        assert [each["person"] for each in world.driver.shown(person, "concerns")] == [world.driver.people[one]]


@then(parsers.re(rf'(?P<one>{NAME}) is not shown the concern "(?P<concern>[^"]+)", nor is (?P<other>{NAME})'))
def not_shown(world: World, one: str, other: str, concern: str) -> None:
    world.be_accepted()
    for person in (one, other):
        assert not sees(world, person, f"concerns/{quote(concern)}")
        assert world.driver.shown(person, "concerns") == []


@then(parsers.re(r'it is refused, and "(?P<channel>[^"]+)" is where to take it'))
def refused_with_the_channel(world: World, channel: str) -> None:
    found = world.refused()
    assert "a report of wrongdoing is not taken here" in found.rule
    assert channel in found.way_out


@then(parsers.re(rf'(?P<person>{NAME}) sees with the concerns that reports of wrongdoing go to "(?P<channel>[^"]+)"'))
def the_channel(world: World, person: str, channel: str) -> None:
    world.be_accepted()
    found = world.driver.replied(person, "concerns")
    assert (found["answer"], found["present"]) == ([], {"reports_of_wrongdoing": channel})
