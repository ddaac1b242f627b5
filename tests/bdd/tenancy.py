"""Two organisations on one installation: the steps about what they know of each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote
from uuid import uuid4

import pytest
from pytest_bdd import given, parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import As, Json, Refused, Said
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.world import World

ADDRESSES = {"person": "people/{}", "unit": "units/{}", "strategy": "strategies/{}"}


@dataclass
class Other:
    """The other organisation, and how many events its record had when it was made."""

    world: World
    events: int

    def id(self, what: str, name: str) -> str:
        """The other organisation's own id of something."""
        return str(_shown(self.world, ADDRESSES[what].format(quote(name)))["id"])


def _shown(world: World, address: str, who: str = "Cleo") -> Json:
    return world.driver.shown(who, address)


def _no(world: World, who: str, address: str, organisation: str | None = None) -> str:
    """How an address is refused to somebody, in an organisation named by its key."""
    _shown(world, "me", who)  # who has their token from their own organisation
    own = world.driver.key
    world.driver.key = organisation or own
    try:
        with pytest.raises(Refused) as refused:
            _shown(world, address, who)
    finally:
        world.driver.key = own
    return f"{refused.value.rule}; {refused.value.way_out}"


def _length(world: World) -> int:
    head = world.driver.installation.ledger.ledger_recorder.head(world.driver.organisation)
    assert head is not None
    return head.position


@given(
    parsers.re(
        rf"on the same installation another organisation in which all of this has the same names, and (?P<more>{NAME}) "
        "works besides"
    ),
    target_fixture="other",
)
def another_organisation(world: World, more: str) -> Other:
    found = World(world.driver.beside())
    found.driver.found(date(2026, 1, 1), grace_days=7)
    found.say("the team Service is formed")
    for person in ("Ann", "Cleo", more):
        found.say(f"{person} joins Service", day("2 Jan"))
    for sentence, on in (
        ("Cleo is a strategist", "2 Jan"),
        ("Cleo is a sponsor", "2 Jan"),
        ("The office drafts the strategy Growth", "3 Mar"),
        ('The office writes the vision, a vision: "The other call"', "3 Mar"),
        ("The office submits the strategy", "3 Mar"),
        ("The office publishes a material revision", "3 Mar"),
    ):
        found.say(sentence, day(on))
    found.be_accepted()
    return Other(found, _length(found))


@then(parsers.re(rf"on (?P<of>{DAY}) as many are committed:"))
def committed(world: World, other: Other, of: str, datatable: Table) -> None:
    world.be_accepted()
    for row in rows(datatable):
        asked = world if row["organisation"] == "this" else other.world
        found = asked.driver.alignment(asked.strategy, As(of=day(of)))["people_committed"]
        assert f"{found['count']} of {found['of']}" == row["committed"]


@then(parsers.re(rf"(?P<person>{NAME}) here and {NAME} in the other organisation are two people"))
def two_people(world: World, other: Other, person: str) -> None:
    address = ADDRESSES["person"].format(person)
    here, there = (_shown(each, address, person)["id"] for each in (world, other.world))
    assert here != there
    assert [world.driver.people[person], other.world.driver.people[person]] == [here, there]


@then(
    parsers.re(
        rf'what (?P<person>{NAME}) is shown of the vision reads "(?P<here>[^"]+)" here and "(?P<there>[^"]+)" there'
    )
)
def two_visions(world: World, other: Other, person: str, here: str, there: str) -> None:
    texts = [
        _shown(each, "strategies/Growth/revisions/1", person)["elements"][0]["text"] for each in (world, other.world)
    ]
    assert texts == [here, there]


@then(parsers.re(rf'(?P<person>{NAME}) of the other organisation is told of this one that "(?P<rule>[^"]+)"'))
def told_of_this_one(world: World, other: Other, person: str, rule: str) -> None:
    for address in ("me", "units", "people/Ann", "strategies/Growth", f"people/{world.driver.people['Ann']}"):
        assert _no(other.world, person, address, world.driver.key).startswith(f"{rule};")


@then("is told the same, word for word, of an organisation that nobody has")
def told_the_same(world: World, other: Other) -> None:
    nowhere, here = f"nowhere-{uuid4().hex[:8]}", world.driver.key
    for address in ("me", "people/Ann", "strategies/Growth"):
        assert _no(other.world, "Cleo", address, here) == _no(other.world, "Cleo", address, nowhere)


@then(parsers.re(rf"to (?P<person>{NAME}), each of these is as if nobody had it:"))
def as_if_nobody_had_it(world: World, other: Other, person: str, datatable: Table) -> None:
    for row in rows(datatable):
        address, theirs, nobodys = ADDRESSES[row["what"]], other.id(row["what"], row["theirs"]), str(uuid4())
        told, expected = (_no(world, person, address.format(each)) for each in (theirs, nobodys))
        assert told.replace(theirs, "~") == expected.replace(nobodys, "~")
        assert "there is no" in told


@then("the office can say nothing about these, as if nobody had them:")
def acts_about_others(world: World, other: Other, datatable: Table) -> None:
    for row in rows(datatable):
        theirs, nobodys = other.id(row["what"], row["theirs"]), str(uuid4())
        assert _refused(world, row["what"], theirs) == _refused(world, row["what"], nobodys)
    assert _length(other.world) == other.events


def _refused(world: World, what: str, id: str) -> str:
    """How a commitment of theirs, or one to it, is refused."""
    said = {"party": {what: id}, "strategy": "Growth"} if what != "strategy" else {"party": {"person": "Ann"}, what: id}
    statement = Said(
        topic="commitment.made", fields={"commitment": "theirs", **said}, at=world.today, known=world.today
    )
    with pytest.raises(Refused) as refused:
        world.driver.say(statement)
    return refused.value.rule.replace(id, "~")


@then("the record of the other organisation is as long as before")
def as_long_as_before(world: World, other: Other) -> None:
    world.be_accepted()
    assert _length(other.world) == other.events


@then("no event in it is about anything that this organisation has")
def no_event_in_common(world: World, other: Other) -> None:
    recorder = world.driver.installation.ledger.ledger_recorder
    streams = [
        {each.originator_id for each in recorder.select_positions(each_world.driver.organisation, limit=1_000)}
        for each_world in (world, other.world)
    ]
    assert all(streams)
    assert not streams[0] & streams[1]
