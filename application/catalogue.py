"""Every command with its handler: importing this module makes them all known."""

from __future__ import annotations

from application import (
    acknowledgement,
    action,
    agreement,
    charter,
    commitment,
    concern,
    confiding,
    conversation,
    decision,
    duty,
    erasure,
    evidence,
    gate,
    goal,
    organisation,
    person,
    report,
    resource,
    retention,
    review,
    strategy,
)
from application.command import commands

__all__ = [
    "acknowledgement",
    "action",
    "agreement",
    "charter",
    "commands",
    "commitment",
    "concern",
    "confiding",
    "conversation",
    "decision",
    "duty",
    "erasure",
    "evidence",
    "gate",
    "goal",
    "organisation",
    "person",
    "report",
    "resource",
    "retention",
    "review",
    "strategy",
]
