"""`avow run`, `serve`, `worker`, `migrate`, `rebuild`."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

import click

from adapters.bootstrap import Installation, database
from adapters.cli import console
from adapters.cli.installation import installation, opened, settings
from adapters.cli.outcome import Exit, ending
from adapters.cli.rewrapping import rewrapping
from adapters.erased import ErasedList, key_digest
from adapters.http.demonstration import NOTICE
from adapters.http.server import NotOnLoopback, log_as_json, refuse_exposure, refuse_taken_port
from adapters.http.server import serve as serve_http
from adapters.interchange.reading import HistoryFile
from adapters.key_keeping import KeyKeeper
from adapters.mail import SmtpMail
from adapters.postgres.migrations import MigrationRefused, pending
from adapters.postgres.migrations import migrate as migrate_database
from adapters.postgres.walls import be_walled
from adapters.sample import HIGHLIGHTS, ORGANISATION, sample_history
from adapters.settings import Settings, SettingsWrong
from adapters.witnesses import read_witnesses
from application.desk import organisation_id
from application.importing import Import
from application.permissions import Role
from application.projector import ProjectionStopped
from application.retention import RetentionKeeper
from application.witnessing import LogKeeper

TOKENS_OF_SAMPLE = {"auditor": Role.AUDITOR, "administrator": Role.ADMINISTRATOR}
PATIENCE = 20
"""Seconds that the worker has to stop."""

log = logging.getLogger("avow.run")


@click.command()
@click.option("--no-sample", is_flag=True, help="Do not bring in the sample organisation.")
@ending
def run(no_sample: bool) -> Exit:
    """Start everything: the embedded PostgreSQL (or AVOW_DATABASE_URL), migrations, worker and HTTP server.

    Where there is no organisation yet, a sample one is brought in; its tokens are printed with requests to try.
    Listens on 127.0.0.1:8000 (AVOW_HOST, AVOW_PORT). Ends with Control-C.
    """
    found = settings()
    _be_safe(found)
    refuse_taken_port(found)
    with database(found, guarded=True) as dsn:
        with console.progress("migrations"):
            migrate_database(dsn)
        with opened(found, dsn) as avow:
            if not no_sample and not avow.ledger.ledger_recorder.organisations():
                bring_in_sample(avow)
            projector = avow.projector()
            if projector is not None:
                with console.progress("stored answers") as bar:  # so that whoever asks at once is answered
                    if projector.outdated:
                        projector.rebuild(lambda done, of: bar(done, of, f"{done:,} events"))
                    projector.catch_up()
            has_sample = avow.ledger.ledger_recorder.head(organisation_id(ORGANISATION)) is not None
            tokens = sample_tokens(avow, found) if has_sample else {}
        with _worker_beside():
            _greet(found, tokens)
            serve_http(found, dsn)
    return Exit.DONE


@click.command()
@click.option(
    "--behind-proxy", is_flag=True, help="A proxy that speaks TLS stands before Avow: listen on other addresses too."
)
@ending
def serve(behind_proxy: bool) -> Exit:
    """Answer HTTP requests, on a migrated database. Run `avow worker` beside it, once or more."""
    found = settings()
    _be_safe(found, behind_proxy=behind_proxy)
    with database(found, guarded=True) as dsn:
        missing = pending(dsn)
        if missing:
            raise MigrationRefused(f"the database lacks {', '.join(missing)}; run `avow migrate`")
        be_walled(dsn)
        serve_http(found, dsn, behind_proxy=behind_proxy)
    return Exit.DONE


def _be_safe(found: Settings, *, behind_proxy: bool = False) -> None:
    """Before anything is done: whoever may not listen need not migrate. Raises SettingsWrong."""
    try:
        refuse_exposure(found, behind_proxy=behind_proxy)
    except NotOnLoopback as error:
        raise SettingsWrong(str(error)) from error


@click.command()
@ending
def worker() -> Exit:
    """Keep the stored answers up to date, call webhooks, sign the history every minute (AVOW_WITNESSES witness it).

    It also looks after the ballot boxes of confidential reviews, and ends them; it opens the cycles of schedules on
    their day; once a day it erases what is due by the organisations' retention; and it re-wraps all keys every 6 days
    (AVOW_REWRAP_DAYS). Of several workers one stores answers and one calls webhooks; another takes over when it ends.
    """
    log_as_json()
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    found = settings()
    witnesses = read_witnesses(found.witnesses_file) if found.witnesses_file else ()
    with installation(found) as avow, database(found, guarded=True) as dsn, rewrapping(found, dsn) as work:
        erased = ErasedList(found.erased_list, key_digest(avow.ledger))
        keys = KeyKeeper(avow.ledger, work, erased, RetentionKeeper(avow.ledger), found.rewrap_days)
        mail = SmtpMail(found.mail) if found.mail is not None else None
        postman = avow.postman(mail, found.address, simulated=found.mail_simulated)
        keepers = (
            threading.Thread(target=LogKeeper(avow.log, witnesses).run, args=(stop,), name="log-keeper"),
            threading.Thread(target=avow.boxes.run, args=(stop,), name="box-keeper"),
            threading.Thread(target=avow.schedules.run, args=(stop,), name="schedule-keeper"),
            threading.Thread(target=postman.run, args=(stop,), name="postman"),
            threading.Thread(target=avow.deliverer().run, args=(stop,), name="deliverer"),
            threading.Thread(target=keys.run, args=(stop,), name="key-keeper"),
        )
        for keeper in keepers:
            keeper.start()
        try:
            projector = avow.projector()
            while projector is not None and not stop.is_set():
                with suppress(ProjectionStopped):
                    projector.run(stop)
                # It stands still until somebody mends the cause; then the next look goes on.
                stop.wait(5)
        finally:
            stop.set()
            for keeper in keepers:
                keeper.join()
    return Exit.DONE


@click.command()
@ending
def migrate() -> Exit:
    """Bring the database to this version of Avow. Safe from several nodes at once; forward only."""
    with database(settings()) as dsn:
        applied = migrate_database(dsn, lambda name: click.echo(f"{name} …"))
    click.echo(f"{len(applied)} migrations applied." if applied else "The database is up to date.")
    return Exit.DONE


@click.command()
@ending
def rebuild() -> Exit:
    """Make the stored answers anew from the events, beside those in use, then switch. Nobody has to stop."""
    with installation() as avow, console.progress("rebuild") as bar:
        projector = avow.projector()
        switched = projector is not None and projector.rebuild(lambda done, of: bar(done, of, f"{done:,} events"))
    click.echo("The stored answers were made anew." if switched else "Another rebuild is under way.")
    return Exit.DONE if switched else Exit.UNAVAILABLE


def bring_in_sample(avow: Installation) -> None:
    """Import the sample organisation."""
    with tempfile.TemporaryDirectory(prefix="avow-sample-") as folder:
        path = Path(folder) / "sample.jsonl"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(sample_history())
        history = HistoryFile(path)
        id = organisation_id(history.header.organisation)
        with console.progress("sample organisation") as bar:
            run = Import(avow.ledger, avow.staging(id), id, history.header)
            report = run.run(history.statements(progress=lambda read: bar(read, history.size)))
    click.echo(f"The sample organisation was brought in: {report.recorded:,} facts.", err=True)


def sample_tokens(avow: Installation, found: Settings) -> dict[str, str]:
    """Tokens for the sample's auditor and administrator, kept beside the data so that they stay the same."""
    path = found.data / "sample-tokens.json"
    with suppress(FileNotFoundError, ValueError):
        kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        if set(kept) == set(TOKENS_OF_SAMPLE) and all(avow.tokens.recognise(secret) for secret in kept.values()):
            return kept
    id = organisation_id(ORGANISATION)
    made = {
        name: avow.tokens.issue(id, f"{name} of the sample", person=_holder(avow, role), roles=[role], days=366)[1]
        for name, role in TOKENS_OF_SAMPLE.items()
    }
    found.data.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(made, file)
    return made


