"""`avow explain`: why the figures for one instant were restated."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import click

from adapters.cli import console
from adapters.cli.installation import existing, installation, json_option, organisation_option
from adapters.cli.outcome import Exit, ending
from adapters.cli.state import NotThen, known_time, named, questions_of
from adapters.http.presenting import present
from adapters.instants import read_instant
from application.answers import answered
from application.desk import Desk
from application.explaining import Explanation
from application.explaining import explain as explained
from application.records import FigureUnknown
from domain.kernel import Actor
from domain.scope import Scope


@click.command(
    epilog="""\b
Examples:
  avow explain -o sample -s clear-signal --valid-at 2026-03-31 --from-known-at 2026-03-31
  avow explain -o sample -s clear-signal --valid-at 2026-03-31 --from-known-at 2026-03-31 -f commitments/current --json
"""
)
@organisation_option
@click.option("--strategy", "-s", required=True, metavar="KEY", help="The strategy's key, or its id.")
@click.option("--unit", "-u", metavar="KEY", help="Only this unit and all below it.")
@click.option("--figure", "-f", metavar="NAME", help="Only this figure, as `avow state --json` names it.")
@click.option("--valid-at", required=True, metavar="TIME", help="The instant of the figures: RFC 3339, or a date.")
@click.option("--from-known-at", required=True, metavar="TIME", help="As known first: a time, a date, or a position.")
@click.option("--to-known-at", metavar="TIME", help="As known later. Default: now.")
@json_option
@ending
def explain(
    organisation: str, strategy: str, unit: str | None, figure: str | None, valid_at: str, from_known_at: str,
    to_known_at: str | None, as_json: bool,
) -> Exit:  # fmt: skip
    """Tell why figures for one instant were restated: what was learned between two known times, by whom, and why."""
    with installation() as avow:
        id = existing(avow, organisation)
        desk = Desk(avow.ledger.book(id), Actor(), avow.ledger.now(id))
        about = named(desk, "strategy", strategy)
        scope = Scope(unit=named(desk, "unit", unit) if unit is not None else None)
        zone = ZoneInfo(avow.ledger.organisation(id).zone)
        questions = questions_of(avow, id)
        at = read_instant(valid_at, zone, "valid_at", end_of_day=True)
        first = questions.ask(id, at, known_time(from_known_at, zone, avow.ledger, id))
        second = questions.ask(id, at, known_time(to_known_at, zone, avow.ledger, id) if to_known_at else None)
        states = [questions.comparable(each, about, scope) for each in (first, second)]
        if any(each is None for each in states):
            raise NotThen(strategy)
        if figure is not None and not any(each is not None and figure in each.figures for each in states):
            raise FigureUnknown(figure)
        found = explained(questions, first, max(first.position, second.position), about, scope, figure)
        question = {"organisation": organisation, "strategy": strategy, "unit": unit, "figure": figure}
        answer = present(_told(found), avow.vault, id)
        told = answered(second, {**question, "from_known_at": first.known_at}, answer)
    if as_json:
        console.as_json(told)
    else:
        _show(told)
    return Exit.DONE


def _told(found: Explanation) -> dict[str, Any]:
    return {
        "figures": [
            {"figure": each.figure, "of": each.of, "before": each.before, "after": each.after} for each in found.figures
        ],
        "because": [
            {
                "kind": cause.kind,
                "position": cause.recorded.position,
                "learned_at": cause.recorded.recorded_at,
                "effective_at": cause.recorded.event.effective_at,
                "topic": cause.recorded.event.topic,
                "record": cause.recorded.event.stream,
                "corrects": cause.corrects,
                "actor": cause.recorded.event.actor,
                "reason": cause.recorded.event.reason,
                "figures": [
                    {"figure": each.figure, "before": each.before, "after": each.after} for each in cause.figures
                ],
            }
            for cause in found.causes
        ],
        "complete": found.complete,
        "explained_up_to": found.up_to,
    }


def _show(answer: dict[str, Any]) -> None:
    asked, found = answer["question"], answer["answer"]
    if "nothing_recorded" in found:
        click.echo(found["nothing_recorded"])
        return
    click.echo(f"valid at {asked['valid_at']}, known at {asked['from_known_at']} and at {asked['known_at']}\n")
    if not found["figures"]:
        click.echo("No figure was restated.")
        return
    figures = [(each["figure"], each["before"], each["after"]) for each in found["figures"]]
    console.table("Restated", ("figure", "before", "after"), figures, numbers=(1, 2))
    for cause in found["because"]:
        corrects = f" of position {cause['corrects']}" if cause["corrects"] is not None else ""
        click.echo(f"\nposition {cause['position']}, learned {cause['learned_at']}: {cause['kind']}{corrects}")
        click.echo(f"  {cause['topic']}, of {cause['effective_at']}")
        reason = cause["reason"]
        if reason is not None:
            click.echo(f"  reason: {reason if isinstance(reason, str) else 'erased'}")
        for each in cause["figures"]:
            click.echo(f"  {each['figure']}: {each['before']} → {each['after']}")
    if not found["complete"]:
        click.echo(f"\nMore was learned after position {found['explained_up_to']}: ask from there.")
