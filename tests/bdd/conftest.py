"""Every scenario twice: in memory, and through HTTP on PostgreSQL. And the steps in which something is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask
from pytest_bdd import given, parsers, step

from adapters.bootstrap import Installation, in_memory, on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.app import create_app
from tests.bdd import sentences
from tests.bdd.driver import Driver
from tests.bdd.grammar import BY, DAY, NAME, WHY, Sentence, day, listed
from tests.bdd.histories import History
from tests.bdd.in_memory import InMemory
from tests.bdd.over_http import OverHttp, Served, serving
from tests.bdd.world import World

__all__ = ["sentences"]

Table = list[list[str]]


def pytest_configure(config: pytest.Config) -> None:
    """Let the steps of the other files be known too."""
    config.pluginmanager.import_plugin("tests.bdd.permissions")
    config.pluginmanager.import_plugin("tests.bdd.concerns")
    config.pluginmanager.import_plugin("tests.bdd.cascades")
    config.pluginmanager.import_plugin("tests.bdd.constituencies")
    config.pluginmanager.import_plugin("tests.bdd.confidences")
    config.pluginmanager.import_plugin("tests.bdd.tenancy")
    config.pluginmanager.import_plugin("tests.bdd.access")
    config.pluginmanager.import_plugin("tests.bdd.audits")
    config.pluginmanager.import_plugin("tests.bdd.gate")
    config.pluginmanager.import_plugin("tests.bdd.goals")
    config.pluginmanager.import_plugin("tests.bdd.health")
    config.pluginmanager.import_plugin("tests.bdd.schedules")
    config.pluginmanager.import_plugin("tests.bdd.messages")
    config.pluginmanager.import_plugin("tests.bdd.reports")
    config.pluginmanager.import_plugin("tests.bdd.proofs")
    config.pluginmanager.import_plugin("tests.bdd.conditions")
    config.pluginmanager.import_plugin("tests.bdd.maps")
    config.pluginmanager.import_plugin("tests.bdd.rankings")
    config.pluginmanager.import_plugin("tests.bdd.focus")
    config.pluginmanager.import_plugin("tests.bdd.gaps")
    config.pluginmanager.import_plugin("tests.bdd.looks")
    config.pluginmanager.import_plugin("tests.bdd.decisions")
    config.pluginmanager.import_plugin("tests.bdd.knowledge")
    config.pluginmanager.import_plugin("tests.bdd.exchange")
    config.pluginmanager.import_plugin("tests.bdd.measures")
    config.pluginmanager.import_plugin("tests.bdd.outcomes")


@pytest.fixture(scope="session")
def served(followed_postgres_dsn: str) -> Iterator[Served]:
    """Avow on this worker's database, for all scenarios: each has an organisation of its own."""
    with (
        on_postgres(followed_postgres_dsn, KeyEncryptionKey(bytes(32))) as installation,
        serving(installation) as found,
    ):
        yield found


@pytest.fixture(scope="session")
def remembered() -> Iterator[tuple[Installation, Flask]]:
    """Avow in memory, and its API, for all scenarios: each has an organisation of its own."""
    with in_memory() as installation:
        yield installation, create_app(installation)


@pytest.fixture(params=["in_memory", "over_http"])
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    with ExitStack() as parts:
        if request.param == "in_memory":
            yield InMemory(*request.getfixturevalue("remembered"))
        else:
            found: Served = request.getfixturevalue("served")
            connection = HTTPConnection("127.0.0.1", found.port)
            parts.callback(connection.close)
            yield OverHttp(found.installation, found.app, connection=connection)


@pytest.fixture(autouse=True)
def world(driver: Driver) -> Iterator[World]:
    """The scenario's organisation. Nothing may end in a refusal that no step spoke of."""
    found = World(driver)
    yield found
    found.be_accepted()


@given(parsers.re(rf"an organisation with the teams (?P<teams>{NAME}(?:, {NAME})*(?: and {NAME})?)"))
def an_organisation(world: World, teams: str) -> None:
    world.driver.found(world.today, grace_days=7)
    for team in listed(teams):
        world.say(f"the team {team} is formed")


