"""What people are shown and what not: the steps about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from pytest_bdd import parsers, then

from domain.purpose import DataKind
from tests.bdd.conftest import Table, rows
from tests.bdd.driver import As, Json, Refused, first_instant
from tests.bdd.figures import FIGURES
from tests.bdd.grammar import DAY, NAME, day, listed
from tests.bdd.world import World

TITLE = r'"(?P<title>[^"]+)"'


def sees(world: World, person: str, address: str) -> bool:
    """Whether an address answers to a person."""
    try:
        world.driver.shown(person, address)
    except Refused as refused:
        rule = refused.rule
    else:
        return True
    assert "may not do this" in rule, rule
    return False


def review(world: World, person: str, title: str) -> Json:
    return world.driver.shown(person, f"reviews/{quote(title, safe='')}")


@then(
    parsers.re(
        rf"(?P<person>{NAME}) is told of {TITLE} that (?P<facilitator>{NAME}) runs it for (?P<sponsor>{NAME}) by "
        rf'"(?P<method>[^"]+)" until (?P<last>{DAY}): "(?P<words>[^"]+)"'
    )
)
def told_of_a_charter(
    world: World, person: str, title: str, facilitator: str, sponsor: str, method: str, last: str, words: str
) -> None:
    world.be_accepted()
    (charter,) = review(world, person, title)["charters"]
    assert world.driver.name(charter["facilitator"]) == facilitator
    assert world.driver.name(charter["sponsor"]) == sponsor
    told = charter["method"], charter["responds_by"], charter["ownership"]
    assert told == (method, day(last).isoformat(), words)


@then(
    parsers.re(rf"(?P<person>{NAME}) is told of {TITLE} that {NAME} was to report back by (?P<last>{DAY}) and has not")
)
def told_of_a_delay(world: World, person: str, title: str, last: str) -> None:
    world.be_accepted()
    (charter,) = review(world, person, title)["charters"]
    assert (charter["responds_by"], charter["overdue"]) == (day(last).isoformat(), True)


@then(parsers.re(rf"(?P<person>{NAME}) sees who is asked in {TITLE}, and (?P<other>{NAME}) does"))
def sees_participants(world: World, person: str, title: str, other: str) -> None:
    world.be_accepted()
    seen = review(world, person, title)
    assert seen["participants"]
    assert seen == review(world, other, title)


@then(parsers.re(rf"(?P<person>{NAME}) does not see {TITLE}, though (?P<other>{NAME}) does"))
def sees_no_review(world: World, person: str, title: str, other: str) -> None:
    world.be_accepted()
    address = f"reviews/{quote(title, safe='')}"
    assert (sees(world, person, address), sees(world, other, address)) == (False, True)


@then(parsers.re(rf"(?P<person>{NAME}) does not see the record of (?P<other>{NAME})"))
def sees_no_record(world: World, person: str, other: str) -> None:
    world.be_accepted()
    assert not sees(world, person, f"people/{quote(other)}/record")


@then(parsers.re(rf"asked on (?P<now>{DAY}), (?P<person>{NAME}) sees of (?P<units>{NAME}(?: and {NAME})*):"))
def sees_units(world: World, now: str, person: str, units: str, datatable: Table) -> None:
    """Whether the alignment of a unit as of a day is shown to somebody, for each row's instant."""
    world.be_accepted()
    assert world.today == day(now), world.today
    found = [
        {name: cell if name == "as of" else _yes(sees(world, person, _alignment(world, name, row["as of"])))
         for name, cell in row.items()}
        for row in rows(datatable)
    ]  # fmt: skip
    assert found == rows(datatable)


