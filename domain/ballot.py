"""A ballot: what one participant confides in a confidential review.

It is never recorded in the log. Of several answers the last counts, and is all that is kept of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.questionnaire import Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A ballot that was cast, as whoever counts it sees it. Its author is known until then, encrypted."""

    person: UUID
    answers: Answers
