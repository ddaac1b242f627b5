"""What a commitment audit is read by beside its figures: the report to those asked, and groups of an attributed one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.audit import ReportBack, as_results, people_in, report_back
from domain.confidentiality import ROOT
from domain.questionnaire import GroupResult
from domain.review import BoxEnd, Edition, Group, Review, ReviewStanding

PROMISED = date(2026, 3, 31)
AT = datetime(2026, 3, 23, tzinfo=UTC)
ANN, BOB, EVE, SALES = (UUID(int=number) for number in range(1, 5))
RESULTS = (
    GroupResult(invited=3, answered=2, questions=()),
    GroupResult(group="Sales", invited=1, answered=1, questions=()),
    GroupResult(group="Owners", invited=2, answered=1, questions=()),
)
OPEN = Review(standing=ReviewStanding.OPEN, reported_back=PROMISED)
PUBLISHED = replace(OPEN, editions=(Edition(edition=1, published_at=AT, results=RESULTS),))
WITHDRAWN = replace(OPEN, editions=(replace(PUBLISHED.editions[0], withdrawn_at=AT),))


@pytest.mark.parametrize(
    ("review", "published", "today", "report"),
    [
        (OPEN, None, PROMISED, ReportBack.AWAITED),
        (OPEN, None, date(2026, 4, 1), ReportBack.OVERDUE),
        (replace(OPEN, reported_back=None), None, PROMISED, ReportBack.NOT_PROMISED),
        (replace(OPEN, box=BoxEnd.REFUSED), None, date(2026, 4, 1), ReportBack.NEVER),
        (replace(OPEN, standing=ReviewStanding.CANCELLED), None, PROMISED, ReportBack.NEVER),
        (PUBLISHED, PROMISED, date(2026, 6, 1), ReportBack.TOLD),
        (PUBLISHED, date(2026, 4, 1), date(2026, 6, 1), ReportBack.TOLD_LATE),
        (replace(PUBLISHED, reported_back=None), PROMISED, PROMISED, ReportBack.TOLD),
        (WITHDRAWN, PROMISED, PROMISED, ReportBack.WITHDRAWN),
    ],
)
def test_a_report_is_overdue_from_the_day_after_the_promised_one(
    review: Review, published: date | None, today: date, report: ReportBack
) -> None:
    assert report_back(review, published, today) is report


def test_an_attributed_audit_is_read_group_by_group_and_the_whole_last() -> None:
    groups = (Group(name="Sales", people=(ANN,), unit=SALES), Group(name="Owners", people=(BOB, EVE)))
    review = replace(PUBLISHED, participants=(ANN, BOB, EVE), groups=groups)
    read = as_results(review, review.editions[0])
    assert [(each.part, each.union, each.n) for each in read.parts] == [
        (((str(SALES),),), False, 1),
        ((("Owners",),), False, 1),
        (ROOT, True, 2),
    ]
    assert [sorted(people_in(review, each.part)) for each in read.parts] == [[ANN], [BOB, EVE], [ANN, BOB, EVE]]
    alone = replace(review, groups=(), editions=(replace(review.editions[0], results=RESULTS[:1]),))
    assert [each.union for each in as_results(alone, alone.editions[0]).parts] == [False]
