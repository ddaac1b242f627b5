"""What a command shows: tables and progress for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

WIDEST = 10_000
"""Characters of a line that goes elsewhere than to a terminal: more than any table has."""


class Advance(Protocol):
    """Told how far a task is: `done` of `total`, if the total is known, and a word on the side."""

    def __call__(self, done: float, total: float | None = None, note: str = "") -> None:
        """See the class."""
        ...


def console() -> Console:
    """Standard output, in colours on a terminal only; elsewhere no cell is broken, however long its line becomes."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDEST)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, numbers: Sequence[int] = ()) -> None:
    """Print a table; the columns `numbers` (from 0) stand to the right."""
    made = Table(show_edge=False, pad_edge=False)
    for place, column in enumerate(columns):
        made.add_column(column, justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        made.add_row(*["" if cell is None else str(cell) for cell in row])
    if title:
        click.echo(title)
    console().print(made)


def as_json(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def progress(what: str) -> Iterator[Advance]:
    """A bar on standard error while the block runs; nothing unless that is a terminal."""
    if not sys.stderr.isatty():
        yield _silent
        return
    bar = Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"), console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task(what, total=None, note="")

        def advance(done: float, total: float | None = None, note: str = "") -> None:
            bar.update(task, completed=done, total=total, note=note)

        yield advance


def _silent(done: float, total: float | None = None, note: str = "") -> None:
    return
