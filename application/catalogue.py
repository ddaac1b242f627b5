"""Every command with its handler: importing this module makes them all known."""

from __future__ import annotations

from application import (
    acknowledgement,
    charter,
    commitment,
    confiding,
    duty,
    goal,
    organisation,
    person,
    review,
    strategy,
)
from application.command import commands

__all__ = [
    "acknowledgement",
    "charter",
    "commands",
    "commitment",
    "confiding",
    "duty",
    "goal",
    "organisation",
    "person",
    "review",
    "strategy",
]
