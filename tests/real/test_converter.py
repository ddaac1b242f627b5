"""The converted history is well formed, leaves nothing out in silence, and says what the source says."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.real.conftest import folder_of
from tests.real.lines import Line
from tests.real.oracle import Oracle, level_of
from tests.real.questions import QUESTIONS, Question
from tests.real.reading import Reading
from tests.real.rust_goals import Conversion, convert
from tests.real.source import FILES, rows_of

pytestmark = pytest.mark.real

COMMON = {"id", "type", "at", "known", "actor", "reason", "labels"}
FIELDS = {
    "organisation.founded": {"organisation", "name", "zone", "clock"},
    "scale.defined": {"scale", "version", "levels", "ordered", "counts_from"},
    "unit.formed": {"unit", "name", "kind", "parent"},
    "unit.moved": {"unit", "parent"},
    "unit.dissolved": {"unit"},
    "person.joined": {"person", "name"},
    "membership.began": {"person", "unit", "role"},
    "membership.ended": {"person", "unit", "role"},
    "strategy.drafted": {"strategy", "title", "scale"},
    "strategy.revised": {"strategy", "element", "kind", "text"},
    "strategy.published": {"strategy", "revision", "material"},
    "accountable.named": {"for", "person"},
    "goal.proposed": {"goal", "strategy", "title", "accountable"},
    "goal.changed": {"goal", "title"},
    **{f"goal.{fact}": {"goal"} for fact in ("accepted", "declined", "deferred", "reopened", "abandoned")},
    "commitment.made": {"commitment", "party", "strategy", "goal", "level", "champion"},
    "commitment.changed": {"commitment", "level", "champion"},
    "commitment.withdrawn": {"commitment"},
}
BEGINNINGS = {
    "unit.formed": "unit",
    "person.joined": "person",
    "scale.defined": "scale",
    "strategy.drafted": "strategy",
    "goal.proposed": "goal",
    "commitment.made": "commitment",
}
REFERENCES = {
    "unit": "unit",
    "parent": "unit",
    "person": "person",
    "accountable": "person",
    "champion": "person",
    "actor": "person",
    "scale": "scale",
    "strategy": "strategy",
    "goal": "goal",
    "commitment": "commitment",
}


@pytest.fixture(scope="session")
def conversion(rust_goals: Path) -> Conversion:
    return convert(rust_goals)


@pytest.fixture(scope="session")
def oracle(rust_goals: Path) -> Oracle:
    return Oracle(rust_goals)


@pytest.fixture(scope="session")
def reading(conversion: Conversion) -> Reading:
    return Reading(conversion.lines[1:])


def references(line: Line) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = [(REFERENCES[name], value) for name, value in line.items() if name in REFERENCES]
    for nested in (line.get("for"), line.get("party")):
        if isinstance(nested, Mapping):
            found += [(REFERENCES[name], value) for name, value in nested.items()]
    return found


def test_absent_data_fails_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="real data is absent: there is no folder"):
        folder_of("rust-goals", tmp_path)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda its: " ".join((its.asks, *its.about)))
def test_the_history_gives_the_oracles_answer(question: Question, oracle: Oracle, reading: Reading) -> None:
    assert reading.answer(question.asks, question.about) == oracle.answer(question)


def test_figures_counted_by_hand(oracle: Oracle) -> None:
    assert len(oracle.accepted("2026", "2026-05-13")) == 66
    assert len(oracle.accepted("2024h2", "2024-07-29")) == 21
    assert oracle.accepted("2025h2", "2026-08-22") == ()
    assert oracle.leads("clippy", "2019-03-08") == ("manishearth", "oli-obk")
    assert oracle.answer(Question("commitments_by_level", ("2026", "2026-08-22"))) == {
        "": 5,
        "FLS authoring and review": 1,
        "Large": 22,
        "Medium": 73,
        "Small": 108,
    }


@pytest.mark.parametrize("period", ["2024h2", "2025h1", "2025h2", "2026"])
def test_the_final_asks_are_those_of_the_snapshot(period: str, rust_goals: Path, reading: Reading) -> None:
    rows = [row for row in rows_of(rust_goals, "team_asks.csv") if row["period"] == period]
    snapshot = Counter(f"{row['goal']}/{row['team']}/{level_of(row['level'], period)}" for row in rows)
    assert reading.asks(period, "2026-08-22") == snapshot


def test_the_final_champions_are_those_of_the_snapshot(rust_goals: Path, reading: Reading) -> None:
    rows = rows_of(rust_goals, "team_asks.csv")
    snapshot = Counter(row["champion"].removeprefix("@").lower() for row in rows if row["champion"])
    periods = ("2024h2", "2025h1", "2025h2", "2026")
    commitments = [reading.commitments_by_champion(period, "2026-08-22") for period in periods]
    counted = Counter[str]()
    for each in commitments:
        counted.update(dict(each) if isinstance(each, Mapping) else {})
    assert counted == snapshot


def test_the_final_goals_are_those_of_the_snapshot(rust_goals: Path, reading: Reading) -> None:
    words = {"Accepted": "accepted", "Not accepted": "declined", "Proposed": "proposed"}
    rows = [row for row in rows_of(rust_goals, "goals.csv") if row["kind"] == "goal"]
    snapshot = {f"{row['period']}/{row['slug']}": words[row["status"]] for row in rows}
    standings = reading.state("2026-08-22").standings
    assert {goal: its for goal, its in standings.items() if its != "abandoned"} == snapshot


def test_titles_and_contacts_end_as_in_the_snapshot(rust_goals: Path, conversion: Conversion) -> None:
    titles: dict[str, object] = {}
    contacts: dict[str, object] = {}
    for line in conversion.lines[1:]:
        if "title" in line and "goal" in line:
            titles[str(line["goal"])] = line["title"]
        if line["type"] == "goal.proposed":
            contacts[str(line["goal"])] = line.get("accountable")
        if line["type"] == "accountable.named" and isinstance(line["for"], Mapping):
            contacts[str(line["for"]["goal"])] = line.get("person")
    rows = [row for row in rows_of(rust_goals, "goals.csv") if row["kind"] == "goal"]
    assert all(titles[f"{row['period']}/{row['slug']}"] == (row["title"] or row["slug"]) for row in rows)
    plain = [row for row in rows if row["point_of_contact"].removeprefix("@").replace("-", "").isalnum()]
    assert len(plain) > 150
    for row in plain:
        whom = row["point_of_contact"]
        expected = whom.removeprefix("@").lower() if whom.startswith("@") else None
        assert contacts[f"{row['period']}/{row['slug']}"] == expected, row


def test_every_id_is_used_once(conversion: Conversion) -> None:
    ids = [line["id"] for line in conversion.lines[1:]]
    assert len(set(ids)) == len(ids)


def test_what_is_known_never_goes_back(conversion: Conversion) -> None:
    known = [str(line["known"]) for line in conversion.lines[1:]]
    assert known == sorted(known)
    assert all(line["known"] == line["at"] and str(line["at"]).endswith("Z") for line in conversion.lines[1:])


def test_no_line_has_a_field_that_the_format_does_not_know(conversion: Conversion) -> None:
    for line in conversion.lines[1:]:
        assert set(line) <= FIELDS[str(line["type"])] | COMMON, line
        labels = line.get("labels", {})
        assert isinstance(labels, Mapping)
        assert all(isinstance(words, str) for words in labels.values()), line


def test_no_line_refers_forward(conversion: Conversion) -> None:
    there: dict[str, set[object]] = {kind: set() for kind in set(REFERENCES.values())}
    for line in conversion.lines[1:]:
        begins = BEGINNINGS.get(str(line["type"]))
        if begins:
            assert line[begins] not in there[begins], line
            there[begins].add(line[begins])
        for kind, key in references(line):
            assert key in there[kind], line


def test_what_ended_is_left_alone(conversion: Conversion) -> None:
    gone: set[object] = set()
    held: set[tuple[object, ...]] = set()
    for line in conversion.lines[1:]:
        assert not gone & {key for kind, key in references(line) if kind in {"unit", "commitment"}}, line
        if line["type"] in {"unit.dissolved", "commitment.withdrawn"}:
            gone.add(line.get("unit", line.get("commitment")))
        if str(line["type"]).startswith("membership."):
            holding = line["person"], line["unit"], line["role"]
            assert (holding in held) == (line["type"] == "membership.ended"), line
            held ^= {holding}
    assert not {unit for _, unit, _ in held} & gone


def test_levels_are_of_the_strategys_scale(conversion: Conversion) -> None:
    scales: dict[object, list[str]] = {}
    chosen: dict[object, list[str]] = {}
    for line in conversion.lines[1:]:
        if line["type"] == "scale.defined" and isinstance(line["levels"], Sequence):
            scales[line["scale"]] = [str(level) for level in line["levels"]]
        if line["type"] == "strategy.drafted":
            chosen[line["strategy"]] = scales[line["scale"]]
        if "level" in line:
            assert line["level"] in chosen[str(line["commitment"]).partition("/")[0]], line
    assert list(scales["sizes-of-team-asks"]) == ["Vibes", "Small", "Medium", "Large"]
    assert all(len({level.casefold() for level in levels}) == len(levels) for levels in scales.values())


def test_a_statement_of_its_own_is_made_by_a_member(conversion: Conversion) -> None:
    held: set[tuple[object, object, object]] = set()
    own = 0
    for line in conversion.lines[1:]:
        if str(line["type"]).startswith("membership."):
            held ^= {(line["person"], line["unit"], line["role"])}
        if actor := line.get("actor"):
            own += 1
            team = str(line["commitment"]).split("/")[2]
            assert actor == line["champion"]
            assert any((actor, team, role) in held for role in ("member", "lead")), line
    assert own > 0


def test_no_row_is_passed_over_in_silence(rust_goals: Path, conversion: Conversion) -> None:
    """Each row caused a line, is in the report, or belongs to a document of which its landing says a line."""
    caused = {str(line["id"]).rpartition(".")[0] for line in conversion.lines[1:]}
    noted = {(note.file, note.row) for note in conversion.report.notes}
    for row in rows_of(rust_goals, "team_member_events.csv"):
        assert f"member-{row.number}" in caused or (row.file, row.number) in noted, row
    changes = rows_of(rust_goals, "goal_events.csv")
    landed = {(row["commit"], row["period"], row["slug"]) for row in changes if f"goal-{row.number}" in caused}
    for row in changes:
        said = (row["commit"], row["period"], row["slug"]) in landed or (row.file, row.number) in noted
        assert said, row


def test_the_report_counts(conversion: Conversion, rust_goals: Path) -> None:
    counts = conversion.report.counts()
    assert counts["left out", "join and leave in one landing"] == 2 * 116
    assert counts["left out", "task"] == len(rows_of(rust_goals, "tasks.csv"))
    assert counts["left out", "roadmap page"] == 9
    assert ("left out", "no change of membership") not in counts


def test_the_counts_of_lines(conversion: Conversion) -> None:
    counts = conversion.by_type()
    assert counts["unit.formed"] == 258
    assert counts["membership.began"] - counts["membership.ended"] == 1110
    assert counts["commitment.made"] - counts["commitment.withdrawn"] == 556
    assert counts["goal.proposed"] == 190 + counts["goal.abandoned"] - 2  # two were taken up again
    assert counts["strategy.published"] == 4


def test_the_same_files_give_the_same_lines(rust_goals: Path, conversion: Conversion) -> None:
    assert convert(rust_goals).lines == conversion.lines


def test_rows_appended_change_no_line_before_them(rust_goals: Path, conversion: Conversion, tmp_path: Path) -> None:
    for file in FILES:
        (tmp_path / file).write_bytes((rust_goals / file).read_bytes())
    with (tmp_path / "team_member_events.csv").open("a", newline="", encoding="utf-8") as text:
        csv.writer(text).writerow(["2026-09-01T10:00:00+02:00", "f" * 40, "lang", "member", "Newcomer", "join"])
    former = {str(line["id"]): line for line in conversion.lines[1:]}
    later = {str(line["id"]): line for line in convert(tmp_path).lines[1:]}
    added = [line for id, line in later.items() if id not in former]
    assert [line["type"] for line in added] == ["person.joined", "membership.began"]
    assert {line["at"] for line in added} == {"2026-09-01T08:00:00Z"}
    undated = {id for id in former if id.startswith("team-")}
    assert all(later[id] == line for id, line in former.items() if id not in undated)


def test_with_a_real_clock_nothing_says_when_it_was_known(rust_goals: Path, conversion: Conversion) -> None:
    real = convert(rust_goals, simulated=False).lines
    assert not any("known" in line or "clock" in line for line in real)
    assert len(real) == len(conversion.lines)


def test_the_command_writes_history_and_report(rust_goals: Path, conversion: Conversion, tmp_path: Path) -> None:
    history, report = tmp_path / "history.jsonl", tmp_path / "report.jsonl"
    arguments = [str(rust_goals), str(history), "--report", str(report)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.real.rust_goals", *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert "258 unit.formed" in done.stdout
    written = [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
    assert written == json.loads(json.dumps(conversion.lines))
    assert len(report.read_text(encoding="utf-8").splitlines()) == len(conversion.report.notes)
