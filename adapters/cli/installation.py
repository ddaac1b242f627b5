"""What most commands begin with: the settings, a migrated database, Avow put together, and an organisation by name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import click

from adapters.bootstrap import Installation, access_tokens, database, key_encryption_key, on_postgres
from adapters.crypto.log_key import LogKey
from adapters.postgres.migrations import MigrationRefused, pending
from adapters.postgres.walls import be_walled
from adapters.settings import Settings
from application.desk import Desk, UnknownReference, organisation_id
from domain.kernel import Actor, Refusal, RefusalKind
from domain.organisation import refuse_closed

organisation_option = click.option(
    "--organisation", "-o", required=True, metavar="KEY", help="The organisation's key, or its id."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, as docs/cli.md describes it.")


@dataclass(eq=False)
class NoOrganisationHere(Refusal):
    """An organisation that this installation does not have."""

    organisation: str
    kind = RefusalKind.UNKNOWN
    where = "organisation"
    rule = "there is no organisation {organisation!r} here"
    way_out = "check its key; `avow import` brings in one that has a history"


def settings() -> Settings:
    """What the environment says. Raises SettingsWrong."""
    return Settings.read(os.environ)


@contextmanager
def installation(found: Settings | None = None) -> Iterator[Installation]:
    """Avow on its database. Raises MigrationRefused when that lacks a migration, and what opening it raises."""
    found = found or settings()
    with database(found) as dsn:
        missing = pending(dsn)
        if missing:
            raise MigrationRefused(f"the database lacks {', '.join(missing)}; run `avow migrate`")
        with opened(found, dsn) as avow:
            yield avow


@contextmanager
def opened(found: Settings, dsn: str) -> Iterator[Installation]:
    """Avow on a database that is there and migrated. Raises WallsBroken, KeyFileUnusable."""
    be_walled(dsn)
    key, log_key = key_encryption_key(found, dsn), LogKey.read_or_make(found.log_key, found.log_name)
    with on_postgres(
        dsn,
        key,
        pool=found.pool,
        erased=found.erased_list,
        log_key=log_key,
        access=access_tokens(found),
        networks=found.webhook_networks,
        usual=found.mail_usual,
    ) as avow:
        yield avow


def organisation_named(name: str) -> UUID:
    """The id of an organisation given by key or id, whether it exists or not."""
    try:
        return UUID(name) if len(name) == 36 else organisation_id(name)
    except ValueError:
        return organisation_id(name)


def existing(avow: Installation, name: str) -> UUID:
    """The id of an organisation that has a history. Raises NoOrganisationHere, OrganisationGone."""
    id = organisation_named(name)
    if avow.ledger.ledger_recorder.head(id) is None:
        raise NoOrganisationHere(name)
    refuse_closed(avow.ledger.organisation(id))
    return id


def person_named(avow: Installation, organisation: UUID, reference: str) -> UUID:
    """The id of somebody given by key or id. Raises UnknownReference."""
    desk = Desk(avow.ledger.book(organisation), Actor(), avow.ledger.now(organisation))
    found = desk.look_up("person", reference)
    if found is None:
        raise UnknownReference("person", reference, "person")
    return found
