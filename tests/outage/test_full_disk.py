"""A disk that is full: a clear 503, nothing half-written, nothing lost, and it goes on by itself once there is room."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from adapters.bootstrap import on_postgres
from adapters.crypto.keys import KeyEncryptionKey
from adapters.http.app import create_app
from adapters.postgres.embedded import EmbeddedServer
from adapters.postgres.migrations import migrate
from tests.support.api import Api

pytestmark = pytest.mark.outage


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 96 MB in memory. Fails where mounting is not allowed."""
    folder = Path(mkdtemp(prefix="avow-small-"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        folder.rmdir()
        pytest.fail("a small disk cannot be mounted here: run this as root, on Linux", pytrace=False)
    folder.chmod(0o755)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


def test_a_full_disk_is_told_and_outlived(small_disk: Path) -> None:
    server = EmbeddedServer(small_disk / "postgres", keep=False)
    dsn = server.start()
    try:
        migrate(dsn)
        with on_postgres(dsn, KeyEncryptionKey(bytes(32))) as installation:
            api = Api.found(installation=installation, client=create_app(installation).test_client())

            def form(unit: int) -> int:
                body = {"unit": f"u{unit}", "name": f"{unit} " * 40, "kind": "team"}
                return api.post("units", body, Idempotency_Key=f"k{unit}").status_code

            assert form(0) == 201
            _fill(small_disk)
            # What PostgreSQL had set aside before can still be written to; then there is no more.
            formed = next(unit for unit in range(1, 2_000) if form(unit) != 201)
            assert form(formed) == 503
            (small_disk / "filling").unlink()
            assert form(formed) == 201
            assert form(formed) == 201, "the same key is answered from the first time"
            recorder = installation.ledger.ledger_recorder
            head = recorder.head(api.organisation)
            assert head is not None
            assert head.position == formed + 2, "the founding and every unit once: nothing lost, nothing doubled"
    finally:
        server.release()


def _fill(disk: Path) -> None:
    """Take all the room there is."""
    with (disk / "filling").open("wb") as file:
        try:
            while True:
                file.write(bytes(65_536))
                file.flush()
        except OSError:
            return
