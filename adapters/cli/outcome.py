"""How a command ends: with which exit code, and how a no is told."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from typing import ParamSpec

import click
import psycopg

from adapters.crypto.keys import KeyFileUnusable, WrongKeyEncryptionKey
from adapters.crypto.log_key import LogKeyUnreadable
from adapters.crypto.rewrapping import RewrappingElsewhere
from adapters.crypto.vault import KeyErased
from adapters.erased import ErasedListUnreadable
from adapters.postgres.backup import BackupRefused
from adapters.postgres.embedded import UpgradeNeeded
from adapters.postgres.migrations import MigrationRefused
from adapters.postgres.walls import WallsBroken
from adapters.settings import SettingsWrong
from application.ports import OutcomeUnknown, StoreUnavailable
from application.projections.model import PositionNotProjected, ReadModelDamaged, ReadModelOutdated
from application.projector import ProjectionStopped
from application.transparency import HistoryAltered
from domain.kernel import Refusal

P = ParamSpec("P")


class Exit(IntEnum):
    """What the shell is told."""

    DONE = 0
    REFUSED = 1
    """A rule said no, or lines of a history were refused; the output says which, and the way out."""
    USAGE = 2
    """The command line cannot be understood."""
    UNAVAILABLE = 3
    """The database cannot be reached or is full, or it is not known whether a command was recorded. Try again."""
    SETUP = 4
    """The installation is not ready: settings, keys, migrations. `avow doctor` says what to do."""
    INTERRUPTED = 130


SETUP_WRONG = (
    BackupRefused, ErasedListUnreadable, HistoryAltered, KeyFileUnusable, LogKeyUnreadable, MigrationRefused,
    ProjectionStopped, ReadModelDamaged, ReadModelOutdated, SettingsWrong, UpgradeNeeded, WallsBroken,
    WrongKeyEncryptionKey,
)  # fmt: skip
WITH_JSON = "as_json"
"""The parameter of commands that can answer in JSON."""


def ending(run: Callable[P, Exit | None]) -> Callable[P, None]:
    """A command that ends with an exit code, and tells what went wrong on standard error, as text or as JSON."""

    @wraps(run)
    def ended(*arguments: P.args, **options: P.kwargs) -> None:
        as_json = bool(options.get(WITH_JSON))
        try:
            code = run(*arguments, **options) or Exit.DONE
        except Refusal as refusal:
            _tell(as_json, Exit.REFUSED, str(refusal), refusal.code, refusal.where, refusal.advice)
            code = Exit.REFUSED
        except KeyErased as error:
            _tell(as_json, Exit.REFUSED, str(error))
            code = Exit.REFUSED
        except SETUP_WRONG as error:
            _tell(as_json, Exit.SETUP, str(error))
            code = Exit.SETUP
        except (
            StoreUnavailable,
            OutcomeUnknown,
            RewrappingElsewhere,
            PositionNotProjected,
            psycopg.OperationalError,
        ) as error:
            _tell(as_json, Exit.UNAVAILABLE, str(error).strip())
            code = Exit.UNAVAILABLE
        except BrokenPipeError:
            # Whoever read the output has enough of it, as `head` does.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = Exit.DONE
        except OSError as error:
            _tell(as_json, Exit.USAGE, f"{error.filename or 'file'}: {error.strerror or error}")
            code = Exit.USAGE
        except KeyboardInterrupt:
            code = Exit.INTERRUPTED
        sys.exit(code)

    return ended


def _tell(as_json: bool, code: Exit, problem: str, rule: str = "", field: str = "", way_out: str = "") -> None:
    if as_json:
        told = {"exit": int(code), "rule": problem, "code": rule, "field": field, "way_out": way_out}
        click.echo(json.dumps({"problem": {name: value for name, value in told.items() if value}}), err=True)
        return
    click.echo(f"avow: {problem}", err=True)
    if way_out:
        click.echo(f"      {way_out}", err=True)
