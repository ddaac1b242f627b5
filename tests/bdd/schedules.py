"""Schedules at work: the clock goes on, Avow looks at them; what became of their occurrences."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import quote

from pytest_bdd import parsers, step, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import ZONE, Json, Said
from tests.bdd.grammar import DAY, day, listed
from tests.bdd.world import World

TITLE = r'"(?P<title>[^"]+)"'


@step(parsers.re(rf"it is (?P<of>{DAY}) and Avow looks at its schedules(?P<twice>, twice)?"))
def looks(world: World, of: str, twice: str | None) -> None:
    """As its worker does; a second look finds nothing to do."""
    world.be_accepted()
    world.today = day(of)
    world.driver.say(Said(topic="clock.advanced", fields={}, at=world.today, known=world.today))
    keeper, organisation = world.driver.installation.schedules, world.driver.organisation
    keeper.keep(organisation)
    if twice:
        assert keeper.keep(organisation) == 0
    head = world.driver.installation.ledger.ledger_recorder.head(organisation)
    assert head is not None
    world.driver.position, world.driver.newest = head.position, head.recorded_at


def occurrences(world: World, title: str) -> Json:
    world.be_accepted()
    return world.driver.shown("Cleo", f"schedules/{quote(title)}/occurrences")


def _day(instant: str) -> date:
    return datetime.fromisoformat(instant).astimezone(ZONE).date()


def _told(of: date) -> str:
    return f"{of.day} {of:%b}"


@then(parsers.re(rf"{TITLE} was:"))
def became(world: World, title: str, datatable: Table) -> None:
    told = list[dict[str, str]]()
    for each in occurrences(world, title):
        row = {"on": _told(_day(each["at"])), "standing": each["standing"], "asked": "", "until": ""}
        if each["review"] is not None:
            review = world.driver.shown("Cleo", f"reviews/{each['review']}")
            names = sorted(world.driver.name(person) for person in review["participants"])
            row["asked"] = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
            row["until"] = _told(_day(review["closes"]) - timedelta(days=1))
        told.append(row)
    assert told == rows(datatable)


@then(parsers.re(rf"{TITLE} was missed:"))
def missed(world: World, title: str, datatable: Table) -> None:
    told = [
        {"on": _told(_day(each["at"])), "because": each["in_words"]}
        for each in occurrences(world, title)
        if each["standing"] == "missed"
    ]
    assert told == rows(datatable)


@then(parsers.re(rf"{TITLE} had no occurrence"))
def had_none(world: World, title: str) -> None:
    assert occurrences(world, title) == []


@then(parsers.re(rf"{TITLE} comes next on (?P<days>{DAY}(?:, {DAY})*(?: and {DAY})?)"))
def comes_next(world: World, title: str, days: str) -> None:
    world.be_accepted()
    found = world.driver.shown("Cleo", f"schedules/{quote(title)}")
    assert [_told(_day(each["at"])) for each in found["next"]] == listed(days)
