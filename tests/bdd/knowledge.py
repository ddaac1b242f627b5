"""Knowledge as it is found and shown: the steps about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.decisions import as_of
from tests.bdd.driver import As, Json
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.world import World

WHO = rf"(?P<person>{NAME})"
ITEM = r'"(?P<item>[^"]+)"'


def _moment(row: dict[str, str], **more: str) -> str:
    asked: dict[str, Any] = {**more, "valid_at": day(row["as of"]).isoformat()}
    if "known on" in row:
        asked["known_at"] = day(row["known on"]).isoformat()
    return urlencode(asked)


def _found(world: World, person: str, query: str, row: dict[str, str]) -> list[Json]:
    found: list[Json] = world.driver.shown(person, f"knowledge/search?{_moment(row, q=query)}")
    return found


@then(parsers.re(rf"{WHO} reads {ITEM}:"))
def reads(world: World, person: str, item: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = world.driver.shown(person, f"knowledge/{quote(item, safe='')}?{_moment(row)}")
        shown.append({**row, "version": str(answer["version"]), "text": answer["text"]})
    assert shown == rows(datatable)


@then(parsers.re(rf'of {ITEM} version (?P<number>\d+) still reads to {WHO} "(?P<text>[^"]+)"'))
def still_reads(world: World, item: str, number: str, person: str, text: str) -> None:
    world.be_accepted()
    version = world.driver.shown(person, f"knowledge/{quote(item, safe='')}/versions/{number}")
    assert (version["number"], version["text"]) == (int(number), text)


@then(parsers.re(rf"{WHO} finds:"))
def finds(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        titles = [each["title"] for each in _found(world, person, row["looking for"], row)]
        shown.append({**row, "found": ", then ".join(titles) or "nothing"})
    assert shown == rows(datatable)


@then(parsers.re(rf'looking for "(?P<query>[^"]+)" on (?P<of>{DAY}), {WHO} is shown "(?P<extract>.+)"'))
def is_shown(world: World, query: str, of: str, person: str, extract: str) -> None:
    world.be_accepted()
    (found,) = _found(world, person, query, {"as of": of})
    assert found["extract"] == extract
    assert "<b>" not in found["marked_title"]


@then(parsers.re(rf"{WHO} is shown these needs:"))
def needs(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    found = list[dict[str, str]]()
    for of in dict.fromkeys(row["as of"] for row in rows(datatable)):
        answer = world.driver.shown(person, f"alignment/knowledge?{as_of(world, {'as of': of})}")
        found += [
            {
                "as of": of,
                "role": each["role"],
                "stage": each["stage"],
                "of": "enrolment" if each["of_enrolment"] else "buying",
                "items": str(each["items"]["count"]),
                "hole": "yes" if each["hole"] else "no",
            }
            for each in answer["needs"]
        ]
        assert answer["holes"] == sum(each["hole"] for each in answer["needs"])
    assert found == rows(datatable)


@then(parsers.re(rf"{WHO} is shown about knowledge:"))
def about_knowledge(world: World, person: str, datatable: Table) -> None:
    """Each count opens to as many records for who may see all of them."""
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = world.driver.shown(person, f"alignment/knowledge?{as_of(world, row)}")
        used = answer["used"]
        opened = {
            "uses": used["uses"],
            "did not know": used["did_not_know"],
            "stale": answer["stale"],
            "nobody keeps": answer["unkept"],
            **{f"items for the {each['element']}": each["items"] for each in answer["elements"]},
        }
        assert all(each["count"] == len(each["records"]) for each in opened.values())
        told = {name: str(each["count"]) for name, each in opened.items()}
        told |= {"by people": str(used["people"]), "share": str(used["percent"])}
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


@then(parsers.re(rf"{WHO} is shown the time saved:"))
def time_saved(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = world.driver.shown(person, f"alignment/knowledge?{as_of(world, row)}")
        units = {each["id"]: each["name"] for each in world.driver.chart(As(of=day(row["as of"])))}
        teams = {units[each["unit"]]: each for each in answer["teams"]}
        found = {**teams, "all": answer["together"]}[row["in"]]
        told = {name: str(found[name] or "") for name in ("baseline", "latest", "mean", "total")}
        told |= {"stated": str(found["stated"]["count"]), "n": str(found["n"])}
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


@then(parsers.re(rf"to {WHO} the time saved in (?P<unit>{NAME}) by one person is not told"))
def not_told(world: World, person: str, unit: str) -> None:
    world.be_accepted()
    asked = urlencode({"strategy": world.strategy, "unit": unit})
    answer = world.driver.shown(person, f"alignment/knowledge?{asked}")
    for found in (answer["together"], *answer["teams"]):
        told = [found[name] for name in ("baseline", "latest", "mean", "total")]
        assert (found["n"], told, found["stated"]) == (1, [None] * 4, {"count": 1, "records": []})
