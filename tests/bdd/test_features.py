"""The features, and the steps in which something is asked."""

from __future__ import annotations

from pytest_bdd import parsers, scenarios, then

from adapters.interchange.exporting import Export
from tests.bdd.conftest import Table, rows
from tests.bdd.driver import As, Json
from tests.bdd.figures import FIGURES, read
from tests.bdd.grammar import DAY, NAME, TARGET, day, listed
from tests.bdd.histories import History
from tests.bdd.world import World

scenarios("../../features")

AS = rf"on (?P<of>{DAY})(?:, as known on (?P<known>{DAY}),)?"
CALLS = {
    "duty": "a duty",
    "act": "an action",
    "deliver": "deliver",
    "confirm": "confirm",
    "renew": "renew",
    "take_over": "take over or decline",
    "answer": "answer",
    "hold": "hold",
    "reply": "reply",
    "keep": "keep a promise",
    "accept": "accept or not",
    "address": "address",
    "judge": "judge",
    "measure": "measure",
}
"""What is owed, in the order in which the features list it."""


@then(parsers.re(r'the record shows(?: in (?P<unit>\w+))?(?: for the rank "(?P<rank>[^"]+)")?:'))
def the_record_shows(world: World, unit: str | None, rank: str | None, datatable: Table) -> None:
    """Each row is a question as of a day, known on a day, and the figures that answer it."""
    world.be_accepted()
    shown = list[dict[str, str]]()
    for row in rows(datatable):
        when = _when(row["as of"], row.get("known on"))
        answer = world.driver.alignment(world.strategy, when, unit, rank)
        shown.append(
            {name: cell if name in ("as of", "known on") else read(answer, name) for name, cell in row.items()}
        )
    assert shown == rows(datatable)


@then(parsers.re(rf"towards {TARGET} (?P<unit>{NAME}) reads:"))
def a_team_reads(world: World, target: str, unit: str, datatable: Table) -> None:
    world.be_accepted()
    read_so = list[dict[str, str]]()
    for row in rows(datatable):
        answer = world.driver.alignment(world.strategy, _when(row["as of"], row.get("known on")))
        meant = world.target(target)
        (team,) = [
            each
            for each in answer["teams"]
            if each["name"] == unit
            and (each["target"]["element"], each["target"]["goal_key"]) == (meant.get("element"), meant.get("goal"))
        ]
        told = {"reads": team["reads"], "the unit itself": "committed" if team["unit_counts"] else "not"}
        read_so.append({name: told.get(name, cell) for name, cell in row.items()})
    assert read_so == rows(datatable)


@then(parsers.re(rf'{AS} "(?P<figure>[a-z ]+)" counts (?P<names>nobody|{NAME}(?:, {NAME})*(?: and {NAME})?)'))
def behind_a_figure(world: World, of: str, known: str | None, figure: str, names: str) -> None:
    """The people behind a figure, or whose commitments stand behind it; each with the events that made it."""
    world.be_accepted()
    records = world.driver.behind(world.strategy, FIGURES[figure], _when(of, known))
    found = sorted(_whose(world, each) for each in records)
    assert found == ([] if names == "nobody" else sorted(listed(names)))
    assert all(each["events"] for each in records)


@then(parsers.re(rf"nothing was recorded on (?P<of>{DAY})"))
def nothing_recorded(world: World, of: str) -> None:
    world.be_accepted()
    assert "nothing_recorded" in world.driver.alignment(world.strategy, As(of=day(of)))


@then(
    parsers.re(
        rf'from (?P<before>{DAY})(?: \(known on (?P<known>{DAY})\))? to (?P<after>{DAY}) "(?P<figure>[a-z ]+)"'
        rf"(?: in (?P<unit>{NAME}))? goes "
        r"from (?P<start>\d+) to (?P<end>\d+):"
    )
)
def bridged(
    world: World,
    before: str,
    known: str | None,
    after: str,
    figure: str,
    unit: str | None,
    start: str,
    end: str,
    datatable: Table,
) -> None:
    """The bridge of one figure, step by step; and every figure's bridge adds up."""
    world.be_accepted()
    bridges = world.driver.changes(world.strategy, _when(before, known), _when(after, after), unit)
    for each in bridges:
        came, went = (sum(step["count"] for step in each[way].values()) for way in ("entered", "left"))
        assert each["before"] + came - went == each["after"], each["figure"]
    (found,) = [each for each in bridges if each["figure"] == FIGURES[figure]]
    assert (found["before"], found["after"]) == (int(start), int(end))
    steps_told = [
        {"because": step.replace("_", " "), "in": _count(found["entered"], step), "out": _count(found["left"], step)}
        for step in sorted({*found["entered"], *found["left"]})
    ]
    assert steps_told == sorted(rows(datatable), key=lambda row: row["because"])


