"""Tables for people: whole on a pipe, under a title that is not broken to the table's width."""

from __future__ import annotations

import pytest

from adapters.cli import console


def test_a_table_on_a_pipe_keeps_each_entry_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    long = "a reason of many words " * 20
    console.table("Acknowledged the revision in force", ("", "count"), [("none", 7), (long, 1)], numbers=(1,))
    title, *lines = capsys.readouterr().out.splitlines()
    assert title == "Acknowledged the revision in force"
    assert len(lines) == 4
    assert [line.rstrip().rpartition(" ")[2] for line in lines[2:]] == ["7", "1"]
    assert long.strip() in lines[3]


def test_a_narrow_table_does_not_break_its_title(capsys: pytest.CaptureFixture[str]) -> None:
    console.table("Acknowledged the revision in force", ("", "count"), [("none", 7)])
    assert capsys.readouterr().out.splitlines()[0] == "Acknowledged the revision in force"
