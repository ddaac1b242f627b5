"""What KPIs come to, and how they roll up: the steps about them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.decisions import WHO, as_of
from tests.bdd.driver import Json
from tests.bdd.grammar import DAY, NAME, day, listed
from tests.bdd.permissions import sees
from tests.bdd.world import World

KPI = r'"(?P<kpi>[^"]+)"'
SAYS = {True: "yes", False: "no", None: "none"}


@then(parsers.re(rf"{WHO} is shown that {KPI} comes to:"))
def comes_to(world: World, person: str, kpi: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        asked = {"valid_at": day(row["as of"]).isoformat()}
        asked |= {"known_at": day(row["known on"]).isoformat()} if "known on" in row else {}
        found = world.driver.shown(person, f"kpis/{quote(kpi, safe='')}/figures?{urlencode(asked)}")
        way, trend, forecast = found["way_to_target"], found["trend"], found["forecast"]
        told = {
            "value": found["value"],
            "way to target": way["percent"],
            "target met": SAYS[way["met"]],
            "trend in 30 days": trend["in_30_days"],
            "values": trend["n"],
            "forecast": forecast["value"],
            "would meet it": SAYS[forecast["meets_target"]],
            "because": (forecast["because"] if "forecast" in row else way["because"]) or "",
            "stated": SAYS[found["rewards"]["stated_at"] is not None],
            "look overdue": SAYS[found["rewards"]["overdue"]],
        }
        shown.append({name: _text(told[name]) if name in told else cell for name, cell in row.items()})
    assert shown == rows(datatable)


@then(parsers.re(rf"{WHO} is shown that the KPIs roll up:"))
def roll_up(world: World, person: str, datatable: Table) -> None:
    """What rolls up to an element or a goal; each count opens to as many records."""
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = world.driver.shown(person, f"alignment/kpis?{as_of(world, row)}")
        (found,) = [
            each["rolled_up"]
            for each in (*answer["elements"], *answer["goals"])
            if row["to"] in (each.get("element"), each.get("title"))
        ]
        counts = {name: found[name] for name in ("kpis", "measured", "met")}
        assert all(each["count"] == len(each["records"]) for each in counts.values())
        told: Json = {
            "KPIs": found["kpis"]["count"],
            "measured": found["measured"]["count"],
            "met": found["met"]["count"],
            "lowest way": found["lowest_way"],
            "middle way": found["middle_way"],
        }
        shown.append({name: _text(told[name]) if name in told else cell for name, cell in row.items()})
    assert shown == rows(datatable)


@then(parsers.re(rf"on (?P<of>{DAY}) criteria without any KPI are (?P<names>[a-z, ]+)"))
def criteria_without(world: World, of: str, names: str) -> None:
    world.be_accepted()
    answer = world.driver.shown("Ada", f"alignment/kpis?{as_of(world, {'as of': of})}")
    assert answer["criteria_without_any"] == listed(names)


@then(parsers.re(rf"{WHO} sees the KPI {KPI} and (?P<other>{NAME}) does not"))
def sees_kpi(world: World, person: str, kpi: str, other: str) -> None:
    world.be_accepted()
    address = f"kpis/{quote(kpi, safe='')}"
    assert (sees(world, person, address), sees(world, other, address)) == (True, False)
    assert world.driver.shown(other, "kpis") == []


@then(
    parsers.re(
        rf"on (?P<of>{DAY}) of the KPIs under the (?P<element>[a-z ]+) {WHO} sees (?P<seen>\d+), "
        r"and (?P<withheld>\d+) are withheld"
    )
)
def withheld_kpis(world: World, of: str, element: str, person: str, seen: str, withheld: str) -> None:
    world.be_accepted()
    answer = world.driver.shown(person, f"alignment/kpis?{as_of(world, {'as of': of})}")
    (found,) = [each["rolled_up"]["kpis"]["count"] for each in answer["elements"] if each["element"] == element]
    assert (found, answer["withheld"]) == (int(seen), int(withheld))


def _text(value: Json) -> str:
    return "none" if value is None else str(value)