@then(
    parsers.re(
        rf'on (?P<of>{DAY}) "(?P<figure>[a-z ]+)" reads (?P<start>\d+) as known on (?P<known>{DAY})'
        rf" and (?P<end>\d+) as known on (?P<later>{DAY}), because of:"
    )
)
def explained(
    world: World, of: str, figure: str, start: str, known: str, end: str, later: str, datatable: Table
) -> None:
    """Why a figure was restated; the steps lead from the one value to the other."""
    world.be_accepted()
    found = world.driver.explained(world.strategy, FIGURES[figure], _when(of, known), day(later))
    assert [(each["before"], each["after"]) for each in found["figures"]] == [(int(start), int(end))]
    told = [
        {
            "what": cause["kind"],
            "reason": cause["reason"],
            "from": str(cause["figures"][0]["before"]),
            "to": str(cause["figures"][0]["after"]),
        }
        for cause in found["because"]
    ]
    assert told == rows(datatable)


@then(parsers.re(rf"(?P<person>{NAME}) owes nothing on (?P<of>{DAY})(?:, as known on (?P<known>{DAY}))?"))
def owes_nothing(world: World, person: str, of: str, known: str | None) -> None:
    world.be_accepted()
    assert world.driver.owed(person, _when(of, known)) == []


@then(parsers.re(rf"(?P<person>{NAME}) owes:"))
def owes(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    asked = rows(datatable)
    found = list[dict[str, str]]()
    for when in dict.fromkeys((row["as of"], row.get("known on")) for row in asked):
        calls = world.driver.owed(person, _when(*when))
        for each in sorted(calls, key=lambda each: list(CALLS).index(each["call"])):
            told = {"what": CALLS[each["call"]], "overdue": "yes" if each["overdue"] else "no"}
            found.append({name: told.get(name, when[0] if name == "as of" else when[1] or "") for name in asked[0]})
        if not calls:
            found.append({**dict.fromkeys(asked[0], ""), "as of": when[0], "what": "nothing"})
    assert found == asked


@then(parsers.re(rf"the record of (?P<person>{NAME}) holds:"))
def everything_about(world: World, person: str, datatable: Table) -> None:
    world.be_accepted()
    found = list[dict[str, str]]()
    for row in rows(datatable):
        told = world.driver.everything_about(person, _when(row["as of"], row.get("known on")))
        parts = {name: str(len(told[name])) for name in ("commitments", "acknowledgements", "duties")}
        found.append({name: parts.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)


@then(parsers.re(r'it is refused: "(?P<rule>.+)"'))
def refused(world: World, rule: str) -> None:
    """The rule in Avow's own words; each no comes with a way out."""
    found = world.refused()
    assert rule in found.rule, found.rule
    assert found.way_out


@then("it is accepted")
def accepted(world: World) -> None:
    world.be_accepted()


@then(parsers.re(rf"the units {AS} are (?P<names>.+)"))
def chart(world: World, of: str, known: str | None, names: str) -> None:
    world.be_accepted()
    assert sorted(each["name"] for each in world.driver.chart(_when(of, known))) == sorted(listed(names))


@then(parsers.re(rf"{AS} (?P<unit>{NAME}) (?:sits under (?P<parent>{NAME})|(?P<unplaced>is unplaced))"))
def placed(world: World, of: str, known: str | None, unit: str, parent: str | None, unplaced: str | None) -> None:
    world.be_accepted()
    units = world.driver.chart(_when(of, known))
    (found,) = [each for each in units if each["name"] == unit]
    names = {each["id"]: each["name"] for each in units}
    assert (names.get(found["parent"]), found["unplaced"]) == (parent, unplaced is not None)


@then(parsers.re(r"revision (?P<number>\d+) says:"))
def revision_says(world: World, number: str, datatable: Table) -> None:
    world.be_accepted()
    found = world.driver.document(world.strategy, int(number))
    assert [[each["id"], each["text"]] for each in found] == datatable


@then(parsers.re(r"between (?P<before>revision \d+) and (?P<after>revision \d+|the draft):"))
def differ(world: World, before: str, after: str, datatable: Table) -> None:
    world.be_accepted()
    ends = [each.removeprefix("revision ").removeprefix("the ") for each in (before, after)]
    found = world.driver.differences(world.strategy, ends[0], ends[1])
    assert [[each["element"], each["change"]] for each in found] == datatable


@then(parsers.re(rf"{AS} the draft check objects that (?P<objections>.+)"))
def objections(world: World, of: str, known: str | None, objections: str) -> None:
    world.be_accepted()
    answer = world.driver.alignment(world.strategy, _when(of, known))
    words = {"unmeasurable": "unmeasurable", "nobody-accountable": "nobody's"}
    found = sorted(f"the {each['element']} is {words[each['name']]}" for each in answer["objections"])
    assert found == ([] if objections == "nothing stands against it" else sorted(listed(objections)))


@then(parsers.re(r"what is known of '(?P<head>.+)' reads:"))
def words(world: World, head: str, datatable: Table) -> None:
    """Every word on what was said, with the reason: nothing is overwritten."""
    world.be_accepted()
    found = world.driver.words(world.said[head][-1])
    assert [[each["word"], each["reason"] or ""] for each in found] == datatable


@then(parsers.re(rf'{AS} the results of "(?P<title>[^"]+)" read:'))
def results(world: World, of: str, known: str | None, title: str, datatable: Table) -> None:
    world.be_accepted()
    editions = _review(world, title, _when(of, known))["editions"]
    found = list[dict[str, str]]()
    for edition in editions:
        for group in edition.get("results", ()):
            for each in group["questions"]:
                told = {"edition": str(edition["edition"]), "question": each["question"], "mean": str(each["mean"])}
                answered = f"{group['answered']} of {group['invited']}"
                found.append({**told, "answered": answered, "enough": "yes" if each["enough"] else "no"})
    wanted = rows(datatable)
    assert [{name: row[name] for name in wanted[0]} for row in found] == wanted


@then(parsers.re(rf'{AS} no results of "(?P<title>[^"]+)" are shown'))
def no_results(world: World, of: str, known: str | None, title: str) -> None:
    world.be_accepted()
    assert not any("results" in each for each in _review(world, title, _when(of, known))["editions"])


@then(parsers.re(r'"(?P<title>[^"]+)" is answered by:'))
def answered_by(world: World, title: str, datatable: Table) -> None:
    world.be_accepted()
    found = list[dict[str, str]]()
    for row in rows(datatable):
        share = _review(world, title, _when(row["as of"], row.get("known on")))["participation"]
        told = {"answered": f"{share['count']} of {share['of']}"}
        found.append({name: told.get(name, cell) for name, cell in row.items()})
    assert found == rows(datatable)


@then(parsers.re(r"(?P<new>\d+) facts? (?:is|are) recorded, (?P<old>\d+) passed over and (?P<bad>\d+) refused"))
def brought_in(world: World, history: History, new: str, old: str, bad: str) -> None:
    report = history.report
    assert report is not None
    told = (report.recorded, report.passed_over, report.refused)
    assert told == (int(new), int(old), int(bad)), world.driver.imported


@then("these lines are refused:")
def refused_lines(world: World, datatable: Table) -> None:
    """Each is told with the rule and a way out."""
    told = [{"line": each.id or "", "because": each.rule} for each in world.driver.imported]
    assert told == rows(datatable)
    assert all(each.way_out for each in world.driver.imported)


@then(parsers.re(rf"(?:no name of (?P<gone>{NAME}) is left|the name of (?P<there>{NAME}) is there)"))
def names_left(world: World, gone: str | None, there: str | None) -> None:
    """In all that the organisation would take along."""
    world.be_accepted()
    lines = b"".join(Export(world.driver.installation.ledger, world.driver.organisation).lines()).decode()
    assert f'"{gone or there}"' not in lines if gone else f'"{there}"' in lines


def _review(world: World, title: str, when: As) -> Json:
    (found,) = [each for each in world.driver.alignment(world.strategy, when)["reviews"] if each["title"] == title]
    return found


def _whose(world: World, record: Json) -> str:
    party = record.get("party", {"person": record["id"]})
    if "unit" in party:
        return str(record["unit_name"])
    return world.driver.name(party["person"])


def _when(of: str, known: str | None = None) -> As:
    return As(of=day(of), known=day(known) if known else None)


def _count(steps: dict[str, dict[str, int]], step: str) -> str:
    return str(steps[step]["count"] if step in steps else 0)
