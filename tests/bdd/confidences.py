"""What people confide, and what is told of it: the steps about it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pytest_bdd import given, parsers, then, when

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import As, Driver, Json, Said, first_instant
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.world import World

TITLE = r'"(?P<title>[^"]+)"'
AS = rf"on (?P<of>{DAY})(?:, as known on (?P<known>{DAY}),)?"
BEGAN, IN_FORCE = date(2026, 1, 1), date(2026, 3, 1)
Answers = dict[str, dict[str, Any]]


@dataclass
class Company:
    """What those who are asked will confide, in order, by their keys."""

    confided: dict[str, Answers] = field(default_factory=dict[str, Answers])


@pytest.fixture
def company() -> Company:
    """Nobody is asked yet."""
    return Company()


@given(
    parsers.re(
        rf"a company whose sponsor is (?P<sponsor>{NAME}), with these teams, and what their people will confide:"
    )
)
def a_company(world: World, company: Company, tmp_path: Path, sponsor: str, datatable: Table) -> None:
    """It is brought in: so many people would take long to say one by one."""
    driver, teams = world.driver, rows(datatable)
    driver.found(BEGAN, grace_days=7)
    path = tmp_path / "company.jsonl"
    header = {"avow": 1, "organisation": driver.key, "source": "the old register", "reason": "taken over"}
    lines = [{**each, "id": f"l-{number}"} for number, each in enumerate(_lines(teams, sponsor))]
    path.write_text("".join(json.dumps(each) + "\n" for each in [header, *lines]))
    assert driver.bring_in(path).refused == 0
    book = driver.installation.ledger.book(driver.organisation)
    for person in [sponsor, *(each for row in teams for each in _people(row))]:
        driver.people[person] = str(book.find("person", person))
    head = driver.installation.ledger.ledger_recorder.head(driver.organisation)
    assert head is not None
    driver.newest, world.today = head.recorded_at, IN_FORCE
    for row in teams:
        company.confided |= dict(zip(_people(row), _confided(row), strict=False))


def _people(row: Mapping[str, str]) -> list[str]:
    return [f"{row['team'].replace(' ', '')}-{number}" for number in range(1, int(row["asked"]) + 1)]


def _lines(teams: list[dict[str, str]], sponsor: str) -> Iterator[dict[str, Any]]:
    began = {"at": BEGAN.isoformat(), "known": first_instant(BEGAN).isoformat()}
    yield {**began, "type": "unit.formed", "unit": "Acme", "name": "Acme", "kind": "enterprise"}
    for unit in dict.fromkeys(row["under"] for row in teams if row["under"] != "Acme"):
        yield {**began, "type": "unit.formed", "unit": unit, "name": unit, "kind": "business", "parent": "Acme"}
    yield {**began, "type": "person.joined", "person": sponsor, "name": sponsor}
    yield {**began, "type": "membership.began", "person": sponsor, "unit": "Acme", "home": True}
    for role in ("sponsor", "strategist"):
        yield {**began, "type": "access.granted", "person": sponsor, "role": role}
    for row in teams:
        team = {"unit": row["team"], "name": row["team"], "kind": "team", "parent": row["under"]}
        yield {**began, "type": "unit.formed", **team}
        for person in _people(row):
            yield {**began, "type": "person.joined", "person": person, "name": person}
            yield {**began, "type": "membership.began", "person": person, "unit": row["team"], "home": True}
    since = {"at": IN_FORCE.isoformat(), "known": first_instant(IN_FORCE).isoformat(), "strategy": "Growth"}
    yield {**since, "type": "strategy.drafted", "title": "Growth", "actor": sponsor}
    element = {"element": "vision", "kind": "vision", "text": "The first call"}
    yield {**since, "type": "strategy.revised", **element, "actor": sponsor}
    yield {**since, "type": "strategy.submitted", "actor": sponsor}
    yield {**since, "type": "strategy.published", "material": True, "actor": sponsor}


def _confided(row: Mapping[str, str]) -> Iterator[Answers]:
    """What those of a team confide who answer, to one question of each theme."""
    *counts, skipped = map(int, row["believe 1/2/3/4/5/skip"].split("/"))
    believe: list[dict[str, Any]] = [{"score": score} for score, count in enumerate(counts, 1) for _ in range(count)]
    believe += [{"skip": True}] * skipped
    assert len(believe) == int(row["answer"])
    for place, each in enumerate(believe):
        yield {
            "understand-where": {"score": 5 if place < int(row["understand"]) else 2},
            "believe-right": each,
            "committed-result": {"score": 4 if place < int(row["committed"]) else 1},
        }


@given(
    parsers.re(rf"(?P<count>all|\d+) of them have answered {TITLE}(?P<commented>, and said what is not being said)?")
)
def have_answered(world: World, company: Company, count: str, title: str, commented: str | None) -> None:
    world.be_accepted()
    entries = list(company.confided.items())
    for person, answers in entries[: None if count == "all" else int(count)]:
        unsaid = {"unsaid": {"comment": "that the prices are wrong"}} if commented else {}
        world.driver.confide(person, title, {**answers, **unsaid})


@when(parsers.re(rf"the ballot box is looked after on (?P<on>{DAY})"))
def looked_after(world: World, on: str) -> None:
    """A worker does this all the time; here it is the first moment of that day, or a later one already."""
    driver, at = world.driver, day(on)
    driver.say(Said(topic="clock.advanced", fields={}, at=at, known=at))
    world.today = at
    keep(driver)


def keep(driver: Driver) -> None:
    """Do what is due for the ballot boxes."""
    driver.installation.boxes.keep(driver.organisation)
    head = driver.installation.ledger.ledger_recorder.head(driver.organisation)
    assert head is not None
    driver.newest, driver.position = head.recorded_at, head.position


@then(parsers.re(rf"(?P<person>{NAME}) is told of {TITLE}, before the first question:"))
def is_told(world: World, person: str, title: str, datatable: Table) -> None:
    world.be_accepted()
    shown = world.driver.shown(person, f"reviews/{quote(title, safe='')}")
    assert list(shown).index("told") < list(shown).index("questionnaire")
    texts = {each["about"]: each["text"] for each in shown["told"]}
    for row in rows(datatable):
        assert row["words"] in texts[row["about"]], texts[row["about"]]


@then(parsers.re(rf"{AS} {TITLE} is told to be answered by (?P<share>\d+ %|\d+) of (?P<whole>\d+)"))
def participation(world: World, of: str, known: str | None, title: str, share: str, whole: str) -> None:
    told = _review(world, title, of, known)["participation"]
    expected = (None, float(share.removesuffix(" %"))) if share.endswith("%") else (int(share), told["percent"])
    assert (told["count"], told["percent"], told["of"]) == (*expected, int(whole))


@then(parsers.re(rf"{AS} nothing is published of {TITLE}"))
def nothing_published(world: World, of: str, known: str | None, title: str) -> None:
    review = _review(world, title, of, known)
    assert (review["results"], review["participation"]["count"]) == (None, None)


@then(parsers.re(rf"{AS} it is published of {TITLE} who believes:"))
def who_believes(world: World, of: str, known: str | None, title: str, datatable: Table) -> None:
    found = dict[str, dict[str, str]]()
    for part in _review(world, title, of, known)["results"]["parts"]:
        believe = next(each for each in part["questions"] if each["question"] == "believe-right")
        name = " + ".join(sorted(part["name"].split(" + ")))
        found[name] = {
            "group": name,
            "answered": str(part["n"]),
            "rated": str(believe["rated"]),
            "at 4–5": str(believe["high_share"]),
            "mean": believe["mean"],
            "understand": str(part["themes"]["understand"]["high_share"]),
            "understood minus believed": str(part["understood_minus_believed"]),
        }
    wanted = rows(datatable)
    assert [found.pop(row["group"]) for row in wanted] == wanted
    assert found == {}


@then(parsers.re(rf'{AS} {TITLE} decides to "(?P<step>[^"]+)" with (?P<group>[A-Z][\w ]+), and nothing else'))
def decides(world: World, of: str, known: str | None, title: str, step: str, group: str) -> None:
    parts = _review(world, title, of, known)["results"]["parts"]
    found = {part["name"]: part["decides"] for part in parts if part["decides"]}
    assert found == {group: [step.replace(" ", "_")]}


@then(parsers.re(rf"{AS} (?P<count>\d+) comments of {TITLE} are shown"))
def comments(world: World, of: str, known: str | None, count: str, title: str) -> None:
    shown = _review(world, title, of, known)["results"]["comments"]
    assert sum(map(len, shown.values())) == int(count)


@then(parsers.re(rf"what was published of {TITLE} on (?P<of>{DAY}) reads the same on (?P<later>{DAY})"))
def reads_the_same(world: World, title: str, of: str, later: str) -> None:
    before, after = (
        {**_review(world, title, of, known)["results"], "share": _review(world, title, of, known)["participation"]}
        for known in (of, later)
    )
    assert json.dumps(_confided_alone(before)) == json.dumps(_confided_alone(after))


@then(parsers.re(rf'{AS} {TITLE} notes "(?P<note>[^"]+)"'))
def notes(world: World, of: str, known: str | None, title: str, note: str) -> None:
    assert [each["reads"] for each in _review(world, title, of, known)["notes"]] == [note]


@then(parsers.re(rf"{AS} the ballot box of {TITLE} has ended: (?P<end>[a-z]+)"))
def box_ended(world: World, of: str, known: str | None, title: str, end: str) -> None:
    assert _review(world, title, of, known)["box_ended"] == end


@then(parsers.re(rf"{AS} the results of {TITLE} are withdrawn"))
def withdrawn(world: World, of: str, known: str | None, title: str) -> None:
    results = _review(world, title, of, known)["results"]
    assert set(results) == {"published_at", "withdrawn"}


def _review(world: World, title: str, of: str, known: str | None) -> Json:
    world.be_accepted()
    answer = world.driver.alignment(world.strategy, As(of=day(of), known=day(known) if known else None))
    (found,) = [each for each in answer["reviews"] if each["title"] == title]
    return found


def _confided_alone(results: Json) -> Json:
    """Without what was avowed, which stands beside it and follows what is known."""
    return {
        **results,
        "parts": [{name: each for name, each in part.items() if name != "avowed"} for part in results["parts"]],
    }