def _holder(avow: Installation, role: Role) -> UUID | None:
    id = organisation_id(ORGANISATION)
    return min(avow.ledger.book(id).holders(role, avow.ledger.now(id)), default=None)


def _greet(found: Settings, tokens: dict[str, str]) -> None:
    base = f"http://{found.host}:{found.port}"
    click.echo(f"\nAvow listens on {base} — its API is described at {base}/docs\n")
    if found.oidc is None:
        click.echo(f"{NOTICE} AVOW_OIDC_ISSUER lets people sign in.\n")
    if not tokens:
        click.echo("Make a token with `avow token create`. Control-C ends it.\n")
        return
    for name, secret in tokens.items():
        click.echo(f"  {name + ':':15} {secret}")
    bearer = f"-H 'Authorization: Bearer {tokens['auditor']}'"
    click.echo("\nThree requests to try, as the auditor of the sample organisation:\n")
    for highlight in HIGHLIGHTS:
        click.echo(click.wrap_text(highlight.shows, initial_indent="  # ", subsequent_indent="  # "))
        click.echo(f"  curl -s {bearer} '{base}{highlight.request}'\n")
    click.echo("Control-C ends it.\n")


@contextmanager
def _worker_beside() -> Iterator[None]:
    """A worker in a process of its own while the block runs."""
    beside = subprocess.Popen([sys.executable, "-m", "adapters.cli", "worker"], stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        beside.terminate()
        try:
            beside.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            beside.kill()
            beside.wait()
