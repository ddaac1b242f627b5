"""`avow sign-in bind|list|end`."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import click

from adapters.cli import console
from adapters.cli.installation import existing, installation, json_option, organisation_option, person_named
from adapters.cli.outcome import Exit, ending
from application.answers import plain
from application.signing_in import SignIn
from domain.kernel import Refusal, RefusalKind


@dataclass(eq=False)
class NoSignIn(Refusal):
    """What was given is no sign-in's id."""

    sign_in: str
    kind = RefusalKind.INVALID
    where = "sign_in"
    rule = "{sign_in!r} is no sign-in's id"
    way_out = "`avow sign-in list` shows the ids"


@click.group(
    "sign-in",
    epilog="""\b
Examples:
  avow sign-in bind -o acme --person anna --subject 5f0c7a52-0d3b-4f6e-9f57-3a1f
  avow sign-in list -o acme
""",
)
def sign_in() -> None:
    """Who acts for whom: which subject of the identity provider (AVOW_OIDC_ISSUER) is which person."""


@sign_in.command("bind")
@organisation_option
@click.option("--person", required=True, metavar="KEY", help="Who acts with it.")
@click.option("--subject", required=True, help="What the issuer calls them: the claim `sub` of their access tokens.")
@click.option("--issuer", help="The issuer; needed where AVOW_OIDC_ISSUER names several.")
@json_option
@ending
def bind(organisation: str, person: str, subject: str, issuer: str | None, as_json: bool) -> Exit:
    """Say that a subject of the issuer is this person. Of the subject only a digest is kept."""
    with installation() as avow:
        id = existing(avow, organisation)
        made = avow.sign_ins.bind(id, person_named(avow, id, person), subject, issuer)
    if as_json:
        console.as_json(_shown(made))
    else:
        click.echo(f"Bound: sign-in {made.id}.")
    return Exit.DONE


@sign_in.command("list")
@organisation_option
@json_option
@ending
def list_(organisation: str, as_json: bool) -> Exit:
    """List the sign-ins of an organisation, the ended ones too."""
    with installation() as avow:
        bound = [_shown(each) for each in avow.sign_ins.store.listed(existing(avow, organisation))]
    if as_json:
        console.as_json(bound)
    else:
        columns = ("id", "status", "person", "issuer")
        console.table("Sign-ins", columns, [[each[name] for name in columns] for each in bound])
    return Exit.DONE


@sign_in.command()
@organisation_option
@click.argument("sign_in_id", metavar="ID")
@ending
def end(organisation: str, sign_in_id: str) -> Exit:
    """Let a sign-in open nothing from now on."""
    try:
        id = UUID(sign_in_id)
    except ValueError as error:
        raise NoSignIn(sign_in_id) from error
    with installation() as avow:
        avow.sign_ins.end(existing(avow, organisation), id)
    click.echo("Ended.")
    return Exit.DONE


def _shown(sign_in: SignIn) -> dict[str, object]:
    shown = {
        "id": sign_in.id, "status": "ended" if sign_in.ended_at else "holds", "person": sign_in.person,
        "issuer": sign_in.issuer, "bound_at": sign_in.bound_at, "bound_by": sign_in.bound_by,
        "ended_at": sign_in.ended_at, "ended_by": sign_in.ended_by,
    }  # fmt: skip
    return {name: plain(value) for name, value in shown.items()}
