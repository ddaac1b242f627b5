"""`avow import` and `avow export`."""

from __future__ import annotations

import gc
import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, cast
from zoneinfo import ZoneInfo

import click
import msgspec

from adapters.cli import console
from adapters.cli.installation import existing, installation, json_option, organisation_named, organisation_option
from adapters.cli.outcome import Exit, ending
from adapters.instants import InstantMalformed, read_instant
from adapters.interchange.exporting import Export
from adapters.interchange.flaws import UTC
from adapters.interchange.reading import HistoryFile
from application.history import RefusedLine
from application.importing import Import
from domain.kernel import Refusal, RefusalKind

SHOWN = 20
"""How many refused lines are printed; --keep-going writes all of them to a file."""


@dataclass(eq=False)
class OrganisationOfAnother(Refusal):
    """A history that belongs to another organisation than the one named."""

    named: str
    header: str
    kind = RefusalKind.INVALID
    where = "organisation"
    rule = "the history is that of {header!r}, not of {named!r}"
    way_out = "name --organisation {header}; to bring in a copy under another key, export it with --as"


@click.command(
    "import",
    epilog="""\b
Examples:
  avow import acme.jsonl.gz --organisation acme
  avow import acme.jsonl --organisation acme --keep-going refused.jsonl
""",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@organisation_option
@click.option(
    "--keep-going",
    metavar="REFUSED",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Record the lines that hold, and write the others to this file, to be mended and imported again.",
)
@json_option
@ending
def import_history(file: Path, organisation: str, keep_going: Path | None, as_json: bool) -> Exit:
    """Bring in a history: JSON Lines, gzip allowed, as docs/history-format.md describes it.

    All lines are checked first, and nothing is recorded unless every one holds. Lines that were imported before are
    passed over: an import that was interrupted is completed by running it again.
    """
    history = HistoryFile(file)
    if organisation_named(organisation) != organisation_named(history.header.organisation):
        raise OrganisationOfAnother(organisation, history.header.organisation)
    refused, erased = list[RefusedLine](), list[RefusedLine]()
    with installation() as avow, console.progress(f"{file.name}") as bar, _few_collections():
        id = organisation_named(organisation)
        head = avow.ledger.ledger_recorder.head(id)
        zone = ZoneInfo(avow.ledger.organisation(id).zone if head else "UTC")
        run = Import(avow.ledger, avow.staging(id), id, history.header, keep_going=keep_going is not None)
        run.erased = First(erased)
        run.refused = refused.append if keep_going is not None else First(refused)

        def told(stage: str, lines: int) -> None:
            if stage == "record":
                bar(lines, run.report.lines - run.report.passed_over, f"{lines:,} lines recorded")

        run.progress = told
        report = run.run(
            history.statements(zone, lambda read: bar(read, history.size, f"{run.report.lines:,} lines checked"))
        )
        recorded = avow.ledger.ledger_recorder.head(id)
        newest = recorded.recorded_at if recorded else None
    if refused and keep_going is not None:
        write_refused(history, refused, keep_going, newest)
    if as_json:
        lists = {"refusals": refused, "erasures": erased}
        console.as_json(asdict(report) | {name: [asdict(each) for each in lines] for name, lines in lists.items()})
    else:
        _say(report.recorded, report.passed_over, report.refused, report.position, keep_going)
        for each in refused[:SHOWN]:
            click.echo(str(each), err=True)
        if report.refused > SHOWN:
            click.echo(f"… and {report.refused - SHOWN:,} more lines", err=True)
        if report.erased:
            lines = ", ".join(str(each.number) for each in erased[:SHOWN]) + (" …" if report.erased > SHOWN else "")
            click.echo(f"{report.erased:,} lines are about people who were erased and were passed over: {lines}.")
    return Exit.REFUSED if report.refused else Exit.DONE


@dataclass
class First:
    """Keeps the first refused lines: without --keep-going nobody needs more of them."""

    kept: list[RefusedLine]
    most: int = 1_000

    def __call__(self, line: RefusedLine) -> None:
        """Keep it, if it is one of the first."""
        if len(self.kept) < self.most:
            self.kept.append(line)


def _say(recorded: int, passed_over: int, refused: int, position: int, keep_going: Path | None) -> None:
    if refused and keep_going is None:
        click.echo(f"Nothing was recorded: {_lines(refused)} refused.")
        return
    click.echo(
        f"{recorded:,} line{'' if recorded == 1 else 's'} recorded"
        + (f", the last one at position {position:,}" if recorded else "")
        + "."
    )
    if passed_over:
        click.echo(f"{_lines(passed_over)} imported before and passed over.")
    if refused:
        click.echo(f"{_lines(refused)} refused and written to {keep_going}: mend what it says, and import that file.")


def _lines(number: int) -> str:
    return "1 line was" if number == 1 else f"{number:,} lines were"


def write_refused(history: HistoryFile, refused: list[RefusedLine], path: Path, newest: datetime | None) -> None:
    """Write the refused lines behind the header, each with why: to be mended, and imported again as it is.

    A `known` before `newest`, the known time of what is recorded by now, could not be taken any more: it is left out,
    and kept beside why. The file is complete or not there; it may be the one that was read.
    """
    why = {each.number: each for each in refused}
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        header = {"avow": 1, **{name: value for name, value in asdict(history.header).items() if value is not None}}
        file.write(msgspec.json.encode(header) + b"\n")
        for line in history.lines():
            if line.number in why:
                file.write(_with_reason(line.content, why[line.number], newest) + b"\n")
    draft.replace(path)


def _with_reason(content: bytes, why: RefusedLine, newest: datetime | None) -> bytes:
    told: dict[str, object] = {"line": why.number, "field": why.field, "rule": why.rule, "way_out": why.way_out}
    try:
        document = msgspec.json.decode(content, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return msgspec.json.encode({"refused": {**told, "text": content.decode(errors="replace")}})
    if newest is not None and _is_before(document.get("known"), newest):
        told["known"] = document.pop("known")
    return msgspec.json.encode({**document, "refused": told})


def _is_before(known: object, newest: datetime) -> bool:
    try:
        return isinstance(known, str) and read_instant(known, UTC, "known") < newest
    except InstantMalformed:
        return False  # that is what has to be mended


@contextmanager
def _few_collections() -> Iterator[None]:
    """Hardly anything that an import makes is circular: looking for it often takes a fifth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@click.command(
    "export",
    epilog="""\b
Examples:
  avow export --organisation acme --output acme.jsonl.gz
  avow export --organisation acme | head
""",
)
@organisation_option
@click.option("--as", "known_as", metavar="KEY", help="Give the organisation another key in the copy.")
@click.option(
    "--output", "-O", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file; packed if its name ends in .gz. Default: standard output.",
)  # fmt: skip
@ending
def export_history(organisation: str, known_as: str | None, output: Path | None) -> Exit:
    """Take the whole history out, corrections included, in the format that `avow import` reads."""
    with installation() as avow, console.progress(f"export of {organisation}") as bar, written_to(output) as file:
        export = Export(avow.ledger, existing(avow, organisation), known_as, bar)
        for line in export.lines():
            file.write(line)
    return Exit.DONE


@contextmanager
def written_to(output: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that is there when it is complete and not before."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with draft.open("wb") as plain, ExitStack() as around:
            packed = gzip.GzipFile(output.name, "wb", fileobj=plain) if output.suffix == ".gz" else None
            yield cast("IO[bytes]", around.enter_context(packed)) if packed is not None else plain
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
