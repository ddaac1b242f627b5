"""The draft check, limits and let-gos as they are shown: the steps about them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import As, Json, last_instant
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.proofs import asked, yes_no
from tests.bdd.world import World

WHO = rf"(?P<person>{NAME})"


@then(parsers.re(rf"on (?P<of>{DAY}) the draft check advises {WHO}: (?P<advice>.+)"))
def advises(world: World, of: str, person: str, advice: str) -> None:
    world.be_accepted()
    when = urlencode({"valid_at": last_instant(day(of)).isoformat()})
    found = world.driver.shown(person, f"strategies/{quote(world.strategy)}/check?{when}")
    told = [" ".join([each["name"], *each["elements"]]) for each in found["advice"]]
    assert told == ([] if advice == "nothing" else advice.split(", "))


@then(parsers.re(rf"{WHO} is shown against the limits:"))
def against_limits(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = asked(world, person, "limits", row)
        found = _of(world, answer, row["of"], row["kind"])
        told = {
            "has": str(found["found"]) if found else "not told",
            "at most": str(found["most"]) if found else "",
            "too many": yes_no(found["exceeds"]) if found else "",
            "people with too many": str(answer["people_exceeding"].get(row["kind"], "")),
        }
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


def _of(world: World, answer: Json, whose: str, kind: str) -> Json:
    """The line about the organisation, the strategy's criteria, a team or a person; None where there is none."""
    if whose == "the organisation":
        return next(each for each in [*answer["organisation"], *answer["criteria"]] if each["kind"] == kind)
    wanted = world.driver.people.get(whose)
    lines = answer["people"] if wanted else answer["units"]
    chart = {each["id"]: each["name"] for each in ([] if wanted else _units(world))}
    return next(
        (
            each
            for each in lines
            if each["kind"] == kind and (each["who"] == wanted if wanted else chart.get(each["who"]) == whose)
        ),
        None,
    )


def _units(world: World) -> list[Json]:
    return world.driver.chart(As(of=world.today))


@then(parsers.re(rf"{WHO} is shown of what is let go:"))
def of_let_gos(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = asked(world, person, "let-go", row, **({"unit": row["unit"]} if row.get("unit") else {}))
        (found,) = [each for each in answer["let_go"] if each["element"] == row["let go"]]
        told = {
            "owner": world.driver.name(found["accountable"]) if found["accountable"] else "nobody",
            "past": yes_no(found["past"]),
            "worked on": yes_no(found["still_worked_on"]),
            "goals": str(found["goals"]["count"]),
            "taken on": str(found["taken_on"]["count"]),
            "spent": found["actual_after"]["money"].get("EUR", "nothing"),
            "commitments": str(found["commitments"]["count"]),
            "list": f"{answer['still_worked_on']} of {answer['listed']}",
            "of all goals": f"{answer['goals']['count']} of {answer['goals']['of']}",
            "of all commitments": f"{answer['commitments']['count']} of {answer['commitments']['of']}",
        }
        assert all(found[kind]["count"] >= len(found[kind]["records"]) for kind in ("goals", "actions", "commitments"))
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


@then(parsers.re(rf"{WHO} is shown of the future:"))
def of_the_future(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        (found,) = asked(world, person, "future", row)["futures"]
        told = {
            "says": found["statement"],
            "words": str(found["words"]),
            "could": str(found["could_sign"]),
            "could not": str(found["could_not_sign"]),
            "platitude": yes_no(found["platitude"]),
        }
        assert found["answers"] == [], "who said what is for those who may see drafts"
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)
