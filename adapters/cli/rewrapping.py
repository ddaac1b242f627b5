"""`avow rewrap` and `avow replay`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from adapters.bootstrap import Installation, database
from adapters.cli import console
from adapters.cli.installation import installation, settings
from adapters.cli.outcome import Exit, ending
from adapters.crypto.key_files import KeyFile
from adapters.crypto.rewrapping import Rewrapping
from adapters.erased import ErasedList, key_digest
from adapters.erased import replay as replay_list
from adapters.postgres.box import PostgresBoxKeys
from adapters.postgres.keys import PostgresKeyStore
from adapters.settings import Settings


@click.command()
@ending
def rewrap() -> Exit:
    """Re-wrap all keys under a new key-encryption key: no backup of before opens what was erased since.

    Nobody has to stop; interrupted, run it again. The worker does it every 6 days (AVOW_REWRAP_DAYS). Afterwards make
    a new copy of the key's file and of the keys (`avow backup`), and destroy older copies of both.
    """
    found = settings()
    with installation(found), database(found) as dsn, rewrapping(found, dsn) as work, console.progress("keys") as bar:
        done = Rewrapping(work.keys, work.box_keys, work.file, bar).run()
    click.echo(f"The keys of {done:,} organisations were re-wrapped under a new key in {found.key_file}.")
    click.echo("Copy that file and the keys anew (`avow backup`), and destroy older copies of both.", err=True)
    return Exit.DONE


@click.command()
@click.argument("erased", metavar="[LIST]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@ending
def replay(erased: Path | None) -> Exit:
    """Erase anew whom the list of erased people names. `avow restore` does it too, where it finds the list.

    LIST is the file AVOW_ERASED_FILE (erased-people.jsonl in AVOW_DATA), unless another one is named.
    """
    found = settings()
    with installation(found) as avow:
        click.echo(replayed(avow, erased or found.erased_list))
    return Exit.DONE


def replayed(avow: Installation, path: Path) -> str:
    """Replay the list in a file; tells what came of it. Raises FileNotFoundError, ErasedListUnreadable."""
    done = replay_list(avow.ledger, ErasedList(path, key_digest(avow.ledger)))
    return f"{done:,} people on the list of erased people were erased anew; whoever else is on it was erased already."


@contextmanager
def rewrapping(found: Settings, dsn: str) -> Iterator[Rewrapping]:
    """What re-wraps the keys of this installation."""
    keys, box_keys = PostgresKeyStore.of(dsn), PostgresBoxKeys.of(dsn)
    try:
        yield Rewrapping(keys, box_keys, KeyFile(found.key_file))
    finally:
        keys.close()
        box_keys.close()
