"""`avow import` and `avow export`: as a user types them, and killed as no user should."""

from __future__ import annotations

import gzip
import json
import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from tests.cli.conftest import Shell
from tests.interchange.conftest import Said, founded, header, joined, small_history, unit

MANY = 12_000


def many() -> list[Said]:
    return [header(), founded(), unit("top"), *(joined(f"person-{number}") for number in range(MANY))]


def test_a_history_comes_in_and_goes_out(shell: Shell) -> None:
    history = small_history()
    file, lines = shell.write(history), len(history) - 1

    told = shell.avow("import", file, "--organisation", "acme")
    assert f"{lines} lines recorded, the last one at position {lines}" in told
    assert f"{lines} lines were imported before" in shell.avow("import", file, "-o", "acme")

    packed = shell.folder / "out.jsonl.gz"
    shell.avow("export", "-o", "acme", "--output", str(packed))
    exported = [json.loads(each) for each in gzip.decompress(packed.read_bytes()).splitlines()]
    assert [each.get("id") for each in exported] == [each.get("id") for each in history]
    assert shell.avow("export", "-o", "acme").splitlines() == gzip.decompress(packed.read_bytes()).decode().splitlines()


def test_the_two_lines_of_the_readme_found_an_organisation(shell: Shell) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in readme.splitlines() if line.startswith('    {"')]
    assert "1 line recorded, the last one at position 1" in shell.avow("import", shell.write(lines), "-o", "acme")


def test_refused_lines_are_told_and_nothing_is_recorded(shell: Shell) -> None:
    history = small_history()
    history[3]["parent"] = "nowhere"
    out = shell.avow("import", shell.write(history), "-o", "acme", exit=1)
    assert "Nothing was recorded" in out
    assert "line 4 (id 'u-service'), parent: there is no unit 'nowhere'" in shell.err
    assert "the line that begins it comes before this one" in shell.err
    shell.avow("export", "-o", "acme", exit=1)


def test_refused_lines_are_written_mended_and_imported(shell: Shell) -> None:
    history = small_history()
    history[3]["parent"] = "nowhere"
    file, refused = shell.write(history), shell.folder / "refused.jsonl"
    told = shell.json("import", file, "-o", "acme", "--keep-going", str(refused), exit=1)
    written = [json.loads(each) for each in refused.read_text().splitlines()]
    assert len(written) - 1 == told["refused"] == len(told["refusals"])
    assert written[0] == history[0]
    assert written[1]["refused"]["line"] == 4
    assert written[1]["refused"]["field"] == "parent"

    refused.write_text(refused.read_text().replace("nowhere", "top"))
    again = shell.json("import", str(refused), "-o", "acme")
    assert again["recorded"] == len(written) - 1
    assert shell.json("import", shell.write(small_history()), "-o", "acme")["passed_over"] == len(history) - 1


def test_a_refused_line_of_a_simulated_organisation_is_known_from_its_mending_on(shell: Shell) -> None:
    history = [
        header(),
        founded(clock="simulated", known="2020-01-01T09:00:00Z"),
        unit("sales", parent="nowhere", known="2020-02-01T09:00:00Z"),
        unit("service", known="2020-03-01T09:00:00Z"),
        unit("works", parent="nowhere", known="2020-04-01T09:00:00Z"),
    ]
    refused = shell.folder / "refused.jsonl"
    shell.avow("import", shell.write(history), "-o", "acme", "--keep-going", str(refused), exit=1)
    _, sales, works = (json.loads(each) for each in refused.read_text().splitlines())
    assert "known" not in sales
    assert sales["refused"]["known"] == "2020-02-01T09:00:00Z"
    assert works["known"] == "2020-04-01T09:00:00Z"

    refused.write_text(refused.read_text().replace('"parent":"nowhere",', ""))
    shell.avow("import", str(refused), "-o", "acme")
    exported = [json.loads(each) for each in shell.avow("export", "-o", "acme").splitlines()]
    assert [(each["unit"], each["known"][:10]) for each in exported[2:]] == [
        ("service", "2020-03-01"), ("sales", "2020-03-01"), ("works", "2020-04-01"),
    ]  # fmt: skip


def test_a_line_that_is_no_json_can_be_mended_too(shell: Shell) -> None:
    file = Path(shell.write([header(), founded(), unit("top")]))
    file.write_bytes(file.read_bytes() + b'{"id": "x", \xff}\n')
    refused = shell.folder / "refused.jsonl"
    shell.avow("import", str(file), "-o", "acme", "--keep-going", str(refused), exit=1)
    kept = json.loads(refused.read_text().splitlines()[1])["refused"]
    assert kept["text"].startswith('{"id": "x", ')
    assert kept["line"] == 4


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("import", "nowhere.jsonl", "-o", "acme"), 2, "does not exist"),
        (("import",), 2, "Missing argument"),
        (("export", "-o", "nobody"), 1, "there is no organisation 'nobody'"),
        (("state", "-o", "nobody", "-s", "2020"), 1, "there is no organisation 'nobody'"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_a_wrong_command_is_told_its_way_out(shell: Shell, arguments: tuple[str, ...], code: int, says: str) -> None:
    shell.avow(*arguments, exit=code)
    assert says in shell.err


def test_a_history_goes_to_its_own_organisation(shell: Shell) -> None:
    shell.avow("import", shell.write(small_history()), "-o", "other", exit=1)
    assert "the history is that of 'acme', not of 'other'" in shell.err


def test_a_database_that_is_away_is_another_exit_code(shell: Shell) -> None:
    away = psycopg.conninfo.make_conninfo(shell.dsn, host=str(shell.folder))
    shell.avow("export", "-o", "acme", exit=3, AVOW_DATABASE_URL=away)
    assert "avow: " in shell.err
    assert "Traceback" not in shell.err


def positions(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        row = connection.execute("select count(*) from avow.events").fetchone()
    return row[0] if row else 0


@pytest.mark.slow
@pytest.mark.parametrize("phase", ["checking", "recording"])
def test_an_import_that_is_killed_is_completed_by_running_it_again(shell: Shell, phase: str) -> None:
    file = shell.write(many())
    process = shell.start("import", file, "-o", "acme")
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            with psycopg.connect(shell.dsn) as connection:
                row = connection.execute("select count(*) from avow.staged_events").fetchone()
            staged = row[0] if row else 0
            if staged >= 2_000 if phase == "checking" else positions(shell.dsn):
                break
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
    finally:
        process.communicate()
    recorded = positions(shell.dsn)
    assert (recorded == 0) == (phase == "checking")
    assert recorded < MANY

    told = shell.json("import", file, "-o", "acme")

    assert told["passed_over"] == recorded
    assert told["recorded"] == MANY + 2 - recorded
    assert positions(shell.dsn) == MANY + 2
    with psycopg.connect(shell.dsn) as connection:
        left = connection.execute("select count(*) from avow.staged_events").fetchone()
    assert left == (0,)
