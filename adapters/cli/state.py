"""`avow state`: the alignment state of a strategy, as of any instant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import click

from adapters.bootstrap import Installation
from adapters.cli import console
from adapters.cli.installation import existing, installation, json_option, organisation_option
from adapters.cli.outcome import Exit, ending
from adapters.instants import DATE, day_of, read_date, read_instant
from application.answers import alignment, answered
from application.confided_answers import Telling
from application.desk import Desk, UnknownReference
from application.ledger import Ledger
from application.questions import KnownTimeInFuture, Questions
from application.states import Definition
from domain.kernel import Actor, Refusal, RefusalKind
from domain.scope import Scope

POSITION = re.compile(r"\d{1,15}", re.ASCII)
TITLES = {
    "population": "Who it is about",
    "acknowledgement": "Acknowledged the revision in force",
    "commitments": "Commitments",
    "parties": "Parties",
    "duties": "Duties",
}


@dataclass(eq=False)
class NotThen(Refusal):
    """A strategy that had not been drafted, or an organisation not founded, at the moment asked for."""

    strategy: str
    kind = RefusalKind.UNKNOWN
    where = "valid_at"
    rule = "strategy {strategy!r} had not been drafted then, as it was known then"
    way_out = "ask for a later instant, or leave --valid-at and --known-at out for the present"


@click.command(
    epilog="""\b
Examples:
  avow state -o sample -s clear-signal
  avow state -o sample -s clear-signal --unit services --valid-at 2026-03-31 --known-at 2026-04-09
  avow state -o sample -s clear-signal --json | jq .answer.people_committed
"""
)
@organisation_option
@click.option("--strategy", "-s", required=True, metavar="KEY", help="The strategy's key, or its id.")
@click.option("--unit", "-u", metavar="KEY", help="Only this unit and all below it.")
@click.option("--valid-at", metavar="TIME", help="When it was so: RFC 3339, or a date (its end). Default: now.")
@click.option("--known-at", metavar="TIME", help="As it was known when: RFC 3339, a date, or a position. Default: now.")
@json_option
@ending
def state(
    organisation: str, strategy: str, unit: str | None, valid_at: str | None, known_at: str | None, as_json: bool,
) -> Exit:  # fmt: skip
    """Show the alignment state of a strategy: who acknowledged it, who committed to what, what is stale or overdue."""
    with installation() as avow:
        id = existing(avow, organisation)
        desk = Desk(avow.ledger.book(id), Actor(), avow.ledger.now(id))
        about = named(desk, "strategy", strategy)
        scope = Scope(unit=named(desk, "unit", unit) if unit is not None else None)
        zone = ZoneInfo(avow.ledger.organisation(id).zone)
        questions = questions_of(avow, id)
        asked = questions.ask(
            id,
            read_instant(valid_at, zone, "valid_at", end_of_day=True) if valid_at else None,
            known_time(known_at, zone, avow.ledger, id) if known_at else None,
        )
        found = questions.alignment(asked, about, scope)
        if found is None:
            raise NotThen(strategy)
        question = {"organisation": organisation, "strategy": strategy, "unit": unit}
        answer = answered(asked, question, alignment(found, confided=Telling(questions, asked, found).of))
    if as_json:
        console.as_json(answer)
    else:
        _show(answer)
    return Exit.DONE


def questions_of(avow: Installation, organisation: UUID) -> Questions:
    """Asked of the stored answers, or where they lag behind of the definition, which is slow for long histories."""
    head = avow.ledger.ledger_recorder.head(organisation)
    if avow.states.wait_for(organisation, head.position if head else 0):
        return avow.questions
    click.echo("No worker is keeping the stored answers up to date; this one is worked out from the events.", err=True)
    return Questions(avow.ledger, Definition(avow.ledger))


def named(desk: Desk, kind: str, reference: str) -> UUID:
    """The id of the record that a reference names. Raises UnknownReference."""
    found = desk.look_up(kind, reference)
    if found is None:
        raise UnknownReference(kind, reference, kind)
    return found


def known_time(text: str, zone: ZoneInfo, ledger: Ledger, organisation: UUID) -> datetime | int:
    """A position, or an instant; a date means its end, and is refused before that has come."""
    if POSITION.fullmatch(text):
        return int(text)
    if not DATE.fullmatch(text):
        return read_instant(text, zone, "known_at")
    day, now = read_date(text, "known_at"), ledger.now(organisation)
    if day >= now.astimezone(zone).date() and not ledger.is_simulated(organisation):
        raise KnownTimeInFuture(now)
    return day_of(day, text, zone, "known_at", end_of_day=True)


def _show(answer: dict[str, Any]) -> None:
    found, asked = answer["answer"], answer["question"]
    if "nothing_recorded" in found:
        click.echo(found["nothing_recorded"])
        return
    clock = " · simulated" if asked.get("clock") == "simulated" else ""
    click.echo(f"{found['strategy']['title']}{clock}")
    click.echo(f"valid at {asked['valid_at']}, known at {asked['known_at']} (position {answer['position']})")
    revision = found["revision_in_force"]
    click.echo(
        f"revision {revision['revision']} in force since {revision['in_force_from']}\n" if revision
        else "no revision in force\n"
    )  # fmt: skip
    share = found["people_committed"]
    percent = "" if share["percent"] is None else f" ({share['percent']} %)"
    if share["count"] is None:
        click.echo(f"{share['of']} people; on a nominal scale nobody counts as committed\n")
    else:
        click.echo(f"{share['count']} of {share['of']} people committed{percent}\n")
    for group, title in TITLES.items():
        rows = [(name.replace("_", " ").replace("/", " · "), each["count"]) for name, each in found[group].items()]
        shown = [row for row in rows if row[1]]
        if shown:
            console.table(title, ("", "count"), shown, numbers=(1,))
            click.echo()
    if found["teams"]:
        teams = [
            (each["name"], _target(each["target"]), each["reads"] or "", each["unit_level"] or "")
            for each in found["teams"]
        ]
        console.table("Teams", ("unit", "to", "members committed", "the unit itself"), teams)
    for each in found["reviews"]:
        part = each["participation"]
        count = part["count"] if part["count"] is not None else f"{part['percent'] or 0} %"
        click.echo(f"\nreview “{each['title']}”: {count} of {part['of']} answered")
    if found["objections"]:
        objections = [(each["name"], each["element"], each["rule"]) for each in found["objections"]]
        console.table("\nOpen objections", ("objection", "element", "rule"), objections)
    if found["not_applied"]:
        unapplied = [(each["kind"], each["record"], each["reason"]) for each in found["not_applied"]]
        console.table("\nFacts without effect", ("kind", "record", "why"), unapplied)


def _target(target: dict[str, Any]) -> str:
    return str(target["goal_key"] or target["goal"] or target["element"] or "the strategy")
