"""The five conditions as they are shown, and how they are judged together: the steps about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from pytest_bdd import parsers, step, then

from tests.bdd.conftest import Table, rows
from tests.bdd.driver import Json, first_instant
from tests.bdd.grammar import DAY, NAME, day
from tests.bdd.world import World

LETTERS = {"A": "apparent", "P": "partly apparent", "N": "not apparent"}
TOLD = {"apparent": "A", "partly": "P", "not_apparent": "N", None: "-"}
WHO = rf"(?P<person>{NAME})"
AS = rf"as of (?P<of>{DAY})(?:, as known on (?P<known>{DAY}))?"


def asked(world: World, of: str, known: str | None, **more: str) -> str:
    """The arguments of a question about the strategy, as of the end of a day as it was known at the end of another."""
    found = {"strategy": world.strategy, **more, "valid_at": day(of).isoformat()}
    return urlencode(found | ({"known_at": day(known).isoformat()} if known else {}))


def conditions(world: World, person: str, of: str, known: str | None, **more: str) -> Json:
    """The five conditions, as they are shown to somebody."""
    world.be_accepted()
    return world.driver.shown(person, f"alignment/conditions?{asked(world, of, known, **more)}")


@step(parsers.re(rf'on (?P<on>{DAY}) (?P<first>{NAME}) and (?P<second>{NAME}) judge in "(?P<title>[^"]+)":'))
def judge_together(world: World, on: str, first: str, second: str, title: str, datatable: Table) -> None:
    """One of them judges each condition and the other agrees."""
    for row in rows(datatable):
        unit = row.pop("unit")
        for condition, letter in row.items():
            if not letter:
                continue
            about = f"the {condition} of {unit}"
            ground = f'for "what we saw of {about}" (minutes)'
            world.say(f'{first} judges {about} {LETTERS[letter]} in "{title}", {ground}', day(on))
            world.say(f'{second} agrees about {about} in "{title}"', day(on))


def _counts(counts: Json) -> str:
    return f"{counts['apparent']} A, {counts['partly']} P, {counts['not_apparent']} N"


@then(parsers.re(rf"{WHO} is shown the conditions:"))
def shown(world: World, person: str, datatable: Table) -> None:
    """Counts of all conditions of all units, and how many units are aligned."""
    found = list[dict[str, str]]()
    for row in rows(datatable):
        answer = conditions(world, person, row["as of"], row.get("known on"))
        counts, aligned = answer["counts"], answer["aligned_units"]
        told: dict[str, Any] = {
            "judged": f"{_counts(counts)} of {counts['of']}",
            "not judged": counts["not_judged"],
            "gaps": counts["gaps"],
            "critical": counts["critical"],
            "aligned": f"{aligned['count']} of {aligned['of']}",
            "restated": "yes" if any(each["restated"] for each in answer["cycles"]) else "no",
            "first edition": ", then ".join(
                _counts(each["first_edition"]) for each in answer["cycles"] if each["first_edition"]
            ),
        }
        found.append({name: str(told[name]) if name in told else cell for name, cell in row.items()})
    assert found == rows(datatable)


@then(parsers.re(rf"{WHO} is shown the units {AS}:"))
def shown_units(world: World, person: str, of: str, known: str | None, datatable: Table) -> None:
    answer = conditions(world, person, of, known)
    found = [
        {"unit": each["name"], **{cell["condition"]: TOLD[cell["judgement"]] for cell in each["conditions"]}}
        for each in answer["units"]
    ]
    assert found == rows(datatable)


@then(
    parsers.re(rf"{WHO} is told of the (?P<condition>[a-z]+) of (?P<unit>{NAME}) {AS} that the assessors did not know:")
)
def unknown(world: World, person: str, condition: str, unit: str, of: str, known: str | None, datatable: Table) -> None:
    cell = _cell(conditions(world, person, of, known), unit, condition)
    told = [
        (each["text"], each["source"], datetime.fromisoformat(each["since"])) for each in cell["unknown_to_assessors"]
    ]
    assert told == [(text, source, first_instant(day(since))) for text, source, since in datatable]


@then(
    parsers.re(
        rf"{WHO} is told that the (?P<condition>[a-z]+) of (?P<unit>{NAME}) {AS} was restated "
        r'from (?P<before>[APN-]) to (?P<after>[APN-]), because "(?P<reason>[^"]+)"'
    )
)
def restated(
    world: World,
    person: str,
    condition: str,
    unit: str,
    of: str,
    known: str | None,
    before: str,
    after: str,
    reason: str,
) -> None:
    cell = _cell(conditions(world, person, of, known), unit, condition)
    assert (TOLD[cell["as_closed"]], TOLD[cell["judgement"]], cell["restated"]) == (before, after, True)
    assert [each["reason"] for each in cell["because"]] == [reason]


@then(
    parsers.re(
        rf"{WHO} is told that the figure behind the (?P<condition>[a-z]+) of (?P<unit>{NAME}) {AS} "
        r"read (?P<before>\d+) and reads (?P<after>\d+)"
    )
)
def figure(
    world: World, person: str, condition: str, unit: str, of: str, known: str | None, before: str, after: str
) -> None:
    (ground,) = _cell(conditions(world, person, of, known), unit, condition)["rests_on"]
    assert (ground["read"], ground["reads_now"]) == (int(before), int(after))
    assert ground["restated"] is (before != after)


def _cell(answer: Json, unit: str, condition: str) -> Json:
    (row,) = [each for each in answer["units"] if each["name"] == unit]
    (cell,) = [each for each in row["conditions"] if each["condition"] == condition]
    return cell
