"""What people are shown and what not: the steps about it."""

from __future__ import annotations

from urllib.parse import quote

from pytest_bdd import parsers, then

from tests.bdd.driver import Json, Refused
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.world import World

TITLE = r'"(?P<title>[^"]+)"'


def sees(world: World, person: str, address: str) -> bool:
    """Whether an address answers to a person."""
    try:
        world.driver.shown(person, address)
    except Refused as refused:
        rule = refused.rule
    else:
        return True
    assert "may not do this" in rule, rule
    return False


def review(world: World, person: str, title: str) -> Json:
    return world.driver.shown(person, f"reviews/{quote(title, safe='')}")


@then(
    parsers.re(
        rf"(?P<person>{NAME}) is told of {TITLE} that (?P<facilitator>{NAME}) runs it for (?P<sponsor>{NAME}) by "
        rf'"(?P<method>[^"]+)" until (?P<last>{DAY}): "(?P<words>[^"]+)"'
    )
)
def told_of_a_charter(
    world: World, person: str, title: str, facilitator: str, sponsor: str, method: str, last: str, words: str
) -> None:
    world.be_accepted()
    (charter,) = review(world, person, title)["charters"]
    assert world.driver.name(charter["facilitator"]) == facilitator
    assert world.driver.name(charter["sponsor"]) == sponsor
    told = charter["method"], charter["responds_by"], charter["ownership"]
    assert told == (method, day(last).isoformat(), words)


@then(
    parsers.re(rf"(?P<person>{NAME}) is told of {TITLE} that {NAME} was to report back by (?P<last>{DAY}) and has not")
)
def told_of_a_delay(world: World, person: str, title: str, last: str) -> None:
    world.be_accepted()
    (charter,) = review(world, person, title)["charters"]
    assert (charter["responds_by"], charter["overdue"]) == (day(last).isoformat(), True)


@then(parsers.re(rf"(?P<person>{NAME}) sees who is asked in {TITLE}, and (?P<other>{NAME}) does"))
def sees_participants(world: World, person: str, title: str, other: str) -> None:
    world.be_accepted()
    seen = review(world, person, title)
    assert seen["participants"]
    assert seen == review(world, other, title)


@then(parsers.re(rf"(?P<person>{NAME}) does not see {TITLE}, though (?P<other>{NAME}) does"))
def sees_no_review(world: World, person: str, title: str, other: str) -> None:
    world.be_accepted()
    address = f"reviews/{quote(title, safe='')}"
    assert (sees(world, person, address), sees(world, other, address)) == (False, True)


@then(parsers.re(rf"(?P<person>{NAME}) does not see the record of (?P<other>{NAME})"))
def sees_no_record(world: World, person: str, other: str) -> None:
    world.be_accepted()
    assert not sees(world, person, f"people/{quote(other)}/record")
