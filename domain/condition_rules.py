"""What is refused about the five conditions, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel import Refusal, RefusalKind


@dataclass(eq=False)
class AssessorsUnclear(Refusal):
    """A unit is judged by two people, no more and no fewer."""

    count: int
    kind = RefusalKind.INVALID
    where = "assessors"
    rule = "a unit has two assessors, not {count}"
    way_out = "name two different people among the participants of the review"


@dataclass(eq=False)
class AssessorNotAsked(Refusal):
    """Who judges takes part in the review."""

    kind = RefusalKind.FORBIDDEN
    where = "assessors"
    rule = "one of these people does not take part in the review, whose participants were frozen when it opened"
    way_out = "name two of its participants, or open a review that asks these people"


@dataclass(eq=False)
class ReadAheadOfTime(Refusal):
    """A judgement that rests on what nobody can have read yet."""

    kind = RefusalKind.INVALID
    where = "rests_on"
    rule = "what it rests on was read as of an instant that is still to come"
    way_out = "say as of when, and as known when, it was read; leave both out for the judgement's own instant"


@dataclass(eq=False)
class NotAnAssessor(Refusal):
    """Only who was named to judge a unit does so."""

    kind = RefusalKind.FORBIDDEN
    where = "person"
    rule = "this person is not one of the two assessors named for the unit at that instant"
    way_out = "let an assessor of the unit say it, or name this person as one first"


@dataclass(eq=False)
class NothingToAgreeTo(Refusal):
    """Agreement to what the other assessor has not said."""

    condition: str
    where = "condition"
    rule = "the other assessor had not judged the condition {condition} by then"
    way_out = "judge it yourself; the other one may agree then"


@dataclass(eq=False)
class EvidenceUnclear(Refusal):
    """A judgement that nobody could trace back."""

    flaw: str
    kind = RefusalKind.INVALID
    where = "rests_on"
    rule = "a judgement names what it rests on, a figure or a text with its source: {flaw}"
    way_out = 'give at least one, such as {{"text": "18 of 20 trained", "source": "course register"}}'


@dataclass(eq=False)
class NotAConditionReview(Refusal):
    """Conditions are judged in a condition review that is held with the questionnaire of the five conditions."""

    where = "review"
    rule = "this review is not held on the five conditions"
    way_out = "open a review of kind condition_review with the questionnaire five-conditions"


@dataclass(eq=False)
class AnsweredTogether(Refusal):
    """Some questionnaires are not answered by each for themselves."""

    questionnaire: str
    where = "review"
    rule = "the questionnaire {questionnaire} is not answered by each participant alone"
    way_out = "say it together: POST …/judgements for the five conditions, …/looks for the regular look"


@dataclass(eq=False)
class QuestionnaireOfAnotherKind(Refusal):
    """A questionnaire that is made for one kind of review."""

    questionnaire: str
    wanted: str
    kind = RefusalKind.INVALID
    where = "kind"
    rule = "the questionnaire {questionnaire} is for a review of kind {wanted}"
    way_out = "open the review with that kind, or with another questionnaire"
