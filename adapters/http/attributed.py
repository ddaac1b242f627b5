"""Who may see what an event says, where that is somebody's own answer under their name."""

from __future__ import annotations

from adapters.http.asks import Inquiry
from application.permissions import About
from domain.condition import ConditionJudged, JudgementAgreed
from domain.kernel import Party, Recorded
from domain.ranking import RANKING, RankingGiven, reveals
from domain.response import ReviewAnswered
from domain.review import REVIEW


def opens(inquiry: Inquiry, recorded: Recorded) -> bool:
    """Whether the caller may see what an event says.

    Answers, and what an assessor judges, are for their author, the review's readers and auditors; other leaders' orders
    are for nobody who has not given their own yet.
    """
    content, me = recorded.event.content, inquiry.session.caller.person
    if isinstance(content, RankingGiven):
        ranking = inquiry.services.ledger.timeline(RANKING, inquiry.organisation, recorded.event.stream).state()
        return content.person == me or reveals(ranking, me)
    if not isinstance(content, (ReviewAnswered, ConditionJudged, JudgementAgreed)):
        return True
    review = inquiry.services.ledger.timeline(REVIEW, inquiry.organisation, content.review).state()
    if me in review.readers:
        return True
    return inquiry.sees(lambda: About(party=Party("person", content.person), published=False), "answers")
