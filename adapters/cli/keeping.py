"""`avow backup`, `restore`, `upgrade`."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.bootstrap import database
from adapters.cli import console
from adapters.cli.installation import opened, settings
from adapters.cli.outcome import Exit, ending
from adapters.cli.rewrapping import replayed
from adapters.crypto.key_files import KeyFile
from adapters.crypto.keys import KeyFileUnusable, WrongKeyEncryptionKey
from adapters.erased import ErasedListUnreadable
from adapters.postgres.backup import Progress, back_up
from adapters.postgres.backup import restore as restore_file
from adapters.postgres.keys import PostgresKeyStore
from adapters.postgres.upgrade import upgrade as upgrade_folder
from adapters.settings import Settings


@click.command(
    epilog="""\b
Example:
  avow backup /mnt/events/2026-04-01.avow /mnt/keys/newest.avow
"""
)
@click.argument("events", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("keys", type=click.Path(dir_okay=False, path_type=Path))
@ending
def backup(events: Path, keys: Path) -> Exit:
    """Write what was recorded, and sealed ballots, to the file EVENTS, and the keys that open them to the file KEYS.

    Keep the two apart, and of the keys the newest only: in older copies stays who was erased, and the key of every
    ballot box that has ended. Ballots restored without their key are void. The key-encryption key
    (AVOW_KEY_ENCRYPTION_KEY_FILE, or key-encryption-key in AVOW_DATA) is in neither; keep it in a third place. So is
    the list of erased people (AVOW_ERASED_FILE, or erased-people.jsonl in AVOW_DATA): a restore replays it.
    """
    with database(settings()) as dsn, console.progress("backup") as bar:
        made = back_up(dsn, events, keys, _told(bar))
    for manifest, path in zip(made, (events, keys), strict=True):
        click.echo(f"{path}: {manifest.kind}, {manifest.rows:,} rows, as of {manifest.made_at}")
    return Exit.DONE


@click.command(
    epilog="""\b
Example:
  AVOW_DATA=/srv/avow-new avow restore 2026-04-01-events.avow 2026-04-01-keys.avow
"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ending
def restore(files: tuple[Path, ...]) -> Exit:
    """Restore backup files, events and keys in either order, into an empty database."""
    found = settings()
    with database(found) as dsn, console.progress("restore") as bar:
        for file in files:
            manifest = restore_file(dsn, file, _told(bar))
            click.echo(f"{file}: {manifest.kind}, {manifest.rows:,} rows restored")
        _erase_anew(found, dsn)
    click.echo("Now run `avow rebuild`: stored answers are in no backup.")
    return Exit.DONE


def _erase_anew(found: Settings, dsn: str) -> None:
    """Replay the list of erased people; where that cannot be, say so loudly: they are back."""
    path = found.erased_list
    try:
        if not path.exists():
            raise FileNotFoundError(f"there is no list of erased people at {path}")
        with PostgresKeyStore.of(dsn) as keys:
            if not keys.organisations():
                click.echo("Now restore the keys, too; the list of erased people is replayed then.", err=True)
                return
        KeyFile(found.key_file)
        with opened(found, dsn) as avow:
            click.echo(replayed(avow, path))
    except (FileNotFoundError, KeyFileUnusable, WrongKeyEncryptionKey, ErasedListUnreadable) as error:
        click.echo(
            f"WARNING: {error}. Whoever was erased after these copies were made is NOT erased in this database.\n"
            f"Put the list at {path} and the key-encryption key that belongs to these keys at {found.key_file}, and "
            "run `avow replay` before anybody is served.",
            err=True,
        )


@click.command()
@ending
def upgrade() -> Exit:
    """Take the embedded PostgreSQL's data to the major version that this Avow brings."""
    found = settings()
    if found.database_url is not None:
        click.echo("AVOW_DATABASE_URL names a server of your own: upgrade it with its own tools.", err=True)
        return Exit.REFUSED
    with console.progress("upgrade") as bar:
        old = upgrade_folder(found.postgres_folder, _told(bar))
    click.echo(f"Done. The old data is whole in {old}; remove it when all is well." if old else "Nothing to upgrade.")
    return Exit.DONE


def _told(bar: console.Advance) -> Progress:
    return lambda table, done, rows: bar(done, rows, table)
