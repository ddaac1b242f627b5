"""What evidence comes to: the steps about ideal clients and what sets apart."""

from __future__ import annotations

from urllib.parse import urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import As, Json, last_instant
from tests.bdd.grammar import NAME, day
from tests.bdd.world import World

WHO = rf"(?P<person>{NAME})"


def asked(world: World, person: str, part: str, row: dict[str, str], **more: str) -> Json:
    """A part of the alignment state, as of the row's day and known on its other one."""
    when = As(of=day(row["as of"]), known=day(row["known on"]) if "known on" in row else None)
    times = {"valid_at": last_instant(when.of).isoformat()}
    if when.known is not None:
        times["known_at"] = last_instant(when.known).isoformat()
    return world.driver.shown(person, f"alignment/{part}?{urlencode({'strategy': world.strategy, **times, **more})}")


def yes_no(answer: bool | None) -> str:
    """As the tables of the features say it."""
    return {True: "yes", False: "no", None: ""}[answer]


@then(parsers.re(rf"{WHO} is shown of the ideal clients:"))
def of_clients(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = asked(world, person, "clients", row)
        (client,) = [each for each in answer["clients"] if each["element"]["id"] == row["profile"]]
        own, majority = (client[name] or {} for name in ("win_rate", "majority_win_rate"))
        told = {
            "won": str(own.get("percent", "")),
            "the majority": str(majority.get("percent", "")),
            "ahead by": "" if client["ahead_by"] is None else str(client["ahead_by"]),
            "most of the time": yes_no(client["wins_majority"]),
            "referrals": str(client["referrals"]["count"]),
            "testimonials": str(client["testimonials"]["count"]),
            "wanted": client["own_view"]["wanted"] or "",
            "not known": ", ".join(client["own_view"]["missing"]),
            **_shown(client["shown"]),
        }
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


@then(parsers.re(rf"{WHO} is shown of what sets us apart:"))
def of_differentiators(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = asked(world, person, "differentiation", row)
        (found,) = [each for each in answer["differentiators"] if each["element"]["id"] == row["differentiator"]]
        element = found["element"]
        told = {
            "by": element["edge"] or "",
            "from": ", ".join(element["apart_from"]),
            "for": ", ".join(element["profiles"]),
            "missing": ", ".join(found["missing"]),
            **_shown(found["shown"]),
        }
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)


def _shown(shown: Json) -> dict[str, str]:
    def read(kind: str) -> str:
        found = shown[kind]
        return f"{found['speaks_for']} for, {found['speaks_against']} against, {found['open']} open"

    return {
        "stated": read("stated"),
        "behavioural": read("behavioural"),
        "at odds": yes_no(shown["at_odds"]),
        "only said": yes_no(shown["stated_only"]),
        "only old": yes_no(shown["all_old"]),
    }


@then(parsers.re(rf"{WHO} is shown of the drivers:"))
def of_drivers(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        answer = asked(world, person, "drivers", row)
        (found,) = [each for each in answer["drivers"] if each["element"] == row["driver"]]
        told = {
            **{name: str(found[name]["count"]) for name in ("decisions", "commitments", "goals")},
            "cited by nothing": ", ".join(answer["cited_by_nothing"]),
            "undefined": ", ".join(answer["undefined"]),
        }
        shown.append({name: told.get(name, cell) for name, cell in row.items()})
    assert shown == rows(datatable)
