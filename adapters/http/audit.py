"""The commitment audits of a strategy over HTTP: what each came to and decides, and whether those asked were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from adapters.http.alignment import STRATEGY_ARGUMENT, alignment_of, asks_of, concerned_by, results_open, strategy_of
from adapters.http.answers import Found
from adapters.http.asks import Ask, Inquiry
from adapters.http.confided_shapes import ParticipationAnswer, PublishedPartAnswer, ReviewNoteAnswer
from adapters.http.noun import Noun
from application.answers import Plain, share
from application.confided_answers import Telling
from domain.audit import ReportBack, report_back
from domain.review import Review, ReviewKind, ReviewStanding
from domain.scope import Scope
from domain.strategy import in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditAnswer:
    """A commitment audit as of a moment, confidential or attributed, oldest first.

    `in_force` says whether the revision that it asked about was in force when it opened. `report` is where it stands
    with telling the results to those asked by the day `reported_back`; they were published at `published_at`. `parts`
    are what they come to, group by group, and what that decides; null before they are published, once they were
    withdrawn, and for who may not see them.
    """

    review: UUID
    title: str
    mode: str
    questionnaire: str
    revision: int | None
    in_force: bool
    opened_at: datetime | None
    closes: datetime | None
    closed: bool
    reported_back: date | None
    published_at: datetime | None
    report: ReportBack
    participation: ParticipationAnswer
    notes: list[ReviewNoteAnswer]
    parts: list[PublishedPartAnswer] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditsAnswer:
    """The commitment audits of a strategy, oldest first; `overdue` of them have not told their results in time."""

    strategy: UUID
    overdue: int
    audits: tuple[AuditAnswer, ...]


def shown(inquiry: Inquiry) -> Found:
    """Each commitment audit: who understood, believed, owned, committed, is accountable; what that decides; the report.

    For each reporting group: how each score was given, the share at 4–5, the share who do not know it well enough,
    understood less believed, what was avowed openly beside it, and how it moved since the audit before.
    """
    strategy, scope = strategy_of(inquiry), Scope()
    inquiry.check(concerned_by(inquiry, strategy, scope))
    found = alignment_of(inquiry, strategy, scope)
    telling = Telling(inquiry.services.questions, inquiry.asked, found, partial(results_open, inquiry))
    reviews = found.situation.reviews.items()
    told = [
        _audit(inquiry, telling, id, each)
        for id, each in sorted(reviews, key=lambda entry: (str(entry[1].opened_at), str(entry[0])))
        if each.kind is ReviewKind.COMMITMENT_AUDIT and each.standing is not ReviewStanding.CANCELLED
    ]
    overdue = sum(each.report is ReportBack.OVERDUE for each in told)
    return Found(
        answer=AuditsAnswer(strategy=strategy, overdue=overdue, audits=tuple(told)), asks=asks_of(strategy, scope)
    )


def _audit(inquiry: Inquiry, telling: Telling, id: UUID, review: Review) -> AuditAnswer:
    at, day = inquiry.asked.valid_at, inquiry.desk.day
    published = review.editions[0].published_at if review.editions else None
    told = telling.of(id, review)
    if review.terms is None:
        told |= {"participation": _answered(telling, id, review), "results": {"parts": telling.attributed(id, review)}}
    results = told["results"] or {}
    revision = in_force(telling.found.situation.strategy, review.opened_at or at)
    return AuditAnswer(
        review=id,
        title=review.title,
        mode=review.mode.value,
        questionnaire=review.questionnaire.name if review.questionnaire is not None else "",
        revision=review.revision,
        in_force=revision is not None and revision.revision == review.revision,
        opened_at=review.opened_at,
        closes=review.closes,
        closed=review.has_closed(at),
        reported_back=review.reported_back,
        published_at=published,
        report=report_back(review, day(published) if published is not None else None, day(at)),
        participation=told["participation"],
        notes=told["notes"],
        parts=results.get("parts"),
    )


def _answered(telling: Telling, id: UUID, review: Review) -> Plain:
    """How many answered an attributed audit, so far."""
    answered = telling.found.situation.respondents.get(id, frozenset()) & frozenset(review.participants)
    return share(len(answered), len(review.participants))


AUDITS = Noun(
    name="audits",
    description="Commitment audits: from understanding to being on the hook, and what they decide.",
    asks=(
        Ask(
            path="alignment/audits",
            view="alignment",
            find=shown,
            title="Show the commitment audits.",
            answers=AuditsAnswer,
            arguments=(STRATEGY_ARGUMENT,),
        ),
    ),
)
