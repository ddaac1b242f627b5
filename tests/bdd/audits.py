"""What the commitment audits of a strategy show: the steps about it."""

from __future__ import annotations

from urllib.parse import urlencode

from pytest_bdd import parsers, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json, last_instant
from tests.bdd.grammar import DAY, day
from tests.bdd.world import World

ON, TITLE = rf"on (?P<of>{DAY})", r'"(?P<title>[^"]+)"'


def audits(world: World, of: str, known: str | None = None) -> Json:
    world.be_accepted()
    asked = {"strategy": world.strategy, "valid_at": last_instant(day(of)).isoformat()}
    if known is not None:
        asked["known_at"] = last_instant(day(known)).isoformat()
    return world.driver.shown("Cleo", f"alignment/audits?{urlencode(asked)}")


def audit(found: Json, title: str) -> Json:
    (told,) = [each for each in found["audits"] if each["title"] == title]
    return told


@then(parsers.re(rf"{ON} the audit {TITLE} of revision (?P<revision>\d+), in force when it opened, tells:"))
def tells(world: World, of: str, title: str, revision: str, datatable: Table) -> None:
    found = audit(audits(world, of), title)
    assert (found["revision"], found["in_force"], found["mode"]) == (int(revision), True, "attributed")
    told = [
        {
            "group": part["name"],
            "answered": str(part["n"]),
            "theme": theme,
            "rated": str(each["rated"]),
            "at 4–5": str(each["high_share"]),
            "don't know": str(each["unknown_share"]),
            "understood minus believed": str(part["understood_minus_believed"]),
            "avowed": f"{part['avowed']['count']} of {part['avowed']['of']}",
            "decides": ", ".join(part["decides"]),
        }
        for part in found["parts"]
        for theme, each in part["themes"].items()
        if each["rated"]
    ]
    assert told == rows(datatable)


@then(parsers.re(rf"the report of {TITLE} stands:"))
def stands(world: World, title: str, datatable: Table) -> None:
    for row in rows(datatable):
        found = audits(world, row["as of"], row.get("known on"))
        assert (audit(found, title)["report"], str(found["overdue"])) == (row["report"], row["overdue"])


@then(parsers.re(rf"{ON} of {TITLE} moved:"))
def moved(world: World, of: str, title: str, datatable: Table) -> None:
    told = [
        {
            "group": part["name"],
            "question": each["question"],
            "at 4–5": str(each["moved"]["high_share"]),
            "mean": str(each["moved"]["mean"]),
        }
        for part in audit(audits(world, of), title)["parts"]
        for each in part["questions"]
        if each["moved"] is not None and each["rated"]
    ]
    assert told == rows(datatable)
