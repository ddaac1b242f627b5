"""Tidewater's five directors put the three bets in order, each alone: in May 2025 they disagree, a year later less."""

from __future__ import annotations

from adapters.sample.history import History
from adapters.sample.people import SPONSOR
from adapters.sample.tidewater.strategy import CURRENT

LEADERS = ("vala-restad", "odo-fenwick", "liv-castor", "jon-abelin", "thea-morland")
BETS = ("bet-night", "bet-one-meter", "bet-partners")
ROUNDS = (
    ("bets-2025", 1, "2025-05-05", ((1, 2, 3), (3, 1, 2), (2, 1, 3), (2, 3, 1), None)),
    ("bets-2026", 2, "2026-05-11", ((1, 2, 3), (2, 1, 3), (1, 2, 3), (1, 3, 2), (1, 2, 3))),
)  # fmt: skip
"""Key, revision, day, and each leader's places of the three bets; one gave none."""


def tell(history: History) -> None:
    """Asked, given within the week, closed."""
    for ranking, revision, day, given in ROUNDS:
        history.say(
            "ranking.opened",
            f"{day} 09:00",
            ranking=ranking,
            strategy=CURRENT,
            kind="bets",
            participants=list(LEADERS),
            revision=revision,
            due=f"{day[:8]}{int(day[8:]) + 4:02}",
            actor=SPONSOR,
        )
        for number, (leader, places) in enumerate(zip(LEADERS, given, strict=True)):
            if places is not None:
                at, ranks = f"{day} {11 + number}:00", dict(zip(BETS, places, strict=True))
                history.say("ranking.given", at, ranking=ranking, person=leader, ranks=ranks, actor=leader)
        history.say("ranking.closed", f"{day[:8]}{int(day[8:]) + 5:02} 09:00", ranking=ranking, actor=SPONSOR)
