"""Reports asked again: the steps about them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from pytest_bdd import parsers, step, then, when

from adapters.evidence.making import Wanted
from tests.bdd.driver import Json, first_instant
from tests.bdd.evidence import Auditor
from tests.bdd.figures import FIGURES
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.permissions import sees
from tests.bdd.world import World

WHO = rf"(?P<person>{NAME})"
REPORT = r'the report "(?P<title>[^"]+)"'


def asked_again(world: World, person: str, title: str = "First quarter") -> Json:
    """The whole reply: the report, and what asking again comes to."""
    world.be_accepted()
    return world.driver.replied(person, f"reports/{quote(title, safe='')}")


@then(parsers.re(rf"to {WHO} {REPORT} is the same to the byte"))
def same(world: World, person: str, title: str) -> None:
    found = asked_again(world, person, title)
    again = found["present"]["again"]
    assert (again["same"], again["outcome"]) == (True, "same")
    assert (again["digest"], again["rules"]) == (found["answer"]["digest"], found["answer"]["rules"])


@then(parsers.re(rf'it tells {WHO} that it was for "(?P<audience>[^"]+)"'))
def told_to(world: World, person: str, audience: str) -> None:
    answer = asked_again(world, person)["answer"]
    assert (answer["audience"], world.driver.name(answer["published_by"])) == (audience, "Cleo")


@then(parsers.re(rf"to {WHO} it was not restated since"))
def not_restated(world: World, person: str) -> None:
    assert asked_again(world, person)["present"]["restated"] == {"since": False, "figures": [], "explanation": None}


@then(
    parsers.re(
        rf'to {WHO} "(?P<figure>[a-z ]+)" was restated since, from (?P<start>\d+) to (?P<end>\d+), '
        r'because "(?P<reason>[^"]+)"'
    )
)
def restated(world: World, person: str, figure: str, start: str, end: str, reason: str) -> None:
    """The report names the figure, and its link leads to why."""
    found = asked_again(world, person)["present"]["restated"]
    assert found["since"]
    assert FIGURES[figure] in found["figures"]
    below = found["explanation"].partition(f"{world.driver.organisation}/")[2]
    why = world.driver.replied(person, f"{below}&figure={quote(FIGURES[figure], safe='')}")["answer"]
    assert [(each["before"], each["after"]) for each in why["figures"]] == [(int(start), int(end))]
    assert [each["reason"] for each in why["because"]] == [reason]


@then(parsers.re(rf"{WHO} is not shown {REPORT}"))
def not_shown(world: World, person: str, title: str) -> None:
    world.be_accepted()
    assert not sees(world, person, f"reports/{quote(title, safe='')}")
    assert not sees(world, person, "reports")


@then(parsers.re(rf"{WHO} is told that {REPORT} was withdrawn on (?P<on>{DAY})"))
def withdrawn(world: World, person: str, title: str, on: str) -> None:
    answer = asked_again(world, person, title)["answer"]
    assert datetime.fromisoformat(answer["withdrawn_at"]) == first_instant(day(on))


@step(parsers.re(rf"the auditor keeps the checkpoint of {REPORT}"))
def checkpoint_of(auditor: Auditor, title: str) -> None:
    auditor.held.append(asked_again(auditor.world, "Ada", title)["answer"]["checkpoint"]["note"])


@when(parsers.re(rf"the auditor is given all of it, with the state that {REPORT} told"))
def state_of(auditor: Auditor, title: str) -> None:
    """As `avow evidence` makes it for the question and the position that the report names."""
    told = asked_again(auditor.world, "Ada", title)["answer"]
    driver, question = auditor.world.driver, told["question"]
    at = datetime.fromisoformat(question["valid_at"])
    asked = driver.installation.questions.ask(driver.organisation, at, told["position"])
    auditor.given(Wanted(asked=asked, strategy=UUID(question["strategy"])))
