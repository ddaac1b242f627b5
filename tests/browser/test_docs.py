"""The readable page of the API in a real browser, without a network."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from werkzeug.serving import make_server

from adapters.bootstrap import in_memory
from adapters.http.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(in_memory()))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def chromium(folder: Path, *arguments: str) -> str:
    """What headless Chromium prints. Every name but this machine's own is unknown to it."""
    found = shutil.which("chromium")
    assert found is not None, "install Chromium: apt-get install chromium"
    done = subprocess.run(
        [
            found,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            f"--user-data-dir={folder / 'profile'}",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--virtual-time-budget=5000",
            *arguments,
        ],
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
        cwd=folder,
    )
    return done.stdout


def test_the_page_reads_without_a_network(address: str, tmp_path: Path) -> None:
    shown = chromium(tmp_path, "--dump-dom", f"{address}/docs")
    assert "<h1>Avow</h1>" in shown
    for path in (
        "/commitments/{commitment}/withdrawals",
        "/alignment/figures/{figure}",
        "/history/{position}/replacements",
    ):
        assert path in shown
    assert not re.search(r"""(src|href|action|url\(|@import)[\s="'(]*(https?:)?//""", shown.replace(address, ""))
    assert "<script" not in shown


def test_the_page_is_laid_out(address: str, tmp_path: Path) -> None:
    picture = tmp_path / "docs.png"
    chromium(tmp_path, f"--screenshot={picture}", "--window-size=1280,900", f"{address}/docs")
    assert picture.stat().st_size > 30_000
