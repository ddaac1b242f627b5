"""Money and people for Tidewater's bets and for what it meant to let go; what was decided, and by which value."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.people import SPONSOR
from adapters.sample.tidewater.people import STRATEGIST
from adapters.sample.tidewater.strategy import CURRENT

PLANNED = (
    ("bet-night", "400000.00", "12.0"), ("bet-one-meter", "900000.00", "21.5"), ("bet-partners", "150000.00", "4.0"),
    ("let-go-drums", "0", "0"),
)  # fmt: skip
SPENT = (
    ("bet-night", "310500.00", "11.2"), ("bet-one-meter", "965200.50", "23.0"), ("bet-partners", "90400.00", "2.5"),
    ("let-go-drums", "184000.00", "3.4"),
)  # fmt: skip
"""By element: euros, and full-time equivalents, in 2025."""
YEAR = {"begins": "2025-01-01", "ends": "2025-12-31"}


def tell(history: History) -> None:
    """The second bet gets more than the first, and drums still cost: both show."""
    for topic, at, amounts, actor in (
        ("resource.planned", "2025-01-20 10:00", PLANNED, SPONSOR),
        ("resource.spent", "2026-01-05 10:00", SPENT, STRATEGIST),
    ):
        for element, amount, people in amounts:
            at_all = {"strategy": CURRENT, "element": element, "actor": actor, **YEAR}
            history.say(topic, at, amount=amount, currency="EUR", full_time=people, **at_all)
    _decided(history)


def _decided(history: History) -> None:
    say, at = history.say, "2025-10-21 10:00"
    say(
        "decision.taken",
        "2025-03-20 10:00",
        decision="readings-in-winter",
        matter="Who reads the harbour from November to March?",
        alternatives=[
            {"id": "one", "text": "one person, as always"}, {"id": "two", "text": "two people, every second night"},
            {"id": "none", "text": "nobody; meters wait for spring"},
        ],
        chosen="one",
        decider="thea-morland",
        strategy=CURRENT,
        bet="bet-night",
        unit="tw-night",
        because="we have no money for two",
        actor="thea-morland",
    )  # fmt: skip
    say(
        "decision.taken",
        at,
        decision="readings-in-winter-2",
        matter="Who reads the harbour from November to March?",
        alternatives=[{"id": "one", "text": "one person"}, {"id": "air", "text": "a receiver on the lighthouse"}],
        chosen="air",
        decider="vala-restad",
        strategy=CURRENT,
        applies=["value-night"],
        bet="bet-night",
        unit="tw-night",
        because="nobody works alone at night",
        actor="vala-restad",
    )
    say(
        "decision.reversed",
        at,
        decision="readings-in-winter",
        by="readings-in-winter-2",
        reason="it went against what we say we value",
        actor="vala-restad",
    )
