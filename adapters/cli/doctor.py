"""`avow doctor`: what is wrong with the set-up, and how to mend it."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import click
import psycopg

from adapters.bootstrap import Installation, database, holds_history, on_postgres
from adapters.cli import console
from adapters.cli.installation import json_option, opened
from adapters.cli.outcome import Exit, ending
from adapters.crypto.keys import KEY_BYTES, KeyEncryptionKey, WrongKeyEncryptionKey
from adapters.crypto.log_key import LogKey, LogKeyUnreadable
from adapters.http.server import port_taken
from adapters.oidc.fetching import IssuerUnreachable
from adapters.oidc.issuer import Issuer
from adapters.postgres.embedded import VERSION, UpgradeNeeded, folder_version
from adapters.postgres.migrations import MigrationRefused, pending
from adapters.postgres.walls import breaches
from adapters.settings import Settings, SettingsWrong
from application.ports import StoreUnavailable
from application.projections.lag import lag

OLDEST = 150000
"""The oldest PostgreSQL that Avow runs on, as the server numbers it."""
LEAST_ROOM = 1 << 30
"""Bytes that should be free where the data are."""


class Finding(StrEnum):
    """How a check came out."""

    FINE = "fine"
    LOOK = "look"
    """Works, but should be looked at."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, what was found, and how to mend it."""

    what: str
    finding: Finding
    found: str
    way_out: str = ""


@click.command()
@json_option
@ending
def doctor(as_json: bool) -> Exit:
    """Look at settings, keys, database, migrations and workers; say what is wrong and how to mend it.

    Changes nothing, but that it starts the embedded PostgreSQL where one is there. Exit code 4 if something is wrong.
    """
    checks = list(examine(os.environ))
    if as_json:
        console.as_json([asdict(each) for each in checks])
    else:
        rows = [(each.finding, each.what, each.found, each.way_out) for each in checks]
        console.table("Avow's set-up", ("", "looked at", "found", "to mend it"), rows)
    return Exit.SETUP if any(each.finding is Finding.WRONG for each in checks) else Exit.DONE


def examine(environment: os._Environ[str] | dict[str, str]) -> Iterator[Check]:
    """Every check that can be made; what depends on a thing that is wrong is left out."""
    yield Check("Python", Finding.FINE, ".".join(map(str, sys.version_info[:3])))
    try:
        settings = Settings.read(environment)
    except SettingsWrong as error:
        yield Check("settings", Finding.WRONG, str(error), "correct or unset it")
        return
    yield Check("settings", Finding.FINE, f"data in {settings.data}")
    yield _port(settings)
    yield from _issuers(settings)
    if settings.database_url is None:
        yield from _data_folder(settings)
        if folder_version(settings.postgres_folder) is None:
            yield Check(
                "database", Finding.LOOK, "no embedded PostgreSQL was made yet", "run `avow run`, or `avow migrate`"
            )
            return
    try:
        with database(settings) as dsn:
            yield from _database(settings, dsn)
    except UpgradeNeeded as error:
        yield Check("database", Finding.WRONG, str(error), "run `avow upgrade`")
    except (StoreUnavailable, psycopg.OperationalError) as error:
        way_out = (
            "start the server, and check host, port, user and password in AVOW_DATABASE_URL"
            if settings.database_url
            else f"free space and processes; the server's own account is in {settings.postgres_folder / 'log'}"
        )
        yield Check("database", Finding.WRONG, str(error).strip(), way_out)


def _port(settings: Settings) -> Check:
    what = f"port {settings.port}"
    why = port_taken(settings)
    if why is not None:
        return Check(what, Finding.LOOK, f"{why}: Avow, or somebody else", "if it is not this Avow, set AVOW_PORT")
    return Check(what, Finding.FINE, f"free on {settings.host}")


def _issuers(settings: Settings) -> Iterator[Check]:
    """Whether each issuer answers, publishes keys that can be used, and has the same time as this machine."""
    if settings.oidc is None:
        yield Check(
            "sign-in", Finding.LOOK, "no issuer: a demonstration, for this machine alone", "set AVOW_OIDC_ISSUER"
        )
        return
    for name in settings.oidc.issuers:
        what = f"issuer {name}"
        try:
            asked, issuer = datetime.now(UTC), Issuer(name)
            fetched, keys = issuer.discover(), issuer.read()
        except IssuerUnreachable as error:
            yield Check(what, Finding.WRONG, str(error), "check AVOW_OIDC_ISSUER, the network and its certificate")
            continue
        if not keys.fit:
            found = "none of its keys can be used: " + "; ".join(sorted(set(keys.unfit.values()) or {"there is none"}))
            yield Check(what, Finding.WRONG, found, "let it publish keys for signing, with ids: RSA, P-256 or Ed25519")
            continue
        apart = abs((fetched.date - asked).total_seconds()) if fetched.date is not None else 0.0
        if apart > settings.oidc.skew:
            found = f"its clock and this machine's are {apart:.0f} s apart"
            yield Check(what, Finding.WRONG, found, "set the clocks by NTP; tokens are refused, or live longer")
            continue
        yield Check(what, Finding.FINE, f"answers, with keys: {len(keys.fit)}")


