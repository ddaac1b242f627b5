"""The group of all commands."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import click

from adapters.cli.doctor import doctor
from adapters.cli.history import export_history, import_history
from adapters.cli.keeping import backup, restore, upgrade
from adapters.cli.running import migrate, rebuild, run, serve, worker
from adapters.cli.state import state
from adapters.cli.token import token


def _version() -> str:
    try:
        return version("avow")
    except PackageNotFoundError:
        return "unreleased"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}, epilog="""\b
Begin with:
  avow run                                                    start with a sample organisation
  avow state --organisation sample --strategy clear-signal    its alignment state, now
  avow import history.jsonl.gz --organisation acme            bring a history in
""")
@click.version_option(_version(), prog_name="avow")
def main() -> None:
    """Avow: who has truly taken a strategy on, as of any instant, as it was known at any other.

    Data is kept in the folder AVOW_DATA (default .avow) by an embedded PostgreSQL, or in the database that
    AVOW_DATABASE_URL names.

    Exit codes: 0 done, 1 refused, 2 usage, 3 unavailable (try again), 4 set-up (see `avow doctor`).
    """


for each in (
    run, serve, worker, migrate, rebuild, import_history, export_history, state, token, backup, restore, upgrade,
    doctor,
):  # fmt: skip
    main.add_command(each)