@given(parsers.re(rf"an organisation that asks for a reason after (?P<days>\d+) days, with the team (?P<team>{NAME})"))
def a_patient_organisation(world: World, days: str, team: str) -> None:
    world.driver.found(world.today, grace_days=int(days))
    world.say(f"the team {team} is formed")


@given("these people:")
def these_people(world: World, datatable: Table) -> None:
    """Who is there from 2 January, and what they may do."""
    for row in rows(datatable):
        person = row["person"]
        world.say(f"{person} joins {row['home']}", day("2 Jan"))
        for other in listed(row.get("also in", "")):
            world.say(f"{person} is also a member of {other}")
        for what in [each for each in row.get("who", "").split(", ") if each]:
            world.say(f"{person} {what}")


@given(parsers.re(rf"the strategy (?P<title>{NAME}), in force since (?P<since>{DAY}), says:"))
def a_strategy(world: World, title: str, since: str, datatable: Table) -> None:
    """A strategy drafted and published by the office."""
    world.say(f"The office drafts the strategy {title}", day(since))
    for row in rows(datatable):
        element, article = row["element"], "a"
        world.say(f'The office writes the {element}, {article} {row["kind"]}: "{row["text"]}"')
        if row.get("rank"):
            world.say(f"The office ranks the {element} {row['rank']}")
        if row.get("measured by"):
            world.say(
                f'The office measures the {element} by "{row["measured by"]}", up to {row["target"]}, by {row["due"]}'
            )
        if row.get("accountable"):
            world.say(f"{row['accountable']} is accountable for the {element}")
    world.say("The office submits the strategy")
    world.say("The office publishes a material revision")


@step(Sentence("anything that is said"))
def said(world: World, head: str, on: str | None, known: str | None, reason: str | None) -> None:
    world.say(head, day(on) if on else None, day(known) if known else None, reason)


@step(parsers.re(rf"(?P<people>{NAME}(?:, {NAME})* and {NAME}) each: (?P<act>.+) on (?P<on>{DAY})"))
def each_says(world: World, people: str, act: str, on: str) -> None:
    for person in listed(people):
        world.say(f"{person} {act}", day(on))


@step(parsers.re(rf"(?P<people>{NAME} and {NAME}) have both read the (?P<element>[a-z ]+)"))
def have_read(world: World, people: str, element: str) -> None:
    for person in listed(people):
        world.read[person, element] = world.driver.element_version(world.strategy, element)


@step(parsers.re(rf"on (?P<on>{DAY}) {BY} corrects '(?P<head>.+?)' to (?:(?P<to>{DAY})|'(?P<instead>.+?)'){WHY}"))
def corrected(
    world: World, on: str, by: str, head: str, to: str | None, instead: str | None, reason: str | None
) -> None:
    who = None if by == "The office" else by
    world.correct(head, who, day(on), reason, to=day(to) if to else None, instead=instead or "")


@step(parsers.re(rf"on (?P<on>{DAY}) {BY} takes back '(?P<head>.+?)'{WHY}"))
def taken_back(world: World, on: str, by: str, head: str, reason: str | None) -> None:
    world.correct(head, None if by == "The office" else by, day(on), reason)


@pytest.fixture
def history(tmp_path: Path) -> History:
    """The history of another register."""
    return History(tmp_path / "history.jsonl")


@given("a history of the old register:")
def a_history(world: World, history: History, datatable: Table) -> None:
    history.write(world, rows(datatable))


@given("the file was cut off in its last line")
def cut_off(history: History) -> None:
    history.cut_off()


@step(parsers.re(rf"the refused lines are imported with (?P<right>{NAME}) in the place of (?P<wrong>{NAME})"))
def mended(world: World, history: History, right: str, wrong: str) -> None:
    world.be_accepted()
    history.report = world.driver.bring_in(history.mend(wrong, right).path)


@step(parsers.re("the history is imported(?P<going>, keeping going)?"))
def imported(world: World, history: History, going: str | None) -> None:
    world.be_accepted()
    history.report = world.driver.bring_in(history.path, keep_going=going is not None)


def rows(table: Table) -> list[dict[str, str]]:
    """A table's rows by the names of its columns."""
    names, *below = table
    return [dict(zip(names, row, strict=True)) for row in below]
