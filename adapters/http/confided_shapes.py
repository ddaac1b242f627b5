"""What was published of a confidential review, field by field, as the alignment state tells it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NotRequired, TypedDict
from uuid import UUID


class PublishedNodeAnswer(TypedDict):
    """One step down the grouping tree: a unit, under its name of then, or a rank or a group by name alone."""

    kind: NotRequired[str]
    id: NotRequired[UUID]
    name: str | None


class MovedAnswer(TypedDict):
    """How much higher a figure is than in the review before that published the same part."""

    high_share: float | None
    mean: str | None


class PublishedQuestionAnswer(TypedDict):
    """What a part's answers to a question come to; `high_share` is the percentage at 4–5, of those who rated.

    `unknown_share` is of all but those who skipped. Of a concern `raised` tells how many have it.
    """

    question: str
    kind: str
    n: int
    skipped: int
    unknown: int
    unknown_share: float | None
    rated: int
    distribution: list[int]
    mean: NotRequired[str | None]
    high_share: NotRequired[float | None]
    moved: NotRequired[MovedAnswer | None]
    raised: NotRequired[int]


class ThemeAnswer(TypedDict):
    """The ratings of all questions of one theme, taken together."""

    rated: int
    high: int
    high_share: float | None
    unknown_share: float | None


class AvowedAnswer(TypedDict):
    """How many of those who are in this part avowed openly that they are committed."""

    count: int | None
    of: int
    percent: float | None


class PublishedPartAnswer(TypedDict):
    """A reporting group, or a union of several: what was confided, what was avowed beside it, and what that decides."""

    name: str
    part: list[list[PublishedNodeAnswer]]
    union: bool
    n: int
    questions: list[PublishedQuestionAnswer]
    themes: dict[str, ThemeAnswer]
    understood_minus_believed: float | None
    avowed: AvowedAnswer | None
    decides: list[str]


class PublishedResultsAnswer(TypedDict):
    """The results as they were published, once; of withdrawn ones only that they are."""

    published_at: datetime
    withdrawn: NotRequired[bool]
    asked: NotRequired[int]
    answered: NotRequired[int]
    parts: NotRequired[list[PublishedPartAnswer]]
    comments: NotRequired[dict[str, list[str]]]


class ParticipationAnswer(TypedDict):
    """How many answered: as published; of a confidential review before that in percent and coarse steps alone."""

    count: int | None
    of: int
    percent: float | None
    reported_at: NotRequired[datetime | None]


class ReviewNoteAnswer(TypedDict):
    """Something learned after a review opened, and when; it changes nothing that was published."""

    note: str
    count: int
    learned: date
    reads: str
