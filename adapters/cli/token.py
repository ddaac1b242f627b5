"""`avow token create|list|revoke`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import click

from adapters.cli import console
from adapters.cli.installation import existing, installation, json_option, organisation_option, person_named
from adapters.cli.outcome import Exit, ending
from application.answers import plain
from application.permissions import Role
from application.tokens import Token
from domain.kernel import Refusal, RefusalKind


@dataclass(eq=False)
class NoToken(Refusal):
    """What was given is no token's id."""

    token: str
    kind = RefusalKind.INVALID
    where = "token"
    rule = "{token!r} is no token's id"
    way_out = "`avow token list` shows the ids"


@click.group(
    epilog="""\b
Examples:
  avow token create -o acme --name "board pack" --role auditor
  avow token create -o acme --name anna --person anna --days 30
"""
)
def token() -> None:
    """Bearer tokens for the API: made, listed and revoked here, by whoever operates Avow."""


@token.command("create")
@organisation_option
@click.option("--name", required=True, help="What it is for; shown in the list.")
@click.option("--person", metavar="KEY", help="Who acts with it. Without --role it opens what they may do.")
@click.option(
    "--role", "roles", multiple=True, type=click.Choice([each.value for each in Role]), help="What it opens; repeat it."
)
@click.option("--scope", "scopes", multiple=True, help="For the role integration: an act such as goal.proposed, or *.")
@click.option("--days", default=90, show_default=True, help="How long it holds, 366 days at most.")
@json_option
@ending
def create(  # the options of the command line
    organisation: str, name: str, person: str | None, roles: tuple[str, ...], scopes: tuple[str, ...], days: int,
    as_json: bool,
) -> Exit:  # fmt: skip
    """Make a token. Its secret is shown this once and kept nowhere."""
    with installation() as avow:
        id = existing(avow, organisation)
        holder = person_named(avow, id, person) if person else None
        made, secret = avow.tokens.issue(
            id, name, person=holder, roles=[Role(each) for each in roles], scopes=scopes, days=days
        )
    if as_json:
        console.as_json({**_shown(made), "secret": secret})
    else:
        click.echo(secret)
        click.echo(f"Token {made.id}, until {made.expires_at:%Y-%m-%d}. The secret is shown this once.", err=True)
    return Exit.DONE


@token.command("list")
@organisation_option
@json_option
@ending
def list_(organisation: str, as_json: bool) -> Exit:
    """List the tokens of an organisation, without their secrets."""
    with installation() as avow:
        issued = [_shown(each) for each in avow.tokens.store.issued(existing(avow, organisation))]
    if as_json:
        console.as_json(issued)
    else:
        columns = ("id", "name", "status", "roles", "expires_at", "used_on")
        rows = [[_listed(each[name]) for name in columns] for each in issued]
        console.table("Tokens", ("id", "name", "status", "roles", "until", "last used"), rows)
    return Exit.DONE


@token.command()
@organisation_option
@click.argument("token_id", metavar="ID")
@ending
def revoke(organisation: str, token_id: str) -> Exit:
    """Let a token open nothing from now on."""
    try:
        id = UUID(token_id)
    except ValueError as error:
        raise NoToken(token_id) from error
    with installation() as avow:
        avow.tokens.revoke(existing(avow, organisation), id)
    click.echo("Revoked.")
    return Exit.DONE


def _listed(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _shown(token: Token) -> dict[str, object]:
    shown = {
        "id": token.id, "name": token.name, "status": token.status(datetime.now(UTC)), "person": token.person,
        "roles": sorted(token.roles), "scopes": sorted(token.scopes), "issued_at": token.issued_at,
        "issued_by": token.issued_by, "expires_at": token.expires_at, "revoked_at": token.revoked_at,
        "revoked_by": token.revoked_by, "used_on": token.used_on,
    }  # fmt: skip
    return {name: plain(value) for name, value in shown.items()}
