"""`avow retention`: who is due by the organisation's schedule, and their erasure."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import click

from adapters.cli import console
from adapters.cli.installation import existing, installation, json_option
from adapters.cli.outcome import Exit, ending
from adapters.http.presenting import present
from application.retention import PersonDue, Retained, look
from domain.sealed import TextKind


@click.command(
    epilog="""\b
Examples:
  avow retention acme --dry-run     who is due by now, and who is held; erases nothing
  avow retention acme
"""
)
@click.argument("organisation", metavar="ORGANISATION")
@click.option("--dry-run", "dry", is_flag=True, help="Tell who is due; erase nothing.")
@json_option
@ending
def retention(organisation: str, dry: bool, as_json: bool) -> Exit:
    """Erase the texts in ORGANISATION (key or id) that are due by its schedule: of people who left long enough ago.

    The schedule is set with POST …/retention; without one all is kept. Whoever came back is not due, and a legal hold
    stops it. Interrupted, run it again. The worker does the same once a day.
    """
    with installation() as avow:
        id = existing(avow, organisation)
        told = look(avow.ledger, id, dry=dry)
        shown = present(_plain(told, dry=dry), avow.vault, id)
        zone = ZoneInfo(avow.ledger.organisation(id).zone)
    if as_json:
        console.as_json(shown)
    else:
        _say(told, zone, dry=dry)
    return Exit.REFUSED if any(each.refused for each in told.people) else Exit.DONE


def _plain(told: Retained, *, dry: bool) -> dict[str, Any]:
    return {
        "organisation": told.organisation,
        "at": told.at,
        "dry_run": dry,
        "schedule": told.schedule,
        "people": [
            {
                "person": each.person,
                "left_at": each.due.left_at,
                "kinds": each.due.kinds,
                "hold": each.due.hold,
                "erased": each.position is not None,
                "position": each.position,
                "refused": each.refused,
            }
            for each in told.people
        ],
    }


def _say(told: Retained, zone: ZoneInfo, *, dry: bool) -> None:
    days = {each.kind: each.days for each in told.schedule}
    for kind in TextKind:
        kept = days.get(kind)
        click.echo(f"{kind}: {'kept' if kept is None else f'erased {kept:,} days after a person left'}")
    for each in told.people:
        click.echo(
            f"  {each.person}  left {each.due.left_at.astimezone(zone):%Y-%m-%d}  {_outcome(each, zone, dry=dry)}"
        )
    erased = sum(each.position is not None for each in told.people)
    held = sum(each.due.hold is not None for each in told.people)
    click.echo(
        f"{len(told.people) - held:,} people are due; nothing was erased: a dry run."
        if dry
        else f"{erased:,} people were erased."
    )
    if held:
        click.echo(f"{held:,} are due and under a legal hold; nothing of them was erased.")


def _outcome(each: PersonDue, zone: ZoneInfo, *, dry: bool) -> str:
    kinds = " and ".join(each.due.kinds)
    if each.due.hold is not None:
        until = f" until {each.due.hold.until.astimezone(zone):%Y-%m-%d}" if each.due.hold.until else ""
        return f"{kinds} due, under a legal hold{until}"
    if each.refused is not None:
        return f"{kinds} not erased: {each.refused}"
    return f"{kinds} due" if dry else f"{kinds} erased (position {each.position})"
