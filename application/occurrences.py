"""The review that is held for one occurrence of a schedule: the same one, whoever opens it and however often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from application.desk import Desk
from domain.kernel import Refusal, RefusalKind


@dataclass(eq=False)
class OccurrenceUnclear(Refusal):
    """A schedule without one of its instants, or an instant of no schedule."""

    kind = RefusalKind.INVALID
    where = "occurrence"
    rule = "a review that a schedule holds names the schedule and the instant, both or neither"
    way_out = "leave both out, or name the schedule with one of the occurrences that it tells"


def review_of(organisation: UUID, schedule: UUID, occurrence: datetime) -> UUID:
    """The id of the review that is held for an occurrence."""
    return uuid5(organisation, f"review:{schedule}:{occurrence.astimezone(UTC).isoformat()}")


def stream_of(
    desk: Desk, review: str | None, schedule: str | None, occurrence: datetime | None
) -> tuple[UUID, UUID | None]:
    """The stream of a review to be opened, and its schedule. Raises OccurrenceUnclear, UnknownReference, KeyInUse."""
    if (schedule is None) != (occurrence is None):
        raise OccurrenceUnclear
    made = desk.new("review", review)
    if schedule is None or occurrence is None:
        return made, None
    known = desk.find("schedule", schedule)
    if desk.correcting is not None:
        return made, known
    stream = review_of(desk.organisation, known, occurrence)
    if review is not None:
        desk.named["review", review] = stream
    return stream, known
