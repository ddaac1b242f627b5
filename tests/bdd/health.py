"""What the health checks of a strategy show: the steps about it."""

from __future__ import annotations

from urllib.parse import urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import As, Json, last_instant
from tests.bdd.grammar import DAY, day
from tests.bdd.world import World

ON = rf"on (?P<of>{DAY})"


def health(world: World, of: str) -> Json:
    world.be_accepted()
    asked = {"strategy": world.strategy, "valid_at": last_instant(day(of)).isoformat()}
    return world.driver.shown("Cleo", f"alignment/health?{urlencode(asked)}")


@then(parsers.re(rf"{ON} no health check is shown"))
def none_shown(world: World, of: str) -> None:
    found = health(world, of)
    assert (found["checks"], found["trend"], found["trust"], found["not_shown"]) == ([], [], [], 1)


@then(parsers.re(rf"{ON} trust between units reads:"))
def trust(world: World, of: str, datatable: Table) -> None:
    units = {each["id"]: each["name"] for each in world.driver.chart(As(of=day(of)))}
    told = [
        {
            "unit": units[each["unit"]],
            "trusts": units[each["trusts"]],
            "rated": str(each["rated"]),
            "mean": each["mean"],
        }
        for each in health(world, of)["trust"]
    ]
    assert told == rows(datatable)


@then(parsers.re(rf'{ON} the trend of "(?P<question>[a-z]+)" reads:'))
def trend(world: World, of: str, question: str, datatable: Table) -> None:
    found = health(world, of)
    titles = {each["review"]: each["title"] for each in found["checks"]}
    (line,) = [each for each in found["trend"] if each["question"] == question]
    told = [
        {"check": titles[each["review"]], "rated": str(each["rated"]), "mean": each["mean"]}
        for each in line["points"]
        if each["group"] is None
    ]
    assert told == rows(datatable)


@then(parsers.re(rf'{ON} the trend of "(?P<question>[a-z]+)" leaves out "(?P<title>[^"]+)": "(?P<reason>[^"]+)"'))
def left_out(world: World, of: str, question: str, title: str, reason: str) -> None:
    found = health(world, of)
    titles = {each["review"]: each["title"] for each in found["checks"]}
    (line,) = [each for each in found["trend"] if each["question"] == question]
    assert [(titles[each["review"]], each["reason"]) for each in line["left_out"]] == [(title, reason)]


@then(
    parsers.re(
        rf'{ON} "(?P<source>[^"]+)" is compared: own (?P<own>[\d.]+), reference (?P<reference>[\d.]+), '
        r'difference (?P<difference>[\d.-]+), "(?P<mark>[^"]+)"'
    )
)
def compared(world: World, of: str, source: str, own: str, reference: str, difference: str, mark: str) -> None:
    (found,) = [each for each in health(world, of)["benchmarks"] if each["source"] == source]
    told = found["own"], found["reference"], found["difference"], found["mark"], found["reason"]
    assert told == (own, reference, difference, mark, None)


@then(parsers.re(rf'{ON} "(?P<source>[^"]+)" is not compared: "(?P<reason>[^"]+)"'))
def not_compared(world: World, of: str, source: str, reason: str) -> None:
    (found,) = [each for each in health(world, of)["benchmarks"] if each["source"] == source]
    assert (found["own"], found["difference"], found["reason"]) == (None, None, reason)
