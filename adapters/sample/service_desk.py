"""Thirty, sixty, ninety days at the Service Desk: how many of the team stood behind its goal, and who knew it when."""

from __future__ import annotations

from adapters.sample.commitments import COMMITTED, ON_CONDITION, Commitments
from adapters.sample.history import History

UNIT, GOAL = "service-desk", "hour-answer"
PLAN_OPENS = "2025-10-01 09:00"
LEAD = "aino-fell"

TEAM = (
    ("aino-fell", "2025-10-06 10:00", None), ("bero-lunde", "2025-10-06 10:15", None),
    ("cato-mirr", "2025-10-08 09:30", None), ("dela-nokes", "2025-10-09 09:00", None),
    ("ebba-orsk", "2025-10-09 16:00", None), ("finn-pardo", "2025-10-09 17:00", "2025-10-22 09:00"),
    ("gita-quill", "2025-10-15 11:00", None),
)  # fmt: skip
"""Who committed when; Finn's was entered thirteen days later."""


def tell(history: History, commitments: Commitments) -> None:
    """The team's plan from October 2025 to its achievement in June 2026."""
    for person, _, _ in TEAM:
        _ask(history, person, PLAN_OPENS, "2025-10-10")
    _ask(history, "hanno-reet", "2025-10-20 09:30", "2025-10-31")
    for person, at, entered in TEAM:
        reason = "said at the desk, written down after the trade fair" if entered else None
        commitments.make(person, GOAL, COMMITTED, at, entered=entered, reason=reason, role="first line")
    commitments.make(UNIT, GOAL, ON_CONDITION, "2025-10-17 15:00", result="with one more person on the desk")
    commitments.make("hanno-reet", GOAL, COMMITTED, "2025-11-13 10:00", role="first line")
    as_a_team = commitments.made[f"{UNIT}/{GOAL}"]
    commitments.change(as_a_team, COMMITTED, "2025-11-14 15:00", result="all eight hours, all days")
    for number, (made, _) in enumerate(commitments.owned()):
        if made.goal == GOAL and made.owner != "dela-nokes":
            commitments.end(made, "fulfilled", f"2026-06-29 {10 + number % 6}:00")


def _ask(history: History, person: str, at: str, due: str) -> None:
    history.say("duty.given", at, person=person, kind="decide", for_={"goal": GOAL}, unit=UNIT, due=due, actor=LEAD)
