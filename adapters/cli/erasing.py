"""`avow erase`, `hold` and `subject-access`."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import click

from adapters.bootstrap import Installation
from adapters.cli import console
from adapters.cli.installation import existing, installation, json_option, organisation_option
from adapters.cli.outcome import Exit, ending
from adapters.cli.state import named
from adapters.http.presenting import present
from adapters.instants import read_instant
from adapters.subject_access import readable
from application.catalogue import commands
from application.deciding import Entry, Request
from application.desk import Desk
from application.erasure import receipt
from application.subject_access import subject_access
from domain.kernel import Actor, Refusal, RefusalKind
from domain.sealed import TextKind

SHOWN = 40
"""How many erased texts a receipt prints; --json has all of them."""


@dataclass(eq=False)
class NotConfirmed(Refusal):
    """Something that cannot be undone, without a yes."""

    kind = RefusalKind.INVALID
    where = "yes"
    rule = "what is destroyed does not come back, and nobody said yes"
    way_out = "say yes when asked, or give --yes"


by_option = click.option("--by", metavar="KEY", help="The person who decided it; unstated, whoever runs the command.")


@click.command(
    epilog="""\b
Examples:
  avow erase anna -o acme --reason "request of 3 May" --by dora
  avow erase anna -o acme --reason "left in 2024" --kind identity
  avow erase anna -o acme --receipt                              what was erased so far; erases nothing
"""
)
@click.argument("person", metavar="PERSON")
@organisation_option
@click.option("--reason", help="Why; it stays on record.")
@by_option
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice([each.value for each in TextKind]),
    help="Only their identity, or only their own words. Default: both.",
)  # fmt: skip
@click.option("--receipt", "only_receipt", is_flag=True, help="Show the receipt of what was erased; erase nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@ending
def erase(
    person: str, organisation: str, reason: str | None, by: str | None, kinds: tuple[str, ...], only_receipt: bool,
    yes: bool, as_json: bool,
) -> Exit:  # fmt: skip
    """Erase PERSON (key or id): name, e-mail, keys and own words, for good and at once. Prints a receipt.

    Their keys are destroyed; figures and proofs hold as before. Backups lose the texts within 7 days, when all keys are
    re-wrapped. A legal hold stops it.
    """
    with installation() as avow:
        id = existing(avow, organisation)
        desk = Desk(avow.ledger.book(id), Actor(), avow.ledger.now(id))
        whom = named(desk, "person", person)
        if not only_receipt:
            if not yes and not click.confirm(f"Erase {person} ({whom}) for good?", err=True):
                raise NotConfirmed
            chosen = tuple(TextKind(each) for each in kinds) or tuple(TextKind)
            _say(avow, id, "person.erased", reason, by, person=str(whom), texts=chosen)
        shown = present(receipt(avow.ledger, id, whom), avow.vault, id)
        texts = len(shown["texts"])
    if as_json:
        console.as_json(shown)
        return Exit.DONE
    for each in shown["erasures"]:
        click.echo(f"Erased {' and '.join(each['kinds'])} on {each['at']} (position {each['position']}).")
    if not shown["erasures"]:
        click.echo("Nothing was erased.")
        return Exit.DONE
    click.echo(f"{texts:,} texts open no more; each commitment still proves its text to whoever was shown it before:")
    for text in shown["texts"][:SHOWN]:
        click.echo(f"  {text['position']:>8}  {text['topic']} {text['field']}  {text['commitment']}")
    if texts > SHOWN:
        click.echo(f"  … and {texts - SHOWN:,} more: --json lists them all")
    click.echo(f"Backups lose them by {shown['gone_from_backups_by']}.")
    return Exit.DONE


@click.command(
    epilog="""\b
Examples:
  avow hold anna -o acme --reason "case 17/26" --until 2027-01-01
  avow hold anna -o acme --reason "case closed" --release
"""
)
@click.argument("person", metavar="PERSON")
@organisation_option
@click.option("--reason", required=True, help="Why; it stays on record.")
@by_option
@click.option("--until", metavar="TIME", help="Until when: RFC 3339, or a date. Default: until it is released.")
@click.option("--release", is_flag=True, help="End the hold.")
@ending
def hold(
    person: str, organisation: str, reason: str, by: str | None, until: str | None, release: bool,
) -> Exit:  # fmt: skip
    """Place a legal hold on PERSON, or release it: while it lasts nothing of theirs is erased, by nobody."""
    if release and until is not None:
        raise click.UsageError("--release ends the hold now; leave --until out")
    with installation() as avow:
        id = existing(avow, organisation)
        if release:
            _say(avow, id, "person.released", reason, by, person=person)
        else:
            zone = ZoneInfo(avow.ledger.organisation(id).zone)
            end = read_instant(until, zone, "until") if until else None
            _say(avow, id, "person.held", reason, by, person=person, until=end)
    click.echo("Released." if release else "Held.")
    return Exit.DONE


@click.command(
    "subject-access",
    epilog="""\b
Examples:
  avow subject-access anna -o acme --output anna.txt
  avow subject-access anna -o acme --json > anna.json
""",
)
@click.argument("person", metavar="PERSON")
@organisation_option
@click.option(
    "--output", "-O", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this new file, which nobody else can read. Default: standard output.",
)  # fmt: skip
@json_option
@ending
def access(person: str, organisation: str, output: Path | None, as_json: bool) -> Exit:
    """Show everything that is held on PERSON, as a text to be read, or as data with --json.

    Other people's words are listed by reference. Answers in confidential reviews are in no such file.
    """
    with installation() as avow:
        id = existing(avow, organisation)
        whom = named(Desk(avow.ledger.book(id), Actor(), avow.ledger.now(id)), "person", person)
        held = subject_access(
            avow.ledger, avow.tokens.store, avow.sign_ins.store, avow.messages.store, avow.trail, id, whom
        )
        shown = present(held, avow.vault, id)
    told = json.dumps(shown, ensure_ascii=False, indent=2) + "\n" if as_json else readable(shown)
    if output is None:
        click.echo(told, nl=False)
        return Exit.DONE
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(told)
    return Exit.DONE


def _say(
    avow: Installation, organisation: UUID, topic: str, reason: str | None, by: str | None, **said: object
) -> None:
    """Record one statement, of now. Raises the refusal of the rule that is not met."""
    asked: Any = commands()[topic]
    decider = by and named(Desk(avow.ledger.book(organisation), Actor(), avow.ledger.now(organisation)), "person", by)
    actor = Actor(person=decider) if isinstance(decider, UUID) else Actor(service="command line")
    entry = Entry(command=asked(**said), reason=reason)
    avow.ledger.execute(Request(organisation=organisation, id=uuid4(), actor=actor, entries=(entry,)))
