"""`avow close`."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import click

from adapters.cli import console
from adapters.cli.erasing import NotConfirmed
from adapters.cli.history import written_to
from adapters.cli.installation import existing, installation
from adapters.cli.outcome import Exit, ending
from adapters.interchange.exporting import Export
from application.deciding import Entry, Request
from application.organisation import CloseOrganisation
from domain.kernel import Actor


@click.command(
    epilog="""\b
Example:
  avow close acme --export /mnt/last/acme.jsonl.gz
"""
)
@click.argument("organisation", metavar="ORGANISATION")
@click.option(
    "--export", "path", required=True, metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the whole history to this new file first; packed if its name ends in .gz.",
)  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask for the organisation's key.")
@ending
def close(organisation: str, path: Path, yes: bool) -> Exit:
    """Close ORGANISATION (key or id) for good: export it, then destroy its key-encryption key.

    Nothing sealed of it opens any more, every request of it is answered with 410, and other organisations stay as they
    are. Backups lose its texts when all keys are re-wrapped, within 7 days.
    """
    if path.exists():
        raise click.UsageError(f"{path} is there already; name a new file")
    with installation() as avow:
        id = existing(avow, organisation)
        if not yes and click.prompt(f"To close {organisation} for good, type its name again", err=True) != organisation:
            raise NotConfirmed
        with console.progress(f"export of {organisation}") as bar, written_to(path) as file:
            for line in Export(avow.ledger, id, None, bar).lines():
                file.write(line)
        actor = Actor(service="command line")
        entry = Entry(command=CloseOrganisation())
        avow.ledger.execute(Request(organisation=id, id=uuid4(), actor=actor, entries=(entry,)))
    click.echo(f"Closed. Its history is in {path}. Run `avow rewrap`, so that no older copy of the keys opens it.")
    return Exit.DONE
