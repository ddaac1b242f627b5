"""What a commitment audit is read by beside its figures: whether its results were reported back to those asked (S1).

And the published results of an attributed one, which is held where so few are asked that it cannot be confidential, in
the shape of those of a confidential one: so both are read alike.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.confided_results import PartResult, Results
from domain.confidentiality import ROOT, Part
from domain.questionnaire import GroupResult
from domain.review import Edition, Review, ReviewStanding


class ReportBack(StrEnum):
    """Where a review stands with telling its results to those asked.

    Nothing was promised; they are awaited, or overdue since the day after the promised one; they were told by then, or
    late; they were withdrawn; or they never will be, as the review was cancelled or its ballot box ended without any.
    """

    NOT_PROMISED = "not_promised"
    AWAITED = "awaited"
    OVERDUE = "overdue"
    TOLD = "told"
    TOLD_LATE = "told_late"
    WITHDRAWN = "withdrawn"
    NEVER = "never"


def report_back(review: Review, published_on: date | None, today: date) -> ReportBack:
    """Where it stands on a day. Results were published on the day `published_on`, the first ones; None: not yet."""
    promised = review.reported_back
    if published_on is not None:
        if review.published is None:
            return ReportBack.WITHDRAWN
        late = promised is not None and published_on > promised
        return ReportBack.TOLD_LATE if late else ReportBack.TOLD
    if review.standing is ReviewStanding.CANCELLED or review.box is not None:
        return ReportBack.NEVER
    if promised is None:
        return ReportBack.NOT_PROMISED
    return ReportBack.OVERDUE if today > promised else ReportBack.AWAITED


def part_of(review: Review, group: str | None) -> Part:
    """What a group of an attributed review is called among parts: its unit's id where it is of one, or its name."""
    if group is None:
        return ROOT
    unit = next((each.unit for each in review.groups if each.name == group), None)
    return ((str(unit) if unit is not None else group,),)


def people_in(review: Review, part: Part) -> frozenset[UUID]:
    """Who was asked in a group of an attributed review, or at all."""
    if part == ROOT:
        return frozenset(review.participants)
    return frozenset(p for each in review.groups if part_of(review, each.name) == part for p in each.people)


def as_results(review: Review, edition: Edition) -> Results:
    """An edition of an attributed review's results, read as a confidential one's: groups first, then the whole."""
    groups = sorted(edition.results, key=lambda each: each.group is None)
    whole = groups[-1]
    return Results(
        asked=whole.invited, answered=whole.answered, parts=tuple(_part(review, each, len(groups)) for each in groups)
    )


def _part(review: Review, result: GroupResult, count: int) -> PartResult:
    part = part_of(review, result.group)
    return PartResult(part=part, union=part == ROOT and count > 1, n=result.answered, questions=result.questions)
