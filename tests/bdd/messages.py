"""Letters: Avow sends what is due to a real mail server, and people choose what they want."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from pytest_bdd import parsers, step, then

from adapters.mail import Server, SmtpMail
from application.catalogue import commands
from application.deciding import Entry, Request
from application.messages import Choice
from domain.kernel import Actor
from tests.bdd.conftest import Table, rows
from tests.bdd.driver import first_instant
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.world import World
from tests.support.mailbox import Received, listening

LANGUAGES = {"German": "de", "English": "en"}


@dataclass
class Post:
    """A mail server, and what it was given since Avow looked last."""

    received: Received
    port: int


@pytest.fixture
def post() -> Iterator[Post]:
    received = Received()
    with listening(received) as port:
        yield Post(received, port)


@step(parsers.re(rf"it is (?P<of>{DAY}), (?P<hour>\d+):00, and Avow sends what is due(?P<twice>, twice)?"))
def sends(world: World, post: Post, of: str, hour: str, twice: str | None) -> None:
    world.be_accepted()
    world.today, driver = day(of), world.driver
    at = first_instant(world.today) + timedelta(hours=int(hour))
    entry = Entry(command=commands()["clock.advanced"](), at=at, known=at)
    ledger = driver.installation.ledger
    ledger.execute(
        Request(organisation=driver.organisation, id=ledger.fresh_id(), actor=Actor(service="office"), entries=(entry,))
    )
    driver.newest = at
    post.received.letters.clear()
    mail = SmtpMail(Server(host="127.0.0.1", port=post.port, security="none", sender="avow@example.org"))
    postman = driver.installation.postman(mail, "https://avow.example.org", simulated=True)
    postman.keep(driver.organisation)
    if twice:
        assert driver.installation.postman(mail, "", simulated=True).keep(driver.organisation) == 0


@step(parsers.re(rf"(?P<person>{NAME}) wants letters in (?P<language>German|English) from (?P<hour>\d+):00 on"))
def wants(world: World, person: str, language: str, hour: str) -> None:
    choice = Choice(language=LANGUAGES[language], hour=int(hour))
    driver = world.driver
    driver.installation.messages.choose(driver.organisation, UUID(driver.people[person]), choice)


@step(parsers.re(rf"(?P<person>{NAME}) stops letters about (?P<kind>[a-z]+) by the address in the letter"))
def stops(world: World, post: Post, person: str, kind: str) -> None:
    """As a mail program does: a POST without any token of Avow's."""
    (letter,) = [each for each in post.received.letters if str(each["To"]).startswith(person.lower())]
    (line,) = [each for each in letter.get_content().splitlines() if each.startswith(f"No more messages about {kind}")]
    address = urlsplit(line.rpartition(" ")[2]).path
    assert world.driver.app.test_client().post(address).status_code == 200


@then("no letter went out")
def none_went_out(world: World, post: Post) -> None:
    world.be_accepted()
    assert post.received.letters == []


@then("these letters went out:")
def went_out(world: World, post: Post, datatable: Table) -> None:
    world.be_accepted()
    told = [
        {
            "to": str(each["To"]).partition("@")[0].title(),
            "about": " · ".join(
                sorted(line[2:].partition(" (")[0] for line in each.get_content().splitlines() if line.startswith("- "))
            ),
        }
        for each in post.received.letters
    ]
    assert sorted(told, key=lambda row: row["to"]) == rows(datatable)
