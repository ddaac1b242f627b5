"""Commands about a charter: on which terms somebody runs a review for its sponsor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from application.command import AnyDraft, Command, Draft, command, handles
from application.desk import Desk
from domain.charter import FacilitatorDischarged, OwnershipEmpty, ReviewChartered
from domain.dated import holds
from domain.kernel import Refusal, RefusalKind
from domain.review import REVIEW, Review
from domain.sealed import Private


@dataclass(eq=False)
class RespondsBeforeClose(Refusal):
    """Results promised for a day on which answers are still taken."""

    responds_by: date
    last: date
    kind = RefusalKind.INVALID
    where = "responds_by"
    rule = "answers are taken until the end of {last}, so nothing can be reported back by {responds_by}"
    way_out = "name the last day of the review, or a later one"


@dataclass(eq=False)
class ExtendedPastItsCharter(Refusal):
    """Answers taken for longer than the charter allows, which promises those asked their answer by a day."""

    last: date
    responds_by: date
    kind = RefusalKind.INVALID
    where = "closes"
    rule = "those asked are to have their answer by {responds_by}, under a charter: it cannot take theirs until {last}"
    way_out = "extend it to that day at most, or discharge the facilitator and charter one anew, with a later day"


@command("review.chartered")
class CharterReview(Command):
    """Put a facilitator in charge of running the review, until its results are published.

    `ownership` is what the sponsor, who gives the charter, says in own words to owning what comes of it; by the end of
    `responds_by` the results are reported back to those asked, and the facilitator's access ends. A facilitator may
    extend and close the review, record findings and publish results, sees what the sponsor sees of it, and commits or
    acknowledges for nobody.
    """

    review: str
    facilitator: str
    method: str
    ownership: str
    responds_by: date


@command("review.discharged")
class DischargeFacilitator(Command):
    """Let the facilitator no longer run the review, with the reason."""

    review: str


@handles(CharterReview)
def charter(asked: CharterReview, desk: Desk) -> AnyDraft:
    """A facilitator, with the terms on which they run the review."""
    stream = desk.find("review", asked.review)
    closes = desk.before(REVIEW, stream).closes
    last = desk.day(closes - timedelta(microseconds=1)) if closes is not None else None
    if last is not None and asked.responds_by < last:
        raise RespondsBeforeClose(asked.responds_by, last)
    if not asked.ownership.strip():
        raise OwnershipEmpty
    content = ReviewChartered(
        facilitator=desk.find("person", asked.facilitator, "facilitator"),
        method=asked.method,
        ownership=Private(desk.actor.person or desk.organisation, asked.ownership),
        responds_by=asked.responds_by,
    )
    return Draft[Review](aggregate=REVIEW, stream=stream, content=content)


def refuse_past_charter(desk: Desk, state: Review, closes: datetime) -> None:
    """Refuse to take answers beyond the day by which a charter that holds promises results. An import only records.

    Raises ExtendedPastItsCharter.
    """
    last = desk.day(closes - timedelta(microseconds=1))
    for each in state.charters:
        if holds(each, desk.at) and each.responds_by < last and desk.actor.imported is None:
            raise ExtendedPastItsCharter(last, each.responds_by)


@handles(DischargeFacilitator)
def discharge(asked: DischargeFacilitator, desk: Desk) -> AnyDraft:
    """A facilitator no longer in charge."""
    desk.be_reasoned(asked.TOPIC)
    return Draft[Review](aggregate=REVIEW, stream=desk.find("review", asked.review), content=FacilitatorDischarged())