@then(parsers.re(rf'the figure "(?P<figure>[a-z ]+)" of (?P<unit>{NAME}) reads (?P<count>\d+) and opens:'))
def opens(world: World, figure: str, unit: str, count: str, datatable: Table) -> None:
    """The count is the same for all who see it; the records behind it are not for everybody."""
    world.be_accepted()
    name = FIGURES[figure]
    asked: Any = {"strategy": world.strategy, "unit": unit}
    found = []
    for row in rows(datatable):
        group, _, rest = name.partition("/")
        state = world.driver.shown(row["to"], f"alignment?{urlencode(asked)}")
        assert str(state[group][rest]["count"]) == count
        found.append(
            {"to": row["to"], "named": _yes(sees(world, row["to"], f"alignment/figures/{name}?{urlencode(asked)}"))}
        )
    assert found == rows(datatable)


@then(parsers.re(rf"(?P<person>{NAME}) is named in no figure that opens, but for (?P<names>.+)"))
def named_in(world: World, person: str, names: str) -> None:
    """Every figure of the alignment state is opened by the office; those are listed in which the person stands."""
    world.be_accepted()
    when = As(of=world.today)
    id, found = world.driver.people[person], set[str]()
    for name, group in world.driver.alignment(world.strategy, when).items():
        for figure in group if name in {"population", "acknowledgement", "commitments", "parties", "duties"} else ():
            behind = world.driver.behind(world.strategy, f"{name}/{figure}", when)
            found |= {f"{name}/{figure}" for each in behind if each["id"] == id}
    assert found == {FIGURES[name.strip('"')] for name in names.split(" and ")}


@then(parsers.re(rf"(?P<person>{NAME}) sees the results of {TITLE} in (?P<unit>{NAME}) and (?P<other>{NAME}) does not"))
def sees_results(world: World, person: str, title: str, unit: str, other: str) -> None:
    world.be_accepted()
    address = f"reviews/{quote(title, safe='')}"
    assert (sees(world, person, address), sees(world, other, address)) == (True, False)
    asked = urlencode({"strategy": world.strategy, "unit": unit})
    shown = [world.driver.shown(each, f"alignment?{asked}")["reviews"][0] for each in (person, other)]
    assert shown[0].pop("editions")[0]["results"]
    assert shown[1].pop("editions") is None
    assert shown[0] == shown[1]


@then(
    parsers.re(
        rf"every showing of (?P<owner>{NAME})'s commitment to (?P<target>the [a-z ]+) "
        rf"says that (?P<by>{NAME}) entered it for {NAME}"
    )
)
def marked(world: World, owner: str, target: str, by: str) -> None:
    """In the figure and the events behind it, on the record of the owner, and on the commitment itself."""
    world.be_accepted()
    when, ids = As(of=world.today), world.driver.people
    (record,) = world.driver.behind(world.strategy, FIGURES["on behalf"], when)
    assert "on_behalf" in record["flags"]
    key = quote(world.commitment(owner, target), safe="")
    assert "on_behalf" in str(world.driver.shown(owner, f"commitments/{key}"))
    (own,) = world.driver.shown(owner, f"people/{quote(owner)}/record")["commitments"]
    assert own["state"]["on_behalf"] is True
    for (event,) in (record["events"], own["events"]):
        assert (event["on_behalf"], event["actor"]["person"]) == (True, ids[by])
        assert event["actor"]["on_behalf_of"] == {"kind": "person", "id": ids[owner]}


@then(parsers.re(rf"(?P<person>{NAME}) sees the record of (?P<other>{NAME})"))
def sees_record(world: World, person: str, other: str) -> None:
    world.be_accepted()
    assert sees(world, person, _record(other))


@then(parsers.re(rf'for an appraisal (?P<person>{NAME}) is refused the record of (?P<other>{NAME}): "(?P<rule>[^"]+)"'))
def no_appraisal(world: World, person: str, other: str, rule: str) -> None:
    world.be_accepted()
    with pytest.raises(Refused) as refused:
        world.driver.shown(person, _record(other) + "?purpose=appraisal")
    assert rule in refused.value.rule
    assert refused.value.way_out


