"""The group of all commands."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

import click

from adapters.collector import collect_rarely

# Each command is read when it is asked for: the import of a history needs no HTTP server.
COMMANDS = {
    "run": "running:run",
    "serve": "running:serve",
    "worker": "running:worker",
    "migrate": "running:migrate",
    "rebuild": "running:rebuild",
    "import": "history:import_history",
    "export": "history:export_history",
    "state": "state:state",
    "explain": "explain:explain",
    "token": "token:token",
    "sign-in": "sign_in:sign_in",
    "erase": "erasing:erase",
    "subject-access": "erasing:access",
    "close": "closing:close",
    "rewrap": "rewrapping:rewrap",
    "replay": "rewrapping:replay",
    "hold": "erasing:hold",
    "retention": "retention:retention",
    "backup": "keeping:backup",
    "restore": "keeping:restore",
    "upgrade": "keeping:upgrade",
    "doctor": "doctor:doctor",
    "evidence": "evidence:evidence",
    "verify": "evidence:verify",
    "verifier": "evidence:verifier",
    "log": "evidence:log",
}


class Commands(click.Group):
    """The commands, in the order in which one meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, if there is one."""
        module, _, name = COMMANDS.get(cmd_name, "").partition(":")
        if not module:
            return None
        found: click.Command = getattr(import_module(f"adapters.cli.{module}"), name)
        return found


def _version() -> str:
    try:
        return version("avow")
    except PackageNotFoundError:
        return "unreleased"


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="""\b
Begin with:
  avow run                                                    start with a sample organisation
  avow state --organisation sample --strategy clear-signal    its alignment state, now
  avow import history.jsonl.gz --organisation acme            bring a history in
""",
)
@click.version_option(_version(), prog_name="avow")
def main() -> None:
    """Avow: who has truly taken a strategy on, as of any instant, as it was known at any other.

    Data is kept in the folder AVOW_DATA (default .avow) by an embedded PostgreSQL, or in the database that
    AVOW_DATABASE_URL names.

    Exit codes: 0 done, 1 refused, 2 usage, 3 unavailable (try again), 4 set-up (see `avow doctor`).
    """
    collect_rarely()
