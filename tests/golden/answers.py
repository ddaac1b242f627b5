"""Makes the answers that are kept for ever: what was told once, under one `rules`, is told again in the same bytes.

`python -m tests.golden.answers` writes those of the present `rules`. A change that alters them raises `rules`, is shown
by an example in the CHANGELOG, and adds a file beside the earlier ones; before a release it may write the file anew.
"""

from __future__ import annotations

import json
import sys
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from application.answers import alignment, answered, bridges
from domain.alignment import RULES
from domain.bridge import bridge
from tests.support.stage import Stage

FOLDER = Path(__file__).with_name("kept_answers")
MOMENTS = (
    ("2026-03-31", "2026-03-31"), ("2026-03-31", "2026-05-31"), ("2026-04-30", "2026-04-30"),
    ("2026-04-30", "2026-06-30"), ("2026-06-30", "2026-06-30"),
)  # fmt: skip
"""Valid time and known time, as the ends of days."""


def file_of(rules: int) -> Path:
    """Where the answers under these rules are kept."""
    return FOLDER / f"rules-{rules}.json"


def story() -> Stage:
    """A half year with a move, a late entry, two corrections, a second revision and a leaver; its ids are counted."""
    stage = Stage()
    numbers = count(1)
    stage.ledger.fresh_id = lambda: UUID(int=next(numbers))
    say = stage.say
    for unit, parent in (("acme", None), ("sales", "acme"), ("service", "acme")):
        say("unit.formed", "2026-01-01", unit=unit, name=unit.title(), kind="team", **_if(parent=parent))
    for person, unit in (("ann", "sales"), ("cy", "sales"), ("bob", "service")):
        say("person.joined", "2026-01-02", person=person, name=person.title())
        say("membership.began", "2026-01-02", person=person, unit=unit, home=True)
    say("strategy.drafted", "2026-03-01", strategy="growth", title="Growth", by="ann")
    _element(stage, "2026-03-01", "Quick quotes")
    say("strategy.submitted", "2026-03-02", strategy="growth", by="ann")
    say("strategy.published", "2026-03-03", strategy="growth", material=True, by="bob")
    say("goal.proposed", "2026-03-04", strategy="growth", goal="faster", title="Faster", unit="sales", by="ann")
    made = _commit(stage, "ann", "2026-03-10", goal="faster")
    say("acknowledgement.given", "2026-03-11", person="bob", strategy="growth", by="bob")
    _commit(stage, "bob", "2026-03-20")
    say("membership.ended", "2026-04-10", person="cy", unit="sales")
    say("membership.began", "2026-04-10", person="cy", unit="service", home=True)
    _commit(stage, "cy", "2026-03-15", known="2026-05-04", reason="the form lay in a drawer")
    terms = {"commitment": "ann/growth", "party_person": "ann", "strategy": "growth", "level": "on condition"}
    stage.correct(made, "commitment.made", "2026-03-10", "2026-05-05", "misheard", **terms, goal="faster")
    _element(stage, "2026-06-01", "Quotes within an hour", seen=2)
    say("strategy.submitted", "2026-06-02", strategy="growth", by="ann")
    say("strategy.published", "2026-06-03", strategy="growth", material=True, by="bob")
    say("person.left", "2026-06-15", person="bob")
    return stage


def _if(**more: Any) -> dict[str, Any]:
    return {name: value for name, value in more.items() if value is not None}


def _element(stage: Stage, at: str, text: str, seen: int | None = None) -> None:
    said: dict[str, Any] = {"strategy": "growth", "element": "vision", "kind": "vision", "text": text}
    stage.say("strategy.revised", at, by="ann", **said, **_if(based_on=seen))


def _commit(stage: Stage, who: str, at: str, **more: Any) -> Any:
    said: dict[str, Any] = {
        "commitment": f"{who}/growth",
        "party_person": who,
        "strategy": "growth",
        "level": "committed",
    }
    return stage.say("commitment.made", at, by=who, **said, **more)


def told() -> list[Any]:
    """Question and answer for each moment, and the way from the first to the last."""
    stage = story()
    found = list[Any]()
    for valid, known in MOMENTS:
        for unit in (None, "service"):
            state = stage.alignment("growth", valid, known, unit)
            found.append(answered(stage.ask(valid, known), {"strategy": "growth", "unit": unit}, alignment(state)))
    first, last = MOMENTS[0], MOMENTS[-1]
    states = [stage.alignment("growth", *each) for each in (first, (first[0], last[1]), last)]
    found.append(bridges(bridge(*states), lambda _: True))
    return found


def written() -> bytes:
    """The answers as they are kept."""
    return json.dumps(told(), indent=1, ensure_ascii=False).encode() + b"\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    file_of(RULES).write_bytes(written())
    sys.stdout.write(f"{file_of(RULES).name}: {len(told())} answers\n")
