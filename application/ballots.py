"""Answering in confidence: what goes into a ballot box instead of the log, and what its owner alone is told of it.

Nothing here records anything: neither that somebody answered, nor that they looked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from application.box import BallotBox, BoxEnded, BoxStanding, BoxVoid, NotInTheBox
from application.ledger import Ledger
from application.ports import Idempotency
from application.review import Given
from domain.kernel import Refusal, RefusalKind
from domain.questionnaire import Answer, Answers, refuse_answers
from domain.review import REVIEW, Review, ReviewOpened
from domain.review_rules import NotAParticipant, TakesNoAnswers
from domain.sealed import Private


@dataclass(eq=False)
class BallotNotShown(Refusal):
    """A ballot that is asked for when no answers are taken any more: from then on nobody is shown one."""

    kind = RefusalKind.FORBIDDEN
    where = "review"
    rule = "once this review has closed no ballot is shown to anybody, its author included"
    way_out = "see the results once they are published"


@dataclass(eq=False)
class NoBallotHere(Refusal):
    """A ballot in a review in which answers bear their author's name."""

    where = "review"
    rule = "this review is attributed and has no ballots"
    way_out = "see your answers at …/reviews/<review>/answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBallot:
    """What its author is shown of a ballot: whether they have answered, and with what.

    With what is `shown` under the token or sign-in alone that it was answered under.
    """

    answered: bool
    shown: bool
    answers: Mapping[str, Given]


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOwed:
    """Whether a participant of an open confidential review still owes an answer, for that participant alone.

    `reminded` is the last day on which they were reminded. Of an answer that is not owed any more it is None.
    """

    review: UUID
    title: str
    closes: datetime | None
    owed: bool
    reminded: date | None = None


class Ballots:
    """What participants do with their ballots."""

    def __init__(self, ledger: Ledger, box: BallotBox) -> None:
        self.ledger, self.box = ledger, box

    def review(self, organisation: UUID, review: UUID) -> Review:
        """A review as it is at present."""
        return self.ledger.timeline(REVIEW, organisation, review).state(self.ledger.now(organisation))

    def is_confidential(self, organisation: UUID, review: UUID) -> bool:
        """Whether answers go into a ballot box."""
        return self.review(organisation, review).terms is not None

    def answer(
        self,
        organisation: UUID,
        review: UUID,
        person: UUID,
        given: Mapping[str, Given],
        request: Idempotency | None = None,
        under: UUID | None = None,
    ) -> None:
        """Answer; what was answered before is replaced.

        Raises NotAParticipant, TakesNoAnswers, what `domain.questionnaire.refuse_answers` and `BallotBox.cast` do.
        """
        state = self._open(organisation, review, person)
        answers = {question: _answer(person, each) for question, each in given.items()}
        if state.questionnaire is not None:
            refuse_answers(state.questionnaire, answers)
        self.box.cast(organisation, review, person, answers, request, under)

    def own(self, organisation: UUID, review: UUID, person: UUID, under: UUID | None = None) -> OwnBallot:
        """A participant's own ballot, until the review closes.

        Whoever gives out tokens or binds sign-ins could have themselves taken for somebody else: what was answered is
        shown to nobody but whom it was answered by.

        Raises NoBallotHere, NotAParticipant, BallotNotShown, BoxVoid.
        """
        try:
            self._open(organisation, review, person)
        except TakesNoAnswers as closed:
            raise BallotNotShown from closed
        found = self.box.own(organisation, review, person)
        shown = found is None or self.box.was_given_under(organisation, review, person, under)
        answers = _given(found) if found is not None and shown else {}
        return OwnBallot(answered=found is not None, shown=shown, answers=answers)

    def owed(self, organisation: UUID, person: UUID, reviews: Mapping[UUID, Review]) -> list[StillOwed]:
        """Of these reviews those confidential ones that are open to the person, by id."""
        now = self.ledger.now(organisation)
        return [
            self._owed(organisation, id, person, state)
            for id, state in sorted(reviews.items())
            if state.terms is not None and person in state.participants and state.takes_answers(now)
        ]

    def _owed(self, organisation: UUID, id: UUID, person: UUID, state: Review) -> StillOwed:
        self.prepare(organisation, id, state)
        owed, reminded = False, None
        with suppress(NotInTheBox, BoxVoid, BoxEnded):  # whose ballot is gone cannot answer, and owes nothing
            owed = self.box.own(organisation, id, person) is None
            reminded = max(self.box.reminders(organisation, id, person), default=None) if owed else None
        return StillOwed(review=id, title=state.title, closes=state.closes, owed=owed, reminded=reminded)

    def forget(self, organisation: UUID, person: UUID) -> None:
        """Delete a person's ballots in all reviews that have not closed; what was counted stays counted."""
        for review in self.box.boxes(organisation):
            if self.review(organisation, review).takes_answers(self.ledger.now(organisation)):
                self.box.forget(organisation, review, person)

    def confidential(self, organisation: UUID, but: Collection[UUID] = frozenset()) -> Iterable[tuple[UUID, Review]]:
        """All confidential reviews of an organisation but some, as they are at present."""
        recorder, after, batch, seen = self.ledger.ledger_recorder, 0, 1_000, set[UUID](but)
        while True:
            opened = recorder.select_positions(organisation, after=after, topics=[ReviewOpened.TOPIC], limit=batch)
            for each in opened:
                id = each.originator_id
                if isinstance(id, UUID) and id not in seen:
                    seen.add(id)
                    state = self.review(organisation, id)
                    if state.terms is not None:
                        yield id, state
            if len(opened) < batch:
                return
            after = opened[-1].position

    def prepare(self, organisation: UUID, review: UUID, state: Review) -> None:
        """Make the box of a review that takes answers, where it is not made yet."""
        # Between the opening and the box a process may have been killed: whoever comes first makes it for all.
        if self.box.standing(organisation, review) is BoxStanding.ABSENT:
            self.box.prepare(organisation, review, state.participants)

    def _open(self, organisation: UUID, review: UUID, person: UUID) -> Review:
        state = self.review(organisation, review)
        if state.terms is None:
            raise NoBallotHere
        if person not in state.participants:
            raise NotAParticipant
        if not state.takes_answers(self.ledger.now(organisation)):
            raise TakesNoAnswers
        self.prepare(organisation, review, state)
        return state


def _answer(person: UUID, given: Given) -> Answer:
    comment = Private(person, given.comment) if given.comment is not None else None
    return Answer(score=given.score, unknown=given.unknown, skip=given.skip, comment=comment)


def _given(answers: Answers) -> dict[str, Given]:
    return {
        question: Given(
            score=each.score,
            unknown=each.unknown,
            skip=each.skip,
            comment=each.comment.text if each.comment is not None else None,
        )
        for question, each in answers.items()
    }
