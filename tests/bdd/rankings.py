"""Rankings as they are shown: the steps about them."""

from __future__ import annotations

from uuid import UUID

from pytest_bdd import parsers, then

from application.feed import Feed
from application.permissions import Caller
from domain.ranking import RankingGiven
from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json
from tests.bdd.grammar import NAME
from tests.bdd.permissions import sees
from tests.bdd.proofs import asked
from tests.bdd.world import World

WHO = rf"(?P<person>{NAME})"


@then(parsers.re(rf"{WHO} is shown of the (?P<kind>big bets|priorities):"))
def of_rankings(world: World, person: str, kind: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        (found,) = [each for each in asked(world, person, "rankings", row)["rounds"] if each["key"] == kind]
        agreed = found["concordance"] or {"w": None, "because": "not their turn"}
        told = {
            "given": f"{found['given']} of {found['asked']}",
            "counted": str(found["counted"]),
            "concordance": "" if agreed["w"] is None else str(agreed["w"]),
            "because": agreed["because"] or "",
            "order": ", ".join(each["element"] for each in found["elements"] if each["mean_rank"] is not None),
            "whose": _whose(world, found["orders"]),
            "not counted": _whose(world, found["incomplete"]),
        }
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


def _whose(world: World, orders: Json) -> str:
    return ", ".join(sorted(world.driver.name(each["person"]) for each in orders or ()))


@then(parsers.re(rf"{WHO} is not shown the ranking of the (?P<kind>big bets|priorities)"))
def not_shown(world: World, person: str, kind: str) -> None:
    world.be_accepted()
    assert not sees(world, person, f"rankings/{kind.replace(' ', '%20')}")
    assert world.driver.shown(person, "rankings") == []


@then(parsers.re(rf"the feed tells (?P<first>{NAME}) of (?P<some>\d+) orders and (?P<second>{NAME}) of (?P<more>\d+)"))
def in_the_feed(world: World, first: str, some: str, second: str, more: str) -> None:
    """What each is told of the events themselves."""
    world.be_accepted()
    counts = [_orders_told(world, person) for person in (first, second)]
    assert counts == [int(some), int(more)]


def _orders_told(world: World, person: str) -> int:
    driver = world.driver
    ledger = driver.installation.ledger
    token = driver.installation.tokens.issue(driver.organisation, person, person=UUID(driver.people[person]))[1]
    recognised = driver.installation.tokens.recognise(token)
    assert recognised is not None
    caller = driver.installation.callers.caller(recognised.credential, ledger.now(driver.organisation))
    assert isinstance(caller, Caller)
    batch = Feed(ledger).after(caller, 0, 1000, [RankingGiven.TOPIC])
    return len(batch.seen)


@then(parsers.re(rf"{WHO} is shown that these bets were dropped:"))
def were_dropped(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for when in dict.fromkeys(row["as of"] for row in rows(datatable)):
        for each in asked(world, person, "rankings", {"as of": when})["dropped"]:
            told = {"dropped": "element", "last in": "last_in", "by": "by", "back in": "back_in"}
            cells = {name: "" if each[field] is None else str(each[field]) for name, field in told.items()}
            shown.append({"as of": when, **cells})
    assert shown == rows(datatable)
