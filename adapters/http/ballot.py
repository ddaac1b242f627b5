"""Answering in confidence over HTTP: into the ballot box, with one reply for all, and one's own ballot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response

from adapters.http.acts import Acting, Apart
from adapters.http.answers import Found
from adapters.http.asks import Inquiry
from adapters.http.presenting import encode
from adapters.http.refusals import FieldsNotValid, IdempotencyKeyReused, NobodyBehindToken
from application.box import RequestDiffers
from application.review import AnswerReview, Given
from domain.review import REVIEW

ROOM = 12_288
"""Bytes that a ballot takes up in a reply, whatever is on it: more than the fullest."""
ROOM_OWED = 512
"""Bytes that one open confidential review takes up in what somebody owes, answered or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotAnswer:
    """What its author is shown of a ballot; the answers only where they were given under the same token or sign-in."""

    answered: bool
    shown: bool
    answers: Mapping[str, Given]


def confide(acting: Acting, apart: Apart) -> Response | None:
    """Put the answers into the ballot box of a confidential review; None for an attributed one.

    The reply is the same whatever was answered, for the first time or again. Raises FieldsNotValid,
    IdempotencyKeyReused, and what `Ballots.answer` does.
    """
    session, services, asked = apart.session, acting.services, apart.command
    if not isinstance(asked, AnswerReview) or session.token.person is None:
        return None
    review = apart.desk.find("review", asked.review)
    if not services.ballots.is_confidential(session.organisation, review):
        return None
    stated = sorted(name for name, value in apart.said.envelope.items() if value)
    if stated:
        problem = "what is confided has no instant, no reason and no labels; leave this out"
        raise FieldsNotValid(stated[0], problem, dict.fromkeys(stated, problem))
    with acting.running.one(session, apart.idempotency):
        try:
            services.ballots.answer(
                session.organisation, review, session.token.person, asked.answers, apart.idempotency, session.token.id
            )
        except RequestDiffers as differs:
            raise IdempotencyKeyReused from differs
    headers = {
        "Location": f"/v1/organisations/{session.organisation}/reviews/{review}/ballot",
        "Cache-Control": "no-store",
    }
    return Response(encode({"id": str(review)}), 201, headers, content_type="application/json")


def ballot(inquiry: Inquiry) -> Found:
    """One's own ballot in a confidential review, until it closes; nobody else's, and nobody else's to anybody.

    It is told in `present`, in no cache, of now alone, and takes up as many bytes as any other.
    """
    inquiry.check()
    person = inquiry.session.token.person
    if person is None:
        raise NobodyBehindToken
    review = inquiry.find("review")
    inquiry.own(REVIEW, review)
    own = inquiry.services.ballots.own(inquiry.organisation, review, person, inquiry.session.token.id)
    shown = BallotAnswer(answered=own.answered, shown=own.shown, answers=own.answers)
    return Found(answer=None, present={"ballot": shown}, asks={"review": review}, room=ROOM)
