"""What is answered about the five conditions of alignment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.http.shapes import ShareAnswer
from domain.condition import Condition, Pinned, Spoken, Verdict
from domain.condition_results import Counts
from domain.review import ReviewStanding
from domain.sealed import Private


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundAnswer:
    """What a judgement rests on, as of when it was read.

    Of a figure of the unit's alignment state: what it read at (`valid_at`, `known_at`), and what it reads for the same
    valid time as known at the moment asked about.
    """

    text: str
    source: str | None
    figure: str | None
    valid_at: datetime
    known_at: datetime | None
    position: int | None
    read: int | None
    reads_now: int | None
    restated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LateEvidenceAnswer:
    """Evidence in force since before the close, unknown to the assessors: it was learned only afterwards."""

    since: datetime
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestatingAnswer:
    """What restated a judgement after the close: a newer word, or a fact entered late; with the reason."""

    position: int
    recorded_at: datetime
    word: str
    reason: Private | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAnswer:
    """One condition of a unit; `judgement` None: not judged.

    `restated` says that it is another than it was known to be at the close (`as_closed`), `because` of what.
    """

    condition: Condition
    judgement: Verdict | None
    since: datetime | None
    rests_on: tuple[GroundAnswer, ...]
    as_closed: Verdict | None
    restated: bool
    because: tuple[RestatingAnswer, ...]
    unknown_to_assessors: tuple[LateEvidenceAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitConditionsAnswer:
    """A unit's five conditions, by the newest review of it that closed. `aligned` means all five apparent."""

    unit: UUID
    name: str | None
    review: UUID
    assessors: tuple[UUID, ...]
    aligned: bool
    conditions: tuple[CellAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionCountsAnswer:
    """What a published edition of the results says."""

    edition: int
    published_at: datetime
    withdrawn: bool
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleAnswer:
    """A condition review: what it comes to now, what was known when it closed, and what was published of it.

    `participation` is how many of those asked judged anything, or agreed, while it was open.
    """

    review: UUID
    title: str
    standing: ReviewStanding
    opened_at: datetime | None
    closed_at: datetime | None
    closed: bool
    participation: ShareAnswer
    units: int
    counts: Counts
    first_edition: Counts | None
    restated: bool
    editions: tuple[EditionCountsAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedAnswer:
    """How many units are aligned, of how many: all five conditions apparent, never an average."""

    count: int
    of: int
    units: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionsAnswer:
    """The five conditions of alignment in a scope, as of the moment."""

    strategy: UUID
    counts: Counts
    aligned_units: AlignedAnswer
    by_condition: dict[str, Counts]
    units: tuple[UnitConditionsAnswer, ...]
    cycles: tuple[CycleAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAnswer:
    """One condition of a unit in a review: the joint judgement if there is one.

    `words` are the newest of each assessor: for these themselves, the review's readers and auditors; null to others.
    """

    condition: Condition
    judgement: Verdict | None
    since: datetime | None
    rests_on: tuple[Pinned, ...]
    words: tuple[Spoken, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentAnswer:
    """What is said of one unit in one condition review."""

    id: UUID
    unit: UUID | None
    assessors: tuple[UUID, ...]
    conditions: tuple[JudgedAnswer, ...]
