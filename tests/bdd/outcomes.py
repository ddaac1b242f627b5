"""Outcomes of more and of less aligned units: the steps about them."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from pytest_bdd import given, parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json, Refused
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.world import World

PERIOD = rf"from (?P<begun>{DAY}) to (?P<ended>{DAY}), with the bar at (?P<bar>\d+) %, (?P<person>{NAME})"


@given("these teams, each of two people, measure their growth:")
def teams(world: World, datatable: Table) -> None:
    """Teams of the same making, with a KPI of growth each, and its value on two days."""
    made = [
        (f"{row['named']}{number}", row, number - 1)
        for row in rows(datatable)
        for number in range(1, int(row["teams"]) + 1)
    ]
    world.today = day("4 Mar")
    for team, row, _ in made:
        world.say(f"the team {team} is formed")
        for person in (f"{team}-1", f"{team}-2"):
            world.say(f"{person} joins {team}")
        for person in (f"{team}-1", f"{team}-2")[: int(row["of them committed"])]:
            world.say(f"{person} commits to the strategy")
        world.say(f'Cleo measures growth of {team} by the KPI "Growth of {team}"')
    for team, row, _ in made:
        world.say(f'Cleo measures "Growth of {team}" as {row["on 31 Mar"]}', day("31 Mar"))
    for team, row, place in made:
        value = int(row["on 30 Jun"].partition(",")[0]) + place
        world.say(f'Cleo measures "Growth of {team}" as {value}', day("30 Jun"))
    world.be_accepted()


@then(parsers.re(rf"{PERIOD} is shown of (?P<outcome>[a-z_]+):"), target_fixture="shown_outcomes")
def shown(world: World, begun: str, ended: str, bar: str, person: str, outcome: str, datatable: Table) -> Json:
    world.be_accepted()
    answer = world.driver.shown(person, _address(world, begun, ended, bar, outcome))
    more, less = answer["more_aligned"], answer["less_aligned"]
    told = {
        "more aligned": more["n"],
        "less aligned": less["n"],
        "mean of more": more["mean"],
        "mean of less": less["mean"],
        "difference": answer["difference"],
        "ratio": answer["ratio"],
        "favours": answer["favours"],
    }
    (row,) = rows(datatable)
    assert {name: str(told[name]) for name in row} == row
    assert len(more["units"]) == more["n"]
    return answer


@then("it is told how sure that is, and that it is a correlation between units")
def sure(shown_outcomes: Json) -> None:
    interval = shown_outcomes["sureness"]["interval"]
    assert interval["low"] < shown_outcomes["difference"] < interval["high"]
    assert 0 < shown_outcomes["sureness"]["p"] <= 1
    assert "correlation between units" in shown_outcomes["warning"]
    assert "compare companies" in shown_outcomes["warning"]


@then(parsers.re(rf"asked again {PERIOD} is shown the very same of (?P<outcome>[a-z_]+)"))
def the_same(world: World, shown_outcomes: Json, begun: str, ended: str, bar: str, person: str, outcome: str) -> None:
    assert world.driver.shown(person, _address(world, begun, ended, bar, outcome)) == shown_outcomes


@then(parsers.re(rf'{PERIOD} is refused (?P<outcome>[a-z_]+): "(?P<rule>[^"]+)"'))
def is_refused(world: World, begun: str, ended: str, bar: str, person: str, outcome: str, rule: str) -> None:
    world.be_accepted()
    if world.today < day(ended):
        world.say("the team Late is formed", day(ended))
        world.be_accepted()
    with pytest.raises(Refused) as refused:
        world.driver.shown(person, _address(world, begun, ended, bar, outcome))
    assert rule in refused.value.rule
    assert refused.value.way_out


@then(parsers.re(rf'{PERIOD} is refused what "(?P<title>[^"]+)" published of (?P<question>[a-z-]+): "(?P<rule>[^"]+)"'))
def published_is_refused(
    world: World, begun: str, ended: str, bar: str, person: str, title: str, question: str, rule: str
) -> None:
    world.be_accepted()
    times = {"from": day(begun).isoformat(), "valid_at": day(ended).isoformat()}
    asked = {"strategy": world.strategy, "review": title, "question": question, "bar": bar, **times}
    with pytest.raises(Refused) as refused:
        world.driver.shown(person, f"alignment/outcomes?{urlencode(asked)}")
    assert rule in refused.value.rule


def _address(world: World, begun: str, ended: str, bar: str, outcome: str) -> str:
    times = {"from": day(begun).isoformat(), "valid_at": day(ended).isoformat()}
    return f"alignment/outcomes?{urlencode({'strategy': world.strategy, 'outcome': outcome, 'bar': bar, **times})}"
