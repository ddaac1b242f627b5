"""Who is shown what somebody answered in a review under their name."""

from __future__ import annotations

from adapters.http.asks import Inquiry
from application.permissions import About
from domain.kernel import Content, Party
from domain.response import ReviewAnswered
from domain.review import REVIEW


def opens(inquiry: Inquiry, content: Content | None) -> bool:
    """Whether the caller may see what an event says: answers are for their author, their readers and auditors."""
    if not isinstance(content, ReviewAnswered):
        return True
    review = inquiry.services.ledger.timeline(REVIEW, inquiry.organisation, content.review).state()
    if inquiry.session.caller.person in review.readers:
        return True
    return inquiry.sees(lambda: About(party=Party("person", content.person), published=False), "answers")