def _data_folder(settings: Settings) -> Iterator[Check]:
    folder = settings.data
    above = next(each for each in (folder, *folder.parents) if each.exists())
    if not os.access(above, os.W_OK):
        yield Check("data folder", Finding.WRONG, f"{above} cannot be written to", "change its owner, or set AVOW_DATA")
        return
    room = shutil.disk_usage(above).free
    found = f"{room / (1 << 30):.1f} GiB free"
    if room < LEAST_ROOM:
        yield Check("data folder", Finding.LOOK, found, "make room: a full disk stops recording")
    else:
        yield Check("data folder", Finding.FINE, found)
    version = folder_version(settings.postgres_folder)
    if version is not None and version != VERSION:
        yield Check("embedded PostgreSQL", Finding.WRONG, f"made by version {version}, not {VERSION}", "`avow upgrade`")


def _database(settings: Settings, dsn: str) -> Iterator[Check]:
    with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
        version = connection.info.server_version
        yield Check(
            "PostgreSQL", Finding.FINE if version >= OLDEST else Finding.WRONG, f"version {version // 10_000}",
            "" if version >= OLDEST else "Avow needs PostgreSQL 15 or newer",
        )  # fmt: skip
        yield from _server_settings(connection)
    try:
        missing = pending(dsn)
    except MigrationRefused as error:
        yield Check("migrations", Finding.WRONG, str(error), "start the Avow that migrated it, or a newer one")
        return
    if missing:
        yield Check("migrations", Finding.WRONG, f"missing: {', '.join(missing)}", "run `avow migrate`")
        return
    yield Check("migrations", Finding.FINE, "all applied")
    yield from _walls(dsn)
    yield from _keys(settings, dsn)


def _server_settings(connection: psycopg.Connection[tuple[str, ...]]) -> Iterator[Check]:
    for name, unsafe, why in (
        ("fsync", "off", "a crash may destroy all data: set fsync = on"),
        ("synchronous_commit", "off", "a crash loses what was acknowledged: set synchronous_commit = on"),
        ("full_page_writes", "off", "a crash may tear pages: set full_page_writes = on"),
    ):
        row = connection.execute("select current_setting(%s)", (name,)).fetchone()
        if row is not None and row[0] == unsafe:
            yield Check(name, Finding.WRONG, unsafe, why)
    row = connection.execute("select current_setting('server_encoding')").fetchone()
    if row is not None and row[0] != "UTF8":
        yield Check("encoding", Finding.WRONG, row[0], "make the database with encoding UTF8")


def _walls(dsn: str) -> Iterator[Check]:
    what = "walls between organisations"
    with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
        found = breaches(connection)
    for each in found:
        yield Check(what, Finding.WRONG, each.what, each.way_out)
    if not found:
        yield Check(what, Finding.FINE, "they stand")


def _keys(settings: Settings, dsn: str) -> Iterator[Check]:
    path = settings.key_file
    what = "key-encryption key"
    if not path.exists():
        if holds_history(dsn):
            found = f"{path} is not there, and what is recorded does not open without it"
            yield Check(what, Finding.WRONG, found, "put it back from where you keep it apart")
        else:
            yield Check(what, Finding.LOOK, f"{path} is not there", "nothing to do: it is made at first use")
        return
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Check(what, Finding.WRONG, f"{path} can be read by others", f"chmod 600 {path}")
    try:
        KeyEncryptionKey.read(path)
    except (OSError, ValueError) as error:
        yield Check(what, Finding.WRONG, str(error), "put the right file back, from where you keep it apart")
        return
    log_key = _log_key(settings, dsn)
    yield log_key
    if log_key.finding is Finding.WRONG or not settings.log_key.exists():
        return  # opening it would make a key
    with opened(settings, dsn) as avow:
        yield _key_fits(avow, path)
        yield from _projection(avow)


def _log_key(settings: Settings, dsn: str) -> Check:
    what, path, put_back = "log's key", settings.log_key, "put the right file back, from where you keep it apart"
    try:
        key = LogKey.read(path) if path.exists() else None
    except LogKeyUnreadable as error:
        return Check(what, Finding.WRONG, str(error), put_back)
    with on_postgres(dsn, KeyEncryptionKey(secrets.token_bytes(KEY_BYTES)), pool=1) as avow:
        signed = frozenset[str]().union(*map(avow.log.store.keys, avow.ledger.ledger_recorder.organisations()))
    new_series = f"{put_back}; with a new one a new series of checkpoints begins, and every auditor has to be given it"
    if key is None and signed:
        return Check(what, Finding.WRONG, f"{path} is not there, and checkpoints were signed with it", new_series)
    if key is None:
        return Check(what, Finding.LOOK, f"{path} is not there", "nothing to do: it is made at first use")
    if signed and key.key not in signed:
        return Check(what, Finding.LOOK, f"{path} is not the key that signed so far", new_series)
    return Check(what, Finding.FINE, f"{path}, keep a copy apart from the data")


def _key_fits(avow: Installation, path: Path) -> Check:
    organisations = avow.ledger.ledger_recorder.organisations()
    try:
        for each in organisations[:1]:
            avow.vault.digest(each, "doctor")
    except WrongKeyEncryptionKey as error:
        return Check("key-encryption key", Finding.WRONG, str(error), f"put the key that belongs here into {path}")
    return Check("key-encryption key", Finding.FINE, f"{path}, keep a copy apart from the data")


def _projection(avow: Installation) -> Iterator[Check]:
    model = avow.model
    if model is None:
        return
    alarm = model.live().alarm
    if alarm is not None:
        yield Check("stored answers", Finding.WRONG, alarm.reason, "mend the cause; then `avow rebuild` if it says so")
        return
    behind = sum(lag(avow.ledger, model, each).events for each in avow.ledger.ledger_recorder.organisations())
    if behind:
        yield Check("stored answers", Finding.LOOK, f"{behind:,} events behind", "see that `avow worker` is running")
    else:
        yield Check("stored answers", Finding.FINE, "up to date")
