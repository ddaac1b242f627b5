"""What is asked of the oracle, of a history file and of the product, each with its dates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A question with its dates: the name of what is asked for, and what about."""

    asks: str
    about: tuple[str, ...]


def questions(*rows: str) -> tuple[Question, ...]:
    """One question a row: what is asked for, then what about."""
    return tuple(Question(asks, tuple(about)) for asks, *about in (row.split() for row in rows))


QUESTIONS = questions(
    "members lang 2019-06-01",
    "members clippy 2019-03-08",
    "members compiler 2022-01-31",
    "members project-stable-mir 2025-01-01",
    "members rustdoc-json-backend 2026-08-22",
    "leads clippy 2019-03-08",
    "leads lang 2023-12-31",
    "leads compiler 2026-08-22",
    "teams_of manishearth 2020-01-01",
    "people_with_several_teams 2026-08-22",
    "membership_changes compiler 2022-01-31 2024-10-01",
    "accepted 2024h2 2024-07-28",
    "accepted 2024h2 2024-07-29",
    "accepted 2024h2 2024-12-18",
    "accepted 2024h2 2025-08-07",
    "accepted 2024h2 2026-02-12",
    "accepted 2025h1 2024-12-01",
    "accepted 2025h1 2025-01-31",
    "accepted 2025h1 2025-06-18",
    "accepted 2025h1 2025-06-19",
    "accepted 2025h1 2026-02-12",
    "accepted 2025h2 2025-08-15",
    "accepted 2025h2 2026-08-22",
    "accepted 2026 2026-05-12",
    "accepted 2026 2026-05-13",
    "accepted 2026 2026-06-30",
    "accepted 2026 2026-07-21",
    "accepted 2026 2026-08-22",
    "goals_by_standing 2024h2 2024-07-10",
    "goals_by_standing 2025h1 2025-02-08",
    "goals_by_standing 2026 2026-08-22",
    "acceptance_changes 2025h1 2024-12-10 2025-01-31",
    "acceptance_changes 2026 2026-05-13 2026-08-22",
    "commitments_by_level 2024h2 2024-07-10",
    "commitments_by_level 2024h2 2024-12-17",
    "commitments_by_level 2025h1 2024-12-15",
    "commitments_by_level 2025h1 2025-02-07",
    "commitments_by_level 2025h1 2025-08-15",
    "commitments_by_level 2025h2 2025-07-22",
    "commitments_by_level 2025h2 2025-12-31",
    "commitments_by_level 2026 2026-01-31",
    "commitments_by_level 2026 2026-02-11",
    "commitments_by_level 2026 2026-08-22",
    "commitments_by_team 2024h2 2024-12-17",
    "commitments_by_team 2025h1 2025-02-07",
    "commitments_by_team 2025h1 2026-06-17",
    "commitments_by_team 2025h2 2025-08-15",
    "commitments_by_team 2026 2026-03-06",
    "commitments_by_team 2026 2026-08-22",
    "commitments_by_champion 2025h2 2025-08-15",
    "commitments_by_champion 2025h2 2025-09-30",
    "commitments_by_champion 2026 2026-08-22",
    "stale_by_team 2025h1 2025-08-31",
    "stale_by_team 2026 2026-08-22",
    "commitment_changes 2024h2 2024-07-16 2024-07-18",
    "commitment_changes 2025h1 2025-02-06 2025-02-08",
    "commitment_changes 2026 2026-02-10 2026-02-12",
)
"""What the product is asked, at (date, now) and at (date, date): all was known when it became so, so both agree."""
