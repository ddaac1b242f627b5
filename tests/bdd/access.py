"""What is held on a person, for that person: the steps about it."""

from __future__ import annotations

import json
from urllib.parse import quote
from uuid import UUID

import pytest
from pytest_bdd import parsers, step, then, when

from adapters.interchange.exporting import Export
from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json, Refused
from tests.bdd.grammar import NAME
from tests.bdd.world import World

ASKING = rf"(?P<asking>{NAME}), asking what is held on (?P<person>{NAME}),"
VIEW = "people/<person>/subject-access"


def held(world: World, asking: str, person: str) -> Json:
    """As data."""
    world.be_accepted()
    return world.driver.shown(asking, f"people/{quote(person)}/subject-access")


def forms(world: World, asking: str, person: str) -> tuple[str, str]:
    """As data, and as a text."""
    data = json.dumps(held(world, asking, person), ensure_ascii=False)
    return data, world.driver.read(asking, f"people/{quote(person)}/subject-access/text")


@when(parsers.re(rf"(?P<asking>{NAME}) asks what is held on (?P<person>{NAME})"))
def asks(world: World, asking: str, person: str) -> None:
    assert held(world, asking, person)["id"] == world.driver.people[person]


@step(parsers.re(rf'(?P<person>{NAME}) confides "(?P<words>[^"]+)" in "(?P<title>[^"]+)"'))
def confides(world: World, person: str, words: str, title: str) -> None:
    world.be_accepted()
    world.driver.confide(person, title, {"believe-right": {"score": 2}, "unsaid": {"comment": words}})


@then(parsers.re(rf"{ASKING} is shown as a text and as data:"))
def shown_both(world: World, asking: str, person: str, datatable: Table) -> None:
    for form in forms(world, asking, person):
        missing = {row["what"] for row in rows(datatable) if row["words"] not in form}
        assert not missing


@then(parsers.re(rf'{ASKING} is told where these words stand, and not what they are: "(?P<words>[^"]+)"'))
def by_reference(world: World, asking: str, person: str, words: str) -> None:
    assert not any(words in form for form in forms(world, asking, person))
    (duty,) = held(world, asking, person)["statements"]["duty"]
    assert f"position {duty['position']}, reason]" in duty["reason"]


@then(parsers.re(r'nobody else\'s words are in it: "(?P<words>[^"]+)"'))
def not_in_it(world: World, words: str) -> None:
    driver = world.driver
    assert words in b"".join(Export(driver.installation.ledger, driver.organisation).lines()).decode()
    assert not any(words in form for form in forms(world, "Ann", "Ann"))


@then(parsers.re(rf"(?P<own>{NAME}) gets what is held on (?P<person>{NAME}), but (?P<other>{NAME}) does not"))
def for_nobody_else(world: World, own: str, person: str, other: str) -> None:
    assert held(world, own, person)
    for address in (f"people/{quote(person)}/subject-access", f"people/{quote(person)}/subject-access/text"):
        with pytest.raises(Refused, match="may not do this"):
            world.driver.shown(other, address)


@then(parsers.re(rf'{ASKING} is shown what {NAME} answered to "(?P<question>[^"]+)": (?P<score>\d)'))
def own_answers(world: World, asking: str, person: str, question: str, score: str) -> None:
    shown = held(world, asking, person)
    (answered,) = shown["statements"]["response"]
    assert answered["content"]["answers"][question]["score"] == int(score)
    assert shown["note"] is None


@then(parsers.re(rf"{ASKING} is shown that {NAME} answered, and not what"))
def withheld(world: World, asking: str, person: str) -> None:
    shown = held(world, asking, person)
    (answered,) = shown["statements"]["response"]
    assert answered["content"]["answers"] == f"[withheld, position {answered['position']}]"
    assert "avow subject-access" in shown["note"]


@then(parsers.re(rf'(?P<person>{NAME}) sees in "(?P<title>[^"]+)" what {NAME} confided: "(?P<words>[^"]+)"'))
def sees_ballot(world: World, person: str, title: str, words: str) -> None:
    world.be_accepted()
    driver = world.driver
    review = driver.installation.ledger.book(driver.organisation).find("review", title)
    assert review is not None
    own = driver.installation.box.own(driver.organisation, review, UUID(driver.people[person]))
    assert own is not None
    assert own["unsaid"].comment is not None
    assert own["unsaid"].comment.text == words


@then(parsers.re(rf'nobody finds it in what is held on (?P<person>{NAME}): "(?P<words>[^"]+)"'))
def not_from_a_box(world: World, person: str, words: str) -> None:
    for asking in (person, "Olga"):
        assert not any(words in form for form in forms(world, asking, person))
        assert "response" not in held(world, asking, person)["statements"]


@then(parsers.re(rf"{ASKING} is told that (?P<who>{NAME}) looked"))
def told_who_looked(world: World, asking: str, person: str, who: str) -> None:
    (read,) = held(world, asking, person)["reads"]
    assert (read["view"], read["person"]) == (VIEW, world.driver.people[who])


@then(parsers.re(rf"{ASKING} leaves no trace of (?:her|his|their) own"))
def no_trace(world: World, asking: str, person: str) -> None:
    assert held(world, asking, person)["reads"] == held(world, asking, person)["reads"]
    assert world.driver.people[asking] not in {each["person"] for each in held(world, asking, person)["reads"]}