@then(parsers.re(rf"for an appraisal (?P<person>{NAME}) is shown of (?P<other>{NAME}) only the (?P<kinds>[a-z, ]+)"))
def appraisal(world: World, person: str, other: str, kinds: str) -> None:
    world.be_accepted()
    shown, whole = (world.driver.shown(person, _record(other) + how) for how in ("?purpose=appraisal", ""))
    assert {name: each for name, each in shown.items() if each is not None} == {
        name: whole[name] for name in listed(kinds)
    }
    assert all(whole[name] for name in listed(kinds))


@then("everybody can read what every kind of data is there for")
def purposes(world: World) -> None:
    world.be_accepted()
    for person in world.driver.people:
        kinds = world.driver.shown(person, "purposes")["kinds"]
        assert {each["kind"] for each in kinds} == set(DataKind)
        assert all(each["holds"] and each["serves"] and not each["appraisal"] for each in kinds)


@then("in appraisals may be used:")
def agreed(world: World, datatable: Table) -> None:
    world.be_accepted()
    found = []
    for row in rows(datatable):
        times = {"valid_at": day(row["as of"]).isoformat(), "known_at": day(row["known on"]).isoformat()}
        times = {name: each for name, each in times.items() if each != world.today.isoformat()}
        someone = next(iter(world.driver.people))
        kinds = world.driver.shown(someone, f"purposes?{urlencode(times)}")["kinds"]
        used = ", ".join(each["kind"] for each in kinds if each["appraisal"]) or "nothing"
        found.append({**row, "what": used})
    assert found == rows(datatable)


def _record(person: str) -> str:
    return f"people/{quote(person)}/record"


def _alignment(world: World, unit: str, at: str) -> str:
    return "alignment?" + urlencode({"strategy": world.strategy, "unit": unit, "valid_at": day(at).isoformat()})


def _yes(seen: bool) -> str:
    return "yes" if seen else "no"


@then(parsers.re(rf"the register that (?P<person>{NAME}) sees is empty"))
def register_is_empty(world: World, person: str) -> None:
    world.be_accepted()
    assert world.driver.shown(person, "register") == []


@then(parsers.re(rf"the register that (?P<person>{NAME}) sees reads:"))
def register_reads(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    found = [
        {
            "what": each["topic"],
            "why": ", ".join(each["why"]).replace("_", " "),
            "days": str(each["days"]),
            "reason": each["reason"],
        }
        for each in world.driver.shown(person, "register")
    ]
    assert found == rows(datatable)


@then(parsers.re(rf"it improved, as of (?P<of>{DAY}):"))
def improved(world: World, of: str, datatable: Table) -> None:
    """The figures that the only entry improved, as of its own day."""
    at = first_instant(day(of)).isoformat().replace("+00:00", "")
    found = [each for each in _improved(world) if each["valid_at"].startswith(at)]
    names = ("figure", "before", "after")
    assert [[f"{each[name]:g}" if name != "figure" else each[name] for name in names] for each in found] == datatable[
        1:
    ]


@then("it improved nothing")
def improved_nothing(world: World) -> None:
    assert _improved(world) == []


@then(parsers.re(rf"the register that (?P<person>{NAME}) sees has as many entries as:"))
def register_counts(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    found = []
    for row in rows(datatable):
        known = day(row["known on"])
        times = {"valid_at": day(row["as of"]).isoformat()}
        if known != world.today:
            times["known_at"] = known.isoformat()
        found.append({**row, "entries": str(len(world.driver.shown(person, f"register?{urlencode(times)}")))})
    assert found == rows(datatable)


@then(parsers.re(rf"(?P<person>{NAME}) does not see the register, though (?P<other>{NAME}) does"))
def sees_no_register(world: World, person: str, other: str) -> None:
    world.be_accepted()
    assert (sees(world, person, "register"), sees(world, other, "register")) == (False, True)


def _improved(world: World) -> list[Json]:
    world.be_accepted()
    (entry,) = world.driver.shown("Olga", "register?figures=yes")
    return list(entry["improved"])
