"""`avow evidence`, `avow verify`, `avow log`: what an auditor is given, and how it is verified."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from adapters.bootstrap import Installation
from adapters.cli import console
from adapters.cli.installation import existing, installation, organisation_option
from adapters.cli.outcome import Exit, ending
from adapters.cli.state import known_time, named, questions_of
from adapters.evidence.bundle import bundle
from adapters.evidence.making import NothingRecorded, Wanted, make_pack
from adapters.evidence.packs import write_pack
from adapters.evidence.standalone import DISPROVED, HOLDS, run
from adapters.instants import read_instant
from application.desk import Desk
from domain.kernel import Actor
from domain.scope import Scope

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
WRITTEN = click.Path(dir_okay=False, path_type=Path)


@click.command(
    epilog="""\b
Examples:
  avow evidence -o sample sample.avow-evidence                                   all of it
  avow evidence -o sample -s clear-signal --valid-at 2026-03-31 march.avow-evidence   all of it, and a state recomputed
  avow evidence -o sample -s clear-signal --figure commitments/stale stale.avow-evidence
  avow evidence -o sample --person ada --disclose ada.avow-evidence
  avow evidence -o sample --positions 100-200 span.avow-evidence
"""
)
@organisation_option
@click.argument("pack", type=WRITTEN)
@click.option("--strategy", "-s", metavar="KEY", help="Let the verifier recompute this strategy's alignment state.")
@click.option("--unit", "-u", metavar="KEY", help="Only of this unit and all below it.")
@click.option("--rank", metavar="RANK", help="Only of people of this rank.")
@click.option("--valid-at", metavar="TIME", help="When it was so: RFC 3339, or a date (its end). Default: now.")
@click.option("--known-at", metavar="TIME", help="As it was known when: RFC 3339, a date, or a position. Default: now.")
@click.option("--extract", is_flag=True, help="Only the records behind the state, each event with a proof.")
@click.option("--figure", metavar="NAME", help="Only the records behind this figure of the state.")
@click.option("--person", metavar="KEY", help="Only this person's record.")
@click.option("--positions", metavar="FIRST-LAST", help="Only the events from one position to another.")
@click.option("--disclose", is_flag=True, help="Show sealed texts too, each with the salt that proves it; never a key.")
@ending
def evidence(
    organisation: str, pack: Path, strategy: str | None, unit: str | None, rank: str | None, valid_at: str | None,
    known_at: str | None, extract: bool, figure: str | None, person: str | None, positions: str | None, disclose: bool,
) -> Exit:  # fmt: skip
    """Write an evidence pack: all that is recorded, or an extract of it, for somebody who need not trust this server.

    It is verified with `avow verify`, or with the file that `avow verifier` writes, by the key that `avow log key`
    shows. Give key and pack by different ways.
    """
    chosen = [each for each in (figure, person, positions) if each is not None]
    if len(chosen) > 1 or (figure is not None and strategy is None) or (extract and not chosen and strategy is None):
        raise click.UsageError("name one of --figure (with --strategy), --person, --positions, or --extract --strategy")
    with installation() as avow, console.progress("evidence"):
        id = existing(avow, organisation)
        desk = Desk(avow.ledger.book(id), Actor(), avow.ledger.now(id))
        zone = ZoneInfo(avow.ledger.organisation(id).zone)
        questions = questions_of(avow, id)
        asked = questions.ask(
            id,
            read_instant(valid_at, zone, "valid_at", end_of_day=True) if valid_at else None,
            known_time(known_at, zone, avow.ledger, id) if known_at else None,
        )
        wanted = Wanted(
            extract=extract or bool(chosen),
            asked=asked,
            strategy=named(desk, "strategy", strategy) if strategy else None,
            scope=Scope(unit=named(desk, "unit", unit) if unit else None, rank=rank),
            figure=figure,
            person=named(desk, "person", person) if person else None,
            span=_span(positions) if positions else None,
            disclose=disclose,
        )
        made = make_pack(replace(avow, questions=questions), id, wanted)
    write_pack(pack, made)
    click.echo(f"{pack}: {made.kind}, {len(made.items):,} events. Verify it with: avow verify {pack} --key FILE")
    return Exit.DONE


@click.command(
    epilog="""\b
Example:
  avow verify sample.avow-evidence --key sample.key --checkpoint kept-in-march.txt
"""
)
@click.argument("pack", type=EXISTING)
@click.option("--key", type=EXISTING, required=True, help="The log's key, as you were given it apart from the pack.")
@click.option("--checkpoint", "held", type=EXISTING, multiple=True, help="A checkpoint that you hold; may be repeated.")
@click.option("--witnesses", type=EXISTING, help="A file with lines: witness NAME KEY")
@click.option("--json", "as_json", is_flag=True, help="Report in JSON, with the state recomputed.")
@ending
def verify(pack: Path, key: Path, held: tuple[Path, ...], witnesses: Path | None, as_json: bool) -> Exit:
    """Verify an evidence pack by a key that you hold. Needs no database and no network."""
    match run(pack, key, held, witnesses, as_json=as_json):
        case code if code == HOLDS:
            return Exit.DONE
        case code if code == DISPROVED:
            return Exit.REFUSED
        case _:
            return Exit.USAGE


@click.command()
@click.argument("file", type=WRITTEN)
@ending
def verifier(file: Path) -> Exit:
    """Write the stand-alone verifier: one file that needs Python and `cryptography`, and nothing of Avow."""
    bundle(file)
    click.echo(f"{file}: run it with python3 {file} PACK --key FILE")
    return Exit.DONE


@click.group()
def log() -> None:
    """The signed history: the key to verify it with, and its newest checkpoint."""


@log.command("key")
@organisation_option
@ending
def log_key(organisation: str) -> Exit:
    """Show the key that an organisation's checkpoints are verified with. Give it to auditors before they need it."""
    with installation() as avow:
        click.echo(avow.log.signer.public(existing(avow, organisation)))
    return Exit.DONE


@log.command("checkpoint")
@organisation_option
@ending
def log_checkpoint(organisation: str) -> Exit:
    """Sign all that is recorded by now, and show the checkpoint. Keep it outside: it is what tampering is seen by."""
    with installation() as avow:
        click.echo(_signed(avow, organisation), nl=False)
    return Exit.DONE


def _signed(avow: Installation, organisation: str) -> str:
    checkpoint = avow.log.checkpoint(existing(avow, organisation))
    if checkpoint is None:
        raise NothingRecorded
    return avow.log.note(checkpoint)


def _span(text: str) -> tuple[int, int]:
    first, found, last = text.partition("-")
    if not (first.isdigit() and (last.isdigit() or not found)) or int(first) < 1:
        raise click.UsageError(f"--positions takes FIRST-LAST, such as 100-200, not {text!r}")
    return int(first), int(last or first)
