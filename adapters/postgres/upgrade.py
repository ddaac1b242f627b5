"""Taking the embedded PostgreSQL's data to the major version that this Avow brings."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from adapters.postgres.backup import BackupRefused, Progress, back_up, restore
from adapters.postgres.embedded import VERSION, EmbeddedServer, folder_version, has_binaries


def upgrade(folder: Path, progress: Progress = lambda *_: None) -> Path | None:
    """Move the data in `folder` to this version's PostgreSQL; tells where the old folder was put, None if none was due.

    The old server is started once more, backed up and restored into a new folder beside it; only then do the two change
    places. Killed at any moment, the old data is whole. Raises BackupRefused when this Avow lacks the old server.
    """
    found = folder_version(folder)
    if found in (None, VERSION):
        return None
    if not has_binaries(found):
        raise BackupRefused(
            f"{folder} was made by PostgreSQL {found}, which this Avow does not bring any more: run `avow backup` with "
            "the Avow that made it, and `avow restore` with this one"
        )
    old = folder.with_name(f"{folder.name}-{found}")
    if old.exists():
        raise BackupRefused(f"{old} is there from an earlier upgrade; move it away first")
    with tempfile.TemporaryDirectory(prefix="avow-upgrade-", dir=folder.parent) as scratch:
        events, keys, fresh = Path(scratch) / "events", Path(scratch) / "keys", Path(scratch) / "postgres"
        with EmbeddedServer(folder, version=found) as server:
            back_up(server.dsn, events, keys, progress)
        with EmbeddedServer(fresh) as server:
            restore(server.dsn, events, progress)
            restore(server.dsn, keys, progress)
        folder.rename(old)
        shutil.move(fresh, folder)
    return old
